"""Files that are broken, or built to break their reader."""

import io
import struct
import zipfile
import zlib
from collections.abc import Iterator

from candidates.resumes.kinds import MAX_BYTES
from tests.candidates.resumes.archives import W, archive, docx, odt, p, rtf
from tests.candidates.resumes.layouts import Case
from tests.candidates.resumes.pdfs import Page, column, pdf, text_pdf

HELLO = "Jane Doe, Engineer"
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"


def hostile() -> Iterator[Case]:
    yield from broken()
    yield from portable()
    yield from zipped()
    yield from others()


def no(name: str, data: bytes, problem: str = "broken", status: str = "not_read") -> Case:
    return Case(name, data, status=status, problem=problem)


def broken() -> Iterator[Case]:
    yield no("0 bytes", b"", "nothing")
    yield no("11 MB", b"a" * (11 * 1024 * 1024), "too_large")
    yield no("garbage", bytes((n * n * 7 + n // 3) % 256 for n in range(5000)), "not_a_document")
    yield no("a program", b"MZ\x90\x00\x03" + bytes(3000), "not_a_document")
    yield no("a picture", b"\x89PNG\r\n\x1a\n" + bytes(500), "not_a_document")
    yield no("an old document of Word", OLE + bytes(2000), "not_a_document")
    sealed = OLE + bytes(500) + "EncryptedPackage".encode("utf-16-le") + bytes(500)
    yield no("a document behind a password", sealed, "locked", "no_text")
    yield no("a zip of nothing", archive({"a.txt": "x"}), "not_a_document")
    yield no("the beginning of a zip", docx(p(HELLO))[:300], "not_a_document")
    yield no("blanks", b" \r\n\t ", "empty", "no_text")
    nul = Case(
        "text with NULs",
        b"Jane\x00 Doe\nEngineer and a long line of text to go with it",
        ("Jane Doe",),
    )
    yield nul
    yield Case("text called otherwise", HELLO.encode(), (HELLO,))
    yield Case("half a character", b"Jane Doe \xf0\x9f\x98", ("Jane Doe",))
    yield Case("one long line", b"Jane Doe " + b"word " * 200_000, ("Jane Doe",))
    yield Case("an endless word", b"Jane Doe\n" + b"x" * 2_000_000, ("Jane Doe",))
    yield Case("many signs of at", b"Jane Doe\n" + b"a@" * 300_000, ("Jane Doe",))
    yield Case("many figures", b"Jane Doe\n" + b"+1 415 555 0132 " * 20_000, ("Jane Doe",))
    yield Case("many cut words", b"Jane Doe\n" + b"ab-\n" * 200_000, ("Jane Doe",))


def portable() -> Iterator[Case]:
    whole = text_pdf(HELLO)
    yield Case("PDF without its table", whole[: whole.rindex(b"xref\n0")], (HELLO,))
    yield Case("PDF with a wrong table", whole.replace(b"startxref\n", b"startxref\n9"), (HELLO,))
    yield Case("PDF behind a line of text", b"\n\nHTTP\n" + whole, (HELLO,))
    yield no("half a PDF", whole[:200])
    yield no("PDF and nothing else", b"%PDF-1.7\n")
    yield no(
        "PDF behind a password",
        pdf(Page(column(50, 60, [HELLO])), password="x"),
        "locked",
        "no_text",
    )
    yield no("a scan", pdf(Page(picture=True)), "scanned", "no_text")
    yield no("an empty page", pdf(Page()), "empty", "no_text")
    script = "/OpenAction << /S /JavaScript /JS (app.alert\\(1\\)) >>"
    yield Case("PDF with a script", pdf(Page(column(50, 60, [HELLO])), extra=script), (HELLO,))
    launch = "/OpenAction << /S /Launch /F (/bin/sh) >> /AcroForm << /XFA 3 0 R >>"
    yield Case(
        "PDF that starts programs", pdf(Page(column(50, 60, [HELLO])), extra=launch), (HELLO,)
    )
    kept = "/Names << /EmbeddedFiles << /Names [(../../x) << /Type /Filespec /F (../../x) >>] >> >>"
    yield Case("PDF with files inside", pdf(Page(column(50, 60, [HELLO])), extra=kept), (HELLO,))
    loop = whole.replace(b"/Kids [20 0 R]", b"/Kids [2 0 R ]")
    yield no("PDF whose pages hold themselves", loop)
    itself = whole.replace(b"/Contents 21 0 R", b"/Contents 20 0 R")
    yield no("a page that draws itself", itself, "empty", "no_text")
    yield many_pages()
    yield no("streams within streams", bomb_pdf(), "reader_died")
    deep = (
        b"%PDF-1.4\n1 0 obj\n"
        + b"[" * 100_000
        + b"]" * 100_000
        + b"\nendobj\ntrailer<</Root 1 0 R>>"
    )
    yield no("deep lists in a PDF", deep)
    yield Case("PDF that is also a zip", whole + archive({"word/document.xml": "<a/>"}), (HELLO,))


def many_pages() -> Case:
    pages = [Page(column(50, 60, [f"{HELLO} {n}"])) for n in range(2)]
    data = pdf(*pages)
    more = b"20 0 R " * 9_998 + b"20 0 R 22 0 R"
    data = data.replace(b"/Kids [20 0 R 22 0 R] /Count 2", b"/Kids [" + more + b"] /Count 10000")
    return Case("10,000 pages", data, (HELLO,), fields={"notes": ["cut_short"]})


def bomb_pdf() -> bytes:
    """A page whose drawing unpacks to far more than its file."""
    twice = zlib.compress(zlib.compress(b" " * 300_000_000, 9), 9)
    whole = pdf(Page())
    stream = f"21 0 obj\n<< /Filter [/FlateDecode /FlateDecode] /Length {len(twice)} >>\nstream\n"
    begin, end = whole.index(b"21 0 obj"), whole.index(b"xref\n0")
    return whole[:begin] + stream.encode() + twice + b"\nendstream\nendobj\n" + whole[end:]


def zipped() -> Iterator[Case]:
    main = "word/document.xml"
    yield no("a zip bomb", archive({main: b"<a>" + bytes(120 * 1024 * 1024)}), "unpacks_too_large")
    yield no(
        "a bomb in a part nobody reads",
        archive({main: "<a/>", "x": bytes(50 * 1024 * 1024)}),
        "unpacks_too_large",
    )
    nested = archive({main: docx(p(HELLO)), "word/inner.zip": docx(p(HELLO))})
    yield no("a zip in a zip", nested)
    yield no("entries that overlap", overlapping())
    yield no(
        "too many entries",
        archive({main: "<a/>", **{f"n{n}": "" for n in range(2100)}}),
        "unpacks_too_large",
    )
    liar = docx(p(HELLO))
    at = liar.rindex(b"PK\x01\x02")
    yield no(
        "an entry that lies about its size",
        liar[: at + 24] + struct.pack("<I", 5) + liar[at + 28 :],
    )
    laughs = '<!DOCTYPE a [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;">]>'
    yield no("billion laughs", archive({main: f"{laughs}<a>&b;</a>"}))
    outside = '<!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/passwd">]><a>&x;</a>'
    yield no("an entity from outside", archive({main: outside}))
    yield no("the same in UTF-16", archive({main: outside.encode("utf-16")}))
    yield no(
        "an entity in an ODT",
        odt("x").replace(b"content.xml", b"content.xml") and odt_with(outside),
    )
    yield no("half of its XML", archive({main: f'<w:document xmlns:w="{W}"><w:body>'}))
    yield no("deep elements", archive({main: "<a>" * 30_000 + "</a>" * 30_000}), "empty", "no_text")
    tables = "<w:tbl><w:tr><w:tc>" * 3000 + p(HELLO) + "</w:tc></w:tr></w:tbl>" * 3000
    yield Case("tables in tables", docx(tables), (HELLO,))
    paths = {f"../../../etc/x{n}": "x" for n in range(3)} | {main: part_of(p(HELLO))}
    yield Case("names that climb out", archive(paths), (HELLO,))
    links = docx(p(HELLO), links="file:///etc/passwd http://169.254.169.254/ \\\\host\\share")
    yield Case("links to places inside", links, (HELLO,))
    template = docx(p(HELLO)).replace(b"hyperlink", b"attached!")
    yield Case("a template from outside", template, (HELLO,))
    locked = "<manifest:file-entry><manifest:encryption-data/></manifest:file-entry>"
    yield no(
        "an ODT behind a password", odt("<text:p>x</text:p>", manifest=locked), "locked", "no_text"
    )
    yield no("pictures only", docx_with_picture(), "scanned", "no_text")


def odt_with(content: str) -> bytes:
    return archive({"mimetype": "application/vnd.oasis.opendocument.text", "content.xml": content})


def part_of(body: str) -> str:
    return f'<w:document xmlns:w="{W}"><w:body>{body}</w:body></w:document>'


def docx_with_picture() -> bytes:
    return archive({"word/document.xml": part_of("<w:p/>"), "word/media/image1.png": b"\x89PNG"})


def overlapping() -> bytes:
    """The second entry's record in the directory points into the first."""
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w") as zipped:
        zipped.writestr("word/document.xml", "<a>x</a>" * 50)
        zipped.writestr("other", "y" * 100)
    data = held.getvalue()
    at = data.rindex(b"PK\x01\x02")
    return data[: at + 42] + struct.pack("<I", 5) + data[at + 46 :]


def others() -> Iterator[Case]:
    yield Case("deep groups in RTF", rb"{\rtf1 " + b"{" * 200_000 + HELLO.encode(), (HELLO,))
    yield Case("RTF that does not end", rtf(HELLO)[:-1], (HELLO,))
    yield Case("RTF that closes too often", rtf(HELLO) + b"}}}}", (HELLO,))
    yield Case(
        "RTF with a block that lies", rb"{\rtf1 " + HELLO.encode() + rb"\bin999999999 x}", (HELLO,)
    )
    yield Case(
        "RTF with great numbers",
        rb"{\rtf1\uc99999\u99999999999 " + b"\\u-99999?" + HELLO.encode(),
        (),
    )
    yield no("RTF of pictures", rb"{\rtf1{\pict 89504e47}}", "scanned", "no_text")
    yield no("only marks of order", "\ufeff\u200b\u202e".encode(), "empty", "no_text")
    assert MAX_BYTES < 11 * 1024 * 1024
