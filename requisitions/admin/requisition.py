"""The requisition: what we hire for, and who decides."""

from functools import partial
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db.models import Count, Q, QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import URLPattern, path, reverse
from django.utils.safestring import SafeString
from unfold.decorators import display

from ats.admin.approvals import is_asked, is_awaited, progress
from ats.admin.base import ScopedAdmin, list_url, reader, url_of
from ats.admin.buttons import Button, button
from ats.admin.custom_fields import in_words
from ats.admin.forms import CommentForm, ReplaceForm, ReturnForm, reason_form
from ats.admin.history import Happened, history_of
from ats.admin.lists import View, ViewFilter, by_status, of_one
from ats.admin.tags import day, status_badge
from ats.custom_fields.queries import shown_to
from ats.errors import DomainError
from ats.events.actors import Actor
from requisitions.actions.approval import replace_requisition_approver
from requisitions.actions.competency import choose_competencies
from requisitions.actions.opening import add_opening
from requisitions.actions.pay import set_pay
from requisitions.actions.pipeline import attach_pipeline
from requisitions.actions.posting import draft_posting
from requisitions.actions.requisition import (
    approve_requisition,
    cancel_requisition,
    draft_requisition,
    edit_requisition,
    hold_requisition,
    reopen_requisition,
    resume_requisition,
    return_requisition,
    submit_requisition,
)
from requisitions.actions.team import join_hiring_team
from requisitions.actions.template import draft_from_template
from requisitions.admin.blocks import to_approve
from requisitions.admin.changes import what_changed
from requisitions.admin.form import ADD_QUESTION
from requisitions.admin.forms import (
    AskForm,
    DraftForm,
    EditForm,
    ListingForm,
    MemberForm,
    OpeningForm,
    PipelineForm,
)
from requisitions.admin.library import ChoiceForm
from requisitions.admin.pay import PayForm
from requisitions.admin.pipeline import ADD_STAGE, live, with_steps
from requisitions.admin.posting import PostingForm
from requisitions.admin.templates import COPIES
from requisitions.enums import CLOSED, REQUISITION, PostingStatus, RequisitionStatus
from requisitions.imports import import_listing
from requisitions.listing import NotAListing, read_listing
from requisitions.models import (
    HiringTeamMember,
    JobPosting,
    Opening,
    Question,
    Requisition,
    RequisitionTemplate,
    Stage,
)
from requisitions.queries.pay_gate import is_pay_shown, pay_findings, pay_warnings, said_in
from requisitions.queries.postings import words_of

BEFORE_APPROVAL = (RequisitionStatus.DRAFT, RequisitionStatus.PENDING_APPROVAL)


def is_live(requisition: Requisition, user: Any) -> bool:
    return requisition.status not in CLOSED


def lacks_pipeline(requisition: Requisition, user: Any) -> bool:
    return is_live(requisition, user) and not requisition.stages.filter(retired_at=None).exists()


def pay_of(requisition: Requisition) -> dict[str, Any]:
    """For the page of those whom the rules show it to; so is the listing, which may tell it."""
    return {
        "is_pay_shown": True,
        "pay_ranges": list(requisition.pay_ranges.order_by("pk")),
        "pay_warnings": pay_warnings(requisition),
        "pay_laws": pay_findings(requisition, said_in(words_of(requisition))),
    }


def is_draft(requisition: Requisition, user: Any) -> bool:
    return requisition.status == RequisitionStatus.DRAFT


