"""Notes, mentions, files of the team, follow-ups and the activity feed: who may read what."""

from datetime import timedelta
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import IntegrityError, transaction

from ats import clock
from ats.errors import DomainError, Invalid
from ats.events.actors import Actor
from ats.outbox.models import Delivery
from ats.reminders.bell import ring_due
from ats.reminders.models import Reminder
from candidates.actions.access import share_application
from candidates.actions.application import move_application, reject_application
from candidates.actions.attachment import add_attachment
from candidates.actions.files import FileIn
from candidates.actions.follow_up import ask_follow_up, finish_follow_up, snooze_follow_up
from candidates.actions.note import add_note, edit_note
from candidates.models import Application, Attachment, FollowUp, Note
from candidates.queries.mentions import named_in
from requisitions.actions.team import leave_hiring_team
from tests.candidates.conftest import settle, signed_in
from tests.factories.ats import UserFactory
from tests.factories.candidates import apply, draft, rejection_reason
from tests.factories.requisitions import Role, open_requisition


@pytest.fixture
def application(role: Role) -> Application:
    return apply(role)


@pytest.fixture
def guest(application: Application, by: Actor) -> Any:
    """An interviewer: the application was shared with them."""
    person = UserFactory(name="Ines Guest")
    share_application(
        application, user=person, because="interview", cause_id=application.public_id, by=by
    )
    return person


def bodies(user: Any) -> set[str]:
    return set(Note.objects.visible_to(user).values_list("body", flat=True))


# Who reads a note


def test_a_note_is_read_by_those_it_is_for(
    role: Role, application: Application, guest: Any, by: Actor
) -> None:
    for visibility in ("team", "admins", "private"):
        add_note(application, body=visibility, visibility=visibility, by=by)
    add_note(application, body="mine", by=Actor.of(guest))
    admin = UserFactory(is_site_admin=True)
    assert bodies(role.recruiter) == {"team", "admins", "private", "mine"}
    assert bodies(role.manager) == {"team", "mine"}
    assert bodies(admin) == {"team", "admins", "mine"}
    assert bodies(guest) == {"mine"}
    assert bodies(UserFactory()) == set()
    with pytest.raises(Invalid, match="Choose who reads it: team, admins, private"):
        add_note(application, body="x", visibility="shared", by=by)
    with pytest.raises(IntegrityError, match="note_visibility"), transaction.atomic():
        Note.objects.update(visibility="shared")


def test_notes_that_say_nothing_or_too_much_are_refused(
    application: Application, by: Actor
) -> None:
    for body in (" ", "x" * 20_001):
        with pytest.raises(Invalid):
            add_note(application, body=body, by=by)
    with pytest.raises(DomainError, match="only a person"):
        add_note(application, body="x", by=Actor.system("test"))


def test_an_edited_note_keeps_what_it_said(role: Role, application: Application, by: Actor) -> None:
    note = add_note(application, body="First", by=by)
    assert edit_note(note, body="First", by=by).edited_at is None
    note = edit_note(note, body="Second", by=by)
    assert (note.body, note.versions.get().body) == ("Second", "First")
    api = signed_in(role.recruiter)
    path = f"/api/v1/notes/{note.public_id}"
    assert api.patch(path, {"body": "Third"}).json()["versions"][0]["body"] == "Second"
    assert signed_in(role.manager).patch(path, {"body": "Mine"}).status_code == 403
    assert api.get(path).json()["edited_at"] is not None


# Mentions


def test_mentioned_colleagues_are_told_once(
    role: Role, application: Application, by: Actor
) -> None:
    role.manager.name = "Ana Ruiz"
    role.manager.save(update_fields=["name"])
    note = add_note(application, body="@Ana Ruiz, look. (@ana ruiz) me@x.com @home", by=by)
    assert [each.user for each in note.mentions.all()] == [role.manager]
    edit_note(note, body=f"@{role.manager.email} again", by=by)
    settle()
    letter = Delivery.objects.get(letter="candidates/mentioned")
    assert letter.to_address == role.manager.email
    assert "look" not in letter.body
    found = signed_in(role.recruiter).get("/api/v1/notes").json()["results"][0]
    assert [each["name"] for each in found["mentions"]] == ["Ana Ruiz"]


