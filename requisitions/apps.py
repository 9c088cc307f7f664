from typing import Any

from django.apps import AppConfig, apps


class RequisitionsConfig(AppConfig):
    name = "requisitions"

    def ready(self) -> None:
        from django.db.models.signals import post_migrate

        from ats.approvals.matters import MATTERS
        from ats.custom_fields.registry import Noun, has_custom_fields
        from ats.events.histories import history_of
        from ats.events.log import declare
        from requisitions import personal_data, reactions  # noqa: F401
        from requisitions.approvals import MATTER
        from requisitions.enums import EVENTS
        from requisitions.models import (
            JobPosting,
            Requisition,
            RequisitionTemplate,
            RequisitionValue,
        )
        from requisitions.rules import is_insider

        declare(EVENTS)
        has_custom_fields(
            "requisition",
            Noun(
                RequisitionValue,
                "requisition",
                Requisition.objects.with_restricted_fields_for,
                is_insider,
            ),
        )
        post_migrate.connect(fill_the_tables, sender=self)
        MATTERS.append(MATTER)
        history_of("requisition", Requisition)
        history_of("requisitiontemplate", RequisitionTemplate)
        history_of("jobposting", JobPosting)


def fill_the_tables(apps: Any = apps, **kwargs: Any) -> None:
    """What is shipped as data, once the table stands; going back, it may not stand any more."""
    from requisitions.actions.pay_rule import load_pay_rules

    try:
        table = apps.get_model("requisitions", "PayRule")
    except LookupError:
        return
    load_pay_rules(table)
