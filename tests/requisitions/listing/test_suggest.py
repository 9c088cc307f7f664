from requisitions.listing import read_listing, suggest

LIBRARY = [
    {"name": "Reliability", "aliases": ["on-call", "SRE"]},
    {"name": "Go", "aliases": ["Golang"]},
    {"name": "Mentoring", "aliases": ["coaching"]},
    {"name": "C++", "aliases": []},
]
TEXT = """Platform Engineer

Responsibilities
- Go on site visits, and write Go there
- Take part in the On-Call rota
- Write C++ where it matters

Competencies
- Mentoring
"""


def test_what_is_mentioned_is_suggested_with_its_sentence() -> None:
    assert [each.as_json() for each in suggest(read_listing(TEXT), LIBRARY)] == [
        {
            "name": "Reliability",
            "mentioned_as": "On-Call",
            "field": "responsibilities",
            "text": "Take part in the On-Call rota",
        },
        {
            "name": "Go",
            "mentioned_as": "Go",
            "field": "responsibilities",
            "text": "Go on site visits, and write Go there",
        },
        {
            "name": "C++",
            "mentioned_as": "C++",
            "field": "responsibilities",
            "text": "Write C++ where it matters",
        },
    ]


def test_parts_of_words_and_what_is_listed_are_no_suggestions() -> None:
    text = TEXT.replace(", and write Go there", "").replace("On-Call rota", "Mongolang coaching")
    assert [each.name for each in suggest(read_listing(text), LIBRARY)] == ["C++"]
