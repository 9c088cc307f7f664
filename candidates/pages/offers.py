"""Read, keep and answer an offer by its signed link: no account and no JavaScript."""

from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from ats import clock
from ats.api.downloads import INERT
from ats.errors import DomainError, Invalid
from ats.events.actors import Actor
from ats.links import LinkBroken, LinkExpired
from candidates.actions.offer import LONGEST_REASON, accept_offer, decline_offer
from candidates.enums import OfferStatus
from candidates.models import Offer
from candidates.pages.views import READ, sentence
from candidates.queries.offer_pdf import pdf_of
from candidates.queries.offers import STANDING, last_day, offer_behind
from requisitions.pages.words import figure, per

ANSWERS = ("accept", "decline")
GONE = "This letter is not here any more. Answer the letter it came in to speak with us."


@never_cache
@require_http_methods(READ)
def offer(request: HttpRequest, token: str) -> HttpResponse:
    """`?answer=accept` asks once more; the answer itself is a POST."""
    try:
        found = offer_behind(token)
    except (LinkExpired, LinkBroken) as problem:
        return refused(request, problem)
    if request.method != "POST":
        return show_offer(request, found, token, asked=request.GET.get("answer", ""))
    answer = request.POST.get("answer", "")
    if answer not in ANSWERS:
        return show_offer(request, found, token, "Choose one of the two answers.", 400)
    try:
        give(found, answer, request.POST.get("reason", ""))
    except Invalid as problem:
        return show_offer(request, found, token, problem.sentence, 400, answer)
    except DomainError:
        return show_offer(request, offer_behind(token), token, "Your answer came too late.", 409)
    return redirect("offer", token=token)


def give(found: Offer, answer: str, reason: str) -> Offer:
    by = Actor.link(found.public_id)
    if answer == "accept":
        return accept_offer(found, by=by)
    return decline_offer(found, reason=reason.replace("\x00", ""), by=by)


def refused(request: HttpRequest, problem: DomainError) -> HttpResponse:
    return sentence(request, problem.sentence, 410 if isinstance(problem, LinkExpired) else 404)


def show_offer(
    request: HttpRequest,
    found: Offer,
    token: str,
    problem: str = "",
    status: int = 200,
    asked: str = "",
) -> HttpResponse:
    application = found.application
    has_expired = found.status == OfferStatus.SENT and found.expires_at <= clock.now()
    said = OfferStatus.EXPIRED if has_expired else found.status
    shown: dict[str, Any] = {
        "company": settings.COMPANY_NAME,
        "title": (application.posting or application.requisition).title,
        "offer": found,
        "status": said,
        "token": token,
        "candidate": application.candidate,
        "is_alive": said in STANDING,
        "until": last_day(found),
        "pay": f"{figure(str(found.pay_amount), found.pay_currency)} {per(found.pay_period)}",
        "problem": problem,
        "longest": LONGEST_REASON,
        "asked": asked if asked in ANSWERS and said == OfferStatus.SENT else "",
    }
    return render(request, "candidates/offer.html", shown, status=status)


@never_cache
@require_safe
def letter(request: HttpRequest, token: str) -> HttpResponse:
    try:
        found = offer_behind(token)
    except (LinkExpired, LinkBroken) as problem:
        return refused(request, problem)
    pdf = pdf_of(found, clock.now()) if found.status in STANDING else None
    if pdf is None:
        return sentence(request, GONE, 404)
    named = {"Content-Disposition": 'attachment; filename="offer.pdf"'}
    return HttpResponse(pdf, content_type="application/pdf", headers=INERT | named)
