"""The table of laws, and postings before it."""

from datetime import UTC, date, datetime
from typing import Any

import pytest

from ats.accounts.models import User
from ats.errors import Blocked, DomainError, Invalid
from ats.events.actors import Actor
from ats.events.models import Event
from requisitions.actions.pay_rule import (
    add_pay_rule,
    edit_pay_rule,
    load_pay_rules,
    switch_off_pay_rule,
    switch_on_pay_rule,
)
from requisitions.actions.posting import publish_posting
from requisitions.apps import fill_the_tables
from requisitions.models import PayRule
from requisitions.queries.postings import publish_blockers, publish_warnings
from tests.factories.ats import UserFactory
from tests.factories.requisitions import PAY, OfficeFactory, open_requisition
from tests.requisitions.conftest import Client

pytestmark = pytest.mark.django_db

BY = Actor.system("test")
ROOT = "/api/v1/pay-rules"
TEXAS = {
    "key": "us-tx",
    "name": "Texas",
    "law": "H.B. 1",
    "citation": "H.B. 1",
    "source_url": "https://capitol.texas.gov/",
    "checked_on": date(2026, 11, 22),
    "country": "US",
    "region": "TX",
    "when": "in_posting",
    "asks": ["range"],
    "blocks": ["range"],
    "effective_on": date(2026, 1, 1),
}


def role(**fields: Any) -> Any:
    return open_requisition(publish=False, **{"pay_ranges": [], **fields})


def colorado() -> PayRule:
    return PayRule.objects.get(key="us-co")


def test_a_posting_is_refused_where_the_law_asks_for_a_range_and_says_which() -> None:
    found = role(locations=["Denver, CO"])
    with pytest.raises(Blocked, match=r"Equal Pay for Equal Work Act .* covers Denver, Colorado"):
        publish_posting(found.posting, by=Actor.of(found.recruiter))
    elsewhere = role(locations=["Austin, TX"])
    assert publish_posting(elsewhere.posting, by=Actor.of(elsewhere.recruiter)).version == 1


def test_offices_say_where_it_is_and_a_scope_may_name_one() -> None:
    offices = [
        OfficeFactory(name="Lakeside"),
        OfficeFactory(name="Spree", city="Berlin", region="", country="DE"),
    ]
    ranges = [PAY | {"scope": "Lakeside"}]
    (said,) = publish_blockers(role(offices=offices, pay_ranges=ranges).posting)
    assert "Berlin" in said
    ranges.append(PAY | {"scope": "spree ", "currency": "EUR"})
    assert publish_blockers(role(offices=offices, pay_ranges=ranges).posting) == []


def test_a_remote_job_is_known_by_its_workplace_or_by_its_place() -> None:
    (said,) = publish_blockers(role(locations=["United States"], workplace="remote").posting)
    assert "more places" in said
    assert publish_blockers(role(locations=["Remote - US"]).posting) == [
        said.replace("United States", "Remote - US")
    ]


def test_the_size_of_the_company_is_a_setting(settings: Any) -> None:
    posting = role(locations=["Los Angeles"]).posting
    assert len(publish_blockers(posting)) == 1
    settings.COMPANY_EMPLOYEES = 14
    assert publish_blockers(posting) == []


def test_what_the_text_says_is_not_asked_for_again() -> None:
    bare = role(locations=["Denver, CO"], pay_ranges=[PAY]).posting
    told = [line for line in publish_warnings(bare) if "Equal Work" in line]
    assert [line.split("asks for ")[1] for line in told] == [
        "a general description of the benefits, and none is given.",
        "a general description of bonuses and other pay, and none is given.",
        "the day on which applications close, and none is given.",
    ]
    full = role(
        locations=["Denver, CO"],
        pay_ranges=[PAY],
        summary="A yearly bonus, stock and health insurance.",
    ).posting
    full.expires_at = datetime(2027, 1, 1, tzinfo=UTC)
    assert [line for line in publish_warnings(full) if "Equal Work" in line] == []


