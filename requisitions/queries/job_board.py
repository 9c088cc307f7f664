"""What the job board API tells of: published external postings, departments and offices."""

import json
import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db.models import F, OuterRef, QuerySet, Subquery
from django.db.models.functions import JSONObject
from django.utils.text import slugify

from ats import clock
from requisitions.models import Department, JobPosting, Office, PostingVersion
from requisitions.queries.board import open_now, with_version

EDUCATION = Path(__file__).parent.parent / "data" / "education.json"
SLIM = ("title", "company", "locations", "workplace", "pay_ranges", "board")
NUMBER = re.compile(r"[0-9]{1,18}")


@dataclass(frozen=True)
class Place:
    """A department or an office, by its number on the board."""

    number: int
    name: str
    parent: int | None = None
    location: str | None = None


def board_token() -> str:
    """The company's name in the board's addresses, unless `BOARD_TOKEN` says otherwise."""
    return settings.BOARD_TOKEN or slugify(settings.COMPANY_NAME).replace("-", "") or "careers"


def jobs(*, is_whole: bool) -> QuerySet[JobPosting]:
    """The newest first: `card` as published (few facts unless whole), `requisition_number`,
    `requisition_board_number`, when it was `first_published` and when `updated_at`."""
    slim = JSONObject(**{name: f"content__{name}" for name in SLIM})
    first = PostingVersion.objects.filter(posting=OuterRef("pk"), number=1)
    rows = with_version(open_now(clock.now()), F("content") if is_whole else slim)
    return rows.annotate(
        requisition_number=F("requisition__number"),
        requisition_board_number=F("requisition__board_number"),
        first_published=Subquery(first.values("published_at")),
    ).order_by("-published_at", "-pk")


def job(number: str) -> JobPosting | None:
    found = number_of(number)
    return jobs(is_whole=True).filter(board_number=found).first() if found else None


def number_of(text: str) -> int | None:
    return int(text) if NUMBER.fullmatch(text) else None


def departments() -> list[Place]:
    rows = Department.objects.order_by("name", "pk")
    return [Place(*row) for row in rows.values_list("board_number", "name", "parent__board_number")]


def offices() -> list[Place]:
    return [
        Place(office.board_number, office.name, location=location_of(office))
        for office in Office.objects.order_by("name")
    ]


def location_of(office: Office) -> str | None:
    parts = (office.city, office.region, office.country)
    return ", ".join(part for part in parts if part) or None


def of_department(job: Any, known: Iterable[int]) -> int:
    """Its number; 0 where it has none, or one that is no more."""
    number = job.card["board"]["department"]
    return number if number in known else 0


def of_offices(job: Any, known: Iterable[int]) -> list[int]:
    return [number for number in job.card["board"]["offices"] if number in known] or [0]


@cache
def education() -> dict[str, dict[int, str]]:
    """`degrees`, `disciplines` and `schools`, each by number. "Other" stands for all the rest."""
    said = json.loads(EDUCATION.read_text())
    return {name: dict(rows) for name, rows in said.items()}
