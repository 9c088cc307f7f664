"""The debrief opens when everybody has said what they saw; its decision is frozen."""

from collections.abc import Sequence

from django.db import transaction
from django.db.models import QuerySet

from ats import clock
from ats.accounts.models import User
from ats.base import lock
from ats.errors import Blocked, DomainError, Invalid
from ats.events.actors import Actor
from ats.events.log import record
from candidates.models import Application
from interviews.enums import DEBRIEF, Decision
from interviews.frozen import hash_of
from interviews.models import Debrief, DecisionRecord, Loop, PanelSeat
from interviews.queries.debriefs import combined, given, known, owed, owing


@transaction.atomic
def open_debrief(loop: Loop, *, override_reason: str = "", by: Actor) -> Debrief:
    """Raises `Blocked` while scorecards are owed, unless a person gives a reason to go on.

    The combined score is computed now, before anybody talks, and never again.
    """
    loop = lock(loop)
    if Debrief.objects.filter(loop=loop).exists():
        raise DomainError("The debrief of this loop is open already.", code="already_open")
    refuse_blind(loop.application, by)
    missing = [
        f"{card.interviewer} still owes a scorecard for {card.interview.name}."
        for card in owed(loop)
    ]
    if missing and not override_reason.strip():
        raise Blocked([*missing, "Wait for them, excuse them, or give a reason to go on."])
    if not given(loop).exists():
        raise Blocked(["No scorecard has been submitted yet, so there is nothing to talk about."])
    debrief = Debrief.objects.create(
        loop=loop,
        application=loop.application,
        opened_at=clock.now(),
        override_reason=override_reason if missing else "",
        combined=combined(loop),
    )
    record("debrief.opened", debrief, loop, loop.application, by=by, overridden=bool(missing))
    return debrief


@transaction.atomic
def decide_debrief(
    debrief: Debrief, *, decision: str, reason: str, participants: Sequence[User], by: Actor
) -> DecisionRecord:
    """Freezes what was known. It moves nobody: rejecting and offering are a person's next step."""
    debrief = lock(debrief)
    debrief.status = DEBRIEF.next(debrief.status, "decide")
    refuse_blind(debrief.application, by)
    if by.user is None:
        raise DomainError("A decision is taken by a person, never by a rule.", code="no_person")
    if decision not in Decision.values:
        raise Invalid("decision", f"Decide one of: {', '.join(Decision.values)}.")
    if not reason.strip():
        raise Invalid("reason", "Say why: the reason is part of the record.")
    people = sorted({*participants}, key=lambda person: person.pk)
    check_participants(debrief.application, people)
    debrief.save(update_fields=["status"])
    frozen = freeze(debrief, decision, reason, people, by.user)
    record("decision.recorded", debrief, debrief.application, by=by, record=frozen)
    return frozen


def freeze(
    debrief: Debrief, decision: str, reason: str, people: list[User], decider: User
) -> DecisionRecord:
    now = clock.now()
    content = known(debrief, reason, people) | {
        "decision": decision,
        "decided_by": str(decider.public_id),
        "decided_at": now.isoformat(),
    }
    frozen = DecisionRecord.objects.create(
        debrief=debrief,
        decision=decision,
        reason=reason,
        decided_by=decider,
        content=content,
        hash=hash_of(content),
        decided_at=now,
    )
    frozen.participants.set(people)
    return frozen


def refuse_blind(application: Application, by: Actor) -> None:
    if by.user and owing(application).filter(pk=by.user.pk).exists():
        raise DomainError(
            "You still owe a scorecard for this application. Nothing was changed: submit yours"
            " first, and then look at what the others say.",
            code="still_owes_a_scorecard",
        )


def check_participants(application: Application, people: list[User]) -> None:
    if not people:
        raise Invalid("participants", "Name who took part.")
    known_here = set(colleagues(application).values_list("pk", flat=True))
    blind = set(owing(application).values_list("pk", flat=True))
    for person in people:
        if person.pk not in known_here:
            raise Invalid(
                "participants", f"{person} is neither on the hiring team nor on the panel."
            )
        if person.pk in blind:
            raise Invalid(
                "participants",
                f"{person} still owes a scorecard and takes no part before it is in.",
            )


def colleagues(application: Application) -> QuerySet[User]:
    team = application.requisition.team.values("user")
    panel = PanelSeat.objects.filter(interview__application=application).values("interviewer")
    return User.objects.filter(pk__in=team) | User.objects.filter(pk__in=panel)
