"""The words of requisitions, their lifecycles and their events."""

from django.db.models import TextChoices

from ats.lifecycle import Lifecycle


class RequisitionStatus(TextChoices):
    DRAFT = "draft"
    PENDING_APPROVAL = "pending_approval"
    OPEN = "open"
    ON_HOLD = "on_hold"
    FILLED = "filled"
    CANCELLED = "cancelled"


class OpeningStatus(TextChoices):
    DRAFT = "draft"
    APPROVED = "approved"
    OPEN = "open"
    FILLED = "filled"
    CLOSED = "closed"


class PostingStatus(TextChoices):
    DRAFT = "draft"
    PUBLISHED = "published"
    UNPUBLISHED = "unpublished"
    EXPIRED = "expired"


class TeamRole(TextChoices):
    RECRUITER = "recruiter"
    MANAGER = "hiring_manager", "hiring manager"
    COORDINATOR = "coordinator"
    SOURCER = "sourcer"
    INTERVIEWER = "interviewer"


class CompanyRoleKind(TextChoices):
    RECRUITER = "recruiter"


class ApproverRole(TextChoices):
    """Whom a step of an approval may name in place of a person."""

    HIRING_MANAGER = "hiring_manager", "hiring manager"
    RECRUITER = "recruiter"
    COORDINATOR = "coordinator"
    DEPARTMENT_HEAD = "department_head", "department head"
    ASKERS_MANAGER = "askers_manager", "manager of whoever asks"


class FlowKind(TextChoices):
    REQUISITION = "requisition"
    OFFER = "offer"


class StageKind(TextChoices):
    APPLIED = "applied"
    SCREEN = "screen"
    INTERVIEW = "interview"
    DEBRIEF = "debrief"
    OFFER = "offer"
    HIRED = "hired"


class Milestone(TextChoices):
    APPLICATION = "application"
    ASSESSMENT = "assessment"
    FACE_TO_FACE = "face_to_face", "face to face"
    OFFER = "offer"
    HIRED = "hired"


class Workplace(TextChoices):
    ON_SITE = "on_site", "on-site"
    HYBRID = "hybrid"
    REMOTE = "remote"


class EmploymentType(TextChoices):
    FULL_TIME = "full_time", "full-time"
    PART_TIME = "part_time", "part-time"
    INTERN = "intern"
    CONTRACT = "contract"
    TEMPORARY = "temporary"


class PayPeriod(TextChoices):
    HOUR = "hour"
    DAY = "day"
    WEEK = "week"
    MONTH = "month"
    YEAR = "year"


class PayRuleWhen(TextChoices):
    IN_POSTING = "in_posting", "in the posting"
    BEFORE_INTERVIEW = "before_interview", "before the interview"
    ON_REQUEST = "on_request", "on request"


class PayRuleAsks(TextChoices):
    RANGE = "range", "a pay range"
    BENEFITS = "benefits", "the benefits"
    OTHER_PAY = "other_pay", "bonuses and other pay"
    CLOSING_DATE = "closing_date", "when applications close"


class QuestionKind(TextChoices):
    SHORT_TEXT = "short_text", "short text"
    LONG_TEXT = "long_text", "long text"
    YES_NO = "yes_no", "yes or no"
    SINGLE = "single"
    MULTIPLE = "multiple"
    NUMBER = "number"
    DATE = "date"
    URL = "url", "URL"
    FILE = "file"


# The kinds that are answered by choosing among options.
CHOICES = (QuestionKind.SINGLE, QuestionKind.MULTIPLE)
# Where an answer can be marked for a person to look at: it is chosen, not written.
MARKABLE = (*CHOICES, QuestionKind.YES_NO)
YES_OR_NO = ("yes", "no")

R, O, P = RequisitionStatus, OpeningStatus, PostingStatus  # noqa: E741

