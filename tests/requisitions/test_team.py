import pytest
from django.db import DatabaseError

from ats.accounts.models import User
from ats.approvals.engine import StepSpec
from ats.errors import Blocked, DomainError, Invalid
from ats.events.actors import Actor
from ats.events.models import Event
from ats.outbox.models import Delivery
from ats.outbox.relay import relay_events
from ats.people.actions import deactivate_user
from candidates.models import Application
from requisitions.actions.requisition import (
    cancel_requisition,
    draft_requisition,
    reopen_requisition,
    submit_requisition,
)
from requisitions.actions.team import join_hiring_team, leave_hiring_team, make_responsible
from requisitions.enums import TeamRole
from requisitions.models import Requisition
from tests.factories.ats import UserFactory
from tests.factories.candidates import apply
from tests.factories.requisitions import RecruiterFactory, draft, open_requisition

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


def test_whoever_is_made_responsible_takes_over_and_that_is_an_event() -> None:
    role, other = open_requisition(), RecruiterFactory()
    by = Actor.of(role.recruiter)
    member = join_hiring_team(role.requisition, user=other, role=TeamRole.RECRUITER, by=by)
    assert make_responsible(member, by=by).is_responsible
    make_responsible(member, by=by)
    recruiters = role.requisition.team.filter(role=TeamRole.RECRUITER)
    held = dict(recruiters.values_list("user", "is_responsible"))
    assert held == {role.recruiter.pk: False, other.pk: True}
    told = Event.objects.filter(verb="team.responsible").latest("pk")
    assert told.ids == {"user": str(other.public_id), "role": "recruiter"}
    assert Event.objects.filter(verb="team.responsible", ids__role="recruiter").count() == 1


def test_nobody_who_cannot_sign_in_is_made_responsible() -> None:
    role, other = open_requisition(), RecruiterFactory()
    by = Actor.of(role.recruiter)
    member = join_hiring_team(role.requisition, user=other, role=TeamRole.RECRUITER, by=by)
    deactivate_user(other, by=by)
    with pytest.raises(Blocked, match="deactivated"):
        make_responsible(member, by=by)


def test_a_responsible_person_leaves_where_nobody_is_needed_any_more() -> None:
    role = open_requisition()
    by = Actor.of(role.recruiter)
    manager = role.requisition.team.get(role=TeamRole.MANAGER)
    leave_hiring_team(manager, by=by)
    cancel_requisition(role.requisition, reason="Budget", by=by)
    leave_hiring_team(role.requisition.team.get(), by=by)
    assert not role.requisition.team.exists()


def test_nothing_opens_without_a_recruiter_who_can_sign_in() -> None:
    orphan = draft_requisition(title="A", by=Actor.system("test"))
    with pytest.raises(Blocked, match="no responsible recruiter"):
        submit_requisition(orphan, steps=[StepSpec([UserFactory()])], by=Actor.system("test"))
    role, other = open_requisition(), RecruiterFactory()
    by = Actor.of(other)
    cancel_requisition(role.requisition, reason="Budget", by=by)
    deactivate_user(role.recruiter, by=by)
    with pytest.raises(Blocked, match="no responsible recruiter"):
        reopen_requisition(role.requisition, by=by)
    join_hiring_team(
        role.requisition, user=other, role=TeamRole.RECRUITER, is_responsible=True, by=by
    )
    assert reopen_requisition(role.requisition, by=by).status == "open"


def test_whoever_leaves_sees_nothing_from_then_on() -> None:
    role, ann = open_requisition(is_confidential=True), UserFactory()
    by = Actor.of(role.recruiter)
    member = join_hiring_team(role.requisition, user=ann, role=TeamRole.COORDINATOR, by=by)
    application = apply(role)
    seen = (Requisition.objects.visible_to(ann), Application.objects.visible_to(ann))
    assert [list(rows.all()) for rows in seen] == [[role.requisition], [application]]
    leave_hiring_team(member, by=by)
    assert [list(rows.all()) for rows in seen] == [[], []]


@pytest.mark.django_db(transaction=True)
def test_the_database_itself_keeps_a_recruiter_where_it_is_open() -> None:
    role = open_requisition()
    mine = role.requisition.team.filter(user=role.recruiter)
    for write in (mine.delete, lambda: mine.update(is_responsible=False)):
        with pytest.raises(DatabaseError, match="keeps_its_recruiter"):
            write()
    other = RecruiterFactory()
    by = Actor.of(role.recruiter)
    join_hiring_team(
        role.requisition, user=other, role=TeamRole.RECRUITER, is_responsible=True, by=by
    )
    mine.delete()
    cancel_requisition(role.requisition, reason="Budget", by=by)
    role.requisition.team.all().delete()


@pytest.mark.parametrize("who", ["recruiter", "admin", "manager"])
def test_somebody_is_told_when_the_responsible_recruiter_is_deactivated(who: str) -> None:
    admin, other = UserFactory(is_site_admin=True), RecruiterFactory()
    role = open_requisition(is_confidential=who == "manager")
    if who == "recruiter":
        by = Actor.of(role.recruiter)
        join_hiring_team(role.requisition, user=other, role=TeamRole.RECRUITER, by=by)
    deactivate_user(role.recruiter, by=Actor.of(admin))
    relay_events()
    letters = Delivery.objects.filter(letter="requisitions/recruiter_is_gone")
    told = {"recruiter": other, "admin": admin, "manager": role.manager}[who]
    assert [letter.to_address for letter in letters] == [told.email]
    assert role.requisition.number in letters.get().body


def test_nobody_is_told_who_left_a_closed_requisition_or_came_back() -> None:
    admin = UserFactory(is_site_admin=True)
    closed, back = open_requisition(), open_requisition()
    cancel_requisition(closed.requisition, reason="Budget", by=Actor.of(admin))
    for person in (closed.recruiter, back.recruiter):
        deactivate_user(person, by=Actor.of(admin))
    User.objects.filter(pk=back.recruiter.pk).update(is_active=True)
    relay_events()
    assert not Delivery.objects.filter(letter="requisitions/recruiter_is_gone").exists()


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
