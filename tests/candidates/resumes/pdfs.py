"""PDF files, written by hand: text wherever one wants it, in any script."""

import hashlib
import zlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

WIDTH, HEIGHT = 595, 842
PADDING = bytes.fromhex("28BF4E5E4E758A4164004E56FFFA01082E2E00B6D0683E802F0CA9FE6453697A")


ANY_FONT = (
    "/Type /Font /Subtype /Type0 /BaseFont /Any /Encoding /Identity-H /ToUnicode 6 0 R"
    " /DescendantFonts [5 0 R]"
)
ANY_GLYPHS = (
    "/Type /Font /Subtype /CIDFontType2 /BaseFont /Any /DW 500 /CIDSystemInfo"
    " << /Registry (Adobe) /Ordering (Identity) /Supplement 0 >> /FontDescriptor 7 0 R"
)
ANY_LOOKS = (
    "/Type /FontDescriptor /FontName /Any /Flags 4 /FontBBox [0 -200 1000 800] /ItalicAngle 0"
    " /Ascent 800 /Descent -200 /CapHeight 700 /StemV 80"
)
PIXEL = (
    "/Type /XObject /Subtype /Image /Width 1 /Height 1 /ColorSpace /DeviceGray /BitsPerComponent 8"
)


def md5(data: bytes) -> bytes:
    return hashlib.md5(data, usedforsecurity=False).digest()


@dataclass(frozen=True)
class Said:
    """A text at (x, y) from the upper left corner. `wide`: a font for any script, whose letters
    are all half as wide as high; else Helvetica."""

    x: float
    y: float
    text: str
    size: float = 10
    turn: int = 0
    wide: bool = False


@dataclass
class Page:
    said: list[Said] = field(default_factory=list)
    links: list[str] = field(default_factory=list)
    rotate: int = 0
    picture: bool = False


def column(
    x: float, y: float, lines: Iterable[str], size: float = 10, lead: float = 13
) -> list[Said]:
    return [Said(x, y + index * lead, line, size) for index, line in enumerate(lines)]


def interleaved(*columns: list[Said]) -> list[Said]:
    """As a careless program draws columns: line by line across."""
    longest = max(map(len, columns))
    return [each[at] for at in range(longest) for each in columns if at < len(each)]


def pdf(*pages: Page, extra: str = "", password: str = "") -> bytes:
    """`extra`: more entries of the catalog. With a password, RC4 of 40 bits."""
    return assembled(list(objects(list(pages) or [Page()], extra)), password)


def text_pdf(text: str) -> bytes:
    return pdf(Page(column(72, 72, text.split("\n"))))


def objects(pages: list[Page], extra: str) -> Iterator[tuple[int, str, bytes]]:
    """(number, dictionary, stream)."""
    wide = sorted({sign for page in pages for said in page.said if said.wide for sign in said.text})
    glyphs = {sign: number for number, sign in enumerate(wide, 1)}
    first = 20
    kids = " ".join(f"{first + 2 * index} 0 R" for index in range(len(pages)))
    yield 1, f"/Type /Catalog /Pages 2 0 R {extra}", b""
    yield 2, f"/Type /Pages /Kids [{kids}] /Count {len(pages)}", b""
    yield 3, "/Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding", b""
    yield 4, ANY_FONT, b""
    yield 5, ANY_GLYPHS, b""
    yield 6, "", mapping(glyphs)
    yield 7, ANY_LOOKS, b""
    yield 8, PIXEL, b"\x80"
    for index, page in enumerate(pages):
        number = first + 2 * index
        yield number, page_entries(page, number + 1), b""
        yield number + 1, "", drawing(page, glyphs)


def page_entries(page: Page, content: int) -> str:
    annotations = "".join(
        f"<< /Type /Annot /Subtype /Link /Rect [{10 * n} 10 {10 * n + 9} 20]"
        f" /A << /S /URI /URI ({link}) >> >>"
        for n, link in enumerate(page.links)
    )
    return (
        f"/Type /Page /Parent 2 0 R /MediaBox [0 0 {WIDTH} {HEIGHT}] /Rotate {page.rotate}"
        f" /Contents {content} 0 R /Annots [{annotations}]"
        " /Resources << /Font << /F1 3 0 R /F2 4 0 R >> /XObject << /I 8 0 R >> >>"
    )


