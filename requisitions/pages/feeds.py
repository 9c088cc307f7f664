"""The open roles for machines: a site map, an RSS feed, and the XML that job sites take.

The XML feed follows https://docs.indeed.com/indeed-apply/xml-feed.
"""

import re
from collections.abc import Callable, Iterator
from email.utils import format_datetime
from functools import wraps
from typing import Any
from xml.etree.ElementTree import Element, SubElement, tostring

from django.conf import settings
from django.db.models import F
from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.utils.cache import patch_cache_control
from django.utils.feedgenerator import Rss201rev2Feed
from django.views.decorators.http import condition, require_safe

from requisitions.enums import EmploymentType, Workplace
from requisitions.models import JobPosting
from requisitions.pages.words import card, label, pay
from requisitions.queries.board import card_of, on_the_board, url_of, with_version
from requisitions.queries.careers import Stamp, stamp
from requisitions.queries.schema_org import country, description

# A site map holds at most so many addresses.
MOST = 50_000
IN_A_FEED = 200
AT_ONCE = 100
MINUTES = 5
# What XML 1.0 cannot hold, however it is written.
UNWRITABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")
REMOTE = {Workplace.REMOTE: "Fully remote", Workplace.HYBRID: "Hybrid remote"}
View = Callable[[HttpRequest, Stamp], HttpResponseBase]


def for_machines(view: View) -> Callable[[HttpRequest], HttpResponseBase]:
    """Answers 304 before any role is read, and lets others keep the answer for some minutes."""

    @wraps(view)
    @require_safe
    def answer(request: HttpRequest) -> HttpResponseBase:
        now = stamp()

        @condition(lambda *_: f'"{now.etag}"', lambda *_: now.updated_at)
        def whole(request: HttpRequest) -> HttpResponseBase:
            return view(request, now)

        response: HttpResponseBase = whole(request)
        patch_cache_control(response, public=True, max_age=60 * MINUTES)
        return response

    return answer


@for_machines
def sitemap(request: HttpRequest, now: Stamp) -> HttpResponse:
    root = Element("urlset", xmlns="http://www.sitemaps.org/schemas/sitemap/0.9")
    rows = on_the_board().only("public_id", "published_at")[: MOST - 1]
    pages = [(f"{settings.SITE_URL}/", now.updated_at)]
    pages += [(url_of(row), row.updated_at) for row in rows]  # type: ignore[attr-defined]
    for address, changed_at in pages:
        page = SubElement(root, "url")
        SubElement(page, "loc").text = address
        if changed_at:
            SubElement(page, "lastmod").text = changed_at.isoformat(timespec="seconds")
    text = tostring(root, encoding="utf-8", xml_declaration=True)
    return HttpResponse(text, content_type="application/xml; charset=utf-8")


@for_machines
def rss(request: HttpRequest, now: Stamp) -> HttpResponse:
    company = writable(settings.COMPANY_NAME)
    feed = Rss201rev2Feed(
        title=f"Open roles at {company}",
        link=f"{settings.SITE_URL}/",
        description=f"Every open role at {company}, the newest first.",
        language="en",
        feed_url=f"{settings.SITE_URL}/jobs.rss",
    )
    for row in whole_roles()[:IN_A_FEED]:
        content = card_of(row)
        facts = card(content)
        feed.add_item(
            title=writable(content["title"]),
            link=url_of(row),
            unique_id=url_of(row),
            description=writable(description(content)),
            pubdate=row.published_at,
            categories=[writable(facts[name]) for name in ("department", "places") if facts[name]],
        )
    answer = HttpResponse(content_type="application/rss+xml; charset=utf-8")
    feed.write(answer, "utf-8")
    return answer


def whole_roles() -> Any:
    """The open roles with their whole version."""
    rows = on_the_board().defer("search").select_related("requisition")
    return with_version(rows, F("content"))


@for_machines
def job_feed(request: HttpRequest, now: Stamp) -> HttpResponseBase:
    """Written while it is read: thousands of roles would fill the memory otherwise."""
    return StreamingHttpResponse(source(now), content_type="application/xml; charset=utf-8")


def source(now: Stamp) -> Iterator[str]:
    built = format_datetime(now.updated_at, usegmt=True) if now.updated_at else ""
    yield '<?xml version="1.0" encoding="utf-8"?>\n<source>\n'
    yield field("publisher", settings.COMPANY_NAME)
    yield field("publisherurl", f"{settings.SITE_URL}/")
    yield field("lastBuildDate", built)
    for row in whole_roles().iterator(chunk_size=AT_ONCE):
        for fields in instances(row):
            written = "".join(field(name, text) for name, text in fields.items() if text)
            yield f"\n<job>{written}</job>"
    yield "\n</source>\n"


def instances(posting: JobPosting) -> Iterator[dict[str, str]]:
    """One per place, each with a number of its own, as job sites ask."""
    content, reference = card_of(posting), str(posting.public_id)
    assert posting.published_at is not None
    whole = {
        "title": content["title"],
        "date": posting.published_at.isoformat(timespec="seconds"),
        "requisitionid": reference,
        "url": url_of(posting),
        "company": content["company"],
        "sourcename": content["company"],
        "description": description(content),
        "salary": "; ".join(pay(each) for each in content["pay_ranges"]),
        "jobtype": label(EmploymentType, content["employment_type"]),
        "category": content["department"],
        "remotetype": REMOTE.get(content["workplace"], ""),
        "language": posting.language,
        "expirationdate": posting.expires_at.isoformat() if posting.expires_at else "",
    }
    for number, place in enumerate(content["locations"] or [{}]):
        own = {"referencenumber": f"{reference}-{number}" if number else reference}
        yield whole | own | (where(place) if place else {})


def where(place: dict[str, str]) -> dict[str, str]:
    return {
        "city": place["city"] or place["text"],
        "state": place["region"],
        "country": country(place),
    }


def field(name: str, text: str) -> str:
    """Text that holds the end of such a section is written in two of them."""
    inside = writable(text).replace("]]>", "]]]]><![CDATA[>")
    return f"<{name}><![CDATA[{inside}]]></{name}>"


def writable(text: str) -> str:
    return UNWRITABLE.sub("", text)
