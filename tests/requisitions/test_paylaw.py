"""Places, laws and figures, without a database."""

import json
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from requisitions.paylaw import (
    CURRENCIES,
    Job,
    Range,
    Rule,
    check,
    disagreements,
    located,
    place,
    places,
)
from requisitions.paylaw.geography import COUNTRIES, EU, REGIONS

TODAY = date(2026, 11, 22)
DATA = json.loads(Path("requisitions/data/pay_rules.json").read_text())["rules"]
OF_A_ROW = {"citation", "source_url", "note"}


def rule(row: dict[str, Any]) -> Rule:
    said = {name: value for name, value in row.items() if name not in OF_A_ROW}
    for name in ("effective_on", "ends_on"):
        if name in said:
            said[name] = date.fromisoformat(said[name])
    for name in ("widest", "exempt_above"):
        if name in said:
            said[name] = Decimal(said[name])
    return Rule(**{**said, "asks": tuple(row["asks"]), "blocks": tuple(row["blocks"])})


RULES = [rule(row) for row in DATA]


def pay(scope: str = "", low: int = 90_000, high: int = 120_000, **more: Any) -> Range:
    said = {"currency": "USD", "period": "year", "scope": scope, **more}
    return Range(Decimal(low), Decimal(high), **said)


def blockers(*where: str, ranges: Any = (), on: date = TODAY, people: int | None = None, **more):
    job = Job([place(text) for text in where], ranges, **more)
    return [
        said for each in check(job, RULES, employees=people, today=on) for said in each.blockers
    ]


@pytest.mark.parametrize(
    ("text", "country", "region", "city"),
    [
        ("Denver, CO", "US", "CO", "denver"),
        ("Denver, Colorado, USA 80202", "US", "CO", "denver"),
        ("New York", "US", "NY", "new york"),
        ("Brooklyn, NY", "US", "NY", "new york"),
        ("NYC", "US", "NY", "new york"),
        ("Washington, D.C.", "US", "DC", "washington"),
        ("Redmond, WA", "US", "WA", "redmond"),
        ("California", "US", "CA", ""),
        ("Remote - US", "US", "", ""),
        ("Remote (United States)", "US", "", ""),
        ("Anywhere in the US", "US", "", ""),
        ("Berlin", "DE", "", "berlin"),
        ("Berlin, DE", "DE", "", "berlin"),
        ("München, Deutschland", "DE", "", "munich"),
        ("Dover, DE", "US", "DE", "dover"),
        ("Toronto, Ontario, Canada", "CA", "ON", "toronto"),
        ("Toronto, CA", "CA", "ON", "toronto"),
        ("Ontario, CA", "US", "CA", "ontario"),
        ("Paris, TX", "US", "TX", "paris"),
        ("Cleveland, OH", "US", "OH", "cleveland"),
        ("Springfield", "", "", ""),
        ("Remote", "", "", ""),
        ("", "", "", ""),
        ("Head office", "", "", ""),
    ],
)
def test_a_place_is_understood_as_far_as_it_is_certain(text, country, region, city) -> None:
    found = place(text)
    assert (found.country, found.region, "".join(found.cities)) == (country, region, city)


@pytest.mark.parametrize(
    ("row", "country", "region"),
    [
        ({"city": "Redmond", "region": "WA", "country": "US"}, "US", "WA"),
        ({"city": "Redmond", "region": "Washington", "country": ""}, "US", "WA"),
        ({"city": "Munich", "region": "Bavaria", "country": "DE"}, "DE", ""),
        ({"city": "Denver", "region": "", "country": "United States"}, "US", "CO"),
        ({"city": "", "region": "", "country": ""}, "US", "CO"),
    ],
)
def test_an_office_says_its_parts_and_else_its_text(row, country, region) -> None:
    found = located({"text": "Denver, CO", **row})
    assert (found.country, found.region) == (country, region)


@given(st.text(max_size=400))
def test_no_text_breaks_the_reading_of_places(text: str) -> None:
    found = place(text)
    assert not found.country or found.country == "EU" or found.country in COUNTRIES
    assert not found.region or found.region in REGIONS[found.country]
    assert all(each.text is not None and found.named() is not None for each in places(text))


def test_a_scope_may_name_several_places() -> None:
    both = places("San Francisco Bay Area and New York City metropolitan area")
    assert [(each.region, "oakland" in each.cities) for each in both] == [
        ("CA", True),
        ("NY", False),
    ]
    assert [each.region for each in places("Colorado, California and Washington")] == [
        "CO",
        "CA",
        "WA",
    ]
    assert [each.region for each in places("Colorado, USA")] == ["CO"]


