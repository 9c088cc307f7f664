"""Custom fields in the console: their definitions, and typed inputs on the forms of any noun."""

from collections.abc import Iterable
from typing import Any, ClassVar

from django import forms
from django.http import HttpRequest
from django.utils.safestring import SafeString
from unfold.decorators import display

from ats.admin.base import ScopedAdmin
from ats.admin.buttons import button
from ats.admin.forms import ActionForm, Day, colleagues, text
from ats.admin.lists import View
from ats.admin.tags import badge
from ats.custom_fields.actions import (
    add_custom_field,
    edit_custom_field,
    restore_custom_field,
    retire_custom_field,
)
from ats.custom_fields.checking import shown
from ats.custom_fields.enums import Audience, FieldKind
from ats.custom_fields.models import CustomField
from ats.custom_fields.queries import shown_to
from ats.custom_fields.registry import NOUNS
from ats.errors import DomainError

PREFIX = "custom."


class MoneyInput(forms.MultiWidget):
    template_name = "admin/console/money.html"

    def __init__(self) -> None:
        amount = forms.NumberInput(attrs={"step": "any", "min": 0, "placeholder": "50000"})
        code = forms.TextInput(attrs={"maxlength": 3, "placeholder": "EUR"})
        super().__init__({"amount": amount, "currency": code})

    def decompress(self, value: Any) -> list[Any]:
        return [value["amount"], value["currency"]] if value else [None, None]


class MoneyField(forms.MultiValueField):
    def __init__(self, **kwargs: Any) -> None:
        parts = (forms.CharField(), forms.CharField())
        super().__init__(parts, widget=MoneyInput(), require_all_fields=True, **kwargs)

    def compress(self, parts: list[Any]) -> Any:
        amount, code = parts or ("", "")
        return {"amount": amount, "currency": code.upper()} if amount else None


class PersonField(forms.ModelChoiceField):  # type: ignore[type-arg]
    def __init__(self, **kwargs: Any) -> None:
        kwargs |= {"to_field_name": "public_id", "empty_label": "Nobody"}
        super().__init__(colleagues(), **kwargs)

    def clean(self, value: Any) -> Any:
        found = super().clean(value)
        return str(found.public_id) if found else None

    def prepare_value(self, value: Any) -> Any:
        return value["id"] if isinstance(value, dict) else super().prepare_value(value)


class DayField(Day):
    def clean(self, value: Any) -> Any:
        found = super().clean(value)
        return found.isoformat() if found else None


def yes_or_no(value: str) -> bool:
    return value == "true"


def input_of(field: CustomField) -> forms.Field:
    """Typed as its kind; the domain checks the value once more."""
    options = [(each, each) for each in field.options]
    said: dict[str, Any] = {
        "label": field.name,
        "required": False,
        "help_text": field.help_text or ("Needed to ask for approval." * field.is_required),
    }
    match FieldKind(field.kind):
        case FieldKind.LONG_TEXT:
            return forms.CharField(widget=forms.Textarea(attrs={"rows": 4}), **said)
        case FieldKind.NUMBER:
            return forms.CharField(widget=forms.NumberInput(attrs={"step": "any"}), **said)
        case FieldKind.DATE:
            return DayField(**said)
        case FieldKind.SINGLE:
            return forms.ChoiceField(choices=[("", "Nothing chosen"), *options], **said)
        case FieldKind.MULTIPLE:
            ticks = forms.CheckboxSelectMultiple
            return forms.MultipleChoiceField(choices=options, widget=ticks, **said)
        case FieldKind.YES_NO:
            words = [("", "Not said"), ("true", "Yes"), ("false", "No")]
            return forms.TypedChoiceField(choices=words, coerce=yes_or_no, empty_value=None, **said)
        case FieldKind.MONEY:
            return MoneyField(**said)
        case FieldKind.PERSON:
            return PersonField(**said)
        case FieldKind.URL:
            return forms.CharField(widget=forms.URLInput(), **said)
        case _:
            return forms.CharField(max_length=500, **said)