REQUISITION = Lifecycle(
    {
        (R.DRAFT, "submit"): R.PENDING_APPROVAL,
        (R.PENDING_APPROVAL, "approve"): R.OPEN,
        (R.PENDING_APPROVAL, "return"): R.DRAFT,
        # What is to be approved changed, or what was.
        (R.PENDING_APPROVAL, "restart"): R.PENDING_APPROVAL,
        (R.OPEN, "restart"): R.PENDING_APPROVAL,
        (R.ON_HOLD, "restart"): R.PENDING_APPROVAL,
        (R.OPEN, "hold"): R.ON_HOLD,
        (R.ON_HOLD, "resume"): R.OPEN,
        (R.OPEN, "fill"): R.FILLED,
        (R.ON_HOLD, "fill"): R.FILLED,
        (R.FILLED, "reopen"): R.OPEN,
        (R.CANCELLED, "reopen"): R.OPEN,
        (R.DRAFT, "cancel"): R.CANCELLED,
        (R.PENDING_APPROVAL, "cancel"): R.CANCELLED,
        (R.OPEN, "cancel"): R.CANCELLED,
        (R.ON_HOLD, "cancel"): R.CANCELLED,
    },
    consequences=["restart", "fill"],
)
OPENING = Lifecycle(
    {
        (O.DRAFT, "approve"): O.APPROVED,
        (O.APPROVED, "open"): O.OPEN,
        (O.OPEN, "fill"): O.FILLED,
        (O.FILLED, "reopen"): O.OPEN,
        (O.CLOSED, "reopen"): O.OPEN,
        (O.DRAFT, "close"): O.CLOSED,
        (O.APPROVED, "close"): O.CLOSED,
        (O.OPEN, "close"): O.CLOSED,
        # Wherever it goes, it is approved there.
        (O.DRAFT, "move"): O.DRAFT,
        (O.APPROVED, "move"): O.DRAFT,
        (O.OPEN, "move"): O.DRAFT,
    },
    consequences=["approve", "fill"],
)
POSTING = Lifecycle(
    {
        (P.DRAFT, "publish"): P.PUBLISHED,
        (P.UNPUBLISHED, "publish"): P.PUBLISHED,
        (P.EXPIRED, "publish"): P.PUBLISHED,
        (P.DRAFT, "schedule"): P.DRAFT,
        (P.UNPUBLISHED, "schedule"): P.UNPUBLISHED,
        (P.EXPIRED, "schedule"): P.EXPIRED,
        (P.DRAFT, "unschedule"): P.DRAFT,
        (P.UNPUBLISHED, "unschedule"): P.UNPUBLISHED,
        (P.EXPIRED, "unschedule"): P.EXPIRED,
        (P.PUBLISHED, "republish"): P.PUBLISHED,
        (P.PUBLISHED, "unpublish"): P.UNPUBLISHED,
        (P.PUBLISHED, "expire"): P.EXPIRED,
    },
    consequences=["expire"],
)
CLOSED = (R.FILLED, R.CANCELLED)
# Its terms are not approved as they stand: nobody is offered the job, or hired.
UNAPPROVED = (R.DRAFT, R.PENDING_APPROVAL)
# What is public stays public while a change to it waits for approval.
TAKES_APPLICATIONS = (R.OPEN, R.PENDING_APPROVAL)

# The milestone lets reports span requisitions whose stages have names of their own.
MILESTONES = {
    StageKind.APPLIED: Milestone.APPLICATION,
    StageKind.SCREEN: Milestone.ASSESSMENT,
    StageKind.INTERVIEW: Milestone.FACE_TO_FACE,
    StageKind.DEBRIEF: Milestone.FACE_TO_FACE,
    StageKind.OFFER: Milestone.OFFER,
    StageKind.HIRED: Milestone.HIRED,
}
DEFAULT_STAGES = [
    {"name": name, "kind": kind.value, "milestone": MILESTONES[kind].value, "target_days": days}
    for name, kind, days in (
        ("Applied", StageKind.APPLIED, 3),
        ("Recruiter screen", StageKind.SCREEN, 5),
        ("Interview loop", StageKind.INTERVIEW, 10),
        ("Debrief", StageKind.DEBRIEF, 2),
        ("Offer", StageKind.OFFER, 5),
        ("Hired", StageKind.HIRED, None),
    )
]

EVENTS: dict[str, tuple[str, ...]] = {
    "requisition.drafted": (),
    "requisition.edited": ("fields", "changes"),
    "requisition.submitted": ("approval",),
    "requisition.approved": (),
    "requisition.returned": (),
    "requisition.restarted": ("approval", "fields"),
    "requisition.approver_replaced": ("was", "becomes"),
    "requisition.held": (),
    "requisition.resumed": (),
    "requisition.filled": (),
    "requisition.reopened": (),
    "requisition.cancelled": (),
    "opening.added": (),
    "opening.edited": ("fields",),
    "opening.opened": (),
    "opening.filled": ("application",),
    "opening.reopened": ("application",),
    "opening.closed": (),
    "opening.moved_away": (),
    "opening.moved_here": (),
    "approval_flow.added": (),
    "approval_flow.edited": (),
    "approval_flow.removed": (),
    "team.joined": ("user", "role"),
    "team.left": ("user", "role"),
    "team.responsible": ("user", "role"),
    "pipeline.attached": (),
    "pipeline_template.added": (),
    "pipeline_template.edited": ("fields",),
    "pipeline_template.retired": (),
    "stage.added": ("stage",),
    "stage.edited": ("stage", "fields"),
    "stage.moved": ("stage",),
    "stage.retired": ("stage",),
    "competency.added": (),
    "competency.edited": ("version",),
    "competency.retired": (),
    "competency.restored": (),
    "competency.merged": ("into",),
    "competencies.chosen": ("competencies", "changes"),
    "rubric.frozen": ("number",),
    "pay_rule.added": (),
    "pay_rule.edited": ("fields",),
    "pay_rule.switched_off": (),
    "pay_rule.switched_on": (),
    "question.added": ("question",),
    "question.edited": ("question", "fields"),
    "question.moved": ("question",),
    "question.retired": ("question",),
    "requisition_template.saved": (),
    "requisition_template.renamed": (),
    "requisition_template.retired": (),
    "department.added": (),
    "department.edited": ("fields",),
    "office.added": (),
    "office.edited": ("fields",),
    "posting.drafted": (),
    "posting.edited": ("fields",),
    "posting.scheduled": (),
    "posting.unscheduled": (),
    "posting.published": ("version",),
    "posting.not_published": (),
    "posting.unpublished": (),
    "posting.expired": (),
}
