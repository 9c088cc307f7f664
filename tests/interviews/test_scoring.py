import pytest
from hypothesis import given
from hypothesis import strategies as st

from interviews.scoring import Said, combine

RUBRIC = [
    {"competency": "a", "name": "Clusters", "weight": "1.00"},
    {"competency": "b", "name": "People", "weight": "3.00"},
    {"competency": "c", "name": "Vision", "weight": "1.00"},
]


def said(recommendation="yes", **ratings):
    return Said(recommendation, ratings)


def test_the_score_is_the_mean_of_means_under_the_rubrics_weights():
    found = combine(RUBRIC, [said(a=4, b=2), said(a=5, b=3, c=1)])
    means = {line["name"]: line["mean"] for line in found["competencies"]}
    assert means == {"Clusters": 4.5, "People": 2.5, "Vision": 1.0}
    assert found["score"] == pytest.approx((4.5 + 3 * 2.5 + 1) / 5)


def test_equal_weights_are_the_plain_mean():
    rubric = [{**entry, "weight": "1.00"} for entry in RUBRIC]
    assert combine(rubric, [said(a=1, b=2, c=3)])["score"] == 2.0


def test_not_assessed_counts_for_nothing():
    found = combine(RUBRIC, [said(a=4, b=None, c=None), said(a=2, b=5, c=None)])
    numbers = {line["competency"]: line["n"] for line in found["competencies"]}
    assert numbers == {"a": 2, "b": 1, "c": 0}
    assert found["score"] == pytest.approx((3 + 3 * 5) / 4)
    assert found["missing"] == ["Vision"]


def test_disagreements_come_first_the_widest_before_all():
    found = combine(RUBRIC, [said(a=3, b=2, c=5), said(a=4, b=4, c=1)])
    assert [(line["name"], line["spread"]) for line in found["competencies"]] == [
        ("Vision", 4),
        ("People", 2),
        ("Clusters", 1),
    ]
    assert found["disagreements"] == ["Vision", "People"]


def test_without_disagreement_the_rubrics_order_stays():
    found = combine(RUBRIC, [said(a=3, b=3, c=3), said(a=4, b=3, c=4)])
    assert [line["name"] for line in found["competencies"]] == ["Clusters", "People", "Vision"]
    assert found["disagreements"] == []


def test_recommendations_are_counted_and_not_averaged():
    found = combine(RUBRIC, [said("yes"), said("strong_no"), said("yes"), said("no_decision")])
    assert found["recommendations"] == {"no_decision": 1, "strong_no": 1, "yes": 2}
    assert found["scorecards"] == 4


def test_without_any_rating_there_is_no_score():
    found = combine(RUBRIC, [said(a=None, b=None, c=None)])
    assert found["score"] is None
    assert found["missing"] == ["Clusters", "People", "Vision"]


values = st.none() | st.integers(1, 5)


@given(st.lists(st.fixed_dictionaries({"a": values, "b": values, "c": values}), max_size=8))
def test_the_order_of_scorecards_says_nothing(cards):
    forwards = [Said("yes", card) for card in cards]
    assert combine(RUBRIC, forwards) == combine(RUBRIC, forwards[::-1])


@given(st.lists(st.fixed_dictionaries({"a": values, "b": values, "c": values}), max_size=8))
def test_a_score_lies_between_the_lowest_and_the_highest_rating(cards):
    given_ = [value for card in cards for value in card.values() if value is not None]
    score = combine(RUBRIC, [Said("yes", card) for card in cards])["score"]
    assert (score is None) == (not given_)
    if score is not None:
        assert min(given_) - 0.01 <= score <= max(given_) + 0.01
