"""Why, in words. The codes are what is stored and sent: `email_same`, `surname_similar`."""

from collections.abc import Iterable

from candidates.dedupe.compare import FIELDS, Levels

FOR = {
    "email_same": "same e-mail",
    "email_kin": "e-mail differs by a slip of the pen",
    "email_similar": "same e-mail name at another provider",
    "phone_same": "same phone",
    "phone_kin": "same phone in another format",
    "phone_similar": "phone differs by one digit",
    "number_same": "same identity number",
    "number_similar": "identity number differs by one sign",
    "order_other": "given name and surname swapped",
    "given_same": "same given name",
    "given_kin": "short form or variant of the same given name",
    "given_similar": "similar given name",
    "surname_same": "same surname",
    "surname_kin": "one surname of several is the same",
    "surname_similar": "similar surname",
    "birth_same": "same birthday",
    "birth_kin": "birthday differs by a slip of the pen",
    "birth_similar": "birthday agrees in part",
    "employer_same": "same employer",
    "employer_kin": "same employer",
    "employer_similar": "similar employer",
    "street_same": "same street",
    "street_kin": "same street",
    "street_similar": "similar street",
    "postcode_same": "same postcode",
    "postcode_similar": "similar postcode",
    "city_same": "same city",
    "city_kin": "same city",
    "city_similar": "similar city",
}
AGAINST = {
    "given_other": "another given name",
    "surname_other": "another surname",
    "birth_other": "another birthday",
    "email_other": "another e-mail",
    "phone_other": "another phone",
    "number_other": "another identity number",
    "street_other": "another street",
    "postcode_other": "another postcode",
    "city_other": "another city",
    "employer_other": "another employer",
}


def codes(levels: Levels) -> list[str]:
    named = {f"{name}_{level.name.lower()}" for name, level in zip(FIELDS, levels, strict=True)}
    return [code for code in FOR if code in named]


def in_words(found: Iterable[str]) -> tuple[str, ...]:
    """Reason codes as people say them, each once."""
    return tuple(dict.fromkeys(FOR[code] for code in found if code in FOR))


def against(levels: Levels) -> tuple[str, ...]:
    named = [f"{name}_{level.name.lower()}" for name, level in zip(FIELDS, levels, strict=True)]
    return tuple(AGAINST[code] for code in named if code in AGAINST)


def sure(probability: float) -> str:
    if probability >= 0.99:
        return "almost certain"
    return "likely" if probability >= 0.9 else "possible"
