"""`Idempotency-Key`: the first answer again, byte for byte, for 24 hours."""

import hashlib
import json
import re
from collections.abc import Callable
from typing import Any

from django.db import connection, transaction
from django.http import HttpResponse
from django.http.response import HttpResponseBase
from rest_framework.request import Request

from ats.api.errors import Conflict, HeaderError, KeyReused
from ats.idempotency import IdempotencyRecord, claim, keyed_hash, try_lock

Handler = Callable[..., HttpResponseBase]

HEADER = "Idempotency-Key"
KEY = re.compile(r'^(?:"([\x21\x23-\x7e]{1,200})"|([\x21\x23-\x7e]{1,200}))$')
LOCK_SECONDS = 5
RUNNING = "The first request with this Idempotency-Key is still running. Ask again in a moment."
NOT_KEPT = (
    "This request was carried out before; its answer was not kept. To do it again, use a new key."
)


def in_one_transaction(view: Any, handler: Handler) -> Handler:
    """The handler with its effects, its event and its stored answer committed as one."""

    def carried_out(request: Request, *args: Any, **kwargs: Any) -> HttpResponseBase:
        key = key_of(request)
        print_ = fingerprint(request) if key else ""
        with transaction.atomic():
            give_up_on_locks()
            if not key:
                return perform(view, request, handler, *args, **kwargs)
            scope = scope_of(request, key, print_)
            if not try_lock(*scope):
                raise Conflict(RUNNING, "still_running")
            record, is_new = claim(scope, print_)
            if not is_new:
                return replay(record, print_)
            response = perform(view, request, handler, *args, **kwargs)
            keep(record, response, with_body=view.keeps_answers)
            return response

    return carried_out


def give_up_on_locks() -> None:
    """A request that waits longer for somebody else's row is told to come back (503)."""
    with connection.cursor() as cursor:
        cursor.execute(f"SET LOCAL lock_timeout = {LOCK_SECONDS * 1000:.0f}")


def perform(
    view: Any, request: Request, handler: Handler, *args: Any, **kwargs: Any
) -> HttpResponseBase:
    """Rendered inside the transaction, so that what cannot be represented does not happen."""
    response = view.finalize_response(request, handler(request, *args, **kwargs), *args, **kwargs)
    if callable(render := getattr(response, "render", None)):
        render()
    if response.status_code >= 400:
        transaction.set_rollback(True)
    answer: HttpResponseBase = response
    return answer


def key_of(request: Request) -> str:
    """The key of a POST, without its quotes; "" when there is none."""
    text = request.headers.get(HEADER)
    if text is None or request.method != "POST":
        return ""
    found = KEY.match(text.strip())
    if found is None:
        raise HeaderError(HEADER, "A key is 1 to 200 visible characters, bare or in quotes.")
    return found[1] or found[2]


def scope_of(request: Request, key: str, print_: str) -> tuple[str, str, str, str]:
    """Principal, method, route and hashed key. A stranger's scope holds the request itself."""
    user = request.user
    principal = f"user:{user.public_id}" if user.is_authenticated else f"anonymous:{print_}"
    route = request.resolver_match.route if request.resolver_match else request.path
    return principal, str(request.method), route[-200:], keyed_hash(key)


def fingerprint(request: Request) -> str:
    """What was asked: the address and the canonical content, files by their hashes."""
    files = [
        [name, file.name, file.content_type, hash_of(file)]
        for name, group in sorted(request.FILES.lists())
        for file in group
    ]
    fields = sorted(request.POST.lists()) if files or request.POST else request.data
    content = json.dumps([fields, files], sort_keys=True, separators=(",", ":"), default=str)
    return keyed_hash(request.get_full_path(), content)


def hash_of(file: Any) -> str:
    digest = hashlib.sha256()
    for chunk in file.chunks():
        digest.update(chunk)
    file.seek(0)
    return digest.hexdigest()


def keep(record: IdempotencyRecord, response: HttpResponseBase, *, with_body: bool) -> None:
    """Only what succeeded is kept; a refusal is rolled back, claim and all."""
    if response.status_code >= 400:
        return
    record.status = response.status_code
    if with_body and isinstance(response, HttpResponse):
        record.body = response.content
        record.headers = dict(response.headers)
    record.save(update_fields=["status", "headers", "body"])


def replay(record: IdempotencyRecord, print_: str) -> HttpResponse:
    if record.fingerprint != print_:
        raise KeyReused
    if record.body is None:
        raise Conflict(NOT_KEPT, "answer_not_kept")
    headers = record.headers | {"Idempotency-Replayed": "true"}
    return HttpResponse(bytes(record.body), status=record.status, headers=headers)
