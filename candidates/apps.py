from django.apps import AppConfig


class CandidatesConfig(AppConfig):
    name = "candidates"

    def ready(self) -> None:
        from ats.events.log import declare
        from candidates.enums import EVENTS

        declare(EVENTS)
