"""A whole listing in one paragraph, its duties numbered within the line."""

import re
from dataclasses import replace

from requisitions.listing.lines import Line

_NUMBER = re.compile(r"(?<=\s)(\d{1,2})[.)] (?=[A-ZÀ-Þ])")
_SENTENCE = re.compile(r"(?<=[.!?]) +(?=[A-ZÀ-Þ])")
_LABEL = re.compile(r"(?<=[.!?]) +(?=[A-ZÀ-Þ][\w ]{2,24}: )")
LONG = 300


def spread(line: Line) -> list[Line]:
    """The line's sentences, items and labelled values, if it numbers three items or more."""
    if line.mark or len(line.text) < LONG:
        return [line]
    starts = _in_order(line.text)
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
