"""What an offer pays beside what was approved, its versions, its letter as sent, and more time."""

from datetime import date, timedelta
from decimal import Decimal
from hashlib import sha256
from typing import Any
from uuid import uuid4
from zoneinfo import ZoneInfo

import pytest
from django.db import DatabaseError, IntegrityError, transaction
from django.test import Client
from rest_framework.test import APIClient

from ats import clock
from ats.approvals.engine import StepSpec
from ats.errors import Blocked, DomainError, Invalid
from ats.events.actors import Actor
from ats.outbox.models import Delivery
from candidates.actions.offer import (
    accept_offer,
    approve_offer,
    decline_offer,
    edit_offer,
    expire_offer,
    rescind_offer,
    send_offer,
    submit_offer,
)
from candidates.actions.offer_template import (
    add_offer_template,
    edit_offer_template,
    restore_offer_template,
    retire_offer_template,
)
from candidates.actions.offer_version import extend_offer, revise_offer
from candidates.emails import link_to
from candidates.models import Application, Offer, OfferTemplate
from candidates.queries.offer_pdf import pdf_of
from candidates.queries.offers import outside_range
from requisitions.models import PayRange
from tests.candidates.conftest import settle, signed_in
from tests.factories.ats import UserFactory
from tests.factories.candidates import accepted, apply, draft, sent
from tests.factories.requisitions import DepartmentFactory, OfficeFactory, Role

ALL_TOKENS = (
    "{{candidate_name}} {{job_title}} {{company}} {{department}} {{location}} {{pay}}"
    " {{start_date}} {{open_until}} {{hiring_manager}} {{recruiter}} {{today}}"
)


@pytest.fixture
def ranges(role: Role) -> None:
    PayRange.objects.filter(requisition=role.requisition).delete()
    PayRange.objects.create(
        requisition=role.requisition,
        scope="Redmond",
        minimum=90000,
        maximum=120000,
        currency="USD",
        period="year",
    )


@pytest.mark.usefixtures("ranges")
@pytest.mark.parametrize(
    ("terms", "said"),
    [
        ({"pay_amount": "90000"}, ""),
        ({"pay_amount": "120000.00"}, ""),
        ({"pay_amount": "120000.01"}, "above what is approved: 90,000 to 120,000 USD a year (Red"),
        ({"pay_amount": "1"}, "below what is approved"),
        ({"pay_currency": "EUR"}, "The pay is in EUR a year; approved is 90,000 to 120,000 USD"),
        ({"pay_period": "month"}, "The pay is in USD a month"),
    ],
)
def test_pay_is_compared_with_what_was_approved(
    role: Role, terms: dict[str, Any], said: str
) -> None:
    found = outside_range(draft(apply(role), role, **terms))
    assert (said in found) if said else found == ""


@pytest.mark.usefixtures("ranges")
def test_between_two_ranges_is_outside(role: Role) -> None:
    more = {"minimum": 200000, "maximum": 250000, "currency": "USD", "period": ""}
    PayRange.objects.create(requisition=role.requisition, **{**more, "period": "year"})
    PayRange.objects.create(requisition=role.requisition, **more)
    assert "outside of what is approved" in outside_range(
        draft(apply(role), role, pay_amount="150000")
    )
    PayRange.objects.filter(requisition=role.requisition).delete()
    assert "no approved pay range" in outside_range(Offer.objects.get())


@pytest.mark.usefixtures("ranges")
def test_pay_inside_of_the_range_needs_nobody_where_nobody_is_usually_asked(
    role: Role, by: Actor
) -> None:
    offer = submit_offer(draft(apply(role), role), by=by)
    assert (offer.status, offer.approval) == ("approved", None)
    offer = edit_offer(offer, letter="Welcome", by=by)
    assert offer.status == "approved"
    offer = edit_offer(offer, pay_amount=Decimal(130000), by=by)
    assert offer.status == "draft"
    with pytest.raises(Invalid, match=r"above what is approved.*Name somebody"):
        submit_offer(offer, by=by)
    offer = submit_offer(offer, steps=[StepSpec([role.approver])], by=by)
    assert "above what is approved" in offer.approval.note
    facts = signed_in(role.approver).get("/api/v1/approvals").data["results"][0]["about"]["facts"]
    assert any("above what is approved" in fact["value"] for fact in facts)
    assert send_offer(approve_offer(offer, by=Actor.of(role.approver)), by=by).status == "sent"


