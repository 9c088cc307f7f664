"""The lines before the first section: employer, place, pay, terms, and a few sentences."""

import re
from collections.abc import Sequence

from requisitions.listing import dates, fields, headings, names, pay, places, terms
from requisitions.listing.asides import asks_to_apply
from requisitions.listing.blocks import is_prose
from requisitions.listing.draft import Draft
from requisitions.listing.gazetteer import CITIES, STATES
from requisitions.listing.lines import Line
from requisitions.listing.model import Location
from requisitions.listing.placeholders import holds_blank

BARS = re.compile(r"\s*[·•|]\s*")
_DASHES = re.compile(r"\s+[–—-]\s+(?!\D{0,5}\d)")
_NOISE = re.compile(
    r"(?i)\b(?:ago|applicants?|posted|reposted|views?|viewed|clicked|people|promoted|actively"
    r"|new|save|share|responses managed|followers|offers equity|\d+[- ](?:months?|weeks?)|ab sofort"
    r"|zum nächstmöglichen|asap|immediate start|per direct|dès que possible|start date)\b"
)
_SERVICE = re.compile(
    r"(?i)\b(?:see|view|click|cookies?|sign in|log ?in|create an account|job alerts?)\b"
)
_BRACKET = re.compile(r"[()\[\]]")
_PIN = re.compile(r"(?:📍|📌|🗺️?|🌍|🌎|🌏)\s*(?:Location|Based|Where)?\s*:?\s*(?=\S)")
_SITE = re.compile(r"(?i)\W*(?:facility|site|hospital|school|store|campus|branch)\b")
_REMOTE_IN = re.compile(r"([^()\[\]]{4,30}?)\s*[(\[]([^()\[\]]{2,60})[)\]]")
_PART = re.compile(r"(?i)\W*(?:state|region|province|county|country)\b")
_BETWEEN_NAME_AND_PLACE = re.compile(r", |\s+[–—-]\s+| in (?=[A-Z])")
_PROPER_WORD = (
    r"(?:[A-ZÀ-Þ0-9(\u3040-\u9fff][\w.'’()+-]*|&|\+|of|the|and|de|du|der|den|dem|for|van|und|för"
    r"|am"
    r"|an|im|in|da|do|dos|das|della|del|di|y|e|et|la|las|los|le|les|zu|zum|zur|aan|op|te|på|og"
    r"|och|kommune?|gGmbH|doo|d\.o\.o\.|eG)"
)
PROPER_NAME = re.compile(rf"{_PROPER_WORD}(?: {_PROPER_WORD})*")
_TOWN = re.compile(r"(?:City|Town|Village) of (.+)")
_NEAR = 5
_MIN = re.compile(r"(?i)min|from")
_MAX = re.compile(r"(?i)max|to\b")


def read_lines(draft: Draft, lines: Sequence[Line], title: Line | None = None) -> None:
    place = next((at for at, line in enumerate(lines) if line is title), -9)
    for at, line in enumerate(lines):
        if line is not title and not read_line(draft, line):
            first = at == 0 and (place < 0 or at < place) and names.names_an_organization(line.text)
            beside = abs(at - place) == 1 or (at == 0 < place) or first
            placed = abs(at - place) < _NEAR and company_and_place(draft, line)
            if not placed and not (beside and _company_beside(draft, line)):
                _keep(draft, line)


def read_line(draft: Draft, line: Line) -> bool:
    """Read what a line states all by itself; False where it states nothing known."""
    if line.furniture:
        return False
    if dates.is_closed(line.text):
        draft.close(line)
        return True
    found = headings.label(line.text)
    if found is not None and read_label(draft, found, line):
        return True
    if draft.title and names.split_title(line.text[:200], draft.text)[0] == draft.title:
        draft.credit("title", line, 0.9)
        return True
    flat = flat_label(line.text)
    if flat is not None and read_label(draft, flat, line, 0.8):
        return True
    return chip(draft, line.text, line) or _chips(draft, line)


def read_heading(draft: Draft, line: Line) -> bool:
    """A heading that no field has may state a fact, or be the employer's name."""
    if read_line(draft, line):
        return True
    if draft.company or draft.texts or draft.required:
        return False
    if not names.names_an_organization(line.text) or not _is_name(line.text):
        return False
    draft.set_company(line.text, line, 0.7)
    return True


def flat_label(text: str) -> tuple[str, str] | None:
    """ "Type de contrat CDI": a label of two words or more whose colon was lost."""
    words = text.split()
    for at in range(1, min(len(words), 5)) if len(words) < 8 else ():
        field, value = headings.exact(" ".join(words[:at])), " ".join(words[at:])
        if at > 1 and field in (fields.EMPLOYMENT, fields.WORKPLACE):
            return field, value
        if field == fields.LOCATIONS and (places.is_place(value) or any(terms.is_only(value))):
            return field, value
    return None


