"""Employers, titles, closing dates and closing calls in the ways that listings write them."""

import pytest

from requisitions.listing import read_listing

ENDING = "\n\nRequirements\n\n- A driving licence\n- Two years of experience\n"


@pytest.mark.parametrize(
    ("line", "company"),
    [
        ("Brightwell Gas is building a modern network for the whole county.", "Brightwell Gas"),
        ("VELA doo is a software company with a long history.", "VELA doo"),
        ("Bij Stichting Het Anker zoeken we een collega.", "Stichting Het Anker"),
        ("Posted on May 02, 2025 by Quill & Rook LLP", "Quill & Rook LLP"),
        ("CITY OF ELM FORD Personnel Department is hiring", "CITY OF ELM FORD"),
    ],
)
def test_a_sentence_names_the_employer(line: str, company: str) -> None:
    assert read_listing(f"Office Manager\n\n{line}{ENDING}").company == company


def test_a_municipality_below_the_title_is_the_employer() -> None:
    assert read_listing(f"Lärare\nNorrby kommun{ENDING}").company == "Norrby kommun"


def test_what_announces_a_japanese_title_is_no_part_of_it() -> None:
    assert read_listing("【求人】看護師\n\n■応募資格\n・看護師免許\n").title == "看護師"


def test_a_title_that_stands_again_on_its_own_ends_before_the_dash() -> None:
    listing = read_listing(f"# Data Engineer — Heron Society\n\nData Engineer\nFull time{ENDING}")
    assert (listing.title, listing.company) == ("Data Engineer", "Heron Society")


def test_a_year_of_two_digits_is_of_this_century() -> None:
    text = "Dispatcher\n\nLocation: Salem, OR\nClosing date: 03/07/25 05:00 PM"
    assert read_listing(text + ENDING).closes_on == "2025-03-07"


def test_a_deadline_in_a_sentence_is_read_as_the_country_writes_it() -> None:
    text = "Garçom\n\nSalário: R$ 2.500 mensais\n\nComo se candidatar\n\nEnvie até 10/11/2025."
    assert read_listing(text).closes_on == "2025-11-10"


def test_a_closing_call_is_no_requirement() -> None:
    text = "Clerk\n\n### Who we are looking for\n\nA licence\n\nJoin the crew today!\n"
    assert [item.text for item in read_listing(text).required] == ["A licence"]


def test_extras_within_the_benefits_are_benefits() -> None:
    text = "# Clerk\n\n## Benefícios\n\n- Plano de saúde\n\n**Diferenciais:**\n- Folga\n"
    assert read_listing(text).benefits == ("Plano de saúde", "Folga")


def test_a_label_right_below_a_heading_divides_its_list() -> None:
    text = "Clerk\n\nFUNCIONES:\n\nGeneral:\n- Registro diario\n- Archivo\n"
    assert read_listing(text).responsibilities == ("Registro diario", "Archivo")


def test_a_picture_behind_a_short_line_makes_it_a_heading() -> None:
    text = (
        "Comptable\n\nVotre Profil ✅\n\nExpérience : trois ans en cabinet.\n"
        "Hard Skills : la paie.\nÉtat d'esprit : autonome.\n\n"
        "Le Processus de Recrutement (Rapide & Humain) 🔍\n\nPremier échange avec nous.\n"
    )
    assert [item.text for item in read_listing(text).required] == [
        "Expérience : trois ans en cabinet.",
        "Hard Skills : la paie.",
        "État d'esprit : autonome.",
    ]


def test_a_place_after_its_bare_label_says_whose_dollar_it_is() -> None:
    text = (
        "# Clerk\n\n## Job details\n\n- Location Regina, SK S4P 3Y2\n- Salary $20 to $25 hourly\n"
    )
    listing = read_listing(text + ENDING)
    assert [place.region for place in listing.locations] == ["SK"]
    assert [pay.currency for pay in listing.pay_ranges] == ["CAD"]