BUTTONS: list[Button] = [
    button(
        submit_requisition,
        label="Ask for approval",
        look="primary",
        says="These people are asked, step after step. When the last one has approved, the"
        " requisition opens and so do its seats.",
        done="Approval is asked for.",
        Form=AskForm,
    ),
    button(
        approve_requisition,
        label="Approve",
        look="primary",
        says="You say yes. If yours is the last answer needed, the requisition opens at once.",
        done="You approved it.",
        Form=CommentForm,
        shown=is_awaited,
    ),
    button(
        return_requisition,
        label="Return",
        says="It becomes a draft again, with your comment on what has to change.",
        done="It was returned.",
        Form=ReturnForm,
        shown=is_awaited,
    ),
    button(
        replace_requisition_approver,
        label="Ask somebody else",
        says="In place of an approver who is away, has left or does not answer. What was answered"
        " stands, and the reason is kept.",
        done="Somebody else is asked.",
        Form=ReplaceForm,
        shown=is_asked,
    ),
    button(
        attach_pipeline,
        label="Attach pipeline",
        says="Applications need stages to arrive in. The stages come from a template and can be"
        " changed here afterwards.",
        done="The pipeline is attached.",
        Form=PipelineForm,
        shown=lacks_pipeline,
    ),
    ADD_STAGE,
    button(
        resume_requisition,
        label="Resume",
        look="primary",
        says="The requisition is open again, and so are the postings that the hold took down.",
        done="The requisition is open again.",
    ),
    button(
        reopen_requisition,
        label="Reopen",
        says="The seats that the cancellation closed are open again. Postings stay down until"
        " somebody publishes them.",
        done="The requisition is open again.",
    ),
    button(
        draft_posting,
        label="Draft a posting",
        says="A posting is what the public reads. It stays a draft until you publish it.",
        done="The posting is drafted: publish it when it is ready.",
        Form=PostingForm,
        shown=is_live,
    ),
    ADD_QUESTION,
    button(
        edit_requisition,
        label="Edit",
        says="A change to title, level or pay asks the same people for approval again, also where"
        " it was given: until then nobody is offered the job or hired. Postings stay up.",
        done="Saved.",
        Form=EditForm,
        shown=is_live,
    ),
    button(
        choose_competencies,
        label="Choose competencies",
        says="What interviews assess and scorecards rate, in this order. Weights are equal unless"
        " you write down why. Rubrics that are frozen stay; the next one begins with this.",
        done="The competencies are chosen.",
        Form=ChoiceForm,
        shown=is_live,
        template="admin/requisitions/choose.html",
    ),
    button(
        set_pay,
        label="Set pay",
        says="What the role pays, and where. Publishing checks it against the laws of each place.",
        done="The pay ranges are saved.",
        Form=PayForm,
        shown=is_live,
        template="admin/requisitions/pay_form.html",
    ),
    button(
        add_opening,
        label="Add a seat",
        says="One more person can be hired. How many seats there are is part of what is approved:"
        " the same people are asked again, unless it is a draft.",
        done="The seat was added.",
        Form=OpeningForm,
        shown=is_live,
    ),
    button(
        join_hiring_team,
        label="Add to the team",
        says="They see this requisition, and what their role lets them do with it.",
        done="They joined the hiring team.",
        Form=MemberForm,
        shown=is_live,
    ),
    button(
        hold_requisition,
        label="Put on hold",
        says="The postings come down. Applications and their people stay where they are.",
        done="The requisition is on hold.",
    ),
    *COPIES,
    button(
        cancel_requisition,
        label="Cancel",
        look="danger",
        says="The requisition closes without a hire: its seats close and its postings come down."
        " Active applications stay until somebody decides about each.",
        done="The requisition is cancelled.",
        Form=reason_form("Why", help_text="For whoever wonders later."),
    ),
]


