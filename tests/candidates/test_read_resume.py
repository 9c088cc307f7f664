"""`manage.py read_resume FILE --json`."""

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command

from requisitions.actions.library import add_competency
from tests.candidates.resumes.pdfs import text_pdf
from tests.factories.requisitions import Role

ROOT = Path(__file__).resolve().parents[2]
KEYS = {"text", "language", "emails", "phones", "links", "name", "evidence", "status"}


def run(file: Path, **environment: str) -> "subprocess.CompletedProcess[str]":
    """In a process of its own, with no database to be found."""
    nowhere = {"DATABASE_URL": "postgresql://127.0.0.1:1/none", "SECRET_KEY": "x" * 50}
    return subprocess.run(
        [sys.executable, "manage.py", "read_resume", str(file), "--json"],
        capture_output=True,
        text=True,
        check=False,
        cwd=ROOT,
        env=os.environ | nowhere | environment,
    )


def test_it_needs_no_database(tmp_path: Path) -> None:
    file = tmp_path / "résumé.exe"
    file.write_bytes(text_pdf("Jane Doe\njane@example.com\nRan large distributed systems."))
    done = run(file)
    said = json.loads(done.stdout)
    assert (done.returncode, set(said)) == (0, KEYS)
    assert (said["status"], said["name"], said["emails"]) == (
        "read",
        "Jane Doe",
        ["jane@example.com"],
    )
    (found,) = said["evidence"]
    assert found["competency"] == "Distributed Systems"
    (mention,) = found["mentions"]
    assert said["text"][mention["start"] : mention["end"]] == mention["words"]


def test_what_cannot_be_read_is_told_too(tmp_path: Path) -> None:
    file = tmp_path / "a.pdf"
    file.write_bytes(b"%PDF-1.7")
    done = run(file)
    assert json.loads(done.stdout) == {
        "text": "",
        "language": None,
        "emails": [],
        "phones": [],
        "links": [],
        "name": None,
        "evidence": [],
        "status": "not_read",
    }
    assert (done.returncode, done.stderr.strip()) == (0, "The file is damaged.")


def test_a_file_that_is_not_there_is_an_error(tmp_path: Path, capsys: Any) -> None:
    for path in (tmp_path / "none", tmp_path, Path("a\0b")):
        with pytest.raises(CommandError, match="cannot be opened"):
            call_command("read_resume", str(path), "--json")
    assert capsys.readouterr().out == ""


def test_the_companys_own_competencies_count(
    role: Role, by: Any, tmp_path: Path, capsys: Any
) -> None:
    add_competency(name="Basket weaving", aliases=["Basketry"], by=by)
    file = tmp_path / "a.txt"
    file.write_text("Jane Doe\nTen years of basketry and distributed systems")
    call_command("read_resume", str(file), "--json")
    found = json.loads(capsys.readouterr().out)["evidence"]
    assert "Basket weaving" in [each["competency"] for each in found]
    call_command("read_resume", str(file))
    assert capsys.readouterr().out.startswith("Jane Doe\nTen years")
