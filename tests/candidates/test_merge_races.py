"""Merging while others write, in real threads on real connections."""

from typing import Any

import pytest

from ats.errors import DomainError
from ats.events.actors import Actor
from candidates.actions.application import move_application
from candidates.actions.merge import merge_candidates, undo_merge
from candidates.actions.note import add_note
from candidates.models import Application, Candidate, Merge, Note
from tests.candidates.test_races import together
from tests.factories.candidates import apply
from tests.factories.requisitions import Role, open_requisition

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def role(transactional_db: Any) -> Role:
    return open_requisition()


@pytest.mark.parametrize("attempt", range(4))
def test_what_arrives_during_a_merge_ends_up_at_the_survivor(role: Role, attempt: int) -> None:
    others = [open_requisition(recruiter=role.recruiter) for _ in range(3)]
    one = apply(role, email="one@mail.example").candidate
    held = apply(others[0], email="two@mail.example")
    two, by = held.candidate, Actor.of(role.recruiter)
    results = together(
        lambda: merge_candidates(one, other=two, by=by),
        lambda: apply(others[1], email="two@mail.example"),
        lambda: apply(others[2], email="two@mail.example", phone="112"),
        lambda: add_note(held, body="Strong.", by=by),
        lambda: move_application(held, stage=others[0].stage("screen"), by=by),
        lambda: two.phones.create(number="110"),
    )
    assert not any(isinstance(result, DomainError) for result in results)
    assert set(Application.objects.values_list("candidate", flat=True)) == {one.pk}
    assert Application.objects.count() == 4
    assert Note.objects.get().application.candidate == one
    assert {phone.number for phone in one.phones.all()} == {"110", "112"}
    undo_merge(Merge.objects.get(), by=by)
    assert Application.objects.get(pk=held.pk).candidate == two


@pytest.mark.parametrize("attempt", range(3))
def test_of_merges_that_cross_one_happens(role: Role, attempt: int) -> None:
    one = apply(role).candidate
    two = apply(open_requisition(recruiter=role.recruiter)).candidate
    by = Actor.of(role.recruiter)
    results = together(
        lambda: merge_candidates(one, other=two, by=by),
        lambda: merge_candidates(two, other=one, by=by),
        lambda: merge_candidates(one, other=two, by=by),
    )
    assert len([each for each in results if not isinstance(each, DomainError)]) == 1
    assert Candidate.objects.exclude(merged_into=None).count() == 1


def test_a_merge_is_undone_once(role: Role) -> None:
    one = apply(role).candidate
    two = apply(open_requisition(recruiter=role.recruiter)).candidate
    by = Actor.of(role.recruiter)
    merge_candidates(one, other=two, by=by)
    merge = Merge.objects.get()
    results = together(*[lambda: undo_merge(merge, by=by)] * 4)
    assert len([each for each in results if not isinstance(each, DomainError)]) == 1
    assert [one.applications.count(), two.applications.count()] == [1, 1]
