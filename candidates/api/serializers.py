"""What goes out about candidates, applications and offers."""

from typing import Any

from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from ats.api.approvals import ApprovalOut
from ats.api.serializers import Out, PublicId
from ats.custom_fields.checking import shown
from ats.custom_fields.queries import shown_to
from ats.outbox.models import Delivery
from candidates.actions.offer_version import REVISABLE
from candidates.enums import APPLICATION, OFFER, ApplicationStatus
from candidates.models import (
    Application,
    Attachment,
    Candidate,
    EmailAddress,
    FillPlan,
    FollowUp,
    Note,
    NoteVersion,
    Offer,
    OfferTemplate,
    PhoneNumber,
    RejectionReason,
    Resume,
    Source,
    StageVisit,
    TalentPool,
)
from candidates.queries.applications import blockers
from candidates.queries.letters import without_links
from candidates.queries.offers import outside_range


class NamedOut(serializers.Serializer[Any]):
    id = serializers.UUIDField(source="public_id")
    name = serializers.CharField()


class SourceOut(Out):
    class Meta:
        model = Source
        fields = ["id", "name", "kind"]


class RejectionReasonOut(Out):
    class Meta:
        model = RejectionReason
        fields = ["id", "name", "kind"]


class ResumeOut(Out):
    url = serializers.SerializerMethodField()
    why = serializers.CharField(help_text="Why there is no text, in words.")

    class Meta:
        model = Resume
        fields = [
            "id",
            "original_name",
            "content_type",
            "size",
            "status",
            "why",
            "uploaded_at",
            "url",
        ]

    def get_url(self, resume: Resume) -> str:
        return f"/api/v1/resumes/{resume.public_id}/file"


class AttachmentOut(Out):
    url = serializers.SerializerMethodField()

    class Meta:
        model = Attachment
        fields = [
            "id",
            "purpose",
            "question",
            "visibility",
            "uploaded_by",
            "original_name",
            "content_type",
            "size",
            "uploaded_at",
            "url",
        ]

    def get_url(self, attachment: Attachment) -> str:
        return f"/api/v1/attachments/{attachment.public_id}/file"


class VisitOut(serializers.ModelSerializer[StageVisit]):
    stage = serializers.SerializerMethodField(help_text="As it was called when they left it.")
    moved_by = PublicId(read_only=True)

    @extend_schema_field(NamedOut)
    def get_stage(self, visit: Any) -> dict[str, str]:
        return {"id": str(visit.stage.public_id), "name": visit.stage_name}

    class Meta:
        model = StageVisit
        fields = ["stage", "entered_at", "left_at", "moved_by"]


class ApplicationRow(Out):
    """A list shows what one scans for."""

    candidate = NamedOut()
    stage_name = serializers.CharField(source="stage.name")

    class Meta:
        model = Application
        fields = [
            "id",
            "candidate",
            "requisition",
            "stage",
            "stage_name",
            "status",
            "applied_at",
            "needs_attention",
        ]


class ApplicationOut(ApplicationRow):
    source = SourceOut()  # type: ignore[assignment]
    resume = serializers.SerializerMethodField()
    attachments = AttachmentOut(many=True)
    visits = VisitOut(many=True)
    possible = serializers.SerializerMethodField(help_text="The verbs that the status allows.")
    blockers = serializers.SerializerMethodField(
        help_text="By verb, in sentences: what has to be done first."
    )
    rejection_reason = RejectionReasonOut()
    transferred_from = serializers.SerializerMethodField(help_text="Null if you may not see it.")
    transferred_to = serializers.SerializerMethodField(help_text="Null if you may not see it.")

    class Meta(ApplicationRow.Meta):
        fields = [
            *ApplicationRow.Meta.fields,
            "posting",
            "source",
            "credited_to",
            "closed_at",
            "handed_off_at",
            "transferred_from",
            "transferred_to",
            "submitted",
            "resume",
            "attachments",
            "visits",
            "possible",
            "blockers",
            "rejection_reason",
            "rejection_note",
        ]

    @extend_schema_field(ResumeOut(allow_null=True))
    def get_resume(self, application: Application) -> dict[str, Any] | None:
        found = max(application.resumes.all(), key=lambda resume: resume.pk, default=None)
        return ResumeOut(found).data if found else None

    def get_possible(self, application: Application) -> list[str]:
        verbs = [*APPLICATION.possible(application.status)]
        if application.status == ApplicationStatus.ACTIVE:
            verbs.append("move")
        if application.status == ApplicationStatus.HIRED and not application.handed_off_at:
            verbs.append("hand_off")
        return sorted(verbs)

    @extend_schema_field(serializers.UUIDField(allow_null=True))
    def get_transferred_from(self, application: Application) -> str | None:
        return self.seen(pk=application.transferred_from_id)

    @extend_schema_field(serializers.UUIDField(allow_null=True))
    def get_transferred_to(self, application: Application) -> str | None:
        """Asked for only where there can be one."""
        is_gone = application.status == ApplicationStatus.TRANSFERRED
        return self.seen(transferred_from=application) if is_gone else None

    def seen(self, **where: Any) -> str | None:
        if None in where.values():
            return None
        rows = Application.objects.visible_to(self.context["request"].user).filter(**where)
        found = rows.values_list("public_id", flat=True).first()
        return str(found) if found else None

    def get_blockers(self, application: Application) -> dict[str, list[str]]:
        found = {verb: blockers(application, verb) for verb in self.get_possible(application)}
        return {verb: sentences for verb, sentences in found.items() if sentences}

    def to_representation(self, application: Application) -> dict[str, Any]:
        """How it was decided, and that there is an offer, is for the team alone."""
        shown: dict[str, Any] = super().to_representation(application)
        user = self.context["request"].user
        if not user.has_perm("candidates.view_application", application):
            shown |= {"rejection_reason": None, "rejection_note": "", "blockers": {}}
        return shown