def read_label(draft: Draft, found: tuple[str, str], line: Line, confidence: float = 0.95) -> bool:
    """A label and its value, such as ("locations", "Berlin (hybrid)")."""
    field, value = found
    name = line.text[: len(line.text) - len(value)]
    if field == fields.TITLE and not any(letter.isalpha() for letter in value):
        return False
    if field == fields.TITLE:
        title, company = names.split_title(value, draft.text)
        draft.set_title(title, line, confidence)
        if company:
            draft.set_company(company, line, 0.8)
    elif field == fields.COMPANY:
        draft.set_company(value, line, confidence)
    elif field == fields.LOCATIONS and _SITE.match(name) and names.names_an_organization(value):
        draft.set_company(value, line, 0.7)
    elif field == fields.LOCATIONS:
        return _part_of_place(draft, name, value, line) or location(draft, value, line, confidence)
    elif field == fields.WORKPLACE and (workplace := terms.workplace(value, name)):
        draft.set_workplace(workplace, line, confidence)
    elif field == fields.EMPLOYMENT and (kind := terms.employment(value)):
        draft.set_employment(kind, line, confidence)
    elif field == fields.CLOSES and dates.is_doubtful(value):
        draft.doubt_closing(value, line)
    elif field == fields.CLOSES and (day := dates.read_date(value.rpartition(" to ")[2])):
        draft.set_closing(day, line, confidence)
    elif field == fields.PAY:
        return _pay(draft, name, value, line, confidence)
    else:
        return _other_terms(draft, field, value, line)
    return True


def _part_of_place(draft: Draft, name: str, value: str, line: Line) -> bool:
    """ "State: TX" or "Country: Spain" after "City: ..." completes the place."""
    part = _PART.match(name)
    last = draft.places[-1] if draft.places else None
    if part is None or last is None or not draft.city_labelled or holds_blank(value):
        draft.city_labelled = name.casefold().startswith(("city", "town"))
        return False
    draft.places[-1] = places.locate(f"{last.text}, {value}")
    draft.credit(fields.LOCATIONS, line, 0.95)
    return True


def _other_terms(draft: Draft, field: str, value: str, line: Line) -> bool:
    """ "Type: Remote", "Work arrangement: Full-time": the value says what the label is about."""
    if field not in (fields.WORKPLACE, fields.EMPLOYMENT):
        return False
    workplace, kind = terms.workplace(value), terms.employment(value)
    if workplace:
        draft.set_workplace(workplace, line, 0.8)
    if kind:
        draft.set_employment(kind, line, 0.8)
    return bool(workplace or kind)


def location(draft: Draft, value: str, line: Line, confidence: float) -> bool:
    draft.location_stated = True
    found = places.read_labelled(value)
    if found:
        draft.add_places(found, line, confidence)
    workplace = terms.workplace(value)
    if workplace and (draft.workplace is None or not found):
        draft.set_workplace(workplace, line, 0.9)
        draft.workplace_among_places = len(found) > 1
    kind = terms.employment(value)
    if kind and not found:
        draft.set_employment(kind, line, 0.7)
    return bool(found or workplace)


def _pay(draft: Draft, name: str, value: str, line: Line, confidence: float) -> bool:
    found = pay.read_pay(value, labelled=True)
    for each in found:
        if each.single and (_MIN.match(name) or _MAX.match(name)):
            draft.add_end(each, line, upper=_MAX.match(name) is not None)
        else:
            draft.add_pay(pay.with_hint(each, name), line, confidence)
    return bool(found)


def _chips(draft: Draft, line: Line) -> bool:
    """ "Acme · Berlin · Hybrid", "Acme | Nurse "
    "| Leeds": the parts that are known say the rest."""
    if len(line.text) > 200:
        return False
    parts = [part for part in BARS.split(line.text) if part and not _NOISE.search(part)]
    if len(parts) < 2 and line.text.strip() == "".join(parts):
        parts = [part for part in _DASHES.split(line.text) if part]
    unknown = [part for part in parts if not _known_chip(part)]
    if len(unknown) == len(parts) or (len(parts) < 2 and unknown):
        return False
    named = not unknown or _names(draft, unknown, line)
    stated = [chip(draft, part, line) for part in parts if part not in unknown]
    return named and any(stated)