def test_a_rule_that_is_switched_off_refuses_nothing_until_it_is_on_again() -> None:
    posting = role(locations=["Denver, CO"]).posting
    with pytest.raises(Invalid, match="Say why"):
        switch_off_pay_rule(colorado(), reason="  ", by=BY)
    off = switch_off_pay_rule(colorado(), reason="Repealed", by=BY)
    assert (off.off_reason, publish_blockers(posting)) == ("Repealed", [])
    with pytest.raises(DomainError, match="already: Repealed"):
        switch_off_pay_rule(off, reason="Again", by=BY)
    on = switch_on_pay_rule(off, by=BY)
    assert switch_on_pay_rule(on, by=BY).off_at is None
    assert len(publish_blockers(posting)) == 1
    verbs = Event.objects.filter(verb__startswith="pay_rule.").order_by("pk")
    assert [event.verb for event in verbs] == ["pay_rule.switched_off", "pay_rule.switched_on"]


def test_a_law_that_is_added_holds_at_once() -> None:
    posting = role(locations=["Austin, TX"]).posting
    assert publish_blockers(posting) == []
    rule = add_pay_rule(**TEXAS, by=BY)
    assert len(publish_blockers(posting)) == 1
    edit_pay_rule(rule, effective_on=date(2099, 1, 1), by=BY)
    assert publish_blockers(posting) == []
    with pytest.raises(Invalid, match="edit that one"):
        add_pay_rule(**TEXAS, by=BY)


def test_a_release_brings_its_table_but_leaves_what_was_edited_here() -> None:
    same = edit_pay_rule(colorado(), min_employees=1, by=BY)
    assert same.edited_at is None
    edited = edit_pay_rule(colorado(), min_employees=3, note="Ours", by=BY)
    assert Event.objects.get(verb="pay_rule.edited").ids == {"fields": ["min_employees", "note"]}
    PayRule.objects.filter(key="us-ca").update(min_employees=99)
    PayRule.objects.filter(key="us-wa").delete()
    load_pay_rules()
    edited.refresh_from_db()
    assert (edited.min_employees, edited.note) == (3, "Ours")
    assert PayRule.objects.get(key="us-ca").min_employees == 15
    assert PayRule.objects.filter(key="us-wa").exists()


def test_before_the_table_stands_nothing_is_filled() -> None:
    class Nothing:
        def get_model(self, *names: str) -> None:
            raise LookupError

    PayRule.objects.all().delete()
    fill_the_tables(apps=Nothing())
    assert not PayRule.objects.exists()
    fill_the_tables()
    assert PayRule.objects.count() >= 30


@pytest.mark.parametrize(
    ("fields", "field"),
    [
        ({"ends_on": date(2020, 1, 1)}, "ends_on"),
        ({"blocks": ["benefits"], "asks": ["range"]}, "blocks"),
        ({"country": "XX", "region": ""}, "country"),
        ({"region": "ZZ"}, "region"),
        ({"country": "DE"}, "region"),
    ],
)
def test_what_a_rule_cannot_mean_is_refused(fields: dict[str, Any], field: str) -> None:
    with pytest.raises(Invalid) as refusal:
        edit_pay_rule(colorado(), **fields, by=BY)
    assert refusal.value.field == field
    assert colorado().edited_at is None


# Over HTTP


@pytest.fixture
def admin(db: Any) -> User:
    return UserFactory(is_site_admin=True)


def test_a_site_admin_keeps_the_table(admin: User, as_: Client) -> None:
    api = as_(admin)
    made = api.post(ROOT, TEXAS, format="json")
    assert (made.status_code, made.data["key"], made.data["is_shipped"]) == (201, "us-tx", False)
    url = f"{ROOT}/{made.data['id']}"
    assert api.patch(url, {"min_employees": 5}, format="json").data["min_employees"] == 5
    assert api.post(f"{url}/switch_off", {}, format="json").status_code == 400
    off = api.post(f"{url}/switch_off", {"reason": "Not passed"}, format="json")
    assert off.data["off_reason"] == "Not passed"
    found = api.get(f"{ROOT}?is_off=true").data["results"]
    assert [row["key"] for row in found] == ["us-tx"]
    assert api.post(f"{url}/switch_on").data["off_at"] is None
    assert len(api.get(f"{ROOT}?country=CA").data["results"]) == 3
    bad = api.patch(url, {"region": "QQ", "widest": -1}, format="json")
    assert {each["pointer"] for each in bad.json()["errors"]} == {"/widest"}
    assert api.post(ROOT, TEXAS, format="json").json()["errors"][0]["pointer"] == "/key"


