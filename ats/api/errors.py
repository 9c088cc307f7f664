"""Every refusal as `application/problem+json` (RFC 9457)."""

import logging
from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from typing import Any

from django.apps import apps
from django.core.exceptions import PermissionDenied, RequestDataTooBig, SuspiciousOperation
from django.db import DatabaseError, DataError, IntegrityError, OperationalError
from django.http import Http404, HttpRequest
from rest_framework import exceptions
from rest_framework.response import Response

from ats.errors import Blocked, DomainError, Invalid, TransitionNotAllowed
from ats.links import LinkBroken, LinkExpired

log = logging.getLogger(__name__)

CONTENT_TYPE = "application/problem+json"
TYPE = "urn:problem-type:evenhand:"
RAISED_BY_TRIGGER = "P0001"
BUSY = {"40001", "40P01", "55P03", "57014"}
BUSY_SECONDS = 1
DOWN_SECONDS = 5

TITLES = {
    400: "The request cannot be understood",
    401: "Who is asking?",
    403: "Not permitted",
    404: "Not found",
    405: "Method not allowed",
    406: "Not acceptable",
    409: "Not possible now",
    410: "No longer available",
    412: "Changed since you read it",
    413: "Too large",
    415: "Unsupported media type",
    422: "This key belongs to another request",
    429: "Too many requests",
    500: "Something went wrong here",
    503: "Busy",
}
SENTENCES = {
    400: "The request is malformed. Nothing was changed.",
    403: "You may not do this. Nothing was changed.",
    404: "Nothing is here, or nothing that you may see.",
    405: "This address does not answer that method.",
    413: "The request is larger than this address accepts. Nothing was changed.",
    500: "The failure was logged under the X-Request-Id of this answer. Nothing was changed.",
    503: "Too much is going on at once. Nothing was changed; send the request again.",
}


class QueryError(exceptions.ValidationError):
    """A query parameter that cannot be meant: `QueryError("sort", "Sort by one of ...")`."""

    place = "parameter"

    def __init__(self, parameter: str, sentence: str, code: str = "invalid") -> None:
        super().__init__({parameter: [sentence]}, code)


class HeaderError(QueryError):
    place = "header"


class PreconditionFailed(exceptions.APIException):
    status_code = 412
    default_detail = (
        "Somebody changed this since you read it. Nothing was done: read it again and decide."
    )
    default_code = "stale"


class KeyReused(exceptions.APIException):
    status_code = 422
    default_detail = (
        "This Idempotency-Key was used for a different request. Nothing was done: use a new key."
    )
    default_code = "key_reused"


class Conflict(exceptions.APIException):
    status_code = 409
    default_detail = "This is not possible now. Nothing was changed."
    default_code = "conflict"


class Unavailable(exceptions.APIException):
    status_code = 503
    default_detail = SENTENCES[503]
    default_code = "busy"

    def __init__(self, sentence: str | None = None, wait: int = BUSY_SECONDS) -> None:
        super().__init__(sentence)
        self.wait = wait


def problem_response(exc: Exception, context: Mapping[str, Any]) -> Response | None:
    """The exception handler of every API view; None lets a bug go on to the 500 page."""
    request: HttpRequest = context["request"]
    known = translate(exc)
    if known is None:
        return None
    body = problem(known.status_code, sentence(known), request.path, code_of(known))
    body |= extras(exc, known)
    return Response(body, known.status_code, headers=headers(known), content_type=CONTENT_TYPE)


def problem(status: int, detail: str, instance: str, code: str = "") -> dict[str, Any]:
    """The members that every problem has. Without a code, the status says it all."""
    return {
        "type": TYPE + code if code else "about:blank",
        "title": TITLES.get(status, "Refused"),
        "status": status,
        "detail": detail,
        "instance": instance,
    }


def translate(exc: Exception) -> exceptions.APIException | None:
    """What any exception means to a client; None for a bug."""
    match exc:
        case exceptions.APIException():
            return exc
        case Http404():
            return exceptions.NotFound()
        case PermissionDenied():
            return exceptions.PermissionDenied(SENTENCES[403])
        case Invalid():
            return exceptions.ValidationError(nested(exc.field, exc.sentence), exc.code)
        case LinkExpired():
            return with_status(410, exc)
        case LinkBroken():
            return with_status(404, exc)
        case DomainError():
            return Conflict(exc.sentence, exc.code)
        case RequestDataTooBig():
            return TooLarge()
        case SuspiciousOperation():
            return exceptions.ParseError(SENTENCES[400])
        case DatabaseError():
            return translate_database_error(exc)
    return None


