"""When this happened, tell someone: each reads the rows again first."""

from django.db.models import QuerySet

from ats.accounts.models import User
from ats.events.log import on
from ats.events.models import Event
from requisitions import emails
from requisitions.enums import CLOSED, PostingStatus, RequisitionStatus, TeamRole
from requisitions.models import HiringTeamMember, JobPosting, Requisition
from requisitions.queries.postings import publish_blockers


def subject_of(event: Event) -> Requisition | None:
    return Requisition.objects.filter(public_id=event.subject("requisition")).first()


@on("requisition.filled")
def tell_the_team_it_is_filled(event: Event) -> None:
    requisition = subject_of(event)
    if requisition and requisition.status == RequisitionStatus.FILLED:
        for person in team_of(requisition):
            emails.filled(requisition, person, event)


@on("requisition.cancelled")
def tell_the_team_it_is_cancelled(event: Event) -> None:
    requisition = subject_of(event)
    if requisition and requisition.status == RequisitionStatus.CANCELLED:
        for person in team_of(requisition):
            emails.cancelled(requisition, person, event)


def team_of(requisition: Requisition) -> QuerySet[User]:
    members = requisition.team.values("user")
    return User.objects.filter(pk__in=members, is_active=True).order_by("pk")


@on("team.joined")
def welcome(event: Event) -> None:
    """Not whoever added themselves, as the one who drafts it does."""
    found = HiringTeamMember.objects.select_related("user", "requisition")
    member = found.filter(public_id=event.subject("hiringteammember")).first()
    if member and member.user.public_id != event.user_id:
        emails.joined(member, event)


@on("user.deactivated")
def ask_for_another_recruiter(event: Event) -> None:
    """Whoever can name one is told, of each requisition that is left without."""
    gone = User.objects.filter(public_id=event.subject("user"), is_active=False).first()
    if gone is None:
        return
    responsible = HiringTeamMember.objects.filter(
        user=gone, role=TeamRole.RECRUITER, is_responsible=True
    )
    orphans = Requisition.objects.exclude(status__in=CLOSED)
    for requisition in orphans.filter(team__in=responsible).order_by("pk"):
        for person in who_names_a_recruiter(requisition):
            emails.recruiter_is_gone(requisition, gone, person, event)


def who_names_a_recruiter(requisition: Requisition) -> list[User]:
    """Its other recruiters, or else site admins, unless it is confidential to them too."""
    recruiters = requisition.team.filter(role=TeamRole.RECRUITER)
    active = User.objects.filter(is_active=True).order_by("pk")
    found = list(active.filter(pk__in=recruiters.values("user")))
    if found or requisition.is_confidential:
        return found or list(team_of(requisition))
    return list(active.filter(is_site_admin=True))


@on("posting.expired")
def tell_the_recruiter_it_expired(event: Event) -> None:
    posting = posting_of(event)
    if posting and posting.status == PostingStatus.EXPIRED:
        for person in recruiters_of(posting):
            emails.posting_expired(posting, person, event)


@on("posting.not_published")
def tell_the_recruiter_it_did_not_go_out(event: Event) -> None:
    """Silent where it went out, or was given another time, since."""
    posting = posting_of(event)
    if posting and posting.status != PostingStatus.PUBLISHED and posting.publish_at is None:
        for person in recruiters_of(posting):
            emails.posting_not_published(posting, publish_blockers(posting), person, event)


def posting_of(event: Event) -> JobPosting | None:
    found = JobPosting.objects.select_related("requisition")
    return found.filter(public_id=event.subject("jobposting")).first()


def recruiters_of(posting: JobPosting) -> list[User]:
    responsible = posting.requisition.team.filter(role=TeamRole.RECRUITER, is_responsible=True)
    return [member.user for member in responsible.select_related("user")]