def test_everybody_reads_the_table_and_only_site_admins_change_it(rita: User, as_: Client) -> None:
    api = as_(rita)
    assert len(api.get(f"{ROOT}?limit=200").data["results"]) >= 30
    url = f"{ROOT}/{colorado().public_id}"
    assert api.get(url).data["source_url"].startswith("https://")
    assert api.post(ROOT, TEXAS, format="json").status_code == 403
    assert api.patch(url, {"min_employees": 5}, format="json").status_code == 403
    assert api.post(f"{url}/switch_off", {"reason": "X"}, format="json").status_code == 403
    assert api.post(f"{url}/switch_on").status_code == 403


def test_the_laws_of_each_place_are_read_by_those_who_see_the_requisition(as_: Client) -> None:
    found = role(locations=["New York", "Austin, TX"])
    url = f"/api/v1/requisitions/{found.requisition.public_id}/pay_transparency"
    here, there = as_(found.recruiter).get(url).json()["places"]
    assert ([law["key"] for law in here["rules"]], len(here["blockers"])) == (
        ["us-ny", "us-ny-nyc"],
        1,
    )
    assert (there["region"], there["cities"], there["rules"], there["blockers"]) == (
        "TX",
        ["austin"],
        [],
        [],
    )
    assert as_(UserFactory()).get(url).status_code == 404


@pytest.mark.parametrize(
    ("change", "pointer"),
    [
        ({"minimum": "2", "maximum": "1"}, "/pay_ranges/0/maximum"),
        ({"minimum": "-1"}, "/pay_ranges/0/minimum"),
        ({"minimum": "0", "maximum": "0"}, "/pay_ranges/0/maximum"),
        ({"maximum": "1" + "0" * 30}, "/pay_ranges/0/maximum"),
        ({"maximum": "lots"}, "/pay_ranges/0/maximum"),
        ({"currency": "XYZ"}, "/pay_ranges/0/currency"),
        ({"currency": "usd"}, "/pay_ranges/0/currency"),
        ({"currency": None}, "/pay_ranges/0/currency"),
        ({"period": ""}, "/pay_ranges/0/period"),
        ({"period": "fortnight"}, "/pay_ranges/0/period"),
    ],
)
def test_pay_that_cannot_be_meant_changes_nothing(
    as_: Client, change: dict[str, Any], pointer: str
) -> None:
    found = role(pay_ranges=[PAY])
    url = f"/api/v1/requisitions/{found.requisition.public_id}"
    api = as_(found.recruiter)
    answer = api.patch(url, {"pay_ranges": [PAY | change]}, format="json")
    assert answer.status_code == 400
    assert [each["pointer"] for each in answer.json()["errors"]] == [pointer]
    assert api.get(url).data["pay_ranges"][0]["maximum"] == "120000.00"


def test_an_advertised_figure_beside_other_ranges_is_shown(rita: User, as_: Client) -> None:
    figure = {"amount": 350_000, "currency": "USD", "period": "year"}
    body = {"title": "Engineer", "advertised_pay": figure, "pay_ranges": [PAY]}
    made = as_(rita).post("/api/v1/requisitions", body, format="json")
    assert len(made.data["pay_warnings"]) == 1
    huge = {**figure, "amount": 1e300}
    answer = as_(rita).post("/api/v1/requisitions", body | {"advertised_pay": huge}, format="json")
    assert [each["pointer"] for each in answer.json()["errors"]] == ["/advertised_pay/amount"]
