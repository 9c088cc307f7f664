"""DOCX and ODT: what an archive claims is checked before anything is unpacked."""

import io
import zipfile
from itertools import pairwise
from xml.etree import ElementTree

MOST_ENTRIES = 2000
MOST_UNPACKED = 100 * 1024 * 1024
MOST_RATIO = 200
SMALL = 1024 * 1024
MEMBERS = {"docx": "word/document.xml", "odt": "content.xml"}
LINES = ("p", "h", "br", "line-break", "tr", "table-row")
SPACES = {**dict.fromkeys(LINES, "\n"), "tab": "\t", "s": " "}


class NotReadable(Exception):
    """The file is kept; its text is not known."""


def text_of_archive(data: bytes, kind: str) -> str:
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            check(archive)
            with archive.open(MEMBERS[kind]) as member:
                xml = member.read(MOST_UNPACKED + 1)
        if len(xml) > MOST_UNPACKED or b"<!DOCTYPE" in xml or b"<!ENTITY" in xml:
            raise NotReadable("the document is larger than it says, or defines entities")
        return text_of_xml(xml)
    except (zipfile.BadZipFile, KeyError, ElementTree.ParseError) as problem:
        raise NotReadable(str(problem)) from problem


def check(archive: zipfile.ZipFile) -> None:
    """Number, size, ratio and overlap of the entries, by their own headers."""
    entries = sorted(archive.infolist(), key=lambda entry: entry.header_offset)
    if len(entries) > MOST_ENTRIES:
        raise NotReadable("too many entries")
    if sum(entry.file_size for entry in entries) > MOST_UNPACKED:
        raise NotReadable("too large when unpacked")
    for entry in entries:
        if entry.file_size > max(SMALL, MOST_RATIO * entry.compress_size):
            raise NotReadable("packed too tightly to be a document")
    for entry, following in pairwise(entries):
        if entry.header_offset + entry.compress_size > following.header_offset:
            raise NotReadable("entries overlap")


def text_of_xml(xml: bytes) -> str:
    """The words of `w:t` and of ODF text, a line per paragraph."""
    root = ElementTree.fromstring(xml)  # noqa: S314 - no DTD, and limited memory and time
    for element in root.iter():
        name = element.tag.rpartition("}")[2]
        if "wordprocessingml" in element.tag:
            element.text = element.text if name == "t" else None
            element.tail = None
        if space := SPACES.get(name):
            element.tail = space + (element.tail or "")
    return "".join(root.itertext())
