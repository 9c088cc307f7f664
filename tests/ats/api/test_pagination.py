import re
from typing import Any
from urllib.parse import urlencode

import pytest
from django.core.exceptions import ImproperlyConfigured
from django.core.signing import b64_decode
from django.db import connection
from django.db.models import F, Value
from django.db.models.functions import Coalesce
from django.test.utils import CaptureQueriesContext
from rest_framework.request import Request
from rest_framework.test import APIClient, APIRequestFactory

from ats.accounts.models import User
from ats.api.pagination import COUNT_CAP, KeysetPagination
from tests.factories.ats import UserFactory

pytestmark = [pytest.mark.urls("tests.ats.api.urls"), pytest.mark.django_db]


def crowd(count: int, **fields: Any) -> None:
    given = {"name": "Twin", "timezone": "UTC", **fields}
    start = User.objects.count()
    User.objects.bulk_create(
        [User(email=f"twin{start + n}@x.example", password="!", **given) for n in range(count)]
    )


def walk(api: APIClient, url: str, link: str = "next") -> list[list[str]]:
    """The ids of each page, following the links to the end."""
    pages = []
    while url:
        answer = api.get(url)
        assert answer.status_code == 200, answer.content
        body = answer.json()
        pages.append([row["id"] for row in body["results"]])
        assert len(pages) < 200
        url = body[link]
    return pages


def flat(pages: list[list[str]]) -> list[str]:
    return [row for page in pages for row in page]


@pytest.mark.parametrize("sort", ["name", "-name", "mixed"])
def test_rows_that_tie_are_all_seen_once_in_both_directions(api: APIClient, sort: str) -> None:
    crowd(1150)
    everyone = {str(id_) for id_ in User.objects.values_list("public_id", flat=True)}
    there = walk(api, f"/api/v1/probes?sort={sort}&limit=200")
    assert [len(page) for page in there] == [200, 200, 200, 200, 200, 151]
    assert set(flat(there)) == everyone
    assert len(flat(there)) == len(everyone)
    last = api.get(f"/api/v1/probes?sort={sort}&limit=200")
    while last.json()["next"]:
        last = api.get(last.json()["next"])
    back = walk(api, last.json()["previous"], "previous")
    assert flat(list(reversed(back))) == flat(there[:-1])


def test_two_directions_at_once_lose_nothing(api: APIClient, ann: User) -> None:
    for name in ("A", "B"):
        for zone in ("Europe/Berlin", "UTC", "Asia/Tokyo"):
            crowd(4, name=name, timezone=zone)
    ordered = User.objects.order_by("name", "-timezone", "-pk")
    expected = [str(row.public_id) for row in ordered]
    for limit in (1, 3, 7):
        assert flat(walk(api, f"/api/v1/probes?sort=mixed&limit={limit}")) == expected


def test_rows_that_come_meanwhile_move_no_other_row(api: APIClient) -> None:
    crowd(10, name="M")
    before = [str(row.public_id) for row in User.objects.order_by("name", "pk")]
    first = api.get("/api/v1/probes?sort=name&limit=4").json()
    crowd(3, name="A")
    crowd(2, name="Z")
    seen = [row["id"] for row in first["results"]] + flat(walk(api, first["next"]))
    assert seen[:11] == before
    assert len(seen) == 13
    assert len(set(seen)) == 13


def test_new_rows_are_found_on_the_way_back(api: APIClient) -> None:
    crowd(6, name="M")
    second = api.get(api.get("/api/v1/probes?sort=name&limit=3").json()["next"]).json()
    crowd(2, name="A")
    back = walk(api, second["previous"], "previous")
    assert [len(page) for page in back] == [3, 2]


def test_an_emptied_page_leads_back(api: APIClient, ann: User) -> None:
    crowd(5, name="M")
    first = api.get("/api/v1/probes?sort=name&limit=4").json()
    User.objects.filter(public_id__in=[row["id"] for row in first["results"][1:]]).delete()
    kept = User.objects.filter(name="M").order_by("pk")
    kept.delete()
    empty = api.get(first["next"]).json()
    assert (empty["results"], empty["next"]) == ([], None)
    assert [row["id"] for row in api.get(empty["previous"]).json()["results"]] == [
        str(ann.public_id)
    ]


def test_a_cursor_belongs_to_its_query(api: APIClient) -> None:
    crowd(5)
    url = api.get("/api/v1/probes?sort=name&limit=2").json()["next"]
    cursor = re.search(r"cursor=([^&]+)", url)[1]
    assert api.get(f"/api/v1/probes?sort=name&limit=3&cursor={cursor}").status_code == 200
    for query in (
        f"/api/v1/probes?sort=-name&cursor={cursor}",
        f"/api/v1/probes?cursor={cursor}&sort=mixed",
        f"/api/v1/probes?sort=name&manager=00000000-0000-7000-8000-000000000000&cursor={cursor}",
        f"/api/v1/users?cursor={cursor}",
        f"/api/v1/probes?sort=name&cursor={cursor[:-1]}",
        f"/api/v1/probes?sort=name&cursor=x{cursor}",
        "/api/v1/probes?cursor=abc",
        "/api/v1/probes?cursor=%F0%9F%98%80",
    ):
        answer = api.get(query)
        assert answer.status_code == 400, query
        assert answer.json()["errors"][0]["parameter"] == "cursor"


