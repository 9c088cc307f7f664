from candidates.models.application import (
    Application,
    ApplicationAccess,
    RejectionReason,
    Source,
    StageVisit,
)
from candidates.models.automation import StageRule, StageRuleRun
from candidates.models.candidate import Candidate, EmailAddress, PhoneNumber
from candidates.models.document import Attachment, Resume
from candidates.models.note import Note
from candidates.models.offer import Offer

__all__ = [
    "Application",
    "ApplicationAccess",
    "Attachment",
    "Candidate",
    "EmailAddress",
    "Note",
    "Offer",
    "PhoneNumber",
    "RejectionReason",
    "Resume",
    "Source",
    "StageRule",
    "StageRuleRun",
    "StageVisit",
]
