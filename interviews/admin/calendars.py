"""Calendars and busy times, and when candidates can come."""

from typing import Any
from zoneinfo import ZoneInfo

from django import forms
from django.http import HttpRequest
from unfold.decorators import display

from ats.admin.base import ScopedAdmin, reader
from ats.admin.buttons import button
from ats.admin.forms import ActionForm
from ats.admin.tags import ago, moment
from ats.errors import DomainError
from candidates.enums import ApplicationStatus
from interviews.actions.availability import ask_availability, close_availability
from interviews.actions.calendar import (
    add_feed,
    block_time,
    read_feed_again,
    remove_feed,
    unblock_time,
    upload_calendar,
)
from interviews.admin.booking import Wall
from interviews.enums import AVAILABILITY
from interviews.scheduling.wallclock import instant_of, read_wall

DATE = {"type": "date"}


class FeedForm(ActionForm):
    url = forms.CharField(
        label="Secret address of your calendar",
        max_length=2000,
        help_text="Your calendar program gives it under sharing, as iCal or ICS. Only you see it.",
    )
    name = forms.CharField(label="Name", max_length=200, required=False)


class UploadForm(ActionForm):
    file = forms.FileField(label="File", help_text="An .ics file, at most 10 MB.")
    name = forms.CharField(
        label="Name", max_length=200, required=False, help_text="A former one of it is replaced."
    )

    def arguments(self) -> dict[str, Any]:
        return {"content": self.cleaned_data["file"].read(), "name": self.cleaned_data["name"]}


class FeedAdmin(ScopedAdmin):
    called = "My calendars"
    list_filter = ()
    list_display = ("name", "last_read", "problem")
    ordering = ("name", "pk")
    page_template = "admin/console/facts.html"
    empty_sentence = "Give your calendar, so that nobody books you while you are busy."
    openers = [
        button(
            add_feed,
            label="Give a calendar",
            icon="add",
            says="It is read every quarter of an hour. Kept is when you are busy, never with what.",
            done="The calendar is being read.",
            Form=FeedForm,
        ),
        button(
            upload_calendar,
            label="Upload a file",
            icon="upload",
            says="Read once. Kept is when you are busy, never with what.",
            done="The file was read.",
            Form=UploadForm,
        ),
    ]
    buttons = [
        button(
            read_feed_again,
            label="Read it now",
            says="Within a minute, all of it.",
            done="It is being read.",
            shown=lambda feed, user: bool(feed.url),
        ),
        button(
            remove_feed,
            label="Remove",
            look="danger",
            says="You can be booked at the times that it held.",
            done="The calendar and its times are gone.",
        ),
    ]

    @display(description="Last read", ordering="read_at")
    def last_read(self, row: Any) -> str:
        return ago(row.read_at) if row.read_at else "not yet"

    def after(self, row: Any) -> str:
        return super().after(row if row is not None and row.pk else None)

    def page(self, request: HttpRequest, row: Any) -> dict[str, Any]:
        facts = [
            ("Last read", moment(row.read_at) or "not yet"),
            ("Busy times known", row.blocks.count()),
            ("Known until", moment(row.known_until)),
            ("Last trouble", row.problem),
        ]
        return {"facts": [*facts, *(("Not read", sentence) for sentence in row.skipped)]}


class BlockForm(ActionForm):
    begins = Wall(label="From")
    ends = Wall(label="To")
    note = forms.CharField(
        label="Why", max_length=200, required=False, help_text="Only you see this."
    )

    def clean(self) -> dict[str, Any]:
        given = self.cleaned_data
        for name in ("begins", "ends"):
            if name in given:
                try:
                    given[name] = instant_of(read_wall(given[name], self.user.timezone))
                except DomainError as problem:
                    self.add_error(name, problem.sentence)
        return given


