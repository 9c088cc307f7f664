"""What holds for every text: nothing is lost, nothing but a refusal is raised, time is linear."""

import re
import time
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from requisitions.listing import Listing, NotAListing, decode, read_listing

PIECES = (
    "Engineer at Acme", "Acme · Berlin, Germany", "# Title", "## Requirements", "Responsibilities:",
    "- Lead the team", "* Build things", "1. First", "Benefits", "• Pension", "---", "===", "***",
    "Salary: $10 - $11 per hour", "$120-150k", "€50.000 – 60.000", "- On site", "Full-time", "",
    "This listing has closed", "Frequently asked questions", "Is it remote?", "No.", "AND", "- ",
    "Nice to have", "Location", "North London", "<p>", "</p>", "<li>A AND B OR C</li>", "<!--",
    "-->", "<script>", "</script>", "<div hidden>", "title: Cook", "tags:", "  - soup", "# note",
    "How to apply", "Send your CV by 3 May 2027.", '{"@type": "JobPosting",', '"title": "Cook"}',
    "Technical preparation", "WORKERS", "52950", "=== DETAILS ===", "| Pay | $5 |", "\u200b", "  ",
    "(a OR (b AND c)) OR equivalent experience", "Aufgaben", "Profil:", "\x00", "\ud800", "a\x0bb",
)  # fmt: skip
KEYS = ("title", "salary", "tags", "location", "qualifications", "layout", "key_objectives", "x_y")
VALUES = ("", "Cook", "| Text", "London", '"Quoted"', "- a", "5000 EUR a month", "To be updated")
lines = st.one_of(st.sampled_from(PIECES), st.text(max_size=40))
texts = st.builds("\n".join, st.lists(lines, max_size=25))


def read(text: str) -> Listing | None:
    try:
        return read_listing(text)
    except NotAListing:
        return None


def accounted(job: Listing) -> set[int]:
    spans = (span for sources in job.sources.values() for span in sources)
    named = {number for span in spans for number in range(span.first, span.last + 1)}
    return named | {each.line for each in job.unplaced}


@settings(max_examples=600, deadline=None)
@given(texts)
def test_every_line_that_is_not_blank_is_accounted_for_and_no_other(text):
    job = read(text)
    if job is not None:
        written = {n for n, line in enumerate(text.splitlines(), 1) if line.strip()}
        assert accounted(job) == written


@settings(max_examples=400, deadline=None)
@given(texts)
def test_layout_in_plain_text_holds_no_words(text):
    if "<" in text or "{" in text or "---" in text:
        return
    job = read(text)
    if job is not None:
        numbers = [span.first for span in job.sources.get("layout", ())]
        rows = [text.splitlines()[number - 1] for number in numbers]
        assert not [row for row in rows if re.search(r"[A-Za-z0-9]{2}", row)]


@settings(max_examples=400, deadline=None)
@given(st.text(max_size=400))
def test_any_text_is_read_or_refused(text):
    job = read("Nurse\nDuties\n- " + text)
    assert job is None or job.as_json()["sources"]


@settings(max_examples=200, deadline=None)
@given(st.binary(max_size=300))
def test_any_bytes_are_text_or_refused(data):
    try:
        text = decode(data)
    except NotAListing:
        return
    read(text)


@settings(max_examples=200, deadline=None)
@given(texts)
def test_confidence_is_a_share_and_text_can_be_stored(text):
    job = read("Nurse\n" + text)
    if job is not None:
        spans = [span for sources in job.sources.values() for span in sources]
        assert all(0 < span.confidence <= 1 for span in spans)
        shown = str(job.as_json())
        assert "\x00" not in shown
        shown.encode()


@pytest.mark.parametrize(
    "line",
    [
        "Salary: £10 - £11 per hour", "- Lead the team", "Requirements:", "a", "- a", "<p>", "<a <",
        "<!--", "<script>", "<div>x</p>", "<a '<b \"", "((((((((", "A OR B AND ", "**a", "[a](",
        "$1 $2 ", "1,111,111,", "in A, B or ", "&lt;/p&gt;", "<li>a<p>b", "At Acme Acme Acme",
        "Why is that?", "{", '[{"a":', "---", "key: value", "AAAA BBBB",
        "x @ ", "12:30 - ", "| a | b |",
    ],
)  # fmt: skip
@pytest.mark.parametrize("end", ["\n", " "])
def test_a_megabyte_of_one_line_takes_little_time(line, end):
    text = "Nurse\nDuties\n" + (line + end) * (1_000_000 // len(line + end))
    begun = time.process_time()
    read(text)
    assert time.process_time() - begun < 2


@settings(max_examples=200, deadline=None)
@given(st.lists(st.tuples(st.sampled_from(KEYS), st.sampled_from(VALUES)), max_size=8))
def test_front_matter_loses_no_value(pairs):
    rows = [f"{key}: {value}".rstrip() for key, value in pairs]
    text = "\n".join(["---", "name: x", *rows, "---", "# Nurse", "## Duties", "- Care"])
    job = read_listing(text)
    numbers = {span.first for span in job.sources.get("layout", ())}
    silent = [row for n, row in enumerate(text.splitlines(), 1) if n in numbers]
    assert not [row for row in silent if row[-1].isalnum()]


EXAMPLES = sorted((Path(__file__).parents[3] / "examples" / "listings").iterdir())
ROWS = [row for path in EXAMPLES for row in path.read_text(encoding="utf-8").splitlines()]


@settings(max_examples=300, deadline=None)
@given(st.lists(st.sampled_from(ROWS), max_size=40))
def test_lines_of_real_listings_in_any_order_are_accounted_for(rows):
    job = read("\n".join(rows))
    if job is not None:
        assert accounted(job) == {n for n, row in enumerate(rows, 1) if row.strip()}
