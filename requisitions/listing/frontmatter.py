"""The keys and values that may stand before a Markdown listing.

Read line by line rather than as YAML: real files have broken indents, and a
broken key must not cost the others.
"""

import re

from requisitions.listing.lines import PLAIN, Line, clean, plain

_KEY = re.compile(r"\s*([A-Za-z_][\w -]{0,40}?)\s*:(?:\s+(.*))?")
_CAMEL = re.compile(r"(?<=[a-z])(?=[A-Z][a-z])")
_ITEM_KEY = re.compile(r"(?:title|name|text|item)\s*:\s+(.*)")
_BLOCK = re.compile(r"[|>][+-]?\s*")


def split(source: list[str]) -> int:
    """How many lines the front matter takes, its two rules included; 0 for none."""
    first = next((at for at, raw in enumerate(source) if raw.strip()), len(source))
    if first == len(source) or source[first].strip("\ufeff \t") != "---":
        return 0
    for at in range(first + 1, len(source)):
        if source[at].strip() in ("---", "..."):
            inside = [raw for raw in source[first + 1 : at] if _is_content(raw)]
            return at + 1 if inside and _KEY.fullmatch(inside[0].rstrip()) else 0
    return 0


def read(source: list[str], end: int) -> list[Line]:
    """The lines of front matter that say something; comments and empty keys do not."""
    content = [
        (number, source[number - 1].rstrip())
        for number in range(1, end + 1)
        if _is_content(source[number - 1]) and source[number - 1].strip("\ufeff \t") != "---"
    ]
    following = [*(raw for _, raw in content), ""][1:]
    lines = [
        _line(number, raw, after) for (number, raw), after in zip(content, following, strict=True)
    ]
    return [line for line in lines if line is not None]


def _is_content(raw: str) -> bool:
    return bool(raw.strip()) and not raw.lstrip().startswith("#")


def _line(number: int, raw: str, after: str) -> Line | None:
    text = raw.lstrip()
    if text.startswith("- ") or text == "-":
        return _item(number, text[1:].strip(), raw)
    key = _KEY.fullmatch(raw)
    if key is None:
        return Line((number,), plain(clean(raw)), "", PLAIN, True)
    words = _CAMEL.sub(" ", key[1].replace("_", " ").replace("-", " "))
    value = clean(_unquote(_BLOCK.sub("", key[2] or "", count=1)))
    if value:
        return Line((number,), f"{words}: {value}", "label", PLAIN, True)
    if words.lower() == "items" or not _continues(raw, after):
        return None
    return Line((number,), words, "heading", PLAIN, True)


def _item(number: int, text: str, raw: str) -> Line | None:
    inner = _ITEM_KEY.fullmatch(text)
    if inner is None and re.fullmatch(r"[\w-]+\s*:", text):
        return None
    value = clean(_unquote(inner[1] if inner else text))
    indent = len(raw) - len(raw.lstrip())
    return Line((number,), plain(value), "item", PLAIN, False, indent) if value else None


def _continues(raw: str, after: str) -> bool:
    """Whether the lines below an empty key belong to it."""
    inside = len(after) - len(after.lstrip()) > len(raw) - len(raw.lstrip())
    return after.lstrip().startswith("-") or inside or bool(after and not _KEY.fullmatch(after))


def _unquote(value: str) -> str:
    value = re.sub(r"""^(["'][^"']*["'])\s+#.*$""", r"\1", value.strip())
    if len(value) > 1 and value[0] == value[-1] and value[0] in "\"'":
        return value[1:-1]
    return value
