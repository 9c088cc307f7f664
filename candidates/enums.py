"""The words of candidates, their lifecycles and their events."""

from django.db.models import TextChoices

from ats.lifecycle import Lifecycle


class ApplicationStatus(TextChoices):
    ACTIVE = "active"
    REJECTED = "rejected"
    WITHDRAWN = "withdrawn"
    HIRED = "hired"
    TRANSFERRED = "transferred"


class AfterFill(TextChoices):
    """What becomes of the others when every seat is taken."""

    KEEP = "keep", "stay as they are"
    REJECT = "reject", "are rejected"
    POOL = "pool", "join a talent pool, and are rejected here"


class OfferStatus(TextChoices):
    DRAFT = "draft"
    PENDING_APPROVAL = "pending_approval", "pending approval"
    APPROVED = "approved"
    SENT = "sent"
    ACCEPTED = "accepted"
    DECLINED = "declined"
    RESCINDED = "rescinded"
    EXPIRED = "expired"


class AddressStatus(TextChoices):
    CURRENT = "current"
    OUTDATED = "outdated"
    INVALID = "invalid"


class SourceKind(TextChoices):
    CAREERS_SITE = "careers_site", "careers site"
    REFERRAL = "referral"
    AGENCY = "agency"
    JOB_BOARD = "job_board", "job board"
    SOURCED = "sourced"
    INTERNAL = "internal"


class ReapplyRule(TextChoices):
    NEVER = "never"
    AFTER_DAYS = "after_days", "after some days"
    ANY_TIME = "any_time", "at any time"


class Relation(TextChoices):
    """How a colleague knows whom they refer."""

    WORKED_WITH = "worked_with", "worked together"
    STUDIED_WITH = "studied_with", "studied together"
    FRIEND = "friend"
    FAMILY = "family"
    BY_REPUTATION = "by_reputation", "know of their work"


class RejectionKind(TextChoices):
    WE_REJECTED = "we_rejected", "we rejected"
    THEY_WITHDREW = "they_withdrew", "they withdrew"


class ResumeStatus(TextChoices):
    WAITING = "waiting"
    READ = "read"
    NO_TEXT = "no_text", "no text"
    NOT_READ = "not_read", "not read"


class AttachmentPurpose(TextChoices):
    COVER_LETTER = "cover_letter", "cover letter"
    ANSWER = "answer", "answer to the form"
    FROM_TEAM = "from_team", "added by the team"


class Visibility(TextChoices):
    """Who reads what the team wrote or added about an application."""

    SHARED = "shared", "everybody who may see the application"
    TEAM = "team", "the hiring team"
    ADMINS = "admins", "recruiters and site admins"
    PRIVATE = "private", "nobody but whoever wrote it"


# A note may hold what interviewers must not read before their scorecard is in.
NOTE_VISIBILITY = [each for each in Visibility.choices if each[0] != "shared"]


class DuplicateStatus(TextChoices):
    OPEN = "open"
    DISMISSED = "dismissed"


class Because(TextChoices):
    """Why somebody outside the hiring team's inner circle may look at an application."""

    INTERVIEW = "interview"
    SHARED = "shared"


class SearchedFrom(TextChoices):
    API = "api", "the API"
    CONSOLE = "console", "the console"


class RuleRunOutcome(TextChoices):
    DONE = "done"
    SKIPPED = "skipped"


class ConsentKind(TextChoices):
    APPLICATION = "application"
    TALENT_POOL = "talent_pool", "kept for other roles"


class RetentionDoes(TextChoices):
    """What happens once the time is up."""

    PROPOSE = "propose", "a person is asked"
    ERASE = "erase", "it is erased after a waiting time"


class PrivacyRequestStatus(TextChoices):
    OPEN = "open"
    RESTRICTED = "restricted", "restricted until it may be erased"
    DONE = "done", "erased"
    REFUSED = "refused"
    CANCELLED = "cancelled"


