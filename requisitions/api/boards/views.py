"""`/v1/boards/{token}/`: the reads of the job board API."""

from typing import Any

from django.conf import settings
from rest_framework.request import Request
from rest_framework.response import Response

from requisitions.api.boards.base import BoardApi, NoSuch
from requisitions.api.boards.questions import form
from requisitions.api.boards.words import (
    Company,
    Row,
    Rows,
    department_rows,
    found,
    job_row,
    office_rows,
    whole_job,
)
from requisitions.models import Question
from requisitions.queries.job_board import (
    departments,
    education,
    job,
    jobs,
    number_of,
    offices,
)

PER_PAGE = 100
# Whoever holds the board's key speaks for the site that asks the applicant.
CONSENT = [
    {
        "type": "gdpr",
        "requires_consent": False,
        "requires_processing_consent": False,
        "requires_retention_consent": False,
        "retention_period": None,
    }
]


class Board(BoardApi):
    def get(self, request: Request, **kwargs: Any) -> Response:
        return Response({"name": settings.COMPANY_NAME, "content": ""})


class Jobs(BoardApi):
    """All of them, whatever their number: readers of this API know no pages."""

    def get(self, request: Request, **kwargs: Any) -> Response:
        with_pay, rows = self.says("pay_transparency"), list(jobs(is_whole=self.says("content")))
        if self.says("content"):
            company = Company.of(departments(), offices())
            said = [whole_job(each, company, with_pay=with_pay) for each in rows]
        else:
            said = [job_row(each, with_pay=with_pay) for each in rows]
        return Response({"jobs": said, "meta": {"total": len(said)}})


class Job(BoardApi):
    def get(self, request: Request, id: str, **kwargs: Any) -> Response:  # noqa: A002 - in the address
        row = job(id)
        if row is None:
            raise NoSuch("Job")
        company = Company.of(departments(), offices())
        said = whole_job(row, company, with_pay=self.says("pay_transparency"))
        said["data_compliance"] = CONSENT
        if self.says("questions"):
            asked = Question.objects.asked().filter(requisition=row.requisition_id)
            said |= form(list(asked))
        return Response(said)


class Places(BoardApi):
    """Departments or offices, as a list or a tree, or one of them by its number."""

    noun = ""

    def rows(self) -> Rows:
        raise NotImplementedError

    def get(self, request: Request, id: str = "", **kwargs: Any) -> Response:  # noqa: A002
        rows = self.rows()
        if not id:
            return Response({f"{self.noun.lower()}s": rows})
        row: Row | None = found(rows, number_of(id))
        if row is None:
            raise NoSuch(self.noun)
        return Response(row)

    @property
    def as_tree(self) -> bool:
        return self.says("render_as", "tree")


class Departments(Places):
    noun = "Department"

    def rows(self) -> Rows:
        return department_rows(departments(), jobs(is_whole=False), as_tree=self.as_tree)


class Offices(Places):
    noun = "Office"

    def rows(self) -> Rows:
        here = offices(), departments(), jobs(is_whole=False)
        return office_rows(*here, as_tree=self.as_tree)


class Sections(BoardApi):
    """Sections hold posts that belong to no requisition, and every posting here belongs to one."""

    def get(self, request: Request, id: str = "", **kwargs: Any) -> Response:  # noqa: A002
        if id:
            raise NoSuch("Section")
        return Response({"sections": []})


class ProspectPosts(BoardApi):
    def get(self, request: Request, id: str = "", **kwargs: Any) -> Response:  # noqa: A002
        if id:
            raise NoSuch("Prospect post")
        return Response({"prospect_posts": [], "meta": {"total": 0}})


class Education(BoardApi):
    """`term` narrows by words, `page` counts from 1."""

    def get(self, request: Request, kind: str, **kwargs: Any) -> Response:
        rows = education().get(kind)
        if rows is None:
            raise NoSuch("Page")
        term = request.query_params.get("term", "").strip().casefold()
        wanted = [(number, text) for number, text in rows.items() if term in text.casefold()]
        start = (max(number_of(request.query_params.get("page", "")) or 1, 1) - 1) * PER_PAGE
        items = [{"id": number, "text": text} for number, text in wanted[start : start + PER_PAGE]]
        meta = {"total_count": len(wanted), "per_page": PER_PAGE}
        return Response({"items": items, "meta": meta})
