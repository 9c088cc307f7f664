"""Every button calls an action under the same rules as the API, and nothing else writes."""

from importlib import import_module
from pathlib import Path
from typing import Any

import pytest
from django.test import Client

from ats.admin.base import list_url, url_of
from ats.events.models import Event
from ats.outbox.models import Delivery
from ats.outbox.relay import relay_events
from candidates.actions.application import reject_application
from candidates.models import Application, Note, Offer
from interviews.models import Debrief, Interview, Loop, Scorecard
from requisitions.actions.requisition import draft_requisition
from requisitions.models import HiringTeamMember, JobPosting, Requisition
from tests.console.world import CANARY, World, screens, signed_in
from tests.factories.ats import UserFactory
from tests.factories.candidates import accepted, rejection_reason, sent
from tests.factories.interviews import starts_in, submit
from tests.factories.requisitions import RecruiterFactory

EXAMPLE = Path("examples/listings/senior-principal-engineering-manager.txt")


def press(client: Client, row: Any, verb: str, **typed: Any) -> Any:
    return client.post(url_of(row, "do", verb=verb), typed)


def sentences(response: Any) -> list[str]:
    return [error for errors in response.context["form"].errors.values() for error in errors]


def granted(permission: str) -> bool:
    """Whether some table of the app's rules speaks of it at all."""
    app, _, verb = permission.partition(".")
    rules = vars(import_module(f"{app}.rules"))
    tables = (rules[name] for name in rules if name.isupper())
    return any(verb in table for table in tables if isinstance(table, set | dict))


def test_every_button_asks_for_a_permission_that_a_rule_grants() -> None:
    asked = {
        each.permission
        for screen in screens().values()
        for each in (*screen.all_buttons(), *screen.openers)
    }
    assert {each for each in asked if not granted(each)} == set()
    assert len(asked) >= 40


def test_looking_at_a_button_writes_nothing(world: World) -> None:
    client = signed_in(world.role.recruiter)
    before = Event.objects.count()
    for model, screen in screens().items():
        for row in model._default_manager.all():
            for each in screen.all_buttons():
                client.get(url_of(row, "do", verb=each.name))
    assert Event.objects.count() == before


@pytest.mark.parametrize("who", ["coordinator", "interviewer who gave", "approver"])
def test_a_role_that_may_not_reject_neither_sees_nor_presses_it(world: World, who: str) -> None:
    row, client = world.talk.application, signed_in(world.people[who])
    url = url_of(row, "do", verb="reject_application")
    assert url not in client.get(url_of(row)).content.decode()
    typed = {"reason": rejection_reason().pk, "letter": "now"}
    assert client.post(url, typed).status_code in {403, 404}
    row.refresh_from_db()
    assert row.status == "active"


def test_without_its_token_a_form_does_nothing(world: World) -> None:
    client = signed_in(world.role.recruiter, enforce_csrf_checks=True)
    row = world.rival
    assert press(client, row, "add_note", body="Forged").status_code == 403
    assert Note.objects.filter(application=row).count() == 0


def test_a_link_back_never_leaves_the_console(world: World) -> None:
    client = signed_in(world.role.recruiter)
    typed = {"body": "Hello", "visibility": "team"}
    for elsewhere in ("https://evil.example/console/", "//evil.example", "/jobs/", "javascript:1"):
        answer = press(client, world.rival, "add_note", **typed, back=elsewhere)
        assert answer["Location"] == url_of(world.rival)


def test_move_keeps_where_the_application_was_seen(world: World) -> None:
    client, stages = signed_in(world.role.recruiter), world.role.stages
    row, typed = world.rival, {"stage": stages["screen"].pk, "from_stage": stages["applied"].pk}
    assert press(client, row, "move_application", **typed).status_code == 302
    row.refresh_from_db()
    assert row.stage == stages["screen"]
    typed = {"stage": stages["debrief"].pk, "from_stage": stages["applied"].pk}
    assert "meanwhile" in " ".join(sentences(press(client, row, "move_application", **typed)))
    row.refresh_from_db()
    assert row.stage == stages["screen"]


def test_reject_with_a_letter_that_can_be_taken_back(world: World) -> None:
    client, row = signed_in(world.role.recruiter), world.talk.application
    typed = {"reason": rejection_reason().pk, "note": "Kind", "letter": "later"}
    assert press(client, row, "reject_application", **typed).status_code == 302
    row.refresh_from_db()
    assert (row.status, row.rejection_note) == ("rejected", "Kind")
    assert "Take back the letter" in client.get(url_of(row)).content.decode()
    assert press(client, row, "take_back_rejection_letter").status_code == 302
    assert Delivery.objects.get(letter="candidates/rejection").state == "cancelled"
    assert press(client, row, "reactivate_application").status_code == 302
    row.refresh_from_db()
    assert row.status == "active"


