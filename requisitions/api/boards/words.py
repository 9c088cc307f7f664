"""Postings, departments and offices in the words of the job board API."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from html import escape
from typing import Any

from requisitions.enums import Workplace
from requisitions.queries.board import url_of
from requisitions.queries.job_board import Place, of_department, of_offices
from requisitions.queries.schema_org import description

Row = dict[str, Any]
Rows = list[Row]
NO_DEPARTMENT = Place(0, "No Department")
NO_OFFICE = Place(0, "No Office")


def job_row(job: Any, *, with_pay: bool = False) -> Row:
    card = job.card
    row = {
        "id": job.board_number,
        "internal_job_id": job.requisition_board_number,
        "title": card["title"],
        "company_name": card["company"],
        "location": {"name": location(card)},
        "absolute_url": url_of(job),
        "language": job.language,
        "requisition_id": job.requisition_number,
        "first_published": moment(job.first_published),
        "updated_at": moment(job.updated_at),
        "metadata": None,
    }
    return row | {"pay_input_ranges": pay_ranges(card)} if with_pay else row


@dataclass(frozen=True)
class Company:
    """Its departments and offices as jobs show them, by their numbers."""

    departments: dict[int, Row]
    offices: dict[int, Row]

    @classmethod
    def of(cls, departments: Sequence[Place], offices: Sequence[Place]) -> "Company":
        return cls(
            {each.number: kin(each, departments) for each in departments},
            {each.number: kin(each, offices) | {"location": each.location} for each in offices},
        )


def whole_job(job: Any, company: Company, *, with_pay: bool = False) -> Row:
    """With what the list leaves out unless asked for `content`."""
    department = of_department(job, company.departments)
    offices = of_offices(job, company.offices)
    return job_row(job, with_pay=with_pay) | {
        "content": escape(description(job.card)),
        "departments": [company.departments[department]] if department else [],
        "offices": [company.offices[number] for number in offices if number],
    }


def location(card: Row) -> str:
    """`Redmond, WA; Berlin, DE`; readers look for the word where a role is remote."""
    places = "; ".join(place["text"] for place in card["locations"])
    if card["workplace"] == Workplace.REMOTE and "remote" not in places.lower():
        return f"Remote - {places}" if places else "Remote"
    return places


def moment(at: datetime) -> str:
    return at.isoformat(timespec="seconds")


def pay_ranges(card: Row) -> list[Row]:
    """Cents are hundredths of the currency's unit, in every currency."""
    return [
        {
            "min_cents": cents(pay["minimum"]),
            "max_cents": cents(pay["maximum"]),
            "currency_type": pay["currency"],
            "title": f"{pay['scope'] or 'Pay'}, per {pay['period']}",
            "blurb": pay["note"] or None,
        }
        for pay in card["pay_ranges"]
    ]


def cents(amount: str) -> int:
    return int(Decimal(amount) * 100)


def kin(place: Place, all_: Iterable[Place]) -> Row:
    children = [each.number for each in all_ if each.parent == place.number]
    return {
        "id": place.number,
        "name": place.name,
        "parent_id": place.parent,
        "child_ids": children,
    }


def department_rows(departments: Sequence[Place], jobs: Iterable[Any], *, as_tree: bool) -> Rows:
    """All of them and "No Department", each with its jobs."""
    held = by_department(departments, jobs)
    return arranged(
        [*departments, NO_DEPARTMENT], lambda place: {"jobs": held[place.number]}, as_tree
    )


def by_department(departments: Sequence[Place], jobs: Iterable[Any]) -> dict[int, list[Row]]:
    known = {each.number for each in departments}
    held: dict[int, list[Row]] = defaultdict(list)
    for job in jobs:
        held[of_department(job, known)].append(job_row(job))
    return held


def office_rows(
    offices: Sequence[Place], departments: Sequence[Place], jobs: Iterable[Any], *, as_tree: bool
) -> Rows:
    """All of them and "No Office", each with the departments that have jobs there."""
    known = {each.number for each in offices}
    here: dict[int, list[Any]] = defaultdict(list)
    for job in jobs:
        for number in of_offices(job, known):
            here[number].append(job)

    def more(place: Place) -> Row:
        held = by_department(departments, here[place.number])
        hiring = [each for each in [*departments, NO_DEPARTMENT] if held[each.number]]
        rows = arranged(hiring, lambda each: {"jobs": held[each.number]}, as_tree)
        return {"location": place.location, "departments": rows}

    return arranged([*offices, NO_OFFICE], more, as_tree)


def arranged(places: Sequence[Place], more: Callable[[Place], Row], as_tree: bool) -> Rows:
    """A list whose rows name their kin, or a list of trees."""
    if not as_tree:
        return [kin(place, places) | more(place) for place in places]
    known = {place.number for place in places}
    return [tree(place, places, more) for place in places if place.parent not in known]


def tree(place: Place, places: Sequence[Place], more: Callable[[Place], Row]) -> Row:
    children = [tree(each, places, more) for each in places if each.parent == place.number]
    return {"id": place.number, "name": place.name, **more(place), "children": children}


def found(rows: Rows, number: int | None) -> Row | None:
    """The row of a list, or of a list of trees, by its number."""
    for row in rows:
        inside = row if row["id"] == number else found(row.get("children", []), number)
        if inside:
            return inside
    return None
