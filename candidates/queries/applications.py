"""Why a verb is not possible yet, and who has to know."""

from collections.abc import Callable

from django.db.models import Prefetch, Q, QuerySet

from ats.accounts.models import User
from candidates.enums import LIVE_OFFERS, ApplicationStatus, OfferStatus
from candidates.models import Application, Offer
from requisitions.enums import UNAPPROVED, OpeningStatus, TeamRole
from requisitions.models import Requisition

Found = list[str]
LIVE = Q(status__in=LIVE_OFFERS)


def blockers(application: Application, verb: str) -> Found:
    """Sentences: what has to be done first, beyond what the status allows."""
    check = CHECKS.get(verb)
    return check(application) if check else []


def live_offer(application: Application) -> Offer | None:
    """The one offer that is being written, approved, considered or has been accepted."""
    if hasattr(application, "live_offers"):
        return next(iter(application.live_offers), None)
    return application.offers.filter(LIVE).select_related("opening").first()


def with_live_offers(applications: QuerySet[Application]) -> QuerySet[Application]:
    """Many at once, for the same questions: `live_offer` then asks the database no more."""
    live = Offer.objects.filter(LIVE).select_related("opening")
    return applications.prefetch_related(Prefetch("offers", live, to_attr="live_offers"))


def unapproved(requisition: Requisition) -> Found:
    if requisition.status not in UNAPPROVED:
        return []
    said = requisition.get_status_display().lower()
    return [f"The requisition is {said}: its approval comes first."]


def before_hiring(application: Application) -> Found:
    if found := unapproved(application.requisition):
        return found
    offer = live_offer(application)
    if offer is None or offer.status != OfferStatus.ACCEPTED:
        return ["There is no accepted offer: send one and wait for the answer."]
    if offer.opening.requisition_id != application.requisition_id:
        return ["The seat of this offer was moved to another requisition: offer another one."]
    if offer.opening.status != OpeningStatus.OPEN:
        said = offer.opening.get_status_display().lower()
        return [f"The seat of this offer is {said}: nobody can be hired into it."]
    return []


def before_rejecting(application: Application) -> Found:
    offer = live_offer(application)
    if offer is None:
        return []
    said = offer.get_status_display().lower()
    return [f"There is an offer ({said}): rescind it before you reject."]


def before_transferring(application: Application) -> Found:
    offer = live_offer(application)
    if offer is None:
        return []
    said = offer.get_status_display().lower()
    return [f"There is an offer ({said}): rescind it before you transfer."]


def before_reactivating(application: Application) -> Found:
    if application.candidate.erased_at:
        return ["This person was erased: there is nobody to take up again."]
    others = Application.objects.filter(
        candidate_id=application.candidate_id,
        requisition_id=application.requisition_id,
        status=ApplicationStatus.ACTIVE,
    ).exclude(pk=application.pk)
    return ["This person has another active application here."] if others.exists() else []


def before_offering(application: Application) -> Found:
    found = unapproved(application.requisition)
    if application.status != ApplicationStatus.ACTIVE:
        said = application.get_status_display().lower()
        found.append(f"The application is {said}: only an active one can get an offer.")
    if live_offer(application):
        found.append("There is an offer already: rescind it before you draft another.")
    return found


CHECKS: dict[str, Callable[[Application], Found]] = {
    "hire": before_hiring,
    "reject": before_rejecting,
    "transfer": before_transferring,
    "reactivate": before_reactivating,
    "undo_hire": before_reactivating,
    "draft_offer": before_offering,
}


def recruiters(application: Application) -> list[User]:
    """The recruiters of its requisition, the responsible one first."""
    return team(application, TeamRole.RECRUITER)


def team(application: Application, *roles: TeamRole) -> list[User]:
    """The active people with one of these roles, the responsible ones first, each once."""
    members = application.requisition.team.filter(role__in=roles, user__is_active=True)
    ordered = members.select_related("user").order_by("-is_responsible", "pk")
    return list(dict.fromkeys(member.user for member in ordered))


def zone_of(application: Application) -> str:
    """Where the job is."""
    office = application.requisition.offices.order_by("pk").first()
    return office.timezone if office else "UTC"
