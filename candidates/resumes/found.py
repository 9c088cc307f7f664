"""What a reader finds in a file, and why it finds nothing."""

from dataclasses import dataclass, field


@dataclass
class Found:
    """`links` are those behind words, as the file holds them; `notes` are words of `NOTES`."""

    text: str = ""
    links: list[str] = field(default_factory=list)
    pages: int = 0
    notes: set[str] = field(default_factory=set)
    # What stands largest on the first page.
    heading: str = ""


# In words for whoever looks at the candidate.
NOTES = {
    "hidden_text": "It holds text that no reader could see (tiny, or off the page): left out.",
    "pages_missing": "Some of its pages are broken and were left out.",
    "cut_short": "It is very long: only the beginning was read.",
}
PROBLEMS = {
    "locked": "It is protected by a password.",
    "scanned": "It is a scan: pictures of pages, without any text.",
    "empty": "There is no text in it.",
    "unmapped": "Its letters cannot be told: the file does not say what its glyphs mean.",
    "broken": "The file is damaged.",
    "unpacks_too_large": "It unpacks to far more than any document: refused.",
    "not_a_document": "It is neither PDF, DOCX, ODT, RTF nor text.",
    "too_large": "It is larger than 10 MiB.",
    "nothing": "The file is empty.",
    "too_slow": "Reading it took longer than ten seconds.",
    "too_much_memory": "Reading it took more memory than any document needs.",
    "reader_died": "Its reader broke down over it, each time.",
    "missing": "The file is not in the store any more.",
}


class NoText(Exception):
    """The file is whole and holds no text that can be read; why is a word of `PROBLEMS`."""


class NotReadable(Exception):
    """The file is kept; its text is not known. Why is a word of `PROBLEMS`."""
