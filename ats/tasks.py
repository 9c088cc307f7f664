from typing import Any

from celery import shared_task

from ats import idempotency


@shared_task
def forget_expired_answers(**_: Any) -> None:
    idempotency.forget_expired_answers()
