"""Fields that a company adds to its requisitions: typed, checked, filterable, for their readers."""

from collections.abc import Callable
from typing import Any

import pytest
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext
from rest_framework.test import APIClient

from ats.accounts.models import User
from ats.custom_fields.actions import add_custom_field, edit_custom_field, retire_custom_field
from ats.custom_fields.models import CustomField
from ats.errors import Blocked
from ats.events.actors import Actor
from ats.events.models import Event
from requisitions.actions.requisition import draft_requisition, edit_requisition
from requisitions.actions.team import join_hiring_team
from requisitions.models import Requisition, RequisitionValue
from requisitions.rules import GRANTS
from tests.factories.ats import UserFactory
from tests.factories.requisitions import approved, draft

pytestmark = pytest.mark.django_db
Client = Callable[[User | None], APIClient]
ROOT, FIELDS = "/api/v1/requisitions", "/api/v1/custom-fields"
BY = Actor.system("test")
KINDS: dict[str, dict[str, Any]] = {
    "cost_centre": {"kind": "short_text"},
    "why": {"kind": "long_text"},
    "headcount": {"kind": "number"},
    "needed_by": {"kind": "date"},
    "urgency": {"kind": "single", "options": ["low", "high"]},
    "sites": {"kind": "multiple", "options": ["North", "South", "East"]},
    "travels": {"kind": "yes_no"},
    "budget": {"kind": "money"},
    "sponsor": {"kind": "person"},
    "brief": {"kind": "url"},
}


def field(key: str, **fields: Any) -> CustomField:
    said = {"applies_to": "requisition", "name": key.replace("_", " "), "key": key, **fields}
    return add_custom_field(**said, by=BY)


@pytest.fixture
def fields(db: Any) -> dict[str, CustomField]:
    return {key: field(key, **said) for key, said in KINDS.items()}


def values(sponsor: User) -> dict[str, Any]:
    return {
        "cost_centre": "CC 42",
        "why": "Because\nof growth",
        "headcount": 12.5,
        "needed_by": "2027-02-28",
        "urgency": "high",
        "sites": ["South", "North"],
        "travels": False,
        "budget": {"amount": "50000.00", "currency": "EUR"},
        "sponsor": str(sponsor.public_id),
        "brief": "https://wiki.example/brief?x=1",
    }


def test_every_kind_goes_in_and_comes_out(
    rita: User, as_: Client, fields: dict[str, CustomField]
) -> None:
    api, sponsor = as_(rita), UserFactory(name="Sven")
    given = values(sponsor)
    made = api.post(ROOT, {"title": "Nurse", "custom": given}, format="json")
    assert made.status_code == 201, made.data
    person = {"id": str(sponsor.public_id), "name": "Sven"}
    assert made.data["custom"] == given | {"sponsor": person}
    changed = api.patch(
        made["Location"], {"custom": {"headcount": "3", "travels": None, "sites": []}}
    )
    assert changed.status_code == 200, changed.data
    rest = {key: v for key, v in made.data["custom"].items() if key not in ("travels", "sites")}
    assert changed.data["custom"] == rest | {"headcount": 3}


WRONG: list[tuple[str, Any]] = [
    ("cost_centre", 7),
    ("cost_centre", "x" * 501),
    ("cost_centre", "   "),
    ("why", ["x"]),
    ("headcount", "many"),
    ("headcount", True),
    ("headcount", 10**15),
    ("headcount", "1e999999999"),
    ("headcount", "0.0000001"),
    ("headcount", "Infinity"),
    ("headcount", {}),
    ("needed_by", "2027-02-29"),
    ("needed_by", "28.02.2027"),
    ("needed_by", 20270228),
    ("urgency", "medium"),
    ("urgency", ["low"]),
    ("sites", "North"),
    ("sites", ["North", "North"]),
    ("sites", ["West"]),
    ("sites", [["North"]]),
    ("travels", "yes"),
    ("travels", 1),
    ("budget", 50000),
    ("budget", {"amount": "1", "currency": "XYZ"}),
    ("budget", {"amount": "1", "currency": "eur"}),
    ("budget", {"amount": "-1", "currency": "EUR"}),
    ("budget", {"amount": "1.001", "currency": "EUR"}),
    ("budget", {"amount": "1.5", "currency": "JPY"}),
    ("budget", {"amount": "1"}),
    ("budget", {"amount": None, "currency": ["EUR"]}),
    ("sponsor", "x"),
    ("sponsor", 7),
    ("sponsor", "00000000-0000-7000-8000-000000000000"),
    ("brief", "javascript:alert(1)"),
    ("brief", "ftp://example.org/x"),
    ("brief", "https://"),
    ("brief", "https://a b"),
    ("brief", "https://[::1"),
    ("brief", "https://x.example:port/"),
    ("brief", "https://x.example/" + "é" * 1500),
    ("colour", "red"),
]


