"""What must not be forgotten about an application."""

from datetime import datetime

from django.db import transaction

from ats import clock
from ats.accounts.models import User
from ats.base import lock
from ats.errors import DomainError, Invalid
from ats.events.actors import Actor
from ats.events.log import record
from ats.reminders.bell import forget, remind
from candidates.models import Application, FollowUp

DUE = "follow_up.due"
LONGEST = 500


@transaction.atomic
def ask_follow_up(
    application: Application,
    *,
    text: str,
    due_at: datetime,
    user: User | None = None,
    by: Actor,
) -> FollowUp:
    """For oneself, or for a colleague who may see the application; a letter comes when due."""
    person = user or by.user
    if person is None:
        raise DomainError("A follow-up is for a person.")
    visible = Application.objects.visible_to(person).filter(pk=application.pk)
    if not person.is_active or not visible.exists():
        raise Invalid("user", f"{person} may not see this application: share it with them first.")
    text = " ".join(text.split())
    if not 0 < len(text) <= LONGEST:
        raise Invalid("text", f"Say what is to be done, in at most {LONGEST} characters.")
    check_due(due_at)
    application = lock(application)
    follow_up = FollowUp.objects.create(
        application=application,
        user=person,
        asked_by=by.user,
        text=text,
        due_at=due_at,
        created_at=clock.now(),
    )
    remind(follow_up, DUE, at=due_at)
    record("follow_up.asked", application, by=by, follow_up=follow_up, user=person)
    return follow_up


def check_due(due_at: datetime) -> None:
    if due_at <= clock.now():
        raise Invalid("due_at", "Choose a time to come.")


@transaction.atomic
def snooze_follow_up(follow_up: FollowUp, *, due_at: datetime, by: Actor) -> FollowUp:
    lock(follow_up.application)
    follow_up = lock(follow_up)
    if follow_up.done_at is not None:
        raise DomainError("This is done already: ask for another.", code="follow_up_done")
    check_due(due_at)
    follow_up.due_at = due_at
    follow_up.save(update_fields=["due_at"])
    remind(follow_up, DUE, at=due_at)
    record("follow_up.snoozed", follow_up.application, by=by, follow_up=follow_up, until=due_at)
    return follow_up


@transaction.atomic
def finish_follow_up(follow_up: FollowUp, *, by: Actor) -> FollowUp:
    """Doing it again changes nothing."""
    lock(follow_up.application)
    follow_up = lock(follow_up)
    if follow_up.done_at is None:
        follow_up.done_at = clock.now()
        follow_up.save(update_fields=["done_at"])
        forget(follow_up, DUE)
        record("follow_up.done", follow_up.application, by=by, follow_up=follow_up)
    return follow_up
