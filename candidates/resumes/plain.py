"""Plain text in whatever encoding it was saved."""

import codecs

import chardet

from candidates.resumes.found import Found, NoText

# Control characters that no text file holds.
BINARY = frozenset(range(32)) - {7, 8, 9, 10, 11, 12, 13, 26, 27}
MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
WIDE = ("utf-16-le", "utf-16-be", "utf-32-le", "utf-32-be")
# How much of a file is looked at to tell its encoding, and how sure one must be of a rare one.
SAMPLE = 64 * 1024
SURE = 0.13


def read_plain(data: bytes) -> Found:
    text = decode(data) or ""
    if not text.strip():
        raise NoText("empty")
    return Found(text=text, pages=1)


def decode(data: bytes) -> str | None:
    """The text of a plain text file; None if it is none."""
    for mark, encoding in MARKS:
        if data.startswith(mark):
            return data.decode(encoding, "replace").replace("\x00", "")
    if zeros := data.count(0):
        return unmarked(data, zeros)
    if len(set(data) & BINARY) > 0:
        return None
    if b"\x1b" not in data:
        try:
            return data.decode("utf-8")
        except UnicodeDecodeError:
            pass
    return legacy(data)


def unmarked(data: bytes, zeros: int) -> str | None:
    """UTF-16 and UTF-32 that do not say so; or text with a few zeros that got into it."""
    if len(data) % 2 == 0 and zeros >= len(data) * 0.05:
        encoding = str(chardet.detect(data[:SAMPLE])["encoding"] or "").lower()
        if encoding in WIDE:
            text = data.decode(encoding, "replace")
            return text if is_text(text) else None
        return None
    rest = data.replace(b"\x00", b"")
    return decode(rest) if zeros <= max(2, len(data) // 100) else None


def legacy(data: bytes) -> str | None:
    for guess in (chardet.detect(data[:SAMPLE]), chardet.detect(cut(data))):
        encoding = str(guess["encoding"] or "")
        if encoding and (guess["confidence"] or 0) >= SURE:
            try:
                return data.decode(encoding)
            except (UnicodeDecodeError, LookupError):
                continue
    return western(data)


def cut(data: bytes) -> bytes:
    """The same without the last line, which may have been cut in the middle of a letter."""
    return data[:SAMPLE].rpartition(b"\n")[0] or data[:SAMPLE]


def western(data: bytes) -> str | None:
    """Windows-1252; the five bytes that it leaves undefined pass as Latin-1."""
    text = "".join(
        bytes([byte]).decode("cp1252", "ignore") or chr(byte) if byte > 127 else chr(byte)
        for byte in data
    )
    letters = sum(sign.isalpha() or sign.isspace() for sign in text)
    return text if letters >= len(text) * 0.4 else None


def is_text(text: str) -> bool:
    return sum(sign.isprintable() or sign.isspace() for sign in text) >= len(text) * 0.95
