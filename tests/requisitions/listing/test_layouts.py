"""Layouts that boards use, in a few lines each."""

import pytest

from requisitions.listing import read_listing


def test_a_line_of_chips_names_employer_title_place_and_terms():
    job = read_listing(
        "Kestrel Labs | Senior Rust Engineer | Berlin, Germany | Hybrid | Full-time | €85k - €105k"
    )
    assert (job.title, job.company) == ("Senior Rust Engineer", "Kestrel Labs")
    assert (job.workplace, job.employment_type) == ("hybrid", "full_time")
    assert [place.city for place in job.locations] == ["Berlin"]
    assert [each.max for each in job.pay_ranges] == [105_000]


def test_labels_may_stand_above_their_values():
    job = read_listing(
        "Job Title\nCare Assistant\n\nLocation\nNorth London\n\nContract\nPermanent\n\n"
        "Work remotely\nNO\n\nClosing date\n3 May 2027\n\nRequirements:\n- A driving licence"
    )
    assert (job.title, job.workplace) == ("Care Assistant", "on_site")
    assert [place.text for place in job.locations] == ["North London"]
    assert (job.employment_type, job.closes_on) == ("permanent", "2027-05-03")
    assert job.unplaced == ()


def test_a_list_needs_no_bullets():
    job = read_listing(
        "Lab Technician\n\nWhat you will do\n\nClean glassware\n\nLabel samples\n\nKeep records\n\n"
        "What you bring\n\nSteady hands\n\nA diploma in chemistry\n\nPatience"
    )
    assert job.responsibilities == ("Clean glassware", "Label samples", "Keep records")
    assert [each.text for each in job.required] == [
        "Steady hands",
        "A diploma in chemistry",
        "Patience",
    ]


def test_essential_and_desirable_divide_a_specification():
    job = read_listing(
        "Ward Sister\nPerson specification\nEssential\nRegistered nurse\nDesirable\nMentor training"
    )
    assert [each.text for each in job.required] == ["Registered nurse"]
    assert [each.text for each in job.preferred] == ["Mentor training"]


@pytest.mark.parametrize(
    ("line", "title"),
    [
        ("Analytics Engineer (m/w/d) Gestalte mit uns die Zukunft!", "Analytics Engineer"),
        ("Elections Clerk DOQ", "Elections Clerk"),
        ("Data Analyst at Acme", "Data Analyst"),
        ("# Lecturer in Statistics (Part-Time)", "Lecturer in Statistics (Part-Time)"),
    ],
)
def test_a_title_comes_without_its_trimmings(line, title):
    assert read_listing(f"{line}\n\nDuties\n- Work").title == title


def test_german_headings_are_known():
    job = read_listing(
        "Koch (m/w/d)\n\nDeine Aufgaben:\n- Kochen\n\nDas bringst du mit:\n- Erfahrung\n\n"
        "Gehalt: 2.800 – 3.200 € im Monat\n\nWas wir dir bieten:\n- Freie Sonntage"
    )
    assert job.title == "Koch"
    assert job.responsibilities == ("Kochen",)
    assert [each.text for each in job.required] == ["Erfahrung"]
    assert job.benefits == ("Freie Sonntage",)
    assert [(each.min, each.max, each.period) for each in job.pay_ranges] == [(2800, 3200, "month")]


def test_a_language_without_known_headings_is_kept_line_by_line():
    text = "調理師 Chef\n- 野菜を切る\n- 皿を洗う"
    job = read_listing(text)
    assert job.title == "調理師 Chef"
    assert [each.text for each in job.unplaced] == ["野菜を切る", "皿を洗う"]


def test_furniture_after_the_listing_adds_nothing():
    job = read_listing(
        "Welder\n\nRequirements:\n- Certificate\n\n52950\n\nWORKERS\n\nHow We Work\n\n"
        "We do not depend on machines alone. People choose people here, and that takes time."
    )
    assert [each.text for each in job.required] == ["Certificate"]
    assert (job.pay_ranges, job.advertised_pay) == ((), None)
    assert [each.line for each in job.unplaced] == [6, 8, 10, 12]
