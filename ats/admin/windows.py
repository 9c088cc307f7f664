"""Windows on the kernel's own tables: people, letters, events, debts, reminders."""

import re
from typing import Any

from django import forms
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.safestring import SafeString
from unfold.decorators import display

from ats.accounts.models import User
from ats.accounts.rules import is_site_admin
from ats.admin.base import ScopedAdmin, list_url, url_of
from ats.admin.blocks import Block, Line, block
from ats.admin.buttons import button
from ats.admin.forms import ActionForm
from ats.admin.history import names_of, who, words
from ats.admin.lists import View
from ats.admin.tags import badge, moment
from ats.events.actors import Actor
from ats.events.models import Event, Owed
from ats.outbox import relay
from ats.outbox.enums import DELIVERY, DeliveryState
from ats.outbox.letters import cancel_delivery, retry_delivery, settle_delivery
from ats.outbox.models import Delivery
from ats.people.actions import deactivate_user, invite_user
from ats.reminders.models import Reminder

# A signed link acts for the person who got it: nobody else may follow it.
PERSONAL_LINK = re.compile(r"(https?://\S*/)[^\s/]{50,}")
TROUBLE = (DeliveryState.FAILED, DeliveryState.UNKNOWN)


class InviteForm(ActionForm):
    email = forms.EmailField(label="E-mail address", max_length=254)
    name = forms.CharField(label="Name", max_length=200)
    timezone = forms.CharField(
        label="Time zone", initial="UTC", max_length=64, help_text="As in Europe/Berlin."
    )


class UserAdmin(ScopedAdmin):
    """Accounts. What somebody may do is written elsewhere: in each app's roles."""

    called = "People"

    list_display = ("name", "email", "timezone", "account")
    search_fields = ("name", "email")
    search_help_text = "Name or e-mail address"
    ordering = ("name", "pk")
    views = {
        "active": View("Active", lambda rows, user: rows.filter(is_active=True)),
        "admins": View("Site admins", lambda rows, user: rows.filter(is_site_admin=True)),
        "gone": View("Deactivated", lambda rows, user: rows.filter(is_active=False)),
    }
    openers = [
        button(
            invite_user,
            label="Invite somebody",
            icon="person_add",
            says="They get an account without a password. What they may do follows from the"
            " hiring teams that they join.",
            done="The account exists.",
            Form=InviteForm,
        )
    ]
    buttons = [
        button(
            deactivate_user,
            label="Deactivate",
            look="danger",
            says="They are signed out everywhere at once, and their tokens stop working. What they"
            " did stays.",
            done="The account is deactivated.",
            shown=lambda person, user: person.is_active and person != user,
        )
    ]

    @display(description="Account")
    def account(self, person: User) -> SafeString:
        if not person.is_active:
            return badge("deactivated", "cancelled")
        return badge("site admin", "active") if person.is_site_admin else badge("active", "plain")


class SystemAdmin(ScopedAdmin):
    """For site admins; even they see no trace of a secret that is not theirs."""

    def is_open_to(self, request: HttpRequest) -> bool:
        return is_site_admin(request.user)


class DeliveryAdmin(SystemAdmin):
    called = "Letters"
    list_display = ("subject", "to_name", "state_badge", "due", "letter")
    list_display_links = ("subject",)
    search_fields = ("subject", "to_name", "to_address")
    search_help_text = "Subject or recipient"
    ordering = ("-pk",)
    lifecycle = DELIVERY
    empty_sentence = "No letter has been written yet."
    views = {
        "trouble": View("In trouble", lambda rows, user: rows.filter(state__in=TROUBLE)),
        "queued": View("Queued", lambda rows, user: rows.filter(state="queued")),
        "sent": View("Sent", lambda rows, user: rows.filter(state="sent")),
        "cancelled": View("Taken back", lambda rows, user: rows.filter(state="cancelled")),
    }
    buttons = [
        button(
            retry_delivery,
            label="Send again",
            look="primary",
            says="The letter is queued again. If it is not known whether the first copy arrived,"
            " it may arrive twice.",
            done="The letter is queued again.",
        ),
        button(
            settle_delivery,
            label="It arrived",
            says="You know that the letter arrived: it is marked as sent and never sent again.",
            done="The letter counts as sent.",
        ),
        button(
            cancel_delivery,
            label="Take back",
            look="danger",
            says="The letter will not be sent. It stays readable here.",
            done="The letter was taken back.",
        ),
    ]

    def page(self, request: HttpRequest, row: Delivery) -> dict[str, Any]:
        return {"body": PERSONAL_LINK.sub(r"\1(a personal link)", row.body)}

    @display(description="State", ordering="state")
    def state_badge(self, letter: Delivery) -> SafeString:
        return badge(letter.get_state_display(), letter.state)

    @display(description="Due", ordering="due_at")
    def due(self, letter: Delivery) -> str:
        return moment(letter.due_at)


