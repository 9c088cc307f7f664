"""People who do not exist, with the truth of who is who: what the duplicates are measured on.

`damaged` is a set like Splink's fake_1000 (names shuffled or swapped, birthdays moved, addresses
mistyped, much missing); `worldly` holds scripts, nicknames, married names, new jobs and addresses,
twins, families with one phone, agencies with one inbox, and strangers of the same common name.
"""

import random
from dataclasses import replace
from datetime import date, timedelta

from anyascii import anyascii

from candidates.dedupe.people import Person

Made = list[tuple[Person, str]]


def listed(text: str) -> list[str]:
    return text.split()


GIVEN = listed("""
    Julia Noah Molly Amelia Oliver Matilda Aria Charlie Olivia Chloe Millie Theodore Elijah Maya
    Isabella Ethan Eva Lilly Harry Daniel Edward Harriet Nathan Clara Elliot Jessica Jacob Oscar
    Esme Amber Charlotte Ryan Joshua Mohammed Florence Thomas George Poppy Logan Freya Finley
""")
SURNAMES = listed("""
    Taylor Watson Bell Alexander Connolly Thompson Harris Baxter Wilson Andrews Macdonald
    Maxwell James Jones Cooper Carr Morris Thomas Ellis Wallace Lewis Hill Brown Bolton Gray
    Evans Fisher Smith Turner Owen Bartlett Harrison Davies Roberts Walker White Hughes Green
    Hall Wood Clarke
""")
CITIES = listed("""
    London London London London Leeds Bristol Cardiff Glasgow Derby Sunderland Belfast
""")
HOUSES = listed("""
    powers.com davis.com allen.biz henry.com cox.com lopez.org harvey.info mcdonald.net
""")
WORLD = (
    ("Иван", "Петров", "Ivan", "Petrov"),
    ("Юлия", "Соколова", "Julia", "Sokolova"),
    ("Дмитрий", "Щербаков", "Dmitry", "Shcherbakov"),
    ("Γιώργος", "Παπαδόπουλος", "Giorgos", "Papadopoulos"),
    ("Łukasz", "Żółkiewski", "Lukasz", "Zolkiewski"),
    ("Jürgen", "Müller", "Juergen", "Mueller"),
    ("Søren", "Kjærgård", "Soren", "Kjaergaard"),
    ("José", "Núñez", "Jose", "Nunez"),
    ("小明", "王", "Xiaoming", "Wang"),
    ("محمد", "حسن", "Mohammed", "Hassan"),
    ("Çağla", "Yılmaz", "Cagla", "Yilmaz"),
    ("Siân", "O’Brien", "Sian", "OBrien"),
    ("Nguyễn", "Trần", "Nguyen", "Tran"),
    ("Zoë", "van der Berg", "Zoe", "Berg"),
)
SHORT = (
    ("William", "Bill"),
    ("Robert", "Bob"),
    ("Elizabeth", "Liz"),
    ("Katherine", "Kate"),
    ("Alexander", "Sasha"),
    ("Margaret", "Peggy"),
    ("Michael", "Mike"),
)
FIRMS = ("Acme GmbH", "Globex Inc.", "Initech", "Umbrella Ltd", "Hooli", "Stark AG", "Wayne SE")


def damaged(people: int = 250, seed: int = 7) -> Made:
    lots, made = random.Random(seed), []  # noqa: S311 - made up, not secret
    for who in range(people):
        born = date(1970, 1, 1) + timedelta(lots.randrange(18_000))
        login = f"{lots.choice(GIVEN)}{lots.choice(SURNAMES)}{lots.randrange(100)}".lower()
        person = Person(
            id="",
            given=lots.choice(GIVEN),
            surname=lots.choice(SURNAMES),
            birth=born.isoformat(),
            city=lots.choice(CITIES),
            emails=(f"{login}@{lots.choice(HOUSES)}",),
        )
        for _ in range(lots.choice((1, 1, 1, 2, 3, 4, 5, 6, 8, 10))):
            made.append((damage(person, f"{len(made)}", lots), f"{who}"))
    return made


def damage(person: Person, name: str, lots: random.Random) -> Person:
    given, surname, born = person.given, person.surname, person.birth
    given = shuffled(given, lots) if lots.random() < 0.14 else given
    surname = shuffled(surname, lots) if lots.random() < 0.16 else surname
    if lots.random() < 0.2:
        given, surname = surname, given
    given, surname = (given, "") if lots.random() < 0.1 else (given, surname)
    given = "" if lots.random() < 0.14 else given
    if lots.random() < 0.3:
        born = (date.fromisoformat(born) + timedelta(lots.randint(-120, 120))).isoformat()
    (email,) = person.emails
    email = shuffled(email, lots) if lots.random() < 0.2 else email
    city = shuffled(person.city, lots) if lots.random() < 0.18 else person.city
    return Person(
        id=name,
        given=given,
        surname=surname,
        birth=born,
        city="" if lots.random() < 0.15 else city,
        emails=() if lots.random() < 0.16 else (email,),
    )


