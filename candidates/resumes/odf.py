"""The text of an ODT: header, body with tables and frames, footnotes, footer."""

from candidates.resumes.archives import Handler, attribute, local, opened, parse
from candidates.resumes.flow import Writer
from candidates.resumes.found import Found, NoText

CONTENT, STYLES, MANIFEST = "content.xml", "styles.xml", "META-INF/manifest.xml"
UNSEEN = {"annotation", "tracked-changes", "note-citation", "ruby-text", "title", "desc"}
LINES = {"p", "h"}
BLANKS = 1000


def read_odt(data: bytes) -> Found:
    found = Found(pages=1)
    with opened(data) as archive:
        names = set(archive.namelist())
        if MANIFEST in names:
            parse(archive, MANIFEST, Locked())
        around = Around(found)
        if STYLES in names:
            parse(archive, STYLES, around)
        body = Body(found)
        parse(archive, CONTENT, body)
    lines = [*around.parts["header"], *body.writer.lines, *body.notes, *around.parts["footer"]]
    found.text = "\n".join(lines)
    if not found.text.strip():
        pictures = any(name.startswith("Pictures/") for name in names)
        raise NoText("scanned" if pictures else "empty")
    return found


class Locked(Handler):
    def start(self, tag: str, attributes: dict[str, str]) -> None:
        if local(tag) == "encryption-data":
            raise NoText("locked")


class Body(Handler):
    def __init__(self, found: Found) -> None:
        self.found = found
        self.writer = Writer()
        self.notes: list[str] = []
        self.unseen = 0

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        name = local(tag)
        if self.unseen or name in UNSEEN:
            self.unseen += 1
        elif name in LINES:
            self.writer.begin_paragraph()
        elif name == "table-row":
            self.writer.begin_row()
        elif name in ("table-cell", "text-box", "note-body"):
            self.writer.begin_flow()
        elif name == "a":
            self.found.links.append(attribute(attributes, "href"))
        elif name in ("tab", "line-break"):
            self.writer.say("\t" if name == "tab" else "\n")
        elif name == "s":
            count = attribute(attributes, "c")
            self.writer.say(" " * min(int(count) if count.isdigit() else 1, BLANKS))

    def end(self, tag: str) -> None:
        if self.unseen:
            self.unseen -= 1
            return
        match local(tag):
            case "p" | "h":
                self.writer.end_paragraph()
            case "table-row":
                self.writer.end_row()
            case "table-cell":
                self.writer.end_cell()
            case "text-box":
                self.writer.end_box()
            case "note-body":
                self.notes += self.writer.end_flow()

    def data(self, text: str) -> None:
        if not self.unseen:
            self.writer.say(" ".join(text.splitlines()))


class Around(Body):
    """The header and the footer of the pages; the rest of the styles says nothing."""

    def __init__(self, found: Found) -> None:
        super().__init__(found)
        self.parts: dict[str, list[str]] = {"header": [], "footer": []}
        self.inside = ""

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        kind = local(tag).removesuffix("-first").removesuffix("-left")
        if kind in self.parts and not self.inside:
            self.inside = local(tag)
            self.writer = Writer()
        elif self.inside:
            super().start(tag, attributes)

    def end(self, tag: str) -> None:
        if local(tag) == self.inside:
            kind = self.inside.removesuffix("-first").removesuffix("-left")
            self.parts[kind] += self.writer.lines
            self.inside = ""
        elif self.inside:
            super().end(tag)
