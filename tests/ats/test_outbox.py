"""What we owe the world: paid at least once, postponed when it fails, parked when it keeps on."""

import smtplib
import threading
from collections import Counter
from datetime import timedelta

import pytest
from django.core import mail
from django.core.mail.backends.base import BaseEmailBackend
from django.db import connection, transaction
from django.db.utils import IntegrityError, ProgrammingError

from ats import clock
from ats.errors import TransitionNotAllowed
from ats.events import log
from ats.events.actors import Actor
from ats.events.models import Owed
from ats.outbox import deliver, relay
from ats.outbox.email import Recipient, enqueue_email
from ats.outbox.enums import DELIVERY, DeliveryState
from ats.outbox.letters import cancel_delivery, retry_delivery, settle_delivery
from ats.outbox.models import Delivery
from tests.factories.ats import UserFactory

SYSTEM = Actor.system("test")


@pytest.fixture
def reactions(monkeypatch):
    """A log of its own: nothing reacts but what the test registers."""
    monkeypatch.setattr(log, "REACTIONS_TO", {})
    monkeypatch.setattr(log, "REACTIONS", {})
    monkeypatch.setattr(relay, "REACTIONS", log.REACTIONS)
    monkeypatch.setitem(log.VERBS, "thing.changed", ())
    return log.REACTIONS


def change():
    with transaction.atomic():
        return log.record("thing.changed", UserFactory(), by=SYSTEM)


@pytest.mark.django_db
def test_a_debt_is_deleted_when_paid(reactions):
    seen = []
    log.on("thing.changed")(lambda event: seen.append(event.pk))
    event = change()
    assert relay.relay_events() == 1
    assert (seen, Owed.objects.count()) == ([event.pk], 0)
    assert relay.relay_events() == 0


@pytest.mark.django_db
def test_a_reaction_that_fails_steps_aside_and_undoes_its_half(reactions, advance):
    def fail(event):
        UserFactory(email="half@example.org")
        raise OSError("the disk is full")

    seen = []
    log.on("thing.changed")(fail)
    log.on("thing.changed")(lambda event: seen.append(event.pk))
    event = change()
    relay.relay_events()
    debt = Owed.objects.get()
    assert (seen, debt.attempts, debt.parked_at) == ([event.pk], 1, None)
    assert "the disk is full" in debt.last_error
    from ats.models import User

    assert not User.objects.filter(email="half@example.org").exists()
    for _ in range(4):
        advance(timedelta(minutes=2))
        relay.relay_events()
    debt.refresh_from_db()
    assert debt.attempts == 5
    assert debt.parked_at is not None
    advance(timedelta(days=1))
    assert relay.relay_events() == 0
    relay.retry_debt(debt)
    assert relay.claim(clock.now()) == [debt]


@pytest.mark.django_db
def test_a_slow_reaction_does_not_hold_back_the_rest_of_its_batch(reactions, monkeypatch):
    monkeypatch.setattr(relay, "BATCH_SECONDS", 0)
    log.on("thing.changed")(lambda event: None)
    for _ in range(3):
        change()
    assert relay.relay_batch() == 1
    assert Owed.objects.count() == 2
    assert relay.relay_events() == 2


@pytest.mark.django_db(transaction=True)
def test_six_relays_pay_each_debt_once(reactions):
    seen, together = Counter(), threading.Lock()

    def note(event):
        with together:
            seen[event.pk] += 1

    log.on("thing.changed")(note)
    events = [change().pk for _ in range(60)]

    def run():
        relay.relay_events()
        connection.close()

    relays = [threading.Thread(target=run) for _ in range(6)]
    for thread in relays:
        thread.start()
    for thread in relays:
        thread.join()
    assert seen == Counter(events)
    assert not Owed.objects.exists()


def letter(**options):
    user = UserFactory()
    return enqueue_email(
        "test_letter",
        Recipient.user(user),
        {"thing": "A & B's <thing>"},
        about=user,
        key=options.pop("key", "k"),
        **options,
    )


