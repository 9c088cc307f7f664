"""People from a file: looked at first, taken over once, and given back as they came."""

import csv
import io
import json
from collections.abc import Callable
from datetime import timedelta
from threading import Barrier, Thread
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from rest_framework.test import APIClient

from ats import clock
from ats.errors import DomainError, Invalid
from ats.events.actors import Actor
from ats.events.chain import first_break
from ats.events.models import Event
from ats.jobs.worker import work_due
from ats.outbox.models import Delivery
from candidates.actions.apply import submit_application
from candidates.imports.columns import PRESETS, TARGETS, check_columns, guess
from candidates.imports.lines import moment, understood
from candidates.imports.stage import forget_old_imports
from candidates.models import Application, Candidate, ImportedLine, PeopleImport
from tests.candidates.conftest import API, settle, signed_in
from tests.factories.candidates import apply
from tests.factories.requisitions import Role, draft, open_requisition

PEOPLE = """Name,Email,Phone,Location,LinkedIn,Tags,Stage,Status,Rejection Reason,Source,Applied On
Zoë Ångström,zoe@mail.example,+46 70 123 45 67,Malmö,linkedin.example/in/zoe,"nights; ICU",\
Recruiter screen,Active,,Job fair,2026-03-04
王小明,wang@mail.example,,,,,,,,,"March 5, 2026"
Robert'); DROP TABLE,bobby@mail.example,,,,,,Rejected,Too far away,Job fair,
"""


def upload(client: APIClient, content: str | bytes, **fields: Any) -> Any:
    data = content.encode() if isinstance(content, str) else content
    file = SimpleUploadedFile("people.csv", data)
    return client.post(f"{API}/people-imports", {"file": file, **fields}, format="multipart")


def taken_over(client: APIClient, staged: dict[str, Any]) -> dict[str, Any]:
    job = client.post(f"{API}/people-imports/{staged['id']}/start")
    assert job.status_code == 202, job.content
    while work_due():
        pass
    done: dict[str, Any] = client.get(f"{API}/jobs/{job.json()['id']}").json()
    assert done["state"] == "finished"
    return done


def exported(client: APIClient, **asked: str) -> list[dict[str, str]]:
    answer = client.get(f"{API}/applications/export", asked)
    assert answer.status_code == 200
    text = b"".join(answer.streaming_content).decode("utf-8-sig")
    return list(csv.DictReader(io.StringIO(text, newline="")))


@pytest.fixture
def number(role: Role) -> str:
    return str(role.requisition.public_id)


def test_a_file_is_looked_at_and_taken_over(role: Role, recruiter: APIClient, number: str) -> None:
    staged = upload(recruiter, PEOPLE, requisition=number)
    assert staged.status_code == 201, staged.content
    assert (staged.json()["total"], staged.json()["faulty"]) == (3, 0)
    assert staged.json()["columns"]["links"] == ["LinkedIn"]
    assert Candidate.objects.count() == 0
    done = taken_over(recruiter, staged.json())
    assert done["counts"]["done"] == 1
    rows = Application.objects.order_by("pk").select_related("candidate", "stage", "source")
    assert [(row.candidate.name, row.status, row.source.name) for row in rows] == [
        ("Zoë Ångström", "active", "Job fair"),
        ("王小明", "active", "Import"),
        ("Robert'); DROP TABLE", "rejected", "Job fair"),
    ]
    zoe = rows[0]
    assert zoe.stage == role.stage("screen")
    assert zoe.applied_at.date().isoformat() == "2026-03-04"
    assert zoe.candidate.links == ["https://linkedin.example/in/zoe"]
    held = zoe.candidate.tagged.order_by("tag__name").values_list("tag__name", flat=True)
    assert list(held) == ["ICU", "nights"]
    assert rows[2].rejection_reason.name == "Too far away"
    assert [(visit.stage, visit.left_at) for visit in zoe.visits.all()] == [(zoe.stage, None)]
    settle()
    assert not Delivery.objects.filter(letter__startswith="candidates/").exists()
    assert first_break() is None
    lines = recruiter.get(f"{API}/people-imports/{staged.json()['id']}/lines").json()["results"]
    assert [(line["cells"], line["application"]) for line in lines] == [
        ([], str(row.public_id)) for row in rows
    ]


