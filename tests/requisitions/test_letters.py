from collections.abc import Callable
from datetime import timedelta

import pytest

from ats import clock
from ats.events.actors import Actor
from ats.events.log import REACTIONS
from ats.events.models import Event, Owed
from ats.outbox.models import Delivery
from ats.outbox.relay import relay_events
from requisitions.actions.opening import fill_opening
from requisitions.actions.posting import publish_posting
from requisitions.actions.requisition import (
    cancel_requisition,
)
from requisitions.actions.team import join_hiring_team
from requisitions.tasks import expire_postings
from tests.factories.ats import UserFactory
from tests.factories.requisitions import draft, open_requisition

pytestmark = pytest.mark.django_db


def letters(*names: str) -> set[tuple[str, str]]:
    """(letter, to whom) of what is owed, after all reactions ran."""
    relay_events()
    assert not Owed.objects.exists()
    wanted = [f"requisitions/{name}" for name in names]
    rows = Delivery.objects.filter(letter__in=wanted) if names else Delivery.objects.all()
    return {(row.letter.partition("/")[2], row.to_name) for row in rows}


def test_the_team_hears_that_it_is_filled_or_cancelled() -> None:
    role = open_requisition(manager=UserFactory(name="Maria"))
    by = Actor.of(role.recruiter)
    fill_opening(role.opening, application=role.posting.public_id, by=by)
    both = {role.recruiter.name, "Maria"}
    assert letters("filled") == {("filled", name) for name in both}
    other = open_requisition()
    cancel_requisition(other.requisition, reason="Budget <2027>", by=Actor.of(other.recruiter))
    names = {other.recruiter.name, other.manager.name}
    assert letters("cancelled") == {("cancelled", name) for name in names}
    assert "Budget <2027>" in Delivery.objects.filter(letter="requisitions/cancelled")[0].body


def test_joining_is_told_to_the_other_person_only() -> None:
    requisition = draft()
    by = Actor.of(requisition.created_by)
    join_hiring_team(requisition, user=UserFactory(name="Ann"), role="interviewer", by=by)
    assert letters() == {("joined", "Ann")}


def test_an_expired_posting_comes_down_and_its_recruiter_hears_of_it(
    advance: Callable[[timedelta], None],
) -> None:
    role = open_requisition(publish=False)
    until = clock.now() + timedelta(hours=1)
    publish_posting(role.posting, expires_at=until, by=Actor.of(role.recruiter))
    expire_postings()
    role.posting.refresh_from_db()
    assert role.posting.status == "published"
    advance(timedelta(hours=2))
    expire_postings()
    expire_postings()
    role.posting.refresh_from_db()
    assert role.posting.status == "expired"
    assert letters("posting_expired") == {("posting_expired", role.recruiter.name)}


def test_every_reaction_may_run_twice_and_late() -> None:
    role = open_requisition()
    by = Actor.of(role.recruiter)
    fill_opening(role.opening, application=role.posting.public_id, by=by)
    relay_events()
    before = set(Delivery.objects.values_list("key", flat=True))
    for name, reaction in REACTIONS.items():
        if name.startswith("requisitions."):
            for event in Event.objects.all():
                if name_fits(reaction, event):
                    reaction(event)
    assert set(Delivery.objects.values_list("key", flat=True)) == before


def name_fits(reaction: object, event: Event) -> bool:
    from ats.events.log import REACTIONS_TO

    full = f"{reaction.__module__}.{reaction.__name__}"
    return full in REACTIONS_TO.get(event.verb, [])
