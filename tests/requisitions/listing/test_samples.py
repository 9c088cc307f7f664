"""Invented listings in many layouts, measured as the command measures them."""

import json
from pathlib import Path

import pytest

from requisitions.listing import read_listing
from requisitions.listing.measure import Count, measure, total

SAMPLES = Path(__file__).parent / "samples"
ENTRIES = json.loads((SAMPLES / "expected.json").read_text(encoding="utf-8"))["listings"]


def measured(english: bool) -> dict[str, Count]:
    entries = [each for each in ENTRIES.values() if (each["language"] == "en") is english]
    return total(
        measure(read_listing((SAMPLES / each["file"]).read_text(encoding="utf-8")).as_json(), each)
        for each in entries
    )


def test_english_listings_are_read_as_a_careful_person_would():
    below = {
        name: count.misses
        for name, count in measured(english=True).items()
        if count.precision < 0.95 or count.recall < 0.9
    }
    assert below == {}


def test_in_other_languages_nothing_is_wrong():
    wrong = {
        name: count.misses
        for name, count in measured(english=False).items()
        if count.right != count.found
    }
    assert wrong == {}


@pytest.mark.parametrize("name", sorted(ENTRIES))
def test_every_line_of_a_sample_is_in_a_field_or_unplaced(name):
    text = (SAMPLES / ENTRIES[name]["file"]).read_text(encoding="utf-8")
    job = read_listing(text)
    spans = [span for sources in job.sources.values() for span in sources]
    named = {number for span in spans for number in range(span.first, span.last + 1)}
    named |= {each.line for each in job.unplaced}
    assert named == {n for n, row in enumerate(text.splitlines(), 1) if row.strip()}


def test_blanks_of_a_template_are_said_and_not_kept():
    job = read_listing((SAMPLES / "sous-chef-template.md").read_text(encoding="utf-8"))
    assert (job.company, job.locations, job.pay_ranges, job.summary) == (None, (), (), None)
    assert "[Company Name]" in job.warnings[-1]
    assert [each.line for each in job.unplaced] == [2, 3, 4, 8]


@pytest.mark.parametrize(
    ("money", "day"), [("£12 an hour", "2027-05-01"), ("$12 an hour", "2027-01-05"), ("", None)]
)
def test_a_day_that_can_be_read_in_two_ways_follows_the_country(money, day):
    job = read_listing(f"Barista\nPay: {money}\nDuties\n- Make coffee\n\nClosing date: 01/05/2027")
    assert job.closes_on == day
    assert bool(job.warnings) is (day is None)


def test_dollars_and_crowns_are_those_of_the_place():
    def currency(place: str, pay: str) -> str | None:
        return read_listing(f"Cook\nLocation: {place}\nPay: {pay}").pay_ranges[0].currency

    assert currency("Toronto, Canada", "$60,000 - $70,000") == "CAD"
    assert currency("Austin, TX", "$60,000 - $70,000") == "USD"
    assert currency("Oslo", "400 000 - 500 000 kr") == "NOK"
    assert currency("Aarhus", "35.000 - 40.000 kr per måned") == "DKK"
