"""When can you come? A page behind a signed link: no account, no JavaScript."""

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from ats.errors import DomainError, Invalid
from ats.events.actors import Actor
from ats.links import LinkBroken, LinkExpired
from candidates.emails import title_of
from interviews.actions.availability import give_availability
from interviews.enums import AvailabilityStatus
from interviews.models import CandidateAvailability
from interviews.pages.forms import AvailabilityForm
from interviews.queries.availability import availability_behind


@never_cache
@require_http_methods(("GET", "HEAD", "POST"))
def availability(request: HttpRequest, token: str) -> HttpResponse:
    try:
        found = availability_behind(token)
    except LinkExpired as problem:
        return sentence(request, problem.sentence, 410)
    except LinkBroken as problem:
        return sentence(request, problem.sentence, 404)
    if request.method == "POST":
        return take(request, found, token)
    return show(request, found, AvailabilityForm(found, zone_for(found)))


def take(request: HttpRequest, found: CandidateAvailability, token: str) -> HttpResponse:
    form = AvailabilityForm(found, zone_for(found), request.POST)
    if not form.is_valid():
        return show(request, found, form, 400)
    try:
        give_availability(found, **form.answer(), by=Actor.link(found.public_id))
    except Invalid as problem:
        form.refuse(problem.field, problem.sentence)
        return show(request, found, form, 400)
    except DomainError as refusal:
        return sentence(request, refusal.sentence, 409)
    return redirect("availability", token=token)


def zone_for(found: CandidateAvailability) -> str:
    """Theirs, as far as we know it; else the one of whoever asked."""
    asked_in = found.asked_by.timezone if found.asked_by else "UTC"
    return found.timezone or found.application.candidate.timezone or asked_in


def show(
    request: HttpRequest, found: CandidateAvailability, form: AvailabilityForm, status: int = 200
) -> HttpResponse:
    shown = {
        "company": settings.COMPANY_NAME,
        "title": title_of(found.application),
        "availability": found,
        "candidate": found.application.candidate,
        "form": form,
        "is_given": found.status == AvailabilityStatus.GIVEN and not form.is_bound,
        "is_closed": found.status == AvailabilityStatus.CLOSED,
    }
    return render(request, "interviews/availability.html", shown, status=status)


def sentence(request: HttpRequest, text: str, status: int) -> HttpResponse:
    shown = {"company": settings.COMPANY_NAME, "sentence": text}
    return render(request, "candidates/sentence.html", shown, status=status)
