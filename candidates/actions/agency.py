"""Agencies that send us people."""

from typing import Any

from django.db import transaction

from ats import clock
from ats.base import lock
from ats.errors import Invalid
from ats.events.actors import Actor
from ats.events.log import record
from candidates.actions.apply import check_address
from candidates.enums import SourceKind
from candidates.models import Agency, AgencyContact, Source

MOST_DAYS = 3650
LONGEST = 200


@transaction.atomic
def add_agency(*, name: str, ownership_days: int = 180, by: Actor) -> Agency:
    name = checked(name, "name")
    check_days(ownership_days)
    check_free(name)
    source, _ = Source.objects.get_or_create(
        name=f"Agency: {name}"[:LONGEST], defaults={"kind": SourceKind.AGENCY}
    )
    agency = Agency.objects.create(name=name, ownership_days=ownership_days, source=source)
    record("agency.added", agency, by=by)
    return agency


def checked(text: str, field: str) -> str:
    text = " ".join(text.split())
    if not 0 < len(text) <= LONGEST:
        raise Invalid(field, f"Write 1 to {LONGEST} characters.")
    return text


def check_days(days: int) -> None:
    if not 0 <= days <= MOST_DAYS:
        raise Invalid("ownership_days", f"Choose 0 to {MOST_DAYS:,} days.")


def check_free(name: str, besides: Agency | None = None) -> None:
    others = Agency.objects.filter(name__iexact=name)
    if (others.exclude(pk=besides.pk) if besides else others).exists():
        raise Invalid("name", "Another agency has this name already.")


@transaction.atomic
def edit_agency(agency: Agency, *, by: Actor, **fields: Any) -> Agency:
    """Whom they own already stays theirs for as long as it was said then."""
    if unknown := set(fields) - {"name", "ownership_days"}:
        raise TypeError(f"an agency has no {sorted(unknown)}")
    agency = lock(agency)
    if "name" in fields:
        fields["name"] = checked(fields["name"], "name")
        check_free(fields["name"], agency)
    check_days(fields.get("ownership_days", agency.ownership_days))
    changed = sorted(name for name, value in fields.items() if getattr(agency, name) != value)
    for name in changed:
        setattr(agency, name, fields[name])
    if changed:
        agency.save(update_fields=changed)
        record("agency.edited", agency, by=by, fields=changed)
    return agency


@transaction.atomic
def retire_agency(agency: Agency, *, by: Actor) -> Agency:
    agency = lock(agency)
    if agency.retired_at is None:
        agency.retired_at = clock.now()
        agency.save(update_fields=["retired_at"])
        record("agency.retired", agency, by=by)
    return agency


@transaction.atomic
def restore_agency(agency: Agency, *, by: Actor) -> Agency:
    agency = lock(agency)
    if agency.retired_at is not None:
        agency.retired_at = None
        agency.save(update_fields=["retired_at"])
        record("agency.restored", agency, by=by)
    return agency


@transaction.atomic
def add_agency_contact(agency: Agency, *, name: str, email: str, by: Actor) -> AgencyContact:
    """Adding the same address again changes nothing."""
    agency = lock(agency)
    email = check_address(email)
    if known := agency.contacts.filter(email__iexact=email).first():
        return known
    contact = agency.contacts.create(name=checked(name, "name"), email=email)
    record("agency_contact.added", agency, by=by, contact=contact)
    return contact
