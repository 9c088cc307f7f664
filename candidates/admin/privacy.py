"""Who is to be erased, who must not be, and how long people are kept."""

from typing import Any

from django import forms
from django.http import HttpRequest
from django.utils.safestring import SafeString
from unfold.decorators import display

from ats.accounts.models import User
from ats.admin.base import ScopedAdmin, list_url, url_of
from ats.admin.blocks import Block, Line, block
from ats.admin.buttons import button
from ats.admin.forms import ActionForm, Day, reason_form, text
from ats.admin.lists import View
from ats.admin.tags import ago, badge, moment
from ats.admin.windows import SystemAdmin
from ats.privacy.enums import Because
from candidates.actions.consent import ask_to_keep
from candidates.actions.erasure_request import (
    ask_erasure,
    cancel_erasure,
    carry_out_erasure,
    refuse_erasure,
)
from candidates.actions.own_data import export_candidate
from candidates.actions.privacy import (
    lift_restriction,
    place_legal_hold,
    release_legal_hold,
    restrict_candidate,
)
from candidates.actions.retention import (
    add_retention_rule,
    edit_retention_rule,
    switch_off_retention_rule,
    switch_on_retention_rule,
)
from candidates.enums import PRIVACY_REQUEST, PrivacyRequestStatus, RetentionDoes
from candidates.models import Candidate, LegalHold, PrivacyRequest, RetentionRule

WAITING = (PrivacyRequestStatus.OPEN, PrivacyRequestStatus.RESTRICTED)


class BecauseForm(ActionForm):
    because = forms.ChoiceField(label="Because", choices=Because.choices)


class PrivacyRequestAdmin(SystemAdmin):
    called = "Erasure requests"
    page_template = "admin/console/facts.html"
    list_display = ("who", "because", "badge", "asked", "due")
    ordering = ("-pk",)
    related = ("candidate",)
    lifecycle = PRIVACY_REQUEST
    empty_sentence = "Nobody is to be erased."
    views = {
        "waiting": View("Waiting", lambda rows, user: rows.filter(status__in=WAITING)),
        "done": View("Erased", lambda rows, user: rows.filter(status="done")),
        "refused": View("Refused", lambda rows, user: rows.filter(status="refused")),
    }
    buttons = [
        button(
            carry_out_erasure,
            label="Erase",
            look="danger",
            says="Everything about this person goes, here and in the stored files: applications"
            " that are open are withdrawn, numbers stay. Nobody can take it back. Where a law"
            " wants it kept, it is locked instead and goes by itself on the day.",
            done="Done.",
        ),
        button(
            refuse_erasure,
            label="Refuse",
            says="They are told the reason in these words, and may complain about it.",
            done="Refused.",
            Form=reason_form("Why", help_text="They read this."),
        ),
        button(
            cancel_erasure,
            label="Cancel",
            says="Nothing is erased, and nobody is told.",
            done="Cancelled.",
        ),
    ]

    @display(description="Who")
    def who(self, row: PrivacyRequest) -> str:
        return str(row.candidate)

    @display(description="State")
    def badge(self, row: PrivacyRequest) -> SafeString:
        return badge(row.get_status_display(), row.status)

    @display(description="Asked", ordering="asked_at")
    def asked(self, row: PrivacyRequest) -> str:
        return ago(row.asked_at)

    @display(description="Answer by", ordering="answer_by")
    def due(self, row: PrivacyRequest) -> str:
        return moment(row.answer_by)

    def page(self, request: HttpRequest, row: PrivacyRequest) -> dict[str, Any]:
        return {
            "facts": [
                ("Person", row.candidate),
                ("Because", row.get_because_display()),
                ("State", row.get_status_display()),
                ("Asked", moment(row.asked_at)),
                ("Answer by", moment(row.answer_by)),
                ("Happens by itself", row.carry_out_at and moment(row.carry_out_at)),
                ("Why not", row.reason),
            ]
        }


class LegalHoldAdmin(SystemAdmin):
    called = "Legal holds"
    page_template = "admin/console/facts.html"
    list_display = ("what", "reason", "since", "is_over")
    ordering = ("-pk",)
    related = ("candidate", "requisition")
    empty_sentence = "Nothing is on hold. Place one on a candidate's page."
    views = {
        "on": View("In force", lambda rows, user: rows.filter(released_at=None)),
        "off": View("Released", lambda rows, user: rows.exclude(released_at=None)),
    }
    buttons = [
        button(
            release_legal_hold,
            label="Release",
            look="danger",
            says="From then on whoever it covered can be erased again, by hand or by policy.",
            done="The hold is released.",
            Form=reason_form("Why"),
            shown=lambda hold, user: hold.released_at is None,
        )
    ]

    @display(description="On")
    def what(self, row: LegalHold) -> str:
        return str(row.requisition or row.candidate)

    @display(description="Since", ordering="placed_at")
    def since(self, row: LegalHold) -> str:
        return ago(row.placed_at)

    @display(description="Released")
    def is_over(self, row: LegalHold) -> str:
        return moment(row.released_at) if row.released_at else "no"

    def page(self, request: HttpRequest, row: LegalHold) -> dict[str, Any]:
        return {
            "facts": [
                ("On", row.requisition or row.candidate),
                ("Why", row.reason),
                ("Since", moment(row.placed_at)),
                ("Released", row.released_at and moment(row.released_at)),
                ("Because", row.release_reason),
            ]
        }


