"""The words of interviews, their lifecycles and their events."""

from django.db.models import IntegerChoices, TextChoices

from ats.lifecycle import Lifecycle
from requisitions.enums import TeamRole


class InterviewKind(TextChoices):
    PHONE = "phone"
    VIDEO = "video"
    ON_SITE = "on_site", "on-site"
    TECHNICAL = "technical"
    TAKE_HOME = "take_home", "take-home"
    DEBRIEF = "debrief"


class InterviewStatus(TextChoices):
    SCHEDULED = "scheduled"
    COMPLETED = "completed"
    CANCELLED = "cancelled"
    NO_SHOW = "no_show", "no show"


class SeatRole(TextChoices):
    LEAD = "lead"
    INTERVIEWER = "interviewer"
    SHADOW = "shadow"
    REVERSE_SHADOW = "reverse_shadow", "reverse shadow"
    NOTE_TAKER = "note_taker", "note taker"


class Rsvp(TextChoices):
    NEEDS_ACTION = "needs_action", "needs action"
    ACCEPTED = "accepted"
    TENTATIVE = "tentative"
    DECLINED = "declined"


class ScorecardStatus(TextChoices):
    OPEN = "open"
    SUBMITTED = "submitted"
    EXCUSED = "excused"


class Recommendation(TextChoices):
    STRONG_NO = "strong_no", "strong no"
    NO = "no"
    YES = "yes"
    STRONG_YES = "strong_yes", "strong yes"
    NO_DECISION = "no_decision", "no decision"


class RatingValue(IntegerChoices):
    ONE = 1
    TWO = 2
    THREE = 3
    FOUR = 4
    FIVE = 5


class DebriefStatus(TextChoices):
    OPEN = "open"
    DECIDED = "decided"


class Decision(TextChoices):
    OFFER = "offer"
    REJECT = "reject"
    MORE_EVIDENCE = "more_evidence", "more evidence"


class PoolMemberStatus(TextChoices):
    TRAINING = "training"
    QUALIFIED = "qualified"


class RideKind(TextChoices):
    SHADOW = "shadow"
    REVERSE_SHADOW = "reverse_shadow", "reverse shadow"


class AvailabilityStatus(TextChoices):
    ASKED = "asked"
    GIVEN = "given"
    CLOSED = "closed"


I, S, D = InterviewStatus, ScorecardStatus, DebriefStatus  # noqa: E741

INTERVIEW = Lifecycle(
    {
        (I.SCHEDULED, "reschedule"): I.SCHEDULED,
        (I.SCHEDULED, "complete"): I.COMPLETED,
        (I.SCHEDULED, "cancel"): I.CANCELLED,
        (I.SCHEDULED, "mark_no_show"): I.NO_SHOW,
    }
)
SCORECARD = Lifecycle(
    {
        (S.OPEN, "submit"): S.SUBMITTED,
        (S.SUBMITTED, "amend"): S.SUBMITTED,
        (S.OPEN, "excuse"): S.EXCUSED,
        (S.EXCUSED, "owe_again"): S.OPEN,
    }
)
DEBRIEF = Lifecycle({(D.OPEN, "decide"): D.DECIDED})

POOL_MEMBER = Lifecycle(
    {
        (PoolMemberStatus.TRAINING, "sign_off"): PoolMemberStatus.QUALIFIED,
        (PoolMemberStatus.QUALIFIED, "retrain"): PoolMemberStatus.TRAINING,
    }
)
AVAILABILITY = Lifecycle(
    {
        (AvailabilityStatus.ASKED, "give"): AvailabilityStatus.GIVEN,
        (AvailabilityStatus.GIVEN, "give"): AvailabilityStatus.GIVEN,
        (AvailabilityStatus.ASKED, "close"): AvailabilityStatus.CLOSED,
        (AvailabilityStatus.GIVEN, "close"): AvailabilityStatus.CLOSED,
    }
)

# The ratings that say something strong have to say why.
RATINGS_WITH_EVIDENCE = (1, 2, 5)
# Seats that owe a scorecard; a shadow watches, and in a debrief nobody is assessed.
OWING_ROLES = (SeatRole.LEAD, SeatRole.INTERVIEWER, SeatRole.REVERSE_SHADOW)
# What was seen in these counts; of the others there is nothing to report.
COUNTED = (I.SCHEDULED, I.COMPLETED)
# After so many reminders of a missing scorecard somebody else is told, once.
TOLD_AFTER = {2: TeamRole.MANAGER, 4: TeamRole.RECRUITER}

EVENTS: dict[str, tuple[str, ...]] = {
    "plan.drafted": ("version",),
    "loop.booked": ("interviews", "rubric"),
    "interview.scheduled": ("seats", "sequence"),
    "interview.rescheduled": ("sequence", "was_at", "starts_at"),
    "interview.completed": (),
    "interview.cancelled": ("sequence",),
    "interview.no_show_marked": (),
    "scorecard.opened": ("user",),
    "scorecard.submitted": ("user",),
    "scorecard.amended": ("user", "version"),
    "scorecard.excused": ("user",),
    "scorecard.owed_again": ("user",),
    "debrief.opened": ("overridden",),
    # Never what was decided: whoever still owes a scorecard may read this history.
    "decision.recorded": ("record",),
    "profile.added": ("user",),
    "profile.edited": ("user",),
    "interviewing.paused": ("user", "begins_on", "ends_on"),
    "interviewing.resumed": ("user",),
    "pool.added": (),
    "pool.edited": (),
    "pool.retired": (),
    "pool_member.added": ("user",),
    "pool_member.removed": ("user",),
    "pool_member.signed_off": ("user",),
    "pool_member.sent_back": ("user",),
    "training.logged": ("user", "kind", "interview"),
    "calendar.added": ("user",),
    # Only when its busy times are others than before.
    "calendar.read": ("user",),
    "calendar.failed": ("user",),
    "calendar.removed": ("user",),
    "time.blocked": ("user",),
    "time.unblocked": ("user",),
    "availability.asked": (),
    "availability.given": (),
    "availability.closed": (),
}
