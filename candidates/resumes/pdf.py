"""The text of a PDF in reading order, from where its characters stand on the page."""

import ctypes
import re
from collections import Counter
from collections.abc import Iterator
from typing import Any

import pypdfium2
import pypdfium2.raw as raw

from candidates.resumes.found import Found, NoText, NotReadable
from candidates.resumes.layout import Piece, Sign, lines_of_page
from candidates.resumes.mend import mended

MOST_PAGES = 100
# Behind this many pages or signs nobody's resume is laid out in columns any more.
LAID_OUT_PAGES = 30
LAID_OUT_SIGNS = 20_000
# Smaller than anybody can read, in points.
TINY = 2.0
HYPHENS = {0x2, 0xFFFE}
CATALOG = re.compile(rb"(\d{1,9}) \d{1,5} obj\s{0,9}<<[^<>]{0,500}/Type\s{0,9}/Catalog")
LINKS_A_PAGE = 200
# How many lines at the top and at the bottom of a page may run through the document.
EDGE = 2


def read_pdf(data: bytes) -> Found:
    try:
        document = opened(data)
    except NotReadable:
        document = opened(with_trailer(data))
    with document:
        return read_pages(document)


def opened(data: bytes) -> Any:
    try:
        return pypdfium2.PdfDocument(data)
    except pypdfium2.PdfiumError as problem:
        if "password" in str(problem).lower():
            raise NoText("locked") from problem
        raise NotReadable("broken") from problem


def with_trailer(data: bytes) -> bytes:
    """A file that lost its end, with a word about where its catalog stands."""
    catalog = CATALOG.search(data)
    if catalog is None:
        raise NotReadable("broken")
    return data + b"\ntrailer\n<< /Root %s 0 R >>\nstartxref\n0\n%%%%EOF\n" % catalog[1]


def read_pages(document: Any) -> Found:
    found = Found(pages=len(document))
    pictures = 0
    pages: list[list[str]] = []
    for number in range(min(len(document), MOST_PAGES)):
        try:
            page = document[number]
        except pypdfium2.PdfiumError:
            found.notes.add("pages_missing")
            continue
        pages.append(lines_of(document, page, number, found))
        if not pages[-1] and not pictures:
            pictures += holds_pictures(page)
    if len(document) > MOST_PAGES:
        found.notes.add("cut_short")
    if not pages:
        raise NotReadable("broken")
    found.text = "\n".join(line for page in without_running_lines(pages) for line in page)
    if not found.text.strip():
        raise NoText("scanned" if pictures else "empty")
    return found


def lines_of(document: Any, page: Any, number: int, found: Found) -> list[str]:
    text = page.get_textpage()
    found.links.extend(links(document, page))
    if number >= LAID_OUT_PAGES or text.count_chars() > LAID_OUT_SIGNS:
        return str(text.get_text_range()).replace("\ufffe", "\u00ad").splitlines()
    signs = list(signs_of(text, page.get_mediabox(), found))
    turned = turns(signs)
    lines = []
    for angle, _ in Counter(turned).most_common():
        chosen = [each for each, turn in zip(signs, turned, strict=True) if turn == angle]
        said = list(pieces(chosen))
        if number == 0 and not found.heading:
            found.heading = mended(max(said, key=lambda each: each.size).text) if said else ""
        lines += lines_of_page(said)
    return [line for line in lines if line.strip()]


# A sign, its angle in quarter turns, and whether a new line or a new word begins in front of it.
Drawn = tuple[Sign, int, bool]


def turns(signs: list[Drawn]) -> list[int]:
    return [turn for _, turn, _ in signs]


def signs_of(text: Any, sheet: tuple[float, ...], found: Found) -> Iterator[Drawn]:
    x, y, box = ctypes.c_double(), ctypes.c_double(), raw.FS_RECTF()
    parted = False
    turn = 0
    for index in range(text.count_chars()):
        code = raw.FPDFText_GetUnicode(text, index)
        if code in (10, 13):
            parted = True
            continue
        if not raw.FPDFText_GetLooseCharBox(text, index, box):
            continue
        raw.FPDFText_GetCharOrigin(text, index, x, y)
        generated = raw.FPDFText_IsGenerated(text, index) == 1
        if not generated:
            turn = round(raw.FPDFText_GetCharAngle(text, index) / 1.5707963) % 4
        sign = turned_sign(sign_of(code), box, x.value, y.value, turn)
        if not generated and is_hidden(sign, box, sheet):
            found.notes.add("hidden_text")
            continue
        yield sign, turn, parted
        parted = False


