"""How right the reading of a listing is, against what a careful reader found in it.

`expected` is an entry of an expected.json: see docs/listing-reader.md. A field
that the entry leaves out, or names among its uncertain ones, is not counted.
"""

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

Json = Mapping[str, Any]
Same = Callable[[Any, Any], bool]

LISTS = (
    "required", "preferred", "responsibilities", "benefits", "highlights", "competencies",
    "topics", "guidance", "faq", "warnings",
)  # fmt: skip
UNSTATED = "unstated"
PAY = ("min", "max", "currency", "period", "scope")
_NAMES = {"workplace": "work_arrangement", "closes_on": "valid_through"}
_WORKPLACES = {
    "remote": r"remote|homeoffice|home office",
    "hybrid": r"hybrid|homeoffice|home office",
    "on_site": r"on[- _]?site|in[- ]person",
}
_EMPLOYMENTS = {
    "full_time": r"full[- _]time", "part_time": r"part[- _]time", "intern": r"intern",
    "contract": r"contract|fixed[- ]term|freelance",
    "temporary": r"temporary|term[- ]limited|term ",
    "permanent": r"permanent|regular",
}  # fmt: skip


@dataclass
class Count:
    """`right` of what was `found`, and of what was `there`; the rest are misses, in words."""

    right: int = 0
    found: int = 0
    there: int = 0
    misses: list[str] = field(default_factory=list)

    def add(self, other: "Count") -> None:
        self.right += other.right
        self.found += other.found
        self.there += other.there
        self.misses += other.misses

    @property
    def precision(self) -> float:
        return self.right / self.found if self.found else 1.0

    @property
    def recall(self) -> float:
        return self.right / self.there if self.there else 1.0


def measure(job: Json, expected: Json) -> dict[str, Count]:
    """Field to counts; `job` is a listing as JSON."""
    counts = {
        name: read(job, expected)
        for name, read in _FIELDS.items()
        if _given(name, expected) and not _uncertain(name, expected)
    }
    if expected.get("pay_ranges") is not None and not _uncertain("pay", expected):
        counts |= _pay(job["pay_ranges"], expected)
    for name in LISTS:
        items = _items(expected.get(name))
        if items is not None and not _uncertain(name, expected):
            counts[name] = _match(_texts(job, name), items, same_beginning)
    return counts


def same_beginning(found: str, expected: str) -> bool:
    """Whether an item is meant by the first words of it, or by words out of it."""
    one, two = _words(found), _words(expected)
    if not two:
        return not one
    head = " ".join(two[: max(1, len(two) - 1)] if len(expected) >= 68 else two)
    return " ".join(one).startswith(head) or (len(two) > 2 and set(two) <= set(one))


def _given(name: str, expected: Json) -> bool:
    return any(key in expected for key in (name, _NAMES.get(name, name)))


def _uncertain(name: str, expected: Json) -> bool:
    """ "pay period", "responsibilities: three of them": the first words name the field."""
    doubts = [doubt.casefold() for doubt in expected.get("uncertain", ())]
    stem = name.replace("_", " ").rstrip("s")
    return any(stem in re.split(r"[:,]", doubt)[0] for doubt in doubts)


def _items(value: Any) -> list[str] | None:
    if isinstance(value, Mapping):
        value = value.get("items")
    return None if value is None else list(value)


def _texts(job: Json, name: str) -> list[str]:
    if name in ("required", "preferred"):
        return [each["text"] for each in job["qualifications"][name]]
    if name == "faq":
        return [each["question"] for each in job["faq"]]
    return list(job[name])


def _match(found: Sequence[Any], expected: Sequence[Any], same: Same) -> Count:
    """Each found thing answers for one expected thing at most."""
    left, missing = list(found), []
    for each in expected:
        hit = next((one for one in left if same(one, each)), None)
        if hit is None:
            missing.append(f"not found: {each}")
        else:
            left.remove(hit)
    wrong = [f"wrong: {each}" for each in left]
    return Count(len(found) - len(left), len(found), len(expected), missing + wrong)


def _one(found: Any, expected: Any, same: Same) -> Count:
    here, there = ([] if each is None else [each] for each in (found, expected))
    return _match(here, there, same)


def _title(job: Json, expected: Json) -> Count:
    return _one(job["title"], expected["title"], lambda a, b: _words(a) == _words(b))


