"""What a resume says: its text, what it suggests, and where it mentions what is asked for."""

from typing import Any

from django.db.models import QuerySet
from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from ats.api.viewsets import ScopedViewSet, verb
from candidates.actions.resume import read_resume_again
from candidates.api.serializers import NamedOut, ResumeOut
from candidates.models import Resume
from candidates.queries.evidence import evidence_of
from candidates.resumes.found import NOTES


class MentionOut(serializers.Serializer[Any]):
    words = serializers.CharField()
    before = serializers.CharField()
    after = serializers.CharField()
    start = serializers.IntegerField(help_text="In code points of the text.")
    end = serializers.IntegerField()


class EvidenceOut(serializers.Serializer[Any]):
    competency = NamedOut()
    is_must_have = serializers.BooleanField()
    mentions = MentionOut(many=True)


class PhoneFoundOut(serializers.Serializer[Any]):
    e164 = serializers.CharField()
    written = serializers.CharField()


class LinkFoundOut(serializers.Serializer[Any]):
    kind = serializers.CharField()
    url = serializers.CharField()


class SuggestedOut(serializers.Serializer[Any]):
    """What the file says about the person. It changes nothing that they said themselves."""

    name = serializers.CharField()
    location = serializers.CharField()
    emails = serializers.ListField(child=serializers.CharField())
    phones = PhoneFoundOut(many=True)
    links = LinkFoundOut(many=True)


NOTHING: dict[str, Any] = {"name": "", "location": "", "emails": [], "phones": [], "links": []}


class ReadResumeOut(ResumeOut):
    suggested = serializers.SerializerMethodField()
    notes = serializers.SerializerMethodField(help_text="What was left out, in sentences.")
    evidence = serializers.SerializerMethodField(
        help_text="By competency of the requisition, in its order: no score and no rank."
    )

    class Meta(ResumeOut.Meta):
        fields = [
            *ResumeOut.Meta.fields,
            "candidate",
            "application",
            "language",
            "text",
            "suggested",
            "notes",
            "evidence",
        ]

    @extend_schema_field(SuggestedOut)
    def get_suggested(self, resume: Resume) -> dict[str, Any]:
        return {key: resume.suggested.get(key, empty) for key, empty in NOTHING.items()}

    def get_notes(self, resume: Resume) -> list[str]:
        return [NOTES[note] for note in resume.suggested.get("notes", []) if note in NOTES]

    @extend_schema_field(EvidenceOut(many=True))
    def get_evidence(self, resume: Resume) -> list[dict[str, Any]]:
        if resume.application is None:
            return []
        found = evidence_of(resume, resume.application.requisition)
        return list(EvidenceOut(found, many=True).data)


class ResumeViewSet(ScopedViewSet):
    queryset = Resume.objects.select_related("candidate", "application__requisition")
    Out = ReadResumeOut
    ListOut = ResumeOut
    sorts = {"-uploaded_at": ("-uploaded_at",)}
    tag = "applications"

    read_again = verb(read_resume_again)

    def get_queryset(self) -> QuerySet[Resume]:
        rows: QuerySet[Resume] = super().get_queryset()
        return rows.defer("text", "suggested") if self.action == "list" else rows
