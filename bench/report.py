"""Measures both sides in turn, warm, and prints the median of each and their ratio."""

import gc
import json
import platform
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import count, cycle
from statistics import median
from time import perf_counter
from typing import Any
from urllib.parse import quote

from django.db import connection
from django.test import Client

from ats.events.log import REACTIONS_TO
from bench import raw
from bench.roles import closed_among
from bench.seed import Company, seed
from candidates.models import Application
from candidates.queries.origins import CAREERS_SITE, source_named

API = "/api/v1"
WARM = 5


@dataclass(frozen=True)
class Case:
    name: str
    ours: Callable[[], Any]
    bare: Callable[[], Any]


def run(people: int, board: int, rounds: int) -> Iterator[str]:
    company = seed(people, board)
    yield f"{people:,} people, {board} of them on the board; median of {rounds} rounds."
    yield f"PostgreSQL {version()}, Python {platform.python_version()}."
    yield ""
    yield "| endpoint | ours, ms | SQL, ms | ratio |"
    yield "|---|--:|--:|--:|"
    for case in cases(company):
        ours, bare = measured(case, rounds)
        yield f"| {case.name} | {ours:.1f} | {bare:.1f} | {ours / bare:.1f} |"


def measured(case: Case, rounds: int) -> tuple[float, float]:
    """In milliseconds. In turn, so that whatever else the machine does falls on both."""
    for _ in range(WARM):
        case.ours(), case.bare()
    gc.collect()
    times = [(timed(case.ours), timed(case.bare)) for _ in range(rounds)]
    return median(ours for ours, _ in times), median(bare for _, bare in times)


def timed(call: Callable[[], Any]) -> float:
    begin = perf_counter()
    call()
    return (perf_counter() - begin) * 1000


def version() -> str:
    with connection.cursor() as cursor:
        cursor.execute("SHOW server_version")
        return str(cursor.fetchone()[0])


def cases(company: Company) -> Iterator[Case]:
    yield from reads(company)
    yield from searches(company)
    yield moving(company)
    yield applying(company)
    yield gone()


def reads(company: Company) -> Iterator[Case]:
    role, get = company.role, getter(company)
    application = Application.objects.filter(requisition=role.requisition).earliest("pk")
    said = {
        "user": role.recruiter.pk,
        "requisition": role.requisition.pk,
        "application": application.pk,
    }
    for name, path, statements in [
        ("who am I: the floor of all", "/me", (raw.ME,)),
        (
            "board of a requisition",
            f"/requisitions/{role.requisition.public_id}/board",
            (raw.BOARD, raw.STAGES),
        ),
        ("candidates, one page of 50", "/candidates", (raw.CANDIDATES,)),
        ("applications, one page of 50", "/applications", (raw.APPLICATIONS,)),
        (
            "one application in detail",
            f"/applications/{application.public_id}",
            (raw.APPLICATION, raw.VISITS, raw.RESUMES, raw.OFFERS),
        ),
    ]:
        check_same(get(path), raw.read(said, *statements)[0][:50])
        yield Case(name, lambda p=path: get(p), lambda s=statements: raw.read(said, *s))


def searches(company: Company) -> Iterator[Case]:
    """Among everybody: the recruiter works on every requisition."""
    get, tag = getter(company), company.tag
    with connection.cursor() as cursor:
        cursor.execute("SELECT name FROM candidates_candidate ORDER BY id DESC LIMIT 1")
        (name,) = cursor.fetchone()
    typed = f"{name[:4]}{name[5:]}"
    screen = company.role.stage("screen")
    for said, query, statement, values in [
        ("a rare word", "q=obscure", raw.SEARCH, {"words": "obscure"}),
        ("a frequent word", "q=engineer", raw.SEARCH, {"words": "engineer"}),
        ("two words", "q=engineer+kubernetes", raw.SEARCH, {"words": "engineer & kubernetes"}),
        ("a beginning", "q=kubern*", raw.SEARCH, {"words": "kubern:*"}),
        (
            "a frequent word and a rare tag",
            f"q=engineer&tag={tag.public_id}",
            raw.SEARCH_TAGGED,
            {"words": "engineer", "tag": tag.pk},
        ),
        (
            "a frequent word in one stage",
            f"q=engineer&stage={screen.public_id}",
            raw.SEARCH_STAGE,
            {"words": "engineer", "stage": screen.pk},
        ),
        ("a name, mistyped", f"name={quote(typed)}", raw.SEARCH_NAME, {"name": typed}),
        ("nobody", "q=unheardof", raw.SEARCH, {"words": "unheardof"}),
    ]:
        path, known = f"/candidates?{query}", {**values, "user": company.role.recruiter.pk}
        rows = raw.read(known, statement)[0]
        answer = get(path)
        assert len(answer.json()["results"]) == min(50, len(rows)), said
        check_shown(answer, rows[:50])
        yield Case(
            f"search: {said}",
            lambda p=path: get(p),
            lambda k=known, s=statement: raw.read(k, s),
        )


