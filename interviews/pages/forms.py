"""From when to when, per day, in the candidate's own zone: plain fields, no JavaScript."""

from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from django import forms

from interviews.models import CandidateAvailability
from interviews.scheduling.wallclock import zone_names

PER_DAY = 2
TIME = {"type": "time", "step": 900}


class AvailabilityForm(forms.Form):
    """Two times a day; both empty means: not on this day."""

    def __init__(
        self, availability: CandidateAvailability, zone: str, *args: Any, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.days = list(days_of(availability))
        # Only real places: a fixed offset is in nobody's town.
        names = sorted(name for name in zone_names() if "/" in name and name[:3] != "Etc")
        self.fields["timezone"] = forms.ChoiceField(
            label="Your time zone",
            choices=[(name, name.replace("_", " ")) for name in ["UTC", *names]],
            initial=zone if zone in zone_names() else "UTC",
        )
        given = given_by_day(availability, zone)
        for day in self.days:
            known = given.get(day, [])
            for number in range(PER_DAY):
                begins, ends = known[number] if number < len(known) else ("", "")
                for side, value in (("from", begins), ("to", ends)):
                    self.fields[f"{side}-{day}-{number}"] = forms.CharField(
                        required=False,
                        max_length=5,
                        initial=value,
                        label=f"{'From' if side == 'from' else 'To'}, {day:%A} {day.day} {day:%B}",
                        widget=forms.TextInput(TIME),
                    )
        self.fields["note"] = forms.CharField(
            label="Anything we should know",
            required=False,
            max_length=1000,
            initial=availability.note,
            widget=forms.Textarea({"rows": 3}),
        )

    def rows(self) -> Iterator[tuple[date, list[tuple[Any, Any]]]]:
        for day in self.days:
            pairs = [(self[f"from-{day}-{n}"], self[f"to-{day}-{n}"]) for n in range(PER_DAY)]
            yield day, pairs

    def clean(self) -> dict[str, Any]:
        given = self.cleaned_data
        self.asked: list[tuple[str, dict[str, str]]] = []
        for day in self.days:
            for number in range(PER_DAY):
                begins, ends = (given.get(f"{side}-{day}-{number}") for side in ("from", "to"))
                if bool(begins) != bool(ends):
                    self.add_error(f"from-{day}-{number}", "Say from when and to when.")
                elif begins and ends:
                    span = {"begins": f"{day}T{begins}", "ends": f"{day}T{ends}"}
                    self.asked.append((f"from-{day}-{number}", span))
        return given

    def answer(self) -> dict[str, Any]:
        """What the action takes."""
        said = self.cleaned_data
        spans = [span for _, span in self.asked]
        return {"timezone": said["timezone"], "spans": spans, "note": said["note"]}

    def refuse(self, field: str, sentence: str) -> None:
        """`spans/3/ends` is said at the row that it was written in."""
        place = field.split("/")[1] if field.startswith("spans/") else ""
        self.add_error(self.asked[int(place)][0] if place else None, sentence)


def days_of(availability: CandidateAvailability) -> Iterator[date]:
    day = availability.first_day
    while day <= availability.last_day:
        yield day
        day += timedelta(days=1)


def given_by_day(
    availability: CandidateAvailability, zone: str
) -> dict[date, list[tuple[str, str]]]:
    found: dict[date, list[tuple[str, str]]] = {}
    info = ZoneInfo(zone if zone in zone_names() else "UTC")
    for span in availability.spans.all():
        begins, ends = (one.astimezone(info) for one in (span.during.lower, span.during.upper))
        found.setdefault(begins.date(), []).append((f"{begins:%H:%M}", f"{ends:%H:%M}"))
    return found
