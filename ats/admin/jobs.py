"""Jobs on screen: what will be done, how far it is, what became of each."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from unfold.decorators import display

from ats.admin.base import ScopedAdmin, reader
from ats.admin.buttons import button
from ats.admin.lists import View
from ats.admin.tags import ago, badge
from ats.jobs.actions import possible, resume_job, start_job, stop_job, undo_job
from ats.jobs.enums import JOB, JobState, Outcome
from ats.jobs.models import Job
from ats.jobs.registry import KINDS

SHOWN = 200
REFRESH_SECONDS = "2"
LIVE = (JobState.QUEUED, JobState.RUNNING)


def allows(verb: str) -> Any:
    return lambda job, user: verb in possible(job)


class JobAdmin(ScopedAdmin):
    list_display = ("what", "how_many", "is_at", "asked")
    ordering = ("-pk",)
    called = "Jobs"
    empty_sentence = "You asked for nothing that takes longer."
    views = {
        "live": View("At work", lambda rows, user: rows.filter(state__in=LIVE)),
        "finished": View("Finished", lambda rows, user: rows.filter(state="finished")),
    }
    lifecycle = JOB
    buttons = [
        button(
            start_job,
            label="Start",
            look="primary",
            says="What was previewed is carried out, one after the other. Each is asked again when"
            " its turn comes; you can stop at any time.",
            done="It has begun.",
            shown=allows("start"),
        ),
        button(
            stop_job,
            label="Stop",
            says="After the one that is being worked on nothing more happens, until you resume.",
            done="It has stopped.",
            shown=allows("stop"),
        ),
        button(
            resume_job,
            label="Resume",
            look="primary",
            says="It goes on where it stopped; what failed on our side is tried again.",
            done="It goes on.",
            shown=allows("resume"),
        ),
        button(
            undo_job,
            label="Undo",
            look="danger",
            says="What was done is taken back, the last first. What has changed since, and letters"
            " that were sent, stay as they are and are named.",
            done="It is being undone.",
            shown=allows("undo"),
        ),
    ]

    @display(description="Job")
    def what(self, row: Job) -> str:
        return str(row)

    @display(description="Items", ordering="total")
    def how_many(self, row: Job) -> str:
        return f"{row.total:,}"

    @display(description="State", ordering="state")
    def is_at(self, row: Job) -> Any:
        return badge(row.get_state_display(), row.state)

    @display(description="Asked for", ordering="created_at")
    def asked(self, row: Job) -> str:
        return ago(row.created_at)

    def page(self, request: HttpRequest, row: Job) -> dict[str, Any]:
        counts = row.counts()
        outcome = request.GET.get("outcome", "")
        items = row.items.filter(outcome=outcome) if outcome in Outcome.values else row.items.all()
        shown = list(items.order_by("position")[:SHOWN])
        return {
            "counts": [(each, Outcome(each).label, n) for each, n in counts.items() if n],
            "over": row.total - counts["done" if row.is_undoing else "waiting"],
            "items": self.named(row, shown, reader(request)),
            "is_cut": len(shown) == SHOWN,
            "words": [(name.replace("_name", ""), text) for name, text in said(row)],
            "state_badge": badge(row.get_state_display(), row.state),
            "is_live": row.state in LIVE,
        }

    def named(self, row: Job, items: list[Any], user: Any) -> list[tuple[Any, str, str]]:
        names = KINDS[row.kind].names
        ids = [item.subject_id for item in items if item.subject_id]
        held = names(user, ids) if names else {}
        return [(item, *held.get(item.subject_id, ("", ""))) for item in items]

    def row_view(self, request: HttpRequest, pk: int) -> HttpResponse:
        """A page that looks again by itself while something happens."""
        response = super().row_view(request, pk)
        if getattr(response, "context_data", {}).get("is_live"):
            response["Refresh"] = REFRESH_SECONDS
        return response


def said(row: Job) -> list[tuple[str, str]]:
    """What was asked for, in words: the ids beside the names are for the worker."""
    ids = {name.removesuffix("_name") for name in row.params if name.endswith("_name")}
    return [(name, str(text)) for name, text in row.params.items() if text and name not in ids]
