"""A CSV file of people as records, whatever program wrote it."""

import csv
import io
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, fields

from candidates.dedupe.people import Person

NAMES = tuple(each.name.removesuffix("s") for each in fields(Person))
SEVERAL = {"email": "emails", "phone": "phones"}
SEPARATORS = ",;\t|"
WIDEST = 1000
# What columns are called where nobody named them.
USUAL = {
    "id": ("id", "rec_id", "unique_id", "candidate_id", "person_id"),
    "given": ("given", "given_name", "first_name", "firstname", "forename", "vorname", "prenom"),
    "surname": ("surname", "last_name", "lastname", "family_name", "nachname", "nom"),
    "name": ("name", "full_name", "fullname", "candidate"),
    "birth": ("birth", "date_of_birth", "dob", "birthday", "birth_date", "birthdate"),
    "email": ("email", "e-mail", "email_address", "mail"),
    "phone": ("phone", "phone_number", "mobile", "telephone", "tel"),
    "street": ("street", "street_number", "address", "address_1", "street_address"),
    "city": ("city", "town", "suburb", "location"),
    "postcode": ("postcode", "postal_code", "zip", "zip_code", "zipcode", "plz"),
    "employer": ("employer", "company", "current_company", "organization"),
    "number": ("number", "soc_sec_id", "ssn", "national_id"),
}


class UnreadableFile(Exception):
    """In words: what is wrong with the file, and what would do."""


@dataclass(frozen=True)
class People:
    people: list[Person]
    skipped: list[str]


def read_people(content: bytes, columns: Mapping[str, Sequence[str]]) -> People:
    """`columns`: for each field of a person, the names of its columns; joined in that order.

    Where none is named at all, columns with the usual names are taken. Raises `UnreadableFile`.
    """
    rows = csv.reader(io.StringIO(decoded(content), newline=""), delimiter=separator_of(content))
    csv.field_size_limit(10_000_000)
    try:
        header = [cell.strip() for cell in next(rows, [])]
        places = chosen(header, columns)
        return gathered(rows, len(header), places)
    except csv.Error as problem:
        raise UnreadableFile(f"This is no CSV file that can be read: {problem}.") from problem


def decoded(content: bytes) -> str:
    """UTF-8 or UTF-16 by its mark, else UTF-8, else Windows-1252; never with NUL signs."""
    if content.startswith((b"\xff\xfe", b"\xfe\xff")):
        text = content.decode("utf-16", "replace")
    else:
        try:
            text = content.decode("utf-8-sig")
        except UnicodeDecodeError:
            text = content.decode("cp1252", "replace")
    return text.replace("\0", "")


def separator_of(content: bytes) -> str:
    first = next(filter(str.strip, decoded(content[:100_000]).splitlines()), "")
    return max(SEPARATORS, key=first.count)


def chosen(header: Sequence[str], columns: Mapping[str, Sequence[str]]) -> dict[str, list[int]]:
    """For each field, the places of its columns; names match whatever their case."""
    if not any(header):
        raise UnreadableFile("The file is empty: its first line has to name the columns.")
    if len(header) > WIDEST:
        raise UnreadableFile(f"The file has {len(header)} columns: at most {WIDEST} can be read.")
    by_name = {name.casefold(): place for place, name in reversed(list(enumerate(header)))}
    named = {field: list(names) for field, names in columns.items() if names}
    if not set(named) - {"id"}:
        guessed = {f: [n for n in names if n in by_name] for f, names in USUAL.items()}
        named = {**guessed, **named}
    wanted = [name for names in named.values() for name in names]
    if missing := [name for name in wanted if name.strip().casefold() not in by_name]:
        held = ", ".join(header[:40])
        raise UnreadableFile(f"The file has no column {', '.join(missing)}. It has: {held}.")
    places = {f: [by_name[n.strip().casefold()] for n in names] for f, names in named.items()}
    if not any(found for field, found in places.items() if field != "id"):
        raise UnreadableFile("No column says who somebody is: name them, as in --surname NAME.")
    return places


def gathered(rows: Iterator[list[str]], width: int, places: Mapping[str, list[int]]) -> People:
    people, skipped, used = [], [], Counter[str]()
    for line, row in enumerate(rows, start=2):
        if not any(cell.strip() for cell in row):
            continue
        if len(row) > width and any(cell.strip() for cell in row[width:]):
            skipped.append(f"Row {line} has more cells than the first: the rest was left out.")
        person = person_of(row, places, f"row {line}")
        used[person.id] += 1
        if used[person.id] > 1:
            skipped.append(f"Row {line} has an id that was there before: {person.id[:60]}.")
            person = person_of(row, {**places, "id": []}, f"{person.id} (row {line})")
        people.append(person)
    return People(people, at_most(skipped))


def person_of(row: Sequence[str], places: Mapping[str, list[int]], otherwise: str) -> Person:
    def cells(field: str) -> list[str]:
        held = (row[place].strip() for place in places.get(field, ()) if place < len(row))
        return [cell for cell in held if cell]

    said = {
        SEVERAL.get(f, f): tuple(cells(f)) if f in SEVERAL else " ".join(cells(f)) for f in NAMES
    }
    return Person(**{**said, "id": said["id"] or otherwise})  # type: ignore[arg-type]


def at_most(sentences: list[str], most: int = 100) -> list[str]:
    more = len(sentences) - most
    return [*sentences[:most], f"And {more} more like these."] if more > 0 else sentences