def test_what_the_state_forbids_is_said_and_nothing_changes(world: World) -> None:
    client, row = signed_in(world.role.recruiter), world.talk.application
    reject_application(row, reason=rejection_reason(), letter="never", by=world.talk.by)
    page = client.get(url_of(row, "do", verb="reject_application")).content.decode()
    assert "not possible while it is rejected" in page
    typed = {"reason": rejection_reason().pk, "letter": "now", "note": "Typed for nothing?"}
    again = press(client, row, "reject_application", **typed)
    assert "Cannot reject while rejected" in " ".join(sentences(again))
    assert "Typed for nothing?" in again.content.decode()


def test_blockers_are_told_before_the_button_is_pressed(world: World) -> None:
    client, row = signed_in(world.role.recruiter), world.rival
    page = client.get(url_of(row)).content.decode()
    assert "There is an offer (draft): rescind it before you reject." in page
    refused = press(client, row, "reject_application", reason=rejection_reason().pk, letter="never")
    assert "rescind it before you reject" in " ".join(sentences(refused))


def test_an_offer_from_draft_to_hire(world: World) -> None:
    client, role = signed_in(world.role.recruiter), world.role
    typed = {
        "opening": role.opening.pk,
        "pay_amount": "100000",
        "pay_currency": "USD",
        "pay_period": "year",
        "start_on": starts_in(60)[:10],
        "expires_at": starts_in(9)[:10],
        "letter": "Welcome, {{ candidate_name }}",
    }
    row = world.talk.application
    assert press(client, row, "draft_offer", **typed).status_code == 302
    offer = Offer.objects.get(application=row)
    approvers = {"people_1": [role.approver.pk], **{f"needed_{each}": 1 for each in (1, 2, 3)}}
    assert press(client, offer, "submit_offer", **approvers).status_code == 302
    assert press(signed_in(role.approver), offer, "approve_offer").status_code == 302
    assert press(client, offer, "send_offer").status_code == 302
    offer.refresh_from_db()
    assert offer.status == "sent"
    assert press(client, offer, "rescind_offer").status_code == 302
    hired = accepted(row, role)
    assert press(client, hired.application, "hire_application").status_code == 302
    assert Application.objects.get(pk=row.pk).status == "hired"
    assert press(client, row, "undo_hire").status_code == 302


def test_an_offer_of_nonsense_is_refused_beside_its_field(world: World) -> None:
    client = signed_in(world.role.recruiter)
    typed = {"pay_amount": "-5", "pay_currency": "dollars", "start_on": "someday"}
    answer = press(client, world.talk.application, "draft_offer", **typed)
    assert {"pay_currency", "start_on", "opening", "expires_at"} <= set(
        answer.context["form"].errors
    )
    assert Offer.objects.filter(application=world.talk.application).count() == 0


def test_a_requisition_from_draft_to_the_public(world: World) -> None:
    recruiter, approver = RecruiterFactory(), UserFactory()
    client = signed_in(recruiter)
    begun = client.post(
        list_url(Requisition) + "begin/draft_requisition/", {"title": "Writer", "summary": "Words"}
    )
    row = Requisition.objects.get(title="Writer")
    assert begun["Location"] == url_of(row)
    assert press(client, row, "attach_pipeline").status_code == 302
    member = {"user": approver.pk, "role": "hiring_manager"}
    assert press(client, row, "join_hiring_team", **member).status_code == 302
    edited = {"title": "Technical writer", "summary": "Words"}
    assert press(client, row, "edit_requisition", **edited).status_code == 302
    people = {"people_1": [approver.pk], **{f"needed_{each}": 1 for each in (1, 2, 3)}}
    assert press(client, row, "submit_requisition", **people).status_code == 302
    theirs = signed_in(approver)
    assert press(theirs, row, "return_requisition", comment="Why two?").status_code == 302
    assert press(client, row, "add_opening").status_code == 302
    assert press(client, row, "submit_requisition", **people).status_code == 302
    assert press(theirs, row, "approve_requisition").status_code == 302
    assert press(client, row, "draft_posting", language="en").status_code == 302
    posting = JobPosting.objects.get(requisition=row)
    refused = press(client, posting, "publish_posting")
    assert "No pay range is given" in " ".join(sentences(refused))
    for verb, after in (("hold", "on_hold"), ("resume", "open")):
        assert press(client, row, f"{verb}_requisition").status_code == 302
        row.refresh_from_db()
        assert row.status == after
    assert press(client, row, "cancel_requisition", reason="Budget").status_code == 302
    assert press(client, row, "reopen_requisition").status_code == 302
    row.refresh_from_db()
    assert (row.title, row.status) == ("Technical writer", "open")