@pytest.fixture(autouse=True)
def _letters(settings, tmp_path):
    (tmp_path / "emails").mkdir()
    (tmp_path / "emails" / "test_letter.txt").write_text(
        "{% autoescape off %}About {{ thing }}\nDear {{ to.name }},\nall is well."
        "{% endautoescape %}"
    )
    settings.TEMPLATES = [
        {**settings.TEMPLATES[0], "DIRS": [*settings.TEMPLATES[0]["DIRS"], tmp_path]}
    ]


@pytest.mark.django_db
def test_a_letter_is_owed_once_per_cause_and_person():
    user = UserFactory(name="Zoë Ó Briain")
    to = Recipient.user(user)
    first = enqueue_email("test_letter", to, {"thing": "x"}, about=user, key="k")
    assert enqueue_email("test_letter", to, {"thing": "y"}, about=user, key="k") is None
    assert list(Delivery.objects.all()) == [first]
    assert first.subject == "About x"
    assert "Dear Zoë Ó Briain," in first.body


@pytest.mark.django_db
def test_a_letter_goes_out_once_it_is_due(advance):
    owed = letter(due_at=clock.now() + timedelta(hours=2))
    assert deliver.deliver_due() == 0
    advance(timedelta(hours=2))
    assert deliver.deliver_due() == 1
    owed.refresh_from_db()
    (sent,) = mail.outbox
    assert owed.state == DeliveryState.SENT
    assert sent.subject == "About A & B's <thing>"
    assert sent.extra_headers["Message-ID"] == owed.message_id


@pytest.mark.django_db
def test_a_calendar_travels_as_an_alternative():
    letter(calendar="BEGIN:VCALENDAR\r\nMETHOD:REQUEST\r\nEND:VCALENDAR\r\n")
    deliver.deliver_due()
    parts = [part.get_content_type() for part in mail.outbox[0].message().walk()]
    assert parts == ["multipart/alternative", "text/plain", "text/calendar"]
    kind = mail.outbox[0].message().get_payload()[1]["Content-Type"]
    assert 'method="REQUEST"' in kind


@pytest.mark.django_db
def test_words_in_an_invitation_do_not_make_it_a_cancellation():
    lines = ("BEGIN:VCALENDAR", "METHOD:REQUEST", "SUMMARY:METHOD:CANCEL Smith", "END:VCALENDAR")
    letter(calendar="\r\n".join([*lines, ""]))
    deliver.deliver_due()
    kind = mail.outbox[0].message().get_payload()[1]["Content-Type"]
    assert 'method="REQUEST"' in kind


@pytest.mark.django_db
def test_an_address_in_other_letters_is_written_to():
    to = Recipient(UserFactory().public_id, "Anna Müller", "anna@müller.example")
    owed = enqueue_email("test_letter", to, {"thing": "x"}, about=UserFactory(), key="k")
    deliver.deliver_due()
    owed.refresh_from_db()
    assert (owed.state, owed.last_error) == (DeliveryState.SENT, "")
    assert mail.outbox[0].to[0].endswith("<anna@xn--mller-kva.example>")


class Broken(BaseEmailBackend):
    """A mail server in trouble: `trouble` is what it does."""

    trouble: Exception

    def send_messages(self, messages):
        raise self.trouble


@pytest.fixture
def trouble(settings, monkeypatch):
    settings.EMAIL_BACKEND = f"{__name__}.Broken"

    def be(error):
        monkeypatch.setattr(Broken, "trouble", error, raising=False)

    return be


