from django.apps import AppConfig


class InterviewsConfig(AppConfig):
    name = "interviews"

    def ready(self) -> None:
        from ats.events.log import declare
        from interviews.enums import EVENTS

        declare(EVENTS)
