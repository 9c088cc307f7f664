"""How long people are kept: pure, from rules and places."""

from datetime import UTC, datetime

import pytest

from candidates.retention import Rule, later, terms

AT = datetime(2026, 1, 31, 12, tzinfo=UTC)
USUAL = Rule("Usual", "ours", ceiling="P2Y", with_consent="P2Y")
GERMANY = Rule("Germany", "AGG", "DE", ceiling="P6M", with_consent="P1Y", does="erase")
STATES = Rule("United States", "EEOC", "US", floor="P1Y")
CALIFORNIA = Rule("California", "FEHA", "US", "CA", floor="P4Y")
UNION = Rule("EU", "GDPR", "EU", ceiling="P1Y")


@pytest.mark.parametrize(
    ("period", "day"),
    [
        ("P1M", "2026-02-28"),
        ("P6M", "2026-07-31"),
        ("P11M", "2026-12-31"),
        ("P1Y", "2027-01-31"),
        ("P4W", "2026-02-28"),
        ("P10D", "2026-02-10"),
        ("P9999Y", "9999-12-31"),
    ],
)
def test_a_period_ends_on_the_same_day_or_the_last(period, day):
    assert later(AT, period).date().isoformat() == day


@pytest.mark.parametrize("wrong", ["", "6M", "P0D", "P1.5Y", "P1Y6M", "PT5M"])
def test_what_is_no_period_is_refused(wrong):
    with pytest.raises(ValueError, match="no period"):
        later(AT, wrong)


def test_the_longest_floor_and_the_shortest_ceiling_hold():
    rules = [USUAL, GERMANY, STATES, CALIFORNIA, UNION]
    found = terms([("US", "CA"), ("DE", "")], rules, ["DE", "FR"])
    assert (found.floor, found.floor_by) == ("P4Y", "California, FEHA")
    assert (found.ceiling, found.ceiling_by, found.does) == ("P6M", "Germany, AGG", "erase")
    assert found.with_consent == "P1Y"


def test_where_no_law_speaks_the_company_does():
    assert terms([("US", "WA")], [USUAL, STATES]).ceiling == "P2Y"
    assert terms([("BR", "")], [USUAL, STATES]).floor == ""
    assert terms([], []).ceiling == ""


def test_a_rule_for_the_union_covers_its_members():
    assert terms([("FR", "")], [USUAL, UNION], ["FR"]).ceiling == "P1Y"
    assert terms([("CH", "")], [USUAL, UNION], ["FR"]).ceiling == "P2Y"
