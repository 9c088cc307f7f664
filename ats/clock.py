"""One clock. Tests may set it for all processes at once, the demo company for its own past;
production may not (ats.E001)."""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import UTC, datetime, timedelta
from pathlib import Path

from django.conf import settings

_pretended: ContextVar[datetime | None] = ContextVar("pretended", default=None)


def now() -> datetime:
    """The present as an aware UTC time. Ask once per verb and hand it on."""
    return _pretended.get() or datetime.now(UTC) + _shift()


@contextmanager
def pretend(moment: datetime) -> Iterator[None]:
    """Let it be `moment` for this block: the demo company writes its history with the same verbs
    as everybody. Nothing else may use this, and a test looks."""
    token = _pretended.set(moment.astimezone(UTC))
    try:
        yield
    finally:
        _pretended.reset(token)


def _shift() -> timedelta:
    if not settings.TEST_CLOCK_FILE:
        return timedelta()
    return timedelta(seconds=float(Path(settings.TEST_CLOCK_FILE).read_text() or 0))
