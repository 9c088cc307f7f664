"""Files that the team keeps with an application."""

from django.db import transaction

from ats import clock
from ats.base import lock
from ats.errors import DomainError, Invalid
from ats.events.actors import Actor
from ats.events.log import record
from candidates.actions.files import FileIn, check_file, keep_attachment
from candidates.enums import AttachmentPurpose, Visibility
from candidates.models import Application, Attachment


@transaction.atomic
def add_attachment(
    application: Application,
    *,
    file: FileIn,
    visibility: str = Visibility.TEAM,
    by: Actor,
) -> Attachment:
    """At most 10 MiB, of any kind; what it is, is read from its content."""
    if by.user is None:
        raise DomainError("An attachment has somebody who added it: only a person can.")
    if visibility not in Visibility.values:
        raise Invalid("visibility", f"Choose who reads it: {', '.join(Visibility.values)}.")
    check_file("file", file)
    application = lock(application)
    attachment = keep_attachment(
        application, file, clock.now(), purpose=AttachmentPurpose.FROM_TEAM
    )
    attachment.visibility, attachment.uploaded_by = visibility, by.user
    attachment.save(update_fields=["visibility", "uploaded_by"])
    record("attachment.added", application, by=by, attachment=attachment)
    return attachment
