"""Source text to logical lines: marks such as bullets and headings come off, numbers stay."""

import html
import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

SECTION, BOLD, PLAIN = 3, 7, 8

_INVISIBLE = dict.fromkeys(
    (*range(9), *range(14, 28), 127, 173, 8203, 8206, 8207, *range(8234, 8239), 8288, 65279, 65039)
)
_BULLET = re.compile(
    r"(?:[-+•‣▪▫◦●○■□◆◇❖➢➤►▸▶➔→»✓✔✅☑☐–—·∙⁃‐★☆🔹🔸👉\uf0b7\uf0a7]|\*(?!\*))\s+"
    r"|[-•‣▪●✓✔✅🔹🔸👉\uf0b7・](?=[\w$£€(“「『])|[oO]\s{3,}"
)
_NUMBERED = re.compile(
    r"\(?\d{1,2}[.)]\s+(?=\S)|\(?[a-zA-Z]\)\s+|\((?:i{1,3}|iv|vi{0,3})\)\s+|(?:\d{1,2}\.){2,3}\s+"
    r"|[①-⑳]\s?|\d\ufe0f?\u20e3\s?"
)
_HEADING = re.compile(r"(#{1,6})\s+(\S.*)")
_RULE = re.compile(r"[\s\-*_=#~+|:.•·–—>]+")
_FRAMED = re.compile(r"[=~*#_-]{2,}\s*([^=~*#_\s-].*?[^=~*#_\s-]?)\s*[=~*#_-]{2,}")
_EMPHASIS = re.compile(r"(?<![\w*_])[*_](?=[^\s*_])([^*_]+)(?<=[^\s*_])[*_](?![\w*_])")
_LINK = re.compile(r"!?\[([^\[\]]*)\]\([^()\s]*\)")
_ESCAPE = re.compile(r"\\([\\`*_{}\[\]()#+\-.!&|<>~$])")
_ENTITY = re.compile(r"&(?:[a-zA-Z]{2,8}|#\d{1,6}|#x[0-9a-fA-F]{1,6});")
# How Japanese and Chinese listings mark a heading, also one with its value behind it.
_SIGNED = re.compile(
    r"[■◆▼◎□◇●▶]\s?([\u3040-\u9fff][^\s。、:：]{1,19}$)|[【〔＜《]\s?([^】〕＞》]{1,24})\s?[】〕＞》]"
)
_UNDERLINE = re.compile(r"(={3,}|-{3,})\s*")


@dataclass(frozen=True)
class Line:
    """One line as a reader of the listing sees it.

    `numbers` are the source lines behind it (several in HTML). `mark` is "item",
    "heading", "label" (a key of front matter) or "". A heading's `level` goes
    from 1 to PLAIN. `gap`: a blank line or a paragraph break comes before.
    `furniture`: navigation and footers of a page.
    """

    numbers: tuple[int, ...]
    text: str
    mark: str = ""
    level: int = PLAIN
    gap: bool = False
    indent: int = 0
    furniture: bool = False
    cells: tuple[str, ...] = ()
    """Of a table's row: empty ones, too; a cell may have several lines."""
    row: int = 0
    """Of HTML: the same for all lines of one row."""

    @property
    def item(self) -> bool:
        return self.mark == "item"


def clean(text: str) -> str:
    """One line of text as it may be shown and stored."""
    if "&" in text and _ENTITY.search(text):
        text = html.unescape(text)
    if not text.isascii():
        text = text.encode("utf-8", errors="replace").decode()
    return " ".join(text.translate(_INVISIBLE).split())


def plain(text: str) -> str:
    """The text without Markdown's marks."""
    text = _LINK.sub(r"\1", text) if "](" in text else text
    text = text.replace("**", "").replace("`", "")
    text = _EMPHASIS.sub(r"\1", text) if "*" in text or "_" in text else text
    return _ESCAPE.sub(r"\1", text) if "\\" in text else text


def read_plain(source: list[str], numbers: range) -> list[Line]:
    """Lines of plain text or Markdown; blank ones and rules are left out."""
    lines: list[Line] = []
    gap = True
    for number in numbers:
        raw = source[number - 1]
        text = clean(raw)
        if not text:
            gap = True
        elif lines and not gap and _underlines(text, lines[-1]):
            lines[-1] = replace(lines[-1], mark="heading", level=1 if text[0] == "=" else 2)
        elif _RULE.fullmatch(text):
            gap = True
        else:
            lines.append(_line(number, raw, text, gap))
            gap = False
    return lines


def without_bullet(text: str) -> str | None:
    """An item's text; None where no bullet or number stands before it."""
    mark = _BULLET.match(text) or _NUMBERED.match(text)
    return plain(text[mark.end() :]) if mark else None


def _underlines(text: str, above: Line) -> bool:
    """Markdown's other way to write a heading."""
    return (
        _UNDERLINE.fullmatch(text) is not None
        and above.mark == ""
        and above.gap
        and len(above.text) < 80
    )


def _line(number: int, raw: str, text: str, gap: bool) -> Line:
    indent = len(raw) - len(raw.lstrip())
    if heading := _HEADING.fullmatch(text):
        title = plain(heading[2]).rstrip("# ")
        return Line((number,), title or text, "heading", len(heading[1]), gap)
    if len(text) < 100 and (framed := _FRAMED.fullmatch(text)) and not text.startswith("--"):
        level = BOLD if text.startswith(("**", "__")) else SECTION
        return Line((number,), plain(framed[1]), "heading", level, gap)
    if not text.isascii() and (signed := _SIGNED.match(text)):
        title, rest = signed[1] or signed[2], text[signed.end() :].strip(" :：")
        if not rest:
            return Line((number,), title, "heading", SECTION, gap)
        text = f"{title}：{rest}"
    body = text.lstrip("> ") if text.startswith(">") else text
    cells = tuple(map(clean, raw.split("\t"))) if "\t" in raw else ()
    if (item := without_bullet(body)) is not None:
        return Line((number,), item, "item", PLAIN, gap, indent, cells=cells)
    if body.startswith("|") and body.endswith("|"):
        cells = tuple(plain(cell.strip()) for cell in body[1:-1].split("|"))
        return Line((number,), in_row(cells) or text, "", PLAIN, gap, cells=cells)
    return Line((number,), plain(body) or text, "", PLAIN, gap, indent, cells=cells)


def in_row(cells: Sequence[str]) -> str:
    """The text of a table's row: two cells read as a label and its value."""
    full = [cell for cell in cells if cell]
    return ": ".join(cell.rstrip(":") for cell in full) if len(full) == 2 else " | ".join(full)
