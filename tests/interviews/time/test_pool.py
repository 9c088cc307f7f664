import pytest

from ats.errors import Blocked, DomainError, Invalid, TransitionNotAllowed
from ats.events.actors import Actor
from interviews.actions.interview import complete_interview
from interviews.actions.pool import (
    add_pool,
    add_pool_member,
    edit_pool,
    log_ride,
    remove_pool_member,
    retire_pool,
    retrain_member,
    sign_off_member,
)
from interviews.models import PanelSeat, PoolMember
from interviews.queries.training import missing
from tests.factories.ats import UserFactory
from tests.factories.interviews import heard
from tests.factories.requisitions import open_requisition

pytestmark = pytest.mark.django_db


@pytest.fixture
def by():
    return Actor.of(UserFactory(is_site_admin=True))


@pytest.fixture
def pool(by):
    return add_pool(name=" Systems ", shadows_needed=2, reverse_shadows_needed=1, by=by)


@pytest.fixture
def member(pool, by):
    return add_pool_member(pool, user=UserFactory(name="Ana"), by=by)


def test_the_way_into_a_pool_has_its_steps(member, by):
    assert missing(member) == [
        "Ana has to shadow 2 more interviews.",
        "Ana has to be shadowed in 1 more interview.",
    ]
    log_ride(member, kind="shadow", by=by)
    with pytest.raises(Blocked, match=r"Ana has to shadow 1 more interview\."):
        sign_off_member(member, by=by)
    log_ride(member, kind="shadow", by=by)
    log_ride(member, kind="reverse_shadow", by=by)
    assert missing(member) == []
    signed = sign_off_member(member, by=by)
    assert (signed.status, signed.signed_off_by) == ("qualified", by.user)
    with pytest.raises(TransitionNotAllowed):
        sign_off_member(member, by=by)
    with pytest.raises(DomainError, match="Ana is qualified already"):
        log_ride(member, kind="shadow", by=by)
    again = retrain_member(member, by=by)
    assert (again.status, again.signed_off_at, again.signed_off_by) == ("training", None, None)
    with pytest.raises(TransitionNotAllowed):
        retrain_member(member, by=by)


def test_somebody_may_be_qualified_from_the_start(pool, by):
    member = add_pool_member(pool, user=UserFactory(), is_qualified=True, by=by)
    assert member.status == "qualified"
    remove_pool_member(member, by=by)
    assert PoolMember.objects.count() == 0


def test_a_person_is_once_in_a_pool_and_in_no_retired_one(pool, member, by):
    with pytest.raises(DomainError, match="Ana is in this pool already"):
        add_pool_member(pool, user=member.user, by=by)
    retired = retire_pool(pool, by=by)
    assert retire_pool(pool, by=by).retired_at == retired.retired_at
    with pytest.raises(DomainError, match="This pool is retired"):
        add_pool_member(pool, user=UserFactory(), by=by)


@pytest.mark.parametrize(
    ("fields", "field"),
    [
        ({"name": " "}, "name"),
        ({"name": "Coding"}, "name"),
        ({"shadows_needed": -1}, "shadows_needed"),
        ({"reverse_shadows_needed": 21}, "reverse_shadows_needed"),
    ],
)
def test_a_pool_that_cannot_be_meant_is_refused(pool, by, fields, field):
    add_pool(name="Coding", by=by)
    for act in (lambda: edit_pool(pool, by=by, **fields),):
        with pytest.raises(Invalid) as caught:
            act()
        assert caught.value.field == field
    with pytest.raises(Invalid):
        add_pool(**{"name": "New", **fields}, by=by)


def test_a_pool_keeps_its_own_name(pool, by):
    assert edit_pool(pool, name="Systems", shadows_needed=0, by=by).shadows_needed == 0
    assert edit_pool(pool, by=by).name == "Systems"


# Interviews train those who ride along


def shadowed(day, person, role="shadow"):
    PanelSeat.objects.create(
        interview=day.interview, interviewer=person, role=role, during=day.interview.during
    )
    return complete_interview(day.interview, by=day.by)


def test_a_completed_interview_counts_for_whoever_rode_along(day, member, relay):
    shadowed(day, member.user)
    relay()
    (ride,) = member.rides.all()
    assert (ride.kind, ride.interview) == ("shadow", day.interview)
    log_ride(member, kind="shadow", interview=day.interview, by=day.by)
    assert member.rides.count() == 1


def test_an_interview_counts_for_nobody_when_it_is_not_clear_for_what(day, member, by, relay):
    add_pool_member(add_pool(name="Coding", by=by), user=member.user, by=by)
    shadowed(day, member.user)
    relay()
    assert member.rides.count() == 0


# The API


def test_schedulers_keep_pools_and_others_see_themselves_in_them(as_):
    role = open_requisition()
    person = UserFactory()
    api = as_(role.recruiter)
    pool = api.post("/api/v1/pools", {"name": "Coding", "shadows_needed": 1}, format="json").json()
    body = {"pool": pool["id"], "user": str(person.public_id)}
    member = api.post("/api/v1/pool-members", body, format="json").json()
    assert member["missing"] == [f"{person.name} has to shadow 1 more interview."]
    address = f"/api/v1/pool-members/{member['id']}"
    assert api.post(f"{address}/sign_off").status_code == 409
    assert api.post(f"{address}/rides", {"kind": "shadow"}, format="json").json()["missing"] == []
    assert api.post(f"{address}/sign_off").json()["status"] == "qualified"
    assert api.post(f"{address}/retrain").json()["status"] == "training"

    theirs = as_(person)
    assert [one["id"] for one in theirs.get("/api/v1/pool-members").json()["results"]] == [
        member["id"]
    ]
    assert theirs.post(f"{address}/sign_off").status_code == 403
    assert theirs.post("/api/v1/pools", {"name": "Mine"}, format="json").status_code == 403
    assert as_(UserFactory()).get(address).status_code == 404
    assert api.delete(address).status_code == 204
    assert api.post(f"/api/v1/pools/{pool['id']}/retire").json()["retired_at"]


@pytest.mark.parametrize("count", [1, 3])
def test_the_list_takes_as_many_queries_for_three(count, pool, by, as_, django_assert_num_queries):
    for person in UserFactory.create_batch(count):
        log_ride(add_pool_member(pool, user=person, by=by), kind="shadow", by=by)
    api = as_(by.user)
    with django_assert_num_queries(4):
        assert len(api.get("/api/v1/pool-members").json()["results"]) == count


def test_rides_name_interviews_that_one_may_see(as_, pool, by, member):
    day = heard(1)
    body = {"kind": "shadow", "interview": str(day.interview.public_id)}
    address = f"/api/v1/pool-members/{member.public_id}/rides"
    assert as_(open_requisition().recruiter).post(address, body, format="json").status_code == 400
    assert as_(day.role.recruiter).post(address, body, format="json").status_code == 200
