"""Whatever happens under `/api/`, the answer is problem details, uncached and traceable.

Where readers made for another API come by (`BOARDS`), what no view of ours answered is JSON too.
"""

import logging
import re
import uuid
from collections.abc import Callable
from typing import Any

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.http.response import HttpResponseBase

from ats.api.errors import CONTENT_TYPE, SENTENCES, problem

log = logging.getLogger(__name__)

GetResponse = Callable[[HttpRequest], HttpResponseBase]

PREFIX = "/api/"
BOARDS = "/v1/boards/"
WELL_FORMED_ID = re.compile(r"^[A-Za-z0-9._-]{8,100}$")
KEPT_HEADERS = ("Allow", "Retry-After", "WWW-Authenticate")
JSON_TYPES = (CONTENT_TYPE, "application/json")
CSRF_SENTENCE = "The CSRF token is missing or does not fit. Reload, or use an API token."


def problems(get_response: GetResponse) -> GetResponse:
    """Function middleware. Other addresses pass through untouched."""

    def middleware(request: HttpRequest) -> HttpResponseBase:
        if request.path_info.startswith(BOARDS):
            return as_boards_say(request, get_response(request))
        if not request.path_info.startswith(PREFIX):
            return get_response(request)
        response = refuse_bytes(request) or get_response(request)
        if response.status_code >= 400 and not speaks_json(response):
            response = in_problem_details(request, response)
        response.headers.setdefault("Cache-Control", "no-store")
        return traceable(request, response)

    return middleware


def traceable(request: HttpRequest, response: HttpResponseBase) -> HttpResponseBase:
    response.headers["X-Request-Id"] = name = request_id(request)
    if response.status_code == 500:
        log.error("request %s failed: %s %s", name, request.method, request.path)
    return response


def as_boards_say(request: HttpRequest, response: HttpResponseBase) -> HttpResponseBase:
    """Django's own page as `{status, error}`."""
    status = response.status_code
    if status >= 400 and not speaks_json(response):
        said = {"status": status, "error": SENTENCES.get(status, SENTENCES[400])}
        response = JsonResponse(said, status=status)
    return traceable(request, response) if status == 500 else response


def refuse_bytes(request: HttpRequest) -> HttpResponse | None:
    """PostgreSQL stores no NUL, so no address and no query with one can be meant."""
    if "\x00" in request.path_info:
        return answer(404, SENTENCES[404], "/api/")
    if "%00" in request.META.get("QUERY_STRING", "") or "\x00" in request.META.get(
        "QUERY_STRING", ""
    ):
        return answer(400, "The query holds a NUL character.", request.path)
    return None


def speaks_json(response: HttpResponseBase) -> bool:
    return str(response.headers.get("Content-Type", "")).partition(";")[0] in JSON_TYPES


def in_problem_details(request: HttpRequest, response: HttpResponseBase) -> HttpResponse:
    """Django's own page (400, 403, 404, 405, 500) as problem details."""
    status = response.status_code
    sentence = CSRF_SENTENCE if status == 403 else SENTENCES.get(status, SENTENCES[400])
    kept: dict[str, Any] = {
        name: response.headers[name] for name in KEPT_HEADERS if name in response.headers
    }
    return answer(status, sentence, request.path, kept)


def answer(
    status: int, sentence: str, instance: str, headers: dict[str, Any] | None = None
) -> HttpResponse:
    body = problem(status, sentence, instance, CODES.get(status, ""))
    return JsonResponse(body, status=status, headers=headers, content_type=CONTENT_TYPE)


# As DRF calls them, so that a 404 reads the same whoever found nothing.
CODES = {
    400: "parse_error",
    403: "permission_denied",
    404: "not_found",
    405: "method_not_allowed",
    413: "too_large",
    500: "error",
}


def request_id(request: HttpRequest) -> str:
    """The caller's own id when it is well formed, else a new one."""
    given = request.headers.get("X-Request-Id", "")
    return given if WELL_FORMED_ID.match(given) else uuid.uuid4().hex
