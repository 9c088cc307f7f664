"""In and Out, never both. What a scorecard says leaves by one door, `ScorecardOut`."""

from typing import Any

from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers
from rest_framework.exceptions import ValidationError

from ats.accounts.models import User
from ats.api.serializers import In, Out, PublicId, Ref, Refs
from ats.errors import Invalid
from candidates.models import Application
from interviews.actions.scorecard import lacks_evidence
from interviews.enums import INTERVIEW, InterviewKind, Recommendation, SeatRole
from interviews.models import (
    Interview,
    InterviewKit,
    InterviewPlan,
    Loop,
    PanelSeat,
    PlannedInterview,
    Rating,
    Scorecard,
    ScorecardVersion,
)
from interviews.queries.coverage import report_on
from interviews.scheduling.wallclock import instant_of, read_wall
from requisitions.models import Competency, Requisition, Stage

NOTES = 20_000


def colleagues(user: User) -> Any:
    return User.objects.filter(is_active=True)


def stages(user: User) -> Any:
    return Stage.objects.filter(requisition__in=Requisition.objects.visible_to(user))


def planned_interviews(user: User) -> Any:
    plans = InterviewPlan.objects.visible_to(user)
    return PlannedInterview.objects.filter(plan__in=plans).select_related("plan")


# Plans


class PlannedIn(In):
    name = serializers.CharField(max_length=200)
    kind = serializers.ChoiceField(InterviewKind.choices)
    minutes = serializers.IntegerField(min_value=5, max_value=480)
    interviewers = serializers.IntegerField(min_value=1, max_value=10, default=1)
    stage = Ref(stages)
    focus = Refs(lambda user: Competency.objects.all())
    kit = Ref(lambda user: InterviewKit.objects.all(), required=False, allow_null=True)


class PlanIn(In):
    requisition = Ref(Requisition)
    interviews = serializers.ListField(child=PlannedIn(), min_length=1, max_length=50)


class PlannedOut(Out):
    class Meta:
        model = PlannedInterview
        fields = ["id", "name", "kind", "minutes", "interviewers", "stage", "kit", "focus"]


class CoveredOut(serializers.Serializer[Any]):
    competency = PublicId(read_only=True)
    name = serializers.CharField(source="competency.name")
    is_must_have = serializers.BooleanField()
    interviews = serializers.IntegerField()
    interviewers = serializers.IntegerField()
    warning = serializers.CharField()


class NamedOut(serializers.Serializer[Any]):
    id = serializers.UUIDField(source="public_id")
    name = serializers.CharField()


class CoverageOut(serializers.Serializer[Any]):
    """Each competency that is asked for, in order, and everything that is too thin, in words."""

    competencies = CoveredOut(many=True)
    not_asked_for = NamedOut(many=True)
    without_focus = NamedOut(many=True)
    warnings = serializers.ListField(child=serializers.CharField())


class RequisitionCoverageOut(CoverageOut):
    plan = PublicId(read_only=True, allow_null=True)


class PlanRow(Out):
    class Meta:
        model = InterviewPlan
        fields = ["id", "requisition", "version", "is_current", "created_by", "created_at"]


class PlanOut(PlanRow):
    interviews = PlannedOut(many=True)
    coverage = serializers.SerializerMethodField()

    class Meta(PlanRow.Meta):
        fields = [*PlanRow.Meta.fields, "interviews", "coverage"]

    @extend_schema_field(CoverageOut)
    def get_coverage(self, plan: InterviewPlan) -> Any:
        return CoverageOut(report_on(plan)).data


# Loops and interviews


class WallIn(In):
    """A local time and its zone; an hour that does not exist is refused where it was written."""

    starts = serializers.CharField(max_length=19, help_text="2026-12-01T10:00")
    timezone = serializers.CharField(max_length=64, help_text="an IANA name: Europe/Madrid")

    def validate(self, attrs: dict[str, Any]) -> dict[str, Any]:
        try:
            instant_of(read_wall(attrs["starts"], attrs.get("timezone") or self.usual_zone()))
        except Invalid as problem:
            raise ValidationError({problem.field: [problem.sentence]}) from None
        return attrs

    def usual_zone(self) -> str:
        return ""


class SeatIn(In):
    user = Ref(colleagues)
    role = serializers.ChoiceField(SeatRole.choices, default=SeatRole.INTERVIEWER)


class InterviewIn(WallIn):
    planned = Ref(planned_interviews)
    seats = serializers.ListField(child=SeatIn(), min_length=1, max_length=20)
    place = serializers.CharField(max_length=500, required=False, allow_blank=True)
    video_link = serializers.URLField(max_length=500, required=False, allow_blank=True)


class LoopIn(In):
    application = Ref(Application)
    interviews = serializers.ListField(child=InterviewIn(), min_length=1, max_length=50)


class RescheduleIn(WallIn):
    timezone = serializers.CharField(
        max_length=64, required=False, help_text="the interview's own if not given"
    )

    def usual_zone(self) -> str:
        return str(self.context["subject"].timezone)


