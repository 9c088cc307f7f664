"""Somebody applies, is interviewed, is offered a job, and is erased: nothing of them is left."""

from collections.abc import Iterator
from datetime import timedelta
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.core.management import call_command
from rest_framework.test import APIClient

from ats import clock
from ats.approvals.engine import StepSpec
from ats.custom_fields.actions import add_custom_field
from ats.events.actors import Actor
from ats.events.models import Event, Owed
from ats.idempotency import IdempotencyRecord
from ats.outbox import deliver, relay
from ats.outbox.models import Delivery
from ats.privacy.models import DoomedFile, Erasure
from ats.reminders.bell import remind
from candidates.actions.application import reject_application
from candidates.actions.apply import submit_application
from candidates.actions.candidate import edit_candidate
from candidates.actions.files import FileIn
from candidates.actions.merge import merge_candidates
from candidates.actions.note import add_note
from candidates.actions.offer import (
    approve_offer,
    rescind_offer,
    return_offer,
    send_offer,
)
from candidates.actions.offer import submit_offer as ask_for_approval
from candidates.actions.privacy import erase_candidate, place_legal_hold, release_legal_hold
from candidates.bulk.planning import bulk_mail
from candidates.models import Application, Candidate, Offer, StageVisit
from interviews.actions.availability import ask_availability, give_availability
from interviews.actions.debrief import decide_debrief, open_debrief
from interviews.actions.interview import cancel_interview
from interviews.actions.scorecard import amend_scorecard, excuse_scorecard
from interviews.models import DecisionRecord, Interview, Rating, Scorecard
from interviews.queries.debriefs import verify
from requisitions.actions.form import add_question
from tests.factories.candidates import draft, rejection_reason
from tests.factories.interviews import heard, ratings, submit
from tests.factories.requisitions import open_requisition
from tests.journeys import residue

pytestmark = pytest.mark.django_db(transaction=True)


