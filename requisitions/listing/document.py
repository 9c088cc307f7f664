"""What kind of text it is, and its logical lines."""

from dataclasses import dataclass, field

from requisitions.listing import frontmatter, html, jsonld, tables
from requisitions.listing.inline import spread
from requisitions.listing.lines import Line, read_plain
from requisitions.listing.model import NotAListing

MAX_LINES = 20_000


@dataclass
class Document:
    front: list[Line]
    """Front matter, apart from the text that follows it."""
    body: list[Line] = field(default_factory=list)
    title: Line | None = None
    """The title of an HTML page, which its reader does not see in the text."""
    posting: list[jsonld.Property] = field(default_factory=list)


def read_document(source: list[str]) -> Document:
    end = frontmatter.split(source)
    front, body = frontmatter.read(source, end), source[end:]
    text = "\n".join(body)
    if text.lstrip("\ufeff \t\r\n")[:1] in ("{", "[") and (linked := _linked(text, end + 1)):
        return Document(front, posting=linked)
    escaped = html.unescape_once(body)
    if not html.looks_like_html("\n".join(escaped)):
        _refuse_many(sum(1 for raw in body if raw.strip()))
        read = tables.spread(read_plain(source, range(end + 1, len(source) + 1)))
        document = Document(front, [each for line in read for each in spread(line)])
    else:
        page = html.read_html(escaped, end + 1)
        _refuse_many(len(page.lines))
        document = Document(front, tables.spread(page.lines), page.title, _scripts(page))
    _refuse_many(len(front) + len(document.body))
    return document


def _refuse_many(lines: int) -> None:
    if lines > MAX_LINES:
        raise NotAListing(
            f"The text has {lines:,} lines; a listing may have at most {MAX_LINES:,}. "
            "Nothing was read. Paste only the listing itself."
        )


def _linked(text: str, first: int) -> list[jsonld.Property] | None:
    try:
        posting = jsonld.find_posting(text.replace("\ufeff", " ", 1), first)
    except ValueError:
        return None
    if posting is None:
        raise NotAListing(
            "The text is JSON, but nothing in it is a schema.org JobPosting. Nothing was read. "
            'Give the object with "@type": "JobPosting", or paste the listing as text.'
        )
    return posting


def _scripts(page: html.Page) -> list[jsonld.Property]:
    for first, script in page.json_ld:
        try:
            posting = jsonld.find_posting(script, first)
        except ValueError:
            continue
        if posting:
            return posting
    return []
