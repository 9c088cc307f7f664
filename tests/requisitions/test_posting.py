from datetime import timedelta

import pytest
from django.db import DatabaseError, transaction

from ats import clock
from ats.errors import Blocked, DomainError, Invalid
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
from requisitions.actions.requisition import edit_requisition
from requisitions.languages import canonical, direction
from requisitions.models import JobPosting, PayRange, PostingVersion
from requisitions.queries.postings import changes, publish_warnings
from tests.factories.requisitions import (
    PAY,
    DepartmentFactory,
    draft,
    open_requisition,
)

pytestmark = pytest.mark.django_db


def test_publishing_says_everything_that_is_missing() -> None:
    requisition = draft(pay_ranges=[])
    by = Actor.of(requisition.created_by)
    posting = draft_posting(requisition, by=by)
    with pytest.raises(Blocked) as refusal:
        publish_posting(posting, by=by)
    assert refusal.value.blockers == [
        "The requisition is draft: only an open one can be published.",
        "No opening is open: there would be no seat to hire into.",
        "There is no pipeline: attach one, so that applications have a stage to arrive in.",
        (
            "No pay range is given: add a minimum and a maximum with currency and period."
            " No place is stated that tells which law holds, so that the strictest is assumed."
        ),
    ]


def test_pay_transparency_names_what_a_range_lacks() -> None:
    role = open_requisition(publish=False)
    by = Actor.of(role.recruiter)
    PayRange.objects.update(currency="", period="", scope="U.S.")
    with pytest.raises(Blocked) as refusal:
        publish_posting(role.posting, by=by)
    assert refusal.value.blockers == [
        "The pay range 90,000 to 120,000 for U.S. has no currency and no period."
    ]


def test_a_posting_expires_in_the_future() -> None:
    role = open_requisition(publish=False)
    with pytest.raises(Invalid, match="future"):
        publish_posting(
            role.posting, expires_at=clock.now() - timedelta(1), by=Actor.of(role.recruiter)
        )


def test_a_published_version_is_kept_as_it_was() -> None:
    role = open_requisition(summary="First", topics=["Data"], pay_ranges=[PAY])
    content = role.posting.versions.get().content
    assert content["summary"] == "First"
    assert content["company"] == "Northlight Research"
    assert content["pay_ranges"][0]["minimum"] == "90000.00"
    assert len(content["competencies"]) == 3
    unpublish_posting(role.posting, by=Actor.of(role.recruiter))
    assert role.posting.versions.count() == 1


def test_a_posting_in_another_language_has_words_of_its_own() -> None:
    role = open_requisition(publish=False, summary="Build", benefits=["Pension"])
    by = Actor.of(role.recruiter)
    words = {"summary": "Bauen", "required": ["Erfahrung"], "highlights": []}
    posting = draft_posting(
        role.requisition, title="Ingenieur", language="DE-de", words=words, by=by
    )
    content = publish_posting(posting, by=by).versions.get().content
    assert posting.language == content["language"] == "de-DE"
    assert posting.words == {"summary": "Bauen", "required": ["Erfahrung"]}
    assert (content["title"], content["summary"]) == ("Ingenieur", "Bauen")
    assert publish_warnings(posting)[-1].endswith("whatever the language: benefits.")
    assert content["qualifications"]["required"] == ["Erfahrung"]
    assert content["benefits"] == ["Pension"]
    with pytest.raises(TypeError, match="salary"):
        edit_posting(posting, words={"salary": "1"}, by=by)


def test_what_is_edited_is_public_with_the_next_version() -> None:
    role = open_requisition(summary="First")
    by = Actor.of(role.recruiter)
    since = role.posting.published_at
    with pytest.raises(DomainError, match="Nothing was edited since version 1"):
        republish_posting(role.posting, by=by)
    edited = edit_posting(role.posting, title="Better", words={"summary": "Second"}, by=by)
    assert changes(edited) == ["summary", "title"]
    assert edited.versions.get().content["summary"] == "First"
    again = republish_posting(edited, by=by)
    assert (again.version, again.status, again.published_at) == (2, "published", since)
    assert again.versions.get(number=2).published_by == role.recruiter
    assert changes(again) == []


def test_republishing_asks_what_publishing_asks() -> None:
    role = open_requisition()
    by = Actor.of(role.recruiter)
    role.requisition.pay_ranges.all().delete()
    with pytest.raises(Blocked, match="No pay range"):
        republish_posting(role.posting, by=by)


def test_an_edit_that_changes_nothing_leaves_no_trace() -> None:
    role = open_requisition()
    by = Actor.of(role.recruiter)
    assert edit_posting(role.posting, title=" ", language="en", words={}, by=by).title
    with pytest.raises(TypeError, match="status"):
        edit_posting(role.posting, status="draft", by=by)
    fill_opening(role.opening, application=role.posting.public_id, by=by)
    with pytest.raises(Blocked, match="reopen it first"):
        edit_posting(role.posting, title="Late", by=by)


