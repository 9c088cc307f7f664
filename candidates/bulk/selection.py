"""Which applications are meant, and which of them this person may do that with."""

from collections.abc import Iterable
from uuid import UUID

from django.urls import reverse

from ats.accounts.models import User
from ats.errors import DomainError, Invalid
from ats.events.actors import Actor
from ats.jobs.models import JobItem
from candidates.models import Application
from candidates.queries.applications import with_live_offers
from candidates.rules import SHARED

MOST = 10_000
NOT_FOUND = "There is no such application, or you may not see it."
NOT_YOURS = "Your role on its requisition does not include this."


def check_selection(ids: Iterable[UUID]) -> list[UUID]:
    """Each once, in the order given. Raises `Invalid`."""
    chosen = list(dict.fromkeys(ids))
    if not chosen:
        raise Invalid("applications", "Nothing is selected: choose some applications first.")
    if len(chosen) > MOST:
        raise Invalid("applications", f"At most {MOST:,} at once: narrow the selection.")
    return chosen


def selected(ids: Iterable[UUID], user: User) -> dict[UUID, Application]:
    """Those that this person may see, with what the deciding functions ask of each."""
    rows = Application.objects.visible_to(user).filter(public_id__in=ids)
    related = ("candidate", "requisition", "stage")
    ready = with_live_offers(rows.select_related(*related)).prefetch_related("candidate__emails")
    return {application.public_id: application for application in ready}


class Allowed:
    """Whether this person may do something with an application: asked once per requisition."""

    def __init__(self, user: User, verb: str) -> None:
        self.user, self.verb = user, verb
        self.held: dict[int, bool] = {}

    def __call__(self, application: Application) -> bool:
        if self.verb in SHARED:
            return True  # for everybody who sees it
        key = application.requisition_id
        if key not in self.held:
            self.held[key] = self.user.has_perm(f"candidates.{self.verb}", application)
        return self.held[key]


def own(item: JobItem, verb: str, by: Actor) -> Application:
    """The application of an item as it is now, if its job's owner may still do this with it.
    What the preview did not find is left alone, whoever may see it by now."""
    assert by.user is not None
    rows = Application.objects.visible_to(by.user).select_related("candidate", "requisition")
    application = rows.filter(public_id=str(item.subject_id)).first()
    if application is None or not item.result:
        raise DomainError(NOT_FOUND)
    if not by.user.has_perm(f"candidates.{verb}", application):
        raise DomainError(NOT_YOURS)
    return application


def names(user: User, ids: Iterable[UUID]) -> dict[UUID, tuple[str, str]]:
    rows = Application.objects.visible_to(user).filter(public_id__in=ids)
    return {
        public_id: (name, reverse("admin:candidates_application_change", args=[pk]))
        for public_id, pk, name in rows.values_list("public_id", "pk", "candidate__name")
    }
