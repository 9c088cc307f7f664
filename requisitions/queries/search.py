"""Published postings by their words, whatever the accents, and by what lists narrow them to."""

from collections.abc import Iterable
from functools import reduce
from operator import add, or_
from typing import Any

from django.contrib.postgres.lookups import Unaccent
from django.contrib.postgres.search import SearchQuery, SearchVector
from django.db.models import Q, QuerySet, Value

from requisitions.models import JobPosting

# A search vector holds at most a megabyte; nobody looks for the rest.
MOST = 50_000
LONGEST = 200
PLAIN = "simple"
# How PostgreSQL calls the rules by which a language forms its words.
STEMMERS = {
    "da": "danish",
    "de": "german",
    "en": "english",
    "es": "spanish",
    "fi": "finnish",
    "fr": "french",
    "hu": "hungarian",
    "it": "italian",
    "nb": "norwegian",
    "nl": "dutch",
    "no": "norwegian",
    "pt": "portuguese",
    "ro": "romanian",
    "ru": "russian",
    "sv": "swedish",
    "tr": "turkish",
}


def facts_of(content: dict[str, Any]) -> dict[str, Any]:
    """The columns of a posting that repeat its published version."""
    return {
        "department": content["department"],
        "places": [place["text"] for place in content["locations"]],
        "workplace": content["workplace"],
        "employment_type": content["employment_type"],
    }


def search_vector(content: dict[str, Any], language: str) -> Any:
    """The title counts most; every word stands as it is, and as its language reduces it."""
    texts = {"A": title_text(content), "B": fact_text(content), "C": body_text(content)}
    configs = [PLAIN, *stemmers([language])]
    vectors: list[Any] = [
        SearchVector(Unaccent(Value(text)), weight=weight, config=config)
        for weight, text in texts.items()
        for config in configs
    ]
    return reduce(add, vectors)


def title_text(content: dict[str, Any]) -> str:
    return str(content["title"])


def fact_text(content: dict[str, Any]) -> str:
    places = [place["text"] for place in content["locations"]]
    lists = [*content["competencies"], *content["topics"]]
    return "\n".join([content["department"], *places, *lists])[:MOST]


def body_text(content: dict[str, Any]) -> str:
    wanted = content["qualifications"]
    lists = [content["highlights"], content["responsibilities"], content["benefits"]]
    lists += [wanted["required"], wanted["preferred"]]
    return "\n".join([content["summary"], *(line for each in lists for line in each)])[:MOST]


def stemmers(languages: Iterable[str]) -> list[str]:
    found = {STEMMERS.get(tag.partition("-")[0], "") for tag in languages}
    return sorted(found - {""})


def matching(
    rows: QuerySet[JobPosting], text: str, languages: Iterable[str] = ("en",)
) -> QuerySet[JobPosting]:
    """`"exact words"`, `-without`, `or`: as people write it in a search box. A piece of a title
    counts too, for scripts that do not part their words."""
    asked = text.replace("\x00", " ").strip()[:LONGEST]
    if not asked:
        return rows
    said: list[Any] = [
        SearchQuery(Unaccent(Value(asked)), search_type="websearch", config=config)
        for config in [PLAIN, *stemmers(languages)]
    ]
    return rows.filter(Q(search=reduce(or_, said)) | Q(title__unaccent__icontains=asked))
