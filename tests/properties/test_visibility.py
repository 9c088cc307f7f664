"""Nobody may act on what they cannot see: for every role, may-act is within may-see."""

from typing import Any

import pytest

from ats.accounts.models import User
from ats.events.actors import Actor
from candidates import rules as candidates_rules
from candidates.models import Application
from requisitions import rules as requisitions_rules
from requisitions.actions.team import join_hiring_team
from requisitions.enums import TeamRole
from requisitions.models import Requisition
from tests.factories.ats import UserFactory
from tests.factories.candidates import apply
from tests.factories.requisitions import RecruiterFactory, Role, open_requisition

VERBS = [
    *(f"requisitions.{verb}" for verb in requisitions_rules.GRANTS),
    *(f"candidates.{verb}" for verb in candidates_rules.GRANTS),
]
ROLES = [*TeamRole.values, "outsider", "recruiter elsewhere", "site admin"]


def person(kind: str, role: Role) -> User:
    if kind == "site admin":
        return UserFactory(is_site_admin=True)
    if kind == "recruiter elsewhere":
        return RecruiterFactory()
    somebody = UserFactory()
    if kind in TeamRole.values:
        by = Actor.of(role.recruiter)
        join_hiring_team(role.requisition, user=somebody, role=TeamRole(kind), by=by)
    return somebody


def acts_in_the_dark(somebody: User, verb: str, subject: Any, seen: Any) -> bool:
    return somebody.has_perm(verb, subject) and not seen.filter(pk=subject.pk).exists()


# Verbs of candidates whose subject is the requisition, or a posting of it.
ABOUT_ROLES = {
    "candidates.add_application",
    "candidates.add_tracking_link",
    "candidates.retire_tracking_link",
}


def of_what(verb: str) -> str:
    return "requisitions" if verb in ABOUT_ROLES else verb.partition(".")[0]


@pytest.mark.django_db
@pytest.mark.parametrize("is_confidential", [False, True], ids=["open", "confidential"])
@pytest.mark.parametrize("kind", ROLES)
def test_nobody_may_act_on_what_they_cannot_see(kind: str, is_confidential: bool) -> None:
    role = open_requisition(is_confidential=is_confidential)
    application = apply(role)
    somebody = person(kind, role)
    subjects = {
        "requisitions": (role.requisition, Requisition.objects.visible_to(somebody)),
        "candidates": (application, Application.objects.visible_to(somebody)),
    }
    dark = [
        verb
        for verb in VERBS
        for subject, seen in [subjects[of_what(verb)]]
        if acts_in_the_dark(somebody, verb, subject, seen)
    ]
    assert dark == []


@pytest.mark.django_db
def test_acting_in_the_dark_is_caught() -> None:
    role = open_requisition()
    seen = Requisition.objects.none()
    assert acts_in_the_dark(role.recruiter, VERBS[0], role.requisition, seen)
