"""A published posting as schema.org `JobPosting`, by the rules that Google documents for it.

https://developers.google.com/search/docs/appearance/structured-data/job-posting
"""

from collections.abc import Iterator
from datetime import datetime
from html import escape
from typing import Any

from django.conf import settings

from requisitions.enums import EmploymentType, Workplace
from requisitions.languages import countries
from requisitions.queries.headings import FALLBACK, headings

EMPLOYMENT = {
    EmploymentType.FULL_TIME: "FULL_TIME",
    EmploymentType.PART_TIME: "PART_TIME",
    EmploymentType.INTERN: "INTERN",
    EmploymentType.CONTRACT: "CONTRACTOR",
    EmploymentType.TEMPORARY: "TEMPORARY",
}
US_REGIONS = frozenset([
    "AL", "AK", "AZ", "AR", "CA", "CO", "CT", "DC", "DE", "FL", "GA", "HI", "IA", "ID", "IL", "IN",
    "KS", "KY", "LA", "MA", "MD", "ME", "MI", "MN", "MO", "MS", "MT", "NC", "ND", "NE", "NH", "NJ",
    "NM", "NV", "NY", "OH", "OK", "OR", "PA", "RI", "SC", "SD", "TN", "TX", "UT", "VA", "VT", "WA",
    "WI", "WV", "WY",
])  # fmt: skip


def job_posting(
    content: dict[str, Any], *, reference: str, url: str, since: datetime, until: datetime | None
) -> dict[str, Any]:
    """`content` is a published version; without an end `validThrough` is left out, as asked."""
    said = {
        "@context": "https://schema.org/",
        "@type": "JobPosting",
        "title": content["title"],
        "description": description(content),
        "identifier": {"@type": "PropertyValue", "name": content["company"], "value": reference},
        "datePosted": since.date().isoformat(),
        "validThrough": until.isoformat() if until else None,
        "employmentType": EMPLOYMENT.get(content["employment_type"]),
        "hiringOrganization": {
            "@type": "Organization",
            "name": content["company"],
            "sameAs": settings.SITE_URL,
        },
        "url": url,
        "directApply": True,
        "baseSalary": salary(content["pay_ranges"]),
        **places(content),
    }
    return {name: value for name, value in said.items() if value}


def shortfalls(content: dict[str, Any]) -> Iterator[str]:
    """Why search engines would not show it, by the same rules."""
    if description(content) == nothing_but(content["title"]):
        yield "There is no text beside the title: search engines do not list such a role."
    if not content["locations"]:
        yield (
            "No place is given: search engines list a role with a place, or a remote one with the"
            " countries where people may live."
        )
    is_remote = content["workplace"] == Workplace.REMOTE
    for place in content["locations"]:
        if not (country(place) or (is_remote and place["text"] in countries().values())):
            yield f"No country is known of {place['text']}: search engines ask for it."


def description(content: dict[str, Any]) -> str:
    """HTML of paragraphs and lists alone, which is what is read; the text is plain and escaped."""
    parts = [f"<p>{escape(text)}</p>" for text in paragraphs(content["summary"])]
    for heading, items in sections(content):
        parts.append(f"<p>{escape(heading)}</p><ul>{''.join(map(item, items))}</ul>")
    return "".join(parts) or nothing_but(content["title"])


def nothing_but(title: str) -> str:
    return f"<p>{escape(title)}</p>"


def item(text: str) -> str:
    return f"<li>{escape(text)}</li>"


def paragraphs(text: str) -> list[str]:
    return [part.strip() for part in text.replace("\r\n", "\n").split("\n\n") if part.strip()]


def sections(content: dict[str, Any]) -> Iterator[tuple[str, list[str]]]:
    """(heading, items) of the lists that have any, in the order of a page."""
    said = headings(content.get("language", FALLBACK))
    lists = {**content, **content["qualifications"]}
    for name in ("highlights", "responsibilities", "required", "preferred", "benefits", "guidance"):
        if lists[name]:
            yield said[name], lists[name]


def salary(ranges: list[dict[str, str]]) -> dict[str, Any] | None:
    """One range, as the rules allow: the one for everywhere, or all that are paid alike at once."""
    if not ranges:
        return None
    first = next((each for each in ranges if not each["scope"]), None)
    alike = [first] if first else [each for each in ranges if paid(each) == paid(ranges[0])]
    return {
        "@type": "MonetaryAmount",
        "currency": alike[0]["currency"],
        "value": {
            "@type": "QuantitativeValue",
            "minValue": min(float(each["minimum"]) for each in alike),
            "maxValue": max(float(each["maximum"]) for each in alike),
            "unitText": alike[0]["period"].upper(),
        },
    }


def paid(pay: dict[str, str]) -> tuple[str, str]:
    return pay["currency"], pay["period"]


def places(content: dict[str, Any]) -> dict[str, Any]:
    if content["workplace"] == Workplace.REMOTE:
        return {
            "jobLocationType": "TELECOMMUTE",
            "applicantLocationRequirements": [region(place) for place in content["locations"]],
        }
    return {"jobLocation": [address(place) for place in content["locations"]]}


def region(place: dict[str, str]) -> dict[str, str]:
    """Where people may live: a country where one is known, or else the area as it was written."""
    code = country(place) or place["text"]
    name = countries().get(code, code)
    is_country = bool(country(place)) or name in countries().values()
    return {"@type": "Country" if is_country else "AdministrativeArea", "name": name}


def address(place: dict[str, str]) -> dict[str, Any]:
    parts = {
        "addressLocality": place["city"] or place["text"],
        "addressRegion": place["region"],
        "addressCountry": country(place),
    }
    known = {name: value for name, value in parts.items() if value}
    return {"@type": "Place", "address": {"@type": "PostalAddress", **known}}


def country(place: dict[str, str]) -> str:
    """As it was written; a place by an American state's letters alone is in the United States."""
    return place["country"] or ("US" if place["region"] in US_REGIONS else "")
