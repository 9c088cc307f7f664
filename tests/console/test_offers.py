"""An offer is edited in the console until it is sent."""

from decimal import Decimal
from typing import Any

import pytest

from ats.admin.base import url_of
from tests.console.world import signed_in
from tests.factories.candidates import apply, draft, sent
from tests.factories.requisitions import open_requisition

pytestmark = pytest.mark.django_db


def test_an_offer_draft_is_edited_and_keeps_what_was_not_typed() -> None:
    role = open_requisition()
    offer = draft(apply(role), role)
    client, edit = signed_in(role.recruiter), url_of(offer, "do", verb="edit_offer")
    assert edit in client.get(url_of(offer)).content.decode()
    form = client.get(edit).context["form"]
    typed: dict[str, Any] = {name: form[name].value() for name in form.fields}
    assert typed["expires_at"] == offer.expires_at.date()
    assert client.post(edit, typed | {"pay_amount": "123456.00"}).status_code == 302
    before = offer.expires_at
    offer.refresh_from_db()
    assert (offer.pay_amount, offer.expires_at) == (Decimal("123456.00"), before)
    refused = client.post(edit, typed | {"expires_at": "2020-01-01"})
    assert set(refused.context["form"].errors) == {"expires_at"}


def test_what_the_candidate_has_is_edited_no_more_and_managers_edit_none() -> None:
    role = open_requisition()
    application = apply(role)
    offer = draft(application, role)
    manager = signed_in(role.manager)
    edit = url_of(offer, "do", verb="edit_offer")
    assert edit not in manager.get(url_of(offer)).content.decode()
    assert manager.post(edit, {}).status_code == 403
    other = sent(apply(role), role)
    recruiter = signed_in(role.recruiter)
    page = recruiter.get(url_of(other)).content.decode()
    assert url_of(other, "do", verb="edit_offer") not in page
