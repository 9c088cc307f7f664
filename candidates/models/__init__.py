from candidates.models.application import (
    Application,
    ApplicationAccess,
    RejectionReason,
    Source,
    StageVisit,
)
from candidates.models.automation import PlannedRejection, StageRule, StageRuleRun
from candidates.models.candidate import Candidate, EmailAddress, PhoneNumber
from candidates.models.consent import Consent, ConsentText
from candidates.models.custom import CandidateValue
from candidates.models.document import Attachment, Resume
from candidates.models.duplicate import MatchKey, Merge, PossibleDuplicate
from candidates.models.fill_plan import FillPlan
from candidates.models.imported import ImportedLine, PeopleImport
from candidates.models.note import FollowUp, Note, NoteMention, NoteVersion
from candidates.models.offer import Offer, OfferTemplate
from candidates.models.privacy import LegalHold, PrivacyAsk, PrivacyRequest, RetentionRule
from candidates.models.search import SavedSearch, SearchRecord, SearchWords
from candidates.models.sourcing import (
    Agency,
    AgencyContact,
    AgencySubmission,
    ReapplyPolicy,
    Referral,
    TrackingLink,
)
from candidates.models.tag import CandidateTag, PoolMembership, Tag, TalentPool

__all__ = [
    "Agency",
    "AgencyContact",
    "AgencySubmission",
    "Application",
    "ApplicationAccess",
    "Attachment",
    "Candidate",
    "CandidateTag",
    "CandidateValue",
    "Consent",
    "ConsentText",
    "EmailAddress",
    "FillPlan",
    "FollowUp",
    "ImportedLine",
    "LegalHold",
    "MatchKey",
    "Merge",
    "Note",
    "NoteMention",
    "NoteVersion",
    "Offer",
    "OfferTemplate",
    "PeopleImport",
    "PhoneNumber",
    "PlannedRejection",
    "PoolMembership",
    "PossibleDuplicate",
    "PrivacyAsk",
    "PrivacyRequest",
    "ReapplyPolicy",
    "Referral",
    "RejectionReason",
    "Resume",
    "RetentionRule",
    "SavedSearch",
    "SearchRecord",
    "SearchWords",
    "Source",
    "StageRule",
    "StageRuleRun",
    "StageVisit",
    "Tag",
    "TalentPool",
    "TrackingLink",
]
