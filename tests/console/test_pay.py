from typing import Any

import pytest
from django.test import Client

from ats.admin.base import list_url, url_of
from requisitions.models import PayRule
from tests.console.world import signed_in
from tests.factories.ats import UserFactory
from tests.factories.requisitions import PAY, draft

pytestmark = pytest.mark.django_db


@pytest.fixture
def admin(db: Any) -> Client:
    return signed_in(UserFactory(is_site_admin=True))


def colorado() -> PayRule:
    return PayRule.objects.get(key="us-co")


def test_a_site_admin_reads_edits_and_switches_the_laws(admin: Client) -> None:
    assert "Equal Pay for Equal Work Act" in admin.get(list_url(PayRule)).content.decode()
    page = admin.get(url_of(colorado())).content.decode()
    assert "C.R.S. § 8-5-201" in page
    edit = url_of(colorado(), "do", verb="edit_pay_rule")
    form = admin.get(edit).context["form"]
    typed = {name: form[name].value() for name in form.fields}
    typed = {name: value for name, value in typed.items() if value not in (None, "", False)}
    typed |= {"min_employees": 3, "checked_on": "2026-11-22"}
    assert admin.post(edit, typed).status_code == 302
    assert (colorado().min_employees, colorado().asks[0]) == (3, "range")
    admin.post(url_of(colorado(), "do", verb="switch_off_pay_rule"), {"reason": "Repealed"})
    assert "Repealed" in admin.get(url_of(colorado())).content.decode()
    admin.post(url_of(colorado(), "do", verb="switch_on_pay_rule"))
    assert colorado().off_at is None


def test_a_site_admin_adds_a_law_and_others_cannot(admin: Client) -> None:
    typed = {
        "key": "us-tx",
        "name": "Texas",
        "law": "H.B. 1",
        "citation": "H.B. 1",
        "source_url": "https://capitol.texas.gov/",
        "checked_on": "2026-11-22",
        "country": "US",
        "region": "TX",
        "when": "in_posting",
        "asks": ["range"],
        "blocks": ["range"],
        "min_employees": 1,
        "effective_on": "2026-01-01",
    }
    url = list_url(PayRule) + "begin/add_pay_rule/"
    assert admin.post(url, typed).status_code == 302
    refused = admin.post(url, {**typed, "key": "us-zz", "region": "ZZ"})
    assert set(refused.context["form"].errors) == {"region"}
    assert signed_in(UserFactory()).post(url, typed).status_code == 403


def line(place: int, **typed: Any) -> dict[str, Any]:
    return {f"{name}_{place}": value for name, value in typed.items()}


def test_a_recruiter_writes_down_what_the_role_pays() -> None:
    requisition = draft(locations=["Denver, CO"], pay_ranges=[])
    client = signed_in(requisition.created_by)
    page = client.get(url_of(requisition)).content.decode()
    assert "add a pay range that covers Denver, Colorado" in page
    url = url_of(requisition, "do", verb="set_pay")
    typed = line(1, **PAY, scope="Colorado") | line(2, minimum="", maximum="", scope="nowhere")
    assert client.post(url, typed).status_code == 302
    (row,) = requisition.pay_ranges.all()
    assert (row.scope, row.maximum) == ("Colorado", 120_000)
    page = client.get(url_of(requisition)).content.decode()
    assert "covers Denver" not in page
    assert "What the law of Denver, CO asks for besides" in page
    assert 'value="90000"' in client.get(url).content.decode()


def test_pay_that_cannot_be_meant_is_refused_in_its_line() -> None:
    requisition = draft()
    client = signed_in(requisition.created_by)
    url = url_of(requisition, "do", verb="set_pay")
    typed = line(1, **PAY) | line(2, minimum="5", maximum="1", currency="USD")
    typed |= line(3, minimum="0", maximum="0", currency="XYZ", period="year")
    refused = client.post(url, typed)
    assert set(refused.context["form"].errors) == {
        "maximum_2",
        "period_2",
        "maximum_3",
        "currency_3",
    }
    assert requisition.pay_ranges.count() == 1