class TooLarge(exceptions.APIException):
    status_code = 413
    default_detail = SENTENCES[413]
    default_code = "too_large"


def with_status(status: int, exc: DomainError) -> exceptions.APIException:
    answer = exceptions.APIException(exc.sentence, exc.code)
    answer.status_code = status
    return answer


def translate_database_error(exc: DatabaseError) -> exceptions.APIException | None:
    cause = exc.__cause__
    state = getattr(cause, "sqlstate", None)
    if state in BUSY:
        log.warning("the database gave up on a request: %s", state)
        return Unavailable()
    if isinstance(exc, OperationalError):
        log.error("the database does not answer: %s", cause)
        return Unavailable("The database does not answer just now. Try again soon.", DOWN_SECONDS)
    if isinstance(exc, DataError):
        return exceptions.ParseError("A value is outside of what can be stored. Nothing was kept.")
    name = getattr(getattr(cause, "diag", None), "constraint_name", None)
    if isinstance(exc, IntegrityError) and name in sentence_constraints():
        return Conflict(f"{in_words(name)}. Nothing was changed.", "conflict")
    if state == RAISED_BY_TRIGGER:
        log.warning("a trigger refused: %s", cause)
        return Conflict("The present state does not allow this. Nothing was changed.")
    return None


@cache
def sentence_constraints() -> frozenset[str]:
    return frozenset(
        constraint.name for model in apps.get_models() for constraint in model._meta.constraints
    )


def in_words(name: str) -> str:
    """`one_order_per_number` -> "One order per number"."""
    return name.replace("_", " ").capitalize()


def sentence(exc: exceptions.APIException) -> str:
    if isinstance(exc, exceptions.NotFound):
        return SENTENCES[404]
    if isinstance(exc, exceptions.ValidationError):
        return "Some values cannot be accepted; `errors` says which. Nothing was changed."
    return str(exc.detail)


def code_of(exc: exceptions.APIException) -> str:
    if isinstance(exc, exceptions.ValidationError):
        return "validation"
    codes = exc.get_codes()
    return codes if isinstance(codes, str) else ""


def extras(exc: Exception, known: exceptions.APIException) -> dict[str, Any]:
    """What the problem adds: field errors, the verbs that are possible, what stands in the way."""
    match exc:
        case TransitionNotAllowed():
            return {"possible": exc.possible}
        case Blocked():
            return {"blockers": exc.blockers}
    if isinstance(known, exceptions.ValidationError):
        return {"errors": list(field_errors(known))}
    return {}


def field_errors(exc: exceptions.ValidationError) -> Iterator[dict[str, str]]:
    place = getattr(exc, "place", "pointer")
    for path, error in walk(exc.detail, ()):
        where = pointer(path) if place == "pointer" else str(path[0])
        yield {place: where, "detail": str(error), "code": getattr(error, "code", "invalid")}


def walk(detail: Any, path: tuple[str | int, ...]) -> Iterator[tuple[tuple[str | int, ...], Any]]:
    """Each message with its path. Lists of messages sit at a field, lists of dicts at its rows."""
    if isinstance(detail, Mapping):
        for key, value in detail.items():
            yield from walk(value, path if key == "non_field_errors" else (*path, key))
    elif isinstance(detail, Sequence) and not isinstance(detail, str):
        for index, value in enumerate(detail):
            nested = isinstance(value, Mapping | list)
            yield from walk(value, (*path, index) if nested else path)
    else:
        yield path, detail


def nested(field: str, sentence: str) -> Any:
    """`"lines/0/price"` as the detail that a nested serializer would give."""
    detail: Any = [sentence]
    for part in reversed(field.split("/")):
        detail = {part: detail}
    return detail


def pointer(path: Sequence[str | int]) -> str:
    """A JSON pointer (RFC 6901); "" is the whole body."""
    return "".join("/" + str(part).replace("~", "~0").replace("/", "~1") for part in path)


def headers(exc: exceptions.APIException) -> dict[str, str]:
    found = {}
    if challenge := getattr(exc, "auth_header", None):
        found["WWW-Authenticate"] = challenge
    if wait := getattr(exc, "wait", None):
        found["Retry-After"] = str(int(wait))
    return found
