"""Lines as the eye sees them, from left to right, back in the order in which they are read. Pure.

PDFs keep Hebrew and Arabic as glyphs on a page; which was read first is told by where they stand.
"""

import re
import unicodedata

RIGHT_TO_LEFT = {"R", "AL"}
RTL = r"\u0590-\u065f\u066a-\u06ef\u06fa-\u08ff\ufb1d-\ufdff\ufe70-\ufefc"
LETTER = rf"[^\W\d_{RTL}]"
# What keeps its own direction inside a right-to-left line: Latin words with all between them, and
# each number (Unicode's rules put groups of figures that are parted by blanks from right to left).
LEFT_TO_RIGHT = re.compile(
    rf"(?:\d[\d.,:/-]*)?{LETTER}(?:[^{RTL}]*(?:{LETTER}|\d))?|\d+(?:[.,:/-]\d+)*"
)
# A right-to-left part of a line that as a whole runs from left to right.
INSIDE = re.compile(rf"[{RTL}](?:(?:(?!{LETTER}).)*[{RTL}])?")
BRACKETS = {"(": ")", "[": "]", "{": "}"}
MIRROR = str.maketrans("()[]{}<>", ")(][}{><")


def is_right_to_left(text: str) -> bool:
    """More letters of Hebrew, Arabic and their kin than of others."""
    kinds = [unicodedata.bidirectional(sign) for sign in text]
    return sum(kind in RIGHT_TO_LEFT for kind in kinds) > kinds.count("L")


def is_mixed(text: str) -> bool:
    return any(unicodedata.bidirectional(sign) in RIGHT_TO_LEFT for sign in text)


def is_mark(text: str) -> bool:
    return bool(text) and all(unicodedata.category(sign) == "Mn" for sign in text)


def logical(seen: str, *, on_such_a_page: bool = False) -> str:
    """The line in reading order. In `seen`, marks stand in front of their letters.

    On a page that is read from the right, so is a line that begins there with such a letter.
    """
    begins = next((sign for sign in reversed(seen) if sign.isalpha()), "")
    if is_right_to_left(seen) or (on_such_a_page and is_mixed(begins)):
        return in_pairs(backwards(seen))
    return INSIDE.sub(lambda run: backwards(run[0]), seen)


def backwards(seen: str) -> str:
    turned = []
    at = len(seen)
    for run in reversed(list(LEFT_TO_RIGHT.finditer(seen))):
        turned += [seen[run.end() : at][::-1].translate(MIRROR), run[0]]
        at = run.start()
    return "".join([*turned, seen[:at][::-1].translate(MIRROR)])


def in_pairs(text: str) -> str:
    """Some writers store a bracket as it looks, others as it is meant: the first one opens."""
    for opening, close in BRACKETS.items():
        places = [at for at, sign in enumerate(text) if sign in (opening, close)]
        if len(places) % 2 == 0:
            signs = list(text)
            for index, at in enumerate(places):
                signs[at] = close if index % 2 else opening
            text = "".join(signs)
    return text
