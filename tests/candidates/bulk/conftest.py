from collections.abc import Callable
from typing import Any

import pytest

from ats.events.actors import Actor
from ats.jobs.actions import start_job, undo_job
from ats.jobs.models import Job
from candidates.models import Application
from tests.ats.jobs.conftest import until_idle
from tests.factories.candidates import apply
from tests.factories.requisitions import Role


def ids(applications: list[Application]) -> list[Any]:
    return [application.public_id for application in applications]


def carry_out(job: Job, by: Actor) -> Job:
    start_job(job, by=by)
    until_idle()
    return Job.objects.get(pk=job.pk)


def take_back(job: Job, by: Actor) -> Job:
    undo_job(job, by=by)
    until_idle()
    return Job.objects.get(pk=job.pk)


def said(job: Job) -> list[tuple[str, str]]:
    return list(job.items.values_list("outcome", "detail"))


def statuses() -> list[str]:
    return list(Application.objects.order_by("pk").values_list("status", flat=True))


@pytest.fixture
def people(role: Role) -> Callable[[int], list[Application]]:
    return lambda count: [apply(role) for _ in range(count)]
