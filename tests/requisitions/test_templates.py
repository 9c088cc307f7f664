"""Copies of a role: what goes along, what stays behind, and who may make them."""

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client as Browser
from rest_framework.test import APIClient

from ats.accounts.models import User
from ats.admin.base import list_url, url_of
from ats.custom_fields.actions import add_custom_field, edit_custom_field
from ats.errors import Invalid
from ats.events.actors import Actor
from requisitions.actions.competency import choose_competencies
from requisitions.actions.form import add_question
from requisitions.actions.requisition import (
    COLUMNS,
    PARTS,
    draft_requisition,
    edit_requisition,
)
from requisitions.actions.team import join_hiring_team
from requisitions.actions.template import clone_requisition, save_requisition_template
from requisitions.enums import CompanyRoleKind
from requisitions.models import Competency, Department, Requisition, RequisitionTemplate
from requisitions.queries.role import ROLE, describe
from tests.factories.ats import UserFactory
from tests.factories.requisitions import (
    DepartmentFactory,
    OfficeFactory,
    RecruiterFactory,
    Role,
    draft,
    open_requisition,
)

pytestmark = pytest.mark.django_db
Client = Callable[[User | None], APIClient]
ROOT, TEMPLATES = "/api/v1/requisitions", "/api/v1/requisition-templates"
BY = Actor.system("test")


@pytest.fixture
def role(db: Any) -> Role:
    """With everything that describes a role."""
    kinds = {"site": ("short_text", []), "urgency": ("single", ["low", "high"])}
    for key, (kind, options) in kinds.items():
        said = {"applies_to": "requisition", "name": key, "kind": kind, "options": options}
        add_custom_field(**said, by=BY)
    whole = open_requisition(
        title="Nurse",
        openings=2,
        department=DepartmentFactory(),
        offices=[OfficeFactory()],
        locations=["Berlin"],
        workplace="hybrid",
        employment_type="full_time",
        level="L3",
        summary="Care",
        highlights=["Nights"],
        responsibilities=["Rounds"],
        benefits=["Pension"],
        topics=["Health"],
        guidance=["Be on time"],
        faq=[{"question": "Why?", "answer": "So."}],
        advertised_pay={"amount": 90000.0, "currency": "USD", "period": "year"},
        qualifications=[{"is_required": True, "text": "A licence", "tree": {"text": "A licence"}}],
        custom={"site": "North", "urgency": "low"},
    )
    by = Actor.of(whole.recruiter)
    weighed = [{"competency": each} for each in whole.competencies]
    weighed[0] |= {"weight": "2", "weight_reason": "It is the job.", "is_must_have": False}
    choose_competencies(whole.requisition, choices=weighed, by=by)
    add_question(whole.requisition, kind="yes_no", label="Licence?", is_required=True, by=by)
    return whole


def said(requisition: Requisition) -> dict[str, Any]:
    return describe(Requisition.objects.get(pk=requisition.pk), ROLE)


def test_a_clone_says_the_same_about_the_role(role: Role, as_: Client) -> None:
    url = f"{ROOT}/{role.requisition.public_id}"
    made = as_(role.recruiter).post(f"{url}/clone", {"title": "Head nurse"})
    assert made.status_code == 201, made.data
    copy = Requisition.objects.get(public_id=made.data["id"])
    assert said(copy) == said(role.requisition) | {"title": "Head nurse"}
    assert (copy.status, copy.approval, copy.postings.count()) == ("draft", None, 0)
    assert copy.number != role.requisition.number
    assert {each.status for each in copy.openings.all()} == {"draft"}
    assert [(m.user, m.role, m.is_responsible) for m in copy.team.all()] == [
        (role.recruiter, "recruiter", True)
    ]


def test_a_copy_forgets_no_field_that_can_be_edited() -> None:
    assert set(ROLE) >= COLUMNS | PARTS


