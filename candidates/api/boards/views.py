"""`POST /v1/boards/{token}/jobs/{id}`: apply, by a server that holds the board's key."""

import hmac
from typing import Any

from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.http import QueryDict
from rest_framework.authentication import BasicAuthentication
from rest_framework.exceptions import AuthenticationFailed, ParseError
from rest_framework.permissions import SAFE_METHODS
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.throttling import BaseThrottle

from ats.api.parsers import FieldsParser, StrictJSONParser, UploadParser, check
from ats.api.throttling import APPLY_THROTTLES
from ats.errors import Invalid
from ats.events.actors import Actor
from candidates.actions.apply import PostingClosed, submit_application
from candidates.api.boards.application import application_in
from candidates.api.boards.fields import nested
from requisitions.api.boards.base import NoSuch
from requisitions.api.boards.views import Job
from requisitions.queries.job_board import job

SAVED = {"success": "Candidate saved successfully"}
NO_KEY = "This board takes no applications here: nobody has given it a key (BOARD_API_KEY)."
WRONG_KEY = "Send the board's key as the user name of HTTP Basic authentication."


class BoardKey(BasicAuthentication):
    """The key is the user name; it opens this one door and signs nobody in."""

    www_authenticate_realm = "Job board"

    def authenticate(self, request: Request) -> None:
        if request.method in SAFE_METHODS:
            return
        if not settings.BOARD_API_KEY:
            raise AuthenticationFailed(NO_KEY)
        if super().authenticate(request) is None:
            raise AuthenticationFailed(WRONG_KEY)

    def authenticate_credentials(
        self, userid: str, password: str, request: Any = None
    ) -> tuple[Any, None]:
        if not hmac.compare_digest(userid.encode(), settings.BOARD_API_KEY.encode()):
            raise AuthenticationFailed(WRONG_KEY)
        return AnonymousUser(), None


class LargeJSONParser(StrictJSONParser):
    """A resume of 10 MiB in base64, and the rest."""

    limit = 16 * 1024 * 1024


class JobAndApply(Job):
    """The answer is the same whoever applies and however often."""

    authentication_classes = [BoardKey]
    parser_classes = [LargeJSONParser, UploadParser, FieldsParser]

    def get_throttles(self) -> list[BaseThrottle]:
        is_read = self.request.method in SAFE_METHODS
        return super().get_throttles() if is_read else [each() for each in APPLY_THROTTLES]

    def post(self, request: Request, id: str, **kwargs: Any) -> Response:  # noqa: A002
        posting = job(id)
        if posting is None:
            raise NoSuch("Job")
        questions = list(posting.requisition.questions.all())
        try:
            said = application_in(fields_of(request), questions)
            submit_application(posting, **said, by=Actor.public())
        except PostingClosed:
            raise NoSuch("Job") from None
        return Response(SAVED)


def fields_of(request: Request) -> dict[str, Any]:
    if not isinstance(request.data, QueryDict):
        if not isinstance(request.data, dict):
            raise ParseError("Send an object.")
        return request.data
    try:
        said = nested(request.data.lists())
    except ValueError as problem:
        raise Invalid(str(problem), "This name fits no other field that was sent.") from None
    check(said, ())
    return said