class Story:
    """One candidate who left a trace wherever the product lets anybody leave one."""

    def __init__(self) -> None:
        self.canaries: list[str] = []
        self.role, self.other = open_requisition(), open_requisition()
        self.by = Actor.of(self.role.recruiter)
        self.question = add_question(
            self.role.requisition, kind="long_text", label="Why here?", by=self.by
        )
        self.application = self.applied(self.role)
        self.candidate = self.application.candidate
        self.profile()
        self.relay()
        self.interviewed()
        self.offered()
        self.talked_about()
        self.turned_down()
        self.handled_with_others()
        self.merged()
        self.in_trouble()

    def canary(self, what: str) -> str:
        """A word that stands nowhere else."""
        word = f"zq{what}{len(self.canaries):03}kx"
        self.canaries.append(word)
        return word

    def relay(self) -> None:
        relay.relay_events()
        deliver.deliver_due()

    def applied(self, role: Any) -> Application:
        self.name, self.mailbox = self.canary("name"), self.canary("mailbox")
        letter = FileIn(f"{self.canary('lettername')}.txt", self.canary("letter").encode())
        resume = FileIn(f"{self.canary('resumename')}.txt", self.canary("resume").encode())
        return submit_application(
            role.posting,
            name=f"Ada {self.name}",
            email=f"{self.mailbox}@mail.example",
            phone=f"+1 {self.canary('phone')}",
            resume=resume,
            cover_letter=letter,
            answers={str(self.question.public_id): self.canary("answer")},
            details={"pronouns": self.canary("details")},
            consent=True,
            by=Actor.public(),
        )

    def profile(self) -> None:
        Candidate.objects.filter(pk=self.candidate.pk).update(
            location=self.canary("location"), links=[f"https://example.org/{self.canary('link')}"]
        )

    def interviewed(self) -> None:
        day = heard(3, role=self.role, application=self.application)
        Interview.objects.filter(loop=day.loop).update(
            place=self.canary("place"), video_link=f"https://meet.example/{self.canary('video')}"
        )
        self.give_times()
        first, second, third = day.interviewers
        submit(
            day.card(first),
            notes=self.canary("notes"),
            private_notes=self.canary("private"),
            ratings=ratings(day.card(first), 5, self.canary("evidence")),
        )
        amend_scorecard(
            day.card(first),
            recommendation="yes",
            ratings=ratings(day.card(first), 5, self.canary("amended")),
            by=Actor.of(first),
        )
        submit(
            day.card(second), recommendation="no_decision", no_decision_reason=self.canary("unsure")
        )
        excuse_scorecard(day.card(third), reason=self.canary("excuse"), by=day.by)
        debrief = open_debrief(day.loop, override_reason="", by=day.by)
        type(debrief).objects.filter(pk=debrief.pk).update(override_reason=self.canary("override"))
        debrief.refresh_from_db()
        decide_debrief(
            debrief,
            decision="offer",
            reason=self.canary("decision"),
            participants=[first],
            by=day.by,
        )
        cancel_interview(day.interviews[2], reason=self.canary("cancelled"), by=day.by)
        self.relay()

    def give_times(self) -> None:
        asked = ask_availability(self.application, message=self.canary("message"), by=self.by)
        day = (clock.now() + timedelta(days=3)).date()
        spans = [{"begins": f"{day}T09:00", "ends": f"{day}T12:00"}]
        give_availability(
            asked,
            timezone="Europe/Berlin",
            spans=spans,
            note=self.canary("times"),
            by=Actor.link(asked.public_id),
        )
        self.relay()

    def offered(self) -> None:
        offer = draft(self.application, self.role, letter=self.canary("offer"))
        approver = Actor.of(self.role.approver)
        steps = [StepSpec([self.role.approver])]
        offer = ask_for_approval(offer, steps=steps, by=self.by)
        offer = return_offer(offer, comment=self.canary("returned"), by=approver)
        offer = ask_for_approval(offer, steps=steps, by=self.by)
        self.relay()
        approve_offer(offer, comment=self.canary("vote"), by=approver)
        send_offer(offer, by=self.by)
        self.relay()
        rescind_offer(offer, by=self.by)
        self.relay()

    def talked_about(self) -> None:
        add_note(self.application, body=self.canary("note"), by=self.by)
        add_note(self.application, body=self.canary("mine"), visibility="private", by=self.by)
        recruiter = APIClient()
        recruiter.force_login(self.role.recruiter)
        answer = recruiter.post(
            f"/api/v1/applications/{self.application.public_id}/notes",
            {"body": self.canary("twice")},
            headers={"Idempotency-Key": "once"},
        )
        assert answer.status_code == 201
        held = place_legal_hold(self.candidate, reason=self.canary("dispute"), by=self.by)
        release_legal_hold(held, reason=self.canary("settled"), by=self.by)

    def turned_down(self) -> None:
        again = submit_application(
            self.other.posting,
            name=f"Ada {self.name}",
            email=f"{self.mailbox}@mail.example",
            consent=True,
            by=Actor.public(),
        )
        reject_application(
            again,
            reason=rejection_reason(),
            note=self.canary("rejected"),
            letter="later",
            by=Actor.of(self.other.recruiter),
        )
        self.relay()

    def handled_with_others(self) -> None:
        said = {"applies_to": "candidate", "name": "Shoe size", "kind": "short_text"}
        field = add_custom_field(**said, by=self.by)
        edit_candidate(self.candidate, custom={field.key: self.canary("custom")}, by=self.by)
        bulk_mail(
            applications=[self.application.public_id],
            subject=f"Hello {self.canary('bulk')}",
            body=self.canary("bulkbody"),
            by=self.by,
        )

    def merged(self) -> None:
        twin = submit_application(
            open_requisition(self.role.recruiter).posting,
            name=f"Ada {self.canary('twin')}",
            email=f"{self.canary('twinbox')}@mail.example",
            phone=f"+49 {self.canary('twinphone')}",
            resume=FileIn(f"{self.canary('twinfile')}.txt", self.canary("twincv").encode()),
            consent=True,
            by=Actor.public(),
        )
        Candidate.objects.filter(pk=twin.candidate.pk).update(location=self.canary("twinplace"))
        self.relay()
        merge_candidates(self.candidate, other=twin.candidate, by=self.by)

    def in_trouble(self) -> None:
        """What went wrong is written down in the words of other systems."""
        letters = Delivery.objects.filter(recipient_id=self.candidate.public_id, state="sent")
        letters.update(last_error=f"550 {self.canary('bounced')}")
        event = Event.objects.filter(subjects__object_id=self.application.public_id).first()
        Owed.objects.create(
            event=event,
            reaction="a.b",
            due_at=clock.now(),
            parked_at=clock.now(),
            last_error=f"IntegrityError: {self.canary('debt')}",
        )
        reminder = remind(self.application, "interview.soon", at=clock.now() + timedelta(days=9))
        reminder.last_error = self.canary("reminder")
        reminder.save()


