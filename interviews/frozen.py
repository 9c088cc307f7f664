"""Frozen records: personal texts hashed with a salt, everything under one hash. Pure.

A personal text is kept as `{"text": ..., "salt": ..., "sha256": ...}`. The record's own hash is
taken with each such node reduced to its `sha256`: erasure empties text and salt, and the record
still verifies, as "erased".
"""

import hashlib
import json
import secrets
from collections.abc import Iterator, Mapping
from typing import Any, Literal

Verdict = Literal["ok", "erased", "tampered"]
PERSONAL = {"text", "salt", "sha256"}


def personal(text: str) -> dict[str, str]:
    salt = secrets.token_hex(16)
    return {"text": text, "salt": salt, "sha256": salted(text, salt)}


def salted(text: str, salt: str) -> str:
    return hashlib.sha256(f"{salt}{text}".encode()).hexdigest()


def hash_of(content: Any) -> str:
    """SHA-256 over canonical JSON, personal texts replaced by their hashes."""
    said = json.dumps(reduced(content), sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(said.encode()).hexdigest()


def verdict(content: Any, expected: str) -> Verdict:
    """Whether a record still says what was frozen."""
    nodes = list(personal_nodes(content))
    if hash_of(content) != expected or not all(map(is_whole, nodes)):
        return "tampered"
    return "erased" if any(node["text"] is None for node in nodes) else "ok"


def is_whole(node: Mapping[str, Any]) -> bool:
    """Either the text that was hashed, or, after erasure, neither text nor salt."""
    text, salt = node["text"], node["salt"]
    if text is None or salt is None:
        return text is None and salt is None
    return bool(salted(text, salt) == node["sha256"])


def erased(content: Any) -> Any:
    """The same content without any personal text; every hash stays."""
    if is_personal(content):
        return {"text": None, "salt": None, "sha256": content["sha256"]}
    return rebuilt(content, erased)


def reduced(content: Any) -> Any:
    return content["sha256"] if is_personal(content) else rebuilt(content, reduced)


def rebuilt(content: Any, change: Any) -> Any:
    if isinstance(content, Mapping):
        return {key: change(value) for key, value in content.items()}
    if isinstance(content, list):
        return [change(item) for item in content]
    return content


def is_personal(content: Any) -> bool:
    return isinstance(content, Mapping) and set(content) == PERSONAL


def personal_nodes(content: Any) -> Iterator[Mapping[str, Any]]:
    if is_personal(content):
        yield content
    elif isinstance(content, Mapping):
        for value in content.values():
            yield from personal_nodes(value)
    elif isinstance(content, list):
        for item in content:
            yield from personal_nodes(item)
