from interviews.models.availability import AvailableSpan, CandidateAvailability
from interviews.models.calendar import BusyBlock, CalendarFeed
from interviews.models.debrief import Debrief, DecisionRecord
from interviews.models.interview import Interview, Loop, PanelSeat
from interviews.models.people import (
    InterviewerPool,
    InterviewerProfile,
    Pause,
    PoolMember,
    TrainingRide,
    WorkingSpan,
)
from interviews.models.plan import InterviewKit, InterviewPlan, KitQuestion, PlannedInterview
from interviews.models.scorecard import Rating, Scorecard, ScorecardVersion

__all__ = [
    "AvailableSpan",
    "BusyBlock",
    "CalendarFeed",
    "CandidateAvailability",
    "Debrief",
    "DecisionRecord",
    "Interview",
    "InterviewKit",
    "InterviewPlan",
    "InterviewerPool",
    "InterviewerProfile",
    "KitQuestion",
    "Loop",
    "PanelSeat",
    "Pause",
    "PlannedInterview",
    "PoolMember",
    "Rating",
    "Scorecard",
    "ScorecardVersion",
    "TrainingRide",
    "WorkingSpan",
]
