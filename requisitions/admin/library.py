"""The library of competencies, and the form in which a requisition chooses from it."""

from collections.abc import Iterator
from typing import Any

from django import forms
from django.http import HttpRequest

from ats.admin.buttons import button
from ats.admin.forms import ActionForm, text
from ats.admin.lists import View, ViewFilter
from ats.errors import DomainError
from requisitions.actions.library import (
    add_competency,
    edit_competency,
    merge_competency,
    restore_competency,
    retire_competency,
)
from requisitions.admin.company import CompanyAdmin
from requisitions.models import Competency

RATINGS = "12345"
NEEDED = "135"
BLANK = 3


class CompetencyForm(ActionForm):
    name = forms.CharField(label="Name", max_length=200)
    definition = text("What it means here")
    category = forms.CharField(label="Category", max_length=100, required=False)
    aliases = text(
        "Also called",
        required=False,
        help_text="One in each line: listings and resumes are read with these names.",
    )
    anchor_1, anchor_2, anchor_3, anchor_4, anchor_5 = (
        text(f"What a {at} looks like", required=at in NEEDED, rows=2) for at in RATINGS
    )

    def prepare(self) -> None:
        if isinstance(self.subject, Competency):
            names = ("name", "definition", "category")
            self.initial = {name: getattr(self.subject, name) for name in names}
            self.initial["aliases"] = "\n".join(self.subject.aliases)
            anchors = self.subject.anchors.items()
            self.initial |= {f"anchor_{at}": words for at, words in anchors}

    def arguments(self) -> dict[str, Any]:
        given = self.cleaned_data
        return {
            **{name: given[name] for name in ("name", "definition", "category")},
            "aliases": given["aliases"].splitlines(),
            "anchors": {at: given[f"anchor_{at}"] for at in RATINGS},
        }


class MergeForm(ActionForm):
    into = forms.ModelChoiceField(
        Competency.objects.filter(retired_at=None), label="Which entry takes over"
    )

    def prepare(self) -> None:
        live = Competency.objects.filter(retired_at=None).exclude(pk=self.subject.pk)
        self.fields["into"].queryset = live  # type: ignore[attr-defined]


def is_used(row: Competency, user: Any) -> bool:
    return row.retired_at is None


def can_return(row: Competency, user: Any) -> bool:
    return row.retired_at is not None and row.merged_into_id is None


class CompetencyAdmin(CompanyAdmin):
    list_display = ("name", "category", "definition")
    related = ("merged_into",)
    ordering = ("name",)
    list_filter = (ViewFilter,)
    search_fields = ("name", "definition", "aliases")
    search_help_text = "Name, alias or definition"
    views = {
        "used": View("In use", lambda rows, user: rows.filter(retired_at=None)),
        "retired": View("Retired", lambda rows, user: rows.exclude(retired_at=None)),
        "bare": View("Without anchors", lambda rows, user: rows.filter(anchors={})),
    }
    page_template = ""
    openers = [
        button(
            add_competency,
            label="Add a competency",
            says="Requisitions can ask for it, interviews assess it, and scorecards show what each"
            " rating looks like.",
            done="The competency is in the library.",
            Form=CompetencyForm,
        )
    ]
    buttons = [
        button(
            edit_competency,
            label="Edit",
            says="This becomes the next version; what it said before is kept. Rubrics that are"
            " frozen stay as they are; the next interviews booked use the new text.",
            done="Saved as a new version.",
            Form=CompetencyForm,
        ),
        button(
            merge_competency,
            label="Merge",
            says="The other entry answers to this one's name and aliases, and this one is retired."
            " Requisitions and ratings that name it keep it.",
            done="Merged.",
            Form=MergeForm,
            shown=is_used,
        ),
        button(
            retire_competency,
            label="Retire",
            look="danger",
            says="Nobody chooses it any more. Requisitions that ask for it keep it.",
            done="The competency is retired.",
            shown=is_used,
        ),
        button(
            restore_competency,
            label="Use it again",
            says="Requisitions can ask for it again.",
            done="The competency is in use again.",
            shown=can_return,
        ),
    ]

    def page(self, request: HttpRequest, row: Competency) -> dict[str, Any]:
        earlier = [
            (each, sorted(each.content["anchors"].items())) for each in row.earlier.all()[:20]
        ]
        return {"anchors": sorted(row.anchors.items()), "earlier": earlier}


class ChoiceForm(ActionForm):
    """What is asked for now, and a few empty lines below; a line without a name is left out."""

    def prepare(self) -> None:
        held = list(self.subject.competencies.select_related("competency"))
        live = Competency.objects.filter(retired_at=None)
        library = live | Competency.objects.filter(pk__in=[row.competency_id for row in held])
        choices = [("", "–"), *((each.pk, each.name) for each in library.order_by("name"))]
        self.library = {each.pk: each for each in library}
        lines = self.sent() if self.is_bound else len(held) + BLANK
        self.places = range(1, lines + 1)
        for place in self.places:
            self.add_line(place, choices, held[place - 1] if place <= len(held) else None)

    def sent(self) -> int:
        """So many lines were on the page."""
        return min(100, sum(name.startswith("competency_") for name in self.data))

    def add_line(self, place: int, choices: Any, row: Any) -> None:
        self.fields |= {
            f"place_{place}": forms.IntegerField(label="Place", min_value=1, max_value=1000),
            f"competency_{place}": forms.TypedChoiceField(
                label="Competency", choices=choices, coerce=int, empty_value=None, required=False
            ),
            f"is_must_have_{place}": forms.BooleanField(label="Must have", required=False),
            f"weight_{place}": forms.DecimalField(
                label="Weight", max_digits=4, decimal_places=2, required=False
            ),
            f"weight_reason_{place}": forms.CharField(
                label="Why another weight than 1", max_length=500, required=False
            ),
        }
        self.initial = {
            **self.initial,
            f"place_{place}": place,
            f"is_must_have_{place}": row.is_must_have if row else True,
            f"weight_{place}": f"{row.weight.normalize():f}" if row else "1",
            f"competency_{place}": row.competency_id if row else "",
            f"weight_reason_{place}": row.weight_reason if row else "",
        }

    def lines(self) -> Iterator[list[Any]]:
        """The fields of each line, for the page."""
        names = ("place", "competency", "is_must_have", "weight", "weight_reason")
        for place in self.places:
            yield [self[f"{name}_{place}"] for name in names]

    def chosen(self) -> list[int]:
        """The lines that name a competency, in the order that their places say."""
        given = self.cleaned_data
        named = [place for place in self.places if given.get(f"competency_{place}")]
        return sorted(named, key=lambda place: (given[f"place_{place}"], place))

    def arguments(self) -> dict[str, Any]:
        given = self.cleaned_data
        return {
            "choices": [
                {
                    "competency": self.library[given[f"competency_{place}"]],
                    "is_must_have": given[f"is_must_have_{place}"],
                    "weight": 1 if given[f"weight_{place}"] is None else given[f"weight_{place}"],
                    "weight_reason": given[f"weight_reason_{place}"],
                }
                for place in self.chosen()
            ]
        }

    def refuse(self, refusal: DomainError) -> None:
        """`choices/2/weight` is said beside the weight of the third line that was filled in."""
        _, _, path = getattr(refusal, "field", "").partition("/")
        at, _, name = path.partition("/")
        field = f"{name}_{self.chosen()[int(at)]}" if at else None
        self.add_error(field, refusal.sentence)
