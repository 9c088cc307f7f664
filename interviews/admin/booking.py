"""Choose from the plan, give times and people: the form behind "Book interviews"."""

from collections.abc import Iterator
from typing import Any
from zoneinfo import available_timezones

from django import forms

from ats.admin.forms import ActionForm, People, colleagues
from candidates.models import Application
from interviews.models import InterviewPlan, PlannedInterview


def current_plan(application: Application) -> InterviewPlan | None:
    plans = InterviewPlan.objects.filter(requisition=application.requisition_id, is_current=True)
    return plans.first()


def why_no_loop(application: Application) -> list[str]:
    has_plan = current_plan(application) is not None
    return [] if has_plan else ["This requisition has no interview plan yet."]


class Zone(forms.CharField):
    """An IANA name, with the browser's help."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(max_length=64, **kwargs)

    def validate(self, value: Any) -> None:
        super().validate(value)
        if value and value not in available_timezones():
            raise forms.ValidationError("This is no time zone: write it as in Europe/Berlin.")


class Wall(forms.CharField):
    """A wall clock: which instant that is, the zone beside it says."""

    widget = forms.TextInput(attrs={"type": "datetime-local"})

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(max_length=19, **kwargs)


class BookForm(ActionForm):
    """Per planned interview: whether, when, who and where."""

    says_what_is_needed = True

    def prepare(self) -> None:
        plan = current_plan(self.subject)
        self.planned: list[PlannedInterview] = list(plan.interviews.all()) if plan else []
        self.fields["timezone"] = Zone(
            label="Time zone", initial=self.user.timezone, help_text="Of all the times below."
        )
        people = colleagues()
        for one in self.planned:
            self.fields[f"starts_{one.pk}"] = Wall(
                label="Begins", required=False, help_text="Empty: not in this loop."
            )
            seats = People(label="Interviewers", required=False)
            seats.queryset = people
            self.fields[f"people_{one.pk}"] = seats
            self.fields[f"place_{one.pk}"] = forms.CharField(
                label="Place", required=False, max_length=500
            )
            self.fields[f"link_{one.pk}"] = forms.URLField(
                label="Video link", required=False, max_length=500, assume_scheme="https"
            )

    def blocks(self) -> Iterator[tuple[PlannedInterview, list[Any]]]:
        for one in self.planned:
            names = (f"{part}_{one.pk}" for part in ("starts", "people", "place", "link"))
            yield one, [self[name] for name in names]

    def clean(self) -> dict[str, Any]:
        given = self.cleaned_data
        chosen = [one for one in self.planned if given.get(f"starts_{one.pk}")]
        if not chosen:
            raise forms.ValidationError("Give at least one interview a time.")
        for one in chosen:
            if not given.get(f"people_{one.pk}"):
                self.add_error(f"people_{one.pk}", "Choose who interviews.")
        return given

    def arguments(self) -> dict[str, Any]:
        return {"interviews": list(self.asked())}

    def asked(self) -> Iterator[dict[str, Any]]:
        given = self.cleaned_data
        for one in self.planned:
            if starts := given[f"starts_{one.pk}"]:
                yield {
                    "planned": one,
                    "starts": starts,
                    "timezone": given["timezone"],
                    "seats": [{"user": person} for person in given[f"people_{one.pk}"]],
                    "place": given[f"place_{one.pk}"],
                    "video_link": given[f"link_{one.pk}"],
                }
