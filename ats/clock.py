"""One clock. Tests may set it for all processes at once; production may not (ats.E001)."""

from datetime import UTC, datetime, timedelta
from pathlib import Path

from django.conf import settings


def now() -> datetime:
    """The present as an aware UTC time. Ask once per verb and hand it on."""
    return datetime.now(UTC) + _shift()


def _shift() -> timedelta:
    if not settings.TEST_CLOCK_FILE:
        return timedelta()
    return timedelta(seconds=float(Path(settings.TEST_CLOCK_FILE).read_text() or 0))
