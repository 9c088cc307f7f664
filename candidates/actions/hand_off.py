from django.db import transaction

from ats import clock
from ats.base import lock
from ats.errors import DomainError
from ats.events.actors import Actor
from ats.events.log import record
from candidates.enums import ApplicationStatus
from candidates.models import Application


@transaction.atomic
def hand_off_hire(application: Application, *, by: Actor) -> Application:
    """The people system has them from now on; telling it twice changes nothing."""
    application = lock(application)
    if application.status != ApplicationStatus.HIRED:
        said = application.get_status_display().lower()
        raise DomainError(
            f"The application is {said}: only a hire is handed to the people system.",
            code="not_hired",
        )
    if application.handed_off_at is None:
        application.handed_off_at = clock.now()
        application.save(update_fields=["handed_off_at"])
        record("application.handed_off", application, application.candidate, by=by)
    return application