@pytest.mark.parametrize(("key", "value"), WRONG)
def test_what_cannot_be_meant_is_refused_by_name_and_nothing_is_changed(
    rita: User, as_: Client, fields: dict[str, CustomField], key: str, value: Any
) -> None:
    requisition = draft(rita, custom={"cost_centre": "A"})
    url = f"{ROOT}/{requisition.public_id}"
    answer = as_(rita).patch(url, {"title": "B", "custom": {key: value}})
    assert answer.status_code == 400, answer.data
    assert answer.json()["errors"][0]["pointer"] == f"/custom/{key}"
    after = as_(rita).get(url).data
    assert (after["title"], after["custom"]) == ("Data Engineer", {"cost_centre": "A"})


@pytest.mark.parametrize("custom", [[], "x", 1, {"a" * 300: 1}, {"": 1}])
def test_a_body_of_another_shape_is_400(rita: User, as_: Client, custom: Any) -> None:
    answer = as_(rita).post(ROOT, {"title": "A", "custom": custom}, format="json")
    assert answer.status_code == 400
    assert not Requisition.objects.exists()


def found(api: APIClient, query: str) -> set[str]:
    answer = api.get(f"{ROOT}?{query}")
    assert answer.status_code == 200, answer.data
    return {row["title"] for row in answer.data["results"]}


def test_lists_are_narrowed_by_every_kind(
    rita: User, as_: Client, fields: dict[str, CustomField]
) -> None:
    sponsor, api = UserFactory(), as_(rita)
    draft(rita, title="A", custom=values(sponsor))
    yen = {"amount": 60_000, "currency": "JPY"}
    draft(rita, title="B", custom={"headcount": -2, "budget": yen, "travels": True})
    draft(rita, title="C")
    expected: list[tuple[str, set[str]]] = [
        ("custom.cost_centre=CC+42", {"A"}),
        ("custom.headcount=12.50", {"A"}),
        ("custom.headcount__gte=-2", {"A", "B"}),
        ("custom.headcount__gt=-2&custom.headcount__lt=13", {"A"}),
        ("custom.headcount__lte=-2.0", {"B"}),
        ("custom.needed_by=2027-02-28", {"A"}),
        ("custom.needed_by__gte=2027-03-01", set()),
        ("custom.urgency=high", {"A"}),
        ("custom.urgency=gone", set()),
        ("custom.sites=North", {"A"}),
        ("custom.travels=false", {"A"}),
        ("custom.travels=true", {"B"}),
        ("custom.budget__gte=50000", {"A", "B"}),
        ("custom.budget__gte=50000+EUR", {"A"}),
        ("custom.budget=60000+JPY", {"B"}),
        (f"custom.sponsor={sponsor.public_id}", {"A"}),
        ("custom.brief=https://wiki.example/brief%3Fx%3D1", {"A"}),
        ("custom.travels=true&custom.headcount__lt=0&status=draft", {"B"}),
    ]
    assert [(query, found(api, query)) for query, _ in expected] == expected


@pytest.mark.parametrize(
    "query",
    [
        "custom.colour=red",
        "custom.=1",
        "custom.headcount=many",
        "custom.headcount__near=1",
        "custom.cost_centre__gte=1",
        "custom.needed_by__lt=soon",
        "custom.travels=maybe",
        "custom.budget=50000+XYZ",
        "custom.budget=EUR",
        "custom.sponsor=me",
        "custom.brief=none",
        "custom.why=Because",
        "custom.headcount=",
        "custom.headcount=1&custom.headcount=2",
        "custom.cost_centre=%00",
    ],
)
def test_a_filter_that_cannot_be_meant_is_400(
    rita: User, as_: Client, fields: dict[str, CustomField], query: str
) -> None:
    assert as_(rita).get(f"{ROOT}?{query}").status_code == 400


def test_fields_for_recruiters_only_are_shown_to_nobody_else(rita: User, as_: Client) -> None:
    field("band", kind="single", options=["A", "B"], audience="recruiters")
    field("site", kind="short_text")
    requisition = draft(rita, custom={"band": "A", "site": "North"})
    edit_requisition(requisition, custom={"band": "B", "site": "South"}, by=Actor.of(rita))
    manager, elsewhere, admin = UserFactory(), UserFactory(), UserFactory(is_site_admin=True)
    by = Actor.of(rita)
    join_hiring_team(requisition, user=manager, role="hiring_manager", by=by)
    # A recruiter of another requisition, and here an interviewer: knows the field, not this value.
    join_hiring_team(requisition, user=elsewhere, role="interviewer", by=by)
    join_hiring_team(draft(rita), user=elsewhere, role="recruiter", by=by)
    url = f"{ROOT}/{requisition.public_id}"
    seen = {}
    for name, person in {
        "rita": rita,
        "manager": manager,
        "elsewhere": elsewhere,
        "admin": admin,
    }.items():
        api = as_(person)
        history = api.get(f"{url}/changes").json()["results"]
        seen[name] = (
            set(api.get(url).data["custom"]),
            {row["field"] for row in history},
            {row["key"] for row in api.get(FIELDS).json()["results"]},
            api.get(f"{ROOT}?custom.band=B").status_code,
            len(api.get(f"{ROOT}?custom.band=B").json().get("results", [])),
        )
    everything = ({"band", "site"}, {"custom.band", "custom.site"}, {"band", "site"}, 200, 1)
    assert seen == {
        "rita": everything,
        "admin": everything,
        "manager": ({"site"}, {"custom.site"}, {"site"}, 400, 0),
        "elsewhere": ({"site"}, {"custom.site"}, {"band", "site"}, 200, 0),
    }
    event = Event.objects.filter(verb="requisition.edited").get()
    assert event.ids["fields"] == ["custom"]
    assert GRANTS["edit_requisition"] <= GRANTS["see_restricted_fields"]


