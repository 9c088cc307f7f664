"""The log is append-only, chained, and holds no personal data."""

import threading

import pytest
from django.core.management import CommandError, call_command
from django.db import connection, transaction
from django.db.utils import InternalError, NotSupportedError, ProgrammingError

from ats.events import chain
from ats.events.actors import Actor
from ats.events.log import VERBS, on, record
from ats.events.models import Event, EventHead, Owed
from tests.factories.ats import UserFactory

REFUSED = (InternalError, NotSupportedError, ProgrammingError)
SYSTEM = Actor.system("test")


@pytest.fixture(autouse=True)
def _verbs(monkeypatch):
    monkeypatch.setitem(VERBS, "thing.changed", ("what", "count"))


def change(thing, **ids):
    with transaction.atomic():
        return record("thing.changed", thing, by=SYSTEM, **ids)


@pytest.mark.django_db
def test_an_event_links_to_the_one_before_in_its_stream():
    thing = UserFactory()
    first, second = change(thing), change(thing, what=thing)
    assert (first.seq, second.seq) == (1, 2)
    assert second.previous_hash == first.hash
    assert second.ids == {"what": str(thing.public_id)}
    assert chain.first_break() is None


@pytest.mark.django_db(transaction=True)
def test_recording_needs_the_verbs_own_transaction():
    with pytest.raises(RuntimeError, match="inside the verb's transaction"):
        record("thing.changed", UserFactory(), by=SYSTEM)


@pytest.mark.django_db
@pytest.mark.parametrize("value", ["Ana Ruiz", "ana@example.org", {"name": "x"}])
def test_an_event_refuses_text_of_people(value):
    with pytest.raises(ValueError, match="ids"):
        change(UserFactory(), what=value)


@pytest.mark.django_db
def test_an_event_refuses_undeclared_keys():
    with pytest.raises(ValueError, match="does not declare"):
        change(UserFactory(), name="x")


@pytest.mark.django_db
@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE ats_event SET verb = 'x'",
        "DELETE FROM ats_event",
        "TRUNCATE ats_event CASCADE",
        "DELETE FROM ats_eventsubject",
        "UPDATE ats_eventsubject SET kind = 'x'",
    ],
)
def test_the_database_refuses_to_change_the_past(statement):
    change(UserFactory())
    connection.check_constraints()
    with pytest.raises(REFUSED), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement)


def forge(statement, *values):
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL session_replication_role = replica")
        cursor.execute(statement, values)
        cursor.execute("SET LOCAL session_replication_role = origin")


@pytest.mark.django_db
def test_a_forged_event_is_named():
    event = change(UserFactory(), count=1)
    forge("UPDATE ats_event SET ids = '{\"count\": 2}' WHERE id = %s", event.pk)
    assert str(event.public_id) in chain.first_break()
    with pytest.raises(CommandError, match="not what was recorded"):
        call_command("verify_events")


@pytest.mark.django_db
def test_a_forged_subject_is_named():
    event = change(UserFactory())
    forge("UPDATE ats_eventsubject SET kind = 'other' WHERE event_id = %s", event.pk)
    assert str(event.public_id) in chain.first_break()


@pytest.mark.django_db
def test_a_missing_tail_is_noticed_by_the_head():
    thing = UserFactory()
    change(thing)
    last = change(thing)
    forge("DELETE FROM ats_eventsubject WHERE event_id = %s", last.pk)
    forge("DELETE FROM ats_event WHERE id = %s", last.pk)
    assert "has lost its events" in chain.first_break()


@pytest.mark.django_db
def test_a_rewritten_head_is_noticed_by_the_checkpoint():
    thing = UserFactory()
    change(thing)
    last = change(thing)
    chain.checkpoint_heads()
    forge("DELETE FROM ats_eventsubject WHERE event_id = %s", last.pk)
    forge("DELETE FROM ats_event WHERE id = %s", last.pk)
    EventHead.objects.update(seq=1, hash=last.previous_hash)
    assert "is not the one that was pinned" in chain.first_break()


@pytest.mark.django_db
def test_a_checkpoint_pins_only_what_moved():
    thing, other = UserFactory(), UserFactory()
    change(thing)
    assert chain.checkpoint_heads().heads.count() == 1
    assert chain.checkpoint_heads() is None
    change(other)
    assert chain.checkpoint_heads().heads.count() == 1
    assert chain.first_break() is None


@pytest.mark.django_db(transaction=True)
def test_many_writers_make_one_unbroken_chain():
    thing = UserFactory()

    def write():
        for _ in range(10):
            change(thing)
        connection.close()

    writers = [threading.Thread(target=write) for _ in range(8)]
    for writer in writers:
        writer.start()
    for writer in writers:
        writer.join()
    assert list(Event.objects.order_by("seq").values_list("seq", flat=True)) == list(range(1, 81))
    assert chain.first_break() is None


@pytest.mark.django_db
def test_an_event_owes_its_reactions_and_no_others(monkeypatch):
    monkeypatch.setattr("ats.events.log.REACTIONS_TO", {})
    monkeypatch.setattr("ats.events.log.REACTIONS", {})

    @on("thing.changed")
    def tell(event):
        raise AssertionError("a reaction never runs inside the verb")

    event = change(UserFactory())
    assert list(Owed.objects.values_list("event", "reaction")) == [
        (event.pk, f"{tell.__module__}.tell")
    ]