def test_the_team_goes_along_if_wanted(role: Role) -> None:
    gone, by = UserFactory(), Actor.of(role.recruiter)
    join_hiring_team(role.requisition, user=gone, role="interviewer", by=by)
    User.objects.filter(pk=gone.pk).update(is_active=False)
    other = RecruiterFactory()
    join_hiring_team(role.requisition, user=other, role="recruiter", by=by)
    copy = clone_requisition(role.requisition, with_team=True, by=Actor.of(other))
    assert {(m.user, m.role, m.is_responsible) for m in copy.team.all()} == {
        (other, "recruiter", True),
        (role.recruiter, "recruiter", False),
        (role.manager, "hiring_manager", True),
    }


def test_what_is_gone_since_is_left_out(role: Role) -> None:
    template = save_requisition_template(role.requisition, name="Nurse", by=BY)
    Requisition.objects.update(department=None)
    Department.objects.all().delete()
    first = role.competencies[0]
    Competency.objects.filter(pk=first.pk).update(retired_at=template.created_at)
    from ats.custom_fields.models import CustomField

    edit_custom_field(CustomField.objects.get(key="urgency"), options=["high"], by=BY)
    copy = draft_requisition(template=template, by=Actor.of(role.recruiter))
    after = said(copy)
    assert (after["title"], after["department"]) == ("Nurse", None)
    assert after["custom"] == {"site": "North"}
    assert len(after["competencies"]) == len(role.competencies) - 1


def test_a_template_is_a_role_to_start_from(role: Role, as_: Client) -> None:
    api, url = as_(role.recruiter), str(role.requisition.public_id)
    made = api.post(TEMPLATES, {"requisition": url, "name": " Our  nurse "})
    assert (made.status_code, made.data["name"]) == (201, "Our nurse")
    edit_requisition(role.requisition, summary="Other", by=Actor.of(role.recruiter))
    other = as_(RecruiterFactory())
    rows = other.get(TEMPLATES).json()["results"]
    assert [(row["name"], row["title"]) for row in rows] == [("Our nurse", "Nurse")]
    assert "role" not in rows[0]
    body = {"template": made.data["id"], "level": "L4", "custom": {"site": "South"}}
    begun = other.post(ROOT, body, format="json")
    assert begun.status_code == 201, begun.data
    copy = Requisition.objects.get(public_id=begun.data["id"])
    assert said(copy) == said(role.requisition) | {
        "summary": "Care",
        "level": "L4",
        "custom": {"site": "South", "urgency": "low"},
    }
    renamed = other.patch(made["Location"], {"name": "Nurses"})
    assert renamed.data["name"] == "Nurses"
    assert other.post(f"{made['Location']}/retire").status_code == 200
    assert other.post(f"{made['Location']}/retire").status_code == 409
    assert other.post(ROOT, body, format="json").status_code == 400
    assert other.get(f"{TEMPLATES}?is_retired=false").json()["results"] == []


def test_who_may_copy(role: Role, as_: Client) -> None:
    url = f"{ROOT}/{role.requisition.public_id}"
    elsewhere, promoted = RecruiterFactory(), UserFactory()
    by = Actor.of(role.recruiter)
    # A recruiter of the team who may start nothing; a recruiter who is only an interviewer here.
    join_hiring_team(role.requisition, user=promoted, role="recruiter", by=by)
    seated = RecruiterFactory()
    join_hiring_team(role.requisition, user=seated, role="interviewer", by=by)
    admin = UserFactory(is_site_admin=True)
    people = {
        "recruiter": role.recruiter,
        "admin": admin,
        "manager": role.manager,
        "promoted": promoted,
        "seated": seated,
        "elsewhere": elsewhere,
    }
    answers = {who: as_(person).post(f"{url}/clone").status_code for who, person in people.items()}
    assert answers == {
        "recruiter": 201,
        "admin": 201,
        "manager": 403,
        "promoted": 403,
        "seated": 403,
        "elsewhere": 404,
    }
    body = {"requisition": str(role.requisition.public_id), "name": "A"}
    saved = {who: as_(person).post(TEMPLATES, body).status_code for who, person in people.items()}
    # Who may not see it is told that there is no such requisition; a name is taken once.
    assert saved == answers | {"elsewhere": 400, "admin": 400}
    assert as_(role.manager).get(TEMPLATES).json()["results"] == []


