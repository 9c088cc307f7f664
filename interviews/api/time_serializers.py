"""People's time: hours, pools, calendars and busy times. Whose calendar says what stays theirs."""

from typing import Any
from urllib.parse import urlsplit

from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers
from rest_framework.request import Request

from ats.accounts.models import User
from ats.api.serializers import In, Out, PublicId, Ref
from interviews.actions.profile import WEEKDAYS
from interviews.api.serializers import colleagues
from interviews.enums import RideKind
from interviews.models import (
    BusyBlock,
    CalendarFeed,
    Interview,
    InterviewerPool,
    InterviewerProfile,
    Pause,
    PoolMember,
)
from interviews.queries.training import missing


class HoursIn(In):
    weekday = serializers.ChoiceField(WEEKDAYS)
    begins = serializers.CharField(max_length=5, help_text="09:00")
    ends = serializers.CharField(max_length=5, help_text="17:30, or 24:00")


class ProfileIn(In):
    timezone = serializers.CharField(max_length=64, required=False, help_text="an IANA name")
    hours = serializers.ListField(child=HoursIn(), max_length=70, required=False)
    buffer_minutes = serializers.IntegerField(min_value=0, max_value=120, required=False)
    daily_limit = serializers.IntegerField(
        min_value=1, max_value=20, required=False, allow_null=True
    )
    weekly_limit = serializers.IntegerField(
        min_value=1, max_value=60, required=False, allow_null=True
    )


class NewProfileIn(ProfileIn):
    user = Ref(colleagues)


class PauseIn(In):
    begins_on = serializers.DateField()
    ends_on = serializers.DateField(help_text="the last day of the pause")
    reason = serializers.CharField(max_length=200, required=False, allow_blank=True)


class PauseOut(Out):
    class Meta:
        model = Pause
        fields = ["id", "begins_on", "ends_on", "reason"]

    def to_representation(self, pause: Pause) -> dict[str, Any]:
        """Why somebody is away is their own affair."""
        shown = super().to_representation(pause)
        if pause.profile.user_id != reader(self).pk:
            shown["reason"] = None
        return shown


class HoursOut(serializers.Serializer[Any]):
    weekday = serializers.SerializerMethodField()
    begins = serializers.SerializerMethodField()
    ends = serializers.SerializerMethodField()

    @extend_schema_field(serializers.ChoiceField(WEEKDAYS))
    def get_weekday(self, span: Any) -> str:
        return WEEKDAYS[span.weekday]

    def get_begins(self, span: Any) -> str:
        return clock_of(span.begins)

    def get_ends(self, span: Any) -> str:
        return clock_of(span.ends)


class ProfileOut(Out):
    name = serializers.CharField(source="user.name")
    hours = HoursOut(many=True)
    pauses = PauseOut(many=True)

    class Meta:
        model = InterviewerProfile
        fields = [
            *("id", "user", "name", "timezone", "hours", "buffer_minutes"),
            *("daily_limit", "weekly_limit", "pauses"),
        ]


class PoolIn(In):
    name = serializers.CharField(max_length=200)
    shadows_needed = serializers.IntegerField(min_value=0, max_value=20, required=False)
    reverse_shadows_needed = serializers.IntegerField(min_value=0, max_value=20, required=False)


class PoolOut(Out):
    class Meta:
        model = InterviewerPool
        fields = ["id", "name", "shadows_needed", "reverse_shadows_needed", "retired_at"]


class MemberIn(In):
    pool = Ref(InterviewerPool)
    user = Ref(colleagues)
    is_qualified = serializers.BooleanField(required=False, help_text="without any training here")


class RideIn(In):
    kind = serializers.ChoiceField(RideKind.choices)
    interview = Ref(Interview, required=False, allow_null=True)


class MemberOut(Out):
    name = serializers.CharField(source="user.name")
    missing = serializers.SerializerMethodField()

    class Meta:
        model = PoolMember
        fields = [
            *("id", "pool", "user", "name", "status", "joined_at"),
            *("signed_off_at", "signed_off_by", "missing"),
        ]

    def get_missing(self, member: PoolMember) -> list[str]:
        """What is left to do before the sign-off, in words."""
        return missing(member)


class FeedIn(In):
    url = serializers.CharField(max_length=2000, help_text="the secret address of the calendar")
    name = serializers.CharField(max_length=200, required=False, allow_blank=True)


class UploadIn(In):
    file = serializers.FileField(allow_empty_file=True, help_text="an .ics file, at most 10 MB")
    name = serializers.CharField(max_length=200, required=False, allow_blank=True)


class FeedOut(Out):
    host = serializers.SerializerMethodField()
    busy_times = serializers.IntegerField(help_text="how many are known")

    class Meta:
        model = CalendarFeed
        fields = [
            *("id", "name", "host", "read_at", "tried_at", "next_at", "known_until"),
            *("busy_times", "problem", "skipped"),
        ]

    def get_host(self, feed: CalendarFeed) -> str:
        """Where it lies; the rest of the address is a secret and shown to nobody."""
        return urlsplit(feed.url).hostname or ""


class BlockIn(In):
    begins = serializers.DateTimeField()
    ends = serializers.DateTimeField()
    note = serializers.CharField(max_length=200, required=False, allow_blank=True)


class BusyOut(Out):
    begins = serializers.DateTimeField(source="during.lower")
    ends = serializers.DateTimeField(source="during.upper")
    feed = PublicId(read_only=True)

    class Meta:
        model = BusyBlock
        fields = ["id", "user", "begins", "ends", "feed", "note"]

    def to_representation(self, block: BusyBlock) -> dict[str, Any]:
        """Others learn that somebody is busy, never why or by which calendar."""
        shown = super().to_representation(block)
        if block.user_id != reader(self).pk:
            shown |= {"feed": None, "note": None}
        return shown


def reader(serializer: serializers.BaseSerializer[Any]) -> User:
    request: Request = serializer.context["request"]
    user: User = request.user  # type: ignore[assignment]  # nobody else gets here
    return user


def clock_of(minutes: int) -> str:
    return f"{minutes // 60:02}:{minutes % 60:02}"