def check_shown(answer: Any, rows: list[Any]) -> None:
    shown = {row["id"] for row in answer.json()["results"]}
    assert shown == {str(row[0]) for row in rows}


def check_same(answer: Any, rows: list[Any]) -> None:
    """What the bare SQL found is what the answer shows."""
    text = answer.content.decode()
    assert rows
    assert all(str(row[0]) in text for row in rows)


def getter(company: Company) -> Callable[[str], Any]:
    client = Client(headers={"Authorization": f"Bearer {company.token}"}, SERVER_NAME="127.0.0.1")

    def get(path: str) -> Any:
        answer = client.get(API + path)
        assert answer.status_code == 200, answer.content
        return answer

    return get


def poster(**environment: str) -> Callable[..., Any]:
    client = Client(SERVER_NAME="127.0.0.1")
    hosts = count(1)

    def post(path: str, body: dict[str, Any], status: int) -> None:
        """Each from another address, so that nobody is told to slow down."""
        n = next(hosts)
        address = f"10.0.{n // 250}.{n % 250}"
        kind = {"content_type": "application/json", "REMOTE_ADDR": address, **environment}
        answer = client.post(API + path, json.dumps(body), **kind)
        assert answer.status_code == status, answer.content

    return post


def moving(company: Company) -> Case:
    """Each round moves another application to the stage after its own."""
    role = company.role
    post = poster(HTTP_AUTHORIZATION=f"Bearer {company.token}")
    stages = list(role.requisition.stages.order_by("position"))
    after = dict(zip(stages, [*stages[1:], stages[0]], strict=True))
    rows = Application.objects.filter(requisition=role.requisition).select_related("stage")
    waiting = cycle(rows.select_related("candidate").order_by("pk"))

    def ours() -> None:
        application = next(waiting)
        stage = application.stage = after[application.stage]
        post(f"/applications/{application.public_id}/move", {"stage": str(stage.public_id)}, 200)

    def bare() -> None:
        application = next(waiting)
        before, stage = application.stage, after[application.stage]
        application.stage = stage
        ids = {"from_stage": str(before.public_id), "to_stage": str(stage.public_id)}
        said = raw.event(
            {"verb": "application.moved", "ids": ids, "reactions": owed("application.moved")},
            application=application.public_id,
            candidate=application.candidate.public_id,
        )
        row = {"application": application.pk, "stage": stage.pk, "user": role.recruiter.pk}
        raw.move({**said, **row})

    return Case("move to another stage", ours, bare)


def applying(company: Company) -> Case:
    """Each round is another person, without a file."""
    role, post, people = company.role, poster(), count(1)
    events = [
        {"verb": verb, "reactions": owed(verb)}
        for verb in ("candidate.added", "application.submitted")
    ]
    known = {
        "requisition": role.requisition.pk,
        "posting": role.posting.pk,
        "stage": role.stage("applied").pk,
        "source": source_named(CAREERS_SITE).pk,
    }

    def somebody() -> dict[str, Any]:
        n = next(people)
        return {"name": f"New Person {n}", "email": f"new{n}@mail.example", "consent": True}

    def ours() -> None:
        post(f"/board/postings/{role.posting.public_id}/applications", somebody(), 201)

    def bare() -> None:
        said = somebody()
        raw.apply({**known, **said, "submitted": json.dumps(said)}, *events)

    return Case("apply, by a stranger", ours, bare)


def gone() -> Case:
    """A closed role among ten thousand open ones, and the five of them that resemble it."""
    role = closed_among()
    client = Client(SERVER_NAME="127.0.0.1")
    path = f"{API}/board/postings/{role.posting.public_id}"
    hosts = cycle(f"10.1.{n // 250}.{n % 250}" for n in range(5000))

    def ours() -> Any:
        answer = client.get(path, REMOTE_ADDR=next(hosts))
        assert answer.status_code == 410, answer.content
        return answer.json()["similar"]

    found = ours()
    assert len(found) == 5
    said = {"ids": [each["id"] for each in found], "posting": role.posting.pk}
    return Case("a closed role, with those like it", ours, lambda: raw.read(said, raw.GONE))


def owed(verb: str) -> list[str]:
    return list(REACTIONS_TO.get(verb, ()))
