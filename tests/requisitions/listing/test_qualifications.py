import pytest

from requisitions.listing.qualifications import is_only_preferred, read_qualification


def tree(text: str) -> object:
    return read_qualification(text).tree.as_json()


def shape(node: object) -> object:
    if isinstance(node, dict):
        for kind in ("all", "any"):
            if kind in node:
                return {kind: [shape(part) for part in node[kind]]}
        return node["text"]
    return node


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("A AND B OR C", {"any": [{"all": ["A", "B"]}, "C"]}),
        ("A OR B AND C", {"any": ["A", {"all": ["B", "C"]}]}),
        ("(A OR B) AND C", {"all": [{"any": ["A", "B"]}, "C"]}),
        ("A; OR B; OR C.", {"any": ["A", "B", "C"]}),
        ("A (B OR C) D", "A (B OR C) D"),
        ("research and development", "research and development"),
        ("CLEAN AND SAFE DRIVER", "CLEAN AND SAFE DRIVER"),
        ("AND/OR", "AND/OR"),
        ("OR", "OR"),
        (
            "Degree in law or equivalent experience",
            {"any": ["Degree in law", "equivalent experience"]},
        ),
        (
            "Degree (or equivalent practical experience)",
            {"any": ["Degree", "equivalent practical experience"]},
        ),
    ],
)
def test_and_binds_tighter_than_or(text, expected):
    assert shape(tree(text)) == expected


def test_the_sentence_stays_as_written():
    text = "Master's degree AND 12+ years of coding OR equivalent experience."
    read = read_qualification(text)
    assert read.text == text
    assert read.as_json()["tree"] == {
        "any": [
            {
                "all": [
                    {"text": "Master's degree", "kind": "degree"},
                    {"text": "12+ years of coding", "kind": "years", "years": 12},
                ]
            },
            {"text": "equivalent experience", "kind": "other"},
        ]
    }


@pytest.mark.parametrize(
    ("text", "kind", "years"),
    [
        ("Bachelor's degree in nursing", "degree", None),
        ("BS/MS in biology", "degree", None),
        ("Excellent MS Office skills", "skill", None),
        ("3-5 years in sales", "years", 3),
        ("Two (2) years of office work", "years", 2),
        ("At least 18 years of age", "other", None),
        ("Strong SQL", "skill", None),
        ("A valid driver's licence", "other", None),
    ],
)
def test_a_leaf_knows_its_kind(text, kind, years):
    leaf = read_qualification(text).tree
    assert (leaf.kind, leaf.years) == (kind, years)


@pytest.mark.parametrize(
    ("text", "preferred"),
    [
        ("Degree in nursing (preferred)", True),
        ("French is a plus.", True),
        ("Kafka would be an advantage", True),
        ("Airflow experience (OCI preferred)", False),
        ("Tools (Python preferred)", False),
        ("Degree in nursing (required)", False),
    ],
)
def test_an_item_may_be_only_preferred(text, preferred):
    assert is_only_preferred(text) is preferred
