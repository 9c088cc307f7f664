from typing import Any

from celery import shared_task

from ats.privacy import files, ledger


@shared_task
def settle_erasures(**_: Any) -> None:
    """What an erasure leaves to do outside of the database."""
    ledger.write_missing()
    files.delete_doomed()


@shared_task
def doom_orphans(**_: Any) -> None:
    files.doom_orphans()
