"""Jobs over HTTP: look at the preview, start, watch, stop, resume, undo."""

from typing import Any

import django_filters
from drf_spectacular.utils import extend_schema, extend_schema_field
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from ats.api.filters import Filters
from ats.api.serializers import Out
from ats.api.viewsets import Scoped, ScopedViewSet, verb
from ats.jobs.actions import possible, resume_job, start_job, stop_job, undo_job
from ats.jobs.enums import JobState, Outcome
from ats.jobs.models import Job, JobItem
from ats.jobs.registry import KINDS


class ReasonOut(serializers.Serializer[Any]):
    sentence = serializers.CharField()
    count = serializers.IntegerField()


class PreviewOut(serializers.Serializer[Any]):
    will = serializers.IntegerField(help_text="How many can be done.")
    reasons = ReasonOut(many=True, help_text="Why the others cannot, each reason once.")


class JobRow(Out):
    label = serializers.CharField(source="__str__")  # type: ignore[assignment]

    class Meta:
        model = Job
        fields = [
            "id",
            "kind",
            "label",
            "state",
            "is_undoing",
            "total",
            "owner",
            "due_at",
            "created_at",
            "started_at",
            "finished_at",
        ]


class JobOut(JobRow):
    preview = PreviewOut(help_text="As it was looked at first; each item is asked again in turn.")
    params = serializers.DictField(help_text="what was asked for")
    counts = serializers.SerializerMethodField(help_text="How many items per outcome.")
    possible = serializers.SerializerMethodField(help_text="What may be done with it now.")

    class Meta(JobRow.Meta):
        fields = [*JobRow.Meta.fields, "params", "preview", "counts", "possible"]

    def get_counts(self, job: Job) -> dict[str, int]:
        return job.counts()

    def get_possible(self, job: Job) -> list[str]:
        return possible(job)


class JobFilter(Filters):
    state = django_filters.MultipleChoiceFilter(choices=JobState.choices)

    class Meta:
        model = Job
        fields = ["kind"]


class JobViewSet(ScopedViewSet):
    """One's own. A draft is a preview: nothing happens before it is started."""

    queryset = Job.objects.select_related("owner")
    Out = JobOut
    ListOut = JobRow
    filterset_class = JobFilter
    sorts = {"-created_at": ("-pk",), "created_at": ("pk",)}
    tag = "jobs"

    start = verb(start_job)
    stop = verb(stop_job)
    resume = verb(resume_job)
    undo = verb(undo_job)


class JobItemOut(serializers.ModelSerializer[JobItem]):
    name = serializers.SerializerMethodField(help_text="Empty for what you may not see.")

    class Meta:
        model = JobItem
        fields = ["position", "subject_id", "name", "outcome", "detail", "at"]

    @extend_schema_field(serializers.CharField())
    def get_name(self, item: JobItem) -> str:
        name, _ = self.context["names"].get(item.subject_id, ("", ""))
        return str(name)


class JobItemFilter(Filters):
    outcome = django_filters.MultipleChoiceFilter(choices=Outcome.choices)

    class Meta:
        model = JobItem
        fields: list[str] = []


class JobItemViewSet(Scoped):
    """What became of each, or what is foreseen while it waits."""

    queryset = JobItem.objects.all()
    Out = JobItemOut
    filterset_class = JobItemFilter
    sorts = {"position": ("position",)}
    tag = "jobs"

    @extend_schema(operation_id="list_job_items", responses=JobItemOut(many=True))
    def list(self, request: Request, **kwargs: Any) -> Response:
        job = self.find(Job.objects.visible_to(request.user))
        page = self.paginate_queryset(self.filter_queryset(job.items.all())) or []
        names = names_of(job, page, request.user)
        context = {**self.get_serializer_context(), "names": names}
        return self.get_paginated_response(JobItemOut(page, many=True, context=context).data)


def names_of(job: Job, items: Any, user: Any) -> dict[Any, tuple[str, str]]:
    """(name, console address) by subject, of those that this reader may see."""
    names = KINDS[job.kind].names
    return names(user, [item.subject_id for item in items if item.subject_id]) if names else {}
