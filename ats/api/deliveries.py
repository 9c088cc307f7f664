"""What was sent, what waits and what failed: for site admins, of what they may see."""

import django_filters

from ats.api.filters import Filters
from ats.api.permissions import IsSiteAdmin
from ats.api.serializers import Out
from ats.api.viewsets import ScopedViewSet, verb
from ats.outbox.enums import DeliveryState
from ats.outbox.letters import cancel_delivery, retry_delivery, settle_delivery
from ats.outbox.models import Delivery


class DeliveryOut(Out):
    class Meta:
        model = Delivery
        fields = [
            "id",
            "letter",
            "state",
            "to_name",
            "to_address",
            "subject",
            "may_repeat",
            "due_at",
            "attempts",
            "sent_at",
            "last_error",
            "created_at",
        ]


class DeliveryFilter(Filters):
    state = django_filters.MultipleChoiceFilter(choices=DeliveryState.choices)

    class Meta:
        model = Delivery
        fields = ["state", "letter"]


class DeliveryViewSet(ScopedViewSet):
    queryset = Delivery.objects.all()
    Out = DeliveryOut
    filterset_class = DeliveryFilter
    permission_classes = [*ScopedViewSet.permission_classes, IsSiteAdmin]
    tag = "deliveries"

    retry = verb(retry_delivery)
    cancel = verb(cancel_delivery)
    settle = verb(settle_delivery)
