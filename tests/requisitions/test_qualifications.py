import re
from typing import Any
from uuid import uuid4

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ats.accounts.models import User
from requisitions.models import Qualification
from requisitions.qualifications import explain, faults, leaves, read, simple, write
from tests.factories.requisitions import CompetencyFactory
from tests.requisitions.conftest import Client

ROOT = "/api/v1/requisitions"
SEED = (
    "Bachelor's Degree in Computer Science AND 8+ years coding in C, C++ or Python"
    " OR equivalent experience."
)
leaf = st.integers(0, 99).map(lambda number: {"text": f"skill {number}"})


def branch(parts: Any) -> Any:
    return st.builds(
        lambda kind, rows: {kind: rows},
        st.sampled_from(["all", "any"]),
        st.lists(parts, min_size=1, max_size=4),
    )


trees = st.recursive(leaf, branch, max_leaves=12)


def shape(node: dict[str, Any]) -> Any:
    """The structure and the texts alone."""
    for kind in ("all", "any"):
        if kind in node:
            return {kind: [shape(part) for part in node[kind]]}
    return node["text"]


@given(trees)
def test_a_tree_that_is_written_down_is_read_back_as_it_was(tree: dict[str, Any]) -> None:
    assert shape(read(write(tree))) == shape(simple(tree))


@given(trees)
def test_what_is_simple_keeps_every_leaf_in_its_order(tree: dict[str, Any]) -> None:
    assert list(leaves(simple(tree))) == list(leaves(tree))
    assert simple(simple(tree)) == simple(tree)


class Heard:
    """Understands an explanation again: another reader than the one that wrote it."""

    def __init__(self, text: str) -> None:
        text = text[0].lower() + text[1:].removesuffix(".")
        pattern = r"\(|\)|\beither |\bboth |\ball of |, or |, and | and "
        self.tokens = [part for part in re.split(f"({pattern})", text) if part]

    def take(self, *wanted: str) -> bool:
        if self.tokens and self.tokens[0] in wanted:
            self.tokens.pop(0)
            return True
        return False

    def node(self) -> Any:
        if self.take("("):
            found = self.node()
            assert self.take(")")
            return found
        if self.take("either "):
            return {"any": self.rest(", or ")}
        if self.take("both "):
            first = self.node()
            assert self.take(" and ")
            return {"all": [first, self.node()]}
        if self.take("all of "):
            return {"all": self.rest(", and ")}
        return self.tokens.pop(0)

    def rest(self, word: str) -> list[Any]:
        parts = [self.node()]
        while self.take(word):
            parts.append(self.node())
        return parts


@given(trees)
def test_an_explanation_keeps_the_leaves_and_the_structure(tree: dict[str, Any]) -> None:
    heard = Heard(explain(tree))
    assert heard.node() == shape(simple(tree))
    assert heard.tokens == []


def test_the_words_are_those_that_a_person_would_use() -> None:
    assert explain(read(SEED)) == (
        "Either both Bachelor's Degree in Computer Science and 8+ years coding in C, C++ or Python,"
        " or equivalent experience."
    )
    assert explain({"text": "Curiosity", "kind": "other"}) == "Curiosity."
    assert (
        explain({"all": [{"text": "A"}, {"text": "B"}, {"text": "C"}]}) == "All of A, and B, and C."
    )
    assert explain({"all": []}) == "."


@pytest.mark.parametrize(
    ("tree", "path"),
    [
        ("text", ()),
        ([], ()),
        ({"all": []}, ("all",)),
        ({"any": {}}, ("any",)),
        ({"any": [{"text": "A"}, {"text": "  "}]}, ("any", 1, "text")),
        ({"any": [{"text": "A"}], "text": "B"}, ("text",)),
        ({"all": [{"text": "A"}], "any": [{"text": "B"}]}, ("any",)),
        ({}, ("text",)),
        ({"text": "A", "kind": "wish"}, ("kind",)),
        ({"text": "A", "kind": []}, ("kind",)),
        ({"text": "A", "years": -1}, ("years",)),
        ({"text": "A", "years": True}, ("years",)),
        ({"text": "A", "years": 1e9}, ("years",)),
        ({"text": "A", "fields": "physics"}, ("fields",)),
        ({"text": "A", "languages": [""]}, ("languages",)),
        ({"text": "A", "competency": 7}, ("competency",)),
        ({"text": "A", "weight": 1}, ("weight",)),
        ({"all": [{"any": [5]}]}, ("all", 0, "any", 0)),
    ],
)
def test_each_fault_is_named_where_it_is(tree: Any, path: tuple[Any, ...]) -> None:
    assert [fault.path for fault in faults(tree)] == [path]


@given(trees)
def test_a_tree_of_any_shape_is_in_order_or_too_deep(tree: dict[str, Any]) -> None:
    assert all("deeper" in fault.sentence for fault in faults(tree))


@given(
    st.recursive(
        st.none() | st.integers() | st.text(),
        lambda x: (
            st.lists(x)
            | st.dictionaries(
                st.sampled_from(["all", "any", "text", "kind", "years"]) | st.text(), x
            )
        ),
        max_leaves=20,
    )
)
def test_any_json_is_a_tree_or_has_a_fault(value: Any) -> None:
    if not faults(value):
        assert explain(value)


def test_a_tree_that_is_too_deep_or_too_large_is_refused_at_once() -> None:
    deep: Any = {"text": "A"}
    for _ in range(1000):
        deep = {"all": [deep]}
    assert "deeper" in faults(deep)[0].sentence
    wide = {"any": [{"text": "A"}] * 100_000}
    assert [fault.path for fault in faults(wide)] == [()]


@pytest.mark.django_db
def test_a_sentence_comes_back_as_a_tree_and_in_words(rita: User, as_: Client) -> None:
    entry = CompetencyFactory()
    known = {
        "text": "Python",
        "kind": "skill",
        "languages": ["Python"],
        "competency": str(entry.public_id),
    }
    rows = [
        {"is_required": True, "text": SEED},
        {"is_required": False, "text": "Python, or Go", "tree": {"any": [known, {"text": "Go"}]}},
    ]
    api = as_(rita)
    made = api.post(ROOT, {"title": "Engineer", "qualifications": rows}, format="json")
    first, second = made.data["qualifications"]
    assert first["explained"] == explain(read(SEED))
    assert [part.get("kind") for part in first["tree"]["any"]] == [None, "other"]
    assert (second["tree"]["any"][0], second["explained"]) == (known, "Either Python, or Go.")


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("tree", "pointer"),
    [
        ({"any": [{"text": "A"}, {"text": ""}]}, "/tree/any/1/text"),
        ({"any": []}, "/tree/any"),
        ("A", "/tree"),
        ({"text": "A", "competency": str(uuid4())}, "/tree"),
    ],
)
def test_a_bad_tree_is_refused_with_its_pointer(
    rita: User, as_: Client, tree: Any, pointer: str
) -> None:
    rows = [{"is_required": True, "text": "A"}, {"is_required": True, "text": "A", "tree": tree}]
    answer = as_(rita).post(ROOT, {"title": "X", "qualifications": rows}, format="json")
    assert answer.status_code == 400
    found = {error["pointer"] for error in answer.json()["errors"]}
    assert found == {f"/qualifications/1{pointer}"}
    assert not Qualification.objects.exists()