def shuffled(text: str, lots: random.Random) -> str:
    """Two or three letters change places, or one is lost."""
    letters = list(text)
    places = lots.sample(range(len(letters)), min(len(letters), lots.choice((2, 2, 3))))
    kept = [letters[place] for place in places]
    lots.shuffle(kept)
    for place, letter in zip(places, kept, strict=True):
        letters[place] = letter
    if lots.random() < 0.5 and len(letters) > 3:
        letters.pop(lots.randrange(len(letters)))
    return "".join(letters)


def worldly(people: int = 900, seed: int = 11) -> Made:
    lots, made = random.Random(seed), []  # noqa: S311 - made up, not secret
    for who in range(people):
        person = somebody(lots, who)
        made.append((person, f"{who}"))
        copies = range(lots.choice((0, 0, 1, 1, 2)))
        made += [(seen_again(person, f"{who}-{copy}", lots), f"{who}") for copy in copies]
        if lots.random() < 0.05:
            made.append((relative(person, f"{who}-kin", lots), f"{who} kin"))
    return made


def somebody(lots: random.Random, who: int) -> Person:
    kind = lots.random()
    if kind < 0.35:
        given, surname = lots.choice(WORLD)[0], f"{lots.choice(WORLD)[1]}"
    elif kind < 0.5:
        given, surname = lots.choice(SHORT)[0], lots.choice(SURNAMES)
    elif kind < 0.56:
        given, surname = "John", "Smith"
    else:
        given, surname = lots.choice(GIVEN), lots.choice(SURNAMES)
    born = date(1960, 1, 1) + timedelta(lots.randrange(16_000))
    login = f"{latin(given)}.{latin(surname)}".lower().replace(" ", "")[:24]
    return Person(
        id=f"{who}",
        given=given,
        surname=surname,
        birth=born.isoformat() if lots.random() < 0.5 else "",
        emails=("jobs@staffing.example" if lots.random() < 0.02 else f"{login}{who}@mail.example",),
        phones=(f"+44 20 7{lots.randrange(10**6):06d} {lots.randrange(10)}",),
        city=lots.choice(CITIES),
        employer=lots.choice(FIRMS) if lots.random() < 0.6 else "",
    )


def latin(text: str) -> str:
    known = {a: b for given, surname, one, two in WORLD for a, b in ((given, one), (surname, two))}
    return known.get(text) or str(anyascii(text))


def seen_again(person: Person, name: str, lots: random.Random) -> Person:
    """The same person years later: some of it is written otherwise, some has changed."""
    given, surname = person.given, person.surname
    if lots.random() < 0.7:
        given, surname = latin(given), latin(surname)
    given = dict(SHORT).get(given, given) if lots.random() < 0.6 else given
    if lots.random() < 0.1:
        surname = lots.choice((f"{surname}-{lots.choice(SURNAMES)}", lots.choice(SURNAMES)))
    given = shuffled(given, lots) if lots.random() < 0.06 and len(given) > 4 else given
    if lots.random() < 0.08:
        given, surname = surname, given
    phone = person.phones[0].replace("+44 ", "0").replace(" ", "-")
    emails, moved = person.emails, lots.random() < 0.35
    if moved:
        emails = (f"{latin(given)[:1]}{latin(surname)}{lots.randrange(99)}@new.example".lower(),)
    keeps_phone = not moved or lots.random() < 0.7
    return replace(
        person,
        id=name,
        given=given,
        surname=surname,
        emails=emails if lots.random() < 0.85 or not keeps_phone else (),
        phones=(phone,) if keeps_phone else (),
        city=lots.choice(CITIES) if lots.random() < 0.2 else person.city,
        employer=lots.choice(FIRMS) if lots.random() < 0.4 else person.employer,
    )


def relative(person: Person, name: str, lots: random.Random) -> Person:
    """A twin, or a parent, with the same phone and sometimes the same inbox."""
    given = lots.choice([each for each in GIVEN if each[:1] != latin(person.given)[:1]])
    is_twin = lots.random() < 0.4
    return replace(
        person,
        id=name,
        given=given,
        birth=person.birth if is_twin else "",
        emails=person.emails if lots.random() < 0.4 else (f"{given}{name}@mail.example".lower(),),
        employer="",
    )
