"""How often a plan assesses each competency, and where that is too thin."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

from interviews.models import InterviewPlan
from requisitions.models import Competency

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


def coverage(plan: InterviewPlan) -> list[Covered]:
    """One row per competency of the requisition, in its order."""
    interviews, interviewers = Counter[int](), Counter[int]()
    for planned in plan.interviews.all():
        for competency in planned.focus.all():
            interviews[competency.pk] += 1
            interviewers[competency.pk] += planned.interviewers
    asked = plan.requisition.competencies.select_related("competency")
    return [
        Covered(
            row.competency,
            row.is_must_have,
            interviews[row.competency_id],
            interviewers[row.competency_id],
        )
        for row in asked
    ]


def warnings(covered: list[Covered]) -> Iterator[str]:
    return (row.warning for row in covered if row.warning)
