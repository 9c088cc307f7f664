from typing import Any

from django.apps import AppConfig, apps


class CandidatesConfig(AppConfig):
    name = "candidates"

    def ready(self) -> None:
        from django.db.models.signals import post_migrate

        from ats.approvals.matters import MATTERS
        from ats.custom_fields.registry import Noun, has_custom_fields
        from ats.events.histories import guard_ids, history_of
        from ats.events.log import declare
        from ats.jobs.registry import job_kinds
        from ats.privacy.ledger import ERASERS
        from candidates import personal_data, reactions  # noqa: F401
        from candidates.actions import stage  # noqa: F401
        from candidates.actions.privacy import erase_again
        from candidates.approvals import MATTER
        from candidates.automation import engine, steps  # noqa: F401
        from candidates.bulk.kinds import BULK_KINDS
        from candidates.enums import EVENTS
        from candidates.imports.load import PEOPLE_IMPORT
        from candidates.models import (
            AgencySubmission,
            Application,
            Candidate,
            CandidateValue,
            FillPlan,
            FollowUp,
            LegalHold,
            Merge,
            Offer,
            PlannedRejection,
            PossibleDuplicate,
            PrivacyRequest,
            Referral,
            StageRule,
            TrackingLink,
        )
        from candidates.queries import merging
        from requisitions.rules import is_insider

        declare(EVENTS)
        post_migrate.connect(fill_the_tables, sender=self)
        MATTERS.append(MATTER)
        job_kinds(PEOPLE_IMPORT)
        recruited = Candidate.objects.recruited_by
        noun = Noun(CandidateValue, "candidate", recruited, is_insider)
        has_custom_fields("candidate", noun)
        ERASERS["candidate"] = erase_again
        job_kinds(*BULK_KINDS)
        merging.register()
        for model in (
            AgencySubmission,
            Application,
            FillPlan,
            FollowUp,
            LegalHold,
            Merge,
            Offer,
            PlannedRejection,
            PossibleDuplicate,
            PrivacyRequest,
            Referral,
            StageRule,
            TrackingLink,
        ):
            history_of(model._meta.model_name or "", model)
        history_of("candidate", Candidate.objects.known_to)
        # Why is the team's alone, as on the application itself.
        closed = ("application.rejected", "application.withdrawn")
        guard_ids(*closed, rows=Application.objects.worked_on_by)


def fill_the_tables(apps: Any = apps, **kwargs: Any) -> None:
    """What is shipped as data, once the table stands; going back, it may not stand any more."""
    from candidates.actions.retention import load_retention_rules

    try:
        table = apps.get_model("candidates", "RetentionRule")
    except LookupError:
        return
    load_retention_rules(table)
