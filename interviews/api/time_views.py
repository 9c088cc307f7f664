"""People's time over HTTP: profiles, pauses, pools, calendars and busy times."""

from datetime import datetime

import django_filters
from django.db.models import Count, DateTimeField, F, Func, Prefetch, QuerySet
from drf_spectacular.utils import extend_schema
from rest_framework.decorators import action
from rest_framework.request import Request
from rest_framework.response import Response

from ats.api.filters import Filters, RefFilter
from ats.api.parsers import StrictJSONParser, UploadParser
from ats.api.viewsets import ScopedViewSet, change, creation, removal, verb
from interviews.actions.calendar import (
    add_feed,
    block_time,
    read_feed_again,
    remove_feed,
    unblock_time,
    upload_calendar,
)
from interviews.actions.pool import (
    add_pool,
    add_pool_member,
    edit_pool,
    log_ride,
    remove_pool_member,
    retire_pool,
    retrain_member,
    sign_off_member,
)
from interviews.actions.profile import add_profile, edit_profile, end_pause, pause_interviewing
from interviews.api import time_serializers as serializers
from interviews.models import (
    BusyBlock,
    CalendarFeed,
    InterviewerPool,
    InterviewerProfile,
    Pause,
    PoolMember,
)

START = Func(F("during"), function="lower", output_field=DateTimeField())


class ProfileFilter(Filters):
    user = RefFilter("user")

    class Meta:
        model = InterviewerProfile
        fields: list[str] = []


class ProfileViewSet(ScopedViewSet):
    queryset = (
        InterviewerProfile.objects.select_related("user")
        .prefetch_related("hours", Prefetch("pauses", Pause.objects.select_related("profile")))
        .order_by("pk")
    )
    Out = serializers.ProfileOut
    filterset_class = ProfileFilter
    sorts = {"name": ("user__name",)}
    tag = "people's time"

    create = creation(add_profile, In=serializers.NewProfileIn, on="user")
    partial_update = change(edit_profile, In=serializers.ProfileIn)
    pause = verb(pause_interviewing, In=serializers.PauseIn, Out=serializers.PauseOut, status=201)


class PauseFilter(Filters):
    profile = RefFilter("profile")

    class Meta:
        model = Pause
        fields: list[str] = []


class PauseViewSet(ScopedViewSet):
    queryset = Pause.objects.select_related("profile").order_by("pk")
    Out = serializers.PauseOut
    filterset_class = PauseFilter
    sorts = {"begins_on": ("begins_on",)}
    tag = "people's time"

    destroy = removal(end_pause)


class PoolFilter(Filters):
    class Meta:
        model = InterviewerPool
        fields: list[str] = []


class PoolViewSet(ScopedViewSet):
    queryset = InterviewerPool.objects.order_by("pk")
    Out = serializers.PoolOut
    filterset_class = PoolFilter
    sorts = {"name": ("name",)}
    tag = "people's time"

    create = creation(add_pool, In=serializers.PoolIn)
    partial_update = change(edit_pool, In=serializers.PoolIn)
    retire = verb(retire_pool)


class MemberFilter(Filters):
    pool = RefFilter("pool")
    user = RefFilter("user")

    class Meta:
        model = PoolMember
        fields = ["status"]


class MemberViewSet(ScopedViewSet):
    queryset = (
        PoolMember.objects.select_related("pool", "user", "signed_off_by")
        .prefetch_related("rides")
        .order_by("pk")
    )
    Out = serializers.MemberOut
    filterset_class = MemberFilter
    sorts = {"name": ("user__name",)}
    tag = "people's time"

    create = creation(add_pool_member, In=serializers.MemberIn, on="pool")
    rides = verb(log_ride, In=serializers.RideIn)
    sign_off = verb(sign_off_member)
    retrain = verb(retrain_member)
    destroy = removal(remove_pool_member)


class FeedFilter(Filters):
    class Meta:
        model = CalendarFeed
        fields: list[str] = []


class FeedViewSet(ScopedViewSet):
    queryset = CalendarFeed.objects.annotate(busy_times=Count("blocks")).order_by("pk")
    Out = serializers.FeedOut
    filterset_class = FeedFilter
    sorts = {"name": ("name",)}
    tag = "people's time"

    create = creation(add_feed, In=serializers.FeedIn)
    read = verb(read_feed_again)
    destroy = removal(remove_feed)

    @extend_schema(
        operation_id="upload_calendar",
        request=serializers.UploadIn,
        responses={201: serializers.FeedOut},
    )
    @action(detail=False, methods=["post"], parser_classes=[StrictJSONParser, UploadParser])
    def upload(self, request: Request) -> Response:
        """An .ics file instead of a feed, in the part `file`: read once. The next of the same name
        takes its place."""
        self.permit("upload_calendar", None)
        said = self.parse(serializers.UploadIn)
        feed = upload_calendar(content=said.pop("file").read(), **said, by=self.actor)
        return self.represent(self.get_queryset().get(pk=feed.pk), status=201)


class BusyFilter(Filters):
    user = RefFilter("user")
    begins = django_filters.IsoDateTimeFilter(method="after", label="busy after this time")
    ends = django_filters.IsoDateTimeFilter(method="before", label="busy before this time")

    class Meta:
        model = BusyBlock
        fields: list[str] = []

    def after(self, rows: QuerySet[BusyBlock], name: str, value: datetime) -> QuerySet[BusyBlock]:
        return rows.filter(during__endswith__gt=value)

    def before(self, rows: QuerySet[BusyBlock], name: str, value: datetime) -> QuerySet[BusyBlock]:
        return rows.filter(during__startswith__lt=value)


class BusyViewSet(ScopedViewSet):
    queryset = BusyBlock.objects.select_related("user", "feed").annotate(start=START)
    Out = serializers.BusyOut
    filterset_class = BusyFilter
    sorts = {"begins": ("start",)}
    tag = "people's time"

    create = creation(block_time, In=serializers.BlockIn)
    destroy = removal(unblock_time)