REFUSED = smtplib.SMTPDataError(451, b"try later")
DROPPED = smtplib.SMTPServerDisconnected("lost after DATA")
GIBBERISH = smtplib.SMTPDataError(-1, b"?")
ODD_YES = smtplib.SMTPDataError(251, b"taken")


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("may_repeat", "error", "state"),
    [
        (True, REFUSED, DeliveryState.QUEUED),
        (False, REFUSED, DeliveryState.QUEUED),
        (True, DROPPED, DeliveryState.QUEUED),
        (False, DROPPED, DeliveryState.UNKNOWN),
        (False, GIBBERISH, DeliveryState.UNKNOWN),
        (False, ODD_YES, DeliveryState.UNKNOWN),
        (False, ConnectionRefusedError(), DeliveryState.QUEUED),
    ],
)
def test_only_a_letter_that_may_repeat_is_sent_again_in_doubt(trouble, may_repeat, error, state):
    owed = letter(may_repeat=may_repeat)
    trouble(error)
    deliver.deliver_due()
    owed.refresh_from_db()
    assert (owed.state, owed.attempts) == (state, 1)
    assert owed.last_error


@pytest.mark.django_db
def test_after_five_refusals_a_person_has_to_look(trouble, advance):
    owed = letter()
    trouble(REFUSED)
    for _ in range(6):
        deliver.deliver_due()
        advance(timedelta(hours=1))
    owed.refresh_from_db()
    assert (owed.state, owed.attempts) == (DeliveryState.FAILED, 5)


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("may_repeat", "state"), [(True, DeliveryState.QUEUED), (False, DeliveryState.UNKNOWN)]
)
def test_a_letter_whose_sender_died_is_settled(may_repeat, state):
    owed = letter(may_repeat=may_repeat)
    deliver.claim()
    Delivery.objects.update(claimed_at="2020-01-01T00:00Z")
    deliver.settle_abandoned()
    owed.refresh_from_db()
    assert owed.state == state


@pytest.mark.django_db
def test_a_sender_that_was_given_up_does_not_send():
    letter()
    claimed = deliver.claim()
    Delivery.objects.update(state=DeliveryState.QUEUED)
    deliver.send(claimed)
    assert mail.outbox == []


@pytest.mark.django_db(transaction=True)
def test_four_workers_send_each_letter_once():
    owed = [letter(key=str(number)) for number in range(40)]

    def run():
        deliver.deliver_due()
        connection.close()

    workers = [threading.Thread(target=run) for _ in range(4)]
    for thread in workers:
        thread.start()
    for thread in workers:
        thread.join()
    sent = Counter(message.extra_headers["Message-ID"] for message in mail.outbox)
    assert sent == Counter(delivery.message_id for delivery in owed)


@pytest.mark.django_db
def test_a_letter_can_be_taken_back_until_it_leaves():
    owed = letter(due_at=clock.now() + timedelta(hours=1))
    assert cancel_delivery(owed, by=SYSTEM).state == DeliveryState.CANCELLED
    gone = letter(key="gone")
    deliver.deliver_due()
    with pytest.raises(TransitionNotAllowed, match="Cannot cancel while sent"):
        cancel_delivery(gone, by=SYSTEM)


@pytest.mark.django_db
def test_a_person_settles_what_is_uncertain(trouble):
    sure, again = letter(key="1", may_repeat=False), letter(key="2", may_repeat=False)
    trouble(DROPPED)
    deliver.deliver_due()
    assert settle_delivery(sure, by=SYSTEM).state == DeliveryState.SENT
    assert retry_delivery(again, by=SYSTEM).state == DeliveryState.QUEUED


@pytest.mark.django_db
def test_the_database_refuses_a_state_outside_the_lifecycle():
    owed = letter()
    with pytest.raises(ProgrammingError, match="Invalid transition"), transaction.atomic():
        Delivery.objects.filter(pk=owed.pk).update(state="sent")
    with pytest.raises(IntegrityError, match="delivery_state_is_known"), transaction.atomic():
        Delivery.objects.create(
            key="x", letter="x", subject="", body="", state="lost", due_at=clock.now()
        )


def test_every_state_and_verb_of_a_delivery_is_decided():
    decided = {
        (state, verb): verb in DELIVERY.possible(state)
        for state in DeliveryState.values
        for verb in DELIVERY.verbs
    }
    assert sum(decided.values()) == len(DELIVERY.table)