def sign_of(code: int) -> str:
    if code in HYPHENS:
        return "\u00ad"
    return chr(code) if code <= 0x10FFFF else ""


def turned_sign(text: str, box: Any, x: float, y: float, turn: int) -> Sign:
    """In a page turned so that the sign stands upright; lines go down as `base` grows."""
    match turn:
        case 3:
            return Sign(text, box.bottom, box.top, x, abs(box.right - box.left))
        case 2:
            return Sign(text, -box.right, -box.left, y, abs(box.top - box.bottom))
        case 1:
            return Sign(text, -box.top, -box.bottom, -x, abs(box.right - box.left))
    return Sign(text, box.left, box.right, -y, abs(box.top - box.bottom))


def is_hidden(sign: Sign, box: Any, sheet: tuple[float, ...]) -> bool:
    """Off the page, or too small to be seen by a person."""
    if sign.text.isspace():
        return False
    left, bottom, right, top = sheet
    is_beside = box.right < left or box.left > right
    return is_beside or box.top < bottom or box.bottom > top or sign.size < TINY


def pieces(signs: list[Drawn]) -> Iterator[Piece]:
    held: list[Sign] = []
    blanks = 0
    place = 0
    for sign, _, parted in signs:
        blanks = blanks + 1 if sign.text.isspace() else 0
        if held and (parted or blanks > 3 or is_apart(held, sign)):
            yield from piece(held, place)
            place += 1
            held = []
        held.append(sign)
    yield from piece(held, place)


def is_apart(held: list[Sign], sign: Sign) -> bool:
    if sign.text.isspace():
        return False
    last = next((each for each in reversed(held) if not each.text.isspace()), held[-1])
    size = max(min(last.size, sign.size), 1.0)
    gap = max(sign.left - last.right, last.left - sign.right)
    return gap > 0.9 * size or abs(sign.base - last.base) > 0.6 * size


def piece(held: list[Sign], place: int) -> Iterator[Piece]:
    shown = [sign for sign in held if not sign.text.isspace()]
    if shown:
        sizes = sorted(sign.size for sign in shown)
        yield Piece(
            tuple(held),
            min(sign.left for sign in shown),
            max(sign.right for sign in shown),
            shown[0].base,
            sizes[len(sizes) // 2],
            place,
        )


def links(document: Any, page: Any) -> Iterator[str]:
    """Where the annotations of a page lead."""
    position, link = ctypes.c_int(0), raw.FPDF_LINK()
    for _ in range(LINKS_A_PAGE):
        if not raw.FPDFLink_Enumerate(page, position, link):
            return
        action = raw.FPDFLink_GetAction(link)
        if not action or raw.FPDFAction_GetType(action) != raw.PDFACTION_URI:
            continue
        size = raw.FPDFAction_GetURIPath(document, action, None, 0)
        held = ctypes.create_string_buffer(min(size, 2000))
        raw.FPDFAction_GetURIPath(document, action, held, len(held))
        yield held.value.decode("utf-8", "replace")


def holds_pictures(page: Any) -> int:
    return sum(1 for _ in page.get_objects(filter=[raw.FPDF_PAGEOBJ_IMAGE]))


def without_running_lines(pages: list[list[str]]) -> list[list[str]]:
    """What stands above or below every page is said once: at the beginning, or at the end."""
    if len(pages) < 2:
        return pages
    last = len(pages) - 1
    heads = on_all([page[:EDGE] for page in pages])
    feet = on_all([page[EDGE:][-EDGE:] for page in pages])
    kept = []
    for number, page in enumerate(pages):
        head, body, foot = page[:EDGE], page[EDGE:][:-EDGE], page[EDGE:][-EDGE:]
        head = [line for line in head if number == 0 or figures_aside(line) not in heads]
        foot = [line for line in foot if number == last or figures_aside(line) not in feet]
        kept.append([*head, *body, *foot])
    return kept


def on_all(edges: list[list[str]]) -> set[str]:
    return set.intersection(*({figures_aside(line) for line in edge} for edge in edges))


def figures_aside(line: str) -> str:
    return "".join(sign for sign in line if not sign.isdigit())
