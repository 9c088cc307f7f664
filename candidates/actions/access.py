"""Who else may look at an application, and why."""

from uuid import UUID

from django.db import transaction

from ats.accounts.models import User
from ats.base import lock
from ats.events.actors import Actor
from ats.events.log import record
from candidates.enums import Because
from candidates.models import Application


@transaction.atomic
def share_application(
    application: Application, *, user: User, because: Because, cause_id: UUID, by: Actor
) -> Application:
    """Let one person see it. Each cause gives access once; doing it again changes nothing."""
    application = lock(application)
    given = application.access.get_or_create(user=user, because=because, cause_id=cause_id)
    if given[1]:
        record("application.shared", application, by=by, user=user, because=because)
    return application


@transaction.atomic
def unshare_application(
    application: Application, *, user: User, because: Because, cause_id: UUID, by: Actor
) -> Application:
    """One cause is gone; what another cause gave stays."""
    application = lock(application)
    gone = application.access.filter(user=user, because=because, cause_id=cause_id).delete()
    if gone[0]:
        record("application.unshared", application, by=by, user=user, because=because)
    return application


@transaction.atomic
def record_export(*, by: Actor) -> None:
    """That somebody took a list of people away, and when."""
    assert by.user, "an export is somebody's"
    record("applications.exported", by.user, by=by)
