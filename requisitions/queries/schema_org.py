"""A published posting as schema.org `JobPosting`, by the rules that Google documents for it.

https://developers.google.com/search/docs/appearance/structured-data/job-posting
"""

from collections.abc import Iterable
from datetime import datetime
from html import escape
from typing import Any

from django.conf import settings

from requisitions.enums import EmploymentType, Workplace

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


def description(content: dict[str, Any]) -> str:
    """HTML, as the rules ask; the text itself is plain and is escaped."""
    parts = [f"<p>{escape(text)}</p>" for text in paragraphs(content["summary"])]
    for heading, items in sections(content):
        parts.append(
            f"<h3>{heading}</h3><ul>{''.join(f'<li>{escape(x)}</li>' for x in items)}</ul>"
        )
    return "".join(parts) or f"<p>{escape(content['title'])}</p>"


def paragraphs(text: str) -> list[str]:
    return [part.strip() for part in text.split("\n\n") if part.strip()]


def sections(content: dict[str, Any]) -> Iterable[tuple[str, list[str]]]:
    found = (
        ("Highlights", content["highlights"]),
        ("Responsibilities", content["responsibilities"]),
        ("Required qualifications", content["qualifications"]["required"]),
        ("Preferred qualifications", content["qualifications"]["preferred"]),
        ("Benefits", content["benefits"]),
    )
    return ((heading, items) for heading, items in found if items)


def salary(ranges: list[dict[str, str]]) -> dict[str, Any] | None:
    """One range, as the rules allow: the one without a scope, or else the first."""
    if not ranges:
        return None
    pay = next((each for each in ranges if not each["scope"]), ranges[0])
    return {
        "@type": "MonetaryAmount",
        "currency": pay["currency"],
        "value": {
            "@type": "QuantitativeValue",
            "minValue": float(pay["minimum"]),
            "maxValue": float(pay["maximum"]),
            "unitText": pay["period"].upper(),
        },
    }


def places(content: dict[str, Any]) -> dict[str, Any]:
    if content["workplace"] == Workplace.REMOTE:
        return {
            "jobLocationType": "TELECOMMUTE",
            "applicantLocationRequirements": [region(place) for place in content["locations"]],
        }
    return {"jobLocation": [address(place) for place in content["locations"]]}


def region(place: dict[str, str]) -> dict[str, str]:
    return {"@type": "Country", "name": country(place) or place["text"]}


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
