"""Competencies that a listing does not list, but mentions: suggestions, never more. Pure."""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from requisitions.listing.model import Json, Listing

# The name and aliases of an entry of the library.
Known = Mapping[str, Any]


@dataclass(frozen=True)
class Suggestion:
    """`text` is the sentence, of that field, in which `mentioned_as` stands."""

    name: str
    mentioned_as: str
    field: str
    text: str

    def as_json(self) -> Json:
        return {
            "name": self.name,
            "mentioned_as": self.mentioned_as,
            "field": self.field,
            "text": self.text,
        }


def suggest(listing: Listing, library: Iterable[Known]) -> list[Suggestion]:
    """At most one for each entry: the first place where its name or an alias is mentioned.

    `library` is `[{name, aliases}]`. What the listing lists itself is not suggested again.
    """
    listed = {name.casefold() for name in listing.competencies}
    sentences = list(sentences_of(listing))
    found = []
    for entry in library:
        words = [entry["name"], *entry["aliases"]]
        if not listed & {word.casefold() for word in words}:
            found += first_mention(entry["name"], words, sentences)
    return found


def sentences_of(listing: Listing) -> Iterator[tuple[str, str]]:
    """What is said about the role and of whoever takes it; not of the company or its benefits."""
    yield from (("responsibilities", text) for text in listing.responsibilities)
    yield from (("required", each.text) for each in listing.required)
    yield from (("preferred", each.text) for each in listing.preferred)
    yield from (("highlights", text) for text in listing.highlights)
    yield from (("topics", text) for text in listing.topics)
    yield from (("summary", line) for line in (listing.summary or "").splitlines())


def first_mention(
    name: str, words: list[str], sentences: list[tuple[str, str]]
) -> list[Suggestion]:
    pattern = whole_words(words)
    for field, text in sentences:
        if match := pattern.search(text):
            return [Suggestion(name, match[0], field, text)]
    return []


def whole_words(words: list[str]) -> re.Pattern[str]:
    """Any of these as a whole, the longest first."""
    choices = "|".join(spelled(word) for word in sorted(words, key=len, reverse=True))
    return re.compile(rf"(?<!\w)(?:{choices})(?!\w)")


def spelled(word: str) -> str:
    """Three letters or fewer ("Go", "SQL") only as written, and not as the verb of a sentence."""
    if len(word) > 3:
        return f"(?i:{re.escape(word)})"
    return rf"(?:(?<!^){re.escape(word)}|{re.escape(word)}(?! [a-z]))"
