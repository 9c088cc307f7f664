"""Tokens of a letter: `{{ candidate_name }}`. Only known words are replaced, and each once:
what a value holds is text, never a token."""

import re
from collections.abc import Mapping
from difflib import get_close_matches

TOKEN = re.compile(r"\{\{([^{}]*)\}\}")
KNOWN = {
    "candidate_name": "the candidate's name",
    "job_title": "the job under the name that the candidate knows",
    "company": "the company's name",
    "department": "the department's name",
    "location": "where the job is",
    "pay": "the amount, currency and period",
    "start_date": "the first day",
    "open_until": "the last day to answer",
    "hiring_manager": "the hiring manager's name",
    "recruiter": "the responsible recruiter's name",
    "today": "the day on which the letter goes out",
}


def tokens_in(text: str) -> list[str]:
    """Each once, in the order of the text."""
    return list(dict.fromkeys(found.strip() for found in TOKEN.findall(text)))


def unknown_tokens(text: str) -> list[str]:
    """A sentence for each token that means nothing here."""
    return [wish(name) for name in tokens_in(text) if name not in KNOWN]


def wish(name: str) -> str:
    near = get_close_matches(name, KNOWN, n=1)
    hint = f"Did you mean {{{{ {near[0]} }}}}?" if near else f"Known are: {', '.join(KNOWN)}."
    return f"{{{{ {name} }}}} is no token of a letter. {hint}"


def without_value(text: str, values: Mapping[str, str]) -> list[str]:
    """The known tokens of the text that would leave a hole."""
    return [name for name in tokens_in(text) if name in KNOWN and not values.get(name)]


def fill(text: str, values: Mapping[str, str]) -> str:
    """A token without a value stays as it is written, so that the hole is seen."""
    return TOKEN.sub(lambda found: values.get(found[1].strip()) or found[0], text)