def _names(draft: Draft, unknown: Sequence[str], line: Line) -> bool:
    """What is not known in such a line is the employer, or the employer and the title."""
    titles = [part for part in unknown if names.names_a_job(part)]
    others = [part for part in unknown if part not in titles]
    if len(others) > 1 or len(titles) > 1 or not all(map(_is_name, unknown)):
        return False
    if titles and draft.title and titles[0] != draft.title:
        return False
    if titles:
        draft.set_title(titles[0], line, 0.8)
    if others and not draft.title:
        return False
    if others and not _is_employers(draft, others[0], line):
        return False
    if others:
        draft.set_company(others[0], line, 0.9)
    return True


def _is_employers(draft: Draft, name: str, line: Line) -> bool:
    """The employer comes first, is named again, or has the name of a firm."""
    named = names.names_an_organization(name) or draft.text.count(name) > 1
    return named or line.text.startswith(name)


def _known_places(text: str) -> list[Location]:
    return [places.locate(part) for part in places.split(text) if places.is_known(part)]


def _known_chip(text: str) -> bool:
    within = _REMOTE_IN.fullmatch(text)
    if within and terms.is_only(within[1])[0] and _known_places(within[2]):
        return True
    return pay.alone(text) or any(terms.is_only(text)) or places.is_place(text)


def chip(draft: Draft, text: str, line: Line) -> bool:
    within = _REMOTE_IN.fullmatch(text)
    if within and terms.is_only(within[1])[0] and (found := _known_places(within[2])):
        draft.add_places(found, line, 0.9)
        draft.set_workplace(terms.workplace(within[1]) or terms.REMOTE, line, 0.95)
        return True
    bare = _BRACKET.sub(" ", text)
    if bare != text and len(text) < 80 and terms.workplace(text) and places.is_place(bare):
        return location(draft, bare, line, 0.9)
    if pin := _PIN.match(text):
        return location(draft, text[pin.end() :], line, 0.9)
    workplace, kind = terms.is_only(text)
    if workplace:
        draft.set_workplace(workplace, line, 0.95)
    if kind:
        draft.set_employment(kind, line, 0.95)
    if workplace or kind:
        return True
    if pay.alone(text) and (stated := pay.read_pay(text, labelled=True)):
        for each in stated:
            draft.add_pay(each, line, 0.95)
        return True
    if named_with_place(draft, text):
        return company_and_place(draft, line)
    if places.is_place(text):
        return location(draft, text, line, 0.9)
    if places.is_address(text):
        draft.add_places([places.locate(text)], line, 0.8)
        return True
    return False


def named_with_place(draft: Draft, text: str) -> bool:
    """ "Oakfield Estates, Leeds" where the text names Oakfield Estates again, or names a firm."""
    name, comma, place = text.partition(", ")
    if not comma or draft.company or not places.is_place(place) or name in CITIES:
        return False
    again = " " in name and place not in STATES and draft.text.count(name) > 1
    return again or names.names_an_organization(name)


def company_and_place(draft: Draft, line: Line) -> bool:
    """ "Riverbend Mills, Joliet, IL" or "Little Oak - Bristol" near the title."""
    text = line.text
    if draft.company or line.item or len(text) > 120:
        return False
    for found in _BETWEEN_NAME_AND_PLACE.finditer(text):
        name, place = text[: found.start()], text[found.end() :]
        proper = PROPER_NAME.fullmatch(name) is not None
        if places.is_place(place) and proper and _is_name(name) and not names.names_a_job(name):
            draft.set_company(name, line, 0.8)
            town = _TOWN.fullmatch(name)
            if name.endswith(" County") and "," not in place:
                place = text
            return location(draft, f"{town[1]}, {place}" if town else place, line, 0.8)
    return False


def _company_beside(draft: Draft, line: Line) -> bool:
    """A bare name next to the title is the employer if the text names it again."""
    text = line.text
    firm = names.names_an_organization(text) and PROPER_NAME.fullmatch(text) is not None
    if (
        draft.company
        or headings.exact(text)
        or headings.unknown_label(text)
        or not (firm or (_is_name(text) and not line.item))
    ):
        return False
    if draft.text.count(text) < 2 and not names.names_an_organization(text):
        return False
    draft.set_company(text, line, 0.8)
    return True


def _is_name(text: str) -> bool:
    return 0 < len(text) <= 80 and text.count(" ") <= 8 and not text.endswith((".", ":", "!", "?"))


def _keep(draft: Draft, line: Line) -> None:
    """Sentences before the first heading belong to the summary."""
    words = line.text.count(" ") + 1
    sentence = words >= 5 and line.text.endswith((".", "!", "…"))
    service = words < 16 and _SERVICE.search(line.text)
    if (
        line.furniture
        or headings.label(line.text)
        or (words < 60 and asks_to_apply(line.text))
        or service
        or not (is_prose(line.text) or sentence)
    ):
        draft.leave(line)
    else:
        draft.add_text("summary", line.text, line, 0.7)
