"""The ground under the job board API: its errors, its caching, and no account, ever.

Compatible with version 1 of Greenhouse's public Job Board API, as far as it is documented at
https://developers.greenhouse.io/job-board.html.
"""

import hashlib
import hmac
from collections.abc import Callable, Mapping
from typing import Any

from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.utils.cache import get_conditional_response
from rest_framework.exceptions import APIException, ValidationError
from rest_framework.permissions import SAFE_METHODS
from rest_framework.request import Request
from rest_framework.response import Response

from ats.api.errors import field_errors, headers, sentence, translate
from ats.api.throttling import ReadThrottle
from ats.api.views import PublicView
from requisitions.queries.job_board import board_token

CORS = {"Access-Control-Allow-Origin": "*", "Access-Control-Expose-Headers": "ETag"}
PREFLIGHT = {
    "Access-Control-Allow-Methods": "GET, HEAD, OPTIONS",
    "Access-Control-Allow-Headers": "*",
    "Access-Control-Max-Age": "86400",
}


class NoSuch(APIException):
    """404 with the documented sentence: `NoSuch("Job")`."""

    status_code = 404

    def __init__(self, noun: str) -> None:
        super().__init__(f"{noun} not found", "not_found")


class BoardApi(PublicView):
    """Any page may read it (CORS); what a reader knows already is answered 304."""

    throttle_classes = [ReadThrottle]
    schema = None

    def initial(self, request: Request, *args: Any, **kwargs: Any) -> None:
        if not hmac.compare_digest(kwargs["token"].lower().encode(), board_token().encode()):
            raise NoSuch("Job board")
        super().initial(request, *args, **kwargs)

    def get_exception_handler(self) -> Callable[..., Any]:
        return refusal

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        response: Any = super().dispatch(request, *args, **kwargs)
        if request.method in ("GET", "HEAD"):
            response = conditional(request, response)
        if request.method in SAFE_METHODS:
            for name, value in CORS.items():
                response.headers[name] = value
        return response  # type: ignore[no-any-return]

    def options(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Response:
        return Response(status=204, headers=PREFLIGHT)

    def says(self, name: str, value: str = "true") -> bool:
        """Whether the query says so: `?content=true`."""
        return self.request.query_params.get(name, "").lower() == value


class Nothing(BoardApi):
    """Whatever else is asked of the board."""

    def get(self, request: Request, **kwargs: Any) -> Response:
        raise NoSuch("Page")


def conditional(request: HttpRequest, response: Response) -> HttpResponseBase:
    """304 where `If-None-Match` still holds, by weak comparison."""
    if response.status_code != 200:
        return response
    response.render()
    response.headers["ETag"] = etag = f'W/"{hashlib.sha256(response.content).hexdigest()[:32]}"'
    response.headers["Cache-Control"] = "public, max-age=0, must-revalidate"
    return get_conditional_response(request, etag=etag, response=response) or response


def refusal(exc: Exception, context: Mapping[str, Any]) -> Response | None:
    """`{status, error}`, as documented; None lets a bug go on to the 500 page."""
    known = translate(exc)
    if known is None:
        return None
    body: dict[str, Any] = {"status": known.status_code, "error": said(known)}
    if isinstance(known, ValidationError):
        body["errors"] = list(field_errors(known))
    return Response(body, known.status_code, headers=headers(known))


def said(exc: APIException) -> str:
    """A refused value is named in the one sentence that there is room for."""
    if isinstance(exc, ValidationError):
        where, detail, _ = next(field_errors(exc)).values()
        return f"Invalid attributes: {where.strip('/')}. {detail}"
    return str(exc.detail) if isinstance(exc, NoSuch) else sentence(exc)
