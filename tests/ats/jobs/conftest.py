from collections.abc import Callable, Iterator
from typing import Any
from uuid import uuid4

import pytest

from ats.accounts.models import User
from ats.errors import DomainError
from ats.events.actors import Actor
from ats.jobs import worker
from ats.jobs.actions import Item, draft_job, start_job
from ats.jobs.models import Job
from ats.jobs.registry import KINDS, Done, Kind
from ats.outbox.models import Heartbeat
from tests.factories.ats import UserFactory


class Note:
    """A kind of job that writes one row per item; `ill` says what happens to which place."""

    def __init__(self) -> None:
        self.ill: dict[int, Exception] = {}
        self.seen: list[int] = []

    def work(self, job: Job, item: Any, *, by: Actor) -> Done:
        from ats import clock

        self.seen.append(item.position)
        Heartbeat.objects.create(name=str(item.subject_id), at=clock.now())
        if trouble := self.ill.get(item.position):
            raise trouble
        return Done("noted", {"name": str(item.subject_id)})

    def undo(self, job: Job, item: Any, *, by: Actor) -> Done:
        self.seen.append(item.position)
        gone = Heartbeat.objects.filter(name=item.result["name"]).delete()
        if not gone[0]:
            raise DomainError("Somebody took it away meanwhile.")
        return Done("forgotten")


@pytest.fixture
def note(monkeypatch: pytest.MonkeyPatch) -> Note:
    made = Note()
    kinds = {
        "note": Kind("note", "Note things", made.work, made.undo),
        "once": Kind("once", "Note things for good", made.work),
        "told": Kind("told", "Note for all", made.work, shared=shared),
    }
    for name, kind in kinds.items():
        monkeypatch.setitem(KINDS, name, kind)
    return made


def shared(user: User) -> Any:
    return User.objects.filter(manager=user)


@pytest.fixture
def person(db: Any) -> User:
    return UserFactory()


@pytest.fixture
def by(person: User) -> Actor:
    return Actor.of(person)


Make = Callable[..., Job]


@pytest.fixture
def make(note: Note, by: Actor) -> Iterator[Make]:
    """A job of so many items, started."""

    def start(count: int = 3, kind: str = "note", **more: Any) -> Job:
        items = [Item(uuid4()) for _ in range(count)]
        return start_job(draft_job(kind, items=items, by=by, **more), by=by)

    return start


def until_idle() -> None:
    while worker.work_due():
        pass


def outcomes(job: Job) -> list[str]:
    return list(job.items.values_list("outcome", flat=True))
