"""Where people come from: by hand, tracking links, referrals, agencies; who may come again."""

from typing import Any

from drf_spectacular.utils import extend_schema, extend_schema_field
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from ats.accounts.models import User
from ats.api.filters import Filters, RefFilter
from ats.api.parsers import StrictJSONParser, UploadParser
from ats.api.serializers import In, Out, Ref
from ats.api.viewsets import Scoped, ScopedViewSet, change, creation, verb
from candidates.actions.agency import (
    add_agency,
    add_agency_contact,
    edit_agency,
    restore_agency,
    retire_agency,
)
from candidates.actions.sourcing import (
    add_tracking_link,
    refer_candidate,
    retire_tracking_link,
    set_reapply_policy,
    submit_agency_candidate,
)
from candidates.api.inputs import UploadField
from candidates.enums import ReapplyRule, Relation
from candidates.models import (
    Agency,
    AgencyContact,
    AgencySubmission,
    Referral,
    Source,
    TrackingLink,
)
from candidates.queries.origins import policy_of
from candidates.queries.sourcing import applied_through, link_url, referrable
from requisitions.models import JobPosting, Requisition


class PersonIn(In):
    requisition = Ref(Requisition)
    name = serializers.CharField(max_length=400)
    email = serializers.EmailField(max_length=254)
    phone = serializers.CharField(max_length=40, required=False, allow_blank=True)
    resume = UploadField(required=False, max_length=1000)


class AddApplicationIn(PersonIn):
    source = Ref(Source, required=False, help_text="Sourced, unless said.")  # type: ignore[assignment]
    credited_to = Ref(lambda user: User.objects.filter(is_active=True), required=False)


class AgencySubmissionIn(PersonIn):
    contact = Ref(AgencyContact)


class TrackingLinkIn(In):
    posting = Ref(
        lambda user: JobPosting.objects.filter(requisition__in=Requisition.objects.visible_to(user))
    )
    source = Ref(Source)  # type: ignore[assignment]
    campaign = serializers.CharField(max_length=200, required=False, allow_blank=True)


class ReferralIn(In):
    posting = Ref(lambda user: referrable())
    name = serializers.CharField(max_length=400)
    email = serializers.EmailField(max_length=254)
    relation = serializers.ChoiceField(choices=Relation.choices)
    note = serializers.CharField(max_length=10_000, required=False, allow_blank=True)


class AgencyIn(In):
    name = serializers.CharField(max_length=200)
    ownership_days = serializers.IntegerField(min_value=0, max_value=3650, required=False)


class AgencyContactIn(In):
    name = serializers.CharField(max_length=200)
    email = serializers.EmailField(max_length=254)


class ReapplyIn(In):
    rule = serializers.ChoiceField(choices=ReapplyRule.choices)
    days = serializers.IntegerField(min_value=1, max_value=3650, required=False)


class TrackingLinkOut(Out):
    url = serializers.SerializerMethodField()
    applications = serializers.IntegerField(
        source="applied", help_text="How many applied through it."
    )

    class Meta:
        model = TrackingLink
        fields = [
            "id",
            "posting",
            "source",
            "campaign",
            "url",
            "visits",
            "applications",
            "created_at",
            "retired_at",
        ]

    def get_url(self, link: TrackingLink) -> str:
        return link_url(link)


class ReferralOut(Out):
    status = serializers.SerializerMethodField()

    class Meta:
        model = Referral
        fields = [
            "id",
            "posting",
            "referrer",
            "name",
            "email",
            "relation",
            "note",
            "asked_at",
            "status",
        ]

    @extend_schema_field(serializers.ChoiceField(choices=["asked", "applied"]))
    def get_status(self, referral: Referral) -> str:
        """Whether they applied because of it; nothing about an application that was there."""
        return "applied" if referral.is_credited else "asked"


class AgencyContactOut(Out):
    class Meta:
        model = AgencyContact
        fields = ["id", "name", "email"]


class AgencyOut(Out):
    contacts = AgencyContactOut(many=True)

    class Meta:
        model = Agency
        fields = ["id", "name", "ownership_days", "source", "contacts", "retired_at"]


class AgencySubmissionOut(Out):
    agency = serializers.CharField(source="contact.agency.name")

    class Meta:
        model = AgencySubmission
        fields = [
            "id",
            "application",
            "contact",
            "agency",
            "submitted_at",
            "owned_until",
            "decision",
        ]


class ReapplyOut(serializers.Serializer[Any]):
    rule = serializers.ChoiceField(choices=ReapplyRule.choices)
    days = serializers.IntegerField()
    words = serializers.CharField(source="*", help_text="The policy in a sentence.")


class AgencySubmissionFilter(Filters):
    application = RefFilter("application")

    class Meta:
        model = AgencySubmission
        fields: list[str] = []


class TrackingLinkFilter(Filters):
    posting = RefFilter("posting")

    class Meta:
        model = TrackingLink
        fields: list[str] = []


class TrackingLinkViewSet(ScopedViewSet):
    queryset = applied_through(TrackingLink.objects.select_related("posting", "source"))
    Out = TrackingLinkOut
    filterset_class = TrackingLinkFilter
    sorts = {"-created_at": ("-created_at",), "created_at": ("created_at",)}
    tag = "sourcing"

    create = creation(add_tracking_link, In=TrackingLinkIn, on="posting")
    retire = verb(retire_tracking_link)


class ReferralViewSet(ScopedViewSet):
    """Everybody who works here may refer somebody to a published role."""

    queryset = Referral.objects.select_related("posting", "referrer")
    Out = ReferralOut
    sorts = {"-asked_at": ("-asked_at",), "asked_at": ("asked_at",)}
    tag = "sourcing"

    create = creation(refer_candidate, In=ReferralIn, on="posting")


class AgencyViewSet(ScopedViewSet):
    queryset = Agency.objects.select_related("source").prefetch_related("contacts")
    Out = AgencyOut
    sorts = {"name": ("name",)}
    tag = "sourcing"

    create = creation(add_agency, In=AgencyIn)
    partial_update = change(edit_agency, In=AgencyIn)
    retire = verb(retire_agency)
    restore = verb(restore_agency)
    contacts = verb(add_agency_contact, In=AgencyContactIn, Out=AgencyContactOut, status=201)


class AgencySubmissionViewSet(ScopedViewSet):
    """Who sent whom, and whether it counts."""

    queryset = AgencySubmission.objects.select_related("application", "contact__agency")
    Out = AgencySubmissionOut
    filterset_class = AgencySubmissionFilter
    sorts = {"-submitted_at": ("-submitted_at",), "submitted_at": ("submitted_at",)}
    tag = "sourcing"
    parser_classes = [StrictJSONParser, UploadParser]

    create = creation(submit_agency_candidate, In=AgencySubmissionIn, on="requisition")


class ReapplyView(Scoped):
    """When the same person may apply for this requisition again."""

    queryset = Requisition.objects.all()
    Out = ReapplyOut
    tag = "sourcing"

    @extend_schema(operation_id="read_reapply_policy", responses=ReapplyOut)
    def retrieve(self, request: Request, **kwargs: Any) -> Response:
        return self.represent(policy_of(self.get_object()))

    @extend_schema(operation_id="set_reapply_policy", request=ReapplyIn, responses=ReapplyOut)
    def put(self, request: Request, **kwargs: Any) -> Response:
        requisition = self.get_object()
        self.permit("candidates.set_reapply_policy", requisition)
        said = self.parse(ReapplyIn)
        return self.represent(set_reapply_policy(requisition, **said, by=self.actor))
