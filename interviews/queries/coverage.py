"""How often a plan assesses each competency, and where that is too thin."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field

from interviews.models import InterviewPlan, PlannedInterview
from requisitions.models import Competency, Requisition

# One person's impression of a must-have is not enough to decide on.
INDEPENDENT = 2


@dataclass(frozen=True)
class Covered:
    competency: Competency
    is_must_have: bool
    interviews: int
    interviewers: int

    @property
    def warning(self) -> str:
        if not self.is_must_have or self.interviewers >= INDEPENDENT:
            return ""
        who = "only one interviewer assesses it" if self.interviewers else "nobody assesses it"
        return (
            f"{self.competency.name} is a must-have, but {who}:"
            f" give it {INDEPENDENT} independent interviewers."
        )


@dataclass(frozen=True)
class Report:
    """`plan` is None while none is drafted; `not_asked_for` is assessed all the same."""

    plan: InterviewPlan | None
    competencies: list[Covered]
    not_asked_for: list[Competency] = field(default_factory=list)
    without_focus: list[PlannedInterview] = field(default_factory=list)

    @property
    def warnings(self) -> list[str]:
        return list(self.sentences())

    def sentences(self) -> Iterator[str]:
        if not self.competencies:
            yield "The requisition asks for no competency yet: choose what interviews assess."
        elif self.plan is None:
            yield "There is no interview plan yet: nobody assesses any competency."
        else:
            yield from warnings(self.competencies)
        for competency in self.not_asked_for:
            yield f"{competency.name} is assessed, but the requisition does not ask for it."
        for planned in self.without_focus:
            yield f"{planned.name} assesses no competency: give it a focus, or leave it out."


def report_on(plan: InterviewPlan) -> Report:
    return report(plan.requisition, plan)


def report_of(requisition: Requisition) -> Report:
    """Of its current plan."""
    plans = InterviewPlan.objects.filter(requisition=requisition, is_current=True)
    return report(requisition, plans.prefetch_related("interviews__focus").first())


def report(requisition: Requisition, plan: InterviewPlan | None) -> Report:
    planned = list(plan.interviews.all()) if plan else []
    covered = cover(requisition, planned)
    asked = {row.competency for row in covered}
    focus = dict.fromkeys(competency for each in planned for competency in each.focus.all())
    return Report(
        plan,
        covered,
        [competency for competency in focus if competency not in asked],
        [each for each in planned if not each.focus.all()],
    )


def coverage(plan: InterviewPlan) -> list[Covered]:
    """One row per competency of the requisition, in its order."""
    return cover(plan.requisition, list(plan.interviews.all()))


def cover(requisition: Requisition, planned: list[PlannedInterview]) -> list[Covered]:
    interviews, interviewers = Counter[int](), Counter[int]()
    for each in planned:
        for competency in each.focus.all():
            interviews[competency.pk] += 1
            interviewers[competency.pk] += each.interviewers
    return [
        Covered(
            row.competency,
            row.is_must_have,
            interviews[row.competency_id],
            interviewers[row.competency_id],
        )
        for row in requisition.competencies.select_related("competency")
    ]


def warnings(covered: list[Covered]) -> Iterator[str]:
    return (row.warning for row in covered if row.warning)
