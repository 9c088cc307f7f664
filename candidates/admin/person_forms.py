"""What the buttons of a person's page ask for."""

from typing import Any

from django import forms

from ats.accounts.models import User
from ats.admin.custom_fields import CustomForm
from ats.admin.forms import ActionForm, colleagues
from candidates.models import Tag, TalentPool


class WordsInput(forms.TextInput):
    """A text with what is in use to choose from, for which the browser needs no script."""

    template_name = "admin/candidates/words.html"

    def __init__(self, words: Any = ()) -> None:
        super().__init__({"list": "words"})
        self.words = words

    def get_context(self, name: str, value: Any, attrs: Any) -> dict[str, Any]:
        said: dict[str, Any] = super().get_context(name, value, attrs)
        return said | {"words": self.words}


class TagForm(ActionForm):
    tag = forms.CharField(
        label="Tag", max_length=100, help_text="Choose one, or write a new one.", widget=WordsInput
    )

    def prepare(self) -> None:
        words = Tag.objects.in_use().values_list("name", flat=True)[:500]
        self.fields["tag"].widget.words = words  # type: ignore[attr-defined]


class UntagForm(ActionForm):
    tag = forms.ModelChoiceField(Tag.objects.none(), label="Tag", empty_label=None)

    def prepare(self) -> None:
        self.fields["tag"].queryset = self.subject.tags.all()  # type: ignore[attr-defined]


class PoolForm(ActionForm):
    pool = forms.ModelChoiceField(TalentPool.objects.none(), label="Pool", empty_label=None)

    def prepare(self) -> None:
        pools = TalentPool.objects.visible_to(self.user).filter(retired_at=None)
        self.fields["pool"].queryset = pools.exclude(pk__in=held(self.subject))  # type: ignore[attr-defined]


class LeavePoolForm(ActionForm):
    pool = forms.ModelChoiceField(TalentPool.objects.none(), label="Pool", empty_label=None)

    def prepare(self) -> None:
        pools = TalentPool.objects.visible_to(self.user)
        self.fields["pool"].queryset = pools.filter(pk__in=held(self.subject))  # type: ignore[attr-defined]


def held(candidate: Any) -> Any:
    return candidate.pooled.values("pool")


class OwnerForm(ActionForm):
    owner = forms.ModelChoiceField(
        User.objects.none(), label="Looked after by", required=False, empty_label="Nobody"
    )

    def prepare(self) -> None:
        self.fields["owner"].queryset = colleagues()  # type: ignore[attr-defined]
        self.initial["owner"] = self.subject.owner_id


class CandidateForm(CustomForm):
    noun = "candidate"

    name = forms.CharField(label="Name", max_length=400)
    location = forms.CharField(label="Where", max_length=300, required=False)
    do_not_contact = forms.BooleanField(label="Asked not to be contacted", required=False)

    def prepare(self) -> None:
        row = self.subject
        self.initial = {name: getattr(row, name) for name in self.fields}
        super().prepare()
