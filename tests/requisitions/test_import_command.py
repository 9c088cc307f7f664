import json
import os
import subprocess
import sys
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from requisitions.models import Requisition
from tests.factories.ats import UserFactory
from tests.factories.requisitions import RecruiterFactory

FILE = "examples/listings/senior-principal-engineering-manager.txt"


def run(*args: str) -> str:
    out = StringIO()
    call_command("import_listing", *args, stdout=out)
    return out.getvalue()


def test_a_dry_run_needs_no_database() -> None:
    text = run(FILE, "--dry-run")
    assert "Senior Principal Engineering Manager" in text
    assert "163,000 to 296,400 USD a year  U.S." in text
    assert "competencies      10: AI Infrastructure" in text
    assert "Nothing was written" in text


def test_json_is_the_documented_reading() -> None:
    said = json.loads(run(FILE, "--dry-run", "--json"))
    assert (len(said["competencies"]), len(said["faq"])) == (10, 7)
    assert said["closed"] is True
    assert said["unplaced"] == []
    assert "requisition" not in said


@pytest.mark.django_db
def test_the_first_site_admin_or_a_named_recruiter_drafts_it() -> None:
    ada = UserFactory(is_site_admin=True)
    rita = RecruiterFactory(email="rita@northlight.example")
    said = json.loads(run(FILE, "--json"))
    assert said["requisition"]["number"].endswith("-0001")
    assert "Drafted REQ-" in run(FILE, "--as", "RITA@northlight.example")
    by = Requisition.objects.order_by("pk").values_list("created_by", flat=True)
    assert list(by) == [ada.pk, rita.pk]


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("who", "sentence"),
    [
        ([], "no site admin yet"),
        (["--as", "nobody@northlight.example"], "Nobody active has the address"),
        (["--as", "ann@northlight.example"], "may not start requisitions"),
    ],
)
def test_somebody_who_may_has_to_draft_it(who: list[str], sentence: str) -> None:
    UserFactory(email="ann@northlight.example")
    with pytest.raises(CommandError, match=sentence):
        run(FILE, *who)
    assert not Requisition.objects.exists()


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (b"", "is empty"),
        (b"just some words", "does not read as a job listing"),
        (b"x" * 5_000_000, "at most 1,048,576"),
        (b"%PDF-1.7", "is a PDF"),
        (bytes(range(256)) * 40, "binary"),
        (None, "cannot be read"),
    ],
)
def test_bad_input_is_one_clear_sentence(
    tmp_path: Path, content: bytes | None, sentence: str
) -> None:
    file = tmp_path / "listing"
    if content is not None:
        file.write_bytes(content)
    with pytest.raises(CommandError, match=sentence) as refusal:
        run(str(file))
    assert refusal.value.returncode == 1
    assert "\n" not in str(refusal.value)


def test_mixed_encodings_are_read(tmp_path: Path) -> None:
    file = tmp_path / "listing"
    lines = ["Köchin".encode(), b"Responsibilities", "- Für alle kochen".encode("cp1252")]
    file.write_bytes(b"\n".join(lines))
    said = json.loads(run(str(file), "--dry-run", "--json"))
    assert said["responsibilities"] == ["Für alle kochen"]


def test_without_a_database_the_command_says_so() -> None:
    env = os.environ | {"DATABASE_URL": "postgresql://127.0.0.1:1/none"}
    command = [sys.executable, "manage.py", "import_listing", FILE]
    done = subprocess.run(command, env=env, capture_output=True, text=True, check=False)
    assert done.returncode == 1
    assert "--dry-run" in done.stderr
    assert "Traceback" not in done.stderr
