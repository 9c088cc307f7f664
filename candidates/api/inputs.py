"""What comes in about candidates, applications and offers."""

from typing import Any

from rest_framework import serializers

from ats.api.parsers import check
from ats.api.serializers import In, Ref
from candidates.automation.engine import TRIGGERS
from candidates.automation.registry import check_params
from candidates.models import Application, RejectionReason
from requisitions.api.inputs import CurrencyField
from requisitions.enums import PayPeriod
from requisitions.models import Opening, Requisition, Stage

LETTER = (("now", "at once"), ("later", "on the next working morning"), ("never", "no letter"))


def stages(user: Any) -> Any:
    return Stage.objects.filter(requisition__in=Requisition.objects.visible_to(user))


def openings(user: Any) -> Any:
    return Opening.objects.filter(requisition__in=Requisition.objects.visible_to(user))


class ApplyIn(In):
    """What a stranger sends, as JSON or as a form with a file."""

    name = serializers.CharField(max_length=400)
    email = serializers.EmailField(max_length=254)
    phone = serializers.CharField(max_length=40, required=False, allow_blank=True)
    resume = serializers.FileField(required=False, allow_null=True, max_length=1000)
    answers = serializers.JSONField(required=False, help_text="by the question's id")
    consent = serializers.BooleanField()

    def validate_answers(self, value: Any) -> Any:
        """A form carries JSON inside of a text, which nobody has looked at yet."""
        check(value, ("answers",))
        return value


class MoveIn(In):
    stage = Ref(stages)
    from_stage = Ref(stages, required=False, help_text="where you believe it to be")


class RejectIn(In):
    reason = Ref(RejectionReason)
    note = serializers.CharField(max_length=10_000, required=False, allow_blank=True)
    letter = serializers.ChoiceField(choices=LETTER, required=False)


class WithdrawIn(In):
    reason = Ref(RejectionReason, required=False)


class NoteIn(In):
    body = serializers.CharField(max_length=20_000)
    is_private = serializers.BooleanField(required=False)


class OfferTermsIn(In):
    opening = Ref(openings)
    pay_amount = serializers.DecimalField(max_digits=14, decimal_places=2)
    pay_currency = CurrencyField()
    pay_period = serializers.ChoiceField(choices=PayPeriod.choices)
    start_on = serializers.DateField()
    expires_at = serializers.DateTimeField()
    letter = serializers.CharField(max_length=50_000, required=False, allow_blank=True)


class OfferIn(OfferTermsIn):
    application = Ref(Application)


class StageRuleIn(In):
    stage = Ref(stages)
    event = serializers.ChoiceField(choices=TRIGGERS)
    step = serializers.CharField(max_length=40, help_text="a registered step")
    params = serializers.DictField(required=False)

    def validate(self, attrs: dict[str, Any]) -> dict[str, Any]:
        check_params(attrs["step"], attrs.get("params", {}))
        return attrs
