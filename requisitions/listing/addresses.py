"""What web and mail addresses in a listing say about the employer and the place."""

import re

from requisitions.listing.gazetteer import CITIES

_HOSTED = re.compile(
    r"(?i)https?://(?:(?:jobs|hire)\.(?:eu\.)?lever\.co|(?:job-)?boards\.(?:eu\.)?greenhouse\.io"
    r"|jobs\.ashbyhq\.com|apply\.workable\.com|careers\.smartrecruiters\.com"
    r"|jobs\.smartrecruiters\.com)/([\w-]{2,40})"
)
_HOST = re.compile(
    r"(?i)(?:https?://|@)(?:www\.|jobs\.|careers?\.|talent\.|people\.|hr\.)*([a-z0-9-]{3,40})"
    r"\.(?:wd\d+\.|jobs\.|bamboohr\.|recruitee\.|teamtailor\.|breezy\.|applytojob\.)?[a-z]{2,}"
)
_WORKDAY = re.compile(r"(?i)myworkdayjobs\.com/(?:[\w-]+/){1,3}job/([\w-]{3,60})/")
_COUNTRIES = {
    "IND": "India", "USA": "United States", "GBR": "United Kingdom", "DEU": "Germany",
    "FRA": "France", "CAN": "Canada", "AUS": "Australia", "SGP": "Singapore", "POL": "Poland",
    "IRL": "Ireland", "NLD": "Netherlands", "ESP": "Spain", "JPN": "Japan", "CHE": "Switzerland",
}  # fmt: skip
_NAME = re.compile(r"[A-Z][\w&.'’-]*(?: (?:of |the |and |& )?[A-Z][\w&.'’-]*){0,3}")
_PUBLIC = {
    "linkedin", "indeed", "gmail", "outlook", "google", "lever", "greenhouse", "glassdoor",
    "example", "forms", "docs", "bit", "tinyurl", "hotmail", "yahoo", "facebook", "twitter",
    "instagram", "youtube", "github", "usajobs", "reed", "totaljobs", "stepstone", "workable",
}  # fmt: skip


def employer_in(text: str) -> str | None:
    """A name that the text writes at least twice, and that an address of the text spells, too."""
    slugs = {_key(slug) for slug in (*_HOSTED.findall(text), *_HOST.findall(text))} - _PUBLIC
    if not slugs:
        return None
    counts: dict[str, int] = {}
    for found in _NAME.findall(text[:100_000]):
        counts[found] = counts.get(found, 0) + 1
    named = [name for name, count in counts.items() if count > 1 and _key(name) in slugs]
    return max(named, key=lambda name: counts[name], default=None)


def place_in(text: str) -> str | None:
    """The city of an address such as ".../job/IND-Hyderabad-Campus/Data-Analyst_R1"."""
    found = _WORKDAY.search(text)
    if found is None:
        return None
    parts = found[1].split("-")
    city = next((part for part in parts if part in CITIES), None)
    if city is None:
        return None
    country = next((_COUNTRIES[part] for part in parts if part in _COUNTRIES), None)
    return f"{city}, {country}" if country else city


def _key(text: str) -> str:
    return re.sub(r"[^a-z0-9]", "", text.casefold())
