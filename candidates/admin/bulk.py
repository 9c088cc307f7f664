"""Many applications at once: choose them, say what to do, look at the preview."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django import forms
from django.db.models import Q
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse

from ats.admin.base import list_url, reader, url_of
from ats.admin.forms import ActionForm, text
from ats.errors import DomainError
from ats.events.actors import Actor
from ats.jobs.models import Job
from candidates.actions.letters import TOKENS
from candidates.admin.forms import LETTERS, RejectForm
from candidates.bulk.planning import bulk_mail, bulk_move, bulk_reject, bulk_tag, bulk_untag
from candidates.bulk.selection import MOST
from candidates.models import Application, Tag
from requisitions.enums import TeamRole
from requisitions.models import Requisition, Stage

SHOWN = 200
KNOWN = ", ".join(f"{{{{ {token} }}}}" for token in TOKENS)


class BulkMoveForm(ActionForm):
    stage = forms.ModelChoiceField(Stage.objects.none(), label="To")

    def prepare(self) -> None:
        """`subject` are the applications that can be chosen."""
        led = Requisition.objects.worked_on_by(self.user, TeamRole.RECRUITER, TeamRole.MANAGER)
        admin = Q(requisition__is_confidential=False) if self.user.is_site_admin else Q(pk=None)
        stages = Stage.objects.filter(Q(requisition__in=led) | admin, retired_at=None)
        here = self.subject.order_by().values("requisition")
        field: Any = self.fields["stage"]
        field.queryset = stages.filter(requisition__in=here).select_related("requisition")
        field.label_from_instance = lambda stage: f"{stage.requisition.number}: {stage}"


class BulkTagForm(ActionForm):
    tag = forms.ModelChoiceField(Tag.objects.none(), label="Tag")

    def prepare(self) -> None:
        self.fields["tag"].queryset = Tag.objects.in_use()  # type: ignore[attr-defined]


class LetterForm(ActionForm):
    subject = forms.CharField(label="Subject", max_length=200)
    body = text("Letter", rows=10, help_text=f"You may write {KNOWN}.")
    when = forms.ChoiceField(
        label="It leaves", choices=LETTERS[1::-1], initial="now", widget=forms.RadioSelect
    )


@dataclass(frozen=True)
class Choice:
    label: str
    says: str
    plan: Callable[..., Job]
    Form: type[ActionForm]


CHOICES = {
    "move": Choice("Move", "To a stage of one requisition.", bulk_move, BulkMoveForm),
    "reject": Choice("Reject", "You choose when they hear about it.", bulk_reject, RejectForm),
    "tag": Choice("Tag", "Mark the people.", bulk_tag, BulkTagForm),
    "untag": Choice("Take a tag off", "Of those who have it.", bulk_untag, BulkTagForm),
    "mail": Choice("Write", "One letter to each person.", bulk_mail, LetterForm),
}


def bulk_page(screen: Any, request: HttpRequest, verb: str) -> HttpResponse:
    """The rows are those of the list with the same filters."""
    if verb not in CHOICES:
        raise Http404
    choice, user = CHOICES[verb], reader(request)
    rows = screen.get_changelist_instance(request).get_queryset(request)
    data = request.POST if request.method == "POST" else None
    form = choice.Form(data, subject=rows, user=user)
    if data is not None and form.is_valid():
        try:
            ids = chosen(rows, request)
            job = choice.plan(applications=ids, **form.arguments(), by=Actor.of(user))
            return HttpResponseRedirect(url_of(job))
        except DomainError as refusal:
            form.refuse(refusal)
    first = list(rows[: SHOWN + 1])
    query = request.GET.urlencode()
    context = {
        **screen.admin_site.each_context(request),
        "title": f"{choice.label}: choose applications",
        "crumbs": [("Applications", list_url(Application, query))],
        "choice": choice,
        "choices": [(name, each.label, name == verb) for name, each in CHOICES.items()],
        "query": query,
        "form": form,
        "rows": first[:SHOWN],
        "has_more": len(first) > SHOWN,
        "most": MOST,
        "ticked": set(request.POST.getlist("chosen")),
    }
    return TemplateResponse(request, "admin/candidates/bulk.html", context)


def chosen(rows: Any, request: HttpRequest) -> list[Any]:
    if request.POST.get("all") == "yes":
        return list(rows.values_list("public_id", flat=True)[: MOST + 1])
    keys = [int(key) for key in request.POST.getlist("chosen") if key.isdecimal() and len(key) < 18]
    return list(rows.filter(pk__in=keys).values_list("public_id", flat=True))
