from typing import Any

from celery import shared_task

from ats.jobs import actions, worker


@shared_task
def work_on_jobs(**_: Any) -> None:
    worker.work_due()


@shared_task
def forget_drafts(**_: Any) -> None:
    actions.forget_drafts()
