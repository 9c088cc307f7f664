"""Whether stages make a pipeline: one to arrive in, one to be hired in, and never back."""

from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise
from typing import NamedTuple

from requisitions.enums import MILESTONES, Milestone, StageKind
from requisitions.models import Stage

ENDS = (StageKind.APPLIED, StageKind.HIRED)
# Reports that span requisitions count on these.
OWN_MILESTONE = (*ENDS, StageKind.OFFER)
RANK = {milestone: place for place, milestone in enumerate(Milestone)}


class Place(NamedTuple):
    name: str
    kind: StageKind
    milestone: Milestone


class Problem(NamedTuple):
    """`path` is where in the list, as in `2/kind`, or empty where it is the list's own."""

    path: str
    sentence: str


def places(stages: Iterable[Stage]) -> list[Place]:
    return [Place(each.name, StageKind(each.kind), Milestone(each.milestone)) for each in stages]


def problems(pipeline: Sequence[Place]) -> Iterator[Problem]:
    """What is wrong with the order of these stages; nothing where they make a pipeline."""
    for kind in ENDS:
        yield from _end_problems(pipeline, kind)
    for at, (before, stage) in enumerate(pairwise(pipeline), start=1):
        if RANK[stage.milestone] < RANK[before.milestone]:
            yield Problem(
                f"{at}/kind",
                f"“{stage.name}” ({stage.milestone.label.lower()}) comes after “{before.name}”"
                f" ({before.milestone.label.lower()}): a pipeline goes from application to hired.",
            )


def _end_problems(pipeline: Sequence[Place], kind: StageKind) -> Iterator[Problem]:
    found = [at for at, stage in enumerate(pipeline) if stage.kind == kind]
    is_first = kind == StageKind.APPLIED
    if not found:
        where = "begins" if is_first else "ends"
        yield Problem("", f"A pipeline {where} with a stage of the kind “{kind.label.lower()}”.")
    elif len(found) > 1:
        yield Problem(f"{found[1]}/kind", f"There is one stage of the kind “{kind.label.lower()}”.")
    elif found[0] != (0 if is_first else len(pipeline) - 1):
        place = "first" if is_first else "last"
        yield Problem(f"{found[0]}/kind", f"“{pipeline[found[0]].name}” has to be the {place}.")


def more_problems(pipeline: Sequence[Place]) -> Iterator[Problem]:
    """What a template must not have either; a live pipeline may have grown so."""
    said: set[str] = set()
    for at, stage in enumerate(pipeline):
        if stage.name.casefold() in said:
            yield Problem(f"{at}/name", f"Two stages are called “{stage.name}”.")
        if stage.kind == StageKind.DEBRIEF and not interviews_before(pipeline[:at]):
            yield Problem(f"{at}/kind", f"“{stage.name}” comes before any interview.")
        if wrong := milestone_problem(stage):
            yield Problem(f"{at}/milestone", wrong)
        said.add(stage.name.casefold())


def interviews_before(pipeline: Sequence[Place]) -> bool:
    return any(stage.kind == StageKind.INTERVIEW for stage in pipeline)


def milestone_problem(stage: Place) -> str:
    own = MILESTONES[stage.kind]
    if stage.kind not in OWN_MILESTONE or stage.milestone == own:
        return ""
    kind, milestone = stage.kind.label.lower(), own.label.lower()
    return f"The milestone of a stage of the kind “{kind}” is “{milestone}”."
