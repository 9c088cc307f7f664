"""Where a text mentions a competency: evidence for a reader, no score and no order. Pure."""

import re
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

# As much of a text as anybody reads, and as many mentions as anybody looks at.
MOST_CHARACTERS = 200_000
MOST_MENTIONS = 50
# On either side.
WORDS_AROUND, SIGNS_AROUND = 9, 90
# Words of every day that are also names: these count only as they are written.
AS_WRITTEN_WORDS = """
a as be c d do e go hr i in is it j less make no on or r rest rust spark swift us via
"""
AS_WRITTEN = frozenset(AS_WRITTEN_WORDS.split())
# Scripts that put no blanks between words, or hang particles onto them.
UNSPACED = re.compile(
    "[\u0e00-\u0eff\u1000-\u109f\u1100-\u11ff\u1780-\u17ff\u3040-\u30ff\u3130-\u318f"
    "\u31f0-\u31ff\u3400-\u4dbf\u4e00-\u9fff\uac00-\ud7af\uf900-\ufaff\U00020000-\U0003ffff]"
)
# Articles and particles that Arabic and Hebrew write as one with the word.
ARABIC, HEBREW = "(?:[وف]?(?:ال|بال|كال|لل|[بلك])?)", "(?:ו?ש?[הבלמכ]?ה?)"
GAP = r"(?:[\s\u2010-\u2015-]+|\s*/\s*)"
AND = frozenset(("&", "and"))


@dataclass(frozen=True)
class Mention:
    """`words` stand at `text[start:end]`; around them what stands near, on one line."""

    words: str
    before: str
    after: str
    start: int
    end: int

    def as_json(self) -> dict[str, str | int]:
        return {
            "words": self.words,
            "before": self.before,
            "after": self.after,
            "start": self.start,
            "end": self.end,
        }


@dataclass(frozen=True)
class Text:
    """A text without case and accents; `places[n]` is where sign n of it stands in the original."""

    original: str
    plain: str
    places: Sequence[int]


def prepared(text: str) -> Text:
    text = text[:MOST_CHARACTERS]
    plain: list[str] = []
    places: list[int] = []
    for place, sign in enumerate(text):
        for part in fold(sign):
            plain.append(part)
            places.append(place)
    return Text(text, "".join(plain), [*places, len(text)])


def fold(text: str) -> str:
    decomposed = unicodedata.normalize("NFKD", text.casefold())
    return "".join(sign for sign in decomposed if not unicodedata.combining(sign))


def mentions(text: Text, names: Iterable[str]) -> list[Mention]:
    """Every place where one of the names stands, in the order of the text; none overlaps another.

    Case, accents, line ends, hyphens and a plural make no difference; parts of words never count.
    """
    known = {fold(each): each for name in names for each in variants(name)}
    choices = [spelled(folded) for folded in sorted(known, key=len, reverse=True) if folded]
    if not choices:
        return []
    found = [
        mention(text, each.start(), each.end())
        for each in re.finditer("|".join(choices), text.plain)
        if stands_alone(text.plain, each) and is_meant(text, each, known)
    ]
    return found[:MOST_MENTIONS]


def variants(name: str) -> Iterator[str]:
    """`High-Performance Computing (HPC)` is also each of its two names."""
    name = " ".join(name.split())
    yield name
    if inside := re.fullmatch(r"(.{2,}?) ?\(([^()]{2,})\)", name):
        yield inside[1]
        if inside[2].isupper():
            yield inside[2]


def spelled(name: str) -> str:
    words = [word for word in re.split(r"[\s\u2010-\u2015-]+", name) if word]
    if not words:
        return r"(?!)"
    parts = ["(?:&|and)" if word in AND else re.escape(word) for word in words]
    parts[-1] = plural(words[-1]) if words[-1] not in AND else parts[-1]
    front = ARABIC if "\u0600" <= name[0] <= "\u06ff" else ""
    front = HEBREW if "\u0590" <= name[0] <= "\u05ff" else front
    return front + GAP.join(parts)


def plural(word: str) -> str:
    """The word, one of it or several."""
    if not word.isascii() or not word[-1:].isalpha() or len(word) < 3:
        return re.escape(word) + (
            "s?" if word.isascii() and word.isalpha() and len(word) == 2 else ""
        )
    if word.endswith("ies"):
        return rf"{re.escape(word[:-3])}(?:ies|y)"
    if word.endswith("y") and word[-2] not in "aeiou":
        return rf"{re.escape(word[:-1])}(?:y|ies)"
    if word.endswith("s") and not word.endswith(("ss", "us", "is", "ics")):
        return rf"{re.escape(word[:-1])}s?"
    return rf"{re.escape(word)}(?:e?s)?"


def stands_alone(plain: str, found: "re.Match[str]") -> bool:
    """No letter or figure goes on on either side, where the script parts its words."""
    start, end = found.span()
    if start and joins(plain[start - 1], plain[start]):
        return False
    if end < len(plain) and joins(plain[end - 1], plain[end]):
        return False
    # `C` is not `C++`, `.NET` is not `ASP.NET`, and neither is a part of an address.
    after, before = plain[end : end + 2], plain[max(0, start - 2) : start]
    if after[:1] in ("+", "#") and plain[end - 1].isalnum() and end - start <= 2:
        return False
    if plain[start] == "." and before[-1:].isalnum():
        return False
    return not (after[:1] == "@" or before[-1:] == "@")


def joins(one: str, other: str) -> bool:
    if not ((one.isalnum() or one == "_") and (other.isalnum() or other == "_")):
        return False
    return not (UNSPACED.match(one) or UNSPACED.match(other))


def is_meant(text: Text, found: "re.Match[str]", known: dict[str, str]) -> bool:
    """A name that is also a word of every day counts as written, and not as a sentence's verb."""
    if found[0] not in AS_WRITTEN:
        return True
    start, end = text.places[found.start()], text.places[found.end()]
    if text.original[start:end] != known.get(found[0]):
        return False
    begins = re.search(r"(?:^|[.!?\n•]\s*)$", text.original[:start]) is not None
    return not (begins and re.match(r" [^\W\d_A-Z]", text.original[end:]))


def mention(text: Text, start: int, end: int) -> Mention:
    first, last = text.places[start], text.places[end - 1] + 1
    # An accent of its own behind the last letter belongs to it.
    while last < len(text.original) and unicodedata.combining(text.original[last]):
        last += 1
    before = text.original[max(0, first - SIGNS_AROUND) : first]
    after = text.original[last : last + SIGNS_AROUND]
    cut = first > SIGNS_AROUND
    return Mention(
        words=text.original[first:last],
        before=" ".join((before.partition(" ")[2] if cut else before).split()[-WORDS_AROUND:]),
        after=" ".join(after.split()[:WORDS_AROUND]),
        start=first,
        end=last,
    )
