"""DOCX and ODT: what an archive claims is checked before anything is unpacked."""

import io
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import pairwise
from typing import Any
from xml.etree import ElementTree

from candidates.resumes.found import NoText, NotReadable

MOST_ENTRIES = 2000
MOST_UNPACKED = 100 * 1024 * 1024
MOST_RATIO = 200
SMALL = 1024 * 1024
CHUNK = 256 * 1024
IS_LOCKED = 0x1
# A part that says what it holds, for whoever has to open it.
BROKEN = (zipfile.BadZipFile, KeyError, ElementTree.ParseError, OSError, EOFError, ValueError)


@contextmanager
def opened(data: bytes) -> Iterator[zipfile.ZipFile]:
    """Raises `NotReadable` and `NoText`, also for what goes wrong inside."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            check(archive)
            yield archive
    except (*BROKEN, NotImplementedError, RuntimeError, zipfile.error) as problem:
        raise NotReadable("broken") from problem


def check(archive: zipfile.ZipFile) -> None:
    """Number, size, ratio and overlap of the entries, by their own headers."""
    entries = sorted(archive.infolist(), key=lambda entry: entry.header_offset)
    if len(entries) > MOST_ENTRIES or sum(e.file_size for e in entries) > MOST_UNPACKED:
        raise NotReadable("unpacks_too_large")
    for entry in entries:
        if entry.file_size > max(SMALL, MOST_RATIO * entry.compress_size):
            raise NotReadable("unpacks_too_large")
    for entry, following in pairwise(entries):
        if entry.header_offset + entry.compress_size > following.header_offset:
            raise NotReadable("broken")
    if any(entry.flag_bits & IS_LOCKED for entry in entries):
        raise NoText("locked")


class Handler:
    """Hears the elements of a part one by one: no tree is built, however deep it is."""

    def start(self, tag: str, attributes: dict[str, str]) -> None: ...

    def end(self, tag: str) -> None: ...

    def data(self, text: str) -> None: ...

    def doctype(self, *_: Any) -> None:
        """Documents define no entities; what does is an attack."""
        raise NotReadable("broken")

    def close(self) -> None: ...


def parse(archive: zipfile.ZipFile, name: str, handler: Handler) -> None:
    """Raises KeyError for a part that is not there."""
    parser = ElementTree.XMLParser(target=handler)  # noqa: S314 - no DTD, limited memory and time
    read = 0
    with archive.open(name) as part:
        while chunk := part.read(CHUNK):
            read += len(chunk)
            if read > MOST_UNPACKED:
                raise NotReadable("unpacks_too_large")
            parser.feed(chunk)
    parser.close()


def local(tag: str) -> str:
    return tag.rpartition("}")[2]


def attribute(attributes: dict[str, str], name: str) -> str:
    """By its own name, whatever its namespace."""
    return next((value for key, value in attributes.items() if local(key) == name), "")