@pytest.mark.parametrize("limit", ["0", "201", "-1", "1.5", "x", "٣", "1e2", "99999999999"])
def test_a_page_has_1_to_200_rows(api: APIClient, limit: str) -> None:
    answer = api.get(f"/api/v1/probes?{urlencode({'limit': limit})}")
    assert answer.status_code == 400
    assert answer.json()["errors"] == [
        {"parameter": "limit", "detail": "A page has 1 to 200 rows.", "code": "invalid"}
    ]


def test_links_are_in_the_body_and_in_the_header(api: APIClient) -> None:
    crowd(4)
    first = api.get("/api/v1/probes?limit=2")
    body = first.json()
    assert set(body) == {"results", "next", "previous"}
    assert body["previous"] is None
    assert first["Link"] == f'<{body["next"]}>; rel="next"'
    second = api.get(body["next"])
    assert second["Link"] == (
        f'<{second.json()["next"]}>; rel="next", <{second.json()["previous"]}>; rel="previous"'
    )
    assert "Link" not in api.get("/api/v1/probes")


def test_rows_are_counted_only_when_asked(api: APIClient) -> None:
    crowd(4)
    assert "count" not in api.get("/api/v1/probes").json()
    body = api.get("/api/v1/probes?count=true&limit=1").json()
    assert (body["count"], body["count_is_exact"]) == (5, True)
    assert api.get("/api/v1/probes?count=maybe").status_code == 400


def test_a_count_stops_at_its_cap(api: APIClient) -> None:
    crowd(COUNT_CAP + 5)
    with CaptureQueriesContext(
        connection,
    ) as queries:
        body = api.get("/api/v1/probes?count=true&limit=1").json()
    assert (body["count"], body["count_is_exact"]) == (COUNT_CAP, False)
    assert f"LIMIT {COUNT_CAP + 1}" in "".join(q["sql"] for q in queries)


def test_one_direction_is_one_row_comparison(api: APIClient) -> None:
    crowd(4)
    url = api.get("/api/v1/probes?sort=-name&limit=2").json()["next"]
    with CaptureQueriesContext(connection) as queries:
        api.get(url)
    where = queries[-1]["sql"]
    assert '("ats_user"."name", "ats_user"."id") < (\'Twin\', ' in where
    assert " OR " not in where


def test_a_sort_key_that_may_be_null_is_refused(api: APIClient) -> None:
    with pytest.raises(ImproperlyConfigured, match=r"User\.manager may be NULL"):
        api.get("/api/v1/probes?sort=manager")


def test_a_sort_may_be_an_annotation(ann: User) -> None:
    class View:
        sorts = {"rank": ("rank",)}

    UserFactory(manager=ann)
    rows = User.objects.annotate(rank=Coalesce(F("manager__name"), Value("")))
    seen, url = [], "/anything?limit=1"
    while url:
        pages = KeysetPagination()
        request = Request(APIRequestFactory().get(url))
        seen += [row.name for row in pages.paginate_queryset(rows, request, View())]
        url = pages.get_paginated_response([]).data["next"]
    assert seen == [row.name for row in rows.order_by("rank", "pk")]


def test_a_cursor_tells_nothing_of_the_row_it_stands_at(api: APIClient) -> None:
    crowd(3, name="Aretha Franklin")
    url = api.get("/api/v1/probes?sort=-name&limit=2").json()["next"]
    sealed = re.search(r"cursor=([^&]+)", url)[1].partition("%3A")[0]
    raw = b64_decode(sealed.encode())
    assert b"Aretha" not in raw
    assert b"keys" not in raw
    assert url != api.get("/api/v1/probes?sort=-name&limit=2").json()["next"]


def test_unknown_parameters_and_sorts_are_400_and_name_the_possible_ones(api: APIClient) -> None:
    wrong = api.get("/api/v1/probes?manger=1").json()["errors"][0]
    assert wrong["parameter"] == "manger"
    assert wrong["detail"] == (
        "There is no such parameter. Did you mean 'manager'? "
        "Possible: count, cursor, limit, manager, sort."
    )
    sort = api.get("/api/v1/probes?sort=age").json()["errors"][0]
    assert sort["parameter"] == "sort"
    assert sort["detail"] == "Sort by one of: name, -name, mixed, manager."


@pytest.mark.parametrize(
    "query",
    [
        "manager=x",
        "manager=",
        "manager=1",
        "is_active=perhaps",
        "is_active=",
        "name__in=1",
        "sort=name&sort=-name",
        "state=sent&state=lost",
    ],
)
def test_a_filter_that_cannot_be_meant_is_never_an_empty_list(api: APIClient, query: str) -> None:
    path = "users" if query.startswith("is_active") else "probes"
    answer = api.get(f"/api/v1/{path}?{query}")
    assert answer.status_code == 400


def test_filters_take_public_ids(api: APIClient, ann: User) -> None:
    report = UserFactory(manager=ann)
    body = api.get(f"/api/v1/probes?manager={ann.public_id}").json()
    assert [row["id"] for row in body["results"]] == [str(report.public_id)]
    assert body["results"][0]["manager"] == str(ann.public_id)


@pytest.mark.parametrize("count", [1, 3])
def test_a_list_asks_the_database_the_same_for_one_row_and_for_three(
    api: APIClient, count: int
) -> None:
    crowd(count)
    with CaptureQueriesContext(connection) as queries:
        api.get("/api/v1/users")
    assert len(queries) == 3  # session, person, rows


def test_a_filter_keeps_what_it_names(api: APIClient, ann: User) -> None:
    UserFactory(name="Gone", is_active=False)
    for value, names in (("true", ["Ann"]), ("false", ["Gone"])):
        rows = api.get(f"/api/v1/users?is_active={value}").json()["results"]
        assert [row["name"] for row in rows] == names
