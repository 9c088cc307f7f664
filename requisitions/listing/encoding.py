"""Bytes to text, whatever saved the file."""

import codecs
import re

from requisitions.listing.model import NotAListing

MAX_BYTES = 1024 * 1024

_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_BINARY = {
    b"%PDF": "a PDF",
    b"PK\x03\x04": "a ZIP archive or an office document",
    b"\x89PNG": "a picture",
    b"\xff\xd8\xff": "a picture",
    b"GIF8": "a picture",
    b"\xd0\xcf\x11\xe0": "an old office document",
    b"{\\rtf": "an RTF document",
}
# What no text holds: control characters apart from tab, line and page breaks, and escape.
_CONTROL = re.compile(r"[\x00-\x08\x0e-\x1a]")


def decode(data: bytes) -> str:
    """The text of a file in UTF-8, UTF-16 or Windows-1252, also mixed line by line.

    Raises NotAListing for an empty file, one above MAX_BYTES, and a binary.
    """
    if len(data) > MAX_BYTES:
        raise NotAListing(
            f"The file has {len(data):,} bytes; a listing may have at most {MAX_BYTES:,}. "
            "Nothing was read. Save only the listing itself and try again."
        )
    for signature, what in _BINARY.items():
        if data.startswith(signature):
            raise NotAListing(_binary(what))
    text = _decode(data)
    if not text.strip():
        raise NotAListing("The file is empty. Choose a file with the text of a job listing.")
    if len(_CONTROL.findall(text)) > len(text) // 200:
        raise NotAListing(_binary("a binary file"))
    return text


def _binary(what: str) -> str:
    return (
        f"The file is {what}, not text. Nothing was read. "
        "Paste the listing's text, or upload it as plain text, Markdown, HTML or JSON-LD."
    )


def _decode(data: bytes) -> str:
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            return data.decode(encoding, errors="replace")
    if unmarked := _utf16_without_mark(data):
        return data.decode(unmarked, errors="replace")
    return "".join(map(_decode_line, data.splitlines(keepends=True)))


def _utf16_without_mark(data: bytes) -> str | None:
    """Latin text in UTF-16 has a zero in every other byte."""
    sample = data[:2000]
    half = len(sample) // 2
    if half and sample[1::2].count(0) > half * 0.6 and not sample[0::2].count(0):
        return "utf-16-le"
    if half and sample[0::2].count(0) > half * 0.6 and not sample[1::2].count(0):
        return "utf-16-be"
    return None


def _decode_line(line: bytes) -> str:
    try:
        return line.decode("utf-8")
    except UnicodeDecodeError:
        # The five bytes that Windows-1252 leaves undefined pass as Latin-1.
        return "".join(
            bytes([byte]).decode("cp1252", errors="ignore") or chr(byte) for byte in line
        )