class PlannedRejectionStatus(TextChoices):
    PLANNED = "planned"
    CARRIED_OUT = "carried_out", "carried out"
    STOPPED = "stopped"
    LAPSED = "lapsed"


A, O, P = ApplicationStatus, OfferStatus, PlannedRejectionStatus  # noqa: E741

APPLICATION = Lifecycle(
    {
        (A.ACTIVE, "reject"): A.REJECTED,
        (A.ACTIVE, "withdraw"): A.WITHDRAWN,
        (A.ACTIVE, "hire"): A.HIRED,
        (A.ACTIVE, "transfer"): A.TRANSFERRED,
        (A.REJECTED, "reactivate"): A.ACTIVE,
        (A.WITHDRAWN, "reactivate"): A.ACTIVE,
        (A.TRANSFERRED, "reactivate"): A.ACTIVE,
        (A.HIRED, "undo_hire"): A.ACTIVE,
    }
)
OFFER = Lifecycle(
    {
        (O.DRAFT, "submit"): O.PENDING_APPROVAL,
        # Nobody has to be asked: the pay lies inside of what was approved for the requisition.
        (O.DRAFT, "clear"): O.APPROVED,
        (O.APPROVED, "redraft"): O.DRAFT,
        (O.PENDING_APPROVAL, "approve"): O.APPROVED,
        (O.PENDING_APPROVAL, "return"): O.DRAFT,
        # Pay or the first day changed.
        (O.PENDING_APPROVAL, "restart"): O.PENDING_APPROVAL,
        (O.APPROVED, "restart"): O.PENDING_APPROVAL,
        (O.APPROVED, "send"): O.SENT,
        (O.SENT, "accept"): O.ACCEPTED,
        (O.SENT, "decline"): O.DECLINED,
        (O.SENT, "expire"): O.EXPIRED,
        (O.SENT, "extend"): O.SENT,
        (O.DRAFT, "rescind"): O.RESCINDED,
        (O.PENDING_APPROVAL, "rescind"): O.RESCINDED,
        (O.APPROVED, "rescind"): O.RESCINDED,
        (O.SENT, "rescind"): O.RESCINDED,
        (O.ACCEPTED, "rescind"): O.RESCINDED,
    },
    consequences=["restart", "expire", "clear", "redraft"],
)
PLANNED_REJECTION = Lifecycle(
    {
        (P.PLANNED, "carry_out"): P.CARRIED_OUT,
        (P.PLANNED, "stop"): P.STOPPED,
        # The application was moved or closed meanwhile.
        (P.PLANNED, "lapse"): P.LAPSED,
    }
)
R = PrivacyRequestStatus
PRIVACY_REQUEST = Lifecycle(
    {
        (R.OPEN, "carry_out"): R.DONE,
        (R.OPEN, "restrict"): R.RESTRICTED,
        (R.OPEN, "refuse"): R.REFUSED,
        (R.OPEN, "cancel"): R.CANCELLED,
        (R.RESTRICTED, "carry_out"): R.DONE,
        (R.RESTRICTED, "cancel"): R.CANCELLED,
    },
    consequences=["restrict"],
)
LIVE_OFFERS = (O.DRAFT, O.PENDING_APPROVAL, O.APPROVED, O.SENT, O.ACCEPTED)

