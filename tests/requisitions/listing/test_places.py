import pytest

from requisitions.listing import Listing, read_listing

AROUND = "Software Engineer\n\n{}\n\nResponsibilities\n- Build services\n- Write tests"


def read(said: str) -> Listing:
    return read_listing(AROUND.format(said))


def places(said: str) -> list[str]:
    return [place.text for place in read(said).locations]


@pytest.mark.parametrize(
    ("said", "expected"),
    [
        ("Location: Boise / Nampa / Meridian", ["Boise", "Nampa", "Meridian"]),
        ("Locations: Berlin • Hamburg • Munich", ["Berlin", "Hamburg", "Munich"]),
        ("Locations: New York, NY; Austin, TX; Remote", ["New York, NY", "Austin, TX"]),
        ("Location: New York, San Francisco, Remote", ["New York", "San Francisco"]),
        ("Location(s): Cardiff, Leeds, Liverpool", ["Cardiff", "Leeds", "Liverpool"]),
        ("Location: Wroclaw or Krakow, Poland", ["Wroclaw", "Krakow, Poland"]),
        ("Location: Brighton and Hove", ["Brighton and Hove"]),
        ("Location: Pune, Maharashtra, India", ["Pune, Maharashtra, India"]),
        ("Location: Winnersh, Berkshire, RG41 5TU", ["Winnersh, Berkshire, RG41 5TU"]),
        ("Address: Bóthar na Trá, Salthill, Galway", ["Bóthar na Trá, Salthill, Galway"]),
        ("Location: Toronto (hybrid, 2 days/week)", ["Toronto"]),
        ("Location: HQ (Oslo)", ["Oslo"]),
        ("Location: Various locations across Wales", ["Wales"]),
        ("Location: Anywhere in Canada", ["Canada"]),
        ("Location: Remote (must be based in Ireland)", ["Ireland"]),
        ("City: Denver\nState: CO", ["Denver, CO"]),
    ],
)
def test_a_label_may_name_several_places(said: str, expected: list[str]) -> None:
    assert places(said) == expected


@pytest.mark.parametrize("value", ["Nationwide", "Multiple", "Flexible", "TBC", "Anywhere"])
def test_a_label_may_name_no_place(value: str) -> None:
    assert places(f"Location: {value}") == []


def test_travel_is_no_place_of_work() -> None:
    assert places("Location: Remote, with occasional travel to Vienna") == []


@pytest.mark.parametrize(
    ("said", "expected", "workplace"),
    [
        ("Hybrid – London (3 days)", "London", "hybrid"),
        ("Remote (US)", "US", "remote"),
        ("Remote (Europe)", "Europe", "remote"),
        ("Remote within EU", "EU", "remote"),
        ("Fully remote, anywhere in the UK", "UK", "remote"),
        ("📍 Madrid, Spain", "Madrid, Spain", None),
        ("📍 Stockholm / Remote", "Stockholm", "remote"),
        ("Greater Chicago Area", "Greater Chicago Area", None),
    ],
)
def test_a_line_near_the_title_may_be_a_place(
    said: str, expected: str, workplace: str | None
) -> None:
    assert places(said) == [expected]
    assert read(said).workplace == workplace


@pytest.mark.parametrize(
    ("said", "expected"),
    [
        ("We are hiring for our Sheffield office.", ["Sheffield"]),
        ("You will work from our Austin, TX headquarters.", ["Austin, TX"]),
        ("Our warehouse in Joliet, IL is growing.", ["Joliet, IL"]),
        ("The role can be based in Denver, Chicago, or Atlanta.", ["Denver", "Chicago", "Atlanta"]),
        ("Open to candidates anywhere in the United States.", ["United States"]),
        ("A remote job open to people in Poland, Romania and Bulgaria.",
         ["Poland", "Romania", "Bulgaria"]),
        ("You must live within 50 miles of Nashville, TN.", ["Nashville, TN"]),
        ("Candidates should live within commuting distance of Reading.", ["Reading"]),
        ("We want somebody to join us in Copenhagen.", ["Copenhagen"]),
        ("You must be legally authorized to work in the United States.", []),
        ("We have offices in London, Paris and Tokyo.", []),
        ("Customers love our Growth team and the Corporate office.", []),
    ],
)  # fmt: skip
def test_a_sentence_may_say_where_the_job_is(said: str, expected: list[str]) -> None:
    assert places(said) == expected


@pytest.mark.parametrize(
    ("said", "workplace"),
    [
        ("This is not a remote position.", "on_site"),
        ("You will be in the office five days a week.", "on_site"),
        ("You will be in the office three days a week.", "hybrid"),
        ("We work in the office Tuesday to Thursday and from home on Fridays.", "hybrid"),
        ("Work from home up to two days a week.", "hybrid"),
        ("Work pattern: 3 days office, 2 days home", "hybrid"),
        ("The role is 100% remote.", "remote"),
        ("It can be done remotely from anywhere in Europe.", "remote"),
    ],
)
def test_a_sentence_may_say_how_one_works(said: str, workplace: str) -> None:
    assert read(said).workplace == workplace


def test_several_labels_may_share_a_line() -> None:
    listing = read("Salary: $90k. Location: Miami, FL. Type: Full-time.")
    assert [place.text for place in listing.locations] == ["Miami, FL"]
    assert listing.employment_type == "full_time"
    assert listing.pay_ranges[0].max == 90_000


def test_a_paragraph_may_open_with_the_title_and_the_place() -> None:
    listing = read_listing(
        "Elections Clerk, Rowan County, Idaho–The Elections Clerk keeps the registry of voters "
        + "and answers questions of the public. " * 8
        + "Salary: $48,000-$56,000. Deadline: July 1. Application: click here."
    )
    assert (listing.title, listing.company) == ("Elections Clerk", "Rowan County")
    assert [place.text for place in listing.locations] == ["Rowan County, Idaho"]
    assert listing.pay_ranges[0].min == 48_000


def test_an_employer_may_stand_before_several_places() -> None:
    listing = read_listing(
        "NOW HIRING\n\nJourneyman Plumber\n\nRedstone Mechanical - Boise / Nampa / Kuna\n\n"
        "Must have:\n- A licence\n- A van"
    )
    assert listing.company == "Redstone Mechanical"
    assert [place.text for place in listing.locations] == ["Boise", "Nampa", "Kuna"]


def test_an_employer_before_what_is_remote_is_no_place() -> None:
    listing = read_listing(
        "# Engineer\n\nTallow · Remote (Canada or US East Coast) · Full-time\n\n"
        "## Requirements\n- Care\n- Postgres"
    )
    assert (listing.company, listing.workplace) == ("Tallow", "remote")
    assert [place.text for place in listing.locations] == ["Canada", "US East Coast"]
