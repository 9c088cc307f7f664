"""Qualifications as trees of AND and OR: read from a sentence, checked, and said in plain words.

A tree is `{"all": [...]}`, `{"any": [...]}` or a leaf: `text`, and where they are known `kind`
(degree, years, skill, other), `years`, `fields`, `languages` and the `competency` it shows.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from requisitions.listing.qualifications import read_qualification

Tree = dict[str, Any]
KINDS = ("degree", "years", "skill", "other")
DEEP, MANY, LONG, MOST_YEARS, LIST = 10, 200, 5000, 80, 50
SHAPE = 'Write {"all": [...]}, {"any": [...]} or a leaf with a "text".'


@dataclass(frozen=True)
class Fault:
    """What is wrong, and where: the keys and places from the root of the tree."""

    path: tuple[str | int, ...]
    sentence: str


def read(sentence: str) -> Tree:
    """As the listing reader understands it: capital AND and OR, and "or equivalent experience"."""
    tree: Tree = read_qualification(sentence).tree.as_json()
    return tree


def parts_of(node: Tree) -> list[Tree]:
    """The parts of a branch; none for a leaf."""
    parts: list[Tree] = node.get("all") or node.get("any") or []
    return parts


def leaves(tree: Tree) -> Iterator[Tree]:
    parts = parts_of(tree)
    if not parts:
        yield tree
    for part in parts:
        yield from leaves(part)


def faults(tree: Any) -> list[Fault]:
    """Everything that is wrong with it; for a tree that is too large, only that."""
    found = []
    for count, fault in enumerate(_faults(tree, (), 1)):
        if count >= MANY:
            return [Fault((), f"Too large: at most {MANY} statements, {DEEP} levels deep.")]
        if fault:
            found.append(fault)
    return found


def _faults(node: Any, path: tuple[str | int, ...], depth: int) -> Iterator[Fault | None]:
    """One or more for each node, None where it is fine, so that nodes are counted."""
    if not isinstance(node, dict):
        yield Fault(path, SHAPE)
    elif depth > DEEP:
        yield Fault(path, f"Nested deeper than {DEEP} levels: write several qualifications.")
    elif "all" in node or "any" in node:
        yield from _branch_faults(node, path, depth)
    else:
        yield from _leaf_faults(node, path)


def _branch_faults(node: Tree, path: tuple[str | int, ...], depth: int) -> Iterator[Fault | None]:
    kind = "all" if "all" in node else "any"
    for name in set(node) - {kind}:
        yield Fault((*path, name), f"A branch says {kind!r} and nothing else.")
    parts = node[kind]
    if not isinstance(parts, list) or not parts:
        yield Fault((*path, kind), "A branch is a list of at least one part.")
        return
    yield None
    for place, part in enumerate(parts):
        yield from _faults(part, (*path, kind, place), depth + 1)


def _leaf_faults(leaf: Tree, path: tuple[str | int, ...]) -> Iterator[Fault | None]:
    yield None
    text, years = leaf.get("text"), leaf.get("years")
    if not isinstance(text, str) or not text.strip() or len(text) > LONG:
        yield Fault((*path, "text"), f"A statement has a text of at most {LONG} characters.")
    if leaf.get("kind", "other") not in KINDS:
        yield Fault((*path, "kind"), f"Choose one of {', '.join(KINDS)}.")
    is_number = isinstance(years, int) and not isinstance(years, bool)
    if years is not None and not (is_number and 0 <= years <= MOST_YEARS):
        yield Fault((*path, "years"), f"Years are a whole number from 0 to {MOST_YEARS}.")
    for name in {"fields", "languages"} & set(leaf):
        if not _is_list_of_texts(leaf[name]):
            yield Fault((*path, name), f"A list of at most {LIST} short texts.")
    if "competency" in leaf and competency_of(leaf) is None:
        yield Fault((*path, "competency"), "This is not an id.")
    for name in set(leaf) - {"text", "kind", "years", "fields", "languages", "competency"}:
        yield Fault((*path, str(name)), "There is no such field. " + SHAPE)


def _is_list_of_texts(value: Any) -> bool:
    return (
        isinstance(value, list)
        and len(value) <= LIST
        and all(isinstance(each, str) and 0 < len(each.strip()) <= 200 for each in value)
    )


def competency_of(leaf: Tree) -> UUID | None:
    """The library entry that a leaf shows; None without one, or where it is no id."""
    try:
        return UUID(leaf.get("competency", ""))
    except (ValueError, AttributeError, TypeError):
        return None


def write(tree: Tree) -> str:
    """As a sentence that `read` understands to be the same tree."""
    return _write(simple(tree), "")


def _write(node: Tree, inside: str) -> str:
    parts = parts_of(node)
    if not parts:
        return str(node.get("text", ""))
    word = "AND" if "all" in node else "OR"
    said = f" {word} ".join(_write(part, word) for part in parts)
    return f"({said})" if inside == "AND" else said


def simple(node: Tree) -> Tree:
    """The same meaning without branches of one part, and without an all in an all."""
    parts = [simple(part) for part in parts_of(node)]
    if not parts:
        return node
    if len(parts) == 1:
        return parts[0]
    kind = "all" if "all" in node else "any"
    flat: list[Tree] = []
    for part in parts:
        flat += part.get(kind, [part])
    return {kind: flat}


def explain(tree: Tree) -> str:
    """In plain words: "Either both A and B, or C." What nests deeper stands in brackets."""
    words = _explain(simple(tree), 0).strip()
    return words[:1].upper() + words[1:] + ("" if words.endswith((".", "!", "?")) else ".")


def _explain(node: Tree, depth: int) -> str:
    parts = [_explain(part, depth + 1) for part in parts_of(node)]
    if not parts:
        return str(node.get("text", "")).strip()
    if "any" in node:
        said = "either " + ", or ".join(parts)
    elif len(parts) == 2:
        said = f"both {' and '.join(parts)}"
    else:
        said = "all of " + ", and ".join(parts)
    return f"({said})" if depth > 1 else said
