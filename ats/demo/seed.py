"""Seed the company, once, as one transaction: all of it, or nothing."""

from dataclasses import dataclass

from django.conf import settings
from django.db import transaction
from django.db.models import Min, OuterRef, Subquery
from django.db.models.functions import Coalesce

from ats import clock
from ats.accounts.models import User
from ats.demo.analytics import ANALYTICS
from ats.demo.applying import apply
from ats.demo.company import found
from ats.demo.days import Days
from ats.demo.nurse import NURSE
from ats.demo.people import PEOPLE, invite_everybody
from ats.demo.principal import PRINCIPAL
from ats.demo.roles import Role, open_role
from ats.demo.timeline import tell
from ats.errors import DomainError
from ats.events.models import EventSubject
from candidates.models import Candidate, Offer
from requisitions.models import Requisition

ROLES = (PRINCIPAL, NURSE, ANALYTICS)
# The first word of each of these rows' history; their own column knows only the real clock.
BEGINNINGS = ((Requisition, "requisition"), (Candidate, "candidate"), (Offer, "offer"))


@dataclass(frozen=True)
class Seeded:
    is_new: bool
    requisitions: int
    people: int


def seed() -> Seeded:
    """Raises `DomainError` where made-up people do not belong."""
    if settings.SITE_URL.startswith("https://"):
        raise DomainError(
            f"{settings.SITE_URL} is a real site: the demo company does not belong there."
            " Nothing was written. Use a database of its own, and an http:// SITE_URL."
        )
    is_new = not is_here()
    if is_new:
        refuse_others()
        write_history()
    return Seeded(is_new, len(ROLES), sum(len(role.people) for role in ROLES))


def is_here() -> bool:
    return User.objects.filter(email=PEOPLE[0].email).exists()


def refuse_others() -> None:
    users, requisitions = User.objects.count(), Requisition.objects.count()
    if users or requisitions or Candidate.objects.exists():
        raise DomainError(
            f"This database is in use: {users} users, {requisitions} requisitions. Nothing was"
            " written. The demo company needs an empty database; `make reset` makes one."
        )


@transaction.atomic
def write_history() -> None:
    days = Days(clock.now())
    with clock.pretend(days.at(min(role.drafted for role in ROLES) - 5, "08:00")):
        staff = invite_everybody()
        found(staff)
    roles = [Role(data, staff, days) for data in ROLES]
    stories = [open_role(role) for role in roles]
    for role in roles:
        stories += [apply(role, person, n) for n, person in enumerate(role.data.people)]
    tell(stories)
    backdate()


def backdate() -> None:
    for model, kind in BEGINNINGS:
        about = EventSubject.objects.filter(kind=kind, object_id=OuterRef("public_id"))
        first = about.values("object_id").annotate(at=Min("event__at")).values("at")
        model.objects.update(created_at=Coalesce(Subquery(first), "created_at"))
