"""The application form, with the questions of its requisition."""

from typing import Any

from django import forms
from django.core.files.uploadedfile import UploadedFile

from candidates.actions.files import FileIn
from candidates.resumes.kinds import MAX_BYTES
from requisitions.enums import QuestionKind
from requisitions.models import JobPosting, Question

YES_NO = [("", "Choose"), ("yes", "Yes"), ("no", "No")]
ACCEPTED = ".pdf,.docx,.odt,.rtf,.txt"


class ApplyForm(forms.Form):
    # What nobody has to type, because it is known already.
    known: tuple[str, ...] = ()

    name = forms.CharField(
        max_length=400,
        widget=forms.TextInput({"autocomplete": "name"}),
        error_messages={"required": "Tell us your name."},
    )
    email = forms.EmailField(
        label="E-mail address",
        max_length=254,
        widget=forms.EmailInput({"autocomplete": "email"}),
        error_messages={
            "required": "Tell us where we can answer you.",
            "invalid": "This is no e-mail address, so we could not answer you.",
        },
    )
    phone = forms.CharField(
        max_length=40, required=False, widget=forms.TextInput({"autocomplete": "tel"})
    )
    resume = forms.FileField(
        required=False,
        label="Resume",
        help_text="PDF, DOCX, ODT, RTF or TXT, at most 10 MiB.",
        widget=forms.FileInput({"accept": ACCEPTED}),
        error_messages={"empty": "This file is empty. Choose it again, or another one."},
    )

    via = forms.CharField(max_length=200, required=False, widget=forms.HiddenInput)
    # A trap for robots: people do not see it, and browsers are told not to fill it in.
    home_page = forms.CharField(
        required=False,
        label="Leave this empty",
        widget=forms.TextInput({"autocomplete": "off", "tabindex": "-1"}),
    )

    def __init__(self, posting: JobPosting, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in self.known:
            del self.fields[name]
        asked = posting.requisition.questions.asked()
        self.questions = {f"question-{q.public_id}": q for q in asked}
        for name, question in self.questions.items():
            self.fields[name] = field_for(question)
        self.fields["consent"] = forms.BooleanField(
            label="You may keep my application and use it to decide about this job.",
            error_messages={"required": "We may only keep your application if you agree to it."},
        )

    def clean_resume(self) -> Any:
        file = self.cleaned_data["resume"]
        if file and file.size > MAX_BYTES:
            raise forms.ValidationError("This file is larger than 10 MiB. Choose a smaller one.")
        return file

    @property
    def is_from_robot(self) -> bool:
        return bool(self.cleaned_data["home_page"])

    def application(self) -> dict[str, Any]:
        """What the action takes."""
        said = self.cleaned_data
        file = said["resume"]
        given = {q: said[name] for name, q in self.questions.items() if said[name]}
        typed = {name: said[name] for name in ("name", "email") if name not in self.known}
        return typed | {
            "phone": said["phone"],
            "consent": said["consent"],
            "via": said["via"],
            "resume": FileIn(file.name, file.read()) if file else None,
            "answers": {str(q.public_id): plain(value) for q, value in given.items()},
        }

    def refuse(self, field: str, sentence: str) -> None:
        self.add_error(field if field in self.fields else None, sentence)


def plain(value: Any) -> Any:
    return FileIn(str(value.name), value.read()) if isinstance(value, UploadedFile) else value


class ColleagueApplyForm(ApplyForm):
    """Name and address are those of the account."""

    known = ("name", "email")


def field_for(question: Question) -> forms.Field:
    """The action checks the answer; the field only gives it the right shape."""
    options = [(str(option), str(option)) for option in question.options]
    said: dict[str, Any] = {
        "label": question.label,
        "required": question.is_required,
        "help_text": question.description,
        "error_messages": {"required": "This still needs an answer."},
    }
    match question.kind:
        case QuestionKind.LONG_TEXT:
            return forms.CharField(widget=forms.Textarea({"rows": 6}), **said)
        case QuestionKind.YES_NO:
            return forms.ChoiceField(choices=YES_NO, **said)
        case QuestionKind.SINGLE:
            return forms.ChoiceField(choices=[("", "Choose"), *options], **said)
        case QuestionKind.MULTIPLE:
            many = forms.CheckboxSelectMultiple()
            return forms.MultipleChoiceField(choices=options, widget=many, **said)
        case QuestionKind.DATE:
            return forms.CharField(widget=forms.TextInput({"type": "date"}), **said)
        case QuestionKind.FILE:
            said["help_text"] = f"{question.description} At most 10 MiB.".strip()
            said["error_messages"] |= {"empty": "This file is empty. Choose it again."}
            return forms.FileField(**said)
    return forms.CharField(**said)
