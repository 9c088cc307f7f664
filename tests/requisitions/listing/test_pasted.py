"""Habits of the pages that people paste listings from."""

import pytest

from requisitions.listing import Listing, read_listing


def texts(listing: Listing, field: str) -> list[str]:
    return [each.text for each in getattr(listing, field)]


LIST = "\n\nRequirements\n- Three years of Python\n- Clear writing"


def test_a_chip_is_no_heading() -> None:
    text = "Onboarding Manager\nAustin, TX / Remote - US\nFull-time /\nHybrid\n\nWe ship freight."
    listing = read_listing(text + LIST)
    assert (listing.workplace, listing.employment_type) == ("hybrid", "full_time")
    assert listing.warnings == ()


def test_a_role_above_a_list_tells_duties() -> None:
    listing = read_listing("# Technical Writer\n\n### Role\n- Write references\n- Interview people")
    assert listing.title == "Technical Writer"
    assert listing.responsibilities == ("Write references", "Interview people")


def test_a_job_number_is_no_title() -> None:
    listing = read_listing("JOB NOTICE\n\nState of Elbonia\nWATER ANALYST\nJob #: 2025-03" + LIST)
    assert (listing.title, listing.company) == ("WATER ANALYST", "State of Elbonia")


def test_questions_within_a_faq_stay_there() -> None:
    text = "\n\n## FAQ\n\n**Do you sponsor visas?**\nNo.\n\n**Where do we meet?** In Leeds."
    listing = read_listing("# Engineer" + text)
    assert [(each.question, each.answer) for each in listing.faq] == [
        ("Do you sponsor visas?", "No."),
        ("Where do we meet?", "In Leeds."),
    ]


def test_a_sentence_about_the_pay_within_a_list_is_none_of_its_items() -> None:
    pay = "The base pay range for this role across the U.S. is USD $139,900 - $274,800 per year."
    listing = read_listing(f"Engineer\n\nPreferred Qualifications:\nGo\nRust at work\n{pay}\n")
    assert texts(listing, "preferred") == ["Go", "Rust at work"]
    assert (listing.pay_ranges[0].max, listing.pay_ranges[0].scope) == (274_800, "U.S.")


@pytest.mark.parametrize(
    "said",
    [
        "The US base salary range for this full-time job is $166,000-$244,000 + bonus + equity.",
        "The US base salary range is $166,000-$244,000 plus bonus.",
    ],
)
def test_what_is_added_to_a_range_does_not_hide_it(said: str) -> None:
    (found,) = read_listing(f"Engineer\n\n{said}{LIST}").pay_ranges
    assert (found.min, found.max, found.scope) == (166_000, 244_000, "US")


def test_a_plan_for_old_age_is_no_pay() -> None:
    listing = read_listing("Engineer\n\nPay: Medical, dental and a 401k." + LIST)
    assert (listing.advertised_pay, listing.pay_ranges) == (None, ())


def test_what_a_job_site_adds_is_left() -> None:
    text = (
        "Acme logo\nAcme\nNurse\nLeeds · Reposted 2 weeks ago\nEasy Apply\n"
        "Set alert for similar jobs\n\nAbout the company\nAcme\n18,402 followers\n"
        "Retail 201-500 employees\n\nSimilar Jobs (3)\nSenior Nurse\nYork"
    )
    listing = read_listing(text + LIST)
    assert (listing.title, listing.company, listing.summary) == ("Nurse", "Acme", None)
    assert [place.text for place in listing.locations] == ["Leeds"]


def test_duties_may_be_lines_without_marks_beneath_the_job() -> None:
    text = "Sales Clerk\n\nThe job\nGreet customers\nRing up sales\nCut fabric to length" + LIST
    assert read_listing(text).responsibilities == (
        "Greet customers",
        "Ring up sales",
        "Cut fabric to length",
    )


def test_a_list_beneath_no_heading_is_read_by_its_items() -> None:
    text = (
        "Electrician\n\nApex Contractors (Hamilton, ON) is looking for an electrician.\n\n"
        "- Must have a truck\n- Minimum 3 years of experience\n- Valid licence\n\n$38-$46/hr"
    )
    listing = read_listing(text)
    assert len(listing.required) == 3
    assert [place.text for place in listing.locations] == ["Hamilton, ON"]
    assert listing.pay_ranges[0].currency == "CAD"


def test_an_introduction_does_not_end_a_list() -> None:
    text = "Officer\n\nBehaviours\nWe will assess these during the selection process:\n- Care"
    assert read_listing(text).competencies == ("Care",)


def test_a_heading_may_be_a_whole_sentence_above_its_list() -> None:
    text = (
        "\n\nYou don't need all of it, but it helps if you have\n- Used Elixir\n- Worked in banks"
    )
    assert texts(read_listing("Engineer" + LIST + text), "preferred") == [
        "Used Elixir",
        "Worked in banks",
    ]


def test_the_page_s_own_heading_says_more_than_the_kind_of_job() -> None:
    page = (
        "<h1>Teacher of Mathematics</h1><p>Hollin Academy, Bradford, West Yorkshire, BD9 6QT</p>"
        "<dl><dt>Job role</dt><dd>Teacher</dd></dl><h2>Duties</h2><ul><li>Teach</li></ul>"
    )
    listing = read_listing(page)
    assert (listing.title, listing.company) == ("Teacher of Mathematics", "Hollin Academy")
    assert len(listing.locations) == 1


def test_prose_with_an_hourly_rate_is_a_listing() -> None:
    text = (
        "Beekeeping Help (Summer)\n\nWe need two people in Tauranga, New Zealand.\n\n"
        "It is a fixed-term, full-time job, $28.50 an hour, with a hat.\n\n"
        "To apply, send us your CV by 12 October 2025."
    )
    listing = read_listing(text)
    assert listing.advertised_pay is not None
    assert (listing.advertised_pay.currency, listing.advertised_pay.period) == ("NZD", "hour")
    assert listing.closes_on == "2025-10-12"