def _company(job: Json, expected: Json) -> Count:
    return _one(job["company"], expected["company"], _same_name)


def _same_name(found: str, expected: str) -> bool:
    names = [re.sub(r"\([^()]*\)", "", expected), *re.findall(r"\(([^()]*)\)", expected)]
    return any(_words(found) == _words(name) for name in (expected, *names))


def _locations(job: Json, expected: Json) -> Count:
    return _match([each["text"] for each in job["locations"]], expected["locations"], _same_place)


def _same_place(found: str, expected: str) -> bool:
    one, two = (_words(re.sub(r"\([^()]*\)", "", each)) for each in (found, expected))
    return bool(one and two) and (one[0] == two[0] or set(one) <= set(two) or set(two) <= set(one))


def _workplace(job: Json, expected: Json) -> Count:
    return _choice(job["workplace"], _told(expected, "workplace"), _WORKPLACES)


def _employment(job: Json, expected: Json) -> Count:
    return _choice(job["employment_type"], expected["employment_type"], _EMPLOYMENTS)


def _told(expected: Json, name: str) -> Any:
    return expected[name] if name in expected else expected[_NAMES[name]]


def _choice(found: str | None, said: str | None, words: Mapping[str, str]) -> Count:
    """ "full-time, term limited" leaves two answers; "on site (not stated)" also none."""
    right = {name for name, pattern in words.items() if said and re.search(pattern, said.lower())}
    if said and "not stated" in said:
        right = right - {"remote"} if said.startswith("not stated") else right
        return Count() if found is None else _one(found, "/".join(right) or None, _among)
    return _one(found, "/".join(sorted(right)) or None, _among)


def _among(found: str, expected: str) -> bool:
    return found in expected.split("/")


def _closes(job: Json, expected: Json) -> Count:
    return _one(job["closes_on"], _told(expected, "closes_on"), str.__eq__)


def _closed(job: Json, expected: Json) -> Count:
    return _one(job["closed"] or None, (expected["status"] == "closed") or None, bool.__eq__)


def _apply(job: Json, expected: Json) -> Count:
    return _one(job["how_to_apply"], expected["how_to_apply"], _mentions)


def _mentions(found: str, expected: str) -> bool:
    return " ".join(_words(expected)) in " ".join(_words(found))


def _pay(found: Sequence[Json], expected: Json) -> dict[str, Count]:
    """The ranges in pairs, and each part of a range on its own."""
    wanted = list(expected["pay_ranges"])
    counts = {f"pay_ranges.{part}": Count() for part in PAY}
    left = list(found)
    for each in wanted:
        near = max(left, key=lambda one: _alike(one, each), default=None)
        if near is not None and _alike(near, each):
            left.remove(near)
        else:
            near = None
        for part in PAY:
            if part == "period" and _uncertain("period", expected):
                continue
            counts[f"pay_ranges.{part}"].add(_part(near, each, part))
    for one in left:
        for part in PAY:
            counts[f"pay_ranges.{part}"].add(_part(one, None, part))
    return counts


def _alike(one: Json, two: Json) -> int:
    return sum(one[end] == two[end] and one[end] is not None for end in ("min", "max"))


def _part(one: Json | None, two: Json | None, part: str) -> Count:
    here, there = one[part] if one else None, _wanted(two, part) if two else None
    if there == UNSTATED:
        return Count()
    return _one(here, there, _same_place if part == "scope" else lambda a, b: bool(a == b))


def _wanted(pay: Json, part: str) -> Any:
    if part == "scope":
        return pay.get("applies_to", pay.get("scope"))
    if part == "period" and isinstance(pay[part], str):
        return UNSTATED if UNSTATED in pay[part] else pay[part].split(" (")[0]
    return pay[part]


def _words(text: str) -> list[str]:
    return re.findall(r"\w+", text.casefold().replace("’", "'").replace("'", ""))


_FIELDS: dict[str, Callable[[Json, Json], Count]] = {
    "title": _title,
    "company": _company,
    "locations": _locations,
    "workplace": _workplace,
    "employment_type": _employment,
    "closes_on": _closes,
    "status": _closed,
    "how_to_apply": _apply,
}


def total(counts: Iterable[Mapping[str, Count]]) -> dict[str, Count]:
    """The counts of several listings, field by field."""
    summed: dict[str, Count] = {}
    for each in counts:
        for name, count in each.items():
            summed.setdefault(name, Count()).add(count)
    return summed