def test_a_new_end_holds_at_once_and_lies_in_the_future() -> None:
    role = open_requisition()
    by = Actor.of(role.recruiter)
    soon = clock.now() + timedelta(hours=1)
    assert edit_posting(role.posting, expires_at=soon, by=by).expires_at == soon
    assert edit_posting(role.posting, expires_at=None, by=by).expires_at is None
    with pytest.raises(Invalid, match="in the future"):
        edit_posting(role.posting, expires_at=clock.now(), by=by)
    posting = draft_posting(role.requisition, by=by)
    schedule_posting(posting, publish_at=soon, by=by)
    with pytest.raises(Invalid, match="after it goes out"):
        edit_posting(posting, expires_at=soon, by=by)


def test_publishing_again_keeps_an_end_that_is_still_to_come() -> None:
    role = open_requisition(publish=False)
    by = Actor.of(role.recruiter)
    soon = clock.now() + timedelta(hours=1)
    posting = unpublish_posting(publish_posting(role.posting, expires_at=soon, by=by), by=by)
    posting = unpublish_posting(publish_posting(posting, by=by), by=by)
    assert posting.expires_at == soon
    assert publish_posting(posting, expires_at=None, by=by).expires_at is None


def test_who_reads_a_posting_is_settled_once_it_was_published() -> None:
    role = open_requisition(publish=False)
    by = Actor.of(role.recruiter)
    posting = edit_posting(role.posting, is_internal=True, by=by)
    posting = publish_posting(edit_posting(posting, is_internal=False, by=by), by=by)
    with pytest.raises(Invalid, match="draft another"):
        edit_posting(posting, is_internal=True, by=by)


def test_a_version_is_kept_by_the_database_too() -> None:
    open_requisition()
    with pytest.raises(DatabaseError, match="Cannot update"), transaction.atomic():
        PostingVersion.objects.update(content={})


@pytest.mark.parametrize("is_internal", [False, True])
def test_a_confidential_requisition_is_posted_with_a_written_reason_only(is_internal: bool) -> None:
    role = open_requisition(publish=False, is_confidential=True, department=DepartmentFactory())
    by = Actor.of(role.recruiter)
    posting = edit_posting(role.posting, is_internal=is_internal, by=by)
    soon = clock.now() + timedelta(hours=1)
    for reason in ("", "  "):
        with pytest.raises(Invalid, match="is confidential"):
            publish_posting(posting, confidential_reason=reason, by=by)
        with pytest.raises(Invalid, match="is confidential"):
            schedule_posting(posting, publish_at=soon, confidential_reason=reason, by=by)
    posting = publish_posting(posting, confidential_reason="The board agreed.", by=by)
    assert posting.confidential_reason == "The board agreed."
    assert posting.versions.get().content["department"] == ""
    with pytest.raises(DatabaseError, match="says why"), transaction.atomic():
        JobPosting.objects.update(confidential_reason="")


def test_what_becomes_confidential_is_no_longer_posted() -> None:
    role = open_requisition()
    by = Actor.of(role.recruiter)
    waiting = draft_posting(role.requisition, by=by)
    schedule_posting(waiting, publish_at=clock.now() + timedelta(hours=1), by=by)
    edit_requisition(role.requisition, is_confidential=True, by=by)
    found = role.requisition.postings.order_by("pk").values_list("status", "publish_at")
    assert list(found) == [("unpublished", None), ("draft", None)]


@pytest.mark.parametrize(
    ("tag", "kept"),
    [
        ("en", "en"),
        ("EN-us", "en-US"),
        ("zh-hant-tw", "zh-Hant-TW"),
        ("es-419", "es-419"),
        ("fil", "fil"),
        (" mt ", "mt"),
        ("xx", ""),
        ("en-XX", ""),
        ("en-Abcd", ""),
        ("english", ""),
        ("", ""),
        ("de\n", "de"),
        ("d\x00e", ""),
        ("e" * 10_000, ""),
    ],
)
def test_only_languages_that_exist_are_languages(tag: str, kept: str) -> None:
    assert canonical(tag) == kept


def test_some_languages_run_from_right_to_left() -> None:
    assert [direction(tag) for tag in ("ar-EG", "he", "de")] == ["rtl", "rtl", "ltr"]


def test_a_language_that_does_not_exist_is_refused() -> None:
    with pytest.raises(Invalid, match="There is no language 'tlh'"):
        draft_posting(open_requisition().requisition, language="tlh", by=Actor.system("test"))
