"""What waits for my answer, and who answers while somebody is away."""

from typing import Any

from django.db.models import QuerySet
from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from ats.accounts.models import User
from ats.api.serializers import In, Out, Ref
from ats.api.viewsets import ScopedViewSet, creation, verb
from ats.approvals import matters
from ats.approvals.delegations import delegate_approvals, revoke_delegation
from ats.approvals.enums import ApprovalState
from ats.approvals.models import Approval, Delegation, Replacement, Seat, Step, Vote
from ats.approvals.waiting import pending_for, waiting_for

# What `ApprovalOut` shows of a round, to be fetched with it.
ROUND = (
    "steps__seats__user",
    "steps__votes__user",
    "steps__votes__on_behalf_of",
    "steps__replacements__was",
    "steps__replacements__becomes",
)


class PersonOut(Out):
    class Meta:
        model = User
        fields = ["id", "name"]


class SeatOut(serializers.ModelSerializer[Seat]):
    id = serializers.UUIDField(source="user.public_id", help_text="the person's")
    name = serializers.CharField(source="user.name")

    class Meta:
        model = Seat
        fields = ["id", "name", "role"]


class VoteOut(serializers.ModelSerializer[Vote]):
    user = PersonOut()
    on_behalf_of = PersonOut()

    class Meta:
        model = Vote
        fields = ["user", "on_behalf_of", "decision", "comment", "at"]


class ReplacementOut(serializers.ModelSerializer[Replacement]):
    was = PersonOut()
    becomes = PersonOut()

    class Meta:
        model = Replacement
        fields = ["was", "becomes", "reason", "at"]


class StepOut(serializers.ModelSerializer[Step]):
    people = SeatOut(source="seats", many=True)
    votes = VoteOut(many=True)
    replacements = ReplacementOut(many=True)
    is_stuck = serializers.SerializerMethodField(help_text="too few can answer")

    class Meta:
        model = Step
        fields = ["order", "needed", "people", "votes", "replacements", "completed_at", "is_stuck"]

    def get_is_stuck(self, step: Step) -> bool:
        return step.short_since is not None and step.completed_at is None


class ApprovalOut(Out):
    """One round of an approval."""

    steps = StepOut(many=True)
    waiting_for = serializers.SerializerMethodField(help_text="whose answer is awaited now")

    class Meta:
        model = Approval
        fields = [
            "id",
            "state",
            "requested_by",
            "requested_at",
            "note",
            "decided_at",
            "waiting_for",
            "steps",
        ]

    @extend_schema_field(PersonOut(many=True))
    def get_waiting_for(self, approval: Approval) -> Any:
        if approval.state != ApprovalState.PENDING:
            return []
        return PersonOut(waiting_for(approval).order_by("name", "pk"), many=True).data


class FactOut(serializers.Serializer[Any]):
    name = serializers.CharField()
    value = serializers.CharField()


class AboutOut(serializers.Serializer[Any]):
    kind = serializers.CharField()
    id = serializers.UUIDField(source="row.public_id")
    title = serializers.CharField()
    facts = serializers.SerializerMethodField()

    @extend_schema_field(FactOut(many=True))
    def get_facts(self, about: matters.About) -> list[dict[str, str]]:
        return [{"name": name, "value": value} for name, value in about.facts]


class WaitingOut(Out):
    """`about` is what is to be approved; null in a round that a later one has replaced."""

    requested_by = PersonOut()
    about = serializers.SerializerMethodField()

    class Meta:
        model = Approval
        fields = ["id", "state", "requested_by", "requested_at", "note", "about"]

    @extend_schema_field(AboutOut(allow_null=True))
    def get_about(self, approval: Approval) -> Any:
        told = self.context.get("told") or matters.about([approval])
        found = told.get(approval.pk)
        return AboutOut(found).data if found else None


class AskedOut(WaitingOut):
    steps = StepOut(many=True)

    class Meta(WaitingOut.Meta):
        fields = [*WaitingOut.Meta.fields, "decided_at", "steps"]


class CommentIn(In):
    """`asked` is the id of the approval that you read: if it is asked anew since, 409."""

    comment = serializers.CharField(max_length=5000, required=False, allow_blank=True)
    asked = serializers.UUIDField(required=False)


class ReturnIn(In):
    comment = serializers.CharField(max_length=5000)
    asked = serializers.UUIDField(required=False)


def colleagues(user: Any) -> QuerySet[User]:
    return User.objects.filter(is_active=True)


class ReplaceIn(In):
    was = Ref(lambda user: User.objects.all())
    becomes = Ref(colleagues)
    reason = serializers.CharField(max_length=500)


def rounds_of(view: Any) -> Response:
    """A page of the rounds of what `view` is about; the row decides who sees them."""
    approval = view.get_object().approval
    rounds = approval.rounds() if approval else Approval.objects.none()
    page = view.paginate_queryset(rounds.select_related("requested_by").prefetch_related(*ROUND))
    response: Response = view.get_paginated_response(view.get_serializer(page, many=True).data)
    return response


class ApprovalViewSet(ScopedViewSet):
    """The list is what waits for my answer, longest waiting first, with what I stand in for."""

    queryset = Approval.objects.select_related("requested_by")
    Out = AskedOut
    ListOut = WaitingOut
    sorts = {"requested_at": ("requested_at",)}
    tag = "approvals"

    approve = verb(matters.approve, In=CommentIn)
    # `return` is a word of Python's, not of an approver's.
    vars()["return"] = verb(matters.send_back, In=ReturnIn)

    def visible_to(self, user: Any) -> QuerySet[Approval]:
        rows = self.queryset.all()
        if self.action == "list":
            waiting: QuerySet[Approval] = rows.filter(pk__in=pending_for(user).order_by())
            return waiting
        named: QuerySet[Approval] = rows.naming(user).prefetch_related(*ROUND)
        return named

    def list(self, request: Request) -> Response:
        page = self.paginate_queryset(self.filter_queryset(self.get_queryset()))
        context = {**self.get_serializer_context(), "told": matters.about(page or ())}
        return self.get_paginated_response(WaitingOut(page, many=True, context=context).data)


class DelegationIn(In):
    person = Ref(colleagues, default=serializers.CurrentUserDefault())
    delegate = Ref(colleagues)
    starts_at = serializers.DateTimeField()
    ends_at = serializers.DateTimeField()


class DelegationOut(Out):
    person = PersonOut()
    delegate = PersonOut()

    class Meta:
        model = Delegation
        fields = ["id", "person", "delegate", "starts_at", "ends_at", "revoked_at"]


class DelegationViewSet(ScopedViewSet):
    """My absences and those that I stand in for; a site admin sees and enters everybody's."""

    queryset = Delegation.objects.select_related("person", "delegate")
    Out = DelegationOut
    sorts = {"-starts_at": ("-starts_at",), "starts_at": ("starts_at",)}
    tag = "approvals"

    create = creation(delegate_approvals, In=DelegationIn, on="person")
    revoke = verb(revoke_delegation)
