"""Every case of ours, through the reader: order of the text, fields, and nothing that gets out."""

import pytest

from candidates.resumes import child
from candidates.resumes.kinds import kind_of_file
from candidates.resumes.sandbox import SECONDS, Reading, read_file, refused
from tests.candidates.resumes.hostile import hostile
from tests.candidates.resumes.layouts import Case, layouts
from tests.candidates.resumes.measure import faults
from tests.candidates.resumes.scripts import scripts


def named(case: Case) -> str:
    return case.name


@pytest.mark.parametrize("case", [*layouts(), *scripts()], ids=named)
def test_the_text_and_its_fields_are_found(case: Case) -> None:
    kind = kind_of_file(case.data)
    reading = refused(kind) or Reading(**child.read(case.data, kind))
    assert list(faults(case, reading)) == []


@pytest.mark.parametrize("case", list(hostile()), ids=named)
def test_a_broken_or_hostile_file_is_told_as_such(case: Case) -> None:
    reading = read_file(case.data, seconds=3 * SECONDS)
    assert list(faults(case, reading)) == []
    assert "\x00" not in reading.text
    assert "root:" not in reading.text