def drawing(page: Page, glyphs: dict[str, int]) -> bytes:
    turns = {0: "1 0 0 1", 90: "0 1 -1 0", 180: "-1 0 0 -1", 270: "0 -1 1 0"}
    said = [b"q 500 0 0 700 40 70 cm /I Do Q"] if page.picture else []
    for each in page.said:
        place = f"{turns[each.turn]} {each.x} {HEIGHT - each.y}"
        if each.wide:
            shown = f"<{''.join(f'{glyphs[sign]:04x}' for sign in each.text)}>".encode()
        else:
            shown = (
                b"("
                + each.text.encode("cp1252")
                .replace(b"\\", b"\\\\")
                .replace(b"(", b"\\(")
                .replace(b")", b"\\)")
                + b")"
            )
        font = "F2" if each.wide else "F1"
        said.append(f"BT /{font} {each.size} Tf {place} Tm ".encode() + shown + b" Tj ET")
    return b"\n".join(said)


def mapping(glyphs: dict[str, int]) -> bytes:
    rows = "\n".join(
        f"<{number:04x}> <{sign.encode('utf-16-be').hex()}>" for sign, number in glyphs.items()
    )
    return (
        "/CIDInit /ProcSet findresource begin 12 dict begin begincmap"
        " 1 begincodespacerange <0000> <ffff> endcodespacerange"
        f" {len(glyphs)} beginbfchar {rows} endbfchar endcmap end end"
    ).encode()


def assembled(parts: list[tuple[int, str, bytes]], password: str) -> bytes:
    key = b""
    trailer = ""
    if password:
        owner = rc4(md5(padded(password))[:5], padded(password))
        key = md5(padded(password) + owner + b"\xfc\xff\xff\xff" + b"id")[:5]
        user = rc4(key, PADDING)
        parts.append(
            (
                9,
                f"/Filter /Standard /V 1 /R 2 /P -4 /O <{owner.hex()}> /U <{user.hex()}>",
                b"",
            )
        )
        trailer = f"/Encrypt 9 0 R /ID [<{b'id'.hex()}> <{b'id'.hex()}>]"
    out, places = b"%PDF-1.4\n%\xe2\xe3\xcf\xd3\n", {}
    for number, entries, stream in parts:
        places[number] = len(out)
        out += f"{number} 0 obj\n<< {entries}".encode()
        if stream:
            held = zlib.compress(stream)
            if key:
                salt = number.to_bytes(3, "little") + b"\0\0"
                held = rc4(md5(key + salt)[:10], held)
            out += f" /Filter /FlateDecode /Length {len(held)} >>\nstream\n".encode()
            out += held + b"\nendstream"
        else:
            out += b" >>"
        out += b"\nendobj\n"
    size = max(places) + 1
    table = b"".join(
        b"%010d 00000 n \n" % places[number] if number in places else b"%010d 65535 f \n" % 0
        for number in range(size)
    )
    end = f"trailer\n<< /Size {size} /Root 1 0 R {trailer} >>\nstartxref\n{len(out)}\n%%EOF\n"
    return out + f"xref\n0 {size}\n".encode() + table + end.encode()


def padded(password: str) -> bytes:
    return (password.encode() + PADDING)[:32]


def rc4(key: bytes, data: bytes) -> bytes:
    state = list(range(256))
    j = 0
    for i in range(256):
        j = (j + state[i] + key[i % len(key)]) % 256
        state[i], state[j] = state[j], state[i]
    out, i, j = bytearray(), 0, 0
    for byte in data:
        i = (i + 1) % 256
        j = (j + state[i]) % 256
        state[i], state[j] = state[j], state[i]
        out.append(byte ^ state[(state[i] + state[j]) % 256])
    return bytes(out)
