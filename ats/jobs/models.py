"""Work on many things that a person asked for once: what is to be done, and what became of each."""

from typing import Any

import pgtrigger
from django.conf import settings
from django.db import models
from django.db.models import Count, Q

from ats.base import Row
from ats.jobs.enums import JOB, JobState, Outcome
from ats.jobs.registry import KINDS


class JobSet(models.QuerySet["Job"]):
    def visible_to(self, user: Any) -> "JobSet":
        """One's own, and those about something that a kind shares: nobody else's, site admins
        included, since a job names people and holds letters to them."""
        return self.filter(Q(owner=user) | shared_with(user))


def shared_with(user: Any) -> Q:
    found = Q(pk__in=[])
    for kind in KINDS.values():
        if kind.shared is not None:
            found |= Q(kind=kind.name, about_id__in=kind.shared(user).values("public_id"))
    return found


class Job(Row):
    """A draft is what will be done, to be looked at first; a worker carries out what is queued."""

    kind = models.CharField(max_length=40)
    state = models.CharField(max_length=10, choices=JobState.choices, default=JobState.DRAFT)
    owner = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    # By whom, as events tell it: the person, or a token of theirs.
    actor_kind = models.CharField(max_length=10)
    actor_id = models.UUIDField()
    about_id = models.UUIDField(null=True, help_text="whose readers see it too, if its kind says")
    params = models.JSONField(default=dict)
    preview = models.JSONField(default=dict, help_text="`{will, reasons: [{sentence, count}]}`")
    total = models.PositiveIntegerField()
    is_undoing = models.BooleanField(default=False)
    due_at = models.DateTimeField(help_text="not begun before")
    created_at = models.DateTimeField()
    started_at = models.DateTimeField(null=True)
    finished_at = models.DateTimeField(null=True)
    # Whose turn it is, and who works on it until when: on the database's own clock.
    served_at = models.DateTimeField(null=True)
    lease = models.UUIDField(null=True)
    lease_until = models.DateTimeField(null=True)
    deaths = models.PositiveSmallIntegerField(
        default=0, help_text="workers that died in a row without getting any further"
    )

    objects = JobSet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(state__in=JobState.values), name="job_state_is_known"
            ),
            models.CheckConstraint(
                condition=~Q(state__in=["finished", "undone"]) | Q(finished_at__isnull=False),
                name="a_finished_job_has_its_time",
            ),
        ]
        indexes = [
            # reader: jobs.worker.claim
            models.Index(
                fields=["due_at"],
                name="jobs_to_work_on",
                condition=Q(state__in=["queued", "running"]),
            ),
            # reader: the list of one's own, newest first
            models.Index(fields=["owner", "-id"], name="jobs_of_somebody"),
        ]
        triggers = [
            pgtrigger.FSM(name="job_follows_its_lifecycle", field="state", transitions=JOB.edges())
        ]

    def __str__(self) -> str:
        return KINDS[self.kind].label

    def counts(self) -> dict[str, int]:
        """How many items per outcome, every outcome named."""
        found = dict(self.items.order_by().values_list("outcome").annotate(Count("pk")))
        return {outcome: found.get(outcome, 0) for outcome in Outcome.values}


class JobItemSet(models.QuerySet["JobItem"]):
    def visible_to(self, user: Any) -> "JobItemSet":
        return self.filter(job__in=Job.objects.visible_to(user))


class JobItem(models.Model):
    """One thing of a job. `detail` says in words what became of it, or what is foreseen."""

    job = models.ForeignKey(Job, on_delete=models.CASCADE, related_name="items")
    position = models.PositiveIntegerField()
    subject_id = models.UUIDField(null=True)
    outcome = models.CharField(max_length=10, choices=Outcome.choices, default=Outcome.WAITING)
    detail = models.TextField(blank=True)
    result = models.JSONField(default=dict, help_text="what undoing needs: ids only")
    attempts = models.PositiveSmallIntegerField(default=0)
    at = models.DateTimeField(null=True)

    objects = JobItemSet.as_manager()

    class Meta:
        ordering = ["position"]
        constraints = [
            models.UniqueConstraint(fields=["job", "position"], name="one_item_per_place_in_job"),
            models.UniqueConstraint(fields=["job", "subject_id"], name="a_subject_once_per_job"),
            models.CheckConstraint(
                condition=Q(outcome__in=Outcome.values), name="item_outcome_is_known"
            ),
        ]
        # reader: the next item, the items of one outcome, how many there are of each
        indexes = [models.Index(fields=["job", "outcome", "position"], name="items_by_outcome")]

    def __str__(self) -> str:
        return f"{self.position}: {self.get_outcome_display()}"
