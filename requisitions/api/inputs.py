"""What comes in about requisitions."""

from collections.abc import Iterable
from decimal import Decimal
from typing import Any

from rest_framework import serializers

from ats.accounts.models import User
from ats.api.custom_fields import custom_in
from ats.api.serializers import In, Ref, Refs
from ats.approvals.engine import StepSpec
from requisitions import qualifications
from requisitions.enums import (
    ApproverRole,
    EmploymentType,
    FlowKind,
    Milestone,
    PayPeriod,
    QuestionKind,
    StageKind,
    TeamRole,
    Workplace,
)
from requisitions.models import (
    Competency,
    Department,
    Office,
    PipelineTemplate,
    Question,
    Requisition,
    RequisitionTemplate,
    Stage,
)
from requisitions.paylaw import CURRENCIES

LINES = 100
CENT = Decimal("0.01")


def colleagues(user: Any) -> Any:
    return User.objects.filter(is_active=True)


def saved_roles(user: Any) -> Any:
    return RequisitionTemplate.objects.visible_to(user).filter(retired_at=None)


def lines(length: int = 5000, help_text: str = "") -> serializers.ListField:
    """A list of texts; an empty line is no line."""
    child = serializers.CharField(max_length=length)
    return serializers.ListField(
        child=child, max_length=LINES, required=False, help_text=help_text or None
    )


def text(length: int) -> serializers.CharField:
    return serializers.CharField(max_length=length, required=False, allow_blank=True)


def rows(child: In, **kwargs: Any) -> serializers.ListField:
    return serializers.ListField(child=child, max_length=LINES, **kwargs)


class CurrencyField(serializers.RegexField):
    """ISO 4217."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(r"^[A-Z]{3}\Z", help_text="ISO 4217", **kwargs)

    def to_internal_value(self, data: Any) -> str:
        code: str = super().to_internal_value(data)
        if code in CURRENCIES:
            return code
        raise serializers.ValidationError(
            f"{code} is no currency of today's: write it as in ISO 4217, EUR or USD.",
            "unknown_currency",
        )


class PayIn(In):
    scope = text(300)
    minimum = serializers.DecimalField(max_digits=14, decimal_places=2, min_value=0)
    maximum = serializers.DecimalField(max_digits=14, decimal_places=2, min_value=CENT)
    currency = CurrencyField()
    period = serializers.ChoiceField(choices=PayPeriod.choices)
    note = text(500)

    def validate(self, attrs: dict[str, Any]) -> dict[str, Any]:
        if attrs["minimum"] > attrs["maximum"]:
            raise serializers.ValidationError({"maximum": "A range runs upwards."})
        return attrs


class AdvertisedPayIn(In):
    amount = serializers.FloatField(min_value=0, max_value=999_999_999_999)
    currency = CurrencyField()
    period = serializers.ChoiceField(choices=PayPeriod.choices)


class FaqIn(In):
    question = serializers.CharField(max_length=1000)
    answer = serializers.CharField(max_length=10_000)


class QualificationIn(In):
    """`tree` is {"all": [...]}, {"any": [...]} or a leaf {"text", "kind"?, "years"?, "fields"?,
    "languages"?, "competency"?}; left out, it is read from the text."""

    is_required = serializers.BooleanField()
    text = serializers.CharField(max_length=5000)
    tree = serializers.JSONField(required=False)

    def validate_tree(self, tree: Any) -> Any:
        if found := qualifications.faults(tree):
            raise serializers.ValidationError(at_their_places(found))
        shown = {
            id_: leaf
            for leaf in qualifications.leaves(tree)
            if (id_ := qualifications.competency_of(leaf))
        }
        known = Competency.objects.filter(public_id__in=shown).values_list("public_id", flat=True)
        if missing := set(shown) - set(known):
            raise serializers.ValidationError(f"The library has no competency {missing.pop()}.")
        return tree

    def validate(self, attrs: dict[str, Any]) -> dict[str, Any]:
        if "tree" not in attrs:
            attrs["tree"] = qualifications.read(attrs["text"])
        return attrs


def at_their_places(found: Iterable[qualifications.Fault]) -> Any:
    """The faults of a tree as the errors of nested fields."""
    errors: Any = {}
    for fault in found:
        at = errors
        for part in fault.path:
            at = at.setdefault(str(part), {})
        at.setdefault("non_field_errors", []).append(fault.sentence)
    return errors


class RequisitionIn(In):
    title = serializers.CharField(max_length=300)
    department = Ref(lambda user: Department.objects.all(), required=False, allow_null=True)
    offices = Refs(lambda user: Office.objects.all(), required=False)
    locations = lines(300)
    workplace = serializers.ChoiceField(choices=Workplace.choices, required=False, allow_blank=True)
    employment_type = serializers.ChoiceField(
        choices=EmploymentType.choices, required=False, allow_blank=True
    )
    level = text(100)
    is_confidential = serializers.BooleanField(required=False)
    summary = text(50_000)
    highlights = lines()
    responsibilities = lines()
    qualifications = rows(QualificationIn(), required=False)
    benefits = lines()
    topics = lines(200)
    guidance = lines()
    faq = rows(FaqIn(), required=False)
    advertised_pay = AdvertisedPayIn(required=False, allow_null=True)
    pay_ranges = rows(PayIn(), required=False)
    custom = custom_in()


class DraftIn(RequisitionIn):
    """`title` may be left to the template."""

    title = serializers.CharField(max_length=300, required=False)
    template = Ref(saved_roles, required=False, allow_null=True)


class CloneIn(In):
    title = serializers.CharField(max_length=300, required=False)
    with_team = serializers.BooleanField(required=False)


class TextIn(In):
    text = serializers.CharField(help_text="A listing as text, Markdown, HTML or JSON-LD.")


class StepIn(In):
    """People, roles or both; a role is asked of whoever holds it at that moment."""

    people = Refs(colleagues, required=False)
    roles = serializers.ListField(
        child=serializers.ChoiceField(choices=ApproverRole.choices),
        max_length=len(ApproverRole),
        required=False,
    )
    needed = serializers.IntegerField(min_value=1, max_value=100, default=1)


class StepsIn(In):
    steps = rows(StepIn())

    def validate_steps(self, steps: list[dict[str, Any]]) -> list[StepSpec]:
        return [StepSpec(**step) for step in steps]


class SubmitIn(StepsIn):
    """Without `steps` whoever was asked before, or the department's approval flow."""

    steps = rows(StepIn(), required=False)


