"""Letters to begin an offer with."""

from typing import Any

from django.utils.safestring import SafeString
from unfold.decorators import display

from ats.accounts.models import User
from ats.admin.base import ScopedAdmin
from ats.admin.buttons import button
from ats.admin.lists import View, ViewFilter
from ats.admin.tags import ago, badge
from candidates.actions.offer_template import (
    add_offer_template,
    edit_offer_template,
    restore_offer_template,
    retire_offer_template,
)
from candidates.admin.forms import OfferTemplateForm
from candidates.models import OfferTemplate


def is_used(row: OfferTemplate, user: User) -> bool:
    return row.retired_at is None


def is_retired(row: OfferTemplate, user: User) -> bool:
    return row.retired_at is not None


class OfferTemplateAdmin(ScopedAdmin):
    called = "Offer letters"
    list_display = ("name", "state", "edited")
    related = ("edited_by",)
    ordering = ("name",)
    list_filter = (ViewFilter,)
    search_fields = ("name",)
    empty_sentence = "No letter yet. Add one, and offers can begin with it."
    views = {
        "used": View("In use", lambda rows, user: rows.filter(retired_at=None)),
        "retired": View("Retired", lambda rows, user: rows.exclude(retired_at=None)),
    }
    openers = [
        button(
            add_offer_template,
            label="Add a letter",
            says="Offers can begin with it.",
            done="The letter is there.",
            Form=OfferTemplateForm,
        )
    ]
    buttons = [
        button(
            edit_offer_template,
            label="Edit",
            says="The next offers begin with the new words; those that are drafted keep theirs.",
            done="Saved.",
            Form=OfferTemplateForm,
        ),
        button(
            retire_offer_template,
            label="Retire",
            look="danger",
            says="Nobody begins an offer with it any more.",
            done="The letter is retired.",
            shown=is_used,
        ),
        button(
            restore_offer_template,
            label="Use it again",
            says="Offers can begin with it again.",
            done="The letter is in use again.",
            shown=is_retired,
        ),
    ]

    @display(description="State")
    def state(self, row: Any) -> SafeString | str:
        return badge("retired") if row.retired_at else ""

    @display(description="Edited", ordering="edited_at")
    def edited(self, row: Any) -> str:
        return f"{ago(row.edited_at)}{f', by {row.edited_by}' if row.edited_by else ''}"