def test_import_then_export_gives_back_the_same_rows(
    role: Role, recruiter: APIClient, number: str
) -> None:
    taken_over(recruiter, upload(recruiter, PEOPLE, requisition=number).json())
    first = exported(recruiter)
    kept = list(TARGETS.keys() - {"first_name", "last_name"})
    assert [row["name"] for row in first] == ["Zoë Ångström", "王小明", "Robert'); DROP TABLE"]
    text = io.StringIO()
    writer = csv.DictWriter(text, first[0])
    writer.writeheader()
    writer.writerows(first)
    other = open_requisition()
    there = other.requisition
    body = text.getvalue().replace(role.requisition.number, there.number)
    client = signed_in(other.recruiter)
    body = body.replace("zoe@", "z@").replace("wang@", "w@").replace("bobby@", "b@")
    taken_over(client, upload(client, body).json())
    again = exported(client)
    changed = {"requisition", "email"}
    assert [{k: row[k] for k in kept if k not in changed} for row in again] == [
        {k: row[k] for k in kept if k not in changed} for row in first
    ]


@pytest.mark.parametrize("kind", ["csv", "xlsx", "json"])
def test_an_export_can_be_read_in_each_kind(role: Role, recruiter: APIClient, kind: str) -> None:
    apply(role, name="=cmd()")
    answer = recruiter.get(f"{API}/applications/export", {"file_type": kind})
    content = b"".join(answer.streaming_content)
    assert f'.{kind}"' in answer["Content-Disposition"]
    if kind == "json":
        assert [row["name"] for row in json.loads(content)] == ["=cmd()"]
    elif kind == "csv":
        assert b"'=cmd()" in content
    else:
        assert content.startswith(b"PK")
    assert Event.objects.filter(verb="applications.exported").count() == 1


def test_an_export_holds_what_one_works_on(role: Role, people: dict[str, Any]) -> None:
    apply(role, name="Mine")
    apply(open_requisition(), name="Theirs")
    assert [row["name"] for row in exported(signed_in(role.recruiter))] == ["Mine"]
    assert exported(signed_in(people["outsider"])) == []
    rows = exported(signed_in(role.recruiter), status="rejected")
    assert rows == []


LINES = [
    (",a@b.example,,", "Tell us your name."),
    ("Ann,not an address,,", "This is no e-mail address, so we could not answer you."),
    ("Ann,a@b.example,Nowhere,", "has no stage Nowhere."),
    ("Ann,a@b.example,Hired,", "Somebody who was hired took a seat"),
    ("Ann,a@b.example,,hired", "“hired” is no status"),
]


@pytest.mark.parametrize(("line", "said"), LINES)
def test_what_is_wrong_with_a_line_is_said_with_its_number(
    role: Role, recruiter: APIClient, number: str, line: str, said: str
) -> None:
    text = f'Name,Email,Stage,Status\n"Good\nOne",good@b.example,,\n{line}\n'
    staged = upload(recruiter, text, requisition=number).json()
    assert (staged["total"], staged["faulty"]) == (2, 1)
    assert staged["faults"][0]["line"] == 4
    assert said in staged["faults"][0]["fault"]
    done = taken_over(recruiter, staged)
    assert Candidate.objects.count() == 1
    items = recruiter.get(f"{API}/jobs/{done['id']}/items").json()["results"]
    assert items[0]["detail"].startswith("1 added. 1 not: ")
    at = f"{API}/people-imports/{staged['id']}/lines"
    faulty = recruiter.get(at, {"is_faulty": "true"}).json()["results"]
    assert [(row["line"], row["cells"][0]) for row in faulty] == [(4, line.split(",")[0])]
    assert len(recruiter.get(at, {"is_faulty": "false"}).json()["results"]) == 1


def test_whoever_is_here_already_is_not_added_twice(
    role: Role, recruiter: APIClient, number: str
) -> None:
    known = apply(role, name="Known", email="KNOWN@mail.example")
    text = "Name,Email,Tags\nK,known@mail.example,x\nNew,new@mail.example,\nNew,NEW@mail.example,\n"
    staged = upload(recruiter, text, requisition=number).json()
    assert [row["line"] for row in staged["faults"]] == [2, 4]
    taken_over(recruiter, staged)
    assert sorted(Candidate.objects.values_list("name", flat=True)) == ["Known", "New"]
    other = open_requisition(recruiter=role.recruiter)
    text = f"Name,Email,Requisition\nK,known@mail.example,{other.requisition.number}\n"
    taken_over(recruiter, upload(recruiter, text).json())
    assert known.candidate.applications.count() == 2
    assert Candidate.objects.get(pk=known.candidate_id).name == "Known"


