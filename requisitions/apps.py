from django.apps import AppConfig


class RequisitionsConfig(AppConfig):
    name = "requisitions"

    def ready(self) -> None:
        from ats.events.histories import history_of
        from ats.events.log import declare
        from requisitions import reactions  # noqa: F401
        from requisitions.enums import EVENTS
        from requisitions.models import JobPosting, Requisition

        declare(EVENTS)
        history_of("requisition", Requisition)
        history_of("jobposting", JobPosting)
