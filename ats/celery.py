"""The Celery app and the whole beat schedule, on one screen.

A message is only a hint: every job claims its work in PostgreSQL, so a message that is lost,
doubled or late changes nothing.
"""

import os
from typing import Any

from celery import Celery
from django.conf import settings

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "ats.settings")

# Short timeouts: a broker that accepts and never answers must not hold its callers.
TRANSPORT = {
    "visibility_timeout": 60,
    "unacked_restore_interval": 1,
    "unacked_restore_throttle": 1,
    "socket_timeout": 5,
    "socket_connect_timeout": 2,
    "max_retries": 0,
}

app = Celery("ats")
app.conf.update(
    broker_url=settings.REDIS_URL,
    broker_transport_options=TRANSPORT,
    broker_connection_retry_on_startup=True,
    broker_connection_max_retries=None,
    task_acks_late=True,
    task_reject_on_worker_lost=True,
    task_ignore_result=True,
    worker_prefetch_multiplier=1,
    worker_hijack_root_logger=False,
    timezone="UTC",
)
app.autodiscover_tasks(["ats.outbox", "ats.reminders", "ats.events", "ats.jobs", "ats.privacy"])
app.autodiscover_tasks()


def every(seconds: float, task: str) -> dict[str, Any]:
    """One beat entry; a message that waited longer than its period is worthless and expires."""
    return {"task": task, "schedule": seconds, "options": {"expires": max(seconds, 5.0)}}


app.conf.beat_schedule = {
    "relay events": every(settings.SWEEP_SECONDS, "ats.outbox.tasks.relay_events"),
    "deliver letters": every(settings.SWEEP_SECONDS, "ats.outbox.tasks.deliver_due"),
    "ring reminders": every(settings.SWEEP_SECONDS, "ats.reminders.tasks.ring_due_reminders"),
    "work on jobs": every(settings.SWEEP_SECONDS, "ats.jobs.tasks.work_on_jobs"),
    "forget old previews": every(600.0, "ats.jobs.tasks.forget_drafts"),
    "canary": every(10.0, "ats.outbox.tasks.canary"),
    "forget stored answers": every(600.0, "ats.tasks.forget_expired_answers"),
    "checkpoint the event chains": every(3600.0, "ats.events.tasks.checkpoint_heads"),
    "apply retention": every(3600.0, "candidates.tasks.apply_retention"),
    "make archives": every(60.0, "candidates.tasks.make_archives"),
    "settle erasures": every(60.0, "ats.privacy.tasks.settle_erasures"),
    "delete files of nobody": every(86400.0, "ats.privacy.tasks.doom_orphans"),
    "publish scheduled postings": every(15.0, "requisitions.tasks.publish_scheduled"),
    "expire postings": every(60.0, "requisitions.tasks.expire_postings"),
    "read calendars": every(20.0, "interviews.tasks.read_due_calendars"),
    "forget old imports": every(3600.0, "candidates.tasks.forget_old_imports"),
    "note overstays": every(60.0, "candidates.tasks.note_overstays"),
    "find duplicates": every(60.0, "candidates.tasks.sweep_duplicates"),
    "expire offers": every(60.0, "candidates.tasks.expire_offers"),
    "read resumes": every(settings.SWEEP_SECONDS, "candidates.tasks.read_resumes"),
    "remove orphaned files": every(3600.0, "candidates.tasks.remove_orphaned_files"),
}