@pytest.fixture
def story(settings: Any, tmp_path: Path, transactional_db: Any) -> Iterator[Story]:
    settings.MEDIA_ROOT = str(tmp_path / "files")
    settings.ERASURE_LEDGER = str(tmp_path / "ledger" / "erasures.jsonl")
    with residue.Log() as log:
        told = Story()
        told.log = log  # type: ignore[attr-defined]
        yield told


def erase(story: Story) -> Erasure:
    return erase_candidate(story.candidate, because="asked", by=story.by)


def everywhere(story: Story) -> list[bytes]:
    log = story.log.written()  # type: ignore[attr-defined]
    return [residue.dump(), residue.files(), residue.broker(), log]


def test_nothing_of_an_erased_person_is_left(story: Story) -> None:
    assert len(story.canaries) >= 25
    before = residue.left(story.canaries, *everywhere(story))
    assert set(before) == set(story.canaries)

    erase(story)
    story.relay()

    assert residue.left(story.canaries, *everywhere(story)) == {}


def test_the_past_still_verifies(story: Story) -> None:
    record = DecisionRecord.objects.get()
    assert verify(record) == "ok"
    erase(story)
    story.relay()
    call_command("verify_events", stdout=StringIO())
    record.refresh_from_db()
    assert verify(record) == "erased"


def test_numbers_stay_and_words_go(story: Story) -> None:
    cards = Scorecard.objects.order_by("pk")
    numbers = list(Rating.objects.order_by("pk").values_list("value"))
    said = list(cards.values_list("recommendation", "status", "version"))
    visits = StageVisit.objects.count()
    erase(story)
    assert list(Rating.objects.order_by("pk").values_list("value")) == numbers
    assert list(cards.values_list("recommendation", "status", "version")) == said
    assert StageVisit.objects.count() == visits
    assert set(cards.values_list("notes", "private_notes")) == {("", ""), ("", "Erased.")}
    assert Offer.objects.get().letter == "Erased."


def test_a_receipt_names_nobody(story: Story) -> None:
    receipt = erase(story)
    assert receipt.because == "asked"
    assert receipt.counts["candidates.application"] == 3
    assert receipt.counts["candidates.resume"] == 2
    assert receipt.counts["candidates.candidate"] == 2
    assert receipt.person_id == story.candidate.public_id


def test_files_go_after_the_commit(story: Story) -> None:
    held = {Path(path).parent.name for path in residue.stored()}
    assert held == {"attachments", "resumes", "offers"}
    erase(story)
    assert len(residue.stored()) == DoomedFile.objects.count() == 4
    story.relay()
    assert DoomedFile.objects.count() == 0
    assert residue.files() == b""


def test_a_letter_that_waits_never_leaves(story: Story) -> None:
    waiting = Delivery.objects.get(letter="candidates/rejection")
    assert waiting.state == "queued"
    erase(story)
    waiting.refresh_from_db()
    assert (waiting.state, waiting.body, waiting.to_address) == ("cancelled", "", "")


def test_what_they_had_open_is_withdrawn(story: Story) -> None:
    erase(story)
    story.relay()
    assert set(Application.objects.values_list("status", flat=True)) == {"withdrawn", "rejected"}
    assert not Interview.objects.filter(status="scheduled").exists()


def test_stored_answers_are_emptied_and_nothing_happens_twice(story: Story) -> None:
    assert IdempotencyRecord.objects.exclude(body=None).exists()
    erase(story)
    assert not IdempotencyRecord.objects.exclude(body=None).exists()
    assert IdempotencyRecord.objects.exists()
