"""One's own data, with no account: ask for a link, take a copy, have it erased, agree to stay."""

from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_protect
from django.views.decorators.http import require_http_methods, require_safe

from ats.api.privacy import archive_of
from ats.api.throttling import PrivacyThrottle
from ats.errors import DomainError, Invalid
from ats.events.actors import Actor
from ats.links import LinkBroken, LinkExpired
from candidates.actions.consent import keep_me, keep_me_no_longer
from candidates.actions.erasure_request import ask_erasure
from candidates.actions.own_data import ask_about_address, export_candidate
from candidates.enums import ConsentKind
from candidates.models import Candidate
from candidates.pages.views import READ, sentence
from candidates.queries.consent import candidate_asked_to_stay, is_kept, text_in_force
from candidates.queries.own_data import archive_behind, owner_of

ON_ITS_WAY = (
    "If we know this address, a letter with a link is on its way to it. Nothing else happens until"
    " you open that link."
)
TOO_MANY = "Too many questions came from your address. Wait some minutes and ask again."
KEPT = "Thank you. You can take this back at any time, behind the same link."
NOT_KEPT = "Noted. We do not keep your data for other jobs."
DONE = {
    "copy": "We are making the copy. A letter with the link comes to your address in some minutes.",
    "erase": "We have your request, and answer it within a month; usually much sooner. You get a"
    " letter once it is done, or with the reason if something has to be kept.",
}


@never_cache
@csrf_protect
@require_http_methods(READ)
def ask(request: HttpRequest) -> HttpResponse:
    """The same answer whether or not anybody is known by that address."""
    if request.method != "POST":
        return page(request, "ask")
    if not PrivacyThrottle().allow_request(request, None):  # type: ignore[arg-type]
        return page(request, "ask", 429, problem=TOO_MANY)
    try:
        ask_about_address(email=request.POST.get("email", ""), by=Actor.public())
    except Invalid as problem:
        return page(request, "ask", 400, problem=problem.sentence)
    return page(request, "done", sentence=ON_ITS_WAY)


@never_cache
@csrf_protect
@require_http_methods(READ)
def mine(request: HttpRequest, token: str) -> HttpResponse:
    """Whoever opened the letter's link is who they say: the address is theirs."""
    return behind_link(request, owner_of, token, answer_mine)


def answer_mine(request: HttpRequest, candidate: Candidate) -> HttpResponse:
    if candidate.erased_at:
        return sentence(request, "What we held about you is erased already.", 410)
    if request.method != "POST":
        return page(request, "mine", asked=request.GET.get("do", ""))
    by, wish = Actor.link(candidate.public_id), request.POST.get("do", "")
    match wish:
        case "copy":
            export_candidate(candidate, by=by)
        case "erase":
            ask_erasure(candidate, by=by)
        case _:
            return page(request, "mine", 400, problem="Choose one of the two.")
    return page(request, "done", sentence=DONE[wish])


@never_cache
@require_safe
def archive(request: HttpRequest, token: str) -> HttpResponseBase:
    try:
        return archive_of(archive_behind(token))
    except LinkExpired as problem:
        return sentence(request, problem.sentence, 410)
    except LinkBroken as problem:
        return sentence(request, problem.sentence, 404)


@never_cache
@csrf_protect
@require_http_methods(READ)
def keep(request: HttpRequest, token: str) -> HttpResponse:
    """Yes or no, as often as they like: the last answer counts."""
    return behind_link(request, candidate_asked_to_stay, token, answer_keep)


def answer_keep(request: HttpRequest, candidate: Candidate) -> HttpResponse:
    words = text_in_force(ConsentKind.TALENT_POOL, candidate.language)
    said: dict[str, Any] = {"words": words, "is_kept": is_kept(candidate)}
    if request.method != "POST":
        return page(request, "keep", **said)
    by = Actor.link(candidate.public_id)
    match request.POST.get("answer", ""):
        case "yes":
            keep_me(candidate, by=by)
            return page(request, "done", sentence=KEPT)
        case "no":
            keep_me_no_longer(candidate, by=by)
            return page(request, "done", sentence=NOT_KEPT)
    return page(request, "keep", 400, problem="Choose one of the two answers.", **said)


def behind_link(
    request: HttpRequest,
    find: Callable[[str], Candidate],
    token: str,
    then: Callable[[HttpRequest, Candidate], HttpResponse],
) -> HttpResponse:
    try:
        return then(request, find(token))
    except LinkExpired as problem:
        return sentence(request, problem.sentence, 410)
    except LinkBroken as problem:
        return sentence(request, problem.sentence, 404)
    except DomainError as refusal:
        return sentence(request, refusal.sentence, 409)


def page(request: HttpRequest, name: str, status: int = 200, **said: Any) -> HttpResponse:
    shown = {"company": settings.COMPANY_NAME, **said}
    return render(request, f"candidates/privacy_{name}.html", shown, status=status)
