"""Looking for a role: words, places and the rest; other languages; colleagues alone."""

import json
import re
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client

from ats import clock
from ats.accounts.models import User
from ats.events.actors import Actor
from requisitions.actions.opening import fill_opening
from requisitions.actions.posting import (
    draft_posting,
    edit_posting,
    publish_posting,
    republish_posting,
    schedule_posting,
    unpublish_posting,
)
from requisitions.actions.requisition import cancel_requisition, edit_requisition
from requisitions.models import JobPosting
from tests.factories.ats import UserFactory
from tests.factories.requisitions import (
    DepartmentFactory,
    OfficeFactory,
    Role,
    open_requisition,
)

pytestmark = pytest.mark.django_db
BOARD = "/api/v1/board/postings"


def found(client: Client, path: str = "/", **asked: str) -> list[str]:
    answer = client.get(path, asked)
    assert answer.status_code == 200
    return re.findall(r"<h3[^>]*><a [^>]*>([^<]+)</a>", answer.content.decode())


def page_of(posting: JobPosting) -> str:
    return f"/jobs/{posting.public_id}"


def in_german(role: Role, **options: Any) -> JobPosting:
    by = Actor.of(role.recruiter)
    words = {"summary": "Wir bauen Datenbanken für Krankenhäuser."}
    posting = draft_posting(
        role.requisition, title="Dateningenieurin", language="de", words=words, by=by, **options
    )
    return publish_posting(posting, by=by)


WORDS = [
    ("engineer", ["Engineer of cafés"]),
    ("engineers", ["Engineer of cafés"]),
    ("CAFES", ["Engineer of cafés"]),
    ("zurich", ["Engineer of cafés"]),
    ("Zürich", ["Engineer of cafés"]),
    ("nursing", ["Night nurse"]),
    ('"care of patients"', ["Night nurse"]),
    ('"patients care"', []),
    ("engineer or nurse", ["Night nurse", "Engineer of cafés"]),
    ("night -nurse", []),
    ("gine", ["Engineer of cafés"]),
    ("本語", ["日本語の求人"]),
    ("'; DROP TABLE", []),
    ("\x00", ["日本語の求人", "Night nurse", "Engineer of cafés"]),
    ("x" * 10_000, []),
    ('"' * 300, []),
    ("& | ! ( ) : * <->", []),
]


@pytest.mark.parametrize(("asked", "expected"), WORDS)
def test_roles_are_found_by_their_words(client: Client, asked: str, expected: list[str]) -> None:
    open_requisition(title="Engineer of cafés", locations=["Zürich"], competencies=0)
    open_requisition(title="Night nurse", summary="Take care of patients", competencies=0)
    open_requisition(title="日本語の求人", competencies=0)
    titles = found(client, q=asked)
    if set('&"') & set(asked) and expected == []:
        assert set(titles) <= {"日本語の求人", "Night nurse", "Engineer of cafés"}
        return
    assert titles == expected


def test_words_are_reduced_as_their_own_language_does(client: Client) -> None:
    in_german(open_requisition(publish=False))
    assert found(client, q="Datenbank") == ["Dateningenieurin"]
    assert found(client, q="krankenhauser") == ["Dateningenieurin"]


def test_what_was_published_is_searched_not_what_was_edited_since(client: Client) -> None:
    role = open_requisition(summary="Old words")
    by = Actor.of(role.recruiter)
    edit_requisition(role.requisition, summary="New text", by=by)
    assert (found(client, q="words"), found(client, q="text")) == (["Data Engineer"], [])
    republish_posting(role.posting, by=by)
    assert (found(client, q="words"), found(client, q="text")) == ([], ["Data Engineer"])


def test_a_text_longer_than_a_search_index_is_published_all_the_same(client: Client) -> None:
    text = " ".join(f"w{n}" for n in range(8_000))
    lines = [" ".join(f"x{n}y{k}" for n in range(700)) for k in range(100)]
    open_requisition(title="Long", summary=text, highlights=lines, responsibilities=lines)
    assert found(client, q="w7") == ["Long"]