class LetterOut(Out):
    body = serializers.SerializerMethodField()

    class Meta:
        model = Delivery
        fields = [
            "id",
            "letter",
            "state",
            "to_name",
            "to_address",
            "subject",
            "body",
            "due_at",
            "sent_at",
            "created_at",
        ]

    def get_body(self, delivery: Delivery) -> str:
        return without_links(delivery.body)


class NoteVersionOut(serializers.ModelSerializer[NoteVersion]):
    class Meta:
        model = NoteVersion
        fields = ["body", "until"]


class NamedColleagueOut(serializers.Serializer[Any]):
    id = serializers.UUIDField(source="user.public_id")
    name = serializers.CharField(source="user.name")


class NoteOut(Out):
    author = NamedOut()
    mentions = NamedColleagueOut(many=True)
    versions = NoteVersionOut(many=True, help_text="What it said before, the latest first.")

    class Meta:
        model = Note
        fields = [
            "id",
            "application",
            "author",
            "body",
            "visibility",
            "mentions",
            "versions",
            "created_at",
            "edited_at",
        ]


class FollowUpOut(Out):
    candidate = NamedOut(source="application.candidate")

    class Meta:
        model = FollowUp
        fields = [
            "id",
            "application",
            "candidate",
            "user",
            "asked_by",
            "text",
            "due_at",
            "created_at",
            "done_at",
        ]


class EmailOut(serializers.ModelSerializer[EmailAddress]):
    class Meta:
        model = EmailAddress
        fields = ["address", "status", "is_primary"]


class PhoneOut(serializers.ModelSerializer[PhoneNumber]):
    class Meta:
        model = PhoneNumber
        fields = ["number", "status"]


class CandidateRow(Out):
    tags = NamedOut(many=True)
    snippet = serializers.SerializerMethodField(
        help_text="Where a resume says what was searched for, as safe HTML with <mark>."
    )

    class Meta:
        model = Candidate
        fields = ["id", "name", "location", "do_not_contact", "created_at", "tags", "snippet"]

    def get_snippet(self, candidate: Candidate) -> str:
        found: dict[int, str] = self.context.get("snippets", {})
        return found.get(candidate.pk, "")