EVENTS: dict[str, tuple[str, ...]] = {
    "candidate.added": (),
    "candidate.edited": ("fields",),
    "candidate.owner_assigned": ("was", "becomes"),
    "candidate.tagged": ("tag",),
    "candidate.untagged": ("tag",),
    "candidate.added_to_pool": ("pool",),
    "candidate.removed_from_pool": ("pool",),
    "tag.added": (),
    "tag.renamed": (),
    "tag.merged": ("into",),
    "tag.retired": (),
    "tag.restored": (),
    "saved_search.added": (),
    "saved_search.edited": ("fields",),
    "saved_search.deleted": (),
    "talent_pool.added": (),
    "talent_pool.edited": ("fields",),
    "talent_pool.retired": (),
    "talent_pool.restored": (),
    "candidate.erased": ("erasure", "because"),
    "candidate.restricted": (),
    "candidate.restriction_lifted": (),
    "erasure.asked": ("because",),
    "erasure.restricted": (),
    "erasure.held_up": (),
    "erasure.refused": (),
    "erasure.cancelled": (),
    "export.asked": ("export",),
    "privacy.asked": (),
    "legal_hold.placed": (),
    "legal_hold.released": (),
    "retention_rule.added": (),
    "retention_rule.edited": ("fields",),
    "retention_rule.switched_off": (),
    "retention_rule.switched_on": (),
    "consent_text.written": (),
    "consent.given": ("text",),
    "consent.asked": (),
    "consent.renewal_asked": (),
    "consent.withdrawn": (),
    "consent.declined": (),
    "candidate.merged": ("other", "merge"),
    "candidate.merge_undone": ("other", "merge"),
    "duplicate.found": ("duplicate",),
    "duplicate.dismissed": ("duplicate",),
    "application.submitted": ("posting", "source"),
    "application.added": ("source",),
    "application.imported": (),
    "application.moved": ("from_stage", "to_stage", "depth"),
    "application.rejected": ("reason", "letter_due"),
    "application.withdrawn": ("reason",),
    "application.reactivated": (),
    "application.hired": ("offer", "opening"),
    "application.hire_undone": ("opening",),
    "application.handed_off": (),
    # Two facts: neither application's history names the other, which may be confidential.
    "application.transferred": (),
    "application.transferred_here": (),
    "after_fill.chosen": ("choice",),
    "after_fill.begun": ("job",),
    "after_fill.stopped": ("job",),
    "application.flagged": (),
    "applications.exported": (),
    "people_import.staged": ("lines",),
    "application.overstayed": ("stage", "due_at"),
    "application.shared": ("user", "because"),
    "application.unshared": ("user", "because"),
    "rejection_letter.taken_back": (),
    "letter.written": (),
    "resume.read": ("status",),
    "resume.asked_again": ("status",),
    "note.added": ("note",),
    "note.edited": ("note",),
    "attachment.added": ("attachment",),
    "follow_up.asked": ("follow_up", "user"),
    "follow_up.snoozed": ("follow_up", "until"),
    "follow_up.done": ("follow_up",),
    "offer.drafted": (),
    "offer.revised": ("after",),
    "offer.cleared": (),
    "offer.redrafted": ("fields",),
    "offer.extended": ("until",),
    "offer.submitted": ("approval",),
    "offer.approved": (),
    "offer.returned": (),
    "offer.edited": ("fields",),
    "offer.restarted": ("approval", "fields"),
    "offer.approver_replaced": ("was", "becomes"),
    "offer.sent": ("letter",),
    "offer.accepted": ("letter",),
    "offer.declined": (),
    "offer.rescinded": (),
    "offer.expired": (),
    "offer_template.added": (),
    "offer_template.edited": ("fields",),
    "offer_template.retired": (),
    "offer_template.restored": (),
    "tracking_link.added": (),
    "tracking_link.retired": (),
    "referral.made": (),
    "referral.applied": ("is_credited",),
    "agency.added": (),
    "agency.edited": ("fields",),
    "agency.retired": (),
    "agency.restored": (),
    "agency_contact.added": ("contact",),
    "agency_submission.made": ("contact", "is_owner"),
    "reapply_policy.set": ("rule", "days"),
    "stage_rule.added": (),
    "stage_rule.paused": (),
    "stage_rule.resumed": (),
    "stage_rule.retired": (),
    "stage_rule.ran": ("rule", "outcome"),
    "rejection.planned": ("rule", "due_at"),
    "rejection.carried_out": ("rule",),
    "rejection.stopped": ("rule",),
    "rejection.lapsed": ("rule",),
}
