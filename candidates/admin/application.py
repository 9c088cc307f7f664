"""The application: who applied, where they stand, how it ends."""

from typing import Any

from django.db.models import F, OuterRef, QuerySet, Subquery
from django.http import HttpRequest, HttpResponse
from django.urls import URLPattern, path, reverse
from django.utils.safestring import SafeString
from unfold.decorators import display

from ats.accounts.models import User
from ats.admin.base import ScopedAdmin, reader
from ats.admin.buttons import Offered, button
from ats.admin.lists import View, ViewFilter, by_status, of_one
from ats.admin.tags import ago, span, status_badge
from ats.outbox.models import Delivery
from candidates import emails
from candidates.actions.application import (
    hire_application,
    move_application,
    reactivate_application,
    reject_application,
    take_back_rejection_letter,
    undo_hire,
    withdraw_application,
)
from candidates.actions.attachment import add_attachment
from candidates.actions.follow_up import ask_follow_up
from candidates.actions.letters import NOT_SENT_YET
from candidates.actions.note import add_note
from candidates.actions.offer import draft_offer
from candidates.admin.blocks import needing_attention, new
from candidates.admin.board import board_index, board_page
from candidates.admin.bulk import bulk_page
from candidates.admin.elsewhere import APPLICATION_BUTTONS
from candidates.admin.forms import (
    AttachmentForm,
    FollowUpForm,
    MoveForm,
    NoteForm,
    OfferForm,
    RejectForm,
    WithdrawForm,
)
from candidates.enums import APPLICATION, ApplicationStatus
from candidates.models import (
    AgencySubmission,
    Application,
    Attachment,
    FollowUp,
    Note,
    Offer,
    Referral,
    StageVisit,
)
from candidates.queries.applications import blockers, live_offer
from candidates.queries.details import in_words
from candidates.queries.evidence import evidence_of
from candidates.queries.letters import letters_to_candidate, without_links
from requisitions.models import Requisition


def is_active(application: Application, user: User) -> bool:
    return application.status == ApplicationStatus.ACTIVE


def has_waiting_letter(application: Application, user: User) -> bool:
    letters = Delivery.objects.filter(
        about_id=application.public_id, letter=emails.REJECTION, state__in=NOT_SENT_YET
    )
    return letters.exists()


BUTTONS = [
    button(
        hire_application,
        label="Hire",
        look="primary",
        says="They take the seat of the accepted offer. The last seat fills the requisition and"
        " takes its postings down.",
        done="Hired.",
        shown=lambda application, user: live_offer(application) is not None,
        blockers=lambda application: blockers(application, "hire"),
    ),
    button(
        move_application,
        label="Move",
        look="primary",
        says="Stage rules of the new stage run, and time in stage begins anew.",
        done="Moved.",
        Form=MoveForm,
        shown=is_active,
    ),
    button(
        draft_offer,
        label="Draft an offer",
        says="Nobody sees the offer before it is approved and sent.",
        done="The offer is drafted: ask for its approval.",
        Form=OfferForm,
        shown=is_active,
        blockers=lambda application: blockers(application, "draft_offer"),
    ),
    button(
        reactivate_application,
        label="Reactivate",
        look="primary",
        says="It is active again in the stage that it left. A rejection letter that has not left"
        " is taken back.",
        done="The application is active again.",
        blockers=lambda application: blockers(application, "reactivate"),
    ),
    button(
        take_back_rejection_letter,
        label="Take back the letter",
        says="The rejection letter is not sent. The application stays rejected.",
        done="The letter was taken back.",
        shown=has_waiting_letter,
    ),
    button(
        undo_hire,
        label="Undo the hire",
        says="The seat is given back, and a requisition that it had filled opens again. The offer"
        " stays accepted.",
        done="The hire is undone.",
    ),
    button(
        withdraw_application,
        label="They withdrew",
        says="The candidate does not want it any more. An offer that is alive is rescinded, and"
        " interviews are cancelled.",
        done="The application is withdrawn.",
        Form=WithdrawForm,
    ),
    button(
        reject_application,
        label="Reject",
        look="danger",
        says="The application is closed and interviews to come are cancelled. You choose when the"
        " candidate hears about it.",
        done="The application is rejected.",
        Form=RejectForm,
        blockers=lambda application: blockers(application, "reject"),
    ),
    button(
        ask_follow_up,
        label="Follow up",
        says="You, or the colleague you choose, get a letter when it is due.",
        done="You will be reminded, or they will.",
        Form=FollowUpForm,
    ),
    button(
        add_attachment,
        label="Add a file",
        says="It is kept with the application, for those you choose.",
        done="The file is added.",
        Form=AttachmentForm,
    ),
    button(
        add_note,
        label="Add a note",
        says="The team reads it, unless it is for you alone.",
        done="The note is added.",
        Form=NoteForm,
    ),
]


