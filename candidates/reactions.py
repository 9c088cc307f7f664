"""When this happened, tell somebody. Each reads the rows again: it may run late, or twice."""

from ats.base import lock
from ats.events.actors import Actor
from ats.events.log import on
from ats.events.models import Event
from ats.privacy.enums import Because
from ats.privacy.export import make_due
from ats.privacy.files import delete_doomed
from ats.privacy.ledger import write_missing
from ats.reminders.bell import rings
from ats.reminders.models import Reminder
from candidates import emails
from candidates.actions.after_fill import begin_after_fill, stop_after_fill
from candidates.actions.application import ask_to_decide
from candidates.actions.consent import LINK_LASTS
from candidates.actions.duplicate import look_for_duplicates
from candidates.actions.follow_up import DUE
from candidates.actions.overstay import retarget_visits
from candidates.actions.own_data import forget_ask, send_archives
from candidates.actions.planned_rejection import lapse_planned_rejections
from candidates.enums import ApplicationStatus, OfferStatus
from candidates.models import (
    Application,
    Candidate,
    FillPlan,
    FollowUp,
    Note,
    Offer,
    PrivacyAsk,
    PrivacyRequest,
    Referral,
)
from candidates.queries.applications import recruiters, team
from candidates.queries.consent import kept_by_consent
from candidates.queries.knock_out import marked_answers
from candidates.queries.origins import earlier_referrals, may_be_written_to
from candidates.queries.own_data import known_as
from requisitions.enums import CLOSED, RequisitionStatus, TeamRole
from requisitions.models import Requisition, Stage

INNER_CIRCLE = (TeamRole.RECRUITER, TeamRole.MANAGER, TeamRole.COORDINATOR)
MANY = 20


def application_of(event: Event) -> Application:
    rows = Application.objects.select_related("candidate", "requisition", "posting", "stage")
    return rows.get(public_id=event.subject("application"))


def offer_of(event: Event) -> Offer:
    rows = Offer.objects.select_related("application__candidate", "application__requisition")
    return rows.get(public_id=event.subject("offer"))


@on("stage.edited")
def move_due_times(event: Event) -> None:
    retarget_visits(Stage.objects.get(public_id=event.subject("stage")))


@on("application.submitted")
def acknowledge(event: Event) -> None:
    emails.application_received(application_of(event), event=event)


@on("application.submitted")
def mark_answers(event: Event) -> None:
    """Unless somebody has looked already and moved it on."""
    application = application_of(event)
    if application.visits.count() == 1 and (said := "; ".join(marked_answers(application))):
        because = f"An answer to look at. {said}"
        ask_to_decide(application, because=because, by=Actor.system("mark_answers"))


@on("note.added", "note.edited")
def tell_mentioned(event: Event) -> None:
    """Only who may still read it."""
    note = Note.objects.select_related("application__candidate", "author").get(
        public_id=event.ids["note"]
    )
    for named in note.mentions.select_related("user").exclude(user=note.author_id):
        if Note.objects.visible_to(named.user).filter(pk=note.pk).exists():
            emails.mentioned(note, named.user)


@rings(DUE)
def remind_of_follow_up(reminder: Reminder) -> None:
    found = FollowUp.objects.filter(public_id=reminder.subject_id, done_at=None)
    follow_up = found.select_related("application__candidate", "user", "asked_by").first()
    if follow_up is None or not follow_up.user.is_active:
        return
    seen = Application.objects.visible_to(follow_up.user)
    if seen.filter(pk=follow_up.application_id).exists():
        emails.follow_up(follow_up, key=f"{reminder.public_id}:{reminder.due_at.isoformat()}")


@on("referral.made")
def ask_referred(event: Event) -> None:
    """Once, whoever thinks of them as well; nobody who is here already or wants no letters."""
    referral = Referral.objects.select_related("posting", "referrer").get(
        public_id=event.subject("referral")
    )
    is_first = not earlier_referrals(referral).exists()
    if is_first and referral.application_id is None and may_be_written_to(referral.email):
        emails.referred(referral, event=event)


@on("application.submitted", "application.added")
def tell_recruiters(event: Event) -> None:
    application = application_of(event)
    for user in recruiters(application):
        emails.new_application(application, user, event=event)


@on("candidate.added", "candidate.edited", "application.submitted")
@on("candidate.merged", "candidate.merge_undone")
def find_possible_duplicates(event: Event) -> None:
    """Of whom it happened to; after a merge also of the other, who is found no more, or again."""
    people = [event.subject("candidate"), *filter(None, [event.ids.get("other")])]
    for candidate in Candidate.objects.filter(public_id__in=people).order_by("pk"):
        look_for_duplicates(candidate, by=Actor.system("find_possible_duplicates"))


