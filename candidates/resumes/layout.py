"""Pieces of text with their places on a page, put into the order in which one reads them. Pure."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from statistics import median

from candidates.resumes.bidi import is_mark, is_mixed, is_right_to_left, logical

# In sizes of the letters around: what parts two pieces, two columns, and two lines.
GUTTER = 0.9
SAME_LINE = 0.45
ALIGNED = 0.25
WORD = 0.18
MOST_PIECES = 4000
MOST_GUTTERS = 60
DEEPEST = 40


@dataclass(frozen=True, slots=True)
class Sign:
    """One character; the larger its `base`, the lower it stands."""

    text: str
    left: float
    right: float
    base: float
    size: float


@dataclass(frozen=True, slots=True)
class Piece:
    """Signs that touch each other on one line; `place` is when the file drew them."""

    signs: tuple[Sign, ...]
    left: float
    right: float
    base: float
    size: float
    place: int

    @property
    def text(self) -> str:
        return "".join(sign.text for sign in self.signs).strip()


Pieces = Sequence[Piece]


def lines_of_page(pieces: Pieces) -> list[str]:
    """The lines of a page: columns one after the other, the rows of a table across."""
    if len(pieces) > MOST_PIECES:
        return [piece.text for piece in pieces]
    letters = "".join(piece.text for piece in pieces)
    is_turned = is_right_to_left(letters)
    blocks = Reader(right_to_left=is_turned).blocks(pieces, 0)
    return [words_of(line, on_such_a_page=is_turned) for block in blocks for line in rows(block)]


class Reader:
    def __init__(self, *, right_to_left: bool) -> None:
        self.right_to_left = right_to_left

    def blocks(self, pieces: Pieces, depth: int) -> Iterator[Pieces]:
        """Groups of pieces that are read line by line, in order."""
        if len(pieces) < 2 or depth > DEEPEST:
            yield pieces
            return
        if parts := self.columns(pieces) or in_drawn_order(pieces):
            for part in parts:
                yield from self.blocks(part, depth + 1)
            return
        yield pieces

    def columns(self, pieces: Pieces) -> list[Pieces]:
        """What is above the tallest pair of columns, the columns, and what is below."""
        for gutter in gutters(pieces):
            if are_columns(gutter.left, gutter.right):
                pair = [gutter.left, gutter.right]
                across = pair[::-1] if self.right_to_left else pair
                return [part for part in (gutter.above, *across, gutter.below) if part]
        return []


@dataclass(frozen=True, slots=True)
class Gutter:
    above: Pieces
    left: Pieces
    right: Pieces
    below: Pieces

    @property
    def height(self) -> float:
        """Over how many lines both sides say something."""
        return min(len(rows(self.left)), len(rows(self.right)))


def gutters(pieces: Pieces) -> list[Gutter]:
    """Where white space parts left from right over several lines, the tallest first."""
    size = median(piece.size for piece in pieces)
    edges = sorted({round(piece.left) for piece in pieces})
    starts = [at for index, at in enumerate(edges) if index == 0 or at - edges[index - 1] > 1]
    if len(starts) > MOST_GUTTERS:
        starts = starts[:: len(starts) // MOST_GUTTERS + 1]
    found = [gutter for at in starts[1:] for gutter in gutters_at(pieces, at, size)]
    ranked = [(gutter.height, gutter) for gutter in found]
    ranked = [(height, gutter) for height, gutter in ranked if height >= 2]
    return [gutter for _, gutter in sorted(ranked, key=lambda each: -each[0])]


def gutters_at(pieces: Pieces, at: float, size: float) -> Iterator[Gutter]:
    """The stretches of the page in which nothing crosses into the white space left of `at`."""
    ordered = sorted(pieces, key=lambda piece: piece.base)
    crossing = [p.base for p in ordered if p.right > at - GUTTER * size and p.left < at - 1.5]
    edges = [float("-inf"), *crossing, float("inf")]
    for top, bottom in pairwise(edges):
        slack = SAME_LINE * size
        inside = [p for p in ordered if top + slack < p.base < bottom - slack]
        left = [p for p in inside if p.left < at - 1.5]
        right = [p for p in inside if p.left >= at - 1.5]
        if not left or not right:
            continue
        begin = max(left[0].base, right[0].base)
        end = min(left[-1].base, right[-1].base)
        if begin > end:
            continue
        chosen = set(map(id, inside))
        above = [p for p in ordered if id(p) not in chosen and p.base <= top + slack]
        below = [p for p in ordered if id(p) not in chosen and p.base > top + slack]
        yield Gutter(above, left, right, below)


def are_columns(left: Pieces, right: Pieces) -> bool:
    """Columns are drawn one after the other; a table is drawn row by row and stands in rows.

    What was drawn row by row is still two columns where the lines do not stand beside each
    other, or where lines that stand beside each other go on in the middle of a sentence.
    """
    order = sorted([(p.place, 0) for p in left] + [(p.place, 1) for p in right])
    turns = sum(one[1] != two[1] for one, two in pairwise(order))
    if turns <= 2:
        return True
    first, second = rows(left), rows(right)
    size = median(piece.size for piece in (*left, *right))
    pairs = list(beside(first, second, ALIGNED * size))
    if len(pairs) < 0.7 * min(len(first), len(second)):
        return True
    if len(pairs) < 4 or is_drawn_by_cells(left, right):
        return False
    running = sum(goes_on(one) or goes_on(two) for one, two in pairs)
    return running >= 0.25 * len(pairs) or (is_prose(first) and is_prose(second))


def is_drawn_by_cells(left: Pieces, right: Pieces) -> bool:
    """Row by row, and in most rows a cell of several lines after the other."""
    sides = set(map(id, left))
    tall = [
        len(rows([piece for piece in part if id(piece) in sides])) > 1
        and len(rows([piece for piece in part if id(piece) not in sides])) > 1
        for part in in_drawn_order([*left, *right])
    ]
    return len(tall) > 1 and sum(tall) > len(tall) / 2


def beside(first: list[Pieces], second: list[Pieces], slack: float) -> Iterator[tuple[str, str]]:
    """The texts of lines that stand at the same height."""
    heights = [(line[0].base, words_of(line)) for line in second]
    for line in first:
        for base, text in heights:
            if abs(base - line[0].base) <= slack:
                yield words_of(line), text
                break


def goes_on(text: str) -> bool:
    return text[:1].islower()


def is_prose(lines: list[Pieces]) -> bool:
    """Most lines reach the end of the column, as only running text does."""
    widths = [max(p.right for p in line) - min(p.left for p in line) for line in lines]
    long = [len(words_of(line)) for line in lines]
    full = sum(width > 0.8 * max(widths) for width in widths)
    return full >= 0.7 * len(lines) and median(long) >= 18


def in_drawn_order(pieces: Pieces) -> list[Pieces]:
    """Cut between lines wherever all that is above was also drawn before all that is below."""
    lines = rows(pieces)
    latest: list[int] = []
    least: list[int] = []
    for line in lines:
        latest.append(max([*latest[-1:], *(piece.place for piece in line)]))
    for line in reversed(lines):
        least.append(min([*least[-1:], *(piece.place for piece in line)]))
    least.reverse()
    parts: list[Pieces] = []
    part: list[Piece] = []
    for index, line in enumerate(lines):
        part.extend(line)
        if index + 1 == len(lines) or latest[index] < least[index + 1]:
            parts.append(part)
            part = []
    return parts if len(parts) > 1 else []


def rows(pieces: Pieces) -> list[Pieces]:
    """Pieces by line, from top to bottom, each from left to right."""
    found: list[list[Piece]] = []
    for piece in sorted(pieces, key=lambda piece: (piece.base, piece.left)):
        if found and piece.base - found[-1][0].base <= SAME_LINE * min(
            piece.size, found[-1][0].size
        ):
            found[-1].append(piece)
        else:
            found.append([piece])
    return [sorted(line, key=lambda piece: piece.left) for line in found]


def words_of(line: Pieces, *, on_such_a_page: bool = False) -> str:
    text = " ".join(piece.text for piece in line)
    if not is_mixed(text):
        return " ".join(unspaced(piece) for piece in line)
    signs = [sign for piece in line for sign in piece.signs]
    return logical(seen(signs), on_such_a_page=on_such_a_page)


def seen(signs: Sequence[Sign]) -> str:
    """From left to right, with the white space between; marks in front of their letters."""
    shown = [sign for sign in signs if not sign.text.isspace()]
    letters = sorted((s for s in shown if not is_mark(s.text)), key=lambda sign: sign.left)
    wide = WORD * max(sign.size for sign in shown)
    above: dict[int, str] = {}
    for mark in shown:
        if letters and is_mark(mark.text):
            middle = mark.left + mark.right
            nearest = min(letters, key=lambda each: abs(each.left + each.right - middle))
            above[id(nearest)] = mark.text + above.get(id(nearest), "")
    said, edge = "", None
    for sign in letters:
        if edge is not None and sign.left - edge > wide:
            said += " "
        said += above.get(id(sign), "") + sign.text
        edge = max(sign.right, edge or sign.right)
    return said


def unspaced(piece: Piece) -> str:
    """`E X P E R I E N C E`, letters set apart, as the words that they are."""
    words = piece.text.split()
    if len(words) < 4 or sum(len(word) == 1 for word in words) < 0.9 * len(words):
        return piece.text
    shown = [sign for sign in piece.signs if not sign.text.isspace()]
    gaps = [two.left - one.right for one, two in pairwise(shown)]
    usual = median(gaps)
    said = shown[0].text
    for sign, gap in zip(shown[1:], gaps, strict=True):
        said += (" " if gap > 1.6 * usual + 0.5 else "") + sign.text
    return said if usual > 0 else piece.text
