"""One's own hours, limits and pauses."""

from typing import Any

from django import forms
from django.http import HttpRequest
from unfold.decorators import display

from ats.admin.base import ScopedAdmin, reader
from ats.admin.buttons import button
from ats.admin.forms import ActionForm
from ats.errors import DomainError
from interviews.actions.profile import (
    USUAL,
    WEEKDAYS,
    add_profile,
    edit_profile,
    pause_interviewing,
)
from interviews.admin.booking import Zone
from interviews.models import InterviewerProfile

DATE = {"type": "date"}


def spoken_hours(hours: Any) -> str:
    return "\n".join(f"{one['weekday']} {one['begins']}-{one['ends']}" for one in hours)


def hours_of(profile: InterviewerProfile) -> str:
    return spoken_hours(
        {
            "weekday": WEEKDAYS[one.weekday],
            "begins": f"{one.begins // 60:02}:{one.begins % 60:02}",
            "ends": f"{one.ends // 60:02}:{one.ends % 60:02}",
        }
        for one in profile.hours.all()
    )


class HoursForm(ActionForm):
    """One line for each working time; what cannot be read is said with its line."""

    timezone = Zone(label="Time zone")
    hours = forms.CharField(
        label="Working hours",
        required=False,
        widget=forms.Textarea(attrs={"rows": 8}),
        help_text="A line each: monday 09:00-12:30. Several a day are fine.",
    )
    buffer_minutes = forms.IntegerField(
        label="Minutes free around each interview", min_value=0, max_value=120, initial=0
    )
    daily_limit = forms.IntegerField(
        label="At most this many interviews a day", min_value=1, max_value=20, required=False
    )
    weekly_limit = forms.IntegerField(label="And a week", min_value=1, max_value=60, required=False)

    def prepare(self) -> None:
        row = self.subject
        if row is None:
            self.initial = {"timezone": self.user.timezone, "hours": spoken_hours(USUAL)}
        else:
            names = ("timezone", "buffer_minutes", "daily_limit", "weekly_limit")
            self.initial = {name: getattr(row, name) for name in names}
            self.initial["hours"] = hours_of(row)

    def clean_hours(self) -> list[dict[str, str]]:
        lines = [line.strip().lower() for line in self.cleaned_data["hours"].splitlines()]
        return [hours_in(line) for line in filter(None, lines)]

    def arguments(self) -> dict[str, Any]:
        return self.cleaned_data if self.subject else {"user": self.user, **self.cleaned_data}

    def refuse(self, refusal: DomainError) -> None:
        field, _, place = str(getattr(refusal, "field", "")).partition("/")
        number = place.partition("/")[0]
        where = f"Line {int(number) + 1}: " if number else ""
        self.add_error(field if field in self.fields else None, where + refusal.sentence)


def hours_in(line: str) -> dict[str, str]:
    weekday, _, times = line.partition(" ")
    begins, dash, ends = times.replace(" ", "").partition("-")
    if not dash:
        raise forms.ValidationError(f"{line}: write monday 09:00-17:00, say.")
    return {"weekday": weekday, "begins": begins, "ends": ends}


class PauseForm(ActionForm):
    begins_on = forms.DateField(label="First day", widget=forms.DateInput(attrs=DATE))
    ends_on = forms.DateField(label="Last day", widget=forms.DateInput(attrs=DATE))
    reason = forms.CharField(
        label="Why", max_length=200, required=False, help_text="Only you see this."
    )


class ProfileAdmin(ScopedAdmin):
    called = "Interviewers' hours"
    list_filter = ()
    list_display = ("who", "timezone", "buffer_minutes", "daily_limit", "weekly_limit")
    search_fields = ("user__name",)
    related = ("user",)
    ordering = ("user__name", "pk")
    page_template = "admin/console/facts.html"
    empty_sentence = "Whoever gives no hours works Monday to Friday, nine to five, in their zone."
    openers = [
        button(
            add_profile,
            label="Give my hours",
            icon="add",
            says="Interviews are placed within them; the limits are never passed.",
            done="Your hours are kept.",
            Form=HoursForm,
        )
    ]
    buttons = [
        button(
            edit_profile,
            label="Edit",
            look="primary",
            says="New interviews are placed within these hours. What is booked stays booked.",
            done="The hours are kept.",
            Form=HoursForm,
        ),
        button(
            pause_interviewing,
            label="Pause interviewing",
            says="No new interviews on these days. What is booked stays booked.",
            done="No new interviews will be placed on these days.",
            Form=PauseForm,
        ),
    ]

    @display(description="Who", ordering="user__name")
    def who(self, row: Any) -> str:
        return str(row.user)

    def page(self, request: HttpRequest, row: Any) -> dict[str, Any]:
        is_own = row.user_id == reader(request).pk
        facts = [
            ("Time zone", row.timezone),
            ("Working hours", hours_of(row).replace("\n", ", ")),
            ("Free around each interview", f"{row.buffer_minutes} minutes"),
            ("At most a day", row.daily_limit),
            ("At most a week", row.weekly_limit),
        ]
        for pause in row.pauses.all():
            why = f" ({pause.reason})" if is_own and pause.reason else ""
            facts.append(("Pause", f"{pause.begins_on} to {pause.ends_on}{why}"))
        return {"facts": facts}
