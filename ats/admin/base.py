"""The frame of every screen: rows that the reader may see, and buttons that call actions.

    class OfferAdmin(ScopedAdmin):
        lifecycle = OFFER
        views = {"out": by_status("Out", "sent")}
        buttons = [button(send_offer, label="Send", says="...", done="The offer is on its way.")]

A row's page is `admin/<app>/<model>.html`; `page(request, row)` gives what it needs. Nothing here
writes: POST asks the app's rules for the action's own name, calls the action, and shows its
refusal beside what was typed.
"""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any, ClassVar

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db.models import Model, QuerySet
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.template.response import TemplateResponse
from django.urls import URLPattern, path, reverse
from django.utils.http import url_has_allowed_host_and_scheme
from unfold.admin import ModelAdmin

from ats.accounts.models import User
from ats.accounts.rules import is_person, is_site_admin
from ats.admin.blocks import panels_of
from ats.admin.buttons import Button, Offered, state_of
from ats.admin.forms import ActionForm
from ats.admin.history import Happened, history_of
from ats.admin.lists import View, ViewFilter
from ats.errors import DomainError
from ats.lifecycle import Lifecycle

LOOKS = ("primary", "", "danger")


def reader(request: HttpRequest) -> User:
    """Whoever is signed in; the site lets nobody else in."""
    assert isinstance(request.user, User)
    return request.user


def url_of(row: Model, page: str = "change", **more: Any) -> str:
    meta = row._meta
    return reverse(
        f"admin:{meta.app_label}_{meta.model_name}_{page}", args=[row.pk, *more.values()]
    )


def list_url(model: type[Model], query: str = "") -> str:
    url = reverse(f"admin:{model._meta.app_label}_{model._meta.model_name}_changelist")
    return f"{url}?{query}" if query else url


def offer(each: Button, row: Any) -> Offered:
    return Offered(each, url_of(row, "do", verb=each.name), each.why_not(row))


