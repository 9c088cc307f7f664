"""What a role pays, and the table of laws about saying so."""

from collections.abc import Iterator
from typing import Any

from django import forms
from django.http import HttpRequest

from ats.admin.buttons import button
from ats.admin.forms import ActionForm, Day, reason_form, text
from ats.admin.lists import View, ViewFilter
from requisitions.actions.pay_rule import (
    add_pay_rule,
    edit_pay_rule,
    switch_off_pay_rule,
    switch_on_pay_rule,
)
from requisitions.admin.company import CompanyAdmin
from requisitions.enums import PayPeriod, PayRuleAsks, PayRuleWhen
from requisitions.models import PayRule
from requisitions.paylaw import CURRENCIES

BLANK = 2
ENDS = {"minimum", "maximum"}
LINE = ("scope", "minimum", "maximum", "currency", "period", "note")


class PayForm(ActionForm):
    """The ranges as they are and a few empty lines; a line without amounts is left out."""

    def prepare(self) -> None:
        held = list(self.subject.pay_ranges.order_by("pk"))
        sent = sum(name.startswith("minimum_") for name in self.data)
        self.places = range(1, (min(50, sent) if self.is_bound else len(held) + BLANK) + 1)
        for place in self.places:
            self.add_line(place, held[place - 1] if place <= len(held) else None)

    def add_line(self, place: int, row: Any) -> None:
        currencies = [("", "–"), *((code, code) for code in sorted(CURRENCIES))]
        amount: dict[str, Any] = {"max_digits": 14, "decimal_places": 2, "required": False}
        fields: dict[str, forms.Field] = {
            "scope": forms.CharField(label="Where", max_length=300, required=False),
            "minimum": forms.DecimalField(label="From", min_value=0, **amount),
            "maximum": forms.DecimalField(label="To", min_value=0, **amount),
            "currency": forms.ChoiceField(label="Currency", choices=currencies, required=False),
            "period": forms.ChoiceField(
                label="For", choices=[("", "–"), *PayPeriod.choices], required=False
            ),
            "note": forms.CharField(label="Note", max_length=500, required=False),
        }
        said = {name: getattr(row, name) for name in LINE} if row else {}
        said |= {name: f"{said[name]:f}".removesuffix(".00") for name in ENDS & set(said)}
        self.fields |= {f"{name}_{place}": field for name, field in fields.items()}
        self.initial = {**self.initial, **{f"{name}_{place}": said.get(name) for name in LINE}}

    def lines(self) -> Iterator[list[Any]]:
        """The fields of each line, for the page."""
        for place in self.places:
            yield [self[f"{name}_{place}"] for name in LINE]

    def clean(self) -> dict[str, Any]:
        for place in self.places:
            self.clean_line(place)
        return self.cleaned_data

    def clean_line(self, place: int) -> None:
        line = self.line(place)
        if not self.is_meant(line):
            return
        for name in ("minimum", "maximum", "currency", "period"):
            if line[name] in (None, "") and f"{name}_{place}" not in self.errors:
                self.add_error(f"{name}_{place}", "A range has both ends, a currency and a period.")
        low, high = line["minimum"], line["maximum"]
        if low is not None and high is not None and (low > high or not high):
            self.add_error(f"maximum_{place}", "A range runs upwards, from more than nothing.")

    def line(self, place: int) -> dict[str, Any]:
        return {name: self.cleaned_data.get(f"{name}_{place}") for name in LINE}

    def is_meant(self, line: dict[str, Any]) -> bool:
        return line["minimum"] is not None or line["maximum"] is not None

    def arguments(self) -> dict[str, Any]:
        lines = [self.line(place) for place in self.places]
        return {"pay_ranges": [line for line in lines if self.is_meant(line)]}


def ticks(label: str, *, required: bool, help_text: str = "") -> forms.MultipleChoiceField:
    return forms.MultipleChoiceField(
        label=label,
        choices=PayRuleAsks.choices,
        required=required,
        help_text=help_text,
        widget=forms.CheckboxSelectMultiple,
    )


