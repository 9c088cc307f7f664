from ats.admin.buttons import button
from candidates.enums import ApplicationStatus
from interviews.actions.loop import book_loop
from interviews.admin.blocks import BLOCKS
from interviews.admin.booking import BookForm, why_no_loop
from interviews.admin.calendars import AvailabilityAdmin, BusyAdmin, FeedAdmin, ask
from interviews.admin.debrief import DebriefAdmin
from interviews.admin.hours import ProfileAdmin
from interviews.admin.interview import InterviewAdmin, LoopAdmin, PlanAdmin
from interviews.admin.panels import loops_panel, plan_panel
from interviews.admin.pools import MemberAdmin, PoolAdmin
from interviews.admin.scorecard import ScorecardAdmin
from interviews.models import (
    BusyBlock,
    CalendarFeed,
    CandidateAvailability,
    Debrief,
    Interview,
    InterviewerPool,
    InterviewerProfile,
    InterviewPlan,
    Loop,
    PoolMember,
    Scorecard,
)

SCREENS = {
    Interview: InterviewAdmin,
    Loop: LoopAdmin,
    InterviewPlan: PlanAdmin,
    Scorecard: ScorecardAdmin,
    Debrief: DebriefAdmin,
    InterviewerProfile: ProfileAdmin,
    CalendarFeed: FeedAdmin,
    BusyBlock: BusyAdmin,
    InterviewerPool: PoolAdmin,
    PoolMember: MemberAdmin,
    CandidateAvailability: AvailabilityAdmin,
}
REQUISITION_PANELS = [plan_panel]
APPLICATION_PANELS = [loops_panel]
APPLICATION_BUTTONS = [
    button(
        book_loop,
        label="Book interviews",
        says="All of them are booked, or none. Everybody who sits gets an invitation and sees this"
        " application; interviewers will owe a scorecard.",
        done="The interviews are booked; the invitations are on their way.",
        Form=BookForm,
        template="admin/interviews/book.html",
        shown=lambda application, user: application.status == ApplicationStatus.ACTIVE,
        blockers=why_no_loop,
    ),
    ask,
]

__all__ = ["APPLICATION_BUTTONS", "APPLICATION_PANELS", "BLOCKS", "REQUISITION_PANELS", "SCREENS"]
