"""What people ask about their own data, by signed link and without an account."""

import json
from datetime import timedelta
from io import BytesIO
from pathlib import Path
from typing import Any
from zipfile import ZipFile

import pytest
from django.test import Client
from rest_framework.test import APIClient

from ats import clock, links
from ats.api.throttling import valkey
from ats.errors import Blocked, DomainError, Invalid
from ats.events.actors import Actor
from ats.outbox.models import Delivery
from ats.outbox.relay import relay_events
from ats.privacy import export as archives
from ats.privacy.models import DoomedFile, Export
from candidates.actions.application import reject_application
from candidates.actions.consent import (
    ask_for_renewals,
    ask_to_keep,
    keep_me,
    keep_me_no_longer,
    withdraw_consent,
    write_consent_text,
)
from candidates.actions.files import FileIn
from candidates.actions.note import add_note
from candidates.actions.own_data import ask_about_address, export_candidate
from candidates.actions.privacy import erase_candidate, restrict_candidate
from candidates.actions.retention import (
    add_retention_rule,
    edit_retention_rule,
    load_retention_rules,
    switch_off_retention_rule,
    switch_on_retention_rule,
)
from candidates.models import Application, Consent, PrivacyAsk, PrivacyRequest, RetentionRule
from candidates.queries.consent import is_kept, text_in_force
from tests.factories.ats import UserFactory
from tests.factories.candidates import apply, rejection_reason
from tests.factories.interviews import heard, submit
from tests.factories.requisitions import open_requisition

BY = Actor.system("test")
pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _own_files(settings: Any, tmp_path: Path) -> None:
    settings.MEDIA_ROOT = str(tmp_path / "files")
    valkey.client.flushall()


@pytest.fixture
def application() -> Application:
    cv = FileIn("ada.txt", b"Ten years of looms.")
    return apply(open_requisition(), "Ada", email="Ada@mail.example", resume=cv)


def link(letter: str) -> str:
    """Where the newest letter of that name leads."""
    body = Delivery.objects.filter(letter=letter).latest("pk").body
    return next(
        word for word in body.split() if word.startswith("http://testserver/")
    ).removeprefix("http://testserver")


def token(purpose: str, application: Application) -> str:
    until = clock.now() + timedelta(days=1)
    return links.sign(purpose, application.candidate.public_id, expires=until)


def test_the_answer_does_not_tell_whether_an_address_is_known(
    application: Application, client: Client
) -> None:
    known = client.post("/privacy", {"email": "ada@MAIL.example"})
    unknown = client.post("/privacy", {"email": "nobody@mail.example"})
    assert (known.status_code, known.content) == (unknown.status_code, unknown.content)
    assert known.status_code == 200
    relay_events()
    letters = Delivery.objects.filter(letter="candidates/privacy_link")
    assert list(letters.values_list("to_address", flat=True)) == ["Ada@mail.example"]
    assert not PrivacyAsk.objects.exists()


def test_no_address_is_a_sentence(client: Client) -> None:
    assert client.post("/privacy", {"email": "nobody"}).status_code == 400
    assert client.get("/privacy").status_code == 200


def test_nobody_floods_an_address_with_letters(client: Client) -> None:
    answers = [client.post("/privacy", {"email": "a@mail.example"}).status_code for _ in range(12)]
    assert answers == [200] * 10 + [429] * 2


def test_a_link_asks_for_a_copy_and_a_letter_brings_it(
    application: Application, client: Client
) -> None:
    ask_about_address(email="ada@mail.example", by=Actor.public())
    relay_events()
    mine = link("candidates/privacy_link")
    assert client.get(mine).status_code == 200
    assert client.post(mine, {"do": "copy"}).status_code == 200
    relay_events()
    got = client.get(link("candidates/archive_ready"))
    assert (got.status_code, got["Content-Type"]) == (200, "application/zip")
    told = BytesIO(b"".join(got))
    got.close()
    with ZipFile(told) as pack:
        people = json.loads(pack.read("candidates.json"))
        assert people[0]["name"] == "Ada"
        assert b"Ten years of looms." in [pack.read(name) for name in pack.namelist()]
        assert "Ada" in pack.read("index.html").decode()


def test_a_link_asks_for_an_erasure(application: Application, client: Client) -> None:
    mine = f"/privacy/{token('privacy', application)}"
    assert b"cannot be taken back" in client.get(f"{mine}?do=erase").content
    assert client.post(mine, {"do": "dance"}).status_code == 400
    assert client.post(mine, {"do": "erase"}).status_code == 200
    assert PrivacyRequest.objects.get().candidate == application.candidate
    erase_candidate(application.candidate, because="asked", by=BY)
    assert client.get(mine).status_code == 410


def test_a_wrong_or_old_link_opens_nothing(application: Application, client: Client) -> None:
    old = links.sign(
        "privacy", application.candidate.public_id, expires=clock.now() - timedelta(days=1)
    )
    assert client.get(f"/privacy/{old}").status_code == 410
    for path in ("/privacy/x", "/keep/x", "/privacy/archives/x"):
        assert client.get(path).status_code == 404
    other = token("offer", application)
    assert client.get(f"/privacy/{other}").status_code == 404
    gone = token("archive", application)
    assert client.get(f"/privacy/archives/{gone}").status_code == 410


