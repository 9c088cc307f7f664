"""`manage.py find_duplicates`: a file of people, whatever program wrote it."""

import json
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command

ROWS = (
    "id,first,last,mail\n1,Ana,Okonjo,ana@mail.example\n2,Okonjo,Ana,ANA@mail.example\n3,Bo,Li,\n"
)
COLUMNS = ["--id", "id", "--given", "first", "--surname", "last", "--email", "mail"]


def run(tmp_path: Path, content: bytes, *options: str) -> Any:
    file, out = tmp_path / "people.csv", StringIO()
    file.write_bytes(content)
    call_command("find_duplicates", "--csv", str(file), "--json", *options, stdout=out)
    return json.loads(out.getvalue())


def test_groups_are_printed_with_how_sure_and_why(tmp_path: Path) -> None:
    reasons = ["same e-mail", "given name and surname swapped", "same given name", "same surname"]
    said = run(tmp_path, ROWS.encode(), *COLUMNS)
    probability = said["groups"][0]["probability"]
    assert probability > 0.99
    assert said == {
        "people": 3,
        "groups": [
            {
                "members": ["1", "2"],
                "probability": probability,
                "sure": "almost certain",
                "reasons": reasons,
                "links": [
                    {
                        "members": ["1", "2"],
                        "probability": probability,
                        "reasons": reasons,
                        "against": [],
                    }
                ],
            }
        ],
        "skipped": [],
    }


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
@pytest.mark.parametrize("separator", [",", ";", "\t"])
def test_encodings_and_separators_are_found(tmp_path: Path, encoding: str, separator: str) -> None:
    text = ROWS.replace("Okonjo", "Öström").replace(",", separator).replace("\n", "\r\n")
    said = run(tmp_path, text.encode(encoding), *COLUMNS)
    assert [group["members"] for group in said["groups"]] == [["1", "2"]]


def test_columns_with_usual_names_need_no_naming(tmp_path: Path) -> None:
    text = ROWS.replace("first,last,mail", "First_Name, surname ,EMAIL")
    assert [each["members"] for each in run(tmp_path, text.encode())["groups"]] == [["1", "2"]]


def test_broken_rows_are_said_and_kept(tmp_path: Path) -> None:
    text = 'id,last,mail\n1,"O\nKonjo",a@b.example\n\n,Bo\n1,Li,c@d.example,more\n\0,\0,\0\n'
    said = run(tmp_path, text.encode(), "--id", "id", "--surname", "last", "--email", "mail")
    assert (said["people"], said["groups"]) == (3, [])
    assert said["skipped"] == [
        "Row 5 has more cells than the first: the rest was left out.",
        "Row 5 has an id that was there before: 1.",
    ]


@pytest.mark.parametrize(
    ("content", "options", "sentence"),
    [
        (b"", [], "The file is empty: its first line has to name the columns."),
        (b"a,b\n", ["--email", "c"], "The file has no column c. It has: a, b."),
        (b"a,b\n1,2\n", [], "No column says who somebody is: name them, as in --surname NAME."),
        (b"a," * 5000, [], "The file has 5001 columns: at most 1000 can be read."),
        (b"a,b\n", ["--threshold", "7"], "--threshold is a probability from 0.5 to 1."),
    ],
)
def test_what_cannot_be_read_is_said(
    tmp_path: Path, content: bytes, options: list[str], sentence: str
) -> None:
    with pytest.raises(CommandError) as refusal:
        run(tmp_path, content, *options)
    assert str(refusal.value) == sentence


def test_a_file_that_is_not_there_is_said(tmp_path: Path) -> None:
    with pytest.raises(CommandError, match="cannot be read: No such file"):
        call_command("find_duplicates", "--csv", str(tmp_path / "none.csv"))


def test_a_name_of_ten_thousand_letters_holds_nobody_up(tmp_path: Path) -> None:
    rows = "".join(f"{n},{'x' * 10_000}{n},Robert'); DROP TABLE,\n" for n in range(40))
    assert run(tmp_path, f"id,first,last,mail\n{rows}".encode(), *COLUMNS)["people"] == 40
