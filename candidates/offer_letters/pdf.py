"""The letter as PDF/A: any script, both directions; refused where no font can show a character."""

import json
import re
from collections.abc import Mapping, Sequence
from datetime import datetime
from functools import cache
from importlib.util import find_spec
from pathlib import Path
from tempfile import TemporaryDirectory

import typst
from pymupdf_fonts import fontbuffers

SOURCE = Path(__file__).with_name("letter.typ").read_bytes()
# FiraGO: Latin, Greek, Cyrillic, Arabic, Hebrew, Georgian, Devanagari and Thai, upright and bold.
FIRA_GO = ("figo", "figbo")
CJK = "cvttf_NotoSansCJK_Regular"
CANNOT_SHOW = re.compile(r'the text `?"(.*?)"`? could not be displayed', re.DOTALL)


class NoFont(Exception):
    """`text` holds a character that no installed font has."""

    def __init__(self, text: str) -> None:
        super().__init__(f"no font shows {text!r}")
        self.text = text


def typeset(
    *,
    title: str,
    company: str,
    letter: str,
    facts: Sequence[tuple[str, str]],
    at: datetime,
    language: str = "en",
) -> bytes:
    """The same words at the same time are the same bytes. Raises `NoFont`.

    Words reach the typesetter as data: nothing in them is markup.
    """
    said: Mapping[str, object] = {
        "title": title,
        "company": company,
        "language": language if re.fullmatch("[a-z]{2,3}", language) else "en",
        "paragraphs": [part.strip() for part in re.split(r"\n\s*\n", letter) if part.strip()],
        "facts": [list(fact) for fact in facts],
    }
    try:
        pdf: bytes = typst.compile(  # type: ignore[misc]
            SOURCE,
            sys_inputs={"said": json.dumps(said)},
            font_paths=[*font_folders()],
            pdf_standards=["a-2u"],
            timestamp=at.replace(microsecond=0),
        )
        return pdf
    except typst.TypstError as problem:
        found = CANNOT_SHOW.search(str(problem))
        if found is None:
            raise
        raise NoFont(found[1]) from problem


@cache
def fonts() -> TemporaryDirectory[str]:
    """The typesetter reads files, and these fonts come packed; gone when the process ends."""
    held = TemporaryDirectory(prefix="fonts-")
    for name in FIRA_GO:
        (Path(held.name) / f"{name}.ttf").write_bytes(fontbuffers[name]())
    return held


def font_folders() -> list[str]:
    """Beside the fonts of the system: its own Noto fonts show the scripts that these do not."""
    spec = find_spec(CJK)
    assert spec is not None
    assert spec.origin is not None
    return [fonts().name, str(Path(spec.origin).parent)]
