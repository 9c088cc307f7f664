"""Apply: plain pages that need no account and no JavaScript."""

from uuid import UUID

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt, csrf_protect
from django.views.decorators.http import require_http_methods, require_safe

from ats import clock
from ats.api.parsers import MAX_UPLOAD
from ats.api.throttling import APPLY_THROTTLES
from ats.errors import DomainError, Invalid
from ats.events.actors import Actor
from candidates.actions.apply import apply_as_colleague, submit_application
from candidates.actions.sourcing import count_visit
from candidates.pages.forms import ApplyForm, ColleagueApplyForm
from candidates.queries.origins import link_of
from candidates.queries.postings import posting_to_apply_for
from requisitions.models import JobPosting
from requisitions.queries.board import is_open

TOO_MANY = "Too many applications came from your address. Wait some minutes and send it again."
TOO_LARGE = "This was more than 12 MiB, so nothing was read. Go back and choose a smaller file."
READ = ("GET", "HEAD", "POST")


@csrf_exempt
@never_cache
def apply(request: HttpRequest, id: UUID) -> HttpResponseBase:  # noqa: A002 - in the address
    """Refuses what is too large before anybody looks inside of it; then the form itself."""
    length = request.META.get("CONTENT_LENGTH") or "0"
    if not length.isdigit() or int(length) > MAX_UPLOAD:
        return sentence(request, TOO_LARGE, 413)
    return form_page(request, id)


@csrf_protect
@require_http_methods(READ)
def form_page(request: HttpRequest, posting_id: UUID) -> HttpResponse:
    posting = posting_to_apply_for(posting_id, request.user)
    if posting is None:
        raise Http404
    if request.method == "POST":
        return take(request, posting)
    if not is_open(posting, clock.now(), is_colleague=posting.is_internal):
        return redirect("job", id=posting.public_id)
    begun = {"via": request.GET.get("via", "")[:200]}
    return show(request, posting, form_for(posting)(posting, initial=begun))


def form_for(posting: JobPosting) -> type[ApplyForm]:
    return ColleagueApplyForm if posting.is_internal else ApplyForm


def send(request: HttpRequest, posting: JobPosting, form: ApplyForm) -> None:
    """For an internal role as whoever is signed in; else as anybody, whoever that is."""
    if posting.is_internal:
        by = Actor.of(request.user)  # type: ignore[arg-type]
        apply_as_colleague(posting, **form.application(), by=by)
    else:
        submit_application(posting, **form.application(), by=Actor.public())


def take(request: HttpRequest, posting: JobPosting) -> HttpResponse:
    form = form_for(posting)(posting, request.POST, request.FILES)
    if not all(each().allow_request(request, None) for each in APPLY_THROTTLES):  # type: ignore[arg-type]
        form.add_error(None, TOO_MANY)
        return show(request, posting, form, 429)
    if not form.is_valid():
        return show(request, posting, form, 400)
    if form.is_from_robot:
        return redirect("applied", id=posting.public_id)
    try:
        send(request, posting, form)
    except Invalid as problem:
        form.refuse(problem.field, problem.sentence)
        return show(request, posting, form, 400)
    except DomainError as refusal:
        form.add_error(None, refusal.sentence)
        return show(request, posting, form, 409)
    return redirect("applied", id=posting.public_id)


def show(
    request: HttpRequest, posting: JobPosting, form: ApplyForm, status: int = 200
) -> HttpResponse:
    shown = {"company": settings.COMPANY_NAME, "posting": posting, "form": form}
    return render(request, "candidates/apply.html", shown, status=status)


@never_cache
@require_safe
def tracked(request: HttpRequest, slug: str) -> HttpResponse:
    """A tracking link: on to the posting, which remembers where they came from."""
    link = link_of(slug)
    if link is None:
        raise Http404
    if request.method == "GET" and link.retired_at is None:
        count_visit(link)
    address = reverse("job", args=[link.posting.public_id])
    return redirect(f"{address}?via={link.slug}")


@require_safe
def applied(request: HttpRequest, id: UUID) -> HttpResponse:  # noqa: A002 - in the address
    posting = posting_to_apply_for(id, request.user)
    if posting is None:
        raise Http404
    shown = {"company": settings.COMPANY_NAME, "posting": posting}
    return render(request, "candidates/applied.html", shown)


def sentence(request: HttpRequest, text: str, status: int) -> HttpResponse:
    shown = {"company": settings.COMPANY_NAME, "sentence": text}
    return render(request, "candidates/sentence.html", shown, status=status)
