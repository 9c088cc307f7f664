from typing import Any

import pytest
from django.core.checks import CheckMessage
from django.db import connection

from ats import checks


def ids(found: list[CheckMessage]) -> set[str | None]:
    assert all(message.hint for message in found)
    return {message.id for message in found}


@pytest.fixture
def deployed(settings: Any) -> Any:
    settings.TESTING, settings.TEST_CLOCK_FILE = False, ""
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.SITE_URL, settings.ALLOWED_HOSTS = "https://jobs.acme.org", [".acme.org"]
    settings.DEFAULT_FROM_EMAIL = "Acme <jobs@acme.org>"
    return settings


def found_by_all() -> set[str | None]:
    every = (checks.one_clock, checks.letters_leave, checks.no_test_settings)
    more = (checks.links_lead_here, checks.letters_have_a_sender)
    return {name for check in (*every, *more) for name in ids(check())}


def test_a_proper_deployment_is_clean(deployed: Any) -> None:
    assert found_by_all() == set()


@pytest.mark.parametrize(
    ("name", "value", "expected"),
    [
        ("TEST_CLOCK_FILE", "somewhere", {"ats.E001"}),
        ("EMAIL_BACKEND", "django.core.mail.backends.filebased.EmailBackend", {"ats.E002"}),
        ("TESTING", True, {"ats.E003"}),
        ("SITE_URL", "http://127.0.0.1:8000", {"ats.W001"}),
        ("SITE_URL", "https://elsewhere.org", {"ats.W002"}),
        ("DEFAULT_FROM_EMAIL", "recruiting@northlight.example", {"ats.W003"}),
        ("DEFAULT_FROM_EMAIL", "N <recruiting@northlight.example>", {"ats.W003"}),
    ],
)
def test_each_mistake_is_named(deployed: Any, name: str, value: Any, expected: set[str]) -> None:
    setattr(deployed, name, value)
    assert found_by_all() == expected


def test_a_test_run_may_move_the_clock(deployed: Any) -> None:
    deployed.TESTING, deployed.TEST_CLOCK_FILE = True, "somewhere"
    assert ids(checks.one_clock()) == set()


@pytest.mark.django_db
def test_a_database_that_may_forget_is_named(deployed: Any) -> None:
    """The server of the tests runs without fsync, so that alone is found at first."""
    with connection.cursor() as cursor:
        cursor.execute("SHOW fsync")
        expected = ["fsync"] if cursor.fetchone() == ("off",) else []
        assert [names(message) for message in checks.saved_means_saved(["default"])] == expected
        cursor.execute("SET LOCAL synchronous_commit = off")
    found = checks.saved_means_saved(["default"])
    assert [names(message) for message in found] == ["synchronous_commit", *expected]
    assert ids(found) == {"ats.E004"}


def names(message: CheckMessage) -> str:
    return message.msg.split("'s ")[1].split(" is ")[0]
