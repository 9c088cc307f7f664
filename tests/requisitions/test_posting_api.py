from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from rest_framework.test import APIClient

from ats import clock
from ats.accounts.models import User
from ats.events.models import Event
from requisitions.models import JobPosting
from tests.factories.ats import UserFactory
from tests.factories.requisitions import Role, draft, open_requisition
from tests.requisitions.conftest import Client

pytestmark = pytest.mark.django_db
ROOT = "/api/v1/postings"
NASTY = "</script><script>alert(1)</script>"


def at(role: Role, tail: str = "") -> str:
    return f"{ROOT}/{role.posting.public_id}{tail}"


def in_hours(hours: int) -> str:
    return (clock.now() + timedelta(hours=hours)).isoformat()


def pointers(answer: Any) -> list[str]:
    assert answer.status_code == 400, answer.data
    return [error["pointer"] for error in answer.data["errors"]]


def test_a_posting_lives_its_whole_life_over_the_api(rita: User, as_: Client) -> None:
    role, api = open_requisition(rita, publish=False, summary="Build"), as_(rita)
    body = {
        "requisition": str(role.requisition.public_id),
        "title": "Ingenieur",
        "language": "DE",
        "words": {"summary": "Bauen", "faq": [{"question": "Wo?", "answer": "Hier."}]},
    }
    made = api.post(ROOT, body)
    assert (made.status_code, made.data["language"]) == (201, "de")
    assert made.data["possible"] == ["publish", "schedule"]
    url = made["Location"]
    preview = api.get(f"{url}/preview").data
    assert (preview["content"]["summary"], preview["blockers"]) == ("Bauen", [])
    assert preview["warnings"][0].startswith("No place is given")
    waiting = api.post(f"{url}/schedule", {"publish_at": in_hours(2), "expires_at": in_hours(9)})
    assert waiting.status_code == 200, waiting.data
    assert waiting.data["possible"] == ["publish", "schedule", "unschedule"]
    assert api.post(f"{url}/unschedule").data["publish_at"] is None
    assert api.post(f"{url}/unschedule").status_code == 409
    live = api.post(f"{url}/publish", {"expires_at": in_hours(9)})
    assert live.data["possible"] == ["republish", "unpublish"]
    assert api.post(f"{url}/republish").status_code == 409
    edited = api.patch(url, {"words": {"summary": "Neu"}, "expires_at": None})
    assert (edited.status_code, edited.data["expires_at"]) == (200, None)
    assert api.get(f"{url}/preview").data["changes"] == ["faq", "summary"]
    assert api.post(f"{url}/republish").data["version"] == 2
    versions = api.get(f"{url}/versions").data["results"]
    assert [(row["number"], row["content"]["summary"]) for row in versions] == [
        (2, "Neu"),
        (1, "Bauen"),
    ]
    assert versions[0]["published_by"]["name"] == "Rita"
    assert api.post(f"{url}/unpublish").data["status"] == "unpublished"


def test_only_the_team_reads_postings_and_their_versions(as_: Client) -> None:
    role = open_requisition()
    outsider, manager = as_(UserFactory()), as_(role.manager)
    for tail in ("", "/versions", "/preview"):
        assert outsider.get(at(role, tail)).status_code == 404
        assert manager.get(at(role, tail)).status_code == 200
        assert as_(None).get(at(role, tail)).status_code == 401
    assert manager.post(at(role, "/unpublish")).status_code == 403
    assert as_(role.recruiter).get(f"{ROOT}/nonsense/versions").status_code == 404


BAD: list[tuple[str, str, dict[str, Any], list[str]]] = [
    ("post", "/publish", {"expires_at": "2020-01-01T00:00:00Z"}, ["/expires_at"]),
    ("post", "/publish", {"expires_at": "0001-01-01T00:00:00+14:00"}, ["/expires_at"]),
    ("post", "/publish", {"expires_at": "9999-12-31T23:59:59-12:00"}, ["/expires_at"]),
    ("post", "/publish", {"expires_at": [1]}, ["/expires_at"]),
    ("post", "/publish", {"until": None}, ["/until"]),
    ("post", "/schedule", {}, ["/publish_at"]),
    ("post", "/schedule", {"publish_at": "2020-01-01T00:00:00Z"}, ["/publish_at"]),
    ("patch", "", {"language": "xx"}, ["/language"]),
    ("patch", "", {"title": "x" * 301}, ["/title"]),
    ("patch", "", {"words": {"salary": "1"}}, ["/words/salary"]),
    ("patch", "", {"words": {"required": ["ok", {"a": 1}]}}, ["/words/required/1"]),
    ("patch", "", {"words": {"faq": [{"question": "?"}]}}, ["/words/faq/0/answer"]),
    ("patch", "", {"words": [[[[]]]]}, ["/words"]),
]