def test_yes_and_no_to_being_kept(application: Application, client: Client) -> None:
    write_consent_text(kind="talent_pool", text="We keep it for a year.", by=BY)
    place = f"/keep/{token('keep', application)}"
    assert b"for a year" in client.get(place).content
    assert client.post(place, {"answer": "maybe"}).status_code == 400
    assert client.post(place, {"answer": "yes"}).status_code == 200
    assert is_kept(application.candidate)
    assert client.post(place, {"answer": "no"}).status_code == 200
    assert client.post(place, {"answer": "no"}).status_code == 200
    assert not is_kept(application.candidate)
    erase_candidate(application.candidate, because="asked", by=BY)
    assert client.post(place, {"answer": "yes"}).status_code == 409


def test_a_consent_names_the_version_of_its_words(application: Application) -> None:
    first = write_consent_text(kind="application", text="Old words.", by=BY)
    second = write_consent_text(kind="application", text="New words.", by=BY)
    first.refresh_from_db()
    assert (first.version, second.version) == (1, 2)
    assert first.replaced_at is not None
    again = apply(open_requisition())
    assert Consent.objects.get(application=again).text == second
    assert Consent.objects.get(application=application).text is None


def test_words_are_in_their_language_or_the_nearest(application: Application) -> None:
    assert text_in_force("talent_pool", "de") is None  # type: ignore[arg-type]
    german = write_consent_text(kind="talent_pool", text="Ja.", language="de", by=BY)
    assert text_in_force("talent_pool", "fr") == german  # type: ignore[arg-type]
    english = write_consent_text(kind="talent_pool", text="Yes.", by=BY)
    assert text_in_force("talent_pool", "de-AT") == german  # type: ignore[arg-type]
    assert text_in_force("talent_pool", "fr") == english  # type: ignore[arg-type]


def test_consent_texts_say_something_about_something() -> None:
    with pytest.raises(Invalid):
        write_consent_text(kind="talent_pool", text=" ", by=BY)
    with pytest.raises(Invalid):
        write_consent_text(kind="cookies", text="Yes.", by=BY)


def test_they_are_asked_and_asked_again_before_it_ends(
    application: Application, advance: Any
) -> None:
    ask_to_keep(application.candidate, by=BY)
    relay_events()
    assert link("candidates/keep_you").startswith("/keep/")
    consent = keep_me(application.candidate, by=BY)
    assert ask_for_renewals(by=BY) == 0
    advance(timedelta(days=720))
    assert (ask_for_renewals(by=BY), ask_for_renewals(by=BY)) == (1, 0)
    relay_events()
    assert "That ends on" in Delivery.objects.filter(letter="candidates/keep_you").latest("pk").body
    again = keep_me(application.candidate, by=BY)
    consent.refresh_from_db()
    assert (again.pk, consent.asked_again_at) == (consent.pk, None)


def test_a_renewal_that_two_ask_for_is_asked_once(application: Application) -> None:
    from candidates.actions.consent import ask_again

    consent = keep_me(application.candidate, by=BY)
    first = ask_again(consent, by=BY)
    assert ask_again(consent, by=BY).asked_again_at == first.asked_again_at


def test_nobody_is_asked_who_wants_to_hear_nothing(application: Application) -> None:
    restrict_candidate(application.candidate, by=BY)
    with pytest.raises(Blocked):
        ask_to_keep(application.candidate, by=BY)
    erase_candidate(application.candidate, because="asked", by=BY)
    with pytest.raises(DomainError, match="nobody to ask"):
        ask_to_keep(application.candidate, by=BY)


def test_a_letter_that_asks_is_not_written_to_the_silent(application: Application) -> None:
    ask_to_keep(application.candidate, by=BY)
    restrict_candidate(application.candidate, by=BY)
    relay_events()
    assert not Delivery.objects.filter(letter="candidates/keep_you").exists()


def test_taking_back_the_consent_to_an_application_withdraws_it(application: Application) -> None:
    consent = Consent.objects.get(application=application)
    withdraw_consent(consent, by=BY)
    withdraw_consent(consent, by=BY)
    application.refresh_from_db()
    assert application.status == "withdrawn"


def test_taking_back_the_consent_to_a_decided_application_changes_nothing_else(
    application: Application,
) -> None:
    reject_application(application, reason=rejection_reason(), letter="never", by=BY)
    withdraw_consent(Consent.objects.get(application=application), by=BY)
    application.refresh_from_db()
    assert application.status == "rejected"


def test_a_no_without_a_yes_is_noted(application: Application) -> None:
    assert keep_me_no_longer(application.candidate, by=BY) == application.candidate


# The archive.


def pack_of(application: Application) -> ZipFile:
    export_candidate(application.candidate, by=Actor.of(UserFactory(is_site_admin=True)))
    relay_events()
    export = Export.objects.get()
    with export.file.open() as held:
        return ZipFile(BytesIO(held.read()))