def test_a_day_to_answer_ends_where_the_job_is(role: Role, by: Actor) -> None:
    role.requisition.offices.add(OfficeFactory(timezone="Asia/Tokyo"))
    day = clock.now().astimezone(ZoneInfo("Asia/Tokyo")).date() + timedelta(days=3)
    offer = draft(apply(role), role, expires_at=day)
    local = offer.expires_at.astimezone(ZoneInfo("Asia/Tokyo"))
    assert (local.date(), local.hour, local.minute) == (day, 23, 59)
    later = edit_offer(offer, expires_at=day + timedelta(days=1), by=by)
    assert later.expires_at - offer.expires_at == timedelta(days=1)


def test_what_went_out_is_kept_word_for_word(role: Role, by: Actor) -> None:
    role.requisition.offices.add(OfficeFactory(name="Redmond"))
    role.requisition.department = DepartmentFactory(name="Data")
    role.requisition.save(update_fields=["department"])
    offer = sent(apply(role, name="Ana Ruiz"), role, letter=ALL_TOKENS)
    words = offer.letter_as_sent
    assert "{{" not in words
    assert words.startswith("Ana Ruiz Data Engineer Northlight Research Data Redmond 100,000 USD")
    with offer.letter_file.open("rb") as held:
        pdf = held.read()
    assert pdf == pdf_of(offer, clock.now())
    assert (pdf[:5], sha256(pdf).hexdigest()) == (b"%PDF-", offer.letter_sha256)
    offer.application.candidate.name = "Somebody else"
    offer.application.candidate.save(update_fields=["name"])
    again = Offer.objects.get()
    assert (again.letter_as_sent, pdf_of(again, clock.now())) == (words, pdf)


@pytest.mark.parametrize(
    "change",
    [
        {"pay_amount": 1},
        {"pay_currency": "EUR"},
        {"pay_period": "hour"},
        {"start_on": date(2031, 1, 1)},
        {"letter": "Other"},
        {"letter_as_sent": "Other"},
        {"letter_file": "offers/other"},
        {"letter_sha256": "0" * 64},
        {"version": 7},
    ],
)
def test_the_database_keeps_the_terms_of_a_sent_offer(role: Role, change: dict[str, Any]) -> None:
    offer = sent(apply(role), role)
    with (
        pytest.raises(DatabaseError, match="the_terms_of_a_sent_offer_stand"),
        transaction.atomic(),
    ):
        Offer.objects.filter(pk=offer.pk).update(**change)
    emptied = {"letter": "Erased.", "letter_as_sent": "Erased.", "letter_file": ""}
    assert Offer.objects.filter(pk=offer.pk).update(**emptied) == 1


def test_letters_with_holes_or_strange_tokens_are_refused(role: Role, by: Actor) -> None:
    with pytest.raises(Invalid, match="Did you mean"):
        draft(apply(role), role, letter="{{ candidat_name }}")
    offer = draft(apply(role), role, letter="In {{ department }}")
    offer = submit_offer(offer, steps=[StepSpec([role.approver])], by=by)
    offer = approve_offer(offer, by=Actor.of(role.approver))
    with pytest.raises(Blocked, match="there is none here"):
        send_offer(offer, by=by)
    offer = edit_offer(offer, letter="\U00013000", by=by)
    with pytest.raises(DomainError, match="no font") as refusal:
        send_offer(offer, by=by)
    assert refusal.value.code == "no_font"
    answer = signed_in(role.recruiter).get(f"/api/v1/offers/{offer.public_id}/pdf")
    assert answer.status_code == 409
    assert Offer.objects.get(pk=offer.pk).status == "approved"


def test_a_decline_keeps_its_reason_and_a_newer_version_follows(role: Role, by: Actor) -> None:
    first = sent(apply(role), role, letter="Dear {{ candidate_name }}")
    with pytest.raises(Invalid, match="at most 2,000"):
        decline_offer(first, reason="x" * 2001, by=by)
    first = decline_offer(first, reason=" Too little. ", by=Actor.link(first.public_id))
    assert first.decline_reason == "Too little."
    settle()
    letters = Delivery.objects.filter(letter="candidates/offer_answered")
    assert all("They wrote: Too little." in letter.body for letter in letters)
    second = revise_offer(first, by=by)
    assert (first.version, second.version, second.status) == (1, 2, "draft")
    assert (second.pay_amount, second.letter) == (first.pay_amount, first.letter)
    assert second.approval is None
    second = submit_offer(edit_offer(second, pay_amount=Decimal(110000), by=by), by=by)
    second = send_offer(approve_offer(second, by=Actor.of(role.approver)), by=by)
    assert accept_offer(second, by=Actor.link(second.public_id)).status == "accepted"
    assert Offer.objects.get(pk=first.pk).status == "declined"
    first.pk, first.public_id = None, uuid4()
    with pytest.raises(IntegrityError, match="versions_of_an_offer"), transaction.atomic():
        Offer.objects.bulk_create([first])