class CustomForm(ActionForm):
    """A form with the custom fields of `noun`; they arrive at the action as `custom`."""

    noun: ClassVar[str] = ""

    def prepare(self) -> None:
        asked = CustomField.objects.asked(self.noun).visible_to(self.user)
        held = shown(shown_to(self.user, self.noun, self.subject)) if self.subject else {}
        for field in asked:
            each = input_of(field)
            each.initial = self.as_typed(field, held.get(field.key))
            self.fields[PREFIX + field.key] = each

    def as_typed(self, field: CustomField, value: Any) -> Any:
        """What is chosen already stays to choose, although it is offered no more."""
        if field.kind == FieldKind.YES_NO:
            return "" if value is None else str(value).lower()
        return value

    def arguments(self) -> dict[str, Any]:
        given = dict(super().arguments())
        custom = {
            name.removeprefix(PREFIX): given.pop(name)
            for name in list(given)
            if name.startswith(PREFIX)
        }
        return given | {"custom": custom} if custom else given

    def refuse(self, refusal: DomainError) -> None:
        field = str(getattr(refusal, "field", "")).replace("custom/", PREFIX)
        self.add_error(field if field in self.fields else None, refusal.sentence)


def in_words(values: Iterable[Any]) -> list[tuple[str, str]]:
    """(name, value) of each, for a page."""
    names = {value.field.key: value.field.name for value in values}
    return [(names[key], spoken(said)) for key, said in shown(values).items()]


def spoken(value: Any) -> str:
    if isinstance(value, bool):
        return "Yes" if value else "No"
    if isinstance(value, list):
        return ", ".join(value)
    if isinstance(value, dict):
        return str(value.get("name") or f"{value['amount']} {value['currency']}")
    return str(value)


class EditFieldForm(ActionForm):
    name = forms.CharField(label="Name", max_length=100)
    help_text = forms.CharField(label="Help", max_length=500, required=False)
    options = text("Options", required=False, help_text="One on each line, for a choice of a list.")
    is_required = forms.BooleanField(
        label="Required", required=False, help_text="Asked for before approval can be asked for."
    )
    audience = forms.ChoiceField(label="Who sees it", choices=Audience.choices)

    def prepare(self) -> None:
        if self.subject is not None:
            self.initial = {name: getattr(self.subject, name) for name in self.fields}
            self.initial["options"] = "\n".join(self.subject.options)

    def clean_options(self) -> list[str]:
        lines = self.cleaned_data["options"].splitlines()
        return [line.strip() for line in lines if line.strip()]


class AddFieldForm(EditFieldForm):
    applies_to = forms.ChoiceField(label="Of")
    kind = forms.ChoiceField(label="Kind", choices=FieldKind.choices)
    key = forms.CharField(
        label="Key", max_length=40, required=False, help_text="Made from the name if left empty."
    )

    field_order = ("name", "applies_to", "kind", "options")

    def prepare(self) -> None:
        choices = [(noun, noun) for noun in sorted(NOUNS)]
        self.fields["applies_to"].choices = choices  # type: ignore[attr-defined]


class CustomFieldAdmin(ScopedAdmin):
    called = "Custom fields"
    list_display = ("name", "key", "applies_to", "kind", "audience", "state")
    ordering = ("applies_to", "position", "pk")
    page_template = "admin/console/facts.html"
    empty_sentence = "No field was added to what every company has."
    views = {
        "in_use": View("In use", lambda rows, user: rows.filter(retired_at=None)),
        "retired": View("Retired", lambda rows, user: rows.exclude(retired_at=None)),
    }
    openers = [
        button(
            add_custom_field,
            label="Add a field",
            icon="add",
            says="Forms ask it from now on. Its kind and its key stay for good.",
            done="The field is asked from now on.",
            Form=AddFieldForm,
        )
    ]
    buttons = [
        button(
            edit_custom_field,
            label="Edit",
            says="An option that is taken out is not offered any more; where it was chosen it"
            " stays.",
            done="Saved.",
            Form=EditFieldForm,
        ),
        button(
            retire_custom_field,
            label="Retire",
            look="danger",
            says="No form asks it any more; what was answered stays readable.",
            done="The field is retired.",
            shown=lambda field, user: field.retired_at is None,
        ),
        button(
            restore_custom_field,
            label="Take back into use",
            says="Forms ask it again.",
            done="The field is asked again.",
            shown=lambda field, user: field.retired_at is not None,
        ),
    ]

    @display(description="State")
    def state(self, field: CustomField) -> SafeString:
        return badge("in use", "active") if field.retired_at is None else badge("retired", "plain")

    def page(self, request: HttpRequest, row: CustomField) -> dict[str, Any]:
        facts = [
            ("Of", row.applies_to),
            ("Key", row.key),
            ("Kind", row.get_kind_display()),
            ("Options", ", ".join(row.options)),
            ("Required", "yes" if row.is_required else "no"),
            ("Who sees it", row.get_audience_display()),
            ("Help", row.help_text),
        ]
        return {"facts": facts}
