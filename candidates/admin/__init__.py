from candidates.admin import blocks
from candidates.admin.application import ApplicationAdmin
from candidates.admin.board import pipeline_panel
from candidates.admin.candidate import CandidateAdmin
from candidates.admin.elsewhere import REQUISITION_BUTTONS
from candidates.admin.merging import DuplicateAdmin, MergeAdmin
from candidates.admin.note import FollowUpAdmin, NoteAdmin
from candidates.admin.offer import OfferAdmin
from candidates.admin.offer_template import OfferTemplateAdmin
from candidates.admin.privacy import (
    LegalHoldAdmin,
    PrivacyRequestAdmin,
    RetentionRuleAdmin,
    erasures,
)
from candidates.admin.resume import ResumeAdmin
from candidates.admin.search import SavedSearchAdmin, SearchRecordAdmin
from candidates.admin.tags import TagAdmin, TalentPoolAdmin
from candidates.models import (
    Application,
    Candidate,
    FollowUp,
    LegalHold,
    Merge,
    Note,
    Offer,
    OfferTemplate,
    PossibleDuplicate,
    PrivacyRequest,
    Resume,
    RetentionRule,
    SavedSearch,
    SearchRecord,
    Tag,
    TalentPool,
)

SCREENS = {
    Application: ApplicationAdmin,
    Candidate: CandidateAdmin,
    PossibleDuplicate: DuplicateAdmin,
    Merge: MergeAdmin,
    FollowUp: FollowUpAdmin,
    Note: NoteAdmin,
    Offer: OfferAdmin,
    SavedSearch: SavedSearchAdmin,
    SearchRecord: SearchRecordAdmin,
    Tag: TagAdmin,
    TalentPool: TalentPoolAdmin,
    OfferTemplate: OfferTemplateAdmin,
    PrivacyRequest: PrivacyRequestAdmin,
    LegalHold: LegalHoldAdmin,
    RetentionRule: RetentionRuleAdmin,
    Resume: ResumeAdmin,
}
BLOCKS = [*blocks.BLOCKS, erasures]
REQUISITION_PANELS = [pipeline_panel]

__all__ = ["BLOCKS", "REQUISITION_BUTTONS", "REQUISITION_PANELS", "SCREENS"]
