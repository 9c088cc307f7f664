"""The person: what we write down about them, and who looks after them."""

from typing import Any

from django.core.exceptions import ValidationError
from django.core.validators import URLValidator
from django.db import transaction

from ats.accounts.models import User
from ats.base import lock
from ats.custom_fields.actions import write_values
from ats.errors import Invalid
from ats.events.actors import Actor
from ats.events.log import record
from candidates.actions.apply import check_name, plain
from candidates.models import Candidate

COLUMNS = {"name", "location", "links", "do_not_contact"}


@transaction.atomic
def edit_candidate(candidate: Candidate, *, by: Actor, **fields: Any) -> Candidate:
    """`name`, `location`, `links`, `do_not_contact`, and `custom`: values by key.

    What they sent with an application stays as they sent it.
    """
    candidate = lock(candidate)
    custom = fields.pop("custom", {})
    write_values("candidate", candidate, custom)
    changed = {name: check(name, value) for name, value in fields.items()}
    for name, value in changed.items():
        setattr(candidate, name, value)
    candidate.save(update_fields=sorted(changed))
    said = sorted([*changed, *(["custom"] if custom else [])])
    record("candidate.edited", candidate, by=by, fields=said)
    return candidate


def check(name: str, value: Any) -> Any:
    if name not in COLUMNS:
        raise TypeError(f"a candidate has no {name}")
    match name:
        case "name":
            return check_name(value)
        case "location":
            return check_location(value)
        case "links":
            return [check_link(each) for each in value]
    return value


def check_location(value: str) -> str:
    value = " ".join(value.split())
    if len(value) > 300 or not plain(value):
        raise Invalid("location", "A place has at most 300 characters that can be printed.")
    return value


def check_link(value: str) -> str:
    try:
        URLValidator(["http", "https"])(value)
    except ValidationError:
        raise Invalid("links", "Write whole addresses that begin with https://.") from None
    if len(value) > 500:
        raise Invalid("links", "An address has at most 500 characters.")
    return value


@transaction.atomic
def assign_owner(candidate: Candidate, *, owner: User | None, by: Actor) -> Candidate:
    """Who looks after this person; nobody, if None. It lets nobody see more than before.

    Raises `Invalid` for somebody who cannot see this person.
    """
    candidate = lock(candidate)
    was = candidate.owner
    if was == owner:
        return candidate
    if owner and not (owner.is_active and candidate.applications.visible_to(owner).exists()):
        raise Invalid("owner", f"{owner} does not see this person: name somebody of the team.")
    candidate.owner = owner
    candidate.save(update_fields=["owner"])
    record("candidate.owner_assigned", candidate, by=by, was=was, becomes=owner)
    return candidate
