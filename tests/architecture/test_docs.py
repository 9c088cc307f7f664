"""The generated pages say what the code says."""

import pytest
from django.core.management import CommandError, call_command
from drf_spectacular.settings import spectacular_settings

from ats import generated


def test_the_generated_pages_are_current():
    call_command("docs", check=True)


def test_a_stale_page_is_caught(monkeypatch):
    monkeypatch.setattr(generated, "events", lambda: "yesterday's events")
    with pytest.raises(CommandError, match=r"Stale: events\.md"):
        call_command("docs", check=True)


def test_a_change_of_the_api_makes_its_document_stale(monkeypatch):
    monkeypatch.setattr(spectacular_settings, "VERSION", "2")
    with pytest.raises(CommandError, match=r"Stale: openapi\.json"):
        call_command("docs", check=True)


def test_the_document_is_the_same_text_at_every_run():
    assert generated.openapi() == generated.openapi()
