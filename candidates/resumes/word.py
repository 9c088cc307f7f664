"""The text of a DOCX: headers, body with tables and text boxes, footnotes, footers."""

import posixpath
import re
import zipfile

from candidates.resumes.archives import Handler, attribute, local, opened, parse
from candidates.resumes.flow import Writer
from candidates.resumes.found import Found, NoText, NotReadable

MAIN = "word/document.xml"
PARTS = {"header": 0, "footnotes": 2, "endnotes": 3, "footer": 4}
# What is in the file and not on the page: deleted text, the older copy of a shape, instructions.
UNSEEN = {"del", "moveFrom", "Fallback", "rt", "comment", "delText", "delInstrText"}
SAID = {"tab": "\t", "ptab": "\t", "br": "\n", "cr": "\n", "noBreakHyphen": "-"}
SAID["softHyphen"] = "\u00ad"
LINK = re.compile(r'HYPERLINK\s+"([^"]{1,2000})"')
# The two notes that every file has are the lines that part notes from the page.
SEPARATORS = {"separator", "continuationSeparator", "continuationNotice"}


def read_docx(data: bytes) -> Found:
    found = Found(pages=1)
    with opened(data) as archive:
        names = set(archive.namelist())
        main = main_part(archive, names)
        parts = Links()
        relations = posixpath.join(
            posixpath.dirname(main), "_rels", f"{posixpath.basename(main)}.rels"
        )
        if relations in names:
            parse(archive, relations, parts)
        found.links += parts.outside
        lines: list[tuple[int, list[str]]] = []
        for place, name in [(1, main), *around(parts.inside, main, names)]:
            body = Body(found)
            parse(archive, name, body)
            lines.append((place, body.writer.lines))
    said = [line for _, part in sorted(lines, key=lambda each: each[0]) for line in part]
    found.text = "\n".join(said)
    if not found.text.strip():
        pictures = any(name.startswith("word/media/") for name in names)
        raise NoText("scanned" if pictures else "empty")
    return found


def main_part(archive: zipfile.ZipFile, names: set[str]) -> str:
    if MAIN in names:
        return MAIN
    relations = Links()
    parse(archive, "_rels/.rels", relations)
    for kind, target in relations.inside:
        name = target.lstrip("/")
        if kind == "officeDocument" and name in names:
            return name
    raise NotReadable("broken")


def around(inside: list[tuple[str, str]], main: str, names: set[str]) -> list[tuple[int, str]]:
    """The parts around the body, each once, with their place in reading order."""
    folder = posixpath.dirname(main)
    found: dict[str, int] = {}
    for kind, target in inside:
        name = posixpath.normpath(posixpath.join(folder, target)).lstrip("/")
        if kind in PARTS and name in names:
            found[name] = PARTS[kind]
    return [(place, name) for name, place in found.items()]


class Links(Handler):
    """What a part refers to: inside the archive by kind, and outside."""

    def __init__(self) -> None:
        self.inside: list[tuple[str, str]] = []
        self.outside: list[str] = []

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        if local(tag) != "Relationship":
            return
        kind = attributes.get("Type", "").rpartition("/")[2]
        target = attributes.get("Target", "")
        if attributes.get("TargetMode") != "External":
            self.inside.append((kind, target))
        elif kind == "hyperlink":
            self.outside.append(target)


class Body(Handler):
    def __init__(self, found: Found) -> None:
        self.found = found
        self.writer = Writer()
        self.unseen = 0
        self.is_text = self.is_hidden = self.in_run = self.is_instruction = False
        self.instruction = ""

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        name = local(tag)
        if self.unseen or name in UNSEEN or self.is_separator(name, attributes):
            self.unseen += 1
            return
        match name:
            case "r":
                self.is_hidden, self.in_run = False, True
            case "vanish":
                self.is_hidden = self.in_run and attribute(attributes, "val") not in ("0", "false")
            case "t":
                self.is_text = True
            case "p":
                self.writer.begin_paragraph()
            case "tr":
                self.writer.begin_row()
            case "tc" | "txbxContent":
                self.writer.begin_flow()
            case "instrText":
                self.is_instruction = True
            case "fldChar":
                self.instruct(self.instruction)
                self.instruction = ""
            case "fldSimple":
                self.instruct(attribute(attributes, "instr"))
            case _ if self.in_run and name in SAID:
                self.writer.say(SAID[name])

    def is_separator(self, name: str, attributes: dict[str, str]) -> bool:
        return name in ("footnote", "endnote") and attribute(attributes, "type") in SEPARATORS

    def end(self, tag: str) -> None:
        if self.unseen:
            self.unseen -= 1
            return
        match local(tag):
            case "r":
                self.in_run = False
            case "t":
                self.is_text = False
            case "instrText":
                self.is_instruction = False
            case "p":
                self.writer.end_paragraph()
            case "tr":
                self.writer.end_row()
            case "tc":
                self.writer.end_cell()
            case "txbxContent":
                self.writer.end_box()

    def data(self, text: str) -> None:
        if self.is_instruction:
            self.instruction += text
        elif self.unseen:
            return
        elif self.is_text and self.is_hidden:
            if text.strip():
                self.found.notes.add("hidden_text")
        elif self.is_text:
            self.writer.say(text)

    def instruct(self, text: str) -> None:
        self.found.links += LINK.findall(text)
