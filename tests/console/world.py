from dataclasses import dataclass
from typing import Any

from django.contrib import admin
from django.test import Client

from ats.accounts.models import User
from ats.admin.base import ScopedAdmin
from candidates.actions.note import add_note
from candidates.models import Application, Offer
from tests.factories.ats import UserFactory
from tests.factories.candidates import apply, draft
from tests.factories.interviews import Heard, heard, submit
from tests.factories.requisitions import Role, open_requisition

# What one interviewer wrote, and nobody who still owes may read.
CANARY = "KANARIENVOGEL"


@dataclass
class World:
    """A requisition in full swing, one of other people, and a confidential one."""

    role: Role
    other: Role
    secret: Role
    talk: Heard
    rival: Application
    offer: Offer
    people: dict[str, User]


def build() -> World:
    role, other = open_requisition(), open_requisition(title="Nurse")
    secret = open_requisition(title="Successor", is_confidential=True)
    talk, rival = heard(2, role), apply(role)
    apply(other)
    apply(secret)
    gave, owes = talk.interviewers
    say(talk, gave)
    add_note(talk.application, body="For its author alone", visibility="private", by=talk.by)
    people = {
        "recruiter": role.recruiter,
        "manager": role.manager,
        "coordinator": talk.coordinator,
        "interviewer who gave": gave,
        "interviewer who owes": owes,
        "approver": role.approver,
        "site admin": UserFactory(is_site_admin=True),
        "outsider": UserFactory(),
        "recruiter of the secret": secret.recruiter,
    }
    return World(role, other, secret, talk, rival, draft(rival, role), people)


def say(talk: Heard, person: User) -> None:
    submit(
        talk.card(person),
        recommendation="strong_no",
        notes=f"{CANARY} to the team",
        private_notes=f"{CANARY} in private",
        ratings=[
            {"competency": each, "value": 2, "evidence": f"{CANARY} as evidence"}
            for each in talk.role.competencies
        ],
    )


def signed_in(user: User, **options: Any) -> Client:
    client = Client(**options)
    client.force_login(user)
    return client


def screens() -> dict[Any, ScopedAdmin]:
    return {model: admin.site.get_model_admin(model) for model in admin.site._registry}
