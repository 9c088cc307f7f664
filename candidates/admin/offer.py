"""The offer: what we offer, who approved it, and what became of it."""

from typing import Any

from django.http import HttpRequest
from django.utils.safestring import SafeString
from unfold.decorators import display

from ats import clock
from ats.accounts.models import User
from ats.admin.approvals import is_asked, is_awaited, progress
from ats.admin.base import ScopedAdmin, reader
from ats.admin.buttons import button
from ats.admin.forms import CommentForm, ReplaceForm, ReturnForm
from ats.admin.lists import View, ViewFilter, by_status
from ats.admin.tags import day, status_badge
from candidates.actions.offer import (
    BEFORE_SENDING,
    approve_offer,
    decline_offer,
    edit_offer,
    replace_offer_approver,
    rescind_offer,
    return_offer,
    send_offer,
    submit_offer,
)
from candidates.actions.offer_version import REVISABLE, extend_offer, revise_offer
from candidates.admin.blocks import offers_accepted, offers_out, offers_to_approve
from candidates.admin.forms import AskOfferForm, DeclineForm, EditOfferForm, ExtendForm, RescindForm
from candidates.enums import OFFER, ApplicationStatus
from candidates.models import Application, Offer
from candidates.queries.offers import last_day, letter_of, outside_range


def is_revisable(offer: Offer, user: User) -> bool:
    is_active = offer.application.status == ApplicationStatus.ACTIVE
    return is_active and offer.status in REVISABLE and not newer_than(offer)


def newer_than(offer: Offer) -> Offer | None:
    later = Offer.objects.filter(application=offer.application_id, version__gt=offer.version)
    return later.order_by("-version").first()


class OfferAdmin(ScopedAdmin):
    list_display = ("who", "role", "state", "pay", "starts", "until")
    search_fields = ("application__candidate__name", "application__requisition__title")
    search_help_text = "Candidate or requisition"
    related = (
        "application__candidate",
        "application__requisition",
        "application__posting",
        "opening",
        "approval",
    )
    ordering = ("-created_at", "-id")
    list_filter = (ViewFilter,)
    lifecycle = OFFER
    empty_sentence = "No offer that you may see."
    views = {
        "live": by_status("In progress", "draft", "pending_approval", "approved"),
        "to_approve": View("For me to approve", offers_to_approve),
        "out": View("Out", offers_out),
        "accepted": View("Accepted, not hired yet", offers_accepted),
        "ended": by_status("Ended", "accepted", "declined", "rescinded", "expired"),
    }
    buttons = [
        button(
            submit_offer,
            label="Ask for approval",
            look="primary",
            says="These people are asked, step after step. Nothing reaches the candidate yet.",
            done="Approval is asked for.",
            Form=AskOfferForm,
        ),
        button(
            approve_offer,
            label="Approve",
            look="primary",
            says="You say yes. When everybody has, the recruiter can send the offer.",
            done="You approved it.",
            Form=CommentForm,
            shown=is_awaited,
        ),
        button(
            return_offer,
            label="Return",
            says="It becomes a draft again, with your comment on what has to change.",
            done="It was returned.",
            Form=ReturnForm,
            shown=is_awaited,
        ),
        button(
            replace_offer_approver,
            label="Ask somebody else",
            says="In place of an approver who is away, has left or does not answer. What was"
            " answered stands, and the reason is kept.",
            done="Somebody else is asked.",
            Form=ReplaceForm,
            shown=is_asked,
        ),
        button(
            send_offer,
            label="Send",
            look="primary",
            says="The candidate gets the letter with a link to answer, once. From then on they can"
            " accept until the offer expires.",
            done="The offer is out.",
        ),
        button(
            edit_offer,
            label="Edit",
            says="A change of pay or the first day asks the same people for approval again, also"
            " where it was given. Nothing reaches the candidate before it is sent.",
            done="Saved.",
            Form=EditOfferForm,
            shown=lambda offer, user: offer.status in BEFORE_SENDING,
        ),
        button(
            rescind_offer,
            label="Rescind",
            look="danger",
            says="The offer is taken back: its link no longer accepts an answer.",
            done="The offer is rescinded.",
            Form=RescindForm,
        ),
        button(
            extend_offer,
            label="More time",
            says="The same terms stay open for longer. The candidate is told, and their link keeps"
            " working.",
            done="The offer stays open for longer.",
            Form=ExtendForm,
        ),
        button(
            decline_offer,
            label="They declined",
            says="The candidate told you no. The offer is closed; the application stays active.",
            done="The offer is declined.",
            Form=DeclineForm,
        ),
        button(
            revise_offer,
            label="New version",
            says="A new draft begins with these terms, to be edited, approved and sent. This one"
            " stays as it was sent; if it is still out, it is rescinded.",
            done="A new version is drafted.",
            shown=is_revisable,
            makes_another=True,
        ),
    ]

    @display(description="Candidate", ordering="application__candidate__name")
    def who(self, row: Any) -> str:
        return str(row.application.candidate)

    @display(description="Requisition")
    def role(self, row: Any) -> str:
        return str(row.application.requisition.title)

    @display(description="Status", ordering="status")
    def state(self, row: Any) -> SafeString:
        return status_badge(row)

    @display(description="Pay")
    def pay(self, row: Any) -> str:
        return f"{row.pay_amount:,.0f} {row.pay_currency} a {row.pay_period}"

    @display(description="First day", ordering="start_on")
    def starts(self, row: Any) -> str:
        return day(row.start_on)

    @display(description="Open until", ordering="expires_at")
    def until(self, row: Any) -> str:
        return day(row.expires_at)

    def title_of(self, row: Any) -> str:
        later = f", version {row.version}" if row.version > 1 else ""
        return f"Offer to {row.application.candidate}{later}"

    def page(self, request: HttpRequest, row: Any) -> dict[str, Any]:
        visible = Application.objects.visible_to(reader(request))
        at = clock.now()
        return {
            "letter": letter_of(row, at),
            "outside": outside_range(row),
            "until": last_day(row),
            "newer": newer_than(row),
            "approval": progress(row.approval),
            "sees_application": visible.filter(pk=row.application_id).exists(),
            "pay": self.pay(row),
        }