@pytest.mark.parametrize(("method", "tail", "body", "expected"), BAD)
def test_bad_input_names_its_field_and_changes_nothing(
    as_: Client, method: str, tail: str, body: dict[str, Any], expected: list[str]
) -> None:
    role = open_requisition(publish=False)
    api, before = as_(role.recruiter), Event.objects.count()
    assert pointers(getattr(api, method)(at(role, tail), body)) == expected
    assert Event.objects.count() == before
    assert JobPosting.objects.get().words == {}


@pytest.mark.parametrize("field", ["title", "language", "words"])
def test_a_nul_is_refused_wherever_it_stands(as_: Client, field: str) -> None:
    role = open_requisition()
    said = {"summary": "a\x00"} if field == "words" else "a\x00"
    assert as_(role.recruiter).patch(at(role), {field: said}).status_code == 400


def test_publishing_without_an_opening_says_so(rita: User, as_: Client) -> None:
    api = as_(rita)
    made = api.post(ROOT, {"requisition": str(draft(rita).public_id)})
    refused = api.post(f"{made['Location']}/publish")
    assert refused.status_code == 409
    assert refused.data["blockers"][1].startswith("No opening is open")


def test_a_confidential_requisition_is_published_by_a_written_choice(as_: Client) -> None:
    role = open_requisition(publish=False, is_confidential=True)
    api = as_(role.recruiter)
    assert api.get(at(role, "/preview")).data["warnings"][0].startswith("The requisition is conf")
    assert pointers(api.post(at(role, "/publish"))) == ["/confidential_reason"]
    done = api.post(at(role, "/publish"), {"confidential_reason": "Agreed."})
    assert (done.status_code, done.data["confidential_reason"]) == (200, "Agreed.")


def test_nasty_text_is_kept_as_text(as_: Client) -> None:
    role = open_requisition()
    api = as_(role.recruiter)
    lists = ["highlights", "responsibilities", "required", "preferred", "benefits", "guidance"]
    words: dict[str, Any] = {name: [NASTY] for name in lists}
    words |= {"summary": NASTY, "faq": [{"question": NASTY, "answer": NASTY}]}
    assert api.patch(at(role), {"title": NASTY, "words": words}).data["words"] == words
    assert api.post(at(role, "/republish")).status_code == 200
    for page in (f"/jobs/{role.posting.public_id}", "/"):
        text = APIClient().get(page).content.decode()
        assert "<script>alert" not in text


def test_versions_are_listed_in_as_many_queries_for_three_as_for_one(as_: Client) -> None:
    role = open_requisition()
    api, counts = as_(role.recruiter), []
    for title in ("", "Second", "Third"):
        if title:
            api.patch(at(role), {"title": title})
            assert api.post(at(role, "/republish")).status_code == 200
        with CaptureQueriesContext(connection) as asked:
            rows = api.get(at(role, "/versions?limit=2")).data["results"]
        counts.append((len(rows), len(asked)))
    assert [rows for rows, _ in counts] == [1, 2, 2]
    assert len({queries for _, queries in counts}) == 1


def test_postings_are_narrowed_by_schedule_and_language(rita: User, as_: Client) -> None:
    role = open_requisition(rita)
    api, of = as_(rita), str(role.requisition.public_id)
    made = api.post(ROOT, {"requisition": of, "language": "de"}).data["id"]
    api.post(f"{ROOT}/{made}/schedule", {"publish_at": in_hours(1)})
    for query in ("is_scheduled=true", "language=de"):
        assert [row["id"] for row in api.get(f"{ROOT}?{query}").data["results"]] == [made]
