"""When resumes are read, how often, and what becomes of it."""

import os
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.db import transaction

from ats import clock
from ats.errors import DomainError
from ats.events.actors import Actor
from ats.events.models import Event
from candidates.actions.files import FileIn, remove_orphans
from candidates.actions.resume import (
    LEASE,
    MOST_ATTEMPTS,
    claim_resume,
    read_resume_again,
    store_reading,
)
from candidates.models import Application, Resume
from candidates.resumes.sandbox import Reading
from candidates.tasks import read_next, read_resumes, remove_orphaned_files
from tests.factories.candidates import apply
from tests.factories.requisitions import Role

SYSTEM = Actor.system("read_resumes")
DIED = Reading("not_read", "reader_died", is_final=False)


@pytest.fixture
def resume(role: Role) -> Resume:
    lines = [
        "Jane Doe",
        "Berlin, Germany",
        "jane@mail.example",
        "Experience with Kubernetes and SQL",
    ]
    return sent(role, "\n".join(lines).encode())


def sent(role: Role, data: bytes, name: str = "a.txt") -> Resume:
    return apply(role, email=f"{name}@mail.example", resume=FileIn(name, data)).resumes.get()


def test_a_resume_is_read_with_what_it_suggests(resume: Resume) -> None:
    assert (resume.status, resume.problem, resume.why) == ("waiting", "", "")
    read_resumes()
    resume.refresh_from_db()
    assert (resume.status, resume.text[:8], resume.language) == ("read", "Jane Doe", "en")
    assert resume.suggested == {
        "name": "Jane Doe",
        "location": "Berlin, Germany",
        "emails": ["jane@mail.example"],
        "phones": [],
        "links": [],
        "notes": [],
    }
    events = Event.objects.filter(verb="resume.read")
    assert [event.ids["status"] for event in events] == ["read"]
    assert resume.candidate.name != "Jane Doe"


def test_whoever_reads_has_it_alone(role: Role, resume: Resume) -> None:
    other = sent(role, b"other", "b.txt")
    claimed = claim_resume()
    assert claimed == resume
    assert claim_resume() is None
    store_reading(resume, reading=Reading("read", text="x"), by=SYSTEM)
    assert claim_resume() == other


def test_what_a_killed_worker_held_is_read_again(resume: Resume, advance: Any) -> None:
    assert claim_resume() == resume
    advance(LEASE + timedelta(seconds=1))
    assert read_next()
    resume.refresh_from_db()
    assert (resume.status, resume.attempts) == ("read", 2)


def test_a_file_that_ends_its_worker_is_given_up(resume: Resume, advance: Any) -> None:
    for _ in range(MOST_ATTEMPTS):
        assert claim_resume() == resume
        advance(LEASE + timedelta(seconds=1))
    assert read_next()
    resume.refresh_from_db()
    assert (resume.status, resume.problem) == ("not_read", "reader_died")
    assert resume.why == "Its reader broke down over it, each time."
    assert not read_next()


def test_a_file_that_ends_its_reader_is_tried_three_times(role: Role, resume: Resume) -> None:
    other = sent(role, b"other", "b.txt")
    order = []
    for _ in range(MOST_ATTEMPTS + 1):
        claimed = claim_resume()
        assert claimed is not None
        order.append(claimed)
        reading = DIED if claimed == resume else Reading("read", text="other")
        store_reading(claimed, reading=reading, by=SYSTEM)
    # Those that were never tried come first.
    assert order == [resume, other, resume, resume]
    resume.refresh_from_db()
    assert (resume.status, resume.problem, resume.text) == ("not_read", "reader_died", "")
    assert claim_resume() is None


def test_once_read_it_stays_read(resume: Resume) -> None:
    store_reading(resume, reading=Reading("read", text="first"), by=SYSTEM)
    again = store_reading(resume, reading=Reading("not_read", "broken"), by=SYSTEM)
    assert (again.status, again.text) == ("read", "first")


def test_a_file_that_is_gone_says_so(resume: Resume) -> None:
    resume.file.storage.delete(resume.file.name)
    read_resumes()
    resume.refresh_from_db()
    assert (resume.status, resume.why) == (
        "not_read",
        "The file is not in the store any more.",
    )


def test_it_can_be_read_again_and_keeps_its_text_until_then(resume: Resume, by: Actor) -> None:
    with pytest.raises(DomainError):
        read_resume_again(resume, by=by)
    store_reading(resume, reading=Reading("read", text="first"), by=SYSTEM)
    waiting = read_resume_again(resume, by=by)
    assert (waiting.status, waiting.text, waiting.attempts) == ("waiting", "first", 0)
    read_resumes()
    resume.refresh_from_db()
    assert resume.text.startswith("Jane Doe")
    verbs = Event.objects.filter(verb__startswith="resume.").order_by("pk")
    assert [event.verb for event in verbs] == ["resume.read", "resume.asked_again", "resume.read"]


def test_the_application_is_whole_whatever_the_file(role: Role) -> None:
    for number, data in enumerate([b"%PDF-1.7 no", b"\x00\x01\x02", b"PK\x03\x04", b" "]):
        sent(role, data, f"{number}.pdf")
    read_resumes()
    found = Resume.objects.order_by("pk").values_list("status", "problem")
    assert list(found) == [
        ("not_read", "broken"),
        ("not_read", "not_a_document"),
        ("not_read", "not_a_document"),
        ("no_text", "empty"),
    ]
    assert Application.objects.count() == 4


def test_a_file_without_its_row_is_removed_after_a_while(role: Role, files: Path) -> None:
    kept = sent(role, b"kept", "kept.txt")
    with transaction.atomic():
        sent(role, b"lost", "lost.txt")
        transaction.set_rollback(True)
    assert Resume.objects.get() == kept
    assert len(list(files.iterdir())) == 2
    # It could belong to somebody who is still at it.
    remove_orphaned_files()
    assert len(list(files.iterdir())) == 2
    for file in files.iterdir():
        os.utime(file, (0, 0))
    assert remove_orphans(clock.now()) == 1
    assert [file.name for file in files.iterdir()] == [Path(kept.file.name).name]


def test_no_folder_is_nothing_to_remove(db: Any) -> None:
    assert remove_orphans(clock.now()) == 0
