"""The visible text of an HTML page, each piece with the source lines that it came from.

The standard library's parser takes quadratic time on unclosed tags, and this
text comes from strangers: here every character is looked at a bounded number
of times.
"""

import html
import re
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass, field, replace

from requisitions.listing.lines import BOLD, PLAIN, Line, clean, in_row, without_bullet

_TAG = re.compile(r"""<(/?)([a-zA-Z][\w:-]*+)((?:[^<>"']++|"[^"]*+"|'[^']*+')*+)>|<[!?][^<>]*+>""")
_LOOKS = re.compile(
    r"<(?:!doctype html|html|body|head)\b|</(?:p|div|li|ul|ol|h[1-6]|td|section|strong|span)>"
    r"|<br ?/?>",
    re.IGNORECASE,
)
_ESCAPED = re.compile(r"&lt;/(?:p|div|li|ul|h[1-6]|strong)&gt;", re.IGNORECASE)
_HIDDEN = re.compile(
    r"(?:^|\s)hidden(?=\s|=|/|$)|aria-hidden\s*=\s*[\"']?true"
    r"|style\s*=\s*[\"'][^\"']*?(?:display\s*:\s*none|visibility\s*:\s*hidden)"
    r"|class\s*=\s*[\"'][^\"']*?(?<![\w-])(?:sr-only|visually-?hidden"
    r"|screen-reader(?:-text)?|hide|d-none)(?!-)\b",
    re.IGNORECASE,
)
_JSON_LD = re.compile(r"application/ld\+json", re.IGNORECASE)

RAW = {"script", "style", "textarea"}
INVISIBLE = {"template", "noscript", "svg", "iframe", "object", "select", "datalist"}
VOID = {"br", "hr", "img", "input", "meta", "link", "wbr", "source", "area", "base", "col", "embed"}
FURNITURE = {"nav", "footer", "aside", "button"}
INLINE = {
    "a", "abbr", "b", "bdi", "cite", "code", "em", "font", "i", "img", "label", "mark",
    "q", "s", "small", "span", "strong", "sub", "sup", "time", "u", "wbr", "input", "td", "th",
}  # fmt: skip
_CELL, _BREAK = "\x1e", "\x1d"
_WIDE = 50
_HEADINGS = {f"h{level}": level for level in range(1, 7)}


def looks_like_html(text: str) -> bool:
    return len(_LOOKS.findall(text, 0, 20_000)) >= 2 or bool(
        re.search(r"<!doctype html|<html\b", text[:5000], re.IGNORECASE)
    )


def unescape_once(source: list[str]) -> list[str]:
    """Boards' APIs hand out HTML with its tags escaped."""
    if not any(_ESCAPED.search(raw) for raw in source):
        return source
    return [" ".join(html.unescape(raw).splitlines()) for raw in source]


@dataclass
class Page:
    lines: list[Line] = field(default_factory=list)
    title: Line | None = None
    json_ld: list[tuple[int, str]] = field(default_factory=list)
    """The number of the line where each script of linked data starts, and its text."""


def read_html(source: list[str], start: int = 1, fixed: tuple[int, ...] = ()) -> Page:
    """`start` is the number of the first line; `fixed` numbers stand for all, if given."""
    text = "\n".join(source)
    reader = _Reader(text, start, fixed)
    for kind, name, content, at in _tokens(text):
        reader.take(kind, name, content, at)
    reader.flush()
    return reader.page


def _tokens(text: str) -> Iterator[tuple[str, str, str, int]]:
    """(kind, tag name, content, position); kind is start, end, raw or text."""
    at, length, lowered = 0, len(text), text.lower()
    if len(lowered) != length:
        lowered = text
    missing: set[str] = set()
    while at < length:
        opening = text.find("<", at)
        if opening < 0:
            yield "text", "", text[at:], at
            return
        if opening > at:
            yield "text", "", text[at:opening], at
        if text.startswith("<!--", opening):
            at = _after(text, "-->", opening + 4, missing) or opening + 4
            continue
        tag = _TAG.match(text, opening)
        if tag is None:
            yield "text", "", "<", opening
            at = opening + 1
            continue
        at = tag.end()
        if not tag[2]:
            continue
        name = tag[2].lower()
        yield ("end" if tag[1] else "start"), name, tag[3], opening
        if name in RAW and not tag[1]:
            end = _after(lowered, f"</{name}", at, missing)
            stop = end - len(name) - 2 if end else length
            yield "raw", name, text[at:stop], at
            at = stop


def _after(text: str, needle: str, at: int, missing: set[str]) -> int:
    """The position after `needle`, or 0. What was missing once is not searched again."""
    found = -1 if needle in missing else text.find(needle, at)
    if found < 0:
        missing.add(needle)
        return 0
    return found + len(needle)


