from django.apps import AppConfig


class RequisitionsConfig(AppConfig):
    name = "requisitions"

    def ready(self) -> None:
        from ats.custom_fields.registry import Noun, has_custom_fields
        from ats.events.histories import history_of
        from ats.events.log import declare
        from requisitions import reactions  # noqa: F401
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
        history_of("requisition", Requisition)
        history_of("requisitiontemplate", RequisitionTemplate)
        history_of("jobposting", JobPosting)
