"""The words and shapes that every page of the console shares: `{% load console %}`."""

from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

from django import template
from django.forms import BoundField, CheckboxInput, CheckboxSelectMultiple, RadioSelect
from django.utils import timezone
from django.utils.html import format_html
from django.utils.safestring import SafeString

from ats import clock
from ats.admin.base import list_url as list_url_of
from ats.admin.base import url_of
from ats.admin.lists import ViewFilter

register = template.Library()

GOOD = {"open", "active", "published", "hired", "accepted", "filled", "submitted", "sent"}
GOOD |= {"approved", "completed", "yes", "strong_yes", "decided", "offer", "read"}
WAITING = {"pending_approval", "on_hold", "needs_action", "tentative", "queued", "sending"}
WAITING |= {"scheduled", "unknown", "pending", "more_evidence", "waiting"}
BAD = {"rejected", "cancelled", "declined", "failed", "no", "strong_no", "reject", "no_show"}
BAD |= {"rescinded", "expired", "not_read"}


# Less than anybody counts.
MOMENTS = "under a minute"


def tone_of(value: str) -> str:
    tones = ((GOOD, "good"), (WAITING, "waiting"), (BAD, "bad"))
    return next((tone for values, tone in tones if value in values), "plain")


@register.simple_tag
def badge(words: str, value: str = "") -> SafeString:
    tone = tone_of(value or words)
    return format_html('<span class="ev-badge ev-{}">{}</span>', tone, words.capitalize())


@register.filter
def status_badge(row: Any) -> SafeString:
    return badge(row.get_status_display(), row.status)


@register.filter
def moment(at: datetime | None) -> str:
    """`Tue 1 Dec 2026, 10:00` in the reader's zone."""
    if at is None:
        return ""
    here = timezone.localtime(at)
    return f"{here:%a} {here.day} {here:%b %Y, %H:%M}"


@register.filter
def day(at: datetime | date | None) -> str:
    if at is None:
        return ""
    here = timezone.localtime(at) if isinstance(at, datetime) else at
    return f"{here.day} {here:%b %Y}"


@register.filter
def hours(during: Any) -> str:
    """`Tue 1 Dec 2026, 10:00 to 10:45 CET` in the reader's zone, which is named."""
    begins, ends = timezone.localtime(during.lower), timezone.localtime(during.upper)
    return f"{moment(begins)} to {ends:%H:%M} {begins.tzname()}"


@register.filter
def hours_in(during: Any, zone: str) -> str:
    begins, ends = (at.astimezone(ZoneInfo(zone)) for at in (during.lower, during.upper))
    return f"{begins:%a} {begins.day} {begins:%b}, {begins:%H:%M} to {ends:%H:%M}, {zone}"


@register.filter
def ago(at: datetime | None) -> str:
    """`3 days ago`, `in 2 hours`: by the product's own clock."""
    if at is None:
        return ""
    seconds = (clock.now() - at).total_seconds()
    said = span(abs(seconds))
    if said == MOMENTS:
        return "just now"
    return f"{said} ago" if seconds > 0 else f"in {said}"


def span(seconds: float) -> str:
    for name, length in (("day", 86_400), ("hour", 3_600), ("minute", 60)):
        if (count := int(seconds // length)) >= 1:
            return f"{count} {name}{'' if count == 1 else 's'}"
    return MOMENTS


@register.filter
def days_since(at: datetime | None) -> int:
    return (clock.now() - at).days if at else 0


@register.filter
def initials(name: Any) -> str:
    words = str(name).split()
    return "".join(word[0] for word in (words[:1] + words[1:][-1:])).upper()


@register.filter
def items_of(mapping: Any, key: Any) -> Any:
    """A template cannot look a key up by variable."""
    return mapping.get(key) if mapping else None


@register.filter
def spoken(value: str | None) -> str:
    return (value or "").replace("_", " ")


@register.simple_tag
def views_of(changelist: Any) -> list[dict[str, Any]]:
    """The named views of a list, and what it is narrowed to, each with its address."""
    chips = []
    for spec in changelist.filter_specs:
        if isinstance(spec, ViewFilter):
            chips += [
                {"label": each["display"], "url": each["query_string"], "on": each["selected"]}
                for each in spec.choices(changelist)
            ]
        elif spec.value():
            url = changelist.get_query_string(remove=[spec.parameter_name])
            chips.append({"label": f"One {spec.title} only", "url": url, "on": True, "off": True})
    return chips


@register.simple_tag
def page_of(row: Any, page: str = "change") -> str:
    return url_of(row, page)


@register.simple_tag
def do_url(row: Any, verb: str) -> str:
    return url_of(row, "do", verb=verb)


@register.simple_tag
def list_of(row: Any, query: str = "") -> str:
    return list_url_of(type(row), query)


@register.simple_tag
def zone_name() -> str:
    return timezone.get_current_timezone_name()


@register.filter
def kind_of_input(field: BoundField) -> str:
    widget = field.field.widget
    if isinstance(widget, CheckboxSelectMultiple | RadioSelect):
        return "choices"
    return "tick" if isinstance(widget, CheckboxInput) else "plain"
