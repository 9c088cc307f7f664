from decimal import Decimal
from pathlib import Path

import pytest

from ats.errors import Invalid
from ats.events.actors import Actor
from requisitions.imports import import_listing
from requisitions.models import Competency, Requisition
from tests.factories.requisitions import CompetencyFactory, OfficeFactory, RecruiterFactory

pytestmark = pytest.mark.django_db

TEXT = Path("examples/listings/senior-principal-engineering-manager.txt").read_text()


def imported(text: str = TEXT) -> Requisition:
    return import_listing(text, by=Actor.of(RecruiterFactory()))


def test_everything_that_a_listing_says_has_its_place() -> None:
    requisition = imported()
    assert (requisition.title, requisition.status) == (
        "Senior Principal Engineering Manager",
        "draft",
    )
    assert requisition.locations == ["Redmond, WA"]
    assert (requisition.workplace, requisition.employment_type) == ("on_site", "full_time")
    assert requisition.advertised_pay == {"amount": 296000, "currency": "USD", "period": "year"}
    ranges = requisition.pay_ranges.values_list("scope", "minimum", "maximum", "currency", "period")
    assert list(ranges) == [
        ("U.S.", Decimal(163000), Decimal(296400), "USD", "year"),
        (
            "San Francisco Bay Area and New York City",
            Decimal(220800),
            Decimal(331200),
            "USD",
            "year",
        ),
    ]
    counts = {
        "highlights": len(requisition.highlights),
        "responsibilities": len(requisition.responsibilities),
        "required": requisition.qualifications.filter(is_required=True).count(),
        "preferred": requisition.qualifications.filter(is_required=False).count(),
        "competencies": requisition.competencies.count(),
        "topics": len(requisition.topics),
        "guidance": len(requisition.guidance),
        "faq": len(requisition.faq),
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
    }
    required = requisition.qualifications.get(is_required=True)
    assert set(required.tree) == {"any"}
    assert requisition.reading["closed"] is True
    assert requisition.reading["company"] == "Northlight Research"
    assert any("296,000" in warning for warning in requisition.reading["warnings"])
    assert requisition.listing == TEXT


def test_competencies_come_from_the_library_in_the_listings_order() -> None:
    known = CompetencyFactory(name="gpu clusters", definition="Ours")
    CompetencyFactory(name="Renamed", aliases=["Team growth"])
    names = [row.competency.name for row in imported().competencies.all()]
    assert names == [
        "AI Infrastructure",
        "Engineering Management",
        "gpu clusters",
        "Large-Scale Systems",
        "Distributed Systems",
        "Cloud Platforms",
        "Machine Learning",
        "High-Performance Computing (HPC)",
        "Technical Leadership",
        "Renamed",
    ]
    known.refresh_from_db()
    assert known.definition == "Ours"
    assert Competency.objects.get(name="Cloud Platforms").anchors.keys() == {"1", "3", "5"}


def test_importing_twice_makes_two_drafts_and_one_library() -> None:
    assert imported().number != imported().number
    assert Competency.objects.count() == 10


def test_an_office_in_the_listings_city_is_found() -> None:
    office = OfficeFactory(city="Redmond")
    OfficeFactory(city="Berlin")
    assert list(imported().offices.all()) == [office]


@pytest.mark.parametrize("text", ["", "Dear all, lunch is at noon.", "x" * 1_100_000])
def test_what_is_no_listing_writes_nothing(text: str) -> None:
    with pytest.raises(Invalid) as refusal:
        imported(text)
    assert refusal.value.field == "text"
    assert not Requisition.objects.exists()


def test_what_does_not_fit_is_cut_and_said() -> None:
    requisition = imported(f"Title: Cook {'very ' * 100}good\nResponsibilities\n- Cook it all\n")
    assert len(requisition.title) <= 300
    if len(requisition.title) == 300:
        assert any("cut at 300" in warning for warning in requisition.reading["warnings"])


def test_pay_with_one_end_is_kept_as_something_to_complete() -> None:
    text = "Cook\nResponsibilities\n- Cook for all\nSalary\nFrom $50,000 per year\n"
    requisition = imported(text)
    said = [*requisition.reading["warnings"], requisition.advertised_pay]
    assert not requisition.pay_ranges.exists()
    assert any("50" in str(each) for each in said)


def test_a_nul_is_no_reason_to_fail() -> None:
    assert "\x00" not in imported(TEXT.replace("Redmond", "Red\x00mond")).listing


@pytest.mark.parametrize("path", sorted(Path("examples/listings").iterdir()), ids=lambda p: p.name)
def test_every_example_is_imported(path: Path) -> None:
    assert imported(path.read_text()).title
