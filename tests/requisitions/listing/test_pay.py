from decimal import Decimal

import pytest

from requisitions.listing.pay import alone, read_pay


def ranges(text: str, *, labelled: bool = False) -> list[tuple[object, ...]]:
    found = [each.range for each in read_pay(text, labelled=labelled)]
    return [(each.min, each.max, each.currency, each.period, each.scope) for each in found]


@pytest.mark.parametrize(
    ("text", "low", "high", "currency", "period"),
    [
        ("£10 - £11 per hour", "10", "11", "GBP", "hour"),
        ("$22.13 - $29.22 HOUR", "22.13", "29.22", "USD", "hour"),
        ("EUR 6.5 – 7.5k depending on experience", "6500", "7500", "EUR", None),
        ("60.000 – 70.000€", "60000", "70000", "EUR", "year"),
        ("CHF 120'000 to 140'000 p.a.", "120000", "140000", "CHF", "year"),
        ("45 000 - 52 000 SEK per month", "45000", "52000", "SEK", "month"),
        ("$120-150k", "120000", "150000", "USD", "year"),
        ("$150K/yr - $185K/yr", "150000", "185000", "USD", "year"),
        ("between £30,000 and £35,000 a year", "30000", "35000", "GBP", "year"),
        ("up to £45K + bonus", None, "45000", "GBP", "year"),
        ("from €3,200 per month", "3200", None, "EUR", "month"),
        ("12-18 LPA", "1200000", "1800000", "INR", "year"),
        ("CAD $72,000 - $84,000", "72000", "84000", "CAD", "year"),
        ("$72,000 - $84,000 AUD", "72000", "84000", "AUD", "year"),
        ("$180,000—$220,000 USD", "180000", "220000", "USD", "year"),
        ("GS-13 Step 1 $94,373 to GS-13 Step 10 $150,703", "94373", "150703", "USD", "year"),
    ],
)
def test_a_labelled_figure_is_read(text, low, high, currency, period):
    ends = (Decimal(low) if low else None, Decimal(high) if high else None)
    assert [row[:4] for row in ranges(text, labelled=True)] == [(*ends, currency, period)]


@pytest.mark.parametrize(
    "text",
    [
        "We raised $50M in Series B funding",
        "A learning budget of €1,500 a year",
        "Serving 20M+ users in 190+ countries",
        "401(k) matching up to 5%",
        "5+ years of experience and 2-3 projects",
        "Sign-on bonus of $5,000 - $10,000",
        "Founded in 2010, 3000 people",
        "Open 9:00 - 17:00",
        "Please note the maximum salary available for the pay system is $176,300",
    ],
)
def test_other_numbers_are_not_pay(text):
    assert ranges(text) == []


def test_each_country_keeps_its_range():
    text = "UK: £110,000 to £140,000 | Spain: €100,000 - €125,000"
    assert ranges(text, labelled=True) == [
        (110_000, 140_000, "GBP", "year", "UK"),
        (100_000, 125_000, "EUR", "year", "Spain"),
    ]


def test_a_sentence_gives_scope_and_period():
    text = "In California the base salary range is $120,000 - $140,000 per year."
    assert ranges(text) == [(120_000, 140_000, "USD", "year", "California")]


def test_a_year_is_assumed_by_size_and_said_so():
    assert [each.assumed for each in read_pay("£90,000 - £114,000", labelled=True)] == [True]
    assert [each.assumed for each in read_pay("£90,000 a year", labelled=True)] == [False]


@pytest.mark.parametrize(
    ("text", "is_pay"),
    [("$296,000 / year", True), ("£10 - £11 per hour", True), ("2026", False), ("Room 5", False)],
)
def test_a_line_that_is_only_pay(text, is_pay):
    found = alone(text) and bool(read_pay(text, labelled=True))
    assert found is is_pay
