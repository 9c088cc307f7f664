"""What the team says to itself about an application, and what it must not forget."""

from django.conf import settings
from django.db import models
from django.db.models import Q

from ats.accounts.models import User
from ats.base import Row
from candidates.enums import NOTE_VISIBILITY, Visibility
from candidates.models.application import Application
from requisitions.enums import TeamRole


def readable(user: User) -> Q:
    """What a member of the team may read: the team's, and the recruiters' for recruiters."""
    team = Application.objects.worked_on_by(user)
    recruiters = Application.objects.worked_on_by(user, TeamRole.RECRUITER)
    return Q(visibility=Visibility.TEAM, application__in=team) | Q(
        visibility=Visibility.ADMINS, application__in=recruiters
    )


class NoteSet(models.QuerySet["Note"]):
    def visible_to(self, user: User) -> "NoteSet":
        """One's own, and the team's for the team: a note may hold what an interviewer who has
        not submitted yet must not read. A private one is its author's alone."""
        own = Q(author=user, application__in=Application.objects.visible_to(user))
        return self.filter(readable(user) | own)


class Note(Row):
    application = models.ForeignKey(Application, on_delete=models.CASCADE, related_name="notes")
    author = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    body = models.TextField()
    visibility = models.CharField(max_length=7, choices=Visibility.choices, default=Visibility.TEAM)
    created_at = models.DateTimeField()
    edited_at = models.DateTimeField(null=True, blank=True)

    objects = NoteSet.as_manager()

    class Meta:
        ordering = ["created_at", "id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(visibility__in=[value for value, _ in NOTE_VISIBILITY]),
                name="note_visibility_is_known",
            )
        ]

    def __str__(self) -> str:
        return self.body[:60]

    def belongs_to(self, user: User) -> bool:
        return self.author_id == user.pk


class NoteVersion(models.Model):
    """What a note said before it was edited."""

    note = models.ForeignKey(Note, on_delete=models.CASCADE, related_name="versions")
    body = models.TextField()
    until = models.DateTimeField()

    class Meta:
        ordering = ["-until", "-id"]

    def __str__(self) -> str:
        return self.body[:60]


class NoteMention(models.Model):
    """A colleague whom a note names, and who may read it."""

    note = models.ForeignKey(Note, on_delete=models.CASCADE, related_name="mentions")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["note", "user"], name="a_note_names_somebody_once")
        ]

    def __str__(self) -> str:
        return str(self.user)


class FollowUpSet(models.QuerySet["FollowUp"]):
    def visible_to(self, user: User) -> "FollowUpSet":
        """Those that one has, and those that one asked for."""
        mine = Q(user=user) | Q(asked_by=user)
        return self.filter(mine, application__in=Application.objects.visible_to(user))


class FollowUp(Row):
    """Something to do about an application by a time; its person is reminded once it is due."""

    application = models.ForeignKey(
        Application, on_delete=models.CASCADE, related_name="follow_ups"
    )
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    asked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )
    text = models.CharField(max_length=500)
    due_at = models.DateTimeField()
    created_at = models.DateTimeField()
    done_at = models.DateTimeField(null=True, blank=True)

    objects = FollowUpSet.as_manager()

    class Meta:
        indexes = [
            # reader: what waits for me
            models.Index(
                fields=["user", "due_at"], name="open_follow_ups_of_one", condition=Q(done_at=None)
            )
        ]

    def __str__(self) -> str:
        return self.text

    def belongs_to(self, user: User) -> bool:
        return user.pk in (self.user_id, self.asked_by_id)