class RequisitionAdmin(ScopedAdmin):
    list_display = ("number", "title", "state", "department", "seats", "created")
    list_display_links = ("number", "title")
    search_fields = ("number", "title")
    search_help_text = "Number or title"
    related = ("department",)
    ordering = ("-created_at", "-id")
    list_filter = (ViewFilter, of_one("department"))
    lifecycle = REQUISITION
    buttons = BUTTONS
    openers = [
        button(
            draft_requisition,
            label="Draft a requisition",
            says="It gets a number and one seat, and you are its recruiter. To begin with a"
            " listing, import it: that fills in most of this.",
            done="The requisition is drafted.",
            Form=DraftForm,
        )
    ]
    empty_sentence = "No requisition that you may see. They appear when you join a hiring team."
    views = {
        "open": by_status("Open", "open", "on_hold"),
        "drafts": by_status("Drafts", "draft"),
        "waiting": by_status("Waiting for approval", "pending_approval"),
        "to_approve": View("For me to approve", to_approve),
        "closed": by_status("Closed", "filled", "cancelled"),
    }

    def get_queryset(self, request: HttpRequest) -> QuerySet[Any]:
        taken = Count("openings", filter=Q(openings__status="filled"))
        rows = super().get_queryset(request)
        return rows.annotate(seats_all=Count("openings"), seats_taken=taken)

    @display(description="Status", ordering="status")
    def state(self, row: Any) -> SafeString:
        return status_badge(row)

    @display(description="Seats")
    def seats(self, row: Any) -> str:
        return f"{row.seats_taken} of {row.seats_all} filled"

    @display(description="Since", ordering="created_at")
    def created(self, row: Any) -> str:
        return day(row.created_at)

    def history(self, request: HttpRequest, row: Requisition, newest: int = 12) -> list[Happened]:
        explain = partial(what_changed, reader(request))
        return history_of(row, reader(request), newest=newest, explain=explain)

    def title_of(self, row: Requisition) -> str:
        return str(row.title)

    def page(self, request: HttpRequest, row: Requisition) -> dict[str, Any]:
        team = row.team.select_related("user", "requisition").order_by("role", "-is_responsible")
        qualifications = list(row.qualifications.all())
        openings = row.openings.select_related("requisition")
        stages = live(row).select_related("requisition")
        postings = row.postings.select_related("requisition").defer("search").order_by("-pk")
        return {
            "team": self.parts(request, row, HiringTeamMember, team),
            "openings": self.parts(request, row, Opening, openings),
            "postings": self.parts(request, row, JobPosting, postings),
            "stages": list(with_steps(self.parts(request, row, Stage, stages))),
            "questions": self.parts(request, row, Question, row.questions.asked()),
            "approval": progress(row.approval),
            "competencies": list(row.competencies.select_related("competency")),
            "required": [each for each in qualifications if each.is_required],
            "preferred": [each for each in qualifications if not each.is_required],
            "custom": in_words(shown_to(reader(request), "requisition", row)),
            **(pay_of(row) if is_pay_shown(row, reader(request)) else {}),
            "offices": list(row.offices.order_by("name")),
            "published": PostingStatus.PUBLISHED,
        }

    def parts(self, request: HttpRequest, row: Requisition, model: Any, rows: Any) -> Any:
        return self.admin_site.get_model_admin(model).offered_on(request, row, rows)

    def beginnings(self, request: HttpRequest) -> list[tuple[Button, str]]:
        found: list[tuple[Button, str]] = super().beginnings(request)
        if reader(request).has_perm("requisitions.import_listing"):
            words = {"says": "", "done": ""}
            words |= {"label": "New from template", "icon": "content_copy"}
            found.insert(0, (button(draft_from_template, **words), list_url(RequisitionTemplate)))
            words |= {"label": "Import a listing", "icon": "upload_file"}
            url = reverse("admin:requisitions_requisition_import")
            found.insert(0, (button(import_listing, **words), url))
        return found

    def more_urls(self) -> list[URLPattern]:
        view = self.admin_site.admin_view(self.import_view)
        return [path("import/", view, name="requisitions_requisition_import")]

    def import_view(self, request: HttpRequest) -> HttpResponse:
        """Read first, show what was understood, and create on a second press."""
        if not reader(request).has_perm("requisitions.import_listing"):
            raise PermissionDenied
        form = ListingForm(request.POST or None, request.FILES or None)
        listing = None
        if request.method == "POST" and form.is_valid():
            if "create" in request.POST:
                return self.create_from(request, form)
            try:
                listing = read_listing(form.cleaned_data["text"])
            except NotAListing as problem:
                form.add_error("text", str(problem))
        return self.preview(request, form, listing)

    def create_from(self, request: HttpRequest, form: ListingForm) -> HttpResponse:
        try:
            made = import_listing(form.cleaned_data["text"], by=Actor.of(reader(request)))
        except DomainError as refusal:
            form.add_error("text", refusal.sentence)
            return self.preview(request, form, None)
        messages.success(request, f"{made.number} is drafted from the listing.")
        return HttpResponseRedirect(url_of(made))

    def preview(self, request: HttpRequest, form: ListingForm, listing: Any) -> TemplateResponse:
        context = {
            **self.admin_site.each_context(request),
            "title": "Import a listing",
            "crumbs": [("Requisitions", list_url(Requisition))],
            "form": form,
            "listing": listing,
            "text": form.cleaned_data["text"] if listing else "",
        }
        return TemplateResponse(request, "admin/requisitions/import.html", context)
