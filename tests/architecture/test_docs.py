"""The generated pages say what the code says."""

import pytest
from django.core.management import CommandError, call_command

from ats import generated


def test_the_generated_pages_are_current():
    call_command("docs", check=True)


def test_a_stale_page_is_caught(monkeypatch):
    monkeypatch.setattr(generated, "events", lambda: "yesterday's events")
    with pytest.raises(CommandError, match=r"Stale: events\.md"):
        call_command("docs", check=True)