def test_roles_are_narrowed_by_what_they_are(client: Client) -> None:
    data, care = (DepartmentFactory(name=name) for name in ("Data", "Care & <b>"))
    berlin = OfficeFactory(city="Berlin", region="", country="DE")
    open_requisition(title="One", department=data, offices=[berlin], workplace="hybrid")
    open_requisition(title="Two", department=care, workplace="remote", employment_type="intern")
    in_german(open_requisition(publish=False, title="Three"))
    for asked, expected in [
        ({"place": "Berlin, DE"}, ["One"]),
        ({"department": "Data"}, ["One"]),
        ({"department": "Care & <b>"}, ["Two"]),
        ({"workplace": "remote"}, ["Two"]),
        ({"employment_type": "intern"}, ["Two"]),
        ({"language": "de"}, ["Dateningenieurin"]),
        ({"department": "Data", "workplace": "remote"}, []),
        ({"place": "Nowhere"}, []),
        ({"workplace": "on the moon"}, []),
    ]:
        assert found(client, **asked) == expected
    text = client.get("/", {"department": "Care & <b>"}).content.decode()
    assert '<option value="Care &amp; &lt;b&gt;" selected>' in text
    assert "<b>" not in text


def test_the_next_page_keeps_what_was_asked(
    client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("requisitions.pages.views.PAGE", 1)
    for title in ("First role", "Second role", "Third"):
        open_requisition(title=title)
    text = client.get("/", {"q": "role"}).content.decode()
    link = re.findall(r'href="(\?[^"]+after=[^"]+)"', text)[0].replace("&amp;", "&")
    answer = client.get(f"/{link}").content.decode()
    assert re.findall(r"<h3[^>]*><a [^>]*>([^<]+)</a>", answer) == ["First role"]
    assert "after=" not in answer


def test_the_public_board_narrows_alike(client: Client) -> None:
    open_requisition(title="One", locations=["Berlin"], summary="cafés", workplace="hybrid")
    in_german(open_requisition(publish=False, title="Two"))
    for query, expected in [
        ("q=cafes", ["One"]),
        ("q=datenbank", ["Dateningenieurin"]),
        ("place=Berlin", ["One"]),
        ("language=de", ["Dateningenieurin"]),
        ("workplace=hybrid", ["One"]),
    ]:
        rows = client.get(f"{BOARD}?{query}").json()["results"]
        assert [row["title"] for row in rows] == expected
    assert client.get(BOARD, {"q": "x" * 10_000}).status_code == 400
    assert client.get(f"{BOARD}?q=%00").status_code == 400


def test_a_page_speaks_the_language_of_its_posting(client: Client) -> None:
    role = open_requisition()
    german = in_german(role)
    text = client.get(page_of(german)).content.decode()
    assert '<html lang="de" dir="ltr">' in text
    assert "Über die Stelle" in text
    assert f'hreflang="en" href="http://testserver{page_of(role.posting)}"' in text
    assert f'href="{page_of(role.posting)}" hreflang="en" lang="en">English</a>' in text
    by = Actor.of(role.recruiter)
    words = {"summary": "نبني قواعد البيانات"}
    draft = draft_posting(role.requisition, title="مهندس", language="ar", words=words, by=by)
    arabic = client.get(page_of(publish_posting(draft, by=by))).content.decode()
    assert '<html lang="ar" dir="rtl">' in arabic
    assert '<h2 id="about" lang="en">About the role</h2>' in arabic


def test_a_page_has_one_address_and_is_asked_for_again(client: Client) -> None:
    role = open_requisition()
    answer = client.get(page_of(role.posting))
    address = f"http://testserver{page_of(role.posting)}"
    assert f'<link rel="canonical" href="{address}">' in answer.content.decode()
    assert answer["Cache-Control"] == "public, no-cache"
    for path in (page_of(role.posting), "/"):
        tag = client.get(path)["ETag"]
        assert client.get(path, headers={"if-none-match": tag}).status_code == 304
    assert '<link rel="canonical" href="http://testserver/">' in client.get("/").text
    for query in ("?q=data", "?after=x"):
        text = client.get(f"/{query}").content.decode()
        assert 'content="noindex, follow"' in text
        assert "canonical" not in text


def test_only_the_page_of_one_role_has_linked_data(client: Client) -> None:
    role = open_requisition(summary="</script><script>alert(1)</script>", title="<!--</script>")
    text = client.get(page_of(role.posting)).content.decode()
    inside = re.findall(r'<script type="application/ld\+json">(.*?)</script>', text, re.DOTALL)
    assert len(inside) == text.count("<script") == 1
    assert json.loads(inside[0])["title"] == "<!--</script>"
    assert "<script" not in client.get("/").content.decode()


def closed_in_every_way() -> dict[str, JobPosting]:
    unpublished, expired, filled, cancelled = (open_requisition() for _ in range(4))
    by = Actor.of(unpublished.recruiter)
    unpublish_posting(unpublished.posting, by=by)
    JobPosting.objects.filter(pk=expired.posting.pk).update(
        expires_at=clock.now() - timedelta(hours=1)
    )
    fill_opening(filled.opening, application=filled.posting.public_id, by=by)
    cancel_requisition(cancelled.requisition, reason="Budget", by=by)
    again = open_requisition()
    again_by = Actor.of(again.recruiter)
    unpublish_posting(again.posting, by=again_by)
    soon = clock.now() + timedelta(hours=1)
    schedule_posting(again.posting, publish_at=soon, by=again_by)
    return {
        "unpublished": unpublished.posting,
        "expired": expired.posting,
        "filled": filled.posting,
        "cancelled": cancelled.posting,
        "scheduled again": again.posting,
    }


def test_whatever_closed_it_a_role_is_gone_for_everybody(client: Client) -> None:
    open_requisition(title="Data Engineer too")
    reader = Client()
    reader.force_login(UserFactory())
    for why, posting in closed_in_every_way().items():
        for person in (client, reader):
            page = person.get(page_of(posting))
            assert (why, page.status_code) == (why, 410)
            assert "Data Engineer too" in page.content.decode()
            assert "A similar title: data and engineer" in page.content.decode()
            said = person.get(f"{BOARD}/{posting.public_id}")
            assert (why, said.status_code) == (why, 410)
            assert said.json()["similar"][0]["title"] == "Data Engineer too"


def test_what_is_scheduled_for_the_first_time_is_not_there_yet(client: Client) -> None:
    role = open_requisition(publish=False)
    soon = clock.now() + timedelta(hours=1)
    schedule_posting(role.posting, publish_at=soon, by=Actor.of(role.recruiter))
    assert client.get(page_of(role.posting)).status_code == 404
    assert client.get(f"{BOARD}/{role.posting.public_id}").status_code == 404


@pytest.fixture
def inside() -> tuple[Role, JobPosting]:
    role = open_requisition(title="Open to all")
    by = Actor.of(role.recruiter)
    posting = draft_posting(role.requisition, title="Inside job", is_internal=True, by=by)
    return role, publish_posting(posting, by=by)


def signed_in(user: User) -> Client:
    client = Client()
    client.force_login(user)
    return client


def test_colleagues_alone_read_internal_roles(
    client: Client, inside: tuple[Role, JobPosting]
) -> None:
    role, posting = inside
    colleague = signed_in(UserFactory())
    page = colleague.get(page_of(posting))
    assert page.status_code == 200
    assert page["Cache-Control"] == "private, no-store"
    text = page.content.decode()
    assert role.recruiter.email in text
    assert "application/ld+json" not in text
    assert f"{page_of(posting)}/apply" in text
    assert found(colleague, "/internal") == ["Inside job"]
    assert found(colleague) == ["Open to all"]
    api = "/api/v1/internal-postings"
    assert [row["title"] for row in colleague.get(api).json()["results"]] == ["Inside job"]
    whole = colleague.get(f"{api}/{posting.public_id}").json()
    assert (whole["title"], "schema_org" in whole) == ("Inside job", False)
    assert colleague.get(f"{api}/{role.posting.public_id}").status_code == 404
    assert colleague.get(f"{api}/nonsense").status_code == 404
    unpublish_posting(posting, by=Actor.of(role.recruiter))
    assert colleague.get(page_of(posting)).status_code == 410
    assert colleague.get(f"{api}/{posting.public_id}").status_code == 410


def test_a_stranger_cannot_tell_an_internal_role_from_none(
    client: Client, inside: tuple[Role, JobPosting]
) -> None:
    _, posting = inside
    nothing = "/jobs/0198c5d2-0000-7000-8000-000000000000"
    answers = [client.get(path) for path in (page_of(posting), nothing)]
    assert [answer.status_code for answer in answers] == [404, 404]
    assert answers[0].content == answers[1].content
    assert dict(answers[0].headers) == dict(answers[1].headers)
    assert client.get("/internal")["Location"] == "/console/login/?next=/internal"
    assert client.get("/api/v1/internal-postings").status_code == 401
    gone = signed_in(UserFactory())
    User.objects.update(is_active=False)
    assert gone.get(page_of(posting)).status_code == 404


def test_a_confidential_role_shows_its_posting_and_no_department(client: Client) -> None:
    role = open_requisition(is_confidential=True, department=DepartmentFactory(name="Board"))
    for path in (page_of(role.posting), "/", "/jobs.xml", "/jobs.rss", f"{BOARD}"):
        text = client.get(path).getvalue().decode()
        assert role.requisition.title in text
        assert "Board" not in text.replace("Board of", "")
        assert role.requisition.number not in text


def test_an_edit_of_a_published_posting_is_not_public_yet(client: Client) -> None:
    role = open_requisition()
    edit_posting(role.posting, title="Not yet", by=Actor.of(role.recruiter))
    assert found(client) == ["Data Engineer"]
