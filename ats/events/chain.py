"""Is the past still what it was? Walk the chains; pin their heads every hour."""

import hashlib
from collections.abc import Iterator

from django.db import transaction
from django.db.models import Exists, OuterRef, Subquery, Value
from django.db.models.functions import Coalesce

from ats import clock
from ats.events.log import link_hash
from ats.events.models import Checkpoint, CheckpointHead, Event, EventHead

BATCH = 2000


def first_break() -> str | None:
    """A sentence that names the first row which does not fit, or None when all is as recorded."""
    return next(_broken_links(), None) or next(_broken_heads(), None)


def _broken_links() -> Iterator[str]:
    seq, held, stream = 0, "", ""
    events = Event.objects.order_by("stream", "seq").prefetch_related("subjects")
    for event in events.iterator(chunk_size=BATCH):
        if event.stream != stream:
            seq, held, stream = 0, "", event.stream
        subjects = [(row.kind, row.object_id) for row in event.subjects.all()]
        if event.seq != seq + 1 or event.previous_hash != held:
            yield f"Event {event.public_id} does not follow link {seq} of {stream}."
        if event.hash != link_hash(event, subjects):
            yield f"Event {event.public_id} ({event.verb}) is not what was recorded."
        seq, held = event.seq, event.hash


def _broken_heads() -> Iterator[str]:
    last = Event.objects.filter(stream=OuterRef("stream")).order_by("-seq")
    last_hash = Coalesce(Subquery(last.values("hash")[:1]), Value(""))
    heads = EventHead.objects.annotate(last_hash=last_hash)
    for head in heads.iterator(chunk_size=BATCH):
        if head.hash != head.last_hash:
            yield f"The stream {head.stream} has lost its events after some link before {head.seq}."
    pinned = CheckpointHead.objects.annotate(
        now=Subquery(
            Event.objects.filter(stream=OuterRef("stream"), seq=OuterRef("seq")).values("hash")[:1]
        )
    )
    for pin in pinned.iterator(chunk_size=BATCH):
        if pin.hash != pin.now:
            yield f"Link {pin.seq} of {pin.stream} is not the one that was pinned."
    yield from _broken_checkpoints()


def _broken_checkpoints() -> Iterator[str]:
    held = ""
    for checkpoint in Checkpoint.objects.order_by("pk").prefetch_related("heads"):
        heads = [(head.stream, head.seq, head.hash) for head in checkpoint.heads.all()]
        if checkpoint.previous_hash != held or checkpoint.hash != heads_hash(held, heads):
            yield f"The checkpoint of {checkpoint.at:%Y-%m-%d %H:%M} UTC does not fit."
        held = checkpoint.hash


@transaction.atomic
def checkpoint_heads() -> Checkpoint | None:
    """Pin every head that moved since the last time; None when none did."""
    pinned = CheckpointHead.objects.filter(stream=OuterRef("stream"), seq=OuterRef("seq"))
    moved = list(EventHead.objects.filter(~Exists(pinned)).values_list("stream", "seq", "hash"))
    if not moved:
        return None
    last = Checkpoint.objects.select_for_update().order_by("-pk").first()
    held = last.hash if last else ""
    checkpoint = Checkpoint.objects.create(
        at=clock.now(), previous_hash=held, hash=heads_hash(held, moved)
    )
    CheckpointHead.objects.bulk_create(
        [
            CheckpointHead(checkpoint=checkpoint, stream=stream, seq=seq, hash=link)
            for stream, seq, link in moved
        ],
        batch_size=BATCH,
    )
    return checkpoint


def heads_hash(held: str, heads: list[tuple[str, int, str]]) -> str:
    lines = "\n".join(f"{stream} {seq} {link}" for stream, seq, link in sorted(heads))
    return hashlib.sha256(f"{held}\n{lines}".encode()).hexdigest()
