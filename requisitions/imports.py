"""Requisitions from a listing."""

from collections.abc import Iterable, Iterator
from typing import Any

from django.db import transaction

from ats.errors import Invalid
from ats.events.actors import Actor
from requisitions.actions.competency import choose_competencies, find_or_add_competency, shipped
from requisitions.actions.requisition import draft_requisition
from requisitions.enums import EmploymentType
from requisitions.listing import Listing, NotAListing, PayRange, read_listing, suggest
from requisitions.models import Competency, Office, Requisition

UNTITLED = "Untitled role"
# What has no column of its own, and how the text was understood.
KEPT = (
    "company",
    "locations",
    "how_to_apply",
    "closes_on",
    "closed",
    "unplaced",
    "sources",
)


@transaction.atomic
def import_listing(text: str, *, by: Actor) -> Requisition:
    """Draft a requisition from a listing's text; the text and its reading stay with it.

    Raises `Invalid("text", ...)` for what cannot be read as a listing.
    """
    text = text.replace("\x00", "")  # which the database cannot hold
    try:
        listing = read_listing(text)
    except NotAListing as problem:
        raise Invalid("text", str(problem)) from problem
    asked_for = list(competencies_of(listing, by=by))
    retired = [each for each in asked_for if each.retired_at]
    requisition = draft_requisition(
        title=fit(listing.title or UNTITLED, 300),
        by=by,
        listing=text,
        reading=reading_of(listing, retired),
        **fields_of(listing),
    )
    chosen = [{"competency": each} for each in asked_for if each not in retired]
    return choose_competencies(requisition, choices=chosen, by=by) if chosen else requisition


def fields_of(listing: Listing) -> dict[str, Any]:
    said = listing.as_json()
    qualifications = [(True, row) for row in said["qualifications"]["required"]]
    qualifications += [(False, row) for row in said["qualifications"]["preferred"]]
    return {
        "offices": offices_of(listing),
        "locations": [fit(place.text, 300) for place in listing.locations],
        "workplace": listing.workplace or "",
        "employment_type": employment_of(listing),
        "summary": listing.summary or "",
        "highlights": said["highlights"],
        "responsibilities": said["responsibilities"],
        "benefits": said["benefits"],
        "topics": [fit(topic, 200) for topic in listing.topics],
        "guidance": said["guidance"],
        "faq": said["faq"],
        "advertised_pay": said["advertised_pay"],
        "pay_ranges": [pay_of(pay) for pay in listing.pay_ranges if is_closed(pay)],
        "qualifications": [{"is_required": must, **row} for must, row in qualifications],
    }


def reading_of(listing: Listing, retired: Iterable[Competency]) -> dict[str, Any]:
    said = listing.as_json()
    kept = {name: said[name] for name in KEPT}
    gone = [f"{each} is retired from the library, and so was not chosen." for each in retired]
    library = Competency.objects.filter(retired_at=None).values("name", "aliases")
    return kept | {
        "warnings": [*listing.warnings, *own_warnings(listing), *gone],
        "suggested_competencies": [each.as_json() for each in suggest(listing, library)],
    }


def own_warnings(listing: Listing) -> Iterator[str]:
    """What was understood and still has no place until a person decides."""
    if not listing.title:
        yield f"No title was found: this is called {UNTITLED!r} until somebody names it."
    elif len(listing.title) > 300:
        yield f"The title was cut at 300 characters; the listing says: {listing.title}"
    if listing.employment_type and not employment_of(listing):
        yield f"The listing says {listing.employment_type}: choose full-time or part-time."
    for pay in listing.pay_ranges:
        if not is_closed(pay):
            ends = f"from {pay.min}" if pay.max is None else f"up to {pay.max}"
            yield f"The pay {ends} {pay.currency or ''} is open at one end: add the other.".replace(
                "  ", " "
            )


def is_closed(pay: PayRange) -> bool:
    return pay.min is not None and pay.max is not None


def pay_of(pay: PayRange) -> dict[str, Any]:
    return {
        "scope": fit(pay.scope or "", 300),
        "minimum": pay.min,
        "maximum": pay.max,
        "currency": pay.currency or "",
        "period": pay.period or "",
    }


def employment_of(listing: Listing) -> str:
    kind = listing.employment_type or ""
    return kind if kind in EmploymentType.values else ""


def offices_of(listing: Listing) -> list[Office]:
    """Offices of ours in the cities that the listing names."""
    cities = [place.city for place in listing.locations if place.city]
    return list(Office.objects.filter(city__in=cities)) if cities else []


def competencies_of(listing: Listing, *, by: Actor) -> Iterable[Competency]:
    """In the listing's order, each once; new ones come with what is shipped about them."""
    names = [fit(name, 200) for name in listing.competencies]
    found = [find_or_add_competency(by=by, **(shipped(name) | {"name": name})) for name in names]
    return dict.fromkeys(found)


def fit(text: str, length: int) -> str:
    return text if len(text) <= length else text[: length - 1] + "…"
