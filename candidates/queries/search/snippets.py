"""Where the words of a search stand in a resume, with some words around: text, safe as HTML."""

import re
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from html import escape
from itertools import islice
from typing import Any

from django.db.models import F
from django.db.models.functions import Left

from ats.accounts.models import User
from candidates.queries.search.people import Search, saying
from candidates.queries.search.words import Either, Term

READ = 150_000
AROUND = 60
MARKS = 3
GAP = " … "
ACCENTS = re.compile("[\u0300-\u036f]")
# Scripts that do not part their words.
UNPARTED = re.compile(
    "[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]"
)


def snippets(search: Search, keys: Sequence[int]) -> dict[int, str]:
    """By the person's key, from the newest resume that says something of it, if any does."""
    nodes = [part.words for parts in search.parts.values() for part in parts if part.words]
    if search.words and search.words.wanted:
        nodes.append(search.words.wanted)  # type: ignore[arg-type]
    if not nodes or not keys:
        return {}
    found: dict[int, str] = {}
    pattern = pattern_of(terms(nodes))
    for key, text in texts(Either(tuple(nodes)), search.user, keys):
        found.setdefault(key, marked(text, pattern))
    return {key: text for key, text in found.items() if text}


def texts(node: Any, user: User, keys: Sequence[int]) -> Iterable[Any]:
    rows = saying(node, user).filter(candidate__in=keys, resume__isnull=False)
    return rows.order_by("-resume").values_list("candidate", Left(F("resume__text"), READ))


def terms(nodes: Iterable[Any]) -> list[Term]:
    return [term for node in nodes for term in leaves(node)]


def leaves(node: Any) -> Iterator[Term]:
    if isinstance(node, Term):
        yield node
    else:
        for part in node.parts:
            yield from leaves(part)


def pattern_of(wanted: Iterable[Term]) -> re.Pattern[str]:
    """In folded text: the words of a term with anything but letters between them."""
    said = []
    for term in wanted:
        words = re.findall(r"\w+[#+]*", fold(term.text))
        spelled = r"\W*".join(re.escape(word) for word in words)
        ends = r"\w*" if term.is_beginning else r"(?!\w)"
        said.append(spelled if UNPARTED.search(term.text) else rf"(?<!\w){spelled}{ends}")
    return re.compile("|".join(said))


def fold(text: str) -> str:
    """Small letters without accents."""
    plain = ACCENTS.sub("", unicodedata.normalize("NFKD", text))
    return unicodedata.normalize("NFC", plain).casefold()


def places_of(text: str, folded: str) -> Sequence[int]:
    """Where each letter of the folded text stood: nearly always at the same place."""
    if len(folded) == len(text):
        return range(len(text))
    return [place for place, sign in enumerate(text) for _ in fold(sign)]


def marked(text: str, pattern: re.Pattern[str]) -> str:
    """The first places in bold, each with what stands around it; "" where none is seen."""
    folded = fold(text)
    found = [each.span() for each in islice(pattern.finditer(folded), MARKS)]
    if not found:
        return ""
    places = places_of(text, folded)
    last = len(places) - 1
    spans = [(places[begin], places[min(end - 1, last)] + 1) for begin, end in found]
    return GAP.join(around(text, begin, end) for begin, end in spans)


def around(text: str, begin: int, end: int) -> str:
    before = " ".join(text[max(0, begin - AROUND) : begin].split(" "))
    after = text[end : end + AROUND]
    if begin > AROUND:
        before = before.partition(" ")[2]
    if end + AROUND < len(text):
        after = after.rpartition(" ")[0]
    said = (escape(printed(part)) for part in (before, text[begin:end], after))
    return "{}<mark>{}</mark>{}".format(*said)


def printed(text: str) -> str:
    """On one line, without what controls a terminal."""
    return re.sub(r"[\s\x00-\x1f\x7f]+", " ", text)
