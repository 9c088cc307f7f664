"""Sections are found by how a listing is laid out, whatever their headings say."""

import pytest

from requisitions.listing import items, read_listing
from requisitions.listing.fields import BENEFITS, REQUIRED, RESPONSIBILITIES


def required(text: str) -> list[str]:
    return [each.text for each in read_listing(text).required]


def preferred(text: str) -> list[str]:
    return [each.text for each in read_listing(text).preferred]


def test_a_slogan_with_a_full_stop_heads_the_lines_beneath_it() -> None:
    text = (
        "Gärtner (m/w/d)\n\nDiese Aufgaben erwarten dich.\nDu pflegst unsere Beete\n"
        "Du schneidest Hecken\nDu planst die Aussaat\n\nDas bringst du mit.\n"
        "Abgeschlossene Ausbildung\nFreude an der Natur\nEinen Führerschein"
    )
    assert read_listing(text).responsibilities == (
        "Du pflegst unsere Beete",
        "Du schneidest Hecken",
        "Du planst die Aussaat",
    )
    assert required(text) == [
        "Abgeschlossene Ausbildung",
        "Freude an der Natur",
        "Einen Führerschein",
    ]


@pytest.mark.parametrize(
    "heading",
    [
        "The person", "Desired candidate profile", "Specialised criteria", "Über Sie:",
        "Dit ben jij", "Requisitos del puesto", "Si richiede", "Somebody who is...",
    ],
)  # fmt: skip
def test_headings_of_what_is_required_are_known_by_their_stems(heading: str) -> None:
    assert required(f"# Gardener\n\n## {heading}\n\n- patience\n- green hands") == [
        "patience",
        "green hands",
    ]


@pytest.mark.parametrize(
    "heading",
    ["Not essential, but looked upon favourably:", "Diferenciais", "Mooi meegenomen", "Un plus"],
)
def test_headings_of_what_is_preferred_are_known_by_their_stems(heading: str) -> None:
    text = f"# Gardener\n\n## Requirements\n\n- patience\n\n## {heading}\n\n- Latin\n- a spade"
    assert (required(text), preferred(text)) == (["patience"], ["Latin", "a spade"])


@pytest.mark.parametrize(
    ("texts", "field"),
    [
        (["Mow the lawns", "Prunes the trees", "Plan the borders"], None),
        (["Maintain the lawns", "Prepares the soil", "Plan the borders"], RESPONSIBILITIES),
        (["You will mow the lawns", "You’ll prune the trees"], RESPONSIBILITIES),
        (["3 years of gardening", "Knowledge of roses", "RHS diploma"], REQUIRED),
        (["25 days' holiday", "Pension", "Discount on seeds"], BENEFITS),
        (["Pension"], None),
        (["Roses", "Tulips", "Daisies"], None),
    ],
)
def test_a_list_is_known_by_its_items_only_where_they_are_clear(
    texts: list[str], field: str | None
) -> None:
    assert items.subject(texts) == field


@pytest.mark.parametrize(
    "item",
    [
        "Desirable: a first aid certificate",
        "Ideally you will have worked in a park",
        "RHS Level 2 is desirable but not essential",
        "It would be great if you knew Latin",
    ],
)
def test_an_item_says_itself_that_it_is_only_preferred(item: str) -> None:
    text = f"Gardener\n\nRequirements:\n- Patience\n- {item}"
    assert (required(text), preferred(text)) == (["Patience"], [item])


def test_screening_questions_are_no_requirements() -> None:
    text = (
        "Gardener\n\nRequirements:\n- Patience\n\n"
        "Please select your experience from the list below.\n- Roses\n- Tulips"
    )
    assert required(text) == ["Patience"]


def test_leave_and_insurance_beneath_the_pay_are_benefits() -> None:
    text = (
        "# Gardener\n\n## Compensation\n\n- $50,000 - $60,000 a year\n"
        "- Fifteen days of paid vacation\n- Health insurance\n- A spade"
    )
    assert read_listing(text).benefits == (
        "Fifteen days of paid vacation",
        "Health insurance",
        "A spade",
    )


def test_duties_numbered_within_one_paragraph_are_items() -> None:
    text = (
        "Head Gardener, Oakfield Park – looks after the park and its many visitors all year round, "
        "in every weather, together with a team of nine gardeners. Management scope: the team. "
        "Responsibilities 1. Plans the borders for each season. 2. Trains the apprentices. "
        "3. Performs other duties as assigned. Salary: $4,100-$4,900/month. Deadline: June 30."
    )
    listing = read_listing(text)
    assert listing.responsibilities == (
        "Plans the borders for each season.",
        "Trains the apprentices.",
        "Performs other duties as assigned.",
    )
    assert [(pay.min, pay.max, pay.period) for pay in listing.pay_ranges] == [(4100, 4900, "month")]


@pytest.mark.parametrize(
    ("first", "title", "company", "place"),
    [
        ("HEAD COOK - The Hare & Crow, Lower Wick", "HEAD COOK", "The Hare & Crow", "Lower Wick"),
        ("[Lisboa] Front-end Developer na Plantar", "Front-end Developer", "Plantar", "Lisboa"),
        ("Nurse\nScoil Bríde, Ballymore, Co. Kildare", "Nurse", "Scoil Bríde", "Ballymore"),
        ("Nurse\nCity of Ely, Idaho", "Nurse", "City of Ely", "Ely, Idaho"),
        ("Nurse\nHaus am See, Linz\nBei Haus am See", "Nurse", "Haus am See", "Linz"),
    ],
)
def test_the_first_lines_name_the_job_its_employer_and_the_place(
    first: str, title: str, company: str | None, place: str
) -> None:
    listing = read_listing(f"{first}\n\nRequirements:\n- Patience\n- Latin")
    assert (listing.title, listing.company) == (title, company)
    assert listing.locations[0].text.startswith(place)