def test_nobody_asks_for_approval_without_people(world: World) -> None:
    row = draft_requisition(title="Writer", by=world.talk.by)
    client = signed_in(world.role.recruiter)
    answer = press(client, row, "submit_requisition", needed_1=1, needed_2=1, needed_3=1)
    assert "people_1" in answer.context["form"].errors


def test_postings_seats_and_members_lead_back_to_their_requisition(world: World) -> None:
    client, row = signed_in(world.role.recruiter), world.role.requisition
    taken_down = press(client, world.role.posting, "unpublish_posting")
    assert taken_down["Location"] == url_of(row)
    assert press(client, world.role.posting, "publish_posting").status_code == 302
    last = press(client, world.role.opening, "close_opening", reason="No")
    assert "nobody was hired into any" in last.rendered_content
    assert press(client, world.role.opening, "edit_opening", is_backfill="on").status_code == 302
    member = HiringTeamMember.objects.get(requisition=row, user=world.talk.coordinator)
    assert press(client, member, "leave_hiring_team")["Location"] == url_of(row)
    assert not HiringTeamMember.objects.filter(pk=member.pk).exists()


def test_a_listing_is_shown_as_understood_before_anything_is_created(world: World) -> None:
    client = signed_in(world.role.recruiter)
    text, before = EXAMPLE.read_text(), Requisition.objects.count()
    address = list_url(Requisition) + "import/"
    preview = client.post(address, {"text": text})
    assert "What was understood" in preview.content.decode()
    assert Requisition.objects.count() == before
    made = client.post(address, {"text": preview.context["text"], "create": "1"})
    row = Requisition.objects.latest("pk")
    assert made["Location"] == url_of(row)
    assert row.competencies.count() == 10
    page = client.get(url_of(row)).content.decode()
    assert "one of" in page
    assert "Ask for approval" in page


@pytest.mark.parametrize("text", ["", "   ", "\x00\x01", "word " * 3])
def test_what_is_no_listing_creates_nothing(world: World, text: str) -> None:
    client, before = signed_in(world.role.recruiter), Requisition.objects.count()
    for extra in ({}, {"create": "1"}):
        assert client.post(list_url(Requisition) + "import/", {"text": text, **extra}).status_code
    assert Requisition.objects.count() - before <= 1
    outsider = signed_in(world.people["outsider"])
    assert outsider.get(list_url(Requisition) + "import/").status_code == 403


def test_interviews_are_moved_held_and_cancelled(world: World) -> None:
    client = signed_in(world.talk.coordinator)
    first, second = world.talk.interviews
    moved = {"starts": starts_in(8, 15), "timezone": "Europe/Madrid"}
    assert press(client, first, "reschedule_interview", **moved).status_code == 302
    first.refresh_from_db()
    assert (first.timezone, first.sequence) == ("Europe/Madrid", 1)
    nowhere = {"starts": starts_in(8, 15), "timezone": "Europe/Atlantis"}
    assert press(client, first, "reschedule_interview", **nowhere).status_code == 200
    past = {"starts": "2020-01-01T10:00", "timezone": "UTC"}
    assert "has passed" in " ".join(sentences(press(client, first, "reschedule_interview", **past)))
    assert press(client, first, "complete_interview").status_code == 302
    assert press(client, second, "cancel_interview", reason="Ill").status_code == 302
    assert set(Interview.objects.values_list("status", flat=True)) == {"completed", "cancelled"}


def test_a_loop_is_booked_whole_or_not_at_all(world: World) -> None:
    client, row = signed_in(world.role.recruiter), world.rival
    gave, owes = world.talk.interviewers
    first, second = world.talk.plan.interviews.all()
    typed: dict[str, Any] = {"timezone": "UTC"}
    for one, person, hour in ((first, gave, 10), (second, owes, 12)):
        typed |= {f"starts_{one.pk}": starts_in(7, hour), f"people_{one.pk}": [person.pk]}
    refused = press(client, row, "book_loop", **typed)
    assert "is in another interview" in " ".join(sentences(refused))
    assert Loop.objects.filter(application=row).count() == 0
    typed |= {f"starts_{first.pk}": starts_in(12), f"starts_{second.pk}": starts_in(12, 14)}
    assert press(client, row, "book_loop", **typed).status_code == 302
    assert Loop.objects.get(application=row).interviews.count() == 2


def typed_scorecard(card: Scorecard, value: str, evidence: str = "Seen") -> dict[str, Any]:
    typed: dict[str, Any] = {"recommendation": "yes", "notes": "Good", "private_notes": "Mine"}
    for competency in card.interview.planned.focus.all():
        typed |= {f"value_{competency.pk}": value, f"evidence_{competency.pk}": evidence}
    return typed


