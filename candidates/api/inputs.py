"""What comes in about candidates, applications and offers."""

from datetime import date, datetime
from typing import Any

from django.core.files.uploadedfile import UploadedFile
from django.db.models import Q
from django.http import QueryDict
from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from ats.accounts.models import User
from ats.api.parsers import check
from ats.api.serializers import In, Ref
from candidates.actions.after_fill import MOST_DAYS
from candidates.actions.files import FileIn
from candidates.actions.offer import LONGEST_REASON
from candidates.enums import AfterFill, OfferStatus, Visibility
from candidates.models import Application, OfferTemplate, RejectionReason, Source, TalentPool
from requisitions.api.inputs import CurrencyField
from requisitions.enums import PayPeriod, TeamRole
from requisitions.models import Opening, Requisition, Stage

LETTER = (("now", "at once"), ("later", "on the next working morning"), ("never", "no letter"))


class UploadField(serializers.FileField):
    """What an action takes as a file."""

    def to_internal_value(self, data: Any) -> Any:
        file = super().to_internal_value(data)
        return FileIn(str(file.name), file.read())


def stages(user: Any) -> Any:
    return Stage.objects.filter(requisition__in=Requisition.objects.visible_to(user))


def openings(user: Any) -> Any:
    return Opening.objects.filter(requisition__in=Requisition.objects.visible_to(user))


def recruited(user: Any) -> Any:
    """Where this person may take somebody in."""
    mine = Q(pk__in=Requisition.objects.worked_on_by(user, TeamRole.RECRUITER))
    return Requisition.objects.filter(
        mine | Q(is_confidential=False) if user.is_site_admin else mine
    )


def file_of(sent: Any) -> Any:
    """The action refuses what is no file."""
    return FileIn(str(sent.name), sent.read()) if isinstance(sent, UploadedFile) else sent


# Of a form with files: the part that answers a question, by its id.
ANSWER = "file:"


class ColleagueApplyIn(In):
    """What a colleague sends, as JSON or as a form with files.

    A question that is answered by a file is answered by the part `file:{question id}`.
    """

    def to_internal_value(self, data: Any) -> Any:
        if not isinstance(data, QueryDict):
            return super().to_internal_value(data)
        rest, files = QueryDict(mutable=True), {}
        for name in data:
            if name.startswith(ANSWER):
                files[name.removeprefix(ANSWER)] = file_of(data[name])
            else:
                rest.setlist(name, data.getlist(name))
        said = super().to_internal_value(rest)
        if files and isinstance(said.get("answers", {}), dict):
            said["answers"] = said.get("answers", {}) | files
        return said

    phone = serializers.CharField(max_length=40, required=False, allow_blank=True)
    resume = serializers.FileField(required=False, allow_null=True, max_length=1000)
    answers = serializers.JSONField(required=False, help_text="by the question's id")
    consent = serializers.BooleanField()
    via = serializers.CharField(
        max_length=200,
        required=False,
        allow_blank=True,
        help_text="The word of the tracking link or referral that led here, if any.",
    )

    def validate_answers(self, value: Any) -> Any:
        """A form carries JSON inside of a text, which nobody has looked at yet."""
        check(value, ("answers",))
        return value


class ApplyIn(ColleagueApplyIn):
    """What a stranger sends, as JSON or as a form with a file."""

    name = serializers.CharField(max_length=400)
    email = serializers.EmailField(max_length=254)


class MoveIn(In):
    stage = Ref(stages)
    from_stage = Ref(stages, required=False, help_text="where you believe it to be")


class RejectIn(In):
    reason = Ref(RejectionReason)
    note = serializers.CharField(max_length=10_000, required=False, allow_blank=True)
    letter = serializers.ChoiceField(choices=LETTER, required=False)


class TransferIn(In):
    requisition = Ref(recruited)
    stage = Ref(stages, required=False, help_text="where applications arrive unless given")


class ConvertIn(TransferIn):
    source: Any = Ref(Source, required=False)


class AfterFillIn(In):
    choice = serializers.ChoiceField(choices=AfterFill.choices)
    reason = Ref(RejectionReason, required=False)
    pool = Ref(TalentPool, required=False)
    letter = serializers.ChoiceField(choices=LETTER, required=False)
    after_days = serializers.IntegerField(min_value=0, max_value=MOST_DAYS, required=False)


class WithdrawIn(In):
    reason = Ref(RejectionReason, required=False)


class LetterIn(In):
    """`{{ candidate_name }}`, `{{ job_title }}`, `{{ company }}` and `{{ sender_name }}` stand for
    what they say."""

    subject = serializers.CharField(max_length=200)
    body = serializers.CharField(max_length=20_000)
    leaves = serializers.ChoiceField(choices=LETTER[:2], required=False, source="when")


class NoteIn(In):
    body = serializers.CharField(
        max_length=20_000, help_text="Names colleagues with @ and their name or address."
    )
    visibility = serializers.ChoiceField(choices=Visibility.choices, required=False)


class EditNoteIn(In):
    body = serializers.CharField(max_length=20_000)


class AttachmentIn(In):
    file = UploadField(max_length=1000)
    visibility = serializers.ChoiceField(choices=Visibility.choices, required=False)


class FollowUpIn(In):
    text = serializers.CharField(max_length=500)
    due_at = serializers.DateTimeField()
    user = Ref(
        lambda user: User.objects.filter(is_active=True),
        required=False,
        help_text="For whom; oneself, unless said.",
    )


class SnoozeIn(In):
    due_at = serializers.DateTimeField()


@extend_schema_field(
    {
        "anyOf": [{"type": "string", "format": "date"}, {"type": "string", "format": "date-time"}],
        "description": "A day, until whose end where the job is, or a moment with its offset.",
    }
)
class UntilField(serializers.Field[Any, Any, Any, Any]):
    """A day, which ends where the job is, or a moment with its offset."""

    def to_internal_value(self, data: Any) -> date | datetime:
        is_day = isinstance(data, str) and len(data) == len("2026-12-31")
        field = serializers.DateField() if is_day else serializers.DateTimeField()
        found: date | datetime = field.run_validation(data)
        return found


class UntilIn(In):
    expires_at = UntilField()


class ReviseIn(In):
    expires_at = UntilField(required=False)


class RescindIn(In):
    from_status = serializers.ChoiceField(
        choices=OfferStatus.choices, required=False, help_text="where you believe it to be"
    )


class DeclineIn(In):
    reason = serializers.CharField(
        max_length=LONGEST_REASON, required=False, allow_blank=True, help_text="in their words"
    )


class OfferTemplateIn(In):
    name = serializers.CharField(max_length=200)
    body = serializers.CharField(max_length=50_000, help_text="with tokens: {{ candidate_name }}")


class OfferTermsIn(In):
    opening = Ref(openings)
    pay_amount = serializers.DecimalField(max_digits=14, decimal_places=2)
    pay_currency = CurrencyField()
    pay_period = serializers.ChoiceField(choices=PayPeriod.choices)
    start_on = serializers.DateField()
    expires_at = UntilField()
    letter = serializers.CharField(max_length=50_000, required=False, allow_blank=True)


class OfferIn(OfferTermsIn):
    application = Ref(Application)
    template = Ref(lambda user: OfferTemplate.objects.in_use(), required=False)
