"""Pay in the number formats, currencies and periods of the world."""

from decimal import Decimal

import pytest

from requisitions.listing.pay import read_pay


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("18-24 LPA", (1_800_000, 2_400_000, "INR", "year")),
        ("₹6,00,000 - ₹8,00,000 a year", (600_000, 800_000, "INR", "year")),
        ("INR 12-15 Lacs P.A.", (1_200_000, 1_500_000, "INR", "year")),
        ("CHF 110'000 – 130'000", (110_000, 130_000, "CHF", "year")),
        ("CHF 8’500.– pro Monat", (8_500, 8_500, "CHF", "month")),
        ("tussen € 2.500,- en € 3.200,- bruto per maand", (2_500, 3_200, "EUR", "month")),
        ("de 35 000 à 42 000 € bruts annuels", (35_000, 42_000, "EUR", "year")),
        ("35-42K€", (35_000, 42_000, "EUR", "year")),
        ("od 8 000 do 12 000 zł brutto miesięcznie", (8_000, 12_000, "PLN", "month")),
        ("40 000–60 000 Kč/měsíc", (40_000, 60_000, "CZK", "month")),
        ("年収：５００万円～８００万円", (5_000_000, 8_000_000, "JPY", "year")),
        ("月給25万円以上", (250_000, None, "JPY", "month")),
        ("20-30万元/年", (200_000, 300_000, "CNY", "year")),
        ("R$ 8.000,00 por mês", (8_000, 8_000, "BRL", "month")),
        ("R25 000 - R35 000 per month", (25_000, 35_000, "ZAR", "month")),
        ("$120K/yr - $150K/yr", (120_000, 150_000, "USD", "year")),
        ("Starting at $17/hr", (17, None, "USD", "hour")),
        ("Up to £21.50 per hour DOE", (None, Decimal("21.5"), "GBP", "hour")),
        ("£40,000–£50,000 plus bonus", (40_000, 50_000, "GBP", "year")),
    ],
)
def test_pay_beneath_its_label(text, expected):
    pays = [each.range for each in read_pay(text, labelled=True)]
    assert [(each.min, each.max, each.currency, each.period) for each in pays] == [expected]


@pytest.mark.parametrize(
    "text",
    [
        "We raised $80M and serve 2 million users.",
        "This role is also eligible for equity and a $5,000 sign-on bonus.",
        "A $1,000 annual learning stipend",
        "Up to $10,000 per year in tuition reimbursement",
        "You will manage a budget of $2,000,000 annually.",
        "Our median customer saves $40,000 per year.",
        "Exceed a $1.2M annual quota",
    ],
)
def test_money_that_is_no_pay(text):
    assert read_pay(text, labelled=False) == []


@pytest.mark.parametrize(
    ("text", "scopes"),
    [
        ("Level 4: $120,000 - $150,000", ["Level 4"]),
        (
            "The pay is $90,000 - $110,000 in Boston, and $80,000 - $98,000 in Denver.",
            ["Boston", "Denver"],
        ),
        (
            "Salary range: US: $140K - $170K; Canada: CAD 120K - CAD 150K",
            ["US", "Canada"],
        ),
    ],
)
def test_a_range_knows_for_whom_or_where_it_holds(text, scopes):
    assert [each.range.scope for each in read_pay(text, labelled=True)] == scopes


def test_commission_is_counted_in_only_where_it_is_said():
    base, whole = read_pay("Base: £50,000, OTE: £90,000 per year", labelled=True)
    assert (base.whole, whole.whole) == (False, True)