class _Reader:
    def __init__(self, text: str, start: int, fixed: tuple[int, ...]) -> None:
        self.page = Page()
        self.breaks = [found.start() for found in re.finditer("\n", text)]
        self.start, self.fixed = start, fixed
        self.stack: list[tuple[str, bool]] = []
        self.open: dict[str, int] = {}
        self.hidden = 0
        self.parts: list[str] = []
        self.numbers: set[int] = set()
        self.bold = self.letters = 0
        self.gap = True
        self.item_done: list[bool] = []
        self.row = self.column = 0
        self.has_main = bool(re.search(r"<main\b", text, re.IGNORECASE))

    def take(self, kind: str, name: str, content: str, at: int) -> None:
        if kind == "start":
            self.begin(name, content)
        elif kind == "end":
            self.end(name)
        elif kind == "text":
            self.add(content, at)
        elif name == "script" and _JSON_LD.search(self.script):
            self.page.json_ld.append((self.number(at), content))

    script = ""

    def number(self, at: int) -> int:
        return self.start + bisect_right(self.breaks, at - 1)

    def begin(self, name: str, attributes: str) -> None:
        self.script = attributes if name == "script" else ""
        if name in ("p", "li", "dt", "dd", "option", "tr") and self._top() in (name, "p"):
            self.end(self._top())
        if name == "tr":
            self.row, self.column = self.row + 1, 0
        if name == "br" and ("li" in self.open or "td" in self.open):
            self.parts.append(" " if "li" in self.open else _BREAK)
        elif name not in INLINE:
            self.flush()
            self.gap = self.gap or name != "br"
        if name in VOID or attributes.endswith("/"):
            return
        hidden = name in RAW or name in INVISIBLE or bool(attributes and _HIDDEN.search(attributes))
        self.stack.append((name, hidden))
        self.open[name] = self.open.get(name, 0) + 1
        self.hidden += hidden
        if name == "li":
            self.item_done.append(False)

    def _top(self) -> str:
        return self.stack[-1][0] if self.stack else ""

    def end(self, name: str) -> None:
        if name in _HEADINGS and name not in self.open:
            name = next((each for each in _HEADINGS if each in self.open), name)
        if name not in self.open:
            return
        if name in ("td", "th"):
            self.column = min(self.column + 1, _WIDE)
            self.parts.append(_CELL)
        elif name not in INLINE:
            self.flush()
            self.gap = True
        while True:
            closed, hidden = self.stack.pop()
            self.open[closed] -= 1
            if not self.open[closed]:
                del self.open[closed]
            self.hidden -= hidden
            if closed == "li":
                self.item_done.pop()
            if closed == name:
                return

    def add(self, content: str, at: int) -> None:
        if self.hidden:
            return
        self.parts.append(content.replace(_CELL, " ").replace(_BREAK, " "))
        letters = len(content.strip())
        if not letters:
            return
        self.letters += letters
        self.bold += letters if "b" in self.open or "strong" in self.open else 0
        if not self.fixed:
            first = self.number(at)
            if "\n" not in content:
                self.numbers.add(first)
                return
            chunks = enumerate(content.split("\n"), first)
            self.numbers.update(number for number, chunk in chunks if chunk.strip())

    def flush(self) -> None:
        written = html.unescape("".join(self.parts))
        cells = tuple(map(_cell, written.split(_CELL))) if _CELL in written else ()
        text = in_row([cell.replace("\n", " ") for cell in cells]) if cells else clean(written)
        numbers = self.fixed or tuple(sorted(self.numbers))
        bold = self.letters > 0 and self.bold == self.letters
        self.parts, self.numbers, self.bold, self.letters = [], set(), 0, 0
        self.parts = [_CELL] * self.column if "tr" in self.open else []
        if not text or not numbers:
            return
        if "title" in self.open and "svg" not in self.open:
            self.page.title = self.page.title or Line(numbers, text)
            return
        row = self.row if "tr" in self.open else 0
        cells = (*(cells or (text,)), "") if "tr" in self.open else ()
        text, mark, level = self.shape(text, bold)
        gap, furniture = self.gap, self.furniture()
        self.emit(Line(numbers, text, mark, level, gap, 0, furniture, cells, row))
        self.gap = False

    def furniture(self) -> bool:
        outside = self.has_main and "main" not in self.open
        return outside or not self.open.keys().isdisjoint(FURNITURE)

    def shape(self, text: str, bold: bool) -> tuple[str, str, int]:
        """A line's text, mark and level."""
        if not self.open.keys().isdisjoint(_HEADINGS.keys()):
            return text, "heading", next(_HEADINGS[each] for each in _HEADINGS if each in self.open)
        if self.item_done:
            return text, "item", PLAIN
        if bare := without_bullet(text):
            return bare, "item", PLAIN
        if (bold or "dt" in self.open) and len(text) <= 120:
            return text, "heading", BOLD
        return text, "", PLAIN

    def emit(self, line: Line) -> None:
        if line.item and self.item_done and self.item_done[-1]:
            last = self.page.lines[-1]
            numbers = tuple(sorted({*last.numbers, *line.numbers}))
            if last.item and len(last.text) < 2000:
                self.page.lines[-1] = replace(
                    last, text=f"{last.text} {line.text}", numbers=numbers
                )
                return
        if line.item and self.item_done:
            self.item_done[-1] = True
        self.page.lines.append(line)


def _cell(text: str) -> str:
    return "\n".join(filter(None, map(clean, text.split(_BREAK))))
