"""What goes out about requisitions."""

from typing import Any

from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from ats.api.approvals import ApprovalOut
from ats.api.approvals import PersonOut as PersonOut
from ats.api.serializers import Out
from ats.custom_fields.checking import shown
from ats.custom_fields.queries import shown_to
from requisitions.enums import OPENING, POSTING, REQUISITION
from requisitions.models import (
    Department,
    HiringTeamMember,
    JobPosting,
    Office,
    Opening,
    PayRange,
    PipelineTemplate,
    Qualification,
    Question,
    Requisition,
    RequisitionCompetency,
    Stage,
)
from requisitions.models.change import PAY_FIELDS
from requisitions.queries.pay_gate import is_pay_shown, pay_warnings


class DepartmentOut(Out):
    class Meta:
        model = Department
        fields = ["id", "name", "parent", "head"]


class OfficeOut(Out):
    class Meta:
        model = Office
        fields = ["id", "name", "city", "region", "country", "timezone"]


class PipelineTemplateOut(Out):
    class Meta:
        model = PipelineTemplate
        fields = ["id", "name", "is_default", "stages", "retired_at"]


class StageOut(Out):
    class Meta:
        model = Stage
        fields = [
            "id",
            "requisition",
            "name",
            "kind",
            "milestone",
            "position",
            "target_days",
            "retired_at",
        ]


class OpeningOut(Out):
    possible = serializers.SerializerMethodField()

    class Meta:
        model = Opening
        fields = [
            "id",
            "requisition",
            "status",
            "is_backfill",
            "target_start_on",
            "filled_by",
            "filled_at",
            "close_reason",
            "approved_at",
            "possible",
        ]

    def get_possible(self, opening: Opening) -> list[str]:
        return OPENING.possible(opening.status)


class QuestionOut(Out):
    class Meta:
        model = Question
        fields = [
            "id",
            "requisition",
            "kind",
            "label",
            "description",
            "is_required",
            "options",
            "knock_out",
            "position",
            "retired_at",
        ]


class PostingOut(Out):
    possible = serializers.SerializerMethodField()

    class Meta:
        model = JobPosting
        fields = [
            "id",
            "requisition",
            "title",
            "language",
            "is_internal",
            "words",
            "status",
            "version",
            "publish_at",
            "published_at",
            "expires_at",
            "closed_at",
            "is_held",
            "confidential_reason",
            "possible",
        ]

    def get_possible(self, posting: JobPosting) -> list[str]:
        """Without `unschedule` where nothing is scheduled."""
        idle = {"unschedule"} if posting.publish_at is None else set()
        return [verb for verb in POSTING.possible(posting.status) if verb not in idle]


class MemberOut(Out):
    user = PersonOut()

    class Meta:
        model = HiringTeamMember
        fields = ["id", "requisition", "user", "role", "is_responsible"]


class PayRangeOut(serializers.ModelSerializer[PayRange]):
    class Meta:
        model = PayRange
        fields = ["scope", "minimum", "maximum", "currency", "period", "note"]


class QualificationOut(serializers.ModelSerializer[Qualification]):
    class Meta:
        model = Qualification
        fields = ["is_required", "text", "tree", "explained"]


class RequisitionCompetencyOut(serializers.ModelSerializer[RequisitionCompetency]):
    competency = serializers.UUIDField(source="competency.public_id")
    name = serializers.CharField(source="competency.name")

    class Meta:
        model = RequisitionCompetency
        fields = ["competency", "name", "is_must_have", "weight", "weight_reason"]


class SimilarOut(serializers.Serializer[Any]):
    id = serializers.UUIDField(source="requisition.public_id")
    number = serializers.CharField(source="requisition.number")
    title = serializers.CharField(source="requisition.title")
    score = serializers.FloatField(source="match.score", help_text="0 to 1.")
    reasons = serializers.ListField(source="match.reasons", child=serializers.CharField())


class RequisitionRow(Out):
    """A list shows what one scans for."""

    department = serializers.CharField(source="department.name", default=None)
    openings = serializers.IntegerField(source="seats")
    openings_filled = serializers.IntegerField(source="seats_filled")

    class Meta:
        model = Requisition
        fields = [
            "id",
            "number",
            "title",
            "status",
            "department",
            "locations",
            "workplace",
            "employment_type",
            "is_confidential",
            "openings",
            "openings_filled",
            "created_at",
            "opened_at",
            "closed_at",
        ]


HIDDEN = "null for whoever may not see what it pays."


class RequisitionOut(Out):
    department = DepartmentOut()
    offices = OfficeOut(many=True)
    pay_ranges = PayRangeOut(many=True, allow_null=True, help_text=HIDDEN)
    advertised_pay = serializers.JSONField(allow_null=True, help_text=HIDDEN)
    qualifications = QualificationOut(many=True)
    competencies = RequisitionCompetencyOut(many=True)
    team = MemberOut(many=True)
    openings = OpeningOut(many=True)
    stages = StageOut(many=True)
    postings = PostingOut(many=True)
    approval = ApprovalOut()
    reading = serializers.JSONField(
        allow_null=True,
        help_text=f"How the listing was read: warnings, unplaced lines and sources. {HIDDEN}",
    )
    custom = serializers.SerializerMethodField(help_text="Values of custom fields by their key.")
    pay_warnings = serializers.SerializerMethodField(
        help_text="Where the advertised figure and the ranges beside it cannot both hold; null"
        " for whoever may not see what it pays."
    )
    possible = serializers.SerializerMethodField(help_text="The verbs that the state allows.")

    class Meta:
        model = Requisition
        fields = [
            "id",
            "number",
            "title",
            "status",
            "possible",
            "department",
            "offices",
            "locations",
            "workplace",
            "employment_type",
            "level",
            "is_confidential",
            "summary",
            "highlights",
            "responsibilities",
            "qualifications",
            "benefits",
            "topics",
            "guidance",
            "faq",
            "advertised_pay",
            "pay_ranges",
            "custom",
            "pay_warnings",
            "competencies",
            "team",
            "openings",
            "stages",
            "postings",
            "approval",
            "reading",
            "created_by",
            "created_at",
            "opened_at",
            "closed_at",
            "close_reason",
        ]

    def get_custom(self, requisition: Requisition) -> dict[str, Any]:
        return shown(shown_to(self.context["request"].user, "requisition", requisition))

    def to_representation(self, requisition: Requisition) -> dict[str, Any]:
        shown = super().to_representation(requisition)
        if not is_pay_shown(requisition, self.context["request"].user):
            shown |= dict.fromkeys((*PAY_FIELDS, "pay_warnings", "reading"))
        return shown

    @extend_schema_field(serializers.ListField(child=serializers.CharField(), allow_null=True))
    def get_pay_warnings(self, requisition: Requisition) -> list[str]:
        return pay_warnings(requisition)

    def get_possible(self, requisition: Requisition) -> list[str]:
        return REQUISITION.possible(requisition.status)