def test_nobody_is_named_who_could_not_read_it(
    role: Role, application: Application, guest: Any, by: Actor
) -> None:
    for person, visibility in (
        (guest, "team"),
        (role.manager, "admins"),
        (role.manager, "private"),
    ):
        with pytest.raises(Invalid, match="could not read this note, so nothing was saved"):
            add_note(application, body=f"@{person.name}", visibility=visibility, by=by)
    assert Note.objects.count() == 0
    own = add_note(application, body=f"@{role.recruiter.name}", visibility="private", by=by)
    assert own.mentions.count() == 1


def test_of_two_with_one_name_the_address_decides(
    role: Role, application: Application, by: Actor
) -> None:
    for person in (role.manager, role.recruiter):
        person.name = "Sam Lee"
        person.save(update_fields=["name"])
    UserFactory(name="Sam")
    with pytest.raises(Invalid, match="Several people are called Sam Lee"):
        add_note(application, body="@Sam Lee", by=by)
    assert add_note(application, body=f"@{role.manager.email}.", by=by).mentions.count() == 1
    assert named_in("@Sammy") == {}


def test_who_left_meanwhile_is_not_told(role: Role, application: Application, by: Actor) -> None:
    add_note(application, body=f"@{role.manager.name}", by=by)
    member = role.requisition.team.get(user=role.manager)
    leave_hiring_team(member, by=by)
    settle()
    assert not Delivery.objects.filter(letter="candidates/mentioned").exists()


# Files


def test_a_file_is_read_by_those_it_is_for(
    role: Role, application: Application, guest: Any, by: Actor
) -> None:
    for visibility in ("shared", "team", "admins", "private"):
        file = FileIn(f"{visibility}.txt", b"Words")
        add_attachment(application, file=file, visibility=visibility, by=by)

    def names(user: Any) -> set[str]:
        rows = Attachment.objects.visible_to(user)
        path = f"/api/v1/applications/{application.public_id}"
        shown = {each["original_name"] for each in signed_in(user).get(path).json()["attachments"]}
        assert shown == set(rows.values_list("original_name", flat=True))
        for row in Attachment.objects.all():
            answer = signed_in(user).get(f"/api/v1/attachments/{row.public_id}/file")
            assert answer.status_code == (200 if row.original_name in shown else 404)
            if answer.status_code == 200:
                assert answer.getvalue() == b"Words"
        return {name.partition(".")[0] for name in shown}

    assert names(role.recruiter) == {"shared", "team", "admins", "private"}
    assert names(role.manager) == {"shared", "team"}
    assert names(guest) == {"shared"}


def test_files_are_added_by_api_and_refused_in_words(
    role: Role, application: Application, guest: Any, by: Actor
) -> None:
    api = signed_in(role.recruiter)
    path = f"/api/v1/applications/{application.public_id}/attachments"
    file = SimpleUploadedFile("../evil.pdf", b"%PDF-1.4 hello")
    made = api.post(path, {"file": file}, format="multipart")
    assert made.status_code == 201
    assert (made.json()["original_name"], made.json()["visibility"]) == ("evil.pdf", "team")
    assert made.json()["content_type"] == "application/pdf"
    assert api.post(path, {"file": "text"}).status_code == 400
    small = SimpleUploadedFile("a.txt", b"x")
    refused = signed_in(guest).post(path, {"file": small}, format="multipart")
    assert refused.status_code == 403
    for bad in (FileIn("a", b""), FileIn("a", b"x" * (10 * 1024 * 1024 + 1))):
        with pytest.raises(Invalid):
            add_attachment(application, file=bad, by=by)
    with pytest.raises(Invalid, match="Choose who reads it"):
        add_attachment(application, file=FileIn("a", b"x"), visibility="all", by=by)
    with pytest.raises(DomainError, match="only a person"):
        add_attachment(application, file=FileIn("a", b"x"), by=Actor.system("test"))
    assert Attachment.objects.count() == 1


