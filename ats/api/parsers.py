"""Strict JSON: what could be read in two ways, or could not be stored, is refused in words."""

import json
import math
from collections.abc import Mapping
from io import BytesIO
from typing import Any, NoReturn

from django.conf import settings
from rest_framework.exceptions import ParseError
from rest_framework.parsers import BaseParser, FormParser, MultiPartParser

from ats.api.errors import TooLarge, pointer

DEPTH = 32
MAX_UPLOAD = 12 * 1024 * 1024


class StrictJSONParser(BaseParser):
    """No duplicate keys, no NaN, no NUL, no lone surrogates, bounded size and depth."""

    media_type = "application/json"
    limit = settings.DATA_UPLOAD_MAX_MEMORY_SIZE

    def parse(
        self,
        stream: Any,
        media_type: str | None = None,
        parser_context: Mapping[str, Any] | None = None,
    ) -> Any:
        raw = stream.read(self.limit + 1)
        if len(raw) > self.limit:
            raise TooLarge
        try:
            text = raw.decode("utf-8")
            value = json.loads(
                text,
                object_pairs_hook=without_duplicates,
                parse_constant=refuse_constant,
                parse_float=finite,
            )
        except RecursionError:
            raise ParseError(f"The JSON is nested deeper than {DEPTH} levels.") from None
        except ValueError as problem:
            raise ParseError(f"The body is not JSON: {problem}.") from None
        check(value, ())
        return value


class UploadParser(MultiPartParser):
    """`multipart/form-data` of at most 12 MiB: a document and the fields around it."""

    def parse(
        self,
        stream: Any,
        media_type: str | None = None,
        parser_context: Mapping[str, Any] | None = None,
    ) -> Any:
        context = parser_context or {}
        length = context["request"].META.get("CONTENT_LENGTH") or "0"
        if not length.isdigit() or int(length) > MAX_UPLOAD:
            raise TooLarge
        return super().parse(stream, media_type, context)


class FieldsParser(FormParser):
    """A form without files, of at most 2 MiB."""

    def parse(
        self,
        stream: Any,
        media_type: str | None = None,
        parser_context: Mapping[str, Any] | None = None,
    ) -> Any:
        limit = settings.DATA_UPLOAD_MAX_MEMORY_SIZE
        raw = stream.read(limit + 1)
        if len(raw) > limit:
            raise TooLarge
        return super().parse(BytesIO(raw), media_type, parser_context)


def without_duplicates(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for key, value in pairs:
        if key in found:
            raise ParseError(f"The key {key!r} appears twice in one object.")
        found[key] = value
    return found


def refuse_constant(name: str) -> NoReturn:
    raise ParseError(f"{name} is not JSON.")


def finite(text: str) -> float:
    number = float(text)
    if not math.isfinite(number):
        raise ParseError(f"The number {text[:20]} is too large.")
    return number


def check(value: Any, path: tuple[str | int, ...]) -> None:
    """Raises `ParseError` with a pointer for text that cannot be stored, and for great depth."""
    if len(path) > DEPTH:
        raise ParseError(f"The JSON is nested deeper than {DEPTH} levels.")
    if isinstance(value, str):
        check_text(value, path)
    elif isinstance(value, dict):
        for key, item in value.items():
            check_text(key, path)
            check(item, (*path, key))
    elif isinstance(value, list):
        for index, item in enumerate(value):
            check(item, (*path, index))


def check_text(text: str, path: tuple[str | int, ...]) -> None:
    if "\x00" in text:
        raise ParseError(f"The text at {pointer(path)!r} holds a NUL character.")
    try:
        text.encode()
    except UnicodeEncodeError:
        raise ParseError(f"The text at {pointer(path)!r} holds half a character.") from None
