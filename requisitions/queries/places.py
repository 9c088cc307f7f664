"""Where a job can be done, as postings say it."""

from collections.abc import Mapping

from requisitions.models import Office, Requisition

PLACE = ("city", "region", "country")


def locations_of(requisition: Requisition) -> list[dict[str, str]]:
    """[{text, city, region, country}]: the offices, or else the places as written."""
    offices = [place_of(office) for office in requisition.offices.order_by("name")]
    read = {place["text"]: place for place in requisition.reading.get("locations", [])}
    return offices or [place_in(text, read.get(text, {})) for text in requisition.locations]


def place_of(office: Office) -> dict[str, str]:
    parts = [office.city or office.name, office.region, office.country]
    return {
        "text": ", ".join(part for part in parts if part),
        "city": office.city,
        "region": office.region,
        "country": office.country,
    }


def place_in(text: str, read: Mapping[str, str | None]) -> dict[str, str]:
    return {"text": text, **{part: read.get(part) or "" for part in PLACE}}
