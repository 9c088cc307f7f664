from django.apps import AppConfig


class CandidatesConfig(AppConfig):
    name = "candidates"

    def ready(self) -> None:
        from ats.approvals.matters import MATTERS
        from ats.custom_fields.registry import Noun, has_custom_fields
        from ats.events.histories import guard_ids, history_of
        from ats.events.log import declare
        from candidates import personal_data, reactions  # noqa: F401
        from candidates.actions import stage  # noqa: F401
        from candidates.approvals import MATTER
        from candidates.automation import engine, steps  # noqa: F401
        from candidates.enums import EVENTS
        from candidates.models import Application, Candidate, CandidateValue, Offer
        from requisitions.rules import is_insider

        declare(EVENTS)
        MATTERS.append(MATTER)
        recruited = Candidate.objects.recruited_by
        noun = Noun(CandidateValue, "candidate", recruited, is_insider)
        has_custom_fields("candidate", noun)
        for model in (Application, Candidate, Offer):
            history_of(model._meta.model_name or "", model)
        # Why is the team's alone, as on the application itself.
        closed = ("application.rejected", "application.withdrawn")
        guard_ids(*closed, rows=Application.objects.worked_on_by)
