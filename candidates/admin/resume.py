"""What a resume says, where it mentions what is asked for, and why there is no text."""

from typing import Any

from django.http import HttpRequest
from django.utils.safestring import SafeString
from unfold.decorators import display

from ats.accounts.models import User
from ats.admin.base import ScopedAdmin
from ats.admin.buttons import button
from ats.admin.lists import by_status
from ats.admin.tags import ago, status_badge
from candidates.actions.resume import read_resume_again
from candidates.enums import ResumeStatus
from candidates.models import Resume
from candidates.queries.evidence import evidence_of
from candidates.resumes.found import NOTES


def is_settled(resume: Resume, user: User) -> bool:
    return resume.status != ResumeStatus.WAITING


class ResumeAdmin(ScopedAdmin):
    list_display = ("who", "original_name", "state", "why_not", "uploaded")
    search_fields = ("candidate__name", "original_name")
    search_help_text = "Candidate or file"
    related = ("candidate", "application__requisition")
    ordering = ("-uploaded_at", "-id")
    list_filter = ()
    empty_sentence = "No resume that you may see."
    views = {
        "not read": by_status("Not read", "not_read"),
        "no text": by_status("No text", "no_text"),
        "waiting": by_status("Waiting", "waiting"),
    }
    buttons = [
        button(
            read_resume_again,
            label="Read it again",
            says="The file is read once more. What was found before stays until then.",
            done="It will be read in a moment.",
            shown=is_settled,
        )
    ]

    @display(description="Candidate", ordering="candidate__name")
    def who(self, row: Any) -> str:
        return str(row.candidate)

    @display(description="Status", ordering="status")
    def state(self, row: Any) -> SafeString:
        return status_badge(row)

    @display(description="Why")
    def why_not(self, row: Any) -> str:
        return str(row.why)

    @display(description="Sent", ordering="uploaded_at")
    def uploaded(self, row: Any) -> str:
        return ago(row.uploaded_at)

    def page(self, request: HttpRequest, row: Any) -> dict[str, Any]:
        application = row.application
        return {
            "evidence": evidence_of(row, application.requisition) if application else [],
            "left_out": [NOTES[note] for note in row.suggested.get("notes", []) if note in NOTES],
        }