def test_the_same_file_twice_adds_nobody(role: Role, recruiter: APIClient, number: str) -> None:
    taken_over(recruiter, upload(recruiter, PEOPLE, requisition=number).json())
    again = upload(recruiter, PEOPLE, requisition=number).json()
    assert [row["line"] for row in again["faults"]] == [2, 3]


def test_columns_can_be_named_by_hand(role: Role, recruiter: APIClient, number: str) -> None:
    text = "Wer;Post;Mehr Post;Ort\nAnn;a@b.example;c@d.example;Ulm\n"
    staged = upload(recruiter, text, requisition=number)
    assert staged.status_code == 400
    assert staged.json()["errors"][0]["pointer"] == "/columns"
    staged = upload(recruiter, text.replace("Wer", "Name"), requisition=number).json()
    columns = {"name": ["Name"], "email": ["Post", "Mehr Post"], "location": ["Ort"]}
    at = f"{API}/people-imports/{staged['id']}"
    assert recruiter.patch(at, {"columns": columns}).json()["columns"] == columns
    taken_over(recruiter, staged)
    ann = Candidate.objects.get()
    assert list(ann.emails.order_by("pk").values_list("address", "is_primary")) == [
        ("a@b.example", True),
        ("c@d.example", False),
    ]
    refused = recruiter.patch(at, {"columns": columns})
    assert refused.status_code == 409
    assert refused.json()["type"].endswith("started")
    assert recruiter.post(f"{at}/start").status_code == 409


@pytest.mark.parametrize(
    "columns",
    [{}, {"name": ["Nobody"]}, {"shoe_size": ["Name"]}, {"email": ["Email"]}, {"name": []}],
)
def test_columns_that_mean_nothing_are_refused(
    role: Role, recruiter: APIClient, number: str, columns: Any
) -> None:
    staged = upload(recruiter, "Name,Email\nAnn,a@b.example\n", requisition=number).json()
    answer = recruiter.patch(f"{API}/people-imports/{staged['id']}", {"columns": columns})
    assert answer.status_code == 400
    assert answer.json()["errors"][0]["pointer"] == "/columns"


@pytest.mark.parametrize(
    "content",
    [b"", b"Name\n", b"PK\x03\x04", b"\x00\x01", b",".join(b"c%d" % n for n in range(2000))],
)
def test_what_is_no_file_of_people_is_refused(recruiter: APIClient, content: bytes) -> None:
    answer = upload(recruiter, content)
    assert answer.status_code == 400
    assert PeopleImport.objects.count() == 0


def test_a_file_without_one_good_line_is_not_started(role: Role, recruiter: APIClient) -> None:
    staged = upload(recruiter, "Name,Email\nAnn,a@b.example\n").json()
    assert "names no requisition" in staged["faults"][0]["fault"]
    answer = recruiter.post(f"{API}/people-imports/{staged['id']}/start")
    assert answer.status_code == 409
    assert answer.json()["type"].endswith("no_lines")
    body = {"requisition": str(role.requisition.public_id)}
    mended = recruiter.patch(f"{API}/people-imports/{staged['id']}", body).json()
    assert mended["faulty"] == 0


def test_nobody_adds_people_to_what_others_recruit_for(role: Role, recruiter: APIClient) -> None:
    theirs = open_requisition().requisition
    secret = open_requisition(is_confidential=True).requisition
    text = f"Name,Requisition\nA,{theirs.number}\nB,{secret.number}\nC,REQ-1900-0001\n"
    staged = upload(recruiter, text).json()
    assert {row["fault"].replace("REQ-1900-0001", "X") for row in staged["faults"]} == {
        f"There is no requisition {number} that you recruit for."
        for number in (theirs.number, secret.number, "X")
    }
    other = signed_in(open_requisition().recruiter)
    assert other.get(f"{API}/people-imports/{staged['id']}").status_code == 404
    manager = signed_in(role.manager)
    assert upload(manager, text).status_code == 403