def test_what_is_confidential_is_copied_as_confidential(role: Role, as_: Client) -> None:
    by = Actor.of(role.recruiter)
    edit_requisition(role.requisition, is_confidential=True, by=by)
    assert clone_requisition(role.requisition, by=by).is_confidential
    template = save_requisition_template(role.requisition, name="Secret", by=by)
    begun = draft_requisition(template=template, is_confidential=False, by=by)
    assert begun.is_confidential
    for person in (RecruiterFactory(), UserFactory(is_site_admin=True), role.manager):
        api = as_(person)
        assert api.get(TEMPLATES).json()["results"] == []
        assert api.get(f"{TEMPLATES}/{template.public_id}").status_code == 404
        assert api.post(ROOT, {"template": str(template.public_id)}).status_code in (400, 403)
    assert len(as_(role.recruiter).get(TEMPLATES).json()["results"]) == 1
    # The name is free for others: a refusal would tell that it is there.
    other = draft(RecruiterFactory())
    save_requisition_template(other, name="Secret", by=BY)


def test_a_template_of_what_became_confidential_is_hidden_too(role: Role, as_: Client) -> None:
    save_requisition_template(role.requisition, name="Nurse", by=BY)
    edit_requisition(role.requisition, is_confidential=True, by=Actor.of(role.recruiter))
    assert as_(RecruiterFactory()).get(TEMPLATES).json()["results"] == []


def test_names_and_titles_are_there(role: Role, as_: Client) -> None:
    save_requisition_template(role.requisition, name="Nurse", by=BY)
    for name in ("nurse", " "):
        with pytest.raises(Invalid):
            save_requisition_template(role.requisition, name=name, by=BY)
    with pytest.raises(Invalid, match="has a title"):
        draft_requisition(by=BY)
    answer = as_(role.recruiter).post(ROOT, {"summary": "A"})
    assert (answer.status_code, answer.json()["errors"][0]["pointer"]) == (400, "/title")


def test_the_console_clones_saves_and_starts(role: Role) -> None:
    browser = Browser()
    browser.force_login(role.recruiter)
    clone = url_of(role.requisition, "do", verb="clone_requisition")
    assert 'value="Nurse"' in browser.get(clone).content.decode()
    answer = browser.post(clone, {"title": "Copy", "with_team": "on"})
    copy = Requisition.objects.get(title="Copy")
    assert (answer.status_code, answer["Location"]) == (302, url_of(copy))
    save = url_of(role.requisition, "do", verb="save_requisition_template")
    assert browser.post(save, {"name": "Ours"}).status_code == 302
    template = RequisitionTemplate.objects.get()
    assert "Ours" in browser.get(list_url(RequisitionTemplate)).content.decode()
    assert "New from template" in browser.get(list_url(Requisition)).content.decode()
    page = browser.get(url_of(template)).content.decode()
    assert "Recruiter screen" in page
    start = url_of(template, "do", verb="draft_from_template")
    answer = browser.post(start, {"title": "Begun"})
    assert answer["Location"] == url_of(Requisition.objects.get(title="Begun"))
    for verb, body in (("rename", {"name": "Theirs"}), ("retire", {})):
        url = url_of(template, "do", verb=f"{verb}_requisition_template")
        assert browser.post(url, body).status_code == 302
    manager = Browser()
    manager.force_login(role.manager)
    assert manager.get(url_of(template)).status_code == 404
    assert CompanyRoleKind.RECRUITER in role.recruiter.company_roles.values_list("role", flat=True)
