"""The careers page and one page per role, readable without JavaScript and without an account.

Colleagues who are signed in have the same pages for internal roles.
"""

import re
from typing import Any
from urllib.parse import urlencode
from uuid import UUID

from django.conf import settings
from django.contrib.auth.views import redirect_to_login
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.cache import patch_cache_control
from django.views.decorators.http import conditional_page, require_safe

from ats import clock
from ats.accounts.rules import is_person
from requisitions.enums import TeamRole
from requisitions.models import JobPosting, PostingVersion
from requisitions.pages.words import (
    PARAMETERS,
    card,
    labels,
    linked_data,
    name_of,
    role_shown,
    wanted_in,
)
from requisitions.queries.board import (
    card_of,
    is_up,
    once_internal,
    once_public,
    schema_org,
    similar_open_roles,
    url_of,
)
from requisitions.queries.careers import behind, choices, in_other_languages, wanted_roles
from requisitions.queries.postings import preview_of

PAGE = 50
SLUG = re.compile(r"[A-Za-z0-9_-]{1,32}")
PREVIEW = "A preview for the hiring team: this is what publishing now would show."
WITHOUT_PAY = "Recruiters, hiring managers and approvers see what it pays as well."


@conditional_page
@require_safe
def careers(request: HttpRequest) -> HttpResponse:
    """Open roles, the newest first, narrowed by `PARAMETERS`; `after` continues behind a role."""
    shown = list_shown(request, is_internal=False)
    first = shown["wanted"].is_anything() and "after" not in request.GET
    shown["canonical"] = f"{settings.SITE_URL}/" if first else ""
    return fresh(render(request, "careers/index.html", shown))


@require_safe
def internal(request: HttpRequest) -> HttpResponse:
    """Open roles for colleagues. Whoever is not signed in is asked to, whatever there is."""
    if not is_person(request.user):
        return redirect_to_login("/internal")
    shown = list_shown(request, is_internal=True)
    return secret(render(request, "careers/index.html", shown))


def list_shown(request: HttpRequest, *, is_internal: bool) -> dict[str, Any]:
    wanted = wanted_in(request.GET)
    there = choices(is_internal=is_internal)
    rows = wanted_roles(wanted, there.language, is_internal=is_internal)
    found = list(behind(rows, request.GET.get("after", ""))[: PAGE + 1])
    page = found[:PAGE]
    more = {name: getattr(wanted, name) for name in PARAMETERS if getattr(wanted, name)}
    if len(found) > PAGE:
        more["after"] = str(page[-1].public_id)
    return {
        "company": settings.COMPANY_NAME,
        "is_internal": is_internal,
        "wanted": wanted,
        "selects": labels(there, wanted),
        "roles": [
            {"id": row.public_id, "language": row.language, **card(card_of(row))} for row in page
        ],
        "more": urlencode(more) if "after" in more else "",
    }


@conditional_page
@require_safe
def job(request: HttpRequest, id: UUID) -> HttpResponse:  # noqa: A002 - the name in the address
    """The role as it was published. A closed one says so (410) and names open roles like it."""
    if posting := once_public().filter(public_id=id).first():
        return fresh(role_page(request, posting))
    if is_person(request.user) and (posting := once_internal().filter(public_id=id).first()):
        return secret(role_page(request, posting))
    raise Http404


def role_page(request: HttpRequest, posting: JobPosting) -> HttpResponse:
    content = card_of(posting)
    shown = {"company": settings.COMPANY_NAME, "posting": posting, "canonical": url_of(posting)}
    if not is_up(posting, clock.now()):
        shown |= {"job": card(content), "similar": similar_open_roles(posting)}
        return render(request, "careers/closed.html", shown, status=410)
    shown |= role_shown(content) | {"can_apply": True}
    # Where they came from goes on to the form; nothing is kept in the browser.
    shown["via"] = via if SLUG.fullmatch(via := request.GET.get("via", "")) else ""
    shown["others"] = [
        {
            "id": row.public_id,
            "url": url_of(row),
            "language": row.language,
            "name": name_of(row.language),
        }
        for row in in_other_languages(posting)
    ]
    if posting.is_internal:
        shown["contact"] = contact_of(posting)
    else:
        shown["linked_data"] = linked_data(schema_org(posting))
    return render(request, "careers/job.html", shown)


@require_safe
def preview(request: HttpRequest, id: UUID) -> HttpResponse:  # noqa: A002 - in the address
    """For its team: what publishing now would show, or with `version` what was public then."""
    posting = None
    if is_person(request.user):
        seen = JobPosting.objects.visible_to(request.user).select_related("requisition")
        posting = seen.filter(public_id=id).first()
    if posting is None:
        raise Http404
    number = request.GET.get("version", "")
    shown: dict[str, Any] = {"company": settings.COMPANY_NAME, "posting": posting}
    if number:
        version = version_of(posting, number)
        shown |= role_shown(version.content)
        shown["preview"] = f"Version {version.number}, as it was published."
    else:
        content = preview_of(posting, request.user)["content"]  # type: ignore[arg-type]
        is_paid = content["pay_ranges"] is not None
        shown |= role_shown(content | {"pay_ranges": content["pay_ranges"] or []})
        shown["preview"] = PREVIEW if is_paid else f"{PREVIEW} {WITHOUT_PAY}"
    return secret(render(request, "careers/job.html", shown))


def version_of(posting: JobPosting, number: str) -> PostingVersion:
    if not (number.isascii() and number.isdigit() and len(number) < 5):
        raise Http404
    return get_object_or_404(posting.versions, number=int(number))


def contact_of(posting: JobPosting) -> Any:
    """Whom a colleague talks to."""
    recruiters = posting.requisition.team.filter(role=TeamRole.RECRUITER, is_responsible=True)
    member = recruiters.select_related("user").first()
    return member.user if member else None


def fresh(response: HttpResponse) -> HttpResponse:
    """Anybody may keep it, but asks each time whether it is still so: roles close."""
    patch_cache_control(response, public=True, no_cache=True)
    return response


def secret(response: HttpResponse) -> HttpResponse:
    patch_cache_control(response, private=True, no_store=True)
    return response
