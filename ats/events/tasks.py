from typing import Any

from celery import shared_task

from ats.events import chain


@shared_task
def checkpoint_heads(**_: Any) -> None:
    chain.checkpoint_heads()
