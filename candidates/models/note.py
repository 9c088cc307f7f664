"""What the team says to itself about an application."""

from django.conf import settings
from django.db import models
from django.db.models import Q

from ats.accounts.models import User
from ats.base import Row
from candidates.models.application import Application


class NoteSet(models.QuerySet["Note"]):
    def visible_to(self, user: User) -> "NoteSet":
        """One's own, and the team's for the team: a note may hold what an interviewer who has
        not submitted yet must not read. A private one is its author's alone."""
        teams = Q(is_private=False, application__in=Application.objects.worked_on_by(user))
        own = Q(author=user, application__in=Application.objects.visible_to(user))
        return self.filter(teams | own)


class Note(Row):
    application = models.ForeignKey(Application, on_delete=models.CASCADE, related_name="notes")
    author = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    body = models.TextField()
    is_private = models.BooleanField(default=False, help_text="for its author alone")
    created_at = models.DateTimeField()

    objects = NoteSet.as_manager()

    class Meta:
        ordering = ["created_at", "id"]

    def __str__(self) -> str:
        return self.body[:60]
