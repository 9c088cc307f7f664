"""A hint to the workers that something is owed. Nobody waits for it, and nobody relies on it."""

import logging
import queue
import threading
from typing import Any

from ats.celery import app

log = logging.getLogger(__name__)

_hints: "queue.Queue[bool]" = queue.Queue(maxsize=1)
_started = threading.Lock()


def nudge(**_: Any) -> None:
    """Leave a hint and go on: from a thread of its own, so that no request waits for the broker."""
    try:
        _hints.put_nowait(True)
    except queue.Full:
        return  # one hint is already on its way
    if _started.acquire(blocking=False):
        threading.Thread(target=_send_hints, name="nudge", daemon=True).start()


def _send_hints() -> None:
    while _hints.get():
        try:
            app.send_task("ats.outbox.tasks.relay_events", retry=False, expires=30)
        except Exception as trouble:
            log.info("no hint went out, the sweep will find the debt: %r", trouble)
