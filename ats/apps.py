from django.apps import AppConfig
from django.contrib.admin.apps import SimpleAdminConfig


class AtsConfig(AppConfig):
    name = "ats"
    default = True

    def ready(self) -> None:
        from ats import celery, checks  # noqa: F401
        from ats.approvals import enums as approvals
        from ats.approvals import reactions  # noqa: F401
        from ats.custom_fields import enums as custom_fields
        from ats.custom_fields.models import CustomField
        from ats.events.histories import history_of
        from ats.events.log import debts_recorded, declare
        from ats.jobs import enums as jobs
        from ats.jobs.models import Job
        from ats.outbox import enums as outbox
        from ats.outbox.nudge import nudge
        from ats.people import enums as people
        from ats.privacy import personal_data  # noqa: F401

        for app in (approvals, custom_fields, jobs, outbox, people):
            declare(app.EVENTS)
        history_of("customfield", CustomField)
        history_of("job", Job)
        debts_recorded.connect(nudge, dispatch_uid="a hint for the workers")


class ConsoleConfig(SimpleAdminConfig):
    """Django's admin with the recruiter console as its one site."""

    default_site = "ats.site.Console"