class CandidateOut(Out):
    emails = EmailOut(many=True)
    phones = PhoneOut(many=True)
    tags = NamedOut(many=True)
    pools = serializers.SerializerMethodField(help_text="Talent pools, for whoever recruits.")
    custom = serializers.SerializerMethodField(help_text="Values of custom fields by their key.")
    applications = serializers.SerializerMethodField()
    merged_from = serializers.SerializerMethodField(
        help_text="The ids of those who were merged into this person; they answer with this one."
    )
    notice = serializers.SerializerMethodField(
        help_text="In words, when the address holds an id that was merged into this person."
    )

    class Meta:
        model = Candidate
        fields = [
            "id",
            "name",
            "location",
            "do_not_contact",
            "created_at",
            "timezone",
            "language",
            "links",
            "owner",
            "emails",
            "phones",
            "tags",
            "pools",
            "custom",
            "applications",
            "merged_from",
            "notice",
        ]

    @extend_schema_field(NamedOut(many=True))
    def get_pools(self, candidate: Candidate) -> Any:
        rows = candidate.pools.all() & TalentPool.objects.visible_to(self.context["request"].user)
        return NamedOut(rows, many=True).data

    @extend_schema_field(serializers.DictField())
    def get_custom(self, candidate: Candidate) -> dict[str, Any]:
        return shown(shown_to(self.context["request"].user, "candidate", candidate))

    def get_merged_from(self, candidate: Candidate) -> list[str]:
        gone = Candidate.objects.filter(merged_into=candidate).order_by("pk")
        return [str(each) for each in gone.values_list("public_id", flat=True)]

    def get_notice(self, candidate: Candidate) -> str:
        asked = str(self.context["view"].kwargs.get("id", ""))
        if asked.lower() not in self.get_merged_from(candidate):
            return ""
        return f"This id was merged into {candidate.name}, who is shown here."

    @extend_schema_field(ApplicationRow(many=True))
    def get_applications(self, candidate: Candidate) -> list[dict[str, Any]]:
        """Only those that this reader may see."""
        user = self.context["request"].user
        rows = Application.objects.visible_to(user).filter(candidate=candidate)
        rows = rows.select_related("candidate", "requisition", "stage").order_by("-applied_at")
        return list(ApplicationRow(rows, many=True, context=self.context).data)


class OfferRow(Out):
    candidate = NamedOut(source="application.candidate")
    possible = serializers.SerializerMethodField()

    class Meta:
        model = Offer
        fields = [
            "id",
            "application",
            "candidate",
            "version",
            "opening",
            "status",
            "possible",
            "pay_amount",
            "pay_currency",
            "pay_period",
            "start_on",
            "expires_at",
            "created_at",
            "sent_at",
            "decided_at",
        ]

    def get_possible(self, offer: Offer) -> list[str]:
        """What the team may do; accepting is the candidate's."""
        verbs = set(OFFER.possible(offer.status)) - {"accept"}
        is_hired = offer.application.status == ApplicationStatus.HIRED
        verbs |= {"revise"} if offer.status in REVISABLE else set()
        return sorted(verbs - {"rescind"} if is_hired else verbs)


class OfferOut(OfferRow):
    approval = ApprovalOut()
    outside_range = serializers.SerializerMethodField(
        help_text="Why the pay needs an approval, in words; empty inside of an approved range."
    )
    pdf = serializers.SerializerMethodField()

    class Meta(OfferRow.Meta):
        fields = [
            *OfferRow.Meta.fields,
            "letter",
            "letter_as_sent",
            "letter_sha256",
            "pdf",
            "outside_range",
            "decline_reason",
            "approval",
        ]

    def get_outside_range(self, offer: Offer) -> str:
        return outside_range(offer)

    def get_pdf(self, offer: Offer) -> str:
        return f"/api/v1/offers/{offer.public_id}/pdf"


class OfferTemplateOut(Out):
    class Meta:
        model = OfferTemplate
        fields = ["id", "name", "body", "edited_at", "edited_by", "retired_at"]


class FillPlanOut(Out):
    sentence = serializers.CharField(source="__str__")

    class Meta:
        model = FillPlan
        fields = [
            "id",
            "requisition",
            "choice",
            "reason",
            "letter",
            "after_days",
            "pool",
            "sentence",
            "chosen_by",
            "chosen_at",
            "job",
        ]


class CardOut(serializers.Serializer[Any]):
    id = serializers.UUIDField(source="public_id")
    candidate = serializers.UUIDField(source="candidate__public_id")
    name = serializers.CharField(source="candidate__name")
    applied_at = serializers.DateTimeField()
    entered_at = serializers.DateTimeField(help_text="the stage")
    needs_attention = serializers.CharField()


class ColumnOut(serializers.Serializer[Any]):
    stage = serializers.UUIDField()
    name = serializers.CharField()
    kind = serializers.CharField()
    target_days = serializers.IntegerField()
    count = serializers.IntegerField()
    cards = CardOut(many=True)


class BoardOut(serializers.Serializer[Any]):
    requisition = serializers.UUIDField()
    columns = ColumnOut(many=True)


class OfferLinkOut(serializers.Serializer[Any]):
    """What the person who got the offer is shown; the terms only while they can matter."""

    status = serializers.CharField()
    company = serializers.CharField()
    title = serializers.CharField()
    name = serializers.CharField()
    terms = serializers.DictField(allow_null=True)