class ApplicationAdmin(ScopedAdmin):
    list_display = ("who", "role", "stage_name", "state", "waiting", "came_from", "applied")
    search_fields = ("candidate__name", "requisition__title", "requisition__number")
    search_help_text = "Candidate or requisition"
    related = ("candidate", "requisition", "stage", "source")
    ordering = ("-applied_at", "-id")
    list_filter = (ViewFilter, of_one("requisition"), of_one("stage"))
    lifecycle = APPLICATION
    buttons = [*BUTTONS, *APPLICATION_BUTTONS]
    empty_sentence = "No application that you may see."
    views = {
        "active": by_status("Active", "active"),
        "new": View("New", new),
        "attention": View("To decide about", needing_attention),
        "hired": by_status("Hired", "hired"),
        "rejected": by_status("Rejected", "rejected"),
        "withdrawn": by_status("Withdrawn", "withdrawn"),
    }

    def get_queryset(self, request: HttpRequest) -> QuerySet[Any]:
        visit = StageVisit.objects.filter(application=OuterRef("pk"), left_at=None)
        rows = super().get_queryset(request)
        return rows.annotate(entered_at=Subquery(visit.values("entered_at")[:1]))

    @display(description="Candidate", ordering="candidate__name")
    def who(self, row: Any) -> str:
        return str(row.candidate)

    @display(description="Requisition")
    def role(self, row: Any) -> str:
        return str(row.requisition.title)

    @display(description="Stage", ordering="stage__position")
    def stage_name(self, row: Any) -> str:
        return str(row.stage)

    @display(description="Status", ordering="status")
    def state(self, row: Any) -> SafeString:
        return status_badge(row)

    @display(description="In stage since", ordering=F("entered_at"))
    def waiting(self, row: Any) -> str:
        return ago(row.entered_at)

    @display(description="Source")
    def came_from(self, row: Any) -> str:
        return str(row.source or "")

    @display(description="Applied", ordering="applied_at")
    def applied(self, row: Any) -> str:
        return ago(row.applied_at)

    def title_of(self, row: Any) -> str:
        return str(row.candidate)

    def page(self, request: HttpRequest, row: Any) -> dict[str, Any]:
        user = reader(request)
        letters = letters_to_candidate(row, user).order_by("-pk")
        offers = Offer.objects.visible_to(user).filter(application=row)
        notes = Note.objects.visible_to(user).filter(application=row).select_related("author")
        notes = notes.prefetch_related("versions")
        resumes = list(row.resumes.order_by("-pk"))
        return {
            "role": row.requisition,
            "sees_role": Requisition.objects.visible_to(user)
            .filter(pk=row.requisition_id)
            .exists(),
            "emails": list(row.candidate.emails.order_by("-is_primary", "pk")),
            "phones": list(row.candidate.phones.order_by("pk")),
            "visits": self.visits(row),
            "letters": [(letter, without_links(letter.body)) for letter in letters],
            "offers": list(offers.order_by("-pk")),
            "notes": list(notes),
            "resumes": resumes,
            "evidence": evidence_of(resumes[0], row.requisition) if resumes else [],
            "attachments": list(
                Attachment.objects.visible_to(user)
                .filter(application=row)
                .select_related("question")
                .order_by("pk")
            ),
            "follow_ups": list(
                FollowUp.objects.visible_to(user)
                .filter(application=row, done_at=None)
                .select_related("user")
                .order_by("due_at", "pk")
            ),
            "referrals": list(
                Referral.objects.visible_to(user).filter(application=row).select_related("referrer")
            ),
            "agencies": list(
                AgencySubmission.objects.visible_to(user)
                .filter(application=row)
                .select_related("contact__agency")
            ),
            "details": list(in_words(row.submitted.get("details") or {})),
            "answers": row.submitted.get("answers") or [],
            "note_form": self.note_form(request, row),
            "others": list(self.others(user, row)),
        }

    def offered(self, request: HttpRequest, row: Any) -> list[Offered]:
        """Notes are written on the page itself."""
        found: list[Offered] = super().offered(request, row)
        return [each for each in found if each.button.action is not add_note]

    def visits(self, row: Any) -> list[tuple[StageVisit, str]]:
        visits = row.visits.as_named_then().select_related("moved_by")
        return [
            (
                visit,
                span((visit.left_at - visit.entered_at).total_seconds()) if visit.left_at else "",
            )
            for visit in visits
        ]

    def note_form(self, request: HttpRequest, row: Any) -> NoteForm | None:
        user = reader(request)
        may = user.has_perm("candidates.add_note", row)
        return NoteForm(subject=row, user=user) if may else None

    def others(self, user: User, row: Any) -> QuerySet[Application]:
        mine = Application.objects.visible_to(user).filter(candidate=row.candidate_id)
        return (
            mine.exclude(pk=row.pk).select_related("requisition", "stage").order_by("-applied_at")
        )

    def more_urls(self) -> list[URLPattern]:
        wrap = self.admin_site.admin_view
        return [
            path("bulk/<slug:verb>/", wrap(self.bulk_view), name="candidates_bulk"),
            path("board/", wrap(self.boards_view), name="candidates_board"),
            path("board/<int:requisition>/", wrap(self.board_view), name="candidates_board_of"),
        ]

    def bulk_view(self, request: HttpRequest, verb: str) -> HttpResponse:
        return bulk_page(self, request, verb)

    def changelist_view(self, request: HttpRequest, extra_context: Any = None) -> HttpResponse:
        query = request.GET.urlencode()
        url = reverse("admin:candidates_bulk", args=["move"])
        link = ("Work on many", f"{url}?{query}" if query else url)
        return super().changelist_view(request, {"more_links": [link], **(extra_context or {})})

    def boards_view(self, request: HttpRequest) -> HttpResponse:
        return board_index(self.admin_site, request)

    def board_view(self, request: HttpRequest, requisition: int) -> HttpResponse:
        return board_page(self.admin_site, request, requisition)