class EditRetentionForm(ActionForm):
    name = forms.CharField(label="Place", max_length=100)
    country = forms.RegexField(
        r"^[A-Z]{2}$",
        label="Country",
        required=False,
        help_text="Two letters; EU for the member states; nothing: wherever no law is known.",
    )
    region = forms.RegexField(
        r"^[A-Z]{2,3}$", label="State or province", required=False, help_text="Its letters: CA."
    )
    floor = forms.CharField(
        label="Must be kept for", max_length=8, required=False, help_text="P1Y is a year."
    )
    ceiling = forms.CharField(
        label="May be kept for", max_length=8, required=False, help_text="P6M, P4W."
    )
    with_consent = forms.CharField(label="With consent for", max_length=8, required=False)
    does = forms.ChoiceField(label="Once the time is up", choices=RetentionDoes.choices)
    law = forms.CharField(label="The law, as in a sentence", max_length=200)
    citation = forms.CharField(label="Citation", max_length=300, required=False)
    source_url = forms.URLField(
        label="Source", max_length=500, required=False, assume_scheme="https"
    )
    checked_on = Day(label="Compared with its source on", required=False)
    note = text("Note", required=False)

    def prepare(self) -> None:
        if isinstance(self.subject, RetentionRule):
            self.initial = {name: getattr(self.subject, name) for name in self.fields}


class AddRetentionForm(EditRetentionForm):
    key = forms.SlugField(label="Key", max_length=60, help_text="Its short name: ch.")


class RetentionRuleAdmin(ScopedAdmin):
    called = "Retention rules"
    page_template = "admin/console/facts.html"
    list_display = ("name", "law", "floor", "ceiling", "with_consent", "does", "is_on")
    ordering = ("name", "key")
    views = {
        "on": View("In force", lambda rows, user: rows.filter(off_at=None)),
        "off": View("Switched off", lambda rows, user: rows.exclude(off_at=None)),
    }
    openers = [
        button(
            add_retention_rule,
            label="Add a rule",
            says="Applications for jobs at that place follow it from now on.",
            done="The rule is in the table.",
            Form=AddRetentionForm,
        )
    ]
    buttons = [
        button(
            edit_retention_rule,
            label="Edit",
            says="A new release no longer changes this row.",
            done="Saved.",
            Form=EditRetentionForm,
        ),
        button(
            switch_off_retention_rule,
            label="Switch off",
            look="danger",
            says="Nobody is kept or erased because of this rule any more.",
            done="The rule is switched off.",
            Form=reason_form("Why", help_text="For whoever has to answer for it."),
            shown=lambda rule, user: rule.off_at is None,
        ),
        button(
            switch_on_retention_rule,
            label="Switch on",
            says="It holds again.",
            done="The rule is switched on.",
            shown=lambda rule, user: rule.off_at is not None,
        ),
    ]

    @display(description="In force")
    def is_on(self, row: RetentionRule) -> str:
        return "switched off" if row.off_at else "yes"

    def page(self, request: HttpRequest, row: RetentionRule) -> dict[str, Any]:
        return {
            "facts": [
                ("Must be kept for", row.floor),
                ("May be kept for", row.ceiling),
                ("With consent for", row.with_consent),
                ("Once the time is up", row.get_does_display()),
                ("Law", row.law),
                ("Citation", row.citation),
                ("Source", row.source_url),
                ("Compared with its source", row.checked_on or "not yet: open it once"),
                ("Note", row.note),
                ("Switched off because", row.off_reason),
            ]
        }


def is_here(candidate: Candidate, user: User) -> bool:
    return candidate.erased_at is None


# What a candidate's page offers.
PERSON_BUTTONS = [
    button(
        ask_to_keep,
        label="Ask whether to keep them",
        says="A letter asks whether we may keep them for other jobs. Only their yes counts.",
        done="The letter is on its way.",
        shown=lambda person, user: is_here(person, user) and not person.do_not_contact,
    ),
    button(
        export_candidate,
        label="Make a copy of their data",
        says="An archive of everything that is held about them, for seven days.",
        done="The archive is being made.",
        shown=is_here,
    ),
    button(
        ask_erasure,
        label="Ask for their erasure",
        says="Somebody who may do it looks at the request, and answers within a month.",
        done="The request waits for a site admin.",
        Form=BecauseForm,
        shown=is_here,
    ),
    button(
        place_legal_hold,
        label="Place a legal hold",
        says="Nobody erases this person, by hand or by policy, until it is released.",
        done="The hold is in force.",
        Form=reason_form("Why"),
        shown=is_here,
    ),
    button(
        restrict_candidate,
        label="Restrict",
        says="Kept, seen by site admins alone, and written to by nobody.",
        done="Restricted.",
        shown=lambda person, user: is_here(person, user) and person.restricted_at is None,
    ),
    button(
        lift_restriction,
        label="Lift the restriction",
        says="In use again. They are still not written to.",
        done="In use again.",
        shown=lambda person, user: person.restricted_at is not None,
    ),
]


def erasures(user: User) -> Block | None:
    """For those who must answer within a month."""
    if not user.is_site_admin:
        return None
    waiting = PrivacyRequest.objects.visible_to(user).filter(status=PrivacyRequestStatus.OPEN)
    return block(
        "People to be erased",
        waiting.select_related("candidate").order_by("answer_by", "pk"),
        lambda each: Line(
            str(each.candidate), each.get_because_display(), url_of(each), each.answer_by
        ),
        icon="person_off",
        url=list_url(PrivacyRequest, "view=waiting"),
        empty="Nobody waits for an erasure.",
    )