def test_which_offers_get_a_newer_version(role: Role, by: Actor) -> None:
    out = sent(apply(role), role)
    newer = revise_offer(out, expires_at=clock.now() + timedelta(days=2), by=by)
    assert Offer.objects.get(pk=out.pk).status == "rescinded"
    with pytest.raises(DomainError, match="is draft: edit it"):
        revise_offer(newer, by=by)
    with pytest.raises(Blocked, match="There is an offer already"):
        revise_offer(Offer.objects.get(pk=out.pk), by=by)
    yes = accepted(apply(role), role)
    with pytest.raises(DomainError, match="is accepted: rescind it first"):
        revise_offer(yes, by=by)


def test_more_time_keeps_the_link_and_tells_the_candidate(
    role: Role, by: Actor, advance: Any
) -> None:
    offer = sent(apply(role), role, expires_at=clock.now() + timedelta(days=2))
    link = link_to(offer).rpartition("/")[2]
    for bad in (offer.expires_at, clock.now() - timedelta(days=1)):
        with pytest.raises(Invalid, match="later than"):
            extend_offer(offer, expires_at=bad, by=by)
    extend_offer(offer, expires_at=(clock.now() + timedelta(days=9)).date(), by=by)
    settle()
    assert Delivery.objects.filter(letter="candidates/offer_extended").count() == 1
    advance(timedelta(days=5))
    assert APIClient().post(f"/api/v1/offer-links/{link}/accept").status_code == 200


def test_an_extension_of_what_ended_meanwhile_is_not_told(role: Role, by: Actor) -> None:
    offer = sent(apply(role), role)
    offer = extend_offer(offer, expires_at=clock.now() + timedelta(days=30), by=by)
    expire_offer(offer, by=Actor.system("test"))
    settle()
    assert not Delivery.objects.filter(letter="candidates/offer_extended").exists()
    with pytest.raises(DomainError):
        extend_offer(offer, expires_at=clock.now() + timedelta(days=60), by=by)


def test_nobody_is_told_who_must_not_be_contacted(role: Role, by: Actor) -> None:
    offer = sent(apply(role), role)
    extend_offer(offer, expires_at=clock.now() + timedelta(days=30), by=by)
    candidate = offer.application.candidate
    candidate.do_not_contact = True
    candidate.save(update_fields=["do_not_contact"])
    settle()
    assert not Delivery.objects.filter(recipient_id=candidate.public_id, letter__contains="offer")


def test_rescinding_names_what_it_has_read(role: Role, by: Actor) -> None:
    offer = sent(apply(role), role)
    accept_offer(offer, by=Actor.link(offer.public_id))
    with pytest.raises(DomainError, match="accepted this offer meanwhile"):
        rescind_offer(offer, by=by)
    fresh = Offer.objects.get()
    with pytest.raises(DomainError, match="meanwhile"):
        rescind_offer(fresh, from_status="sent", by=by)
    assert rescind_offer(fresh, by=by).status == "rescinded"


# Templates


def test_templates_are_added_edited_retired_and_restored(role: Role, by: Actor) -> None:
    template = add_offer_template(name=" Usual ", body="Dear {{ candidate_name }}", by=by)
    assert template.name == "Usual"
    same = edit_offer_template(template, name="Usual", by=by)
    assert same.edited_at == template.edited_at
    assert edit_offer_template(template, body="Hello", by=by).body == "Hello"
    for bad, field in (
        ({"name": " ", "body": "x"}, "name"),
        ({"name": "usual", "body": "x"}, "name"),
        ({"name": "B", "body": " "}, "body"),
        ({"name": "B", "body": "x" * 50_001}, "body"),
        ({"name": "B", "body": "{{ salary }}"}, "body"),
    ):
        with pytest.raises(Invalid) as refusal:
            add_offer_template(**bad, by=by)
        assert refusal.value.field == field
    with pytest.raises(TypeError):
        edit_offer_template(template, retired_at=None, by=by)
    gone = retire_offer_template(template, by=by)
    assert retire_offer_template(template, by=by).retired_at == gone.retired_at
    assert list(OfferTemplate.objects.in_use()) == []
    assert restore_offer_template(template, by=by).retired_at is None
    assert restore_offer_template(template, by=by).retired_at is None


def test_an_offer_begins_with_a_template_unless_words_are_given(role: Role, by: Actor) -> None:
    template = add_offer_template(name="Usual", body="Dear {{ candidate_name }}", by=by)
    offer = draft(apply(role), role, letter="", template=template)
    assert offer.letter == template.body
    assert draft(apply(role), role, letter="Own", template=template).letter == "Own"
    assert draft(apply(role), role, letter="").letter == ""


# By API and by page


