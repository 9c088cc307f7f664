"""DOCX, ODT and RTF files, written by hand."""

import io
import zipfile
from xml.sax.saxutils import escape

from candidates.resumes.kinds import ODT

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
R = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
MC = "http://schemas.openxmlformats.org/markup-compatibility/2006"
RELS = "http://schemas.openxmlformats.org/package/2006/relationships"
TEXT = "urn:oasis:names:tc:opendocument:xmlns:text:1.0"
TABLE = "urn:oasis:names:tc:opendocument:xmlns:table:1.0"
DRAW = "urn:oasis:names:tc:opendocument:xmlns:drawing:1.0"
STYLE = "urn:oasis:names:tc:opendocument:xmlns:style:1.0"
OFFICE = "urn:oasis:names:tc:opendocument:xmlns:office:1.0"
XLINK = "http://www.w3.org/1999/xlink"
MANIFEST = "urn:oasis:names:tc:opendocument:xmlns:manifest:1.0"


def archive(members: dict[str, str | bytes]) -> bytes:
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w", zipfile.ZIP_DEFLATED) as zipped:
        for name, content in members.items():
            zipped.writestr(name, content)
    return held.getvalue()


def p(text: str, properties: str = "") -> str:
    return f'<w:p><w:r>{properties}<w:t xml:space="preserve">{escape(text)}</w:t></w:r></w:p>'


def table(*rows: list[str]) -> str:
    """Each cell is paragraphs already written, or a text."""
    cells = [
        "".join(f"<w:tc>{cell if cell.startswith('<') else p(cell)}</w:tc>" for cell in row)
        for row in rows
    ]
    return f"<w:tbl>{''.join(f'<w:tr>{row}</w:tr>' for row in cells)}</w:tbl>"


def box(*texts: str) -> str:
    """A text box in a paragraph, as Word writes it: twice."""
    inside = f"<w:txbxContent>{''.join(p(text) for text in texts)}</w:txbxContent>"
    return (
        f'<w:p><w:r><mc:AlternateContent xmlns:mc="{MC}"><mc:Choice Requires="wps">{inside}'
        f"</mc:Choice><mc:Fallback>{inside}</mc:Fallback></mc:AlternateContent></w:r></w:p>"
    )


def docx(body: str, main: str = "word/document.xml", **parts: str) -> bytes:
    """`parts`: header1, footer1, footnotes ...: paragraphs; `links`: id=address pairs."""
    links = parts.pop("links", "")
    members: dict[str, str | bytes] = {main: part("document", f"<w:body>{body}</w:body>")}
    relations = ""
    for name, inside in parts.items():
        kind = name.rstrip("0123456789")
        relations += f'<Relationship Id="{name}" Type="{R}/{kind}" Target="{name}.xml"/>'
        root = {"header": "hdr", "footer": "ftr"}.get(kind, kind)
        members[f"word/{name}.xml"] = part(root, inside)
    for number, link in enumerate(links.split()):
        relations += (
            f'<Relationship Id="l{number}" Type="{R}/hyperlink" Target="{escape(link)}"'
            ' TargetMode="External"/>'
        )
    folder, _, base = main.rpartition("/")
    members[f"{folder}/_rels/{base}.rels"] = (
        f'<Relationships xmlns="{RELS}">{relations}</Relationships>'
    )
    return archive(members)


def part(root: str, inside: str) -> str:
    return f'<?xml version="1.0"?><w:{root} xmlns:w="{W}" xmlns:r="{R}">{inside}</w:{root}>'


def odt(body: str, styles: str = "", manifest: str = "") -> bytes:
    names = (
        f'xmlns:office="{OFFICE}" xmlns:text="{TEXT}" xmlns:table="{TABLE}" xmlns:draw="{DRAW}"'
        f' xmlns:style="{STYLE}" xmlns:xlink="{XLINK}"'
    )
    members: dict[str, str | bytes] = {
        "mimetype": ODT,
        "content.xml": f"<office:document-content {names}><office:body><office:text>{body}"
        "</office:text></office:body></office:document-content>",
    }
    if styles:
        members["styles.xml"] = f"<office:document-styles {names}>{styles}</office:document-styles>"
    if manifest:
        members["META-INF/manifest.xml"] = (
            f'<manifest:manifest xmlns:manifest="{MANIFEST}">{manifest}</manifest:manifest>'
        )
    return archive(members)


def rtf(body: str, head: str = r"\ansi\ansicpg1252\deff0{\fonttbl{\f0 Arial;}}") -> bytes:
    """What is not ASCII is written as `\\uN?`."""
    units = [
        sign
        if ord(sign) < 128
        else "".join(
            f"\\u{int.from_bytes(pair, 'little', signed=True)}?"
            for pair in pairs(sign.encode("utf-16-le"))
        )
        for sign in body
    ]
    return f"{{\\rtf1{head}\\f0 {''.join(units)}}}".encode("ascii")


def pairs(data: bytes) -> list[bytes]:
    return [data[at : at + 2] for at in range(0, len(data), 2)]
