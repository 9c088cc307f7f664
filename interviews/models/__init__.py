from interviews.models.debrief import Debrief, DecisionRecord
from interviews.models.interview import Interview, Loop, PanelSeat
from interviews.models.plan import InterviewKit, InterviewPlan, KitQuestion, PlannedInterview
from interviews.models.scorecard import Rating, Scorecard, ScorecardVersion

__all__ = [
    "Debrief",
    "DecisionRecord",
    "Interview",
    "InterviewKit",
    "InterviewPlan",
    "KitQuestion",
    "Loop",
    "PanelSeat",
    "PlannedInterview",
    "Rating",
    "Scorecard",
    "ScorecardVersion",
]
