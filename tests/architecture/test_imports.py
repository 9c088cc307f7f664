"""The import contracts hold, and each is shown to catch its breach in a copy of the tree."""

import shutil
import subprocess
from pathlib import Path

import pytest

from tests.architecture.conventions import APPS, ROOT

BREACHES = {
    "Apps point down": ("requisitions/queries/breach.py", "import candidates.models"),
    "Inside an app, one staircase": ("interviews/rules.py", "import interviews.actions.loop"),
    "an app has no room for this": ("candidates/misc.py", "x = 1"),
    "Pure modules stay pure": ("interviews/scheduling/breach.py", "import django.db"),
    "Domain knows no transport": ("candidates/actions/breach.py", "import celery"),
    "No cycles between siblings": (
        "candidates/models/candidate.py",
        "import candidates.models.application",
    ),
}


def lint(folder: Path) -> subprocess.CompletedProcess[str]:
    program = ROOT / ".venv" / "bin" / "lint-imports"
    found = shutil.which("lint-imports", path=str(program.parent)) or shutil.which("lint-imports")
    assert found, "import-linter is installed with the tests"
    command = [found, "--no-cache"]
    return subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False)


def test_the_contracts_hold():
    outcome = lint(ROOT)
    assert outcome.returncode == 0, outcome.stdout


@pytest.fixture(scope="module")
def copied(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("tree")
    shutil.copy(ROOT / "pyproject.toml", folder)
    for app in ("ats", *APPS):
        shutil.copytree(ROOT / app, folder / app, ignore=shutil.ignore_patterns("__pycache__"))
    return folder


@pytest.mark.parametrize("name", BREACHES)
def test_a_breach_is_caught(name: str, copied: Path) -> None:
    path, line = BREACHES[name]
    file = copied / path
    before = file.read_text() if file.exists() else None
    try:
        file.write_text(f"{line}\n{before or ''}")
        outcome = lint(copied)
    finally:
        file.unlink()
        if before is not None:
            file.write_text(before)
    assert outcome.returncode == 1, outcome.stdout
