"""The fields of a form with brackets in their names, as nested values.

`a[b]=1` is an object, `a[]=1` a list, `a[][b]=1` a list of objects; Rack's readers agree. A form
does not say which values of `a[][b]` and `a[][c]` belong together, so that the first of each do.
"""

import re
from collections.abc import Iterable
from typing import Any

PARTS = re.compile(r"\[([^\[\]]*)\]")
DEEPEST = 8


def nested(pairs: Iterable[tuple[str, list[Any]]]) -> dict[str, Any]:
    """From each name and its values in their order. Raises `ValueError` with the name."""
    found: dict[str, Any] = {}
    for name, values in pairs:
        head, parts = split(name)
        if len(parts) > DEEPEST:
            raise ValueError(name)
        put(found, head, parts, values, name)
    return found


def split(name: str) -> tuple[str, list[str]]:
    """`("educations", ["", "start_date", "month"])`; a name without sense is its own head."""
    head, bracket, rest = name.partition("[")
    parts = PARTS.findall(bracket + rest)
    is_whole = "".join(f"[{part}]" for part in parts) == bracket + rest
    return (head, parts) if head and is_whole else (name, [])


def put(into: dict[str, Any], head: str, parts: list[str], values: list[Any], name: str) -> None:
    if not parts:
        into[head] = values[-1]
    elif parts == [""]:
        at(into, head, list, name).extend(values)
    elif parts[0] == "":
        rows = at(into, head, list, name)
        rows.extend({} for _ in range(len(values) - len(rows)))
        for row, value in zip(rows, values, strict=False):
            put(must_be(row, dict, name), parts[1], parts[2:], [value], name)
    else:
        put(at(into, head, dict, name), parts[0], parts[1:], values, name)


def at(into: dict[str, Any], head: str, kind: type, name: str) -> Any:
    return must_be(into.setdefault(head, kind()), kind, name)


def must_be(value: Any, kind: type, name: str) -> Any:
    if not isinstance(value, kind):
        raise ValueError(name)
    return value