def test_history_says_what_a_custom_field_was(rita: User, as_: Client) -> None:
    field("headcount", kind="number")
    requisition = draft(rita, custom={"headcount": 1})
    edit_requisition(requisition, custom={"headcount": 2}, by=Actor.of(rita))
    edit_requisition(requisition, custom={"headcount": 2}, by=Actor.of(rita))
    edit_requisition(requisition, custom={"headcount": None}, by=Actor.of(rita))
    rows = as_(rita).get(f"{ROOT}/{requisition.public_id}/changes").json()["results"]
    assert [(row["old"], row["new"]) for row in rows] == [(2, None), (1, 2)]


def test_what_is_required_is_asked_for_before_approval(rita: User) -> None:
    field("cost_centre", kind="short_text", is_required=True)
    requisition = draft(rita)
    with pytest.raises(Blocked, match="cost centre is not filled in"):
        approved(requisition)
    edit_requisition(requisition, custom={"cost_centre": "A"}, by=Actor.of(rita))
    assert approved(requisition).status == "open"


def test_a_retired_field_is_asked_no_more_and_stays_readable(rita: User, as_: Client) -> None:
    old = field("cost_centre", kind="short_text", is_required=True)
    requisition, api = draft(rita, custom={"cost_centre": "A"}), as_(rita)
    retire_custom_field(old, by=BY)
    url = f"{ROOT}/{requisition.public_id}"
    assert api.get(url).data["custom"] == {"cost_centre": "A"}
    assert api.patch(url, {"custom": {"cost_centre": "B"}}).status_code == 400
    assert api.get(f"{ROOT}?custom.cost_centre=A").status_code == 400
    assert approved(draft(rita)).status == "open"


def test_an_option_that_is_offered_no_more_stays_where_it_was_chosen(
    rita: User, as_: Client
) -> None:
    urgency = field("urgency", kind="single", options=["low", "high"])
    requisition = draft(rita, custom={"urgency": "low"})
    edit_custom_field(urgency, options=["high"], by=BY)
    url = f"{ROOT}/{requisition.public_id}"
    assert as_(rita).get(url).data["custom"] == {"urgency": "low"}
    assert found(as_(rita), "custom.urgency=low") == {"Data Engineer"}
    assert as_(rita).patch(url, {"custom": {"urgency": "low"}}).status_code == 400


def test_reading_many_values_costs_what_one_does(
    rita: User, as_: Client, fields: dict[str, CustomField]
) -> None:
    api, costs, given = as_(rita), [], values(UserFactory())
    for count in (1, 3):
        custom = dict(list(given.items())[:count])
        requisition = draft_requisition(title="A", custom=custom, by=Actor.of(rita))
        with CaptureQueriesContext(connection) as reading:
            api.get(f"{ROOT}/{requisition.public_id}")
        with CaptureQueriesContext(connection) as listing:
            found(api, "custom.cost_centre=CC+42&custom.headcount__gte=1")
        costs.append((len(reading), len(listing)))
    assert costs[0] == costs[1]


def test_the_database_holds_one_value_of_one_kind(rita: User) -> None:
    asked = field("cost_centre", kind="short_text")
    requisition = draft(rita, custom={"cost_centre": "A"})
    for columns in ({"position": 1}, {"position": 1, "text": "B", "number": 1}, {"text": "B"}):
        with pytest.raises(IntegrityError), transaction.atomic():
            RequisitionValue.objects.create(requisition=requisition, field=asked, **columns)


@pytest.mark.parametrize(
    ("wanted", "index"),
    [
        ({"number__gte": 19_990}, "requisitions_by_custom_number"),
        ({"text": "T 77"}, "requisitions_by_custom_text"),
    ],
)
def test_the_filters_read_an_index(rita: User, wanted: dict[str, Any], index: str) -> None:
    """Ranges and equality both: twenty thousand values, of which a handful is wanted."""
    asked = field("x", kind="number" if "number__gte" in wanted else "short_text")
    requisition = draft(rita)
    RequisitionValue.objects.bulk_create(
        RequisitionValue(
            requisition=requisition,
            field=asked,
            position=place,
            **({"number": place} if "number__gte" in wanted else {"text": f"T {place}"}),
        )
        for place in range(20_000)
    )
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE requisitions_requisitionvalue")
    rows = RequisitionValue.objects.filter(field=asked, **wanted).values("requisition")
    plan = Requisition.objects.filter(pk__in=rows).explain()
    assert index in plan, plan