def test_offers_by_api(role: Role, recruiter: APIClient, by: Actor) -> None:
    usual = {"name": "Usual", "body": "Dear {{ candidate_name }}"}
    assert signed_in(role.manager).post("/api/v1/offer-templates", usual).status_code == 403
    template = recruiter.post("/api/v1/offer-templates", usual).json()
    application = apply(role, name="Ana Ruiz")
    day = (clock.now() + timedelta(days=5)).date().isoformat()
    said = {
        "application": str(application.public_id),
        "opening": str(role.opening.public_id),
        "pay_amount": "100000.00",
        "pay_currency": "USD",
        "pay_period": "year",
        "start_on": "2099-01-01",
        "expires_at": day,
        "template": template["id"],
    }
    for bad in ("2026-13-01", 5, "soon", None, "2026-01-01T00:00"):
        answer = recruiter.post("/api/v1/offers", {**said, "expires_at": bad})
        assert answer.status_code == 400
    offer = recruiter.post("/api/v1/offers", said).json()
    assert (offer["version"], offer["letter"]) == (1, template["body"])
    path = f"/api/v1/offers/{offer['id']}"
    preview = recruiter.get(f"{path}/pdf")
    assert (preview.status_code, preview["Content-Type"]) == (200, "application/pdf")
    assert preview["Content-Security-Policy"].startswith("sandbox")
    assert signed_in(UserFactory()).get(f"{path}/pdf").status_code == 404
    asked = [{"people": [str(role.approver.public_id)], "needed": 1}]
    recruiter.post(f"{path}/submit", {"steps": asked})
    approve_offer(Offer.objects.get(), by=Actor.of(role.approver))
    out = recruiter.post(f"{path}/send").json()
    assert out["letter_as_sent"] == "Dear Ana Ruiz"
    assert sha256(recruiter.get(f"{path}/pdf").content).hexdigest() == out["letter_sha256"]
    assert {"decline", "extend", "rescind", "revise"} == set(out["possible"])
    assert recruiter.post(f"{path}/extend", {"expires_at": "2099-01-01"}).status_code == 200
    assert recruiter.post(f"{path}/rescind", {"from_status": "accepted"}).status_code == 200
    newer = recruiter.post(f"{path}/revise")
    assert (newer.status_code, newer.json()["version"]) == (201, 2)
    told = recruiter.patch(f"/api/v1/offer-templates/{template['id']}", {"name": "Other"})
    assert told.json()["name"] == "Other"
    for verb in ("retire", "restore"):
        path = f"/api/v1/offer-templates/{template['id']}/{verb}"
        assert recruiter.post(path).status_code == 200


def test_the_candidate_keeps_the_letter_and_says_why_not(role: Role) -> None:
    offer = sent(apply(role), role)
    token = link_to(offer).rpartition("/")[2]
    page = Client().get(f"/offers/{token}").content.decode()
    assert f"/offers/{token}/letter.pdf" in page
    for path in (f"/offers/{token}/letter.pdf", f"/api/v1/offer-links/{token}/pdf"):
        answer = Client().get(path)
        assert sha256(answer.content).hexdigest() == offer.letter_sha256
        assert answer["Content-Disposition"].startswith("attachment")
        assert Client().get(path.replace(token, token[:-2])).status_code == 404
    too_long = {"answer": "decline", "reason": "x" * 2001}
    assert Client().post(f"/offers/{token}", too_long).status_code == 400
    Client().post(f"/offers/{token}", {"answer": "decline", "reason": "No\x00pe"})
    assert Offer.objects.get().decline_reason == "Nope"
    for path in (f"/offers/{token}/letter.pdf", f"/api/v1/offer-links/{token}/pdf"):
        assert Client().get(path).status_code == 404


def test_a_reason_is_taken_by_api(role: Role) -> None:
    offer = sent(apply(role), role)
    path = f"/api/v1/offer-links/{link_to(offer).rpartition('/')[2]}/decline"
    assert APIClient().post(path, {"reason": 5, "x": 1}).status_code == 400
    assert APIClient().post(path, {"reason": "Far away"}).json()["status"] == "declined"
    assert Offer.objects.get().decline_reason == "Far away"


def test_a_letter_whose_file_is_gone_says_so(role: Role, recruiter: APIClient) -> None:
    offer = sent(apply(role), role)
    offer.letter_file.storage.delete(offer.letter_file.name)
    assert recruiter.get(f"/api/v1/offers/{offer.public_id}/pdf").status_code == 404
    Offer.objects.filter(pk=offer.pk).update(letter_file="")
    assert recruiter.get(f"/api/v1/offers/{offer.public_id}/pdf").status_code == 404
    assert Application.objects.count() == 1
