"""Addresses that only these tests have: a probe for every way in which the kernel can fail."""

from typing import Any

from django.db import transaction
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.urls import include, path
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.routers import SimpleRouter

from ats.accounts.models import User
from ats.api.filters import Filters, RefFilter
from ats.api.parsers import StrictJSONParser, UploadParser
from ats.api.serializers import In, Out, Ref, Refs
from ats.api.views import ApiView, PublicView
from ats.api.viewsets import ScopedViewSet, change, creation, verb
from ats.base import lock
from ats.errors import Blocked, DomainError, Invalid, Stale, TransitionNotAllowed
from ats.events.actors import Actor
from ats.events.log import record
from ats.links import LinkBroken, LinkExpired
from ats.urls import urlpatterns as product

REFUSALS: dict[str, Exception] = {
    "refused": DomainError("No seat is open."),
    "state": TransitionNotAllowed("hire", "rejected", ["reactivate", "note"]),
    "blocked": Blocked(["A scorecard is missing.", "The offer is not accepted."]),
    "stale": Stale("The application has moved since."),
    "invalid": Invalid("reason", "Give a reason."),
    "expired": LinkExpired("This link has expired."),
    "broken": LinkBroken("This link is not complete."),
}


def colleagues(user: User) -> QuerySet[User]:
    """Everyone but the hidden."""
    return User.objects.exclude(name="Hidden")


@transaction.atomic
def rename_user(user: User, *, name: str, by: Actor) -> User:
    user = lock(user)
    user.name = name
    user.save(update_fields=["name"])
    record("user.invited", user, by=by)
    return user


@transaction.atomic
def appoint_user(user: User, *, reports: list[User] = (), by: Actor) -> User:  # type: ignore[assignment]
    for report in reports:
        User.objects.filter(pk=report.pk).update(manager=user)
    return user


for probe in (rename_user, appoint_user):
    probe.__module__ = "ats.probes"  # the kernel's rules decide


class ProbeOut(Out):
    class Meta:
        model = User
        fields = ["id", "name", "manager"]


class RowIn(In):
    label = serializers.CharField(max_length=5)
    n = serializers.IntegerField(required=False)


class RenameIn(In):
    name = serializers.CharField(max_length=200)


class AppointIn(In):
    boss = Ref(colleagues)
    reports = Refs(colleagues, required=False)


class DeepIn(In):
    title = serializers.CharField(max_length=200)
    rows = RowIn(many=True, required=False)
    tags = serializers.ListField(child=serializers.CharField(max_length=3), required=False)


class ProbeFilter(Filters):
    manager = RefFilter("manager")


class ProbeViewSet(ScopedViewSet):
    queryset = User.objects.all()
    Out = ProbeOut
    filterset_class = ProbeFilter
    sorts = {
        "name": ("name",),
        "-name": ("-name",),
        "mixed": ("name", "-timezone"),
        "manager": ("manager",),
    }

    create = creation(appoint_user, In=AppointIn, on="boss")
    partial_update = change(rename_user, In=RenameIn)
    rename = verb(rename_user, In=RenameIn)

    def visible_to(self, user: User) -> QuerySet[User]:
        return colleagues(user)


class RefusalView(ApiView):
    def post(self, request: Request, kind: str) -> Response:
        raise REFUSALS[kind]


class ConstraintView(ApiView):
    def post(self, request: Request) -> Response:
        User.objects.create_user("ANN@northlight.example", name="Ann too")
        return Response()


class DeepView(PublicView):
    def post(self, request: Request) -> Response:
        return Response(self.parse(DeepIn))


class BugView(PublicView):
    def get(self, request: Request) -> Response:
        raise RuntimeError("a secret of the inside")


class CountView(PublicView):
    """Each effect is a row; the answer tells which."""

    parser_classes = [StrictJSONParser, UploadParser]

    def post(self, request: Request) -> Response:
        n = User.objects.count()
        user = User.objects.create_user(f"counted{n}@x.example", name=request.data.get("name", ""))
        if request.data.get("fail"):
            return Response({"kept": False}, 409)
        return Response({"id": user.public_id, "n": n}, 201, headers={"Location": "/there"})


class SlowView(ApiView):
    def post(self, request: Request) -> Response:
        User.objects.create_user(f"{request.data['email']}", name="Slow")
        return Response({"done": True}, 201)


def page(request: HttpRequest) -> HttpResponse:
    return HttpResponse("a page that wants a CSRF token")


router = SimpleRouter(trailing_slash=False)
router.register("probes", ProbeViewSet, "probe")
probes: list[Any] = [
    path("refusals/<str:kind>", RefusalView.as_view()),
    path("constraint", ConstraintView.as_view()),
    path("deep", DeepView.as_view()),
    path("bug", BugView.as_view()),
    path("count", CountView.as_view()),
    path("slow", SlowView.as_view()),
    path("page", page),
    *router.urls,
]
urlpatterns = [path("api/v1/", include(probes)), *product]