class EditRuleForm(ActionForm):
    name = forms.CharField(label="Place", max_length=100)
    law = forms.CharField(label="The law, as in a sentence", max_length=200)
    citation = forms.CharField(label="Citation", max_length=300)
    source_url = forms.URLField(label="Source", max_length=500, assume_scheme="https")
    checked_on = Day(label="Compared with its source on")
    country = forms.RegexField(
        r"^[A-Z]{2}$", label="Country", help_text="Two letters; EU for the member states."
    )
    region = forms.RegexField(
        r"^[A-Z]{2,3}$", label="State or province", required=False, help_text="Its letters: CO."
    )
    city = forms.CharField(label="City", max_length=100, required=False)
    when = forms.ChoiceField(label="Pay is told", choices=PayRuleWhen.choices)
    asks = ticks("It asks for", required=True)
    blocks = ticks(
        "Nothing is published without", required=False, help_text="The rest is advice before it."
    )
    min_employees = forms.IntegerField(
        label="For employers of at least", min_value=1, max_value=1_000_000, initial=1
    )
    covers_remote = forms.BooleanField(
        label="Also remote work that could be done there", required=False, initial=True
    )
    covers_internal = forms.BooleanField(
        label="Also postings for colleagues only", required=False, initial=True
    )
    effective_on = Day(label="In force from")
    ends_on = Day(label="Until", required=False)
    note = text("Note", required=False)

    def prepare(self) -> None:
        if isinstance(self.subject, PayRule):
            self.initial = {name: getattr(self.subject, name) for name in self.fields}


class AddRuleForm(EditRuleForm):
    key = forms.SlugField(label="Key", max_length=60, help_text="Its short name: us-tx.")


class PayRuleAdmin(CompanyAdmin):
    list_display = ("name", "law", "when", "min_employees", "effective_on", "is_on")
    ordering = ("name", "key")
    list_filter = (ViewFilter,)
    search_fields = ("name", "law", "citation")
    search_help_text = "Place, law or citation"
    called = "Pay transparency laws"
    views = {
        "on": View("Held to", lambda rows, user: rows.filter(off_at=None)),
        "off": View("Switched off", lambda rows, user: rows.exclude(off_at=None)),
        "edited": View("Changed here", lambda rows, user: rows.exclude(edited_at=None)),
    }
    openers = [
        button(
            add_pay_rule,
            label="Add a law",
            says="Postings for that place are held to it at once.",
            done="The law is in the table.",
            Form=AddRuleForm,
        )
    ]
    buttons = [
        button(
            edit_pay_rule,
            label="Edit",
            says="Postings are held to it as it is written here. A new release no longer changes"
            " this row.",
            done="Saved.",
            Form=EditRuleForm,
        ),
        button(
            switch_off_pay_rule,
            label="Switch off",
            look="danger",
            says="Postings are not held to this law any more.",
            done="The law is switched off.",
            Form=reason_form("Why", help_text="For whoever has to answer for it."),
            shown=lambda rule, user: rule.off_at is None,
        ),
        button(
            switch_on_pay_rule,
            label="Switch on",
            says="Postings are held to this law again.",
            done="The law is switched on.",
            shown=lambda rule, user: rule.off_at is not None,
        ),
    ]

    def is_on(self, rule: PayRule) -> str:
        return "switched off" if rule.off_at else "yes"

    is_on.short_description = "Held to"  # type: ignore[attr-defined]

    def page(self, request: HttpRequest, row: PayRule) -> dict[str, Any]:
        asks = [PayRuleAsks(each).label for each in row.asks]
        blocks = [PayRuleAsks(each).label for each in row.blocks]
        return {
            "facts": [
                ("Citation", row.citation),
                ("Source", row.source_url),
                ("Compared with its source", row.checked_on or "not yet: open it once"),
                ("Pay is told", row.get_when_display()),
                ("It asks for", ", ".join(asks)),
                ("Nothing is published without", ", ".join(blocks)),
                ("For employers of at least", row.min_employees),
                ("Remote work that could be done there", "yes" if row.covers_remote else "no"),
                ("Postings for colleagues only", "yes" if row.covers_internal else "no"),
                ("In force", f"{row.effective_on}{f' to {row.ends_on}' if row.ends_on else ''}"),
                ("Widest range in a year", row.widest),
                ("Not for pay above", row.exempt_above),
                ("Note", row.note),
                ("Switched off because", row.off_reason),
            ]
        }
