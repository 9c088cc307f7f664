"""What the kernel itself keeps about people from outside, known by the ids of their rows."""

from typing import Any

from django.db.models import QuerySet

from ats import clock
from ats.accounts.models import ApiToken, User
from ats.approvals.models import Approval, Delegation, Replacement, Seat, Step, Vote
from ats.custom_fields.models import CustomField
from ats.events.models import Checkpoint, CheckpointHead, Event, EventHead, EventSubject, Owed
from ats.idempotency import IdempotencyRecord
from ats.jobs.enums import JobState
from ats.jobs.models import Job, JobItem
from ats.outbox.enums import DELIVERY, DeliveryState
from ats.outbox.letters import TEXTS, forget_text
from ats.outbox.models import Delivery, Heartbeat
from ats.privacy.models import DoomedFile, Erasure, Export
from ats.privacy.registry import Erasing, deleted, emptied, holds, holds_nothing, kept
from ats.reminders.models import Reminder

IDS_ONLY = "events hold ids, never personal data"


def forget_letters(rows: QuerySet[Any]) -> None:
    """Under each row's lock: a sender that is at work is waited for. What waits never leaves;
    what was on its way may have gone out, and nobody sends it again."""
    at = clock.now()
    for letter in rows.filter(erased_at=None).order_by("pk").select_for_update(of=("self",)):
        if letter.state in (DeliveryState.QUEUED, DeliveryState.FAILED):
            letter.state = DELIVERY.next(letter.state, "cancel")
        elif letter.state == DeliveryState.SENDING:
            letter.state = DELIVERY.next(letter.state, "doubt")
        letter.save(update_fields=["state", *forget_text(letter, at)])


def forget_words(rows: QuerySet[Any]) -> None:
    """What was written to or about all of them at once; a job that is not over needs it yet."""
    rows.filter(state__in=(JobState.DRAFT, JobState.FINISHED, JobState.UNDONE)).update(params={})


holds(
    Delivery,
    names=("about_id", "recipient_id", "concerns__overlap"),
    erase=Erasing(forget_letters, frozenset(TEXTS)),
    keeps={
        "key": "ids and the letter's name",
        "letter": "which of the templates it was",
        "about_kind": "a noun",
        "concerns": "ids",
    },
    untold={
        "last_error": "what a mail server said to us",
        "key": "ours alone",
        "concerns": "ids of others",
    },
    tells=lambda rows, person: rows.filter(recipient_id=person.public_id),
)
holds(
    JobItem,
    names=("subject_id",),
    erase=emptied("detail"),
    keeps={"result": "ids of what was done"},
    untold="a list that a colleague worked through",
)
holds(
    Job,
    names=("items__subject_id",),
    erase=Erasing(forget_words, frozenset({"params"})),
    keeps={
        "kind": "a word of ours",
        "actor_kind": "a word of ours",
        "preview": "how many could not be worked on, and why in general",
    },
    untold="what a colleague asked to be done with many people at once",
)
holds(Reminder, names=("subject_id",), erase=deleted, untold="the product's own alarm clock")
holds(
    Owed,
    names=("event__subjects__object_id",),
    erase=emptied("last_error"),
    keeps={"reaction": "a function's name"},
    untold="what the product still has to do",
)
holds(
    IdempotencyRecord,
    of=lambda person: IdempotencyRecord.objects.exclude(body=None),
    erase=emptied(body=None, headers={}),
    keeps=dict.fromkeys(
        ("principal", "method", "route", "key_hash", "fingerprint"), "ids, and hashes under a key"
    ),
    untold="answers of the last day to everybody's requests, kept against doing things twice",
)
holds(
    Event,
    names=("subjects__object_id",),
    erase=kept,
    keeps=dict.fromkeys(
        ("verb", "stream", "actor_kind", "rule", "ids", "previous_hash", "hash"), IDS_ONLY
    ),
    untold=dict.fromkeys(
        ("stream", "seq", "actor_id", "user_id", "rule", "ids", "previous_hash", "hash"), IDS_ONLY
    ),
)
holds_nothing(EventSubject, EventHead, Checkpoint, CheckpointHead, because=IDS_ONLY)
holds_nothing(User, ApiToken, Delegation, because="a colleague's own")
holds_nothing(CustomField, because="what the company asks, not what was answered")
holds_nothing(Step, Seat, because="which colleagues are asked")
holds_nothing(Approval, Vote, Replacement, because="whoever has a person approved registers these")
holds_nothing(Heartbeat, because="a worker's pulse")
holds(Export, names=("person_id",), erase=deleted, untold="archives like this one")
holds_nothing(Erasure, because="a receipt holds ids and numbers")
holds_nothing(DoomedFile, because="the random name of a stored file")
