"""`record()` a fact inside the verb's own transaction; `@on()` says who reacts after commit."""

import hashlib
import json
import re
from collections.abc import Callable, Mapping, Sequence
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db import connection, transaction
from django.dispatch import Signal

from ats import clock
from ats.base import Row
from ats.events.actors import Actor
from ats.events.models import Event, EventHead, EventSubject, Owed

Reaction = Callable[[Event], None]

VERBS: dict[str, tuple[str, ...]] = {}
REACTIONS: dict[str, Reaction] = {}
REACTIONS_TO: dict[str, list[str]] = {}

# Sent after commit when reactions are owed; the outbox answers with a hint to the workers.
debts_recorded = Signal()

WORD = re.compile(r"^[a-z0-9_.+-]{0,64}$")


def declare(verbs: Mapping[str, Sequence[str]]) -> None:
    """Each app names its events and the ids that each may carry, once, when it is ready."""
    VERBS.update({verb: tuple(keys) for verb, keys in verbs.items()})


def on(*verbs: str) -> Callable[[Reaction], Reaction]:
    """The function reacts to these events, in a worker, after commit.

    It may run twice, late and out of order: it reads the rows again before it acts.
    """

    def register(reaction: Reaction) -> Reaction:
        name = f"{reaction.__module__}.{reaction.__name__}"
        REACTIONS[name] = reaction
        for verb in verbs:
            REACTIONS_TO.setdefault(verb, []).append(name)
        return reaction

    return register


def record(verb: str, *subjects: Row, by: Actor, **ids: Any) -> Event:
    """Append one fact to the chain of its first subject, with the reactions that it owes.

    `ids` are rows, ids, numbers, times or words of an enum, under the keys declared for the verb.
    Raises `RuntimeError` outside a transaction and `ValueError` for anything undeclared.
    """
    if not connection.in_atomic_block:
        raise RuntimeError(f"record({verb!r}) belongs inside the verb's transaction")
    if undeclared := set(ids) - set(VERBS[verb]):
        raise ValueError(f"{verb} does not declare {sorted(undeclared)}")
    event = _append(verb, subjects, by, {key: plain(value) for key, value in ids.items()})
    owe([event])
    return event


def record_first(
    verb: str, subjects: Sequence[Sequence[Row]], *, by: Actor, **ids: Any
) -> list[Event]:
    """`record` for many new rows at once, a few statements in all: the first fact of each.

    `subjects` are those of each event. A row that has a past already raises `IntegrityError`.
    """
    if not connection.in_atomic_block:
        raise RuntimeError(f"record_first({verb!r}) belongs inside the verb's transaction")
    if undeclared := set(ids) - set(VERBS[verb]):
        raise ValueError(f"{verb} does not declare {sorted(undeclared)}")
    said, at = {key: plain(value) for key, value in ids.items()}, clock.now()
    named = [dict.fromkeys((kind_of(row), row.public_id) for row in rows) for rows in subjects]
    events = [unsaved(verb, list(each), by, said, at, (1, "")) for each in named]
    EventHead.objects.bulk_create(
        EventHead(stream=event.stream, seq=1, hash=event.hash) for event in events
    )
    Event.objects.bulk_create(events)
    EventSubject.objects.bulk_create(
        EventSubject(event=event, kind=kind, object_id=object_id)
        for event, each in zip(events, named, strict=True)
        for kind, object_id in each
    )
    owe(events)
    return events


def owe(events: Sequence[Event]) -> None:
    owed = [
        Owed(event=event, reaction=name, due_at=event.at)
        for event in events
        for name in REACTIONS_TO.get(event.verb, ())
    ]
    if owed:
        Owed.objects.bulk_create(owed)
        transaction.on_commit(lambda: debts_recorded.send(Event), robust=True)


def _append(verb: str, subjects: Sequence[Row], by: Actor, ids: dict[str, Any]) -> Event:
    named = list(dict.fromkeys((kind_of(row), row.public_id) for row in subjects))
    link = next_link("{}:{}".format(*named[0]))
    event = unsaved(verb, named, by, ids, clock.now(), link)
    event.save(force_insert=True)
    EventSubject.objects.bulk_create(
        EventSubject(event=event, kind=kind, object_id=object_id) for kind, object_id in named
    )
    EventHead.objects.filter(stream=event.stream).update(hash=event.hash)
    return event


def unsaved(
    verb: str,
    named: Sequence[tuple[str, UUID]],
    by: Actor,
    ids: dict[str, Any],
    at: datetime,
    link: tuple[int, str],
) -> Event:
    """With its hash. `link` is its place in the chain of its first subject, and what to link to."""
    event = Event(
        verb=verb,
        stream="{}:{}".format(*named[0]),
        seq=link[0],
        at=at,
        actor_kind=by.kind,
        actor_id=by.id,
        user_id=by.user.public_id if by.user else None,
        rule=by.rule,
        ids=ids,
        previous_hash=link[1],
    )
    event.hash = link_hash(event, named)
    return event


def next_link(stream: str) -> tuple[int, str]:
    """Lock the stream's head: the next place in the chain, and the hash to link to."""
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO ats_eventhead AS head (stream, seq, hash) VALUES (%s, 1, '')"
            " ON CONFLICT (stream) DO UPDATE SET seq = head.seq + 1 RETURNING seq, hash",
            [stream],
        )
        seq, previous_hash = cursor.fetchone()
    return seq, previous_hash


def link_hash(event: Event, subjects: Sequence[tuple[str, UUID]]) -> str:
    """SHA-256 over everything the event says and the link before it, as canonical JSON."""
    said = {
        "verb": event.verb,
        "stream": event.stream,
        "seq": event.seq,
        "at": event.at.isoformat(),
        "actor": [event.actor_kind, str(event.actor_id), str(event.user_id), event.rule],
        "ids": event.ids,
        "subjects": sorted([kind, str(object_id)] for kind, object_id in subjects),
        "previous": event.previous_hash,
    }
    text = json.dumps(said, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()


def kind_of(row: Row) -> str:
    """How events, reminders and letters call a row: its model's name in lower case."""
    return str(row._meta.model_name)


def plain(value: Any) -> Any:
    """What an event may hold: ids, numbers, times and words of an enum; never text of people."""
    if isinstance(value, Row):
        return str(value.public_id)
    if isinstance(value, list | tuple):
        return [plain(item) for item in value]
    if isinstance(value, datetime | date):
        return value.isoformat()
    if value is None or isinstance(value, bool | int):
        return value
    text = str(value)
    if not WORD.match(text):
        raise ValueError("an event holds ids, never text")
    return text