class FlowIn(StepsIn):
    kind = serializers.ChoiceField(choices=FlowKind.choices)
    department = Ref(lambda user: Department.objects.all(), required=False, allow_null=True)


class ReasonIn(In):
    reason = serializers.CharField(max_length=300)


class MemberIn(In):
    user = Ref(colleagues)
    role = serializers.ChoiceField(choices=TeamRole.choices)
    is_responsible = serializers.BooleanField(required=False)


class PipelineIn(In):
    template = Ref(lambda user: PipelineTemplate.objects.all(), required=False, allow_null=True)


class ChoiceIn(In):
    competency = Ref(lambda user: Competency.objects.all())
    is_must_have = serializers.BooleanField(required=False)
    weight = serializers.DecimalField(max_digits=4, decimal_places=2, required=False)
    weight_reason = text(500)


class ChoicesIn(In):
    choices = rows(ChoiceIn())


class OpeningIn(In):
    requisition = Ref(Requisition)
    is_backfill = serializers.BooleanField(required=False)
    target_start_on = serializers.DateField(required=False, allow_null=True)


class OpeningChangeIn(In):
    is_backfill = serializers.BooleanField(required=False)
    target_start_on = serializers.DateField(required=False, allow_null=True)


class MoveOpeningIn(In):
    requisition = Ref(
        Requisition.objects.recruited_by,
        help_text="One that is not closed, where you are a recruiter.",
    )


def stages(user: Any) -> Any:
    return Stage.objects.filter(requisition__in=Requisition.objects.visible_to(user))


def days() -> serializers.IntegerField:
    return serializers.IntegerField(min_value=0, max_value=1000, required=False, allow_null=True)


class TemplateStageIn(In):
    name = serializers.CharField(max_length=100)
    kind = serializers.ChoiceField(choices=StageKind.choices)
    milestone = serializers.ChoiceField(
        choices=Milestone.choices, required=False, help_text="The kind's own unless given."
    )
    target_days = days()


class StageIn(TemplateStageIn):
    requisition = Ref(Requisition)
    after = Ref(stages, required=False, allow_null=True)


class StageChangeIn(In):
    name = serializers.CharField(max_length=100)
    target_days = days()


class StageMoveIn(In):
    after = Ref(stages, help_text="The stage that it comes behind.")


class StageRetireIn(In):
    move_to = Ref(
        stages,
        required=False,
        allow_null=True,
        help_text="Where the active applications in it go first; without it there may be none.",
    )


class TemplateIn(In):
    name = serializers.CharField(max_length=100)
    stages = rows(TemplateStageIn())
    is_default = serializers.BooleanField(required=False)


class QuestionEditIn(In):
    label = serializers.CharField(max_length=500)  # type: ignore[assignment]
    description = text(2000)
    is_required = serializers.BooleanField(required=False)
    options = lines(500)
    knock_out = lines(
        500, help_text="The answers (of a yes-or-no question: yes, no) that a person should see."
    )


class QuestionIn(QuestionEditIn):
    requisition = Ref(Requisition)
    kind = serializers.ChoiceField(choices=QuestionKind.choices)


class MoveQuestionIn(In):
    after = Ref(Question, required=False, allow_null=True, help_text="without it: to the beginning")