class BusyAdmin(ScopedAdmin):
    called = "Busy times"
    list_filter = ()
    list_display = ("who", "begins", "ends")
    search_fields = ("user__name",)
    related = ("user",)
    ordering = ("during", "pk")
    page_template = "admin/console/facts.html"
    empty_sentence = "Nobody said when they are busy."
    openers = [
        button(
            block_time,
            label="Block time",
            icon="block",
            says="You are not booked then. The time is in the zone of your account.",
            done="The time is blocked.",
            Form=BlockForm,
        )
    ]
    buttons = [
        button(
            unblock_time,
            label="Take back",
            look="danger",
            says="You can be booked then.",
            done="The time is free again.",
            shown=lambda block, user: block.feed_id is None,
        )
    ]

    @display(description="Who", ordering="user__name")
    def who(self, row: Any) -> str:
        return str(row.user)

    @display(description="From", ordering="during")
    def begins(self, row: Any) -> str:
        return spoken(row.during.lower, row.user.timezone)

    @display(description="To")
    def ends(self, row: Any) -> str:
        return spoken(row.during.upper, row.user.timezone)

    def after(self, row: Any) -> str:
        return super().after(row if row is not None and row.pk else None)

    def page(self, request: HttpRequest, row: Any) -> dict[str, Any]:
        facts = [("Who", row.user), ("From", self.begins(row)), ("To", self.ends(row))]
        if row.user_id == reader(request).pk:
            facts.append(("Why", row.note or (row.feed and row.feed.name)))
        return {"facts": facts}


def spoken(at: Any, timezone: str) -> str:
    return f"{at.astimezone(ZoneInfo(timezone)):%a %Y-%m-%d %H:%M} {timezone}"


class AskForm(ActionForm):
    first_day = forms.DateField(
        label="First day", required=False, widget=forms.DateInput(attrs=DATE)
    )
    last_day = forms.DateField(
        label="Last day",
        required=False,
        widget=forms.DateInput(attrs=DATE),
        help_text="Empty: two weeks from the day after tomorrow.",
    )
    message = forms.CharField(
        label="A word to the candidate",
        max_length=1000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
    )


ask = button(
    ask_availability,
    label="Ask when they can come",
    says="The candidate gets a letter with a link, and answers in their own time zone without an"
    " account.",
    done="The letter is on its way.",
    Form=AskForm,
    shown=lambda application, user: application.status == ApplicationStatus.ACTIVE,
)


class AvailabilityAdmin(ScopedAdmin):
    called = "Candidates' times"
    list_filter = ()
    list_display = ("who", "status", "first_day", "last_day", "given")
    search_fields = ("application__candidate__name",)
    related = ("application__candidate", "application__requisition")
    ordering = ("-asked_at", "-pk")
    lifecycle = AVAILABILITY
    page_template = "admin/console/facts.html"
    empty_sentence = "No candidate was asked when they can come."
    buttons = [
        button(
            close_availability,
            label="Close",
            says="The candidate can no longer change their times.",
            done="The times stand.",
        )
    ]

    @display(description="Candidate", ordering="application__candidate__name")
    def who(self, row: Any) -> str:
        return str(row.application.candidate)

    @display(description="Given", ordering="given_at")
    def given(self, row: Any) -> str:
        return ago(row.given_at) if row.given_at else "not yet"

    def page(self, request: HttpRequest, row: Any) -> dict[str, Any]:
        zone = reader(request).timezone
        facts = [
            ("Candidate", row.application.candidate),
            ("Requisition", row.application.requisition),
            ("Asked for", f"{row.first_day} to {row.last_day}"),
            ("Their time zone", row.timezone),
            ("Their note", row.note),
        ]
        spans = [
            ("Can come", f"{spoken(one.during.lower, zone)} to {until(one, zone)}")
            for one in row.spans.all()
        ]
        return {"facts": [*facts, *spans]}


def until(span: Any, timezone: str) -> str:
    return f"{span.during.upper.astimezone(ZoneInfo(timezone)):%H:%M}"