class EventAdmin(SystemAdmin):
    list_display = ("at_moment", "what", "by_whom", "stream")
    ordering = ("-pk",)
    list_filter = ()
    page_template = "admin/console/facts.html"

    def get_queryset(self, request: HttpRequest) -> QuerySet[Any]:
        return super().get_queryset(request).prefetch_related("subjects")

    @display(description="When")
    def at_moment(self, event: Event) -> str:
        return moment(event.at)

    @display(description="What")
    def what(self, event: Event) -> str:
        return words(event.verb)

    @display(description="By")
    def by_whom(self, event: Event) -> str:
        return event.actor_kind + (f", {event.rule}" if event.rule else "")

    def page(self, request: HttpRequest, row: Event) -> dict[str, Any]:
        facts = [
            ("When", moment(row.at)),
            ("Who", who(row, names_of([row.user_id]))),
            ("Event", row.verb),
            ("Subjects", ", ".join(f"{each.kind} {each.object_id}" for each in row.subjects.all())),
            ("Ids", ", ".join(f"{key}: {value}" for key, value in row.ids.items())),
            ("Chain", f"link {row.seq} of {row.stream}"),
            ("Hash", row.hash),
        ]
        return {"facts": facts}

    def title_of(self, row: Event) -> str:
        return words(row.verb)


def retry_debt(debt: Owed, *, by: Actor) -> Owed:
    """The relay itself asks nobody: it is a site admin's button and the schedule's."""
    return relay.retry_debt(debt)


class OwedAdmin(SystemAdmin):
    called = "Debts"
    list_display = ("reaction", "what", "attempts", "due", "parked")
    related = ("event",)
    ordering = ("-pk",)
    page_template = "admin/console/facts.html"
    empty_sentence = "Nothing is owed: every event has had its consequences."
    views = {"parked": View("Parked", lambda rows, user: rows.exclude(parked_at=None))}
    buttons = [
        button(
            retry_debt,
            label="Try again",
            look="primary",
            says="The reaction is due at once, with five new attempts.",
            done="It is due again.",
        )
    ]

    @display(description="After")
    def what(self, debt: Owed) -> str:
        return words(debt.event.verb)

    @display(description="Due")
    def due(self, debt: Owed) -> str:
        return moment(debt.due_at)

    @display(description="Parked")
    def parked(self, debt: Owed) -> str:
        return moment(debt.parked_at)

    def page(self, request: HttpRequest, row: Owed) -> dict[str, Any]:
        facts = [
            ("Reaction", row.reaction),
            ("After", words(row.event.verb)),
            ("Due", moment(row.due_at)),
            ("Attempts", row.attempts),
            ("Parked", moment(row.parked_at) or "no"),
        ]
        return {"facts": facts, "trouble": row.last_error}

    def title_of(self, row: Owed) -> str:
        return words(row.event.verb)


class ReminderAdmin(SystemAdmin):
    list_display = ("kind", "subject_kind", "due", "rung", "parked")
    ordering = ("due_at", "pk")
    page_template = "admin/console/facts.html"
    empty_sentence = "Nobody has to be reminded of anything."
    views = {"parked": View("Parked", lambda rows, user: rows.exclude(parked_at=None))}

    @display(description="Due", ordering="due_at")
    def due(self, reminder: Reminder) -> str:
        return moment(reminder.due_at)

    @display(description="Parked")
    def parked(self, reminder: Reminder) -> str:
        return moment(reminder.parked_at)

    def page(self, request: HttpRequest, row: Reminder) -> dict[str, Any]:
        facts = [
            ("Kind", row.kind),
            ("About", f"{row.subject_kind} {row.subject_id}"),
            ("Due", moment(row.due_at)),
            ("Rung so far", row.rung),
            ("Parked", moment(row.parked_at) or "no"),
        ]
        return {"facts": facts, "trouble": row.last_error}


def letters_in_trouble(user: User) -> Block | None:
    if not user.is_site_admin:
        return None
    return block(
        "Letters in trouble",
        DeliveryAdmin.views["trouble"].narrow(
            Delivery.objects.visible_to(user).order_by("due_at", "pk"), user
        ),
        lambda each: Line(
            each.subject, f"to {each.to_name}, {each.state}", url_of(each), each.due_at
        ),
        icon="mail",
        url=list_url(Delivery, "view=trouble"),
        empty="Every letter went out, or waits for its time.",
        tone="bad",
    )


def parked_debts(user: User) -> Block | None:
    if not user.is_site_admin:
        return None
    parked = Owed.objects.visible_to(user).select_related("event").order_by("due_at", "pk")
    return block(
        "Reactions that failed",
        OwedAdmin.views["parked"].narrow(parked, user),
        lambda each: Line(words(each.event.verb), each.reaction, url_of(each), each.due_at),
        icon="receipt_long",
        url=list_url(Owed, "view=parked"),
        empty="Every event has had its consequences.",
        tone="bad",
    )


SCREENS = {
    User: UserAdmin,
    Delivery: DeliveryAdmin,
    Event: EventAdmin,
    Owed: OwedAdmin,
    Reminder: ReminderAdmin,
}
BLOCKS = [letters_in_trouble, parked_debts]