class ReasonIn(In):
    reason = serializers.CharField(max_length=500)


class SeatOut(Out):
    name = serializers.CharField(source="interviewer.name")

    class Meta:
        model = PanelSeat
        fields = ["id", "interviewer", "name", "role", "rsvp", "is_live"]


class OwedOut(Out):
    """That a scorecard is in may be seen by everybody; what it says may not."""

    class Meta:
        model = Scorecard
        fields = ["id", "interviewer", "status"]


class InterviewOut(Out):
    candidate_name = serializers.CharField(source="candidate.name")
    starts_at = serializers.DateTimeField(source="during.lower")
    ends_at = serializers.DateTimeField(source="during.upper")
    seats = SeatOut(many=True)
    scorecards = OwedOut(many=True)
    possible = serializers.SerializerMethodField()

    class Meta:
        model = Interview
        fields = [
            "id",
            "loop",
            "application",
            "candidate",
            "candidate_name",
            "planned",
            "name",
            "kind",
            "status",
            "wall_date",
            "wall_time",
            "timezone",
            "starts_at",
            "ends_at",
            "place",
            "video_link",
            "sequence",
            "cancel_reason",
            "seats",
            "scorecards",
            "possible",
        ]

    def get_possible(self, interview: Interview) -> list[str]:
        """The verbs that the state allows."""
        return INTERVIEW.possible(interview.status)


class LoopRow(Out):
    class Meta:
        model = Loop
        fields = ["id", "application", "plan", "rubric", "booked_by", "booked_at"]


class LoopOut(LoopRow):
    interviews = InterviewOut(many=True)

    class Meta(LoopRow.Meta):
        fields = [*LoopRow.Meta.fields, "interviews"]


# Scorecards


class RatingIn(In):
    competency = Ref(lambda user: Competency.objects.all())
    value = serializers.IntegerField(
        min_value=1, max_value=5, allow_null=True, help_text="null: not assessed"
    )
    evidence = serializers.CharField(max_length=NOTES, allow_blank=True, default="")

    def validate(self, attrs: dict[str, Any]) -> dict[str, Any]:
        if lacks_evidence(attrs["value"], attrs["evidence"]):
            raise ValidationError({"evidence": [f"A rating of {attrs['value']} needs evidence."]})
        return attrs


class ScorecardIn(In):
    recommendation = serializers.ChoiceField(Recommendation.choices)
    ratings = serializers.ListField(child=RatingIn(), max_length=100)
    notes = serializers.CharField(max_length=NOTES, required=False, allow_blank=True)
    private_notes = serializers.CharField(max_length=NOTES, required=False, allow_blank=True)
    no_decision_reason = serializers.CharField(max_length=NOTES, required=False, allow_blank=True)


class FocusOut(serializers.Serializer[Any]):
    competency = PublicId(source="*", read_only=True)
    name = serializers.CharField()
    definition = serializers.CharField()
    anchors = serializers.DictField(child=serializers.CharField())


class RatingOut(serializers.ModelSerializer[Any]):
    competency = PublicId(read_only=True)
    name = serializers.CharField(source="competency.name")

    class Meta:
        model = Rating
        fields = ["competency", "name", "value", "evidence"]


class VersionOut(serializers.ModelSerializer[Any]):
    class Meta:
        model = ScorecardVersion
        fields = ["number", "submitted_at", "content"]


class ScorecardRow(Out):
    """Rows come with `is_readable`: blind readers are shown null in place of what it says."""

    interview_name = serializers.CharField(source="interview.name")
    interviewer_name = serializers.CharField(source="interviewer.name")
    is_readable = serializers.BooleanField(help_text="false: submit your own first")

    said: tuple[str, ...] = ("recommendation", "excused_because")

    class Meta:
        model = Scorecard
        fields = [
            "id",
            "interview",
            "interview_name",
            "application",
            "interviewer",
            "interviewer_name",
            "status",
            "due_at",
            "submitted_at",
            "is_readable",
            "recommendation",
            "excused_because",
        ]

    def to_representation(self, scorecard: Scorecard) -> dict[str, Any]:
        shown = super().to_representation(scorecard)
        if not shown["is_readable"]:
            shown |= dict.fromkeys(self.said)
        if "private_notes" in shown and scorecard.interviewer != self.context["request"].user:
            shown["private_notes"] = None
        return shown


class ScorecardOut(ScorecardRow):
    focus = FocusOut(source="interview.planned.focus", many=True)
    ratings = RatingOut(many=True)
    versions = VersionOut(many=True)

    said = (
        *ScorecardRow.said,
        "no_decision_reason",
        "notes",
        "private_notes",
        "version",
        "ratings",
        "versions",
    )

    class Meta(ScorecardRow.Meta):
        fields = [
            *ScorecardRow.Meta.fields,
            "rubric",
            "focus",
            "no_decision_reason",
            "notes",
            "private_notes",
            "version",
            "ratings",
            "versions",
        ]
