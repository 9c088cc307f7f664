"""The careers page and one page per role, readable without JavaScript and without an account."""

from uuid import UUID

from django.conf import settings
from django.db.models import Q, QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from ats import clock
from requisitions.models import JobPosting
from requisitions.pages.words import card, linked_data, sections
from requisitions.queries.board import (
    card_of,
    is_open,
    on_the_board,
    once_public,
    schema_org,
    similar_open_roles,
)
from requisitions.queries.schema_org import paragraphs

PAGE = 50


@require_safe
def careers(request: HttpRequest) -> HttpResponse:
    """Open roles, the newest first; `q` looks in the title, `after` continues behind a role."""
    asked = request.GET.get("q", "").replace("\x00", "").strip()[:200]
    rows = on_the_board()
    if asked:
        rows = rows.filter(title__icontains=asked)
    found = list(behind(rows, request.GET.get("after", ""))[: PAGE + 1])
    page = found[:PAGE]
    roles = [{"id": row.public_id, "since": row.published_at, **card(card_of(row))} for row in page]
    more = page[-1].public_id if len(found) > PAGE else None
    shown = {"company": settings.COMPANY_NAME, "roles": roles, "q": asked, "more": more}
    return render(request, "careers/index.html", shown)


def behind(rows: QuerySet[JobPosting], after: str) -> QuerySet[JobPosting]:
    try:
        last = once_public().filter(public_id=UUID(after)).first()
    except ValueError:
        last = None
    if last is None:
        return rows
    since = last.published_at
    return rows.filter(Q(published_at__lt=since) | Q(published_at=since, pk__lt=last.pk))


@require_safe
def job(request: HttpRequest, id: UUID) -> HttpResponse:  # noqa: A002 - the name in the address
    """The role as it was published. A closed one says so (410) and names open roles like it."""
    posting = once_public().filter(public_id=id).first()
    if posting is None:
        raise Http404
    content = card_of(posting)
    shown = {"company": settings.COMPANY_NAME, "posting": posting, "job": card(content)}
    if not is_open(posting, clock.now()):
        shown["similar"] = similar_open_roles(posting)
        return render(request, "careers/closed.html", shown, status=410)
    shown |= {
        "summary": paragraphs(content["summary"]),
        "highlights": content["highlights"],
        "sections": sections(content),
        "topics": content["topics"],
        "faq": content["faq"],
        "linked_data": linked_data(schema_org(posting)),
    }
    return render(request, "careers/job.html", shown)