# Follow-ups


def test_a_follow_up_comes_back_when_it_is_due(
    role: Role, application: Application, by: Actor, advance: Any
) -> None:
    found = ask_follow_up(
        application, text="Call  her", due_at=clock.now() + timedelta(days=1), by=by
    )
    ring_due()
    assert not Delivery.objects.filter(letter="candidates/follow_up").exists()
    advance(timedelta(days=1, minutes=1))
    ring_due()
    letter = Delivery.objects.get(letter="candidates/follow_up")
    assert (letter.to_address, letter.subject) == (role.recruiter.email, "Follow up: Call her")
    snooze_follow_up(found, due_at=clock.now() + timedelta(days=2), by=by)
    advance(timedelta(days=4))
    ring_due()
    assert Delivery.objects.filter(letter="candidates/follow_up").count() == 2
    snooze_follow_up(found, due_at=clock.now() + timedelta(days=2), by=by)
    done = finish_follow_up(found, by=by)
    assert finish_follow_up(found, by=by).done_at == done.done_at
    assert not Reminder.objects.filter(kind="follow_up.due").exists()
    with pytest.raises(DomainError, match="done already"):
        snooze_follow_up(found, due_at=clock.now() + timedelta(days=9), by=by)


def test_follow_ups_are_for_those_who_may_look(
    role: Role, application: Application, guest: Any, by: Actor, advance: Any
) -> None:
    due = clock.now() + timedelta(hours=1)
    with pytest.raises(Invalid, match="may not see this application"):
        ask_follow_up(application, text="x", due_at=due, user=UserFactory(), by=by)
    for bad in ({"text": " "}, {"text": "x" * 501}, {"due_at": clock.now()}):
        with pytest.raises(Invalid):
            ask_follow_up(application, **{"text": "x", "due_at": due, **bad}, by=by)
    with pytest.raises(DomainError, match="for a person"):
        ask_follow_up(application, text="x", due_at=due, by=Actor.system("test"))
    found = ask_follow_up(application, text="Prepare", due_at=due, user=guest, by=by)
    assert set(FollowUp.objects.visible_to(guest)) == {found}
    assert set(FollowUp.objects.visible_to(role.manager)) == set()
    application.access.all().delete()
    advance(timedelta(hours=2))
    ring_due()
    guest.is_active = False
    guest.save(update_fields=["is_active"])
    later = snooze_follow_up(found, due_at=clock.now() + timedelta(hours=1), by=by)
    advance(timedelta(hours=2))
    ring_due()
    assert later.done_at is None
    assert not Delivery.objects.filter(letter="candidates/follow_up").exists()


def test_follow_ups_by_api(role: Role, application: Application) -> None:
    api = signed_in(role.recruiter)
    due = (clock.now() + timedelta(days=1)).isoformat()
    said = {"text": "Call", "due_at": due, "user": str(role.manager.public_id)}
    made = api.post(f"/api/v1/applications/{application.public_id}/follow_ups", said)
    assert made.status_code == 201
    path = f"/api/v1/follow-ups/{made.json()['id']}"
    theirs = signed_in(role.manager)
    assert len(theirs.get("/api/v1/follow-ups?mine=true&is_done=false").json()["results"]) == 1
    assert api.get("/api/v1/follow-ups?mine=true").json()["results"] == []
    later = (clock.now() + timedelta(days=3)).isoformat()
    assert theirs.post(f"{path}/snooze", {"due_at": later}).status_code == 200
    assert theirs.post(f"{path}/finish").json()["done_at"]
    assert len(theirs.get("/api/v1/follow-ups?is_done=true&mine=false").json()["results"]) == 0
    stranger = signed_in(UserFactory())
    assert stranger.post(f"{path}/finish").status_code == 404


