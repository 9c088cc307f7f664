"""Files of candidates: stored under random names, served only through a permission check."""

from typing import Any

import pgtrigger
from django.conf import settings
from django.db import models
from django.db.models import Q

from ats.accounts.models import User
from ats.base import Row
from candidates.enums import AttachmentPurpose, ResumeStatus, Visibility
from candidates.models.application import Application
from candidates.models.candidate import Candidate
from candidates.models.merging import FollowsMerges
from candidates.models.note import readable
from candidates.resumes.found import PROBLEMS
from requisitions.models import Question


class SentSet(models.QuerySet[Any]):
    def visible_to(self, user: User) -> "SentSet":
        """What came with an application that this reader may see."""
        return self.filter(application__in=Application.objects.visible_to(user))


class Sent(Row):
    """A file as it was sent."""

    original_name = models.CharField(max_length=300)
    content_type = models.CharField(max_length=100, help_text="by content, not by name")
    size = models.PositiveIntegerField()
    sha256 = models.CharField(max_length=64)
    uploaded_at = models.DateTimeField()

    objects = SentSet.as_manager()

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return self.original_name


class AttachmentSet(SentSet):
    def visible_to(self, user: User) -> "AttachmentSet":
        """What the candidate sent, for everybody who may see the application; what the team
        added, for those it was meant for."""
        seen = Application.objects.visible_to(user)
        mine = Q(visibility=Visibility.SHARED) | Q(uploaded_by=user)
        return self.filter(mine & Q(application__in=seen) | readable(user))


class Attachment(Sent):
    """What came beside the resume, and what the team added."""

    application = models.ForeignKey(
        Application, on_delete=models.PROTECT, related_name="attachments"
    )
    purpose = models.CharField(max_length=12, choices=AttachmentPurpose.choices)
    question = models.ForeignKey(Question, null=True, on_delete=models.PROTECT, related_name="+")
    file = models.FileField(upload_to="attachments", max_length=120)
    visibility = models.CharField(
        max_length=7, choices=Visibility.choices, default=Visibility.SHARED
    )
    uploaded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )

    objects = AttachmentSet.as_manager()  # type: ignore[misc]

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(visibility__in=Visibility.values),
                name="attachment_visibility_is_known",
            ),
            models.CheckConstraint(
                condition=models.Q(purpose__in=AttachmentPurpose.values),
                name="attachment_purpose_is_known",
            ),
            models.CheckConstraint(
                condition=models.Q(purpose="answer", question__isnull=False)
                | (~models.Q(purpose="answer") & models.Q(question=None)),
                name="an_answer_names_its_question",
            ),
        ]


RESUME_WORDS = """
    IF TG_OP = 'DELETE' THEN
        DELETE FROM candidates_searchwords WHERE resume_id = OLD.id;
    ELSIF NEW.text = '' THEN
        DELETE FROM candidates_searchwords WHERE resume_id = NEW.id;
    ELSE
        INSERT INTO candidates_searchwords (candidate_id, resume_id, application_id, words)
        SELECT NEW.candidate_id, NEW.id, NEW.application_id,
            profile_words(c.name, c.location) || resume_words(NEW.text)
        FROM candidates_candidate c WHERE c.id = NEW.candidate_id FOR SHARE
        ON CONFLICT (resume_id) WHERE resume_id IS NOT NULL DO UPDATE SET
            candidate_id = EXCLUDED.candidate_id,
            application_id = EXCLUDED.application_id,
            words = EXCLUDED.words;
    END IF;
    RETURN NULL;
"""


class Resume(Sent):
    candidate = models.ForeignKey(Candidate, on_delete=models.PROTECT, related_name="resumes")
    application = models.ForeignKey(
        Application, null=True, on_delete=models.PROTECT, related_name="resumes"
    )
    file = models.FileField(upload_to="resumes", max_length=120)
    status = models.CharField(
        max_length=10, choices=ResumeStatus.choices, default=ResumeStatus.WAITING
    )
    problem = models.CharField(
        max_length=30, blank=True, help_text="why there is no text: a word of resumes.found"
    )
    text = models.TextField(blank=True)
    language = models.CharField(max_length=12, blank=True)
    suggested = models.JSONField(
        default=dict, help_text="{name, location, emails, phones, links, notes}, as it says"
    )
    attempts = models.PositiveSmallIntegerField(default=0)
    reading_until = models.DateTimeField(null=True, help_text="a reader is at work until then")

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(status__in=ResumeStatus.values), name="resume_status_is_known"
            ),
            models.CheckConstraint(
                condition=models.Q(problem__in=["", *PROBLEMS]), name="resume_problem_is_known"
            ),
            models.CheckConstraint(
                condition=models.Q(status__in=[ResumeStatus.WAITING, ResumeStatus.READ], problem="")
                | (
                    models.Q(status__in=[ResumeStatus.NO_TEXT, ResumeStatus.NOT_READ])
                    & ~models.Q(problem="")
                ),
                name="a_resume_without_text_says_why",
            ),
        ]
        indexes = [
            # reader: actions.resume, which one is next?
            models.Index(
                fields=["attempts", "id"],
                condition=models.Q(status=ResumeStatus.WAITING),
                name="resumes_that_wait",
            )
        ]
        triggers = [
            FollowsMerges(),
            pgtrigger.Trigger(
                name="the_words_of_a_resume_are_current",
                operation=pgtrigger.Insert
                | pgtrigger.UpdateOf("text", "candidate_id", "application_id")
                | pgtrigger.Delete,
                when=pgtrigger.After,
                func=RESUME_WORDS,
            ),
        ]

    @property
    def why(self) -> str:
        """The problem, in words."""
        return PROBLEMS.get(self.problem, "")
