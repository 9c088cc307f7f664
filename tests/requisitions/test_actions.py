import pytest

from tests.factories.requisitions import open_requisition

pytestmark = pytest.mark.django_db


def test_an_open_requisition_has_all_that_hiring_needs() -> None:
    role = open_requisition(openings=2)
    role.requisition.refresh_from_db()
    assert role.requisition.status == "open"
    assert [seat.status for seat in role.openings] == ["open", "open"]
    assert role.posting.status == "published"
    assert {stage.kind for stage in role.stages.values()} == set(role.stages)
