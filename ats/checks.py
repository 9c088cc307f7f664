"""Mistakes of a deployment, found by `manage.py check --deploy` before anybody is hurt."""

from collections.abc import Sequence
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.core import checks
from django.core.checks import CheckMessage, Error, Tags, register
from django.db import connections
from django.http.request import validate_host

LOOPBACK = {"127.0.0.1", "localhost", "::1"}


@register(Tags.security)
def one_clock(**_: Any) -> list[CheckMessage]:
    if settings.TEST_CLOCK_FILE and not settings.TESTING:
        return [
            Error(
                "TEST_CLOCK_FILE moves the clock of a running product.",
                hint="Remove TEST_CLOCK_FILE; only a test run (TESTING=1) may set it.",
                id="ats.E001",
            )
        ]
    return []


@register(Tags.security, deploy=True)
def letters_leave(**_: Any) -> list[CheckMessage]:
    if settings.EMAIL_BACKEND == "django.core.mail.backends.smtp.EmailBackend":
        return []
    return [
        Error(
            "Letters are written to files, not sent: nobody would ever read one.",
            hint="Set EMAIL_URL, for example smtp+tls://user:password@mail.example.org:587",
            id="ats.E002",
        )
    ]


@register(Tags.security, deploy=True)
def no_test_settings(**_: Any) -> list[CheckMessage]:
    if settings.TESTING:
        return [
            Error(
                "TESTING=1 stores passwords in a form that is quick to break.",
                hint="Remove TESTING from the environment.",
                id="ats.E003",
            )
        ]
    return []


@register(Tags.database)
def saved_means_saved(databases: Sequence[str] | None = None, **_: Any) -> list[CheckMessage]:
    found: list[CheckMessage] = []
    for alias in databases or ():
        for name in () if settings.TESTING else ("synchronous_commit", "fsync"):
            with connections[alias].cursor() as cursor:
                cursor.execute(f"SHOW {name}")
                (value,) = cursor.fetchone()
            if value == "off":
                found.append(
                    Error(
                        f"PostgreSQL's {name} is off: a crash could lose what was answered"
                        " as saved.",
                        hint=f"Set {name} = on for this database.",
                        id="ats.E004",
                    )
                )
    return found


@register(Tags.security, deploy=True)
def links_lead_here(**_: Any) -> list[CheckMessage]:
    host = urlsplit(settings.SITE_URL).hostname or ""
    if host in LOOPBACK:
        return [
            checks.Warning(
                f"SITE_URL is {settings.SITE_URL}: links in letters lead to the reader's machine.",
                hint="Set SITE_URL to the address that the world sees, with https://",
                id="ats.W001",
            )
        ]
    if not validate_host(host, settings.ALLOWED_HOSTS):
        return [
            checks.Warning(
                f"ALLOWED_HOSTS does not allow {host}, the host of SITE_URL: every link in a"
                " letter would answer 400.",
                hint=f"Add {host} to ALLOWED_HOSTS.",
                id="ats.W002",
            )
        ]
    return []


@register(Tags.security, deploy=True)
def letters_have_a_sender(**_: Any) -> list[CheckMessage]:
    if settings.DEFAULT_FROM_EMAIL.rstrip(">").endswith(".example"):
        return [
            checks.Warning(
                f"Letters come from {settings.DEFAULT_FROM_EMAIL}, a domain that cannot exist:"
                " mail servers refuse them.",
                hint="Set DEFAULT_FROM_EMAIL to an address of yours, and COMPANY_NAME too.",
                id="ats.W003",
            )
        ]
    return []
