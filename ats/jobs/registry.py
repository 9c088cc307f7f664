"""What kinds of jobs there are: each app names its own when it is ready."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from django.db.models import QuerySet


@dataclass(frozen=True)
class Done:
    """`detail` is said to people; `result` is kept for undoing, and holds ids only."""

    detail: str = ""
    result: dict[str, Any] = field(default_factory=dict)


# (job, item, by): carries out one item by calling the verb of its app. Raises `DomainError`.
Step = Callable[..., Done]
Names = Callable[[Any, Sequence[UUID]], dict[UUID, tuple[str, str]]]


@dataclass(frozen=True)
class Kind:
    """`work` and `undo` run inside the transaction that writes the item's outcome, and re-read
    what they act on: hours may lie between the preview and the item, and between both and undoing.

    `names(user, subject_ids)` gives (name, console address) of those that this reader may see.
    Jobs of this kind are also seen and steered by those who find what it is about in
    `shared(user)`.
    """

    name: str
    label: str
    work: Step
    undo: Step | None = None
    names: Names | None = None
    shared: Callable[[Any], QuerySet[Any]] | None = None


KINDS: dict[str, Kind] = {}


def job_kinds(*kinds: Kind) -> None:
    KINDS.update({kind.name: kind for kind in kinds})