@pytest.mark.parametrize(
    ("scope", "where", "covers"),
    [
        ("", "Denver, CO", True),
        ("Colorado", "Denver, CO", True),
        ("Denver, CO", "Denver, CO", True),
        ("across the U.S.", "Redmond, WA", True),
        ("New York", "Albany, NY", True),
        ("New York City", "Albany, NY", False),
        ("San Francisco Bay Area", "Oakland, CA", True),
        ("San Francisco Bay Area", "Los Angeles, CA", False),
        ("California", "Denver, CO", False),
        ("EU", "Berlin, Germany", True),
        ("EU", "London", False),
        ("Germany", "Remote - EU", False),
        ("Night shift", "Denver, CO", True),
        ("springfield", "Springfield", True),
    ],
)
def test_a_range_covers_the_places_of_its_scope(scope: str, where: str, covers: bool) -> None:
    assert pay(scope).covers(place(where)) is covers


def test_without_a_range_the_law_of_the_place_refuses_and_says_why() -> None:
    (said,) = blockers("Denver, CO")
    assert said == (
        "This posting can be filled from Denver, Colorado, where the Equal Pay for Equal Work Act"
        " (Colorado) asks for a pay range in the posting: add a pay range that covers Denver,"
        " Colorado."
    )
    (said,) = blockers("New York")
    assert said == (
        "This posting can be filled from New York, New York, where Labor Law § 194-b (New York) and"
        " Administrative Code § 8-107(32) (New York City) ask for a pay range in the posting: add a"
        " pay range that covers New York, New York."
    )
    (said,) = blockers("Berlin")
    assert said == (
        "This posting can be filled from Berlin, where Directive (EU) 2023/970 (European Union)"
        " asks that applicants know the pay before the interview: add a pay range that covers"
        " Berlin."
    )


def test_each_place_is_looked_at_by_itself() -> None:
    german = pay("Germany", currency="EUR")
    (said,) = blockers("Berlin, Germany", "Seattle, WA", "Austin, TX", ranges=[german])
    assert "covers Seattle, Washington" in said
    assert blockers("Berlin, Germany", "Seattle, WA", ranges=[pay()]) == []


def test_where_no_law_asks_no_range_is_needed() -> None:
    assert blockers("Austin, TX") == blockers("London") == []


def test_a_remote_job_falls_under_the_law_of_wherever_it_can_be_done() -> None:
    (said,) = blockers("Remote - US", is_remote=True)
    assert said.startswith(
        "This posting can be filled from California, Colorado, Connecticut and 13 more places,"
    )
    assert blockers("Remote - US", is_remote=True, ranges=[pay("United States")]) == []
    (less,) = blockers("Remote - US", is_remote=True, ranges=[pay("Colorado")])
    assert "Colorado" not in less
    (anywhere,) = blockers(is_remote=True)
    assert "a pay range without a scope" in anywhere
    assert blockers(is_remote=True, ranges=[pay()]) == []


def test_of_a_wide_place_the_few_parts_that_have_a_law_are_named() -> None:
    few = [rule for rule in RULES if rule.key in ("us-co", "us-wa")]
    job = Job([place("Remote, US")], (), is_remote=True)
    (finding,) = check(job, few, employees=None, today=TODAY)
    assert finding.blockers[0].startswith("This posting can be filled from Colorado and Washington")


def test_an_unknown_place_needs_a_range_of_any_scope() -> None:
    assert blockers("Springfield")[0].startswith("No pay range is given")
    assert blockers()[0].startswith("No pay range is given")
    assert blockers("Springfield", ranges=[pay("Elsewhere")]) == []


@pytest.mark.parametrize(
    ("where", "on", "refused"),
    [
        ("Hartford, CT", date(2026, 9, 30), False),
        ("Hartford, CT", date(2026, 10, 1), True),
        ("Boston", date(2025, 10, 28), False),
        ("Boston", date(2025, 10, 29), True),
        ("Paris", date(2026, 6, 6), False),
        ("Paris", date(2026, 6, 7), True),
        ("Wilmington, DE", date(2027, 9, 25), False),
        ("Wilmington, DE", date(2027, 9, 26), True),
        ("Toronto, ON", date(2025, 12, 31), False),
        ("Toronto, ON", date(2026, 1, 1), True),
        ("Vancouver, BC", TODAY, True),
        ("Charlottetown", TODAY, True),
        ("Richmond, VA", TODAY, True),
        ("Portland, ME", TODAY, True),
        ("Cleveland, OH", TODAY, True),
        ("Cincinnati, OH", TODAY, False),
        ("Las Vegas", TODAY, False),
        ("Providence, RI", TODAY, False),
    ],
)
def test_a_law_holds_from_its_day_on(where: str, on: date, refused: bool) -> None:
    assert bool(blockers(where, on=on)) is refused