def test_an_archive_tells_what_was_noted_and_not_by_whom(application: Application) -> None:
    author = UserFactory(name="Grace Hopper")
    add_note(application, body="Knows her looms.", by=Actor.of(author))
    add_note(application, body="I am not sure.", visibility="private", by=Actor.of(author))
    pack = pack_of(application)
    everything = b"".join(pack.read(name) for name in pack.namelist()).decode()
    assert "Knows her looms." in everything
    assert "I am not sure." not in everything
    assert "Grace Hopper" not in everything
    assert "own freedom of thought" in everything


def test_an_archive_tells_what_interviewers_saw() -> None:
    day = heard(1)
    submit(day.card(day.interviewers[0]), notes="Calm.", private_notes="Tired?")
    pack = pack_of(day.application)
    everything = b"".join(pack.read(name) for name in pack.namelist()).decode()
    assert "Calm." in everything
    assert "Tired?" not in everything
    assert day.interviewers[0].name not in pack.read("scorecards.json").decode()


def test_an_archive_whose_file_is_gone_is_made_without_it(application: Application) -> None:
    application.resumes.get().file.delete(save=False)
    resume = application.resumes.get()
    type(resume).objects.filter(pk=resume.pk).update(file="resumes/gone")
    assert json.loads(pack_of(application).read("resumes.json"))[0]["file"] == "(the file is gone)"


def test_asking_twice_makes_one_archive(application: Application) -> None:
    first = export_candidate(application.candidate, by=BY)
    assert export_candidate(application.candidate, by=BY) == first
    assert archives.make_due() == [first]
    assert archives.make(first) is None


def test_an_archive_is_deleted_after_its_day(application: Application, advance: Any) -> None:
    export_candidate(application.candidate, by=BY)
    archives.make_due()
    assert archives.expire_due() == 0
    advance(timedelta(days=8))
    assert archives.expire_due() == 1
    assert (Export.objects.get().state, DoomedFile.objects.count()) == ("expired", 1)


def test_an_erasure_takes_the_archive_along(application: Application) -> None:
    export_candidate(application.candidate, by=BY)
    archives.make_due()
    erase_candidate(application.candidate, because="asked", by=BY)
    assert not Export.objects.exists()
    assert DoomedFile.objects.filter(name__startswith="exports/").count() == 1
    with pytest.raises(DomainError, match="nothing is held"):
        export_candidate(application.candidate, by=BY)


def test_an_archive_that_cannot_be_written_is_tried_three_times(
    application: Application, settings: Any, tmp_path: Path, advance: Any
) -> None:
    export_candidate(application.candidate, by=BY)
    (tmp_path / "in the way").write_text("")
    settings.MEDIA_ROOT = str(tmp_path / "in the way")
    application.resumes.all().delete()
    for _ in range(3):
        assert archives.make_due() == []
        advance(timedelta(minutes=10))
    assert Export.objects.get().state == "failed"


def test_an_admin_fetches_the_archive_and_others_do_not(application: Application) -> None:
    admin, other = APIClient(), APIClient()
    admin.force_login(UserFactory(is_site_admin=True))
    other.force_login(UserFactory())
    asked = admin.post(f"/api/v1/candidates/{application.candidate.public_id}/export")
    assert asked.status_code == 202
    archives.make_due()
    place = f"/api/v1/exports/{asked.json()['id']}/file"
    assert other.get(place).status_code == 403
    got = admin.get(place)
    assert (got.status_code, b"".join(got)[:2]) == (200, b"PK")
    got.close()


# The table of rules.


def test_a_rule_that_was_edited_stays_as_it_is_here() -> None:
    rule = RetentionRule.objects.get(key="de")
    edit_retention_rule(rule, ceiling="P5M", by=BY)
    edit_retention_rule(rule, ceiling="P5M", by=BY)
    load_retention_rules()
    rule.refresh_from_db()
    assert (rule.ceiling, rule.edited_at is not None) == ("P5M", True)


@pytest.mark.parametrize(
    "wrong",
    [
        {"ceiling": "two years"},
        {"ceiling": ""},
        {"floor": "P3Y", "ceiling": "P2Y"},
        {"does": "burn"},
    ],
)
def test_a_rule_that_cannot_be_meant_is_refused(wrong: dict[str, str]) -> None:
    with pytest.raises(Invalid):
        edit_retention_rule(RetentionRule.objects.get(key="de"), **wrong, by=BY)


def test_rules_are_added_once_and_switched_off_for_a_reason() -> None:
    said = {"key": "ch", "name": "Switzerland", "country": "CH", "ceiling": "P6M", "law": "OR"}
    rule = add_retention_rule(**said, by=BY)
    with pytest.raises(Invalid):
        add_retention_rule(**said, by=BY)
    with pytest.raises(Invalid):
        switch_off_retention_rule(rule, reason=" ", by=BY)
    switch_off_retention_rule(rule, reason="We left.", by=BY)
    with pytest.raises(DomainError):
        switch_off_retention_rule(rule, reason="Again.", by=BY)
    switch_on_retention_rule(rule, by=BY)
    assert switch_on_retention_rule(rule, by=BY).off_at is None
