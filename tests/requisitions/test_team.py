import pytest

from ats.errors import DomainError, Invalid
from ats.events.actors import Actor
from ats.events.models import Event
from requisitions.actions.requisition import (
    draft_requisition,
)
from requisitions.actions.team import join_hiring_team, leave_hiring_team
from requisitions.enums import TeamRole
from tests.factories.ats import UserFactory
from tests.factories.requisitions import (
    RecruiterFactory,
    draft,
)

pytestmark = pytest.mark.django_db


def test_responsibility_is_handed_over_and_whoever_has_it_does_not_leave() -> None:
    requisition = draft()
    by = Actor.of(requisition.created_by)
    other = RecruiterFactory()
    first = requisition.team.get()
    with pytest.raises(DomainError, match="is responsible here"):
        leave_hiring_team(first, by=by)
    join_hiring_team(requisition, user=other, role=TeamRole.RECRUITER, is_responsible=True, by=by)
    first.refresh_from_db()
    leave_hiring_team(first, by=by)
    assert [member.user for member in requisition.team.all()] == [other]


def test_joining_twice_changes_nothing() -> None:
    requisition, ann = draft(), UserFactory()
    by = Actor.of(requisition.created_by)
    for _ in range(2):
        join_hiring_team(requisition, user=ann, role=TeamRole.INTERVIEWER, by=by)
    assert requisition.team.count() == 2
    assert Event.objects.filter(verb="team.joined").count() == 2
    gone = UserFactory(is_active=False)
    with pytest.raises(Invalid, match="deactivated"):
        join_hiring_team(requisition, user=gone, role=TeamRole.INTERVIEWER, by=by)


def test_drafting_by_the_product_itself_leaves_the_team_empty() -> None:
    requisition = draft_requisition(title="A", by=Actor.system("test"))
    assert not requisition.team.exists()