def test_a_scorecard_by_form_and_its_amendment(world: World, set_clock: Any) -> None:
    owes = world.people["interviewer who owes"]
    card, client = world.talk.card(owes), signed_in(owes)
    set_clock(card.interview.during.upper)
    unproven = press(client, card, "submit_scorecard", **typed_scorecard(card, "5", ""))
    assert "A rating of 5 needs evidence." in sentences(unproven)
    assert (
        press(client, card, "submit_scorecard", **typed_scorecard(card, "none")).status_code == 302
    )
    card.refresh_from_db()
    assert (card.status, card.private_notes, card.version) == ("submitted", "Mine", 1)
    assert {each.value for each in card.ratings.all()} == {None}
    form = client.get(url_of(card, "do", verb="amend_scorecard")).context["form"]
    assert form.initial["recommendation"] == "yes"
    assert press(client, card, "amend_scorecard", **typed_scorecard(card, "3")).status_code == 302
    card.refresh_from_db()
    assert card.version == 2


def test_nobody_writes_a_scorecard_for_somebody_else(world: World) -> None:
    card = world.talk.card(world.people["interviewer who owes"])
    for who in ("recruiter", "site admin", "interviewer who gave"):
        client = signed_in(world.people[who])
        answer = press(client, card, "submit_scorecard", **typed_scorecard(card, "3"))
        assert answer.status_code == 403
    card.refresh_from_db()
    assert card.status == "open"


def test_a_scorecard_is_excused_and_owed_again(world: World) -> None:
    card, client = world.talk.card(world.talk.interviewers[1]), signed_in(world.talk.coordinator)
    assert press(client, card, "excuse_scorecard", reason="On leave").status_code == 302
    assert press(client, card, "owe_again").status_code == 302
    card.refresh_from_db()
    assert card.status == "open"


def test_a_debrief_shows_the_matrix_and_freezes_the_decision(world: World) -> None:
    client = signed_in(world.role.recruiter)
    blocked = press(client, world.talk.loop, "open_debrief")
    assert "still owes a scorecard" in " ".join(sentences(blocked))
    submit(world.talk.card(world.talk.interviewers[1]), value=5)
    assert press(client, world.talk.loop, "open_debrief").status_code == 302
    debrief = Debrief.objects.get()
    page = client.get(url_of(debrief)).content.decode()
    assert "the ratings are two or more apart" in page
    assert f"{CANARY} as evidence" in page
    typed = {
        "decision": "offer",
        "reason": "Strong evidence",
        "participants": [world.role.manager.pk],
    }
    assert press(client, debrief, "decide_debrief", **typed).status_code == 302
    page = client.get(url_of(debrief)).content.decode()
    assert "The record is whole" in page
    assert world.talk.application.status == "active"


def test_letters_are_read_as_sent_without_the_link_that_is_the_candidates(world: World) -> None:
    sent(world.talk.application, world.role)
    relay_events()
    client = signed_in(world.people["site admin"])
    letter = Delivery.objects.get(letter="candidates/offer")
    page = client.get(url_of(letter)).content.decode()
    assert "(a personal link)" in page
    assert not any(part in page for part in letter.body.split() if "/offers/" in part)
    secret = Delivery.objects.filter(about_id=world.secret.requisition.public_id).first()
    assert client.get(url_of(secret)).status_code == 404


@pytest.mark.parametrize(
    ("state", "verb", "after"),
    [
        ("queued", "cancel", "cancelled"),
        ("failed", "retry", "queued"),
        ("unknown", "settle", "sent"),
    ],
)
def test_a_letter_is_taken_back_sent_again_or_settled(
    world: World, state: str, verb: str, after: str
) -> None:
    relay_events()
    letter = Delivery.objects.filter(about_id=world.talk.application.public_id).latest("pk")
    if state != "queued":
        for way in ("sending", state):
            Delivery.objects.filter(pk=letter.pk).update(state=way)
    client = signed_in(world.people["site admin"])
    assert press(client, letter, f"{verb}_delivery").status_code == 302
    letter.refresh_from_db()
    assert letter.state == after


def test_people_are_invited_and_deactivated(world: World) -> None:
    client = signed_in(world.people["site admin"])
    typed = {"email": "new@northlight.example", "name": "New", "timezone": "UTC"}
    assert client.post("/console/ats/user/begin/invite_user/", typed).status_code == 302
    again = client.post("/console/ats/user/begin/invite_user/", typed)
    assert "already has an account" in " ".join(sentences(again))
    outsider = world.people["outsider"]
    assert press(client, outsider, "deactivate_user").status_code == 302
    assert press(client, world.people["site admin"], "deactivate_user").status_code == 200
    theirs = signed_in(world.role.recruiter)
    assert theirs.post("/console/ats/user/begin/invite_user/", typed).status_code == 403
