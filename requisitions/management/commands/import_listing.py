"""`manage.py import_listing FILE`: what a listing says, and a requisition drafted from it."""

import json
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.db import OperationalError

from ats.accounts.models import User
from ats.errors import DomainError
from ats.events.actors import Actor
from requisitions.actions.competency import shipped_library
from requisitions.imports import import_listing
from requisitions.listing import Listing, NotAListing, decode, read_listing, suggest
from requisitions.models import Requisition


class Command(BaseCommand):
    help = "Read a job listing and draft a requisition from it."
    requires_system_checks = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", help="text, Markdown, HTML or JSON-LD, at most 1 MB")
        parser.add_argument("--dry-run", action="store_true", help="only read; needs no database")
        parser.add_argument("--json", action="store_true", help="print everything as JSON")
        parser.add_argument(
            "--as",
            dest="email",
            default="",
            metavar="EMAIL",
            help="who drafts it: a recruiter or site admin (default: the first site admin)",
        )

    def handle(self, *, file: str, dry_run: bool, email: str, **options: Any) -> None:
        text = read_text(Path(file))
        try:
            listing = read_listing(text)
        except NotAListing as problem:
            raise CommandError(str(problem)) from problem
        requisition = None if dry_run else draft(text, email)
        if options["json"]:
            self.stdout.write(as_json(listing, requisition))
        else:
            self.stdout.write(as_text(listing, requisition))


def read_text(path: Path) -> str:
    try:
        return decode(path.read_bytes())
    except OSError as problem:
        raise CommandError(f"{path} cannot be read: {problem.strerror}.") from problem
    except NotAListing as problem:
        raise CommandError(str(problem)) from problem


def draft(text: str, email: str) -> Requisition:
    try:
        return import_listing(text, by=Actor.of(person(email)))
    except DomainError as problem:
        raise CommandError(problem.sentence) from problem
    except OperationalError as problem:
        raise CommandError(
            "The database does not answer, so nothing was drafted. Start it, or read the listing"
            " only, with --dry-run."
        ) from problem


def person(email: str) -> User:
    people = User.objects.filter(is_active=True).order_by("pk")
    found = (
        people.filter(email__iexact=email).first()
        if email
        else people.filter(is_site_admin=True).first()
    )
    if found is None:
        who = f"Nobody active has the address {email}" if email else "There is no site admin yet"
        raise CommandError(f"{who}. Nothing was drafted: name a recruiter with --as EMAIL.")
    if not found.has_perm("requisitions.import_listing"):
        raise CommandError(
            f"{email} may not start requisitions. Nothing was drafted: name a recruiter or a"
            " site admin with --as EMAIL."
        )
    return found


def as_json(listing: Listing, requisition: Requisition | None) -> str:
    said = listing.as_json()
    said["suggested_competencies"] = [
        each.as_json() for each in suggest(listing, shipped_library())
    ]
    if requisition:
        said["requisition"] = {"id": str(requisition.public_id), "number": requisition.number}
    return json.dumps(said, ensure_ascii=False, indent=2)


def as_text(listing: Listing, requisition: Requisition | None) -> str:
    facts = [f"  {name:<18}{value}" for name, value in understood(listing)]
    notes = [f"  - {warning}" for warning in listing.warnings] or ["  nothing"]
    left = [f"  line {each.line}: {each.text}" for each in listing.unplaced] or ["  nothing"]
    end = (
        f"Drafted {requisition.number}: {requisition.title}."
        if requisition
        else "Nothing was written: this was a dry run."
    )
    return "\n".join(
        ["Understood", *facts, "", "To look at", *notes, "", "Could not place", *left, "", end]
    )


def understood(listing: Listing) -> list[tuple[str, str]]:
    """What the listing says, one fact a line; a list by its length and first words."""
    lists = {
        "highlights": listing.highlights,
        "responsibilities": listing.responsibilities,
        "required": [each.text for each in listing.required],
        "preferred": [each.text for each in listing.preferred],
        "competencies": listing.competencies,
        "topics": listing.topics,
        "benefits": listing.benefits,
        "guidance": listing.guidance,
        "questions": [each.question for each in listing.faq],
    }
    pay = listing.advertised_pay
    return [
        ("title", listing.title or "not said"),
        ("company", listing.company or "not said"),
        ("places", "; ".join(place.text for place in listing.locations) or "not said"),
        ("workplace", (listing.workplace or "not said").replace("_", " ")),
        ("employment", (listing.employment_type or "not said").replace("_", " ")),
        ("advertised pay", money(pay.amount, None, pay.currency, pay.period) if pay else "none"),
        *(
            ("pay range", f"{money(p.min, p.max, p.currency, p.period)}  {p.scope or ''}".rstrip())
            for p in listing.pay_ranges
        ),
        *((name, counted(rows)) for name, rows in lists.items()),
        ("state", "closed" if listing.closed else "open"),
    ]


def money(low: Any, high: Any, currency: str | None, period: str | None) -> str:
    figures = " to ".join(f"{each.normalize():,f}" for each in (low, high) if each is not None)
    return f"{figures} {currency or '(no currency)'} a {period or '(no period)'}"


def counted(rows: Any) -> str:
    if not rows:
        return "0"
    first = rows[0] if len(rows[0]) <= 60 else rows[0][:59] + "…"
    return f"{len(rows)}: {first}{' ...' if len(rows) > 1 else ''}"
