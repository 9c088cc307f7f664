"""Lines that say several things: labels one after another, or a whole listing in a paragraph."""

import re
from dataclasses import replace
from itertools import pairwise

from requisitions.listing import fields, headings
from requisitions.listing.lines import Line
from requisitions.listing.names import names_a_job

_NUMBER = re.compile(r"(?<=\s)(\d{1,2})[.)] (?=[A-ZÀ-Þ])")
_SENTENCE = re.compile(r"(?<=[.!?]) +(?=[A-ZÀ-Þ])")
_LABEL = re.compile(r"(?<=[.!?]) +(?=[A-ZÀ-Þ][\w ]{2,24}: )")
_LABELS = re.compile(r"(?:^|(?:[.;|·•,]|\s[–—-])\s+)([A-ZÀ-Þ][\w /()-]{2,24}):\s+(?=\S)")
_EDGES = " ;|·•,–—-"
# "Assistant Director, Peoria County, Illinois–The Assistant Director is ..."
_OPENING = re.compile(
    r"([A-Z][\w '’/&().-]{3,70}), ((?:[A-Z][\w.'’-]* ){0,3}[A-Z][\w.'’-]*, [A-Z][\w. ]{1,24}?)"
    r" ?[–—-]+ ?(?=[A-Z])"
)
LONG = 300


def spread(line: Line) -> list[Line]:
    """The line's title, sentences, numbered items and labelled values, one by one."""
    if line.mark:
        return [line]
    opened = _opening(line)
    sure = len(opened) > 1
    items = [each for part in opened for each in _numbered(part)]
    return [each for part in items for each in _by_labels(part, sure=sure)]


def _opening(line: Line) -> list[Line]:
    found = _OPENING.match(line.text) if len(line.text) >= LONG else None
    if found is None or not names_a_job(found[1]):
        return [line]
    texts = (found[1], found[2], line.text[found.end() :])
    return [replace(line, text=text, gap=True) for text in texts]


def _by_labels(line: Line, *, sure: bool) -> list[Line]:
    """ "Location: Leeds. Salary: £30,000" is two lines; `sure`: one label is enough."""
    if line.mark or line.text.count(": ") < (1 if sure else 2):
        return [line]
    starts = [each.start(1) for each in _LABELS.finditer(line.text) if _is_known(each[1])]
    if len(starts) < (1 if sure else 2):
        return [line]
    ends = [0, *(at for at in starts if at), len(line.text)]
    texts = [line.text[a:b].strip(_EDGES) for a, b in pairwise(ends)]
    return [
        replace(line, text=text, gap=line.gap or at > 0) for at, text in enumerate(texts) if text
    ]


def _is_known(label: str) -> bool:
    return headings.exact(label) in fields.SCALARS


def _numbered(line: Line) -> list[Line]:
    """The line's sentences, items and labelled values, if it numbers three items or more."""
    starts = _in_order(line.text) if len(line.text) >= LONG else []
    if len(starts) < 3:
        return [line]
    ends = [found.start() for found in starts[1:]] + [len(line.text)]
    texts = [line.text[a.end() : b].strip() for a, b in zip(starts, ends, strict=True)]
    *between, last = texts
    final, *labels = _LABEL.split(last)
    before = [each for each in _SENTENCE.split(line.text[: starts[0].start()].strip()) if each]
    return [
        *(replace(line, text=each, gap=True) for each in before),
        *(replace(line, text=each, mark="item", gap=False) for each in (*between, final)),
        *(replace(line, text=each, gap=True) for each in labels),
    ]


def _in_order(text: str) -> list[re.Match[str]]:
    """The numbers 1, 2, 3 and so on, as far as they go."""
    starts: list[re.Match[str]] = []
    for found in _NUMBER.finditer(text):
        if int(found[1]) == len(starts) + 1:
            starts.append(found)
    return starts
