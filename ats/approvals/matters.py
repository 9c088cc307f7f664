"""What an approval is about, as each app tells it: the engine itself knows only people."""

from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from ats.accounts.models import User
from ats.approvals.engine import vote
from ats.approvals.enums import Decision
from ats.approvals.models import Approval
from ats.base import Row
from ats.events.actors import Actor

Facts = tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class About:
    """What an approver reads: `facts` are labels with their values, `url` is for a browser."""

    kind: str
    row: Row
    title: str
    facts: Facts
    url: str


@dataclass(frozen=True)
class Matter:
    """`about` tells many at once, by the approval's key; `approve` and `send_back` are the verbs
    of the row; `responsible` are those who care for it beside whoever asked."""

    about: Callable[[Collection[int]], Mapping[int, About]]
    approve: Callable[..., Any]
    send_back: Callable[..., Any]
    responsible: Callable[[Any], Iterable[User]]


MATTERS: list[Matter] = []


def about(approvals: Iterable[Approval]) -> dict[int, About]:
    """By the approval's key; earlier rounds, whose matter has moved on, are not among them."""
    keys = [approval.pk for approval in approvals]
    return {key: told for matter in MATTERS for key, told in matter.about(keys).items()}


def matter_of(approval: Approval) -> tuple[Matter, About] | None:
    for matter in MATTERS:
        if told := matter.about([approval.pk]).get(approval.pk):
            return matter, told
    return None


def approve(
    approval: Approval, *, comment: str = "", asked: UUID | None = None, by: Actor
) -> Approval:
    """Say yes to what this is about, with all that follows from the last yes."""
    return answer(approval, Decision.APPROVE, comment, asked, by)


def send_back(
    approval: Approval, *, comment: str, asked: UUID | None = None, by: Actor
) -> Approval:
    """Return it with a comment on what has to change."""
    return answer(approval, Decision.RETURN, comment, asked, by)


def answer(
    approval: Approval, decision: Decision, comment: str, asked: UUID | None, by: Actor
) -> Approval:
    """In the row's own verb, under the row's lock; of a round that is over the engine says so."""
    found = matter_of(approval)
    asked = asked or approval.public_id
    if found is None:
        return vote(approval, by=by, decision=decision, comment=comment, asked=asked)
    matter, told = found
    verb = matter.approve if decision == Decision.APPROVE else matter.send_back
    verb(told.row, comment=comment, asked=asked, by=by)
    return Approval.objects.get(pk=approval.pk)


def responsible_for(approval: Approval) -> list[User]:
    """Whoever asked, and those who care for what it is about; the active ones, each once."""
    found = matter_of(approval)
    people = list(found[0].responsible(found[1].row)) if found else []
    asker = [approval.requested_by] if approval.requested_by else []
    return [person for person in dict.fromkeys([*asker, *people]) if person.is_active]
