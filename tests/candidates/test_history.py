"""What happened is told to those who may know what it happened to."""

from typing import Any

import pytest

from candidates.actions.access import share_application
from candidates.actions.application import reject_application
from candidates.enums import Because
from candidates.models import Application
from tests.candidates.conftest import signed_in
from tests.factories.ats import UserFactory
from tests.factories.candidates import apply, rejection_reason, sent
from tests.factories.requisitions import Role, open_requisition


@pytest.fixture
def application(role: Role) -> Application:
    return apply(role)


@pytest.fixture
def guest(application: Application, role: Role, by: Any) -> Any:
    """Somebody with whom the application was shared, and who is not on the team."""
    person = UserFactory()
    cause = {"because": Because.INTERVIEW, "cause_id": person.public_id}
    share_application(application, user=person, **cause, by=by)
    return signed_in(person)


def told(api: Any, row: Any) -> dict[str, dict[str, Any]]:
    rows = api.get(f"/api/v1/history/{row.public_id}").json()["results"]
    return {each["verb"]: each["ids"] for each in rows}


def test_why_somebody_was_rejected_is_the_teams_to_know(application, role, by, guest) -> None:
    reason = rejection_reason()
    reject_application(application, reason=reason, letter="never", by=by)
    known = told(signed_in(role.recruiter), application)["application.rejected"]
    assert known["reason"] == str(reason.public_id)
    assert told(guest, application)["application.rejected"] == {}


def test_that_there_is_an_offer_is_told_to_those_who_see_offers(application, role, guest) -> None:
    sent(application, role)
    assert "offer.sent" in told(signed_in(role.recruiter), application)
    assert not {verb for verb in told(guest, application) if verb.startswith("offer")}
    for page in ("change", "history"):
        address = f"/console/candidates/application/{application.pk}/{page}/"
        assert "Offer sent" not in guest.get(address).content.decode()
        assert "Offer sent" in signed_in(role.recruiter).get(address).content.decode()


def test_a_persons_history_keeps_the_secret_of_a_confidential_requisition(
    application, guest
) -> None:
    address = application.candidate.emails.get().address
    other = apply(open_requisition(is_confidential=True), email=address)
    assert other.candidate == application.candidate
    answer = guest.get(f"/api/v1/history/{application.candidate.public_id}")
    assert answer.status_code == 200
    assert str(other.public_id) not in answer.content.decode()
