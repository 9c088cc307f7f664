from candidates.models.application import (
    Application,
    ApplicationAccess,
    RejectionReason,
    Source,
    StageVisit,
)
from candidates.models.automation import PlannedRejection, StageRule, StageRuleRun
from candidates.models.candidate import Candidate, EmailAddress, PhoneNumber
from candidates.models.custom import CandidateValue
from candidates.models.document import Attachment, Resume
from candidates.models.note import Note
from candidates.models.offer import Offer, OfferTemplate
from candidates.models.tag import CandidateTag, PoolMembership, Tag, TalentPool

__all__ = [
    "Application",
    "ApplicationAccess",
    "Attachment",
    "Candidate",
    "CandidateTag",
    "CandidateValue",
    "EmailAddress",
    "Note",
    "Offer",
    "OfferTemplate",
    "PhoneNumber",
    "PlannedRejection",
    "PoolMembership",
    "RejectionReason",
    "Resume",
    "Source",
    "StageRule",
    "StageRuleRun",
    "StageVisit",
    "Tag",
    "TalentPool",
]