# The feed


def feed(user: Any, application: Application, **query: str) -> Any:
    path = f"/api/v1/candidates/{application.candidate.public_id}/activity"
    return signed_in(user).get(path, query)


def test_the_feed_tells_each_reader_what_they_may_know(
    role: Role, application: Application, guest: Any, by: Actor
) -> None:
    elsewhere = apply(open_requisition(), email=application.candidate.emails.get().address)
    add_note(application, body="For the team", by=by)
    add_note(application, body="For me", visibility="private", by=by)
    move_application(application, stage=role.stage("screen"), by=by)
    draft(application, role)
    add_note(
        elsewhere,
        body="Elsewhere",
        by=Actor.of(elsewhere.requisition.team.filter(role="recruiter").first().user),
    )

    def told(user: Any) -> tuple[set[str], set[str]]:
        rows = feed(user, application).json()["results"]
        return {row["verb"] for row in rows}, {row["note"]["body"] for row in rows if row["note"]}

    verbs, notes = told(role.recruiter)
    assert notes == {"For the team", "For me"}
    assert {"application.moved", "offer.drafted", "note.added", "application.submitted"} <= verbs
    assert told(role.manager)[1] == {"For the team"}
    verbs, notes = told(guest)
    assert (notes, "note.added" in verbs, "offer.drafted" in verbs) == (set(), False, False)
    assert "application.moved" in verbs
    shown = [row["application"] for row in feed(role.recruiter, application).json()["results"]]
    assert {each["id"] for each in shown if each} == {str(application.public_id)}
    assert feed(UserFactory(), application).status_code == 404


def test_the_feed_speaks_in_words_and_hides_reasons(
    role: Role, application: Application, guest: Any, by: Actor
) -> None:
    move_application(application, stage=role.stage("screen"), by=by)
    reject_application(application, reason=rejection_reason(), letter="never", by=by)
    rows = {row["verb"]: row for row in feed(role.recruiter, application).json()["results"]}
    moved = rows["application.moved"]
    before, after = role.stage("applied").name, role.stage("screen").name
    assert (moved["what"], moved["detail"]) == ("Application moved", f"from {before} to {after}")
    assert moved["who"] == role.recruiter.name
    assert rows["application.submitted"]["who"] == "the candidate"
    assert feed(guest, application).status_code == 200


def test_the_feed_is_paged_and_costs_the_same(
    role: Role, application: Application, by: Actor, queries: Any
) -> None:
    add_note(application, body="One", by=by)
    cost = queries(lambda: feed(role.recruiter, application))
    for number in range(4):
        add_note(application, body=f"More {number}", by=by)
    assert queries(lambda: feed(role.recruiter, application)) == cost
    first = feed(role.recruiter, application, limit="3").json()
    second = signed_in(role.recruiter).get(first["next"]).json()
    ids = [row["id"] for page in (first, second) for row in page["results"]]
    assert len(ids) == len(set(ids)) == 6


def test_notes_and_follow_ups_cost_the_same_for_many(
    role: Role, application: Application, by: Actor, queries: Any
) -> None:
    def more() -> None:
        note = add_note(application, body=f"@{role.manager.name}", by=by)
        edit_note(note, body=f"Again @{role.manager.name}", by=by)
        ask_follow_up(application, text="x", due_at=clock.now() + timedelta(days=1), by=by)
        add_attachment(application, file=FileIn("a.txt", b"x"), by=by)

    api = signed_in(role.recruiter)
    row = f"/api/v1/applications/{application.public_id}"
    paths = ("/api/v1/notes", "/api/v1/follow-ups", row)
    more()
    cost = {path: queries(lambda path=path: api.get(path)) for path in paths}
    more()
    more()
    assert {path: queries(lambda path=path: api.get(path)) for path in paths} == cost
