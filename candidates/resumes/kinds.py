"""What a file is, by its content; its name is not asked."""

import io
import zipfile

import filetype

from candidates.resumes.plain import decode

MAX_BYTES = 10 * 1024 * 1024

PDF = "application/pdf"
DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
ODT = "application/vnd.oasis.opendocument.text"
RTF = "application/rtf"
TXT = "text/plain"
# An office document behind a password: its content is one sealed block.
SEALED = "application/vnd.ms-office.sealed"
UNKNOWN = "application/octet-stream"
READABLE = (PDF, DOCX, ODT, RTF, TXT)

OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
SEAL = "EncryptedPackage".encode("utf-16-le")
CONTENT_TYPES = "[Content_Types].xml"
WORD = b"wordprocessingml.document.main+xml"
FEW = 200_000


def kind_of_file(data: bytes) -> str:
    """One of `READABLE`, another type that the content gives away, or `UNKNOWN`."""
    head = data[:1024].lstrip(b"\xef\xbb\xbf \t\r\n\f\x00")
    if b"%PDF-" in data[:1024] and not head.startswith((b"MZ", b"\x7fELF", b"PK\x03\x04")):
        return PDF
    if head.startswith(b"{\\rt"):
        return RTF
    if data.startswith(b"PK\x03\x04"):
        return kind_of_archive(data)
    if data.startswith(OLE):
        return SEALED if SEAL in data else "application/msword"
    guessed = filetype.guess_mime(data[:8192])
    if guessed:
        return str(guessed)
    return TXT if decode(data) is not None else UNKNOWN


def kind_of_archive(data: bytes) -> str:
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            return kind_by_names(archive, set(archive.namelist()))
    except (zipfile.BadZipFile, KeyError, ValueError, NotImplementedError, RuntimeError, OSError):
        return UNKNOWN


def kind_by_names(archive: zipfile.ZipFile, names: set[str]) -> str:
    if "word/document.xml" in names:
        return DOCX
    if "content.xml" in names and archive.getinfo("mimetype").file_size < 100:
        said = archive.read("mimetype").decode("ascii", "replace").strip()
        return ODT if said in (ODT, f"{ODT}-template") else UNKNOWN
    if CONTENT_TYPES in names and archive.getinfo(CONTENT_TYPES).file_size < FEW:
        return DOCX if WORD in archive.read(CONTENT_TYPES) else "application/zip"
    return "application/zip"
