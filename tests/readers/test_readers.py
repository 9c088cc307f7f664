"""Unmodified readers from the public package indexes read our board.

    make readers

They ask the vendor's host names, so they run where those names are this product (`within.py`).
What each printed is shown, and compared with the board.
"""

import json
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest

from tests.boards.conftest import TOKEN
from tests.factories.requisitions import PAY, DepartmentFactory, OfficeFactory, open_requisition
from tests.http import Person
from tests.live import Live
from tests.readers.conftest import Namespace, Shelf

pytestmark = pytest.mark.readers
NAME = "boards-api.greenhouse.io"
API = f"{NAME}/v1/boards/{TOKEN}"
BOARD = f"https://boards.greenhouse.io/{TOKEN}"


@pytest.fixture(scope="session")
def jobs(live: Live) -> list[dict[str, Any]]:
    """What our board says itself."""
    with live.database():
        research = DepartmentFactory(name="R & D")
        open_requisition(
            title="Vault Designer <II>",
            department=DepartmentFactory(name="Engineering", parent=research),
            offices=[OfficeFactory(name="West", city="San Francisco", region="CA")],
            workplace="on_site",
            summary="Design vaults & doors.",
            responsibilities=["Draw", "Weld"],
        )
        pay = PAY | {"currency": "EUR", "scope": "Germany", "note": "Plus bonus"}
        open_requisition(
            title="Ingénieure 設計",
            workplace="remote",
            locations=["Germany"],
            summary="Von überall.",
            pay_ranges=[pay],
        )
    page = Person(live.url).page(f"/v1/boards/{TOKEN}/jobs?content=true&pay_transparency=true")
    found: list[dict[str, Any]] = json.loads(page)["jobs"]
    assert len(found) == 2
    return found


def titles(jobs: list[dict[str, Any]], key: str = "title") -> list[str]:
    return [job[key] for job in jobs]


def test_openroles(namespace: Namespace, shelf: Shelf, jobs: list[dict[str, Any]]) -> None:
    bin_ = shelf.python("openroles==0.4.0")
    said = namespace.run(bin_ / "openroles", f"greenhouse:{TOKEN}", "--json")
    rows = json.loads(said.out)
    assert titles(rows) == titles(jobs)
    assert titles(rows, "url") == titles(jobs, "absolute_url")
    assert titles(rows, "id") == [f"gh-{job['id']}" for job in jobs]
    assert titles(rows, "department") == ["", "Engineering"]
    assert titles(rows, "location") == ["Remote - Germany", "San Francisco, CA, US"]
    assert titles(rows, "remote") == [True, None]
    assert rows[1]["description"].splitlines()[0] == "Design vaults & doors."
    assert rows[1]["description"].splitlines()[-2:] == ["Draw", "Weld"]
    assert said.asked == [f"GET {NAME}/robots.txt 200", f"GET {API}/jobs?content=true 200"]


def test_boardwatch(namespace: Namespace, shelf: Shelf, jobs: list[dict[str, Any]]) -> None:
    bin_ = shelf.python("boardwatch==0.6.1")
    tool = [bin_ / "boardwatch", "--data-dir", namespace.folder / "watched"]
    namespace.run(*tool, "companies", "add", BOARD)
    first, second = namespace.run(*tool, "scan"), namespace.run(*tool, "scan")
    assert "complete 1" in first.out
    assert "failed 0" in first.out
    assert "2 open postings" in first.out
    assert "unchanged 1" in second.out
    asked = f"GET {API}/jobs?content=true&pay_transparency=true"
    assert (first.asked, second.asked) == ([f"{asked} 200"], [f"{asked} 304"])


def test_jobwatch(namespace: Namespace, shelf: Shelf, jobs: list[dict[str, Any]]) -> None:
    bin_ = shelf.python("jobwatch==0.6.0")
    said = namespace.run(bin_ / "jobwatch", "find", BOARD)
    assert f"greenhouse:{TOKEN}  (2 open roles, Northlight Research)" in said.out
    assert jobs[0]["title"] in said.out


def test_ats_fetch(namespace: Namespace, shelf: Shelf, jobs: list[dict[str, Any]]) -> None:
    bin_ = shelf.python("ats-fetch==1.2.0")
    for job, text in zip(jobs, ("Von überall.", "Design vaults & doors."), strict=True):
        said = namespace.run(bin_ / "ats-fetch", f"{BOARD}/jobs/{job['id']}")
        assert f"| **Title** | {job['title']} |" in said.out
        assert f"| **Canonical URL** | {job['absolute_url']} |" in said.out
        assert f"| **Location as stated** | {job['location']['name']} |" in said.out
        assert text in said.out
        assert said.asked == [f"GET {API}/jobs/{job['id']}?content=true 200"]