@pytest.mark.parametrize(
    ("where", "most"),
    [("Los Angeles", 14), ("Boston", 24), ("Honolulu", 49), ("Minneapolis", 29), ("Newark", 9)],
)
def test_a_law_for_larger_employers_spares_the_smaller(where: str, most: int) -> None:
    assert blockers(where, people=most) == []
    assert blockers(where, people=most + 1) != []
    assert blockers(where, people=None) != []


def test_what_only_colleagues_see_falls_under_the_laws_that_cover_it() -> None:
    assert blockers("Toronto, ON", is_internal=True) == []
    assert blockers("Denver, CO", is_internal=True) != []


def test_a_range_without_its_lower_end_is_an_open_one() -> None:
    (said,) = blockers("Denver, CO", ranges=[pay(low=0)])
    assert "begins at nothing" in said
    assert blockers("Austin, TX", ranges=[pay(low=0)]) == []


@pytest.mark.parametrize(
    ("low", "high", "period", "currency", "refused"),
    [
        (60_000, 110_000, "year", "CAD", False),
        (60_000, 110_001, "year", "CAD", True),
        (160_000, 230_000, "year", "CAD", False),
        (60_000, 130_000, "year", "USD", False),
        (20, 60, "hour", "CAD", True),
        (20, 40, "hour", "CAD", False),
    ],
)
def test_ontario_limits_how_wide_a_range_is(low, high, period, currency, refused) -> None:
    ranges = [pay(low=low, high=high, period=period, currency=currency)]
    assert bool(blockers("Toronto, ON", ranges=ranges)) is refused


def test_what_else_a_law_asks_for_is_advice_until_the_table_says_that_it_refuses() -> None:
    job = Job([place("Seattle, WA")], [pay()])
    (finding,) = check(job, RULES, employees=None, today=TODAY)
    assert (finding.blockers, len(finding.advice)) == ([], 2)
    assert finding.advice[0] == (
        "The Equal Pay and Opportunities Act (Washington) asks for a general description of the"
        " benefits, and none is given."
    )
    strict = [rule({**row, "blocks": row["asks"]}) for row in DATA]
    (finding,) = check(job, strict, employees=None, today=TODAY)
    assert (len(finding.blockers), finding.advice) == (2, [])
    lenient = [rule({**row, "blocks": []}) for row in DATA]
    silent = Job([place("Denver, CO")], [], says=frozenset(["benefits", "other_pay"]))
    (finding,) = check(silent, lenient, employees=None, today=TODAY)
    assert (finding.blockers, len(finding.advice)) == ([], 2)


def test_every_row_of_the_table_is_whole_and_has_its_source() -> None:
    keys = [row["key"] for row in DATA]
    assert len(keys) == len(set(keys)) >= 30
    for row in DATA:
        assert row["source_url"].startswith("https://"), row["key"]
        assert row["citation"], row["key"]
        assert row["country"] == "EU" or row["country"] in COUNTRIES, row["key"]
        assert not row["region"] or row["region"] in REGIONS[row["country"]], row["key"]
        assert set(row["blocks"]) <= set(row["asks"]), row["key"]
    assert len(EU) == 27


@pytest.mark.parametrize(
    ("amount", "currency", "period", "agrees"),
    [
        (100_000, "USD", "year", True),
        (90_000, "USD", "year", True),
        (350_000, "USD", "year", False),
        (100_000, "EUR", "year", False),
        (50, "USD", "hour", True),
        (500, "USD", "hour", False),
        (100_000, None, None, True),
    ],
)
def test_an_advertised_figure_agrees_with_a_range_or_that_is_said(
    amount, currency, period, agrees
) -> None:
    figure = {"amount": amount, "currency": currency, "period": period}
    assert (disagreements(figure, [pay()]) == []) is agrees


def test_without_a_figure_or_a_range_nothing_disagrees() -> None:
    assert disagreements(None, [pay()]) == disagreements({"amount": 1}, []) == []
    (said,) = disagreements({"amount": 350_000, "currency": "USD", "period": "year"}, [pay()])
    assert said == (
        "The advertised 350,000 USD a year lies outside of every pay range (90,000 to 120,000 USD"
        " a year): both are kept, correct the one that is wrong."
    )


def test_the_list_of_currencies_is_closed() -> None:
    assert {"USD", "EUR", "JPY", "CHF"} <= CURRENCIES
    assert not {"XXX", "DEM", "BTC", "XAU"} & CURRENCIES
