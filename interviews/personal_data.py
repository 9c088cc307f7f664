"""What this app keeps about a candidate: how it is told, and what stays when they are erased.

Ratings, recommendations and decisions stay as numbers about how we interview; what somebody
wrote about a person goes, and frozen records keep its hash.
"""

from ats.privacy.registry import (
    ERASED,
    changed,
    deleted,
    emptied,
    holds,
    holds_nothing,
    kept,
)
from candidates.personal_data import COLLEAGUES, PRIVATE
from interviews import models as tables
from interviews.frozen import erased

OF_A_CANDIDATE = "application__candidate"


def empty_record(record: tables.DecisionRecord) -> None:
    """Text and salt go, each hash stays: the record verifies, as "erased"."""
    record.content, record.reason = erased(record.content), ERASED


def empty_version(version: tables.ScorecardVersion) -> None:
    said = version.content
    for text in ("no_decision_reason", "notes"):
        said[text] = ERASED if said.get(text) else ""
    for rating in said.get("ratings", []):
        rating["evidence"] = ERASED if rating.get("evidence") else ""


holds(
    tables.DecisionRecord,
    of="debrief__application__candidate",
    erase=changed("content", "reason", by=empty_record),
    keeps={"hash": "taken over salted hashes: no text can be tried against it"},
    untold={"decided_by": COLLEAGUES, "content": "the same scorecards again, in a sealed form"},
)
holds(
    tables.DecisionRecord.participants.through,
    of="decisionrecord__debrief__application__candidate",
    erase=kept,
    untold=COLLEAGUES,
)
holds(
    tables.Debrief,
    of=OF_A_CANDIDATE,
    erase=emptied("override_reason"),
    keeps={"combined": "numbers"},
)
holds(tables.Rating, of="scorecard__application__candidate", erase=emptied("evidence"))
holds(
    tables.ScorecardVersion,
    of="scorecard__application__candidate",
    erase=changed("content", by=empty_version),
)
holds(
    tables.Scorecard,
    of=OF_A_CANDIDATE,
    erase=emptied("notes", "private_notes", "no_decision_reason", "excused_because"),
    untold={"interviewer": COLLEAGUES, "private_notes": PRIVATE, "excused_because": COLLEAGUES},
)
holds(tables.TrainingRide, of="interview__application__candidate", erase=kept, untold=COLLEAGUES)
holds(tables.PanelSeat, of="interview__application__candidate", erase=kept, untold=COLLEAGUES)
holds(
    tables.Interview,
    of=OF_A_CANDIDATE,
    erase=emptied("place", "cancel_reason", video_link=""),
    keeps={"name": "as the plan calls it", "timezone": "of the appointment"},
    untold={"cancel_reason": "to the team"},
)
holds(tables.Loop, of=OF_A_CANDIDATE, erase=kept, untold={"booked_by": COLLEAGUES})
holds(tables.AvailableSpan, of="availability__application__candidate", erase=deleted)
holds(
    tables.CandidateAvailability,
    of=OF_A_CANDIDATE,
    erase=emptied("message", "note", timezone=""),
    untold={"asked_by": COLLEAGUES},
)
holds_nothing(
    tables.BusyBlock,
    tables.CalendarFeed,
    tables.InterviewerPool,
    tables.InterviewerProfile,
    tables.Pause,
    tables.PoolMember,
    tables.WorkingSpan,
    because="a colleague's own time",
)
holds_nothing(
    tables.InterviewKit,
    tables.InterviewPlan,
    tables.KitQuestion,
    tables.PlannedInterview,
    because="how the company interviews, before anybody came",
)