@pytest.mark.django_db(transaction=True)
def test_importing_and_applying_at_once_make_one_person(role: Role) -> None:
    client, posting = signed_in(role.recruiter), role.posting
    emails = [f"p{number}@mail.example" for number in range(8)]
    text = "Name,Email\n" + "".join(f"P,{email}\n" for email in emails)
    staged = upload(client, text, requisition=str(role.requisition.public_id)).json()
    client.post(f"{API}/people-imports/{staged['id']}/start")
    gate = Barrier(9)

    def run(work: Callable[[], Any]) -> None:
        gate.wait()
        try:
            work()
        finally:
            connection.close()

    said = {"consent": True, "by": Actor.public()}
    threads = [
        Thread(
            target=run, args=(lambda e=e: submit_application(posting, name="P", email=e, **said),)
        )
        for e in emails
    ]
    threads.append(Thread(target=run, args=(work_due,)))
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    while work_due():
        pass
    assert Candidate.objects.count() == Application.objects.count() == 8


def test_what_was_not_taken_over_is_forgotten(
    role: Role, recruiter: APIClient, number: str, advance: Any
) -> None:
    upload(recruiter, PEOPLE, requisition=number)
    advance(timedelta(days=29))
    assert forget_old_imports() == 0
    advance(timedelta(days=2))
    forget_old_imports()
    assert (PeopleImport.objects.count(), ImportedLine.objects.count()) == (0, 0)


@pytest.mark.parametrize("preset", sorted(PRESETS))
def test_presets_know_their_headers(preset: str) -> None:
    header = [names[0] for names in PRESETS[preset].values()]
    columns = guess(header, preset)
    wanted = {target: [names[0]] for target, names in PRESETS[preset].items()}
    if preset == "greenhouse":
        del wanted["name"]
    assert columns == wanted
    assert check_columns(header, columns) == columns


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("2026-03-04", "2026-03-04"),
        ("2026-03-04T23:30:00Z", "2026-03-04"),
        ("2026-03-04 10:00:00 UTC", "2026-03-04"),
        ("04.03.2026", "2026-03-04"),
        ("4 March 2026", "2026-03-04"),
        ("Mar 4, 2026", "2026-03-04"),
        ("", None),
    ],
)
def test_days_are_read_as_people_write_them(text: str, day: str | None) -> None:
    found = moment(text)
    assert (found.date().isoformat() if found else None) == day


AMBIGUOUS = ["03/04/2026", "yesterday", "1812-01-01", "9999-01-01", "2026-13-01"]


@pytest.mark.parametrize("text", AMBIGUOUS)
def test_a_day_that_could_be_two_is_refused(text: str) -> None:
    with pytest.raises(DomainError):
        moment(text)


def test_today_is_not_in_the_future() -> None:
    found = moment(clock.now().date().isoformat())
    assert found is not None
    assert found <= clock.now()


def test_a_name_may_have_two_columns() -> None:
    header = ["First Name", "Last Name", "Emails"]
    said = understood(
        ["Ann", "Lee", "a@b.example; A@b.example, c@d.example"], header, guess(header)
    )
    assert (said.name, said.emails) == ("Ann Lee", ("a@b.example", "c@d.example"))


def test_reasons_keep_their_kind(role: Role, recruiter: APIClient, number: str) -> None:
    text = "Name,Status,Reason\nA,rejected,Pay\nB,rejected,Pay\nC,withdrawn,Pay\nD,withdrew,\n"
    taken_over(recruiter, upload(recruiter, text, requisition=number).json())
    rows = Application.objects.order_by("pk").values_list("rejection_reason__name", "status")
    assert list(rows) == [
        ("Pay", "rejected"),
        ("Pay", "rejected"),
        ("Pay (they withdrew)", "withdrawn"),
        ("Withdrawn before the import", "withdrawn"),
    ]


def test_a_source_without_end_is_a_fault(role: Role, recruiter: APIClient, number: str) -> None:
    staged = upload(recruiter, f"Name,Source\nA,{'x' * 201}\n", requisition=number).json()
    assert "at most 200 characters" in staged["faults"][0]["fault"]


def test_a_requisition_without_stages_takes_nobody(role: Role, recruiter: APIClient) -> None:
    bare = draft(role.recruiter)
    text = f"Name,Requisition\nA,{bare.number}\n"
    staged = upload(recruiter, text).json()
    assert "has no stages yet" in staged["faults"][0]["fault"]


def test_columns_are_lists_of_names() -> None:
    with pytest.raises(Invalid):
        check_columns(["Name"], {"name": "Name"})