class ScopedAdmin(ModelAdmin):  # type: ignore[misc]
    """Reads what `visible_to` allows (kernel tables: site admins alone) and writes nothing."""

    list_per_page = 50
    list_max_show_all = 0
    show_full_result_count = False
    actions = None
    list_filter: Sequence[Any] = (ViewFilter,)

    related: ClassVar[Sequence[str]] = ()
    lifecycle: ClassVar[Lifecycle[Any] | None] = None
    buttons: ClassVar[Sequence[Button]] = ()
    openers: ClassVar[Sequence[Button]] = ()
    views: ClassVar[Mapping[str, View]] = {}
    page_template: ClassVar[str] = ""
    # Many of them, in the words of the trade; the table's own name unless given.
    called: ClassVar[str] = ""
    empty_sentence: ClassVar[str] = "Nothing here yet."

    # What may be seen

    def get_queryset(self, request: HttpRequest) -> QuerySet[Any]:
        rows: Any = self.model._default_manager.all()
        if hasattr(rows, "visible_to"):
            visible: QuerySet[Any] = rows.visible_to(request.user)
            return self.in_order(visible.select_related(*self.related))
        shared: QuerySet[Any] = rows.select_related(*self.related)
        return self.in_order(shared if self.is_open_to(request) else shared.none())

    def in_order(self, rows: QuerySet[Any]) -> QuerySet[Any]:
        return rows.order_by(*self.ordering) if self.ordering else rows

    def is_open_to(self, request: HttpRequest) -> bool:
        """Whether this reader has this screen at all; which rows it shows is another question."""
        if hasattr(self.model._default_manager.all(), "visible_to"):
            return is_person(request.user)
        return is_site_admin(request.user)

    def has_view_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return self.is_open_to(request)

    def has_module_permission(self, request: HttpRequest) -> bool:
        return self.is_open_to(request)

    def has_add_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def lookup_allowed(self, lookup: str, value: str, request: Any = None) -> bool:
        """Only the declared filters: a free look-up on a column tells what the page hides."""
        return lookup in {each.parameter_name for each in self.list_filter}

    def row_or_404(self, request: HttpRequest, pk: int) -> Any:
        if not self.is_open_to(request):
            raise PermissionDenied
        return get_object_or_404(self.get_queryset(request), pk=pk)

    # Pages

    def get_urls(self) -> list[URLPattern]:
        name = f"{self.model._meta.app_label}_{self.model._meta.model_name}"
        wrap = self.admin_site.admin_view
        return [
            *self.more_urls(),
            path("", wrap(self.changelist_view), name=f"{name}_changelist"),
            path("begin/<slug:verb>/", wrap(self.begin_view), name=f"{name}_begin"),
            path("<int:pk>/do/<slug:verb>/", wrap(self.button_view), name=f"{name}_do"),
            path("<int:pk>/history/", wrap(self.history_page), name=f"{name}_history"),
            path("<int:pk>/change/", wrap(self.row_view), name=f"{name}_change"),
        ]

    def more_urls(self) -> list[URLPattern]:
        return []

    def changelist_view(self, request: HttpRequest, extra_context: Any = None) -> HttpResponse:
        if request.method == "POST":
            raise PermissionDenied
        context = {
            "title": self.plural,
            "beginnings": self.beginnings(request),
        }
        response: HttpResponse = super().changelist_view(request, context | (extra_context or {}))
        return response

    def row_view(self, request: HttpRequest, pk: int) -> HttpResponse:
        row = self.row_or_404(request, pk)
        meta = self.model._meta
        template = self.page_template or f"admin/{meta.app_label}/{meta.model_name}.html"
        panels = panels_of(self.admin_site.panels.get(self.model, ()), request, row)
        context = {
            **self.frame(request, row),
            "offered": self.offered(request, row),
            "main_panels": [panel for panel in panels if panel.place == "main"],
            "aside_panels": [panel for panel in panels if panel.place == "aside"],
            "history": self.history(request, row),
            **self.page(request, row),
        }
        return TemplateResponse(request, template, context)

    def page(self, request: HttpRequest, row: Any) -> dict[str, Any]:
        """What this row's template needs beside the row and its buttons."""
        return {}

    def history_page(self, request: HttpRequest, pk: int) -> HttpResponse:
        row = self.row_or_404(request, pk)
        context = {
            **self.frame(request, row),
            "history": self.history(request, row, newest=500),
        }
        return TemplateResponse(request, "admin/console/history.html", context)

    def history(self, request: HttpRequest, row: Any, newest: int = 12) -> list[Happened]:
        return history_of(row, reader(request), newest=newest)

    def frame(self, request: HttpRequest, row: Any) -> dict[str, Any]:
        return {
            **self.admin_site.each_context(request),
            "row": row,
            "title": self.plural if row is None else self.title_of(row),
            "crumbs": [(self.plural, list_url(self.model))],
            "row_url": self.after(row),
            "reader": request.user,
        }

    @property
    def plural(self) -> str:
        return self.called or str(self.model._meta.verbose_name_plural).capitalize()

    def title_of(self, row: Any) -> str:
        return str(row)

    def after(self, row: Any) -> str:
        """Where a pressed button leads to: the row's page, or the list while there is no row."""
        return url_of(row) if isinstance(row, self.model) else list_url(self.model)

    # Buttons

    def all_buttons(self) -> list[Button]:
        """Our own and those that upper apps add; a verb of the lifecycle is guarded by it."""
        added = self.admin_site.more_buttons.get(self.model, ())
        return [self.guarded(each) for each in (*self.buttons, *added)]

    def guarded(self, each: Button) -> Button:
        known = self.lifecycle is not None and each.verbs & set(self.lifecycle.verbs)
        return replace(each, lifecycle=self.lifecycle) if known else each

    def offered(self, request: HttpRequest, row: Any) -> list[Offered]:
        """What is done most comes first, and what hurts last."""
        shown = [each for each in self.all_buttons() if each.is_shown(row, reader(request))]
        return [offer(each, row) for each in sorted(shown, key=lambda each: LOOKS.index(each.look))]

    def button_view(self, request: HttpRequest, pk: int, verb: str) -> HttpResponse:
        row = self.row_or_404(request, pk)
        found = next((each for each in self.all_buttons() if each.name == verb), None)
        if found is None:
            raise Http404
        if not reader(request).has_perm(found.permission, row):
            raise PermissionDenied
        return self.answer(request, row, found)

    def answer(self, request: HttpRequest, row: Any, found: Button) -> HttpResponse:
        """Press it (POST), or ask first; `row` is None where something is to begin."""
        data, user = request.POST if request.method == "POST" else None, reader(request)
        form = found.Form(data, request.FILES or None, subject=row, user=user)
        if data is not None and form.is_valid():
            try:
                result = found.press(row, form, user)
            except DomainError as refusal:
                form.refuse(refusal)
            else:
                messages.success(request, found.done)
                if found.makes_another:
                    return HttpResponseRedirect(url_of(result))
                return HttpResponseRedirect(self.way_back(request, row or result))
        return self.ask(request, row, found, form)

    # Beginnings: buttons of the list

    def beginnings(self, request: HttpRequest) -> list[tuple[Button, str]]:
        """Those that this reader may press, each with its address."""
        user = reader(request)
        return [
            (each, list_url(self.model) + f"begin/{each.name}/")
            for each in self.openers
            if user.has_perm(each.permission, None)
        ]

    def begin_view(self, request: HttpRequest, verb: str) -> HttpResponse:
        found = next((each for each in self.openers if each.name == verb), None)
        if found is None:
            raise Http404
        if not reader(request).has_perm(found.permission, None):
            raise PermissionDenied
        return self.answer(request, None, found)

    def ask(
        self, request: HttpRequest, row: Any, found: Button, form: ActionForm
    ) -> TemplateResponse:
        """The page that says the consequence, with what was typed and why it was refused."""
        context = {
            **self.frame(request, row),
            "button": found,
            "form": form,
            "why_not": "" if form.is_bound or row is None else self.refused_now(found, row),
            "back": self.way_back(request, row),
        }
        return TemplateResponse(request, found.template, context)

    def refused_now(self, found: Button, row: Any) -> str:
        if not found.is_possible(row):
            said = state_of(row).replace("_", " ")
            return f"This is not possible while it is {said}. Nothing was changed."
        return found.why_not(row)

    def way_back(self, request: HttpRequest, row: Any) -> str:
        asked = str(request.POST.get("back") or request.GET.get("back") or "")
        is_ours = url_has_allowed_host_and_scheme(asked, None) and asked.startswith("/console/")
        return asked if is_ours else self.after(row)
