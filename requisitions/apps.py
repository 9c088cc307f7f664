from django.apps import AppConfig


class RequisitionsConfig(AppConfig):
    name = "requisitions"

    def ready(self) -> None:
        from ats.events.log import declare
        from requisitions.enums import EVENTS

        declare(EVENTS)
