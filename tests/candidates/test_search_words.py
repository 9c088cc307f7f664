"""Whatever is typed into the search box is understood somehow, and said in words."""

import pytest
from django.db import connection
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from ats.accounts.models import User
from candidates.queries.search.criteria import CRITERIA
from candidates.queries.search.people import read_search
from candidates.queries.search.snippets import marked, pattern_of
from candidates.queries.search.words import Term, understand

SAID = "The profile or a resume says "


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("java kotlin", SAID + "“java” and “kotlin”."),
        ("java or kotlin", SAID + "“java” or “kotlin”."),
        ("java|kotlin", SAID + "“java|kotlin”."),
        ("java and (kotlin OR scala)", SAID + "“java” and (“kotlin” or “scala”)."),
        (
            '"machine learning" econ*',
            SAID + "“machine learning” and a word that begins with “econ”.",
        ),
        ("„zwei Worte“ x", SAID + "“zwei Worte” and “x”."),
        ("java -php", SAID + "“java”; nowhere “php”."),
        ("NOT (php or perl) java", SAID + "“java”; nowhere (“php” or “perl”)."),
        ('-"two words"', "The profile and the resumes say nowhere “two words”."),
        ("jean-luc", SAID + "“jean-luc”."),
        ("a - b", SAID + "“a” and “b”. Signs without a letter or a digit were left out."),
        ("(a", SAID + "“a”. A parenthesis that nothing closes was closed at the end."),
        ("a) b", SAID + "“a” and “b”. A parenthesis that nothing opens was left out."),
        ('"a b', SAID + "“a b”. A quotation mark that nothing closes was closed at the end."),
        ("a or", SAID + "“a”. An “or” with nothing on one side was left out."),
        ("j*", SAID + "“j”. A star needs two letters before it: it was left out."),
        ("ja*va", SAID + "“ja va”. A star counts only at the end of a word."),
        ("***", "Signs without a letter or a digit were left out."),
        ("", ""),
        ("NOT", ""),
        ("a NOT", SAID + "“a”."),
        ('""', ""),
        ("\x00a\ud800b\n", SAID + "“a” and “b”."),
    ],
)
def test_how_it_is_understood(text: str, sentence: str) -> None:
    said = understand(text).sentence
    star = "A star needs two letters before it: it was left out. "
    assert said.replace(f"{star}A star counts only at the end of a word. ", "") == sentence


def test_only_so_much_is_read() -> None:
    assert "first 500 characters" in understand("x" * 501).sentence
    assert "first 40 words" in understand("a " * 41).sentence
    assert "deeper than 10" in understand("(" * 400 + "a").sentence
    assert understand("NOT " * 125).sentence == ""


# What means something here or to PostgreSQL, in any order.
PIECES = st.sampled_from(
    [
        "(",
        ")",
        '"',
        "“",
        "”",
        "-",
        "*",
        "|",
        "&",
        "!",
        "<->",
        ":*",
        "'",
        "\\",
        "%",
        "or",
        "NOT",
        "a",
    ]
)
HOSTILE = st.one_of(st.text(max_size=600), st.lists(PIECES, max_size=80).map(" ".join))


@given(HOSTILE)
@settings(max_examples=300, deadline=None)
def test_no_text_is_too_strange(text: str) -> None:
    asked = understand(text)
    assert asked.sentence == asked.sentence.strip()
    assert (
        marked("Any text, ﬁne or naïve.", pattern_of([*asked.terms, Term("x")])) == ""
        or asked.terms
    )


@pytest.mark.django_db
@given(HOSTILE)
@settings(
    max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
def test_no_text_is_an_error_of_the_database(text: str) -> None:
    user = User(pk=1, is_site_admin=True)
    search = read_search(user, {name: [text] for name in ("q", "name", "place", "email")})
    search.problems.clear()
    assert list(search.people()) == []
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")


@given(st.sampled_from(sorted(CRITERIA)), st.text(max_size=300))
@settings(
    max_examples=200, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@pytest.mark.django_db
def test_no_value_is_too_strange(name: str, text: str) -> None:
    search = read_search(User(pk=1), {name: [text]})
    assert [said for said, _ in search.problems] in ([], [name])
    assert list(search.people()) == []


@pytest.mark.parametrize(
    ("term", "text", "snippet"),
    [
        ("müller", "Bei MULLER.", "Bei <mark>MULLER</mark>."),
        ("node.js", "with Node JS here", "with <mark>Node JS</mark> here"),
        ("finance", "the ﬁnance ofﬁce", "the <mark>ﬁnance</mark> ofﬁce"),
        ("java", "JavaScript", ""),
        ("程师", "软件工程师", "软件工<mark>程师</mark>"),
        ("a<b", "a<b & c", "<mark>a&lt;b</mark> &amp; c"),
        ("end", "x " * 90 + "end", "x " * 29 + "<mark>end</mark>"),
        ("first", "first " + "y " * 90, "<mark>first</mark> " + "y " * 28 + "y"),
    ],
)
def test_where_it_stands(term: str, text: str, snippet: str) -> None:
    assert marked(text, pattern_of([Term(term)])) == snippet
