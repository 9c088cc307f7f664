"""What came with an application beside our own form, in words for a reader."""

from collections.abc import Iterator, Mapping
from typing import Any

# As one says it; the database keeps no order.
ORDER = ("title", "company_name", "degree", "discipline", "school_name")
DATES = ("start_date", "end_date")


def in_words(details: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    """`("Educations", "Bachelor's Degree, Physics, ETH Zurich, 8/2012 to 5/2016")` and the like."""
    for name, value in details.items():
        said = name.replace("_", " ").capitalize()
        for each in value if isinstance(value, list) else [value]:
            yield said, entry(each) if isinstance(each, dict) else str(each)


def entry(said: Mapping[str, Any]) -> str:
    when = " to ".join(said[name] for name in DATES if name in said)
    return ", ".join([*(said[name] for name in ORDER if name in said), *([when] if when else [])])
