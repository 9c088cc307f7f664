"""Records of people: which are one person."""

from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from candidates.dedupe.find import find_groups
from candidates.dedupe.groups import cluster
from candidates.dedupe.people import Person


def person(key: str, **fields: Any) -> Person:
    for several in ("emails", "phones"):
        if isinstance(fields.get(several), str):
            fields[several] = (fields[several],)
    return Person(id=key, **fields)


def grouped(*people: Person) -> list[tuple[str, ...]]:
    return [group.members for group in find_groups(people)]


ANA = {"given": "Ana", "surname": "Okonjo", "emails": "ana.okonjo@mail.example"}
SAME_PERSON = {
    "a tag in the address": (ANA, ANA | {"emails": "Ana.Okonjo+jobs@mail.example"}),
    "dots of Gmail": (
        ANA | {"emails": "anaokonjo@gmail.com"},
        ANA | {"emails": "ana.okonjo@googlemail.com"},
    ),
    "a slip in the address and the name": (
        ANA | {"birth": "1990-03-04"},
        ANA | {"surname": "Okojno", "emails": "ana.okonjo@mial.example", "birth": "04/03/1990"},
    ),
    "names swapped": (ANA, ANA | {"given": "Okonjo", "surname": "Ana"}),
    "a married name": (
        ANA | {"phones": "+44 20 7946 0958", "birth": "1990-03-04"},
        {"given": "Ana", "surname": "Bell", "phones": "020 7946 0958", "birth": "1990-03-04"},
    ),
    "a nickname and a new address": (
        {"given": "Robert", "surname": "Feynmark", "phones": "+1 (555) 010-2030"},
        {"given": "Bob", "surname": "Feynmark", "phones": "555.010.2030"},
    ),
    "another script": (
        {"given": "Юлия", "surname": "Щербакова", "emails": "yulia@mail.example"},
        {"given": "Julia", "surname": "Shcherbakova", "emails": "yulia@mail.example"},
    ),
    "accents": (
        {"given": "Jürgen", "surname": "Großmüller", "birth": "1980-01-02", "city": "Köln"},
        {"given": "Juergen", "surname": "Grossmueller", "birth": "1980-01-02", "city": "Koeln"},
    ),
    "one field for the name": (
        {"name": "Dr. Ana María de la Okonjo", "emails": "ana@mail.example"},
        {"name": "Okonjo, Ana", "emails": "ana@mail.example"},
    ),
    "hardly anything": ({"emails": "ana@mail.example"}, ANA | {"emails": "ANA@mail.example"}),
}
HOME = {"surname": "Castellan", "street": "5 Elm Row", "postcode": "10115", "city": "Berlin"}
STRANGERS = {
    "John Smith": ({"given": "John", "surname": "Smith"}, {"given": "John", "surname": "Smith"}),
    "twins": (
        HOME | {"given": "Greta", "birth": "1990-03-04", "phones": "030 1234567"},
        HOME | {"given": "Paul", "birth": "1990-03-04", "phones": "+49 30 1234567"},
    ),
    "a mother and her son": (
        HOME | {"given": "Greta", "birth": "1960-03-04", "emails": "castellan@mail.example"},
        HOME | {"given": "Paul", "birth": "1990-11-24", "emails": "castellan@mail.example"},
    ),
    "an inbox of an office": (
        {"given": "Ana", "surname": "Okonjo", "emails": "jobs@staffing.example"},
        {"given": "Paul", "surname": "Castellan", "emails": "jobs@staffing.example"},
    ),
    "addresses that were free": (
        {"given": "John", "surname": "Smith", "emails": "john.smith1@mail.example"},
        {"given": "John", "surname": "Smith", "emails": "john.smith2@mail.example"},
    ),
    "nothing at all": ({}, {}),
    "only a city": ({"city": "Berlin"}, {"city": "Berlin"}),
}


@pytest.mark.parametrize("case", SAME_PERSON)
def test_one_person_is_recognised(case: str) -> None:
    one, two = SAME_PERSON[case]
    assert grouped(person("a", **one), person("b", **two)) == [("a", "b")]


@pytest.mark.parametrize("case", STRANGERS)
def test_strangers_stay_apart(case: str) -> None:
    one, two = STRANGERS[case]
    assert grouped(person("a", **one), person("b", **two)) == []


def test_each_group_says_how_sure_and_why() -> None:
    one = person("a", **ANA, phones="+44 20 7946 0958", birth="1990-03-04", employer="Acme GmbH")
    two = person(
        "b",
        given="Okonjo",
        surname="Ana",
        phones="020 7946 0958",
        birth="1990-04-03",
        employer="Acme",
        emails="ana.okonjo@other.example",
    )
    (group,) = find_groups([one, two])
    (link,) = group.links
    assert group.probability > 0.99
    assert link.reasons == (
        "same e-mail name at another provider",
        "same phone in another format",
        "given name and surname swapped",
        "same given name",
        "same surname",
        "birthday differs by a slip of the pen",
        "same employer",
    )
    assert link.against == ()


def test_a_phone_that_many_share_says_little() -> None:
    names = ["Ana Bell", "Paul Orr", "Ida Kern", "Tom Vale", "Eva Lund", "Max Rohr", "Lea Pohl"]
    people = [person(name, name=name, phones="030 1234567") for name in names]
    assert grouped(*people, person("Ana B.", name="Ana Okonjo", phones="030 1234567")) == []


def test_a_record_that_resembles_two_people_does_not_tie_them_together() -> None:
    one = person("a", given="Ana", surname="Okonjo", birth="1990-03-04", emails="ana@mail.example")
    two = person("b", given="Paul", surname="Rohr", birth="1981-12-24", emails="paul@mail.example")
    both = person("c", emails=("ana@mail.example", "paul@mail.example"))
    assert len(grouped(one, two, both)) == 1
    assert not any({"a", "b"} <= set(group) for group in grouped(one, two, both))


def test_a_chain_of_weak_links_is_no_group() -> None:
    far = {(0, 1): 4.0, (1, 2): 4.0, (2, 3): 4.0}
    edges = [(bits, *pair) for pair, bits in far.items()]
    assert cluster(edges, lambda a, b: far.get((a, b), -9.0)) == [[0, 1], [2, 3]]


FIELDS = ("given", "surname", "birth", "street", "city", "postcode", "employer", "number")
SMALL = st.sampled_from(
    ["", "Ana", "Anna", "Okonjo", "1990-03-04", "5 Elm Row", "王小明", "x" * 200]
)
RECORDS = st.lists(
    st.fixed_dictionaries(
        {name: SMALL | st.text(max_size=12) for name in FIELDS},
        optional={"emails": st.tuples(st.sampled_from(["a@b.example", "@", "\0"]))},
    ),
    max_size=8,
)


@settings(max_examples=150, deadline=None)
@given(RECORDS, st.randoms(use_true_random=False))
def test_the_order_of_the_records_changes_nothing(records: list[Any], lots: Any) -> None:
    people = [person(f"{place}", **fields) for place, fields in enumerate(records)]
    groups = find_groups(people)
    mixed = list(people)
    lots.shuffle(mixed)
    assert find_groups(mixed) == groups
    members = [name for group in groups for name in group.members]
    assert len(members) == len(set(members))
    assert all(len(group.links) == len(group.members) - 1 for group in groups)
    assert all(0.5 < link.probability <= 1 for group in groups for link in group.links)