@on(
    "application.moved",
    "application.rejected",
    "application.withdrawn",
    "application.transferred",
    "application.hired",
)
def let_planned_rejection_lapse(event: Event) -> None:
    by = Actor.system("let_planned_rejection_lapse")
    lapse_planned_rejections(application_of(event), by=by)


@on("offer.sent")
def send_offer_letter(event: Event) -> None:
    offer = offer_of(event)
    # Locked, so that nobody takes it back between the look and the letter.
    if lock(offer).status == OfferStatus.SENT:
        emails.offer_to_sign(offer, event=event)


@on("offer.extended")
def send_extension(event: Event) -> None:
    offer = offer_of(event)
    if lock(offer).status == OfferStatus.SENT:
        emails.offer_extended(offer, event=event)


@on("offer.accepted", "offer.declined", "offer.expired")
def tell_about_answer(event: Event) -> None:
    offer = offer_of(event)
    for user in team(offer.application, TeamRole.RECRUITER, TeamRole.MANAGER):
        emails.offer_answered(offer, user, event=event)


@on("application.hired")
def tell_team(event: Event) -> None:
    application = application_of(event)
    if application.status == ApplicationStatus.HIRED:
        for user in team(application, *INNER_CIRCLE):
            emails.hired(application, user, event=event)


@on(
    "requisition.filled",
    "requisition.cancelled",
    "application.submitted",
    "application.added",
)
def ask_for_decisions(event: Event) -> None:
    """Nobody is turned down by itself: each active application of a closed requisition waits
    for a person. Also one that came in at the very moment of closing."""
    kinds = {subject.kind: subject.object_id for subject in event.subjects.all()}
    if "requisition" in kinds:
        requisition = Requisition.objects.get(public_id=kinds["requisition"])
    else:
        requisition = application_of(event).requisition
    if requisition.status not in CLOSED:
        return
    plan = FillPlan.objects.filter(requisition=requisition).first()
    if plan and requisition.status == RequisitionStatus.FILLED:
        begin_after_fill(plan, by=Actor.system("ask_for_decisions"))
        return
    said = why(requisition)
    waiting = Application.objects.filter(requisition=requisition, status=ApplicationStatus.ACTIVE)
    waiting = waiting.exclude(needs_attention=said).select_related("candidate")
    found = list(waiting.order_by("pk"))
    for application in found:
        ask_to_decide(application, because=said, by=Actor.system("ask_for_decisions"))
    for user in recruiters(found[0])[:1] if found else ():
        emails.please_decide(requisition, found[:MANY], len(found), user, event=event)


@on("requisition.reopened")
def keep_the_others(event: Event) -> None:
    for plan in FillPlan.objects.filter(requisition__public_id=event.subject("requisition")):
        stop_after_fill(plan, by=Actor.system("keep_the_others"))


def why(requisition: Requisition) -> str:
    closed = "filled" if requisition.status == RequisitionStatus.FILLED else "cancelled"
    return f"The requisition was {closed}. Decide about this application."


@on("candidate.erased")
def settle(event: Event) -> None:
    """The ledger and the files, at once; a schedule does it again where this failed."""
    write_missing()
    delete_doomed()


@on("erasure.restricted", "erasure.refused")
def tell_about_erasure(event: Event) -> None:
    """Whoever was proposed by policy did not ask, and is told nothing."""
    request = PrivacyRequest.objects.get(public_id=event.subject("privacyrequest"))
    if request.because == Because.ASKED:
        emails.erasure_answered(request, event=event)


@on("export.asked")
def make_archives(event: Event) -> None:
    send_archives(make_due())


@on("privacy.asked")
def send_privacy_link(event: Event) -> None:
    """To everybody who is known by that address; whoever typed it learns nothing."""
    asked = PrivacyAsk.objects.filter(public_id=event.subject("privacyask")).first()
    if asked is None:
        return
    expires = event.at + LINK_LASTS
    for candidate in known_as(asked.address):
        emails.privacy_link(candidate, key=str(asked.public_id), expires=expires)
    forget_ask(asked)


@on("consent.asked", "consent.renewal_asked")
def ask_for_consent(event: Event) -> None:
    candidate = Candidate.objects.get(public_id=event.subject("candidate"))
    held = kept_by_consent(candidate)
    ends = held.ends_at if held and held.ends_at else None
    expires = max(ends or event.at, event.at) + LINK_LASTS
    emails.may_we_keep_you(candidate, ends=ends, expires=expires, event=event)
