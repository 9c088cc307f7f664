"""The listings that come with the project, read as a person would read them."""

from pathlib import Path

import pytest

from requisitions.listing import Listing, NotAListing, read_listing

EXAMPLES = Path(__file__).parents[3] / "examples" / "listings"
PRINCIPAL = "senior-principal-engineering-manager.txt"
NURSE = "staff-nurse-critical-care.md"
ANALYTICS = "analytics-engineer-berlin.txt"


def read(name: str) -> Listing:
    return read_listing((EXAMPLES / name).read_text(encoding="utf-8"))


def test_the_header_gives_title_employer_place_and_terms():
    job = read(PRINCIPAL).as_json()
    assert job["title"] == "Senior Principal Engineering Manager"
    assert job["company"] == "Northlight Research"
    assert job["locations"] == [
        {"text": "Redmond, WA", "city": "Redmond", "region": "WA", "country": None}
    ]
    assert (job["workplace"], job["employment_type"]) == ("on_site", "full_time")
    assert job["closed"] is True


def test_a_listing_has_exactly_the_documented_keys():
    assert set(read(PRINCIPAL).as_json()) == {
        "title", "company", "locations", "workplace", "employment_type", "advertised_pay",
        "pay_ranges", "highlights", "summary", "responsibilities", "qualifications",
        "competencies", "topics", "benefits", "how_to_apply", "guidance", "faq", "closes_on",
        "closed", "warnings", "unplaced", "sources",
    }  # fmt: skip


def test_pay_is_found_in_the_header_and_in_an_answer():
    job = read(PRINCIPAL).as_json()
    assert job["advertised_pay"] == {"amount": 296_000, "currency": "USD", "period": "year"}
    assert job["pay_ranges"] == [
        {"min": 163_000, "max": 296_400, "currency": "USD", "period": "year", "scope": "U.S."},
        {
            "min": 220_800,
            "max": 331_200,
            "currency": "USD",
            "period": "year",
            "scope": "San Francisco Bay Area and New York City",
        },
    ]


def test_every_section_keeps_all_of_its_items():
    job = read(PRINCIPAL)
    counts = {
        "highlights": len(job.highlights),
        "responsibilities": len(job.responsibilities),
        "required": len(job.required),
        "preferred": len(job.preferred),
        "competencies": len(job.competencies),
        "topics": len(job.topics),
        "guidance": len(job.guidance),
        "faq": len(job.faq),
        "unplaced": len(job.unplaced),
    }
    assert counts == {
        "highlights": 5,
        "responsibilities": 7,
        "required": 1,
        "preferred": 9,
        "competencies": 10,
        "topics": 10,
        "guidance": 5,
        "faq": 7,
        "unplaced": 0,
    }
    assert all(item.answer for item in job.faq)
    assert job.competencies[0] == "AI Infrastructure"
    assert job.topics[-1] == "Software Engineering"


def test_contradictions_and_empty_headings_are_warnings():
    warnings = read(PRINCIPAL).warnings
    assert [sentence.split(".")[0][:58] for sentence in warnings] == [
        "The heading “Technical preparation” has nothing beneath it",
        "The heading “Behavioral questions” has nothing beneath it",
        "The advertised figure of 296,000 USD is not an end of any ",
        "The listing says “on site”, but an answer says that the ar",
    ]


def test_sources_name_the_lines_of_each_field():
    sources = read(PRINCIPAL).as_json()["sources"]
    assert sources["title"] == [{"lines": [2, 2], "confidence": 0.95}]
    assert sources["pay_ranges"][0]["lines"] == [73, 73]
    assert sources["qualifications.required"][0]["lines"] == [28, 30]
    assert [span["lines"] for span in sources["guidance"]] == [[63, 70]]


def test_markdown_with_labels_and_hashes_is_read():
    job = read(NURSE).as_json()
    assert (job["title"], job["company"]) == (
        "Staff Nurse, Critical Care",
        "Harbourview General Hospital",
    )
    assert job["locations"][0]["region"] == "OR"
    assert job["employment_type"] == "part_time"
    assert job["pay_ranges"] == [
        {"min": 46.5, "max": 61.25, "currency": "USD", "period": "hour", "scope": None}
    ]
    assert job["closes_on"] == "2027-03-31"
    assert [len(job[key]) for key in ("responsibilities", "competencies", "benefits")] == [6, 4, 4]
    assert (job["unplaced"], job["warnings"]) == ([], [])


def test_text_with_colons_is_read():
    job = read(ANALYTICS).as_json()
    assert (job["workplace"], job["employment_type"]) == ("hybrid", "full_time")
    assert job["pay_ranges"] == [
        {"min": 68_000, "max": 82_000, "currency": "EUR", "period": "year", "scope": None}
    ]
    assert [len(job["qualifications"][kind]) for kind in ("required", "preferred")] == [5, 3]
    assert len(job["faq"]) == 2
    assert (job["unplaced"], job["warnings"]) == ([], [])


def test_what_a_listing_does_not_say_stays_empty():
    job = read_listing("Gardener\n\nResponsibilities\n- Prune the roses").as_json()
    assert job["title"] == "Gardener"
    assert job["responsibilities"] == ["Prune the roses"]
    empty = {key: value for key, value in job.items() if value in (None, [], False)}
    assert set(job) - set(empty) == {"title", "responsibilities", "qualifications", "sources"}


def test_a_line_without_a_field_is_unplaced():
    job = read_listing("Driver\nTyre pressure 32 psi\n\nDuties\n- Drive the van")
    assert [(each.line, each.text) for each in job.unplaced] == [(2, "Tyre pressure 32 psi")]


@pytest.mark.parametrize("text", ["", " \n\t\n", "hello", "Dear diary,\ntoday it rained.", "{}"])
def test_a_text_that_is_no_listing_is_refused_with_a_reason(text):
    with pytest.raises(NotAListing) as refusal:
        read_listing(text)
    assert "aste the" in str(refusal.value)


def test_a_text_above_the_limit_is_refused():
    with pytest.raises(NotAListing, match="at most 1,048,576"):
        read_listing("Nurse\n" * 200_000)


CV = """Jane Doe
jane.doe@example.com | +44 7700 900123 | Leeds, UK

EXPERIENCE
Senior Data Engineer, Acme Ltd, Jan 2020 to Present
- Built a data platform in Python
Data Engineer, Beta plc, 2016 - 2019
- Migrated the warehouse

EDUCATION
BSc Computer Science, University of Leeds, 2012 - 2015

SKILLS
Python, SQL
"""


LEBENSLAUF = """Lebenslauf
Erika Mustermann
Berufserfahrung
2015 - 2020 Köchin, Gasthof Adler
Ausbildung
2012 - 2015 Lehre
"""
VITAE = """# Curriculum Vitae

## Work experience
- 2019 to present: Nurse at City Hospital

## Education
- BSc Nursing
"""


@pytest.mark.parametrize("text", [CV, LEBENSLAUF, VITAE])
def test_a_cv_is_refused_as_one(text):
    with pytest.raises(NotAListing, match="reads as a person's CV"):
        read_listing(text)


def test_a_listing_with_years_in_it_is_no_cv():
    text = (
        "Tram Driver\nExperience\n- 2 years\nEducation\n- School\nTo apply, send your CV.\nPay: £1"
    )
    assert read_listing(f"{text}\nWe offer 2020 - 2024 trams to applicants.").title == "Tram Driver"
