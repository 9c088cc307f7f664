"""The list of people: words, filters, what was understood, and searches that are kept."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any
from urllib.parse import parse_qs, urlencode

from django import forms
from django.db.models import F, Prefetch, QuerySet
from django.db.models.fields.tuple_lookups import Tuple, TupleLessThan
from django.http import HttpRequest
from django.template.response import TemplateResponse
from django.utils.safestring import SafeString, mark_safe
from unfold.decorators import display

from ats.accounts.models import User
from ats.admin.base import ScopedAdmin, list_url, reader
from ats.admin.buttons import button
from ats.admin.forms import ActionForm, colleagues
from ats.admin.tags import ago
from candidates.actions.search import delete_saved_search, keep_on_record
from candidates.enums import ApplicationStatus, SearchedFrom
from candidates.models import (
    Application,
    Candidate,
    EmailAddress,
    SavedSearch,
    SearchRecord,
    Source,
    Tag,
    TalentPool,
)
from candidates.queries.search.people import WORDS, Search, read_search
from candidates.queries.search.snippets import snippets
from requisitions.models import Competency, Department, Requisition

PAGE = 50
BEFORE = "before"


class NarrowForm(forms.Form):
    """Every criterion as an input of its kind; the values are ids, as in the API."""

    name = forms.CharField(label="Name, typing errors forgiven", required=False)
    email = forms.CharField(label="In an e-mail address", required=False)
    phone = forms.CharField(label="In a phone number", required=False)
    place = forms.CharField(label="Lives in", required=False)
    requisition = forms.ChoiceField(label="Requisition", required=False)
    status = forms.ChoiceField(
        label="Application",
        required=False,
        choices=[("", "Any"), *ApplicationStatus.choices],
    )
    source = forms.ChoiceField(label="Source", required=False)
    department = forms.ChoiceField(label="Department", required=False)
    tag = forms.ChoiceField(label="Tag", required=False)
    pool = forms.ChoiceField(label="Talent pool", required=False)
    owner = forms.ChoiceField(label="Looked after by", required=False)
    competency = forms.ChoiceField(label="Resume mentions", required=False)
    applied_after = forms.DateField(
        label="Applied from", required=False, widget=forms.DateInput(attrs={"type": "date"})
    )
    applied_before = forms.DateField(
        label="Applied until", required=False, widget=forms.DateInput(attrs={"type": "date"})
    )
    contacted = forms.ChoiceField(
        label="Written to",
        required=False,
        choices=[("", "Either"), ("true", "Yes"), ("false", "Never")],
    )

    def __init__(self, data: Any, user: User) -> None:
        super().__init__(data)
        rows: Mapping[str, QuerySet[Any]] = {
            "requisition": Requisition.objects.visible_to(user).order_by("title"),
            "source": Source.objects.visible_to(user).order_by("name"),
            "department": Department.objects.order_by("name"),
            "tag": Tag.objects.in_use(),
            "pool": TalentPool.objects.visible_to(user),
            "owner": colleagues(),
            "competency": Competency.objects.filter(retired_at=None),
        }
        for name, found in rows.items():
            known = [(str(row.public_id), str(row)) for row in found[:500]]
            self.fields[name].choices = [("", "Any"), *known]  # type: ignore[attr-defined]


class SaveForm(ActionForm):
    name = forms.CharField(label="Name", max_length=100)
    is_shared = forms.BooleanField(label="Share it with colleagues", required=False)
    asked = forms.CharField(widget=forms.HiddenInput)

    def clean_asked(self) -> dict[str, list[str]]:
        return parse_qs(self.cleaned_data["asked"], max_num_fields=200)


def search_page(site: Any, request: HttpRequest, beginnings: Any) -> TemplateResponse:
    user = reader(request)
    asked = {name: said(values) for name, values in request.GET.lists() if name != BEFORE}
    asked = {name: values for name, values in asked.items() if values}
    search = read_search(user, asked)
    rows = page_of(search, user, request.GET.get(BEFORE, ""))
    shown = rows[:PAGE]
    if search.is_recorded:
        keep_on_record(search, shown=len(shown), came_from=SearchedFrom.CONSOLE)
    context = {
        **site.each_context(request),
        "title": "Candidates",
        "beginnings": beginnings,
        "search": search,
        "query": " ".join(asked.get(WORDS, [])),
        "asked": urlencode(asked, doseq=True),
        "chips": list(chips(search)),
        "people": list(with_snippets(search, shown)),
        "older": older(asked, shown) if len(rows) > PAGE else "",
        "narrow": NarrowForm(request.GET or None, user),
        "saved": list(saved(user)),
        "may_save": bool(asked) and user.has_perm("candidates.save_search"),
    }
    return TemplateResponse(request, "admin/candidates/search.html", context)


def said(values: Sequence[str]) -> list[str]:
    """A form sends what was left empty, too."""
    return [text for text in values if text.strip()]


def page_of(search: Search, user: User, before: str) -> list[Candidate]:
    """The newest, or those that came before the last one of the page before."""
    primary = EmailAddress.objects.filter(status="current").order_by("-is_primary", "pk")
    mine = Application.objects.visible_to(user).select_related("requisition", "stage")
    rows = search.people().prefetch_related(
        "tags",
        Prefetch("emails", primary, to_attr="addresses"),
        Prefetch("applications", mine.order_by("-applied_at", "-pk"), to_attr="seen"),
    )
    last = last_of(user, before)
    if last:
        key = Tuple(F("created_at"), F("pk"))
        rows = rows.filter(TupleLessThan(key, (last.created_at, last.pk)))  # type: ignore[arg-type]
    return list(rows.order_by("-created_at", "-pk")[: PAGE + 1])


def last_of(user: User, before: str) -> Candidate | None:
    if not (before.isascii() and before.isdecimal() and len(before) < 18):
        return None
    return Candidate.objects.visible_to(user).filter(pk=int(before)).first()


def older(asked: Mapping[str, Sequence[str]], shown: Sequence[Candidate]) -> str:
    return "?" + urlencode([*pairs(asked), (BEFORE, shown[-1].pk)])


def pairs(asked: Mapping[str, Sequence[str]]) -> Iterator[tuple[str, str]]:
    return ((name, value) for name, values in asked.items() for value in values)


def chips(search: Search) -> Iterator[tuple[str, str]]:
    """(words, the address of the same search without this)."""
    for chip in search.chips:
        if chip.parameter != WORDS:
            left = [each for each in pairs(search.params) if each != (chip.parameter, chip.value)]
            yield chip.said[:1].upper() + chip.said[1:], "?" + urlencode(left)


def with_snippets(
    search: Search, shown: Sequence[Candidate]
) -> Iterator[tuple[Candidate, SafeString]]:
    found = snippets(search, [row.pk for row in shown])
    for row in shown:
        # Escaped piece by piece where it is cut out.
        yield row, mark_safe(found.get(row.pk, ""))  # noqa: S308


def saved(user: User) -> Iterator[tuple[SavedSearch, str, bool]]:
    for row in SavedSearch.objects.visible_to(user).select_related("owner")[:50]:
        yield row, "?" + urlencode(row.asked, doseq=True), row.owner_id == user.pk


class SavedSearchAdmin(ScopedAdmin):
    called = "Saved searches"
    list_display = ("name", "owner", "is_shared")
    related = ("owner",)
    ordering = ("name",)
    page_template = "admin/console/facts.html"
    empty_sentence = "No search is kept yet: keep one from the list of candidates."
    list_filter = ()
    buttons = [
        button(
            delete_saved_search,
            label="Delete",
            look="danger",
            says="It is gone for everybody with whom it was shared. The people stay.",
            done="The search is gone.",
        )
    ]

    def page(self, request: HttpRequest, row: SavedSearch) -> dict[str, Any]:
        search = read_search(reader(request), row.asked)
        problems = " ".join(sentence for _, sentence in search.problems)
        facts = [("Asks", search.sentence), ("Cannot be asked", problems), ("Of", row.owner)]
        return {"facts": facts}

    def after(self, row: Any) -> str:
        """Once it is deleted it has no page."""
        return list_url(Candidate)


class SearchRecordAdmin(ScopedAdmin):
    called = "Searches of people"
    list_display = ("by", "when", "what", "shown", "came_from")
    related = ("by",)
    ordering = ("-at", "-id")
    list_filter = ()
    page_template = "admin/console/facts.html"
    empty_sentence = "Nobody searched yet, or you may not see who did."

    @display(description="When", ordering="at")
    def when(self, row: SearchRecord) -> str:
        return ago(row.at)

    @display(description="What")
    def what(self, row: SearchRecord) -> str:
        return ", ".join(f"{name}: {value}" for name, value in pairs(row.asked)) or "erased"

    def page(self, request: HttpRequest, row: SearchRecord) -> dict[str, Any]:
        return {"facts": [("By", row.by), ("When", row.at), ("What", self.what(row))]}