JOBFEEDS = """
import asyncio, json
from jobfeeds.sources.greenhouse import Greenhouse
found = asyncio.run(Greenhouse(["TOKEN"]).fetch())
print(json.dumps([each.model_dump(mode="json") for each in found], ensure_ascii=False))
"""


def test_jobfeeds(namespace: Namespace, shelf: Shelf, jobs: list[dict[str, Any]]) -> None:
    bin_ = shelf.python("jobfeeds==0.1.0")
    said = namespace.run(bin_ / "python", "-c", JOBFEEDS.replace("TOKEN", TOKEN))
    rows = json.loads(said.out)
    assert titles(rows) == titles(jobs)
    assert titles(rows, "url") == titles(jobs, "absolute_url")
    assert titles(rows, "external_id") == [str(job["id"]) for job in jobs]
    assert titles(rows, "company") == ["Northlight Research"] * 2
    published = [datetime.fromisoformat(job["first_published"]) for job in jobs]
    assert [datetime.fromisoformat(row["posted_at"]) for row in rows] == published


ATS_SCRAPERS = """
import asyncio, json
from ats_scrapers.scrapers.greenhouse import GreenhouseScraper
found = asyncio.run(GreenhouseScraper("TOKEN").afetch())
print(json.dumps([each.model_dump(mode="json") for each in found], ensure_ascii=False))
"""


def test_ats_scrapers(namespace: Namespace, shelf: Shelf, jobs: list[dict[str, Any]]) -> None:
    # It imports a package that it does not declare.
    bin_ = shelf.python("ats-scrapers==0.3.0", "beautifulsoup4")
    said = namespace.run(bin_ / "python", "-c", ATS_SCRAPERS.replace("TOKEN", TOKEN))
    rows = json.loads(said.out)
    assert titles(rows) == titles(jobs)
    assert [row["raw"]["internal_job_id"] for row in rows] == titles(jobs, "internal_job_id")


JOBBOARD_JS = """
const { JobBoardClientV1 } = require("greenhouse-jobboard-js");
const client = { get: async (url) => (await fetch(url)).json() };
const board = new JobBoardClientV1({ boardToken: "TOKEN", client });
(async () => {
  const jobs = await board.getJobListWithContent();
  const departments = await board.getDepartmentList();
  console.log(JSON.stringify({
    jobs,
    one: await board.getJobWithQuestions(jobs[0].id),
    departments,
    tree: await board.getDepartmentTree(),
    leaf: await board.getDepartmentAsTreeNode(departments[0].id),
    missing: await board.getJob(1),
  }));
})();
"""
NODE = ("greenhouse-jobboard-js@0.6.0", "gatsby-source-greenhouse-job-board@2.0.0")


def test_greenhouse_jobboard_js(
    namespace: Namespace, shelf: Shelf, jobs: list[dict[str, Any]]
) -> None:
    place = shelf.node(*NODE)
    said = json.loads(namespace.run(*in_node(place, JOBBOARD_JS)).out)
    assert titles(said["jobs"], "content") == titles(jobs, "content")
    assert said["one"]["questions"][0]["fields"][0]["name"] == "first_name"
    names = [row["name"] for row in said["departments"]]
    assert names == ["Engineering", "R & D", "No Department"]
    assert [row["name"] for row in said["tree"]] == ["R & D", "No Department"]
    assert [job["id"] for job in said["leaf"]["jobs"]] == [jobs[1]["id"]]
    assert said["missing"] == {"status": 404, "error": "Job not found"}


GATSBY = """
const { sourceNodes } = require("gatsby-source-greenhouse-job-board/gatsby-node");
const nodes = [];
const panic = (text) => { throw new Error(text); };
sourceNodes({
  actions: { createNode: (node) => nodes.push(node) },
  createNodeId: (id) => id,
  reporter: { info: () => {}, panic },
}, { boardToken: "TOKEN" }).then(() => console.log(JSON.stringify(nodes)));
"""


def test_gatsby_source(namespace: Namespace, shelf: Shelf, jobs: list[dict[str, Any]]) -> None:
    said = namespace.run(*in_node(shelf.node(*NODE), GATSBY))
    nodes = {node["id"]: node for node in json.loads(said.out)}
    job, remote = (f"GreenhouseJob-{each['id']}" for each in (jobs[1], jobs[0]))
    (office,) = (node for node in nodes.values() if node["internal"]["type"] == "GreenhouseOffice")
    assert {name.partition("-")[0] for name in nodes} == {
        "GreenhouseJob",
        "GreenhouseDepartment",
        "GreenhouseOffice",
    }
    assert office["jobs___NODE"] == [job]
    assert nodes[job]["offices___NODE"] == [office["id"]]
    assert nodes[remote]["questions"][0]["label"] == "First Name"
    assert not any(asked.endswith(("301", "302", "404")) for asked in said.asked)


def in_node(place: Path, program: str) -> list[str]:
    script = place / "reader.js"
    script.write_text(program.replace("TOKEN", TOKEN))
    return ["node", str(script)]
