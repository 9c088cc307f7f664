"""Where the resume of an application mentions what its requisition asks for.

Read from the text whenever it is looked at: a competency that is renamed or gets another alias
is found at once, and nothing has to be kept in step.
"""

from dataclasses import dataclass

from candidates.evidence import Mention, mentions, prepared
from candidates.models import Resume
from requisitions.models import Competency, Requisition


@dataclass(frozen=True)
class Evidence:
    competency: Competency
    is_must_have: bool
    mentions: list[Mention]


def evidence_of(resume: Resume, requisition: Requisition) -> list[Evidence]:
    """For each competency, in the order of the requisition; none where it is not mentioned."""
    asked = list(requisition.competencies.select_related("competency").order_by("position"))
    text = prepared(resume.text if asked else "")
    return [
        Evidence(each.competency, each.is_must_have, mentions(text, names(each.competency)))
        for each in asked
    ]


def names(competency: Competency) -> list[str]:
    return [competency.name, *competency.aliases]
