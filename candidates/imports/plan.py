"""What taking over some lines would do, by the state of things now: asked before and again."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from django.db.models.functions import Lower

from ats.errors import DomainError
from candidates.enums import AddressStatus, ApplicationStatus
from candidates.imports.lines import Said, understood
from candidates.models import Application, EmailAddress, ImportedLine, PeopleImport
from candidates.rules import may
from requisitions.enums import StageKind
from requisitions.models import Requisition, Stage


@dataclass
class Planned:
    """A line that can be taken over; `candidate` is who is here already, or None."""

    line: ImportedLine
    said: Said
    requisition: Requisition
    stage: Stage
    candidate: int | None = None


@dataclass
class Batch:
    planned: list[Planned] = field(default_factory=list)
    faults: dict[int, str] = field(default_factory=dict)


class Plans:
    """For one file: its requisitions and their stages are looked up once."""

    def __init__(self, staged: PeopleImport) -> None:
        self.staged = staged
        self.requisitions: dict[str, Requisition | None] = {}

    def batch(self, lines: Sequence[ImportedLine]) -> Batch:
        batch = Batch()
        for line in lines:
            try:
                batch.planned.append(self.plan(line))
            except DomainError as refusal:
                batch.faults[line.pk] = refusal.sentence
        find_people(batch.planned)
        refuse_twice(batch)
        return batch

    def plan(self, line: ImportedLine) -> Planned:
        said = understood(line.cells, self.staged.header, self.staged.columns)
        requisition = self.requisition_of(said)
        return Planned(line, said, requisition, stage_of(requisition, said))

    def requisition_of(self, said: Said) -> Requisition:
        default = self.staged.requisition
        number = said.requisition or (default.number if default else "")
        if not number:
            raise DomainError("The line names no requisition, and the file has none for all.")
        key = number.casefold()
        if key not in self.requisitions:
            self.requisitions[key] = self.find(number)
        if found := self.requisitions[key]:
            return found
        raise DomainError(f"There is no requisition {number:.40} that you recruit for.")

    def find(self, number: str) -> Requisition | None:
        """One that whoever imports may add people to, with its stages."""
        owner = self.staged.owner
        seen = Requisition.objects.visible_to(owner).filter(number__iexact=number)
        found = seen.prefetch_related("stages").first()
        return found if found and may(owner, "import_people", found) else None


def stage_of(requisition: Requisition, said: Said) -> Stage:
    """By its name, whatever the case; where they arrive, if the line names none."""
    live = [stage for stage in requisition.stages.all() if stage.retired_at is None]
    if not live:
        raise DomainError(f"{requisition.number} has no stages yet: choose its pipeline first.")
    named = said.stage.casefold()
    arrives = StageKind.APPLIED if not named else None
    for stage in live:
        if stage.kind == arrives or stage.name.casefold() == named:
            return check_kind(stage)
    held = ", ".join(stage.name for stage in live)
    raise DomainError(f"{requisition.number} has no stage {said.stage:.60}. It has: {held}.")


def check_kind(stage: Stage) -> Stage:
    if stage.kind == StageKind.HIRED:
        raise DomainError("Somebody who was hired took a seat, which no file can say.")
    return stage


def find_people(planned: Sequence[Planned]) -> None:
    """By any of their addresses; an invalid one is nobody's."""
    asked = {address.lower() for each in planned for address in each.said.emails}
    rows = EmailAddress.objects.annotate(lower=Lower("address")).filter(lower__in=asked)
    usable = rows.exclude(status=AddressStatus.INVALID).order_by("-status", "-pk")
    held = dict(usable.values_list("lower", "candidate"))
    for each in planned:
        found = (held.get(address.lower()) for address in each.said.emails)
        each.candidate = next(filter(None, found), None)


def refuse_twice(batch: Batch) -> None:
    """One active application per person and requisition: here already, or earlier in the file."""
    known = [each.candidate for each in batch.planned if each.candidate]
    active = Application.objects.filter(candidate__in=known, status=ApplicationStatus.ACTIVE)
    taken: set[tuple[object, int]] = set(active.values_list("candidate", "requisition"))
    kept = []
    for each in batch.planned:
        whose = {each.candidate} if each.candidate else {e.lower() for e in each.said.emails}
        keys = {(who, each.requisition.pk) for who in whose}
        if each.said.status == ApplicationStatus.ACTIVE and keys & taken:
            said = f"{each.said.name} has an active application for {each.requisition.number}."
            batch.faults[each.line.pk] = f"{said} Nothing was added."
            continue
        if each.said.status == ApplicationStatus.ACTIVE:
            taken |= keys
        kept.append(each)
    batch.planned = kept


def faults_in(plans: Plans, lines: Sequence[ImportedLine]) -> dict[int, str]:
    return plans.batch(lines).faults
