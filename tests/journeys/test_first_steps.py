"""The README's ten API calls work as they are written: the blocks, in order, in one shell."""

import os
import re
import subprocess
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest

from ats.stack import BASE_DIR, manage
from candidates.models import Application
from tests.live import Live

README = (BASE_DIR / "README.md").read_text()
PAGE = README.partition("## The journey in ten API calls")[2].partition("\n## ")[0]
BLOCKS = re.findall(r"^```sh\n(.*?)^```$", PAGE, re.MULTILINE | re.DOTALL)
ADDRESS = "http://127.0.0.1:8000"


class DemoStack(Live):
    """A stack of its own: the demo company does not share a database with other journeys."""

    def __init__(self, folder: Path, blocker: Any) -> None:
        super().__init__(folder, blocker)
        self.database_name += "_demo"
        database = urlsplit(self.environment["DATABASE_URL"])
        valkey = urlsplit(self.environment["REDIS_URL"])
        self.environment |= {
            "DATABASE_URL": database._replace(path=f"/{self.database_name}").geturl(),
            "REDIS_URL": valkey._replace(path="/2").geturl(),
        }

    def seed(self) -> None:
        child = self._child("demo", manage("demo")).start()
        assert child.wait(180) == 0, child.last_lines()


@pytest.fixture
def demo(django_db_blocker: Any) -> Iterator[DemoStack]:
    stack = DemoStack(Path(os.environ["DATA_DIR"]) / "first-steps", django_db_blocker)
    stack.folder.mkdir(exist_ok=True)
    try:
        stack.start()
        stack.seed()
        yield stack
    finally:
        stack.stop()


def test_the_first_steps_can_be_pasted_in_order(demo: DemoStack) -> None:
    steps = [f"{block}\necho 'end of block {n}'" for n, block in enumerate(BLOCKS, start=1)]
    script = "\n".join(["set -eu -o pipefail", *steps]).replace(ADDRESS, demo.url)
    pasted = subprocess.run(
        ["bash"],
        input=script,
        capture_output=True,
        check=False,
        text=True,
        timeout=120,
        cwd=BASE_DIR,
    )
    told = f"{pasted.stdout}\n{pasted.stderr}"
    assert pasted.returncode == 0, told
    assert f"end of block {len(BLOCKS)}" in pasted.stdout, told
    assert "Traceback" not in pasted.stderr, told
    with demo.database():
        hired = Application.objects.filter(status="hired").values_list("candidate__name", flat=True)
        assert set(hired) == {"Amara Okonkwo", "Abigail Thornberry", "Bayani Reyes"}


def test_there_are_ten_calls():
    assert re.findall(r"^\*\*(\d+)\.\*\*", PAGE, re.MULTILINE) == [str(n) for n in range(1, 11)]
    assert PAGE.count(ADDRESS) == 2
