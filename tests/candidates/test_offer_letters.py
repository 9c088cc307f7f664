"""The words of an offer letter and its PDF, without a database."""

from datetime import UTC, datetime
from hashlib import sha256
from typing import Any

import pypdfium2
import pytest

from candidates.offer_letters.pdf import NoFont, typeset
from candidates.offer_letters.tokens import fill, tokens_in, unknown_tokens, without_value

AT = datetime(2026, 11, 23, 9, 30, 0, 123, tzinfo=UTC)
# One name per script that the fonts of our own packages show.
NAMES = [
    "Zoë Łukasz Nguyễn",
    "Ελένη",
    "Ольга",
    "محمد علي",
    "שלום כהן",
    "გიორგი",
    "क्षत्रिय",
    "สมชาย",
    "王小明",
    "さくら",
    "한지민",
]


def made(letter: str, **more: Any) -> bytes:
    said = {"title": "Our offer", "company": "Acme", "facts": [("Role", "Writer")], "at": AT}
    return typeset(letter=letter, **{**said, **more})


def text_of(pdf: bytes) -> str:
    document = pypdfium2.PdfDocument(pdf)
    try:
        return "\n".join(page.get_textpage().get_text_range() for page in document)
    finally:
        document.close()


def test_known_tokens_are_filled_in_once() -> None:
    values = {"candidate_name": "{{ pay }} & co", "pay": "1 USD", "company": ""}
    said = "Dear {{ candidate_name }}, {{pay}}; {{ company }}."
    assert fill(said, values) == "Dear {{ pay }} & co, 1 USD; {{ company }}."
    assert tokens_in(said) == ["candidate_name", "pay", "company"]
    assert without_value(said, values) == ["company"]
    assert unknown_tokens(said) == []


def test_unknown_tokens_are_named_with_a_guess() -> None:
    near, far = unknown_tokens("{{ candidate_nam }} {{ __class__.mro }} {{ candidate_nam }}")
    assert near.endswith("Did you mean {{ candidate_name }}?")
    assert "Known are: candidate_name, job_title" in far


@pytest.mark.parametrize("name", NAMES)
def test_names_of_many_scripts_can_be_read_in_the_pdf(name: str) -> None:
    found = text_of(made(f"Hello {name}"))
    assert set("".join(name.split())) <= set(found)


def test_words_are_never_markup() -> None:
    said = (
        '#set text(red) *bold* _it_ $x$ `code` @ref <label> \\ // "quoted" #include("/etc/passwd")'
    )
    assert said in " ".join(text_of(made(said, facts=[("#a", "*b*")])).split())


def test_the_same_words_are_the_same_bytes() -> None:
    assert sha256(made("One\n\nTwo\nThree")).digest() == sha256(made("One\n\nTwo\nThree")).digest()
    assert made("One").startswith(b"%PDF-")
    assert made("", language="xx\nyy").startswith(b"%PDF-")


def test_a_long_letter_has_pages() -> None:
    pdf = made("\n\n".join(["A sentence that goes on and on. " * 20] * 40))
    assert len(pypdfium2.PdfDocument(pdf)) > 5


def test_a_character_without_a_font_is_named() -> None:
    with pytest.raises(NoFont) as refusal:
        made("Hello \U00013000")
    assert refusal.value.text == "\U00013000"


def test_what_else_goes_wrong_is_not_hidden(monkeypatch: pytest.MonkeyPatch) -> None:
    from candidates.offer_letters import pdf

    monkeypatch.setattr(pdf, "SOURCE", b"#nothing()")
    with pytest.raises(pdf.typst.TypstError):
        made("Hello")
