"""What is read and decided in a debrief."""

from typing import Any

from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from ats.api.serializers import In, Out, PublicId, Refs
from interviews.api.serializers import NOTES, colleagues
from interviews.enums import Decision, Recommendation
from interviews.models import Debrief, DecisionRecord
from interviews.queries.debriefs import matrix, verify


class OverrideIn(In):
    override_reason = serializers.CharField(max_length=500, required=False, allow_blank=True)


class DecideIn(In):
    decision = serializers.ChoiceField(Decision.choices)
    reason = serializers.CharField(max_length=NOTES)
    participants = Refs(colleagues)


class LineOut(serializers.Serializer[Any]):
    scorecard = serializers.UUIDField()
    interview = serializers.CharField()
    interviewer = serializers.UUIDField()
    name = serializers.CharField()
    recommendation = serializers.ChoiceField(Recommendation.choices)
    version = serializers.IntegerField()
    ratings = serializers.DictField(child=serializers.IntegerField(allow_null=True))


class DebriefRow(Out):
    decision = PublicId(source="record", read_only=True, default=None)

    class Meta:
        model = Debrief
        fields = ["id", "loop", "application", "status", "opened_at", "decision"]


class DebriefOut(DebriefRow):
    matrix = serializers.SerializerMethodField()

    class Meta(DebriefRow.Meta):
        fields = [*DebriefRow.Meta.fields, "override_reason", "combined", "matrix"]

    @extend_schema_field(LineOut(many=True))
    def get_matrix(self, debrief: Debrief) -> Any:
        return LineOut(matrix(debrief), many=True).data


class DecisionOut(Out):
    verification = serializers.SerializerMethodField()

    class Meta:
        model = DecisionRecord
        fields = [
            "id",
            "debrief",
            "decision",
            "reason",
            "decided_by",
            "participants",
            "decided_at",
            "content",
            "hash",
            "verification",
        ]

    @extend_schema_field(serializers.ChoiceField(["ok", "erased", "tampered"]))
    def get_verification(self, frozen: DecisionRecord) -> str:
        """Whether the record still says what was frozen."""
        return verify(frozen)
