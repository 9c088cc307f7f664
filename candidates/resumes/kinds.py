"""What a file is, by its content; its name is not asked."""

import io
import zipfile

import filetype

MAX_BYTES = 10 * 1024 * 1024

PDF = "application/pdf"
DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
ODT = "application/vnd.oasis.opendocument.text"
RTF = "application/rtf"
TXT = "text/plain"
UNKNOWN = "application/octet-stream"
READABLE = (PDF, DOCX, ODT, RTF, TXT)

# Control characters that no text file holds.
BINARY = set(range(32)) - {9, 10, 12, 13}


def kind_of_file(data: bytes) -> str:
    """One of `READABLE`, another type that the content gives away, or `UNKNOWN`."""
    if data[:1024].lstrip().startswith(b"%PDF-"):
        return PDF
    if data.startswith(b"{\\rtf"):
        return RTF
    if data.startswith(b"PK\x03\x04"):
        return kind_of_archive(data)
    guessed = filetype.guess_mime(data[:8192])
    if guessed:
        return str(guessed)
    return TXT if decode(data) is not None else UNKNOWN


def kind_of_archive(data: bytes) -> str:
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            names = set(archive.namelist())
            if "word/document.xml" in names:
                return DOCX
            if "content.xml" in names and archive.getinfo("mimetype").file_size < 100:
                said = archive.read("mimetype").decode("ascii", "replace").strip()
                return ODT if said == ODT else UNKNOWN
    except (zipfile.BadZipFile, KeyError, ValueError, NotImplementedError, RuntimeError, OSError):
        return UNKNOWN
    return "application/zip"


def decode(data: bytes) -> str | None:
    """The text of a plain text file in the encodings that people use; None if it is none."""
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        encodings: tuple[str, ...] = ("utf-16",)
    elif set(data) & BINARY:
        return None
    else:
        encodings = ("utf-8-sig", "cp1252", "latin-1")
    for encoding in encodings:
        try:
            return data.decode(encoding)
        except UnicodeDecodeError:
            continue
    return None
