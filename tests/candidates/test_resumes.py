"""Bytes to text, in a process that cannot do harm."""

import io
import zipfile
from pathlib import Path

import pytest

from candidates.resumes import kinds
from candidates.resumes.kinds import DOCX, ODT, PDF, RTF, TXT, kind_of_file
from candidates.resumes.sandbox import text_of

WORD = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
ODF = "urn:oasis:names:tc:opendocument:xmlns:text:1.0"


def archive(**members: str | bytes) -> bytes:
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w", zipfile.ZIP_DEFLATED) as zipped:
        for name, content in members.items():
            zipped.writestr(name.replace("__", "/").replace("_dot_", "."), content)
    return held.getvalue()


def docx(*paragraphs: str) -> bytes:
    body = "".join(f"<w:p><w:r><w:t>{text}</w:t></w:r></w:p>" for text in paragraphs)
    xml = f'<w:document xmlns:w="{WORD}"><w:body>{body}</w:body></w:document>'
    return archive(word__document_dot_xml=xml)


def odt(text: str) -> bytes:
    inside = f"<text:p>{text}<text:span> inside</text:span> end</text:p>"
    xml = f'<office xmlns:text="{ODF}">{inside}</office>'
    return archive(mimetype=ODT, content_dot_xml=xml)


def pdf(text: str) -> bytes:
    stream = f"BT /F1 12 Tf 72 720 Td ({text}) Tj ET".encode()
    parts = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        b"<< /Type /Page /Parent 2 0 R /Contents 4 0 R /Resources << /Font << /F1 5 0 R >> >> >>",
        b"<< /Length %d >>\nstream\n%s\nendstream" % (len(stream), stream),
        b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>",
    ]
    out, places = b"%PDF-1.4\n", []
    for number, part in enumerate(parts, 1):
        places.append(len(out))
        out += b"%d 0 obj\n%s\nendobj\n" % (number, part)
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    start = len(out)
    return out + (
        b"xref\n0 6\n0000000000 65535 f \n%strailer\n<< /Size 6 /Root 1 0 R >>\n" % table
        + b"startxref\n%d\n%%%%EOF" % start
    )


EXE = b"MZ\x90\x00\x03\x00\x00\x00\x04\x00\x00\x00\xff\xff" + bytes(200)


@pytest.mark.parametrize(
    ("data", "kind"),
    [
        (pdf("Hello"), PDF),
        (docx("Hello"), DOCX),
        (odt("Hello"), ODT),
        (rb"{\rtf1 Hello}", RTF),
        ("Zoë, 工程师".encode(), TXT),
        ("Zoë".encode("cp1252"), TXT),
        ("Zoë".encode("utf-16"), TXT),
        (archive(something_dot_else="x"), "application/zip"),
        (bytes(range(256)), kinds.UNKNOWN),
        (b"PK\x03\x04 and then nothing", kinds.UNKNOWN),
    ],
)
def test_a_file_is_what_it_holds(data: bytes, kind: str) -> None:
    assert kind_of_file(data) == kind


def test_a_program_is_no_resume_whatever_it_is_called() -> None:
    assert kind_of_file(EXE) not in kinds.READABLE


@pytest.mark.parametrize(
    ("data", "text"),
    [
        (pdf("Kubernetes and InfiniBand"), "Kubernetes and InfiniBand"),
        (docx("First line", "Second &amp; last"), "First line\nSecond & last"),
        (odt("Before"), "Before inside end"),
        (
            rb"{\rtf1{\fonttbl{\f0 Arial;}}\f0 Caf\'e9 \u263?\par next\line \{x\}}",
            "Café ć\nnext\n{x}",
        ),
        (b"  plain\r\n\r\n  text ", "plain\ntext"),
        ("Zoë".encode("utf-16"), "Zoë"),
    ],
)
def test_the_text_is_read(data: bytes, text: str) -> None:
    assert text_of(data, kind_of_file(data)) == text


def bomb() -> bytes:
    return archive(word__document_dot_xml=b"<a>" + bytes(150 * 1024 * 1024))


def overlapping() -> bytes:
    """The second entry's directory record points into the first."""
    data = archive(word__document_dot_xml="<a>x</a>" * 50, other="y" * 100)
    place = data.rindex(b"PK\x01\x02")
    return data[: place + 42] + (5).to_bytes(4, "little") + data[place + 46 :]


@pytest.mark.parametrize(
    "data",
    [
        bomb(),
        overlapping(),
        archive(word__document_dot_xml='<!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>'),
        archive(word__document_dot_xml="<a><b></a>"),
        archive(word__document_dot_xml="<a/>", **{f"n{number}": "" for number in range(2001)}),
    ],
    ids=["bomb", "overlap", "entities", "broken", "entries"],
)
def test_a_hostile_archive_is_not_read(data: bytes) -> None:
    assert text_of(data, DOCX) is None


def test_a_broken_or_locked_pdf_is_not_read() -> None:
    assert text_of(b"%PDF-1.4 and nothing else", PDF) is None


def test_a_deeply_nested_document_is_no_trouble() -> None:
    deep = archive(word__document_dot_xml="<a>" * 100_000 + "</a>" * 100_000)
    assert text_of(deep, DOCX) in ("", None)


def test_the_reader_has_limits_and_no_network(tmp_path: Path) -> None:
    import subprocess
    import sys

    script = (
        "import resource, socket\n"
        "from candidates.resumes.child import confine, leave_network, MEMORY\n"
        "confine()\n"
        "assert resource.getrlimit(resource.RLIMIT_AS) == (MEMORY, MEMORY)\n"
        "assert resource.getrlimit(resource.RLIMIT_CPU)[0] == 10\n"
        "try:\n    bytes(600 * 1024 * 1024)\n"
        "except MemoryError:\n    print('memory is limited')\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", script], capture_output=True, text=True, check=True
    )
    assert done.stdout.strip() == "memory is limited"


def test_a_reader_that_takes_too_long_is_ended() -> None:
    assert text_of(pdf("slow"), PDF, seconds=0.001) is None
