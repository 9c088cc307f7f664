from collections.abc import Callable
from typing import Any

import pytest
from django.db import IntegrityError, transaction
from rest_framework.test import APIClient

from ats.accounts.models import User
from ats.errors import DomainError, Invalid
from ats.events.actors import Actor
from ats.events.models import Event
from requisitions.actions.pipeline import attach_pipeline
from requisitions.actions.pipeline_template import (
    add_pipeline_template,
    default_template,
    edit_pipeline_template,
    retire_pipeline_template,
)
from requisitions.models import PipelineTemplate
from tests.factories.ats import UserFactory
from tests.factories.requisitions import draft

pytestmark = pytest.mark.django_db

SYSTEM = Actor.system("test")
ROOT = "/api/v1/pipeline-templates"
Client = Callable[[User | None], APIClient]


def stages(*kinds: str, **change: dict[str, Any]) -> list[dict[str, Any]]:
    return [{"name": f"{kind} {at}", "kind": kind} for at, kind in enumerate(kinds)]


SHORT = stages("applied", "screen", "interview", "offer", "hired")


def test_the_first_template_is_the_default_and_another_can_take_over() -> None:
    first = add_pipeline_template(name="Short", stages=SHORT, by=SYSTEM)
    assert default_template() == first
    second = add_pipeline_template(name="Long", stages=SHORT, by=SYSTEM)
    assert (first.is_default, second.is_default) == (True, False)
    edit_pipeline_template(second, is_default=True, by=SYSTEM)
    assert default_template() == second
    third = add_pipeline_template(name="Third", stages=SHORT, is_default=True, by=SYSTEM)
    assert default_template() == third
    with pytest.raises(Invalid, match="always one"):
        edit_pipeline_template(third, is_default=False, by=SYSTEM)
    with pytest.raises(DomainError, match="make another one the default"):
        retire_pipeline_template(third, by=SYSTEM)


def test_the_milestone_is_the_kinds_own_unless_given() -> None:
    given = [dict(each) for each in SHORT]
    given[1] |= {"milestone": "face_to_face", "target_days": 4}
    template = add_pipeline_template(name="Short", stages=given, by=SYSTEM)
    assert [each["milestone"] for each in template.stages] == [
        "application",
        "face_to_face",
        "face_to_face",
        "offer",
        "hired",
    ]
    assert template.stages[1]["target_days"] == 4


def test_a_change_reaches_no_requisition_that_has_a_pipeline() -> None:
    template = add_pipeline_template(name="Short", stages=SHORT, by=SYSTEM)
    requisition = attach_pipeline(draft(), by=SYSTEM)
    longer = stages("applied", "screen", "screen", "interview", "debrief", "offer", "hired")
    template = edit_pipeline_template(template, stages=longer, name="Longer", by=SYSTEM)
    assert requisition.stages.count() == 5
    assert attach_pipeline(draft(), by=SYSTEM).stages.count() == 7
    before = Event.objects.count()
    edit_pipeline_template(template, stages=longer, name="Longer", by=SYSTEM)
    assert Event.objects.count() == before
    edit_pipeline_template(template, name="LONGER", by=SYSTEM)
    with pytest.raises(TypeError, match="retired_at"):
        edit_pipeline_template(template, retired_at=None, by=SYSTEM)


def test_a_retired_template_is_not_changed_and_its_name_not_used_again() -> None:
    add_pipeline_template(name="Default", stages=SHORT, by=SYSTEM)
    template = add_pipeline_template(name="Old", stages=SHORT, by=SYSTEM)
    template = retire_pipeline_template(template, by=SYSTEM)
    before = Event.objects.count()
    retire_pipeline_template(template, by=SYSTEM)
    assert Event.objects.count() == before
    with pytest.raises(DomainError, match="was retired"):
        edit_pipeline_template(template, name="New", by=SYSTEM)
    for name in ("old", " "):
        with pytest.raises(Invalid) as refusal:
            add_pipeline_template(name=name, stages=SHORT, by=SYSTEM)
        assert refusal.value.field == "name"


WRONG = [
    (["applied", "applied", "hired"], "/stages/1/kind", "one stage of the kind “applied”"),
    (["applied", "hired", "hired"], "/stages/2/kind", "one stage of the kind “hired”"),
    (["screen", "hired"], "/stages", "begins with"),
    (["applied", "screen"], "/stages", "ends with"),
    ([], "/stages", "begins with"),
    (["screen", "applied", "hired"], "/stages/1/kind", "has to be the first"),
    (["applied", "hired", "offer"], "/stages/1/kind", "has to be the last"),
    (["applied", "interview", "screen", "hired"], "/stages/2/kind", "comes after"),
    (["applied", "offer", "debrief", "hired"], "/stages/2/kind", "comes after"),
    (["applied", "debrief", "interview", "hired"], "/stages/1/kind", "before any interview"),
    (["applied", "lunch", "hired"], "/stages/1/kind", "lunch"),
    (["applied", {}, "hired"], "/stages/1/kind", "valid choice"),
]


@pytest.mark.parametrize(("kinds", "pointer", "said"), WRONG)
def test_stages_that_make_no_pipeline_are_refused_where_they_are_wrong(
    as_: Client, kinds: list[str], pointer: str, said: str
) -> None:
    api = as_(UserFactory(is_site_admin=True))
    answer = api.post(ROOT, {"name": "T", "stages": stages(*kinds)})
    assert answer.status_code == 400, answer.data
    assert [error["pointer"] for error in answer.data["errors"]] == [pointer]
    assert said in answer.data["errors"][0]["detail"]
    assert not PipelineTemplate.objects.exists()


@pytest.mark.parametrize(
    ("change", "pointer"),
    [
        ({"name": "hired 4"}, "/stages/4/name"),
        ({"milestone": "offer"}, "/stages/2/kind"),
        ({"milestone": "soon"}, "/stages/1/milestone"),
        ({"target_days": -1}, "/stages/1/target_days"),
        ({"target_days": 10**30}, "/stages/1/target_days"),
        ({"days": 3}, "/stages/1/days"),
    ],
)
def test_a_stage_of_a_template_is_whole(as_: Client, change: Any, pointer: str) -> None:
    api = as_(UserFactory(is_site_admin=True))
    given = [dict(each) for each in SHORT]
    given[1] |= change
    answer = api.post(ROOT, {"name": "T", "stages": given})
    assert answer.status_code == 400, answer.data
    assert [error["pointer"] for error in answer.data["errors"]] == [pointer]


def test_the_milestone_of_an_end_is_its_own() -> None:
    given = [*SHORT[:-1], SHORT[-1] | {"milestone": "offer"}]
    with pytest.raises(Invalid, match="is “hired”") as refusal:
        add_pipeline_template(name="T", stages=given, by=SYSTEM)
    assert refusal.value.field == "stages/4/milestone"


def test_admins_manage_templates_and_everybody_reads_them(rita: User, as_: Client) -> None:
    admin = as_(UserFactory(is_site_admin=True))
    made = admin.post(ROOT, {"name": "Short", "stages": SHORT})
    assert made.status_code == 201, made.data
    url = made["Location"]
    changed = admin.patch(url, {"name": "Shorter"})
    assert (changed.status_code, changed.data["name"]) == (200, "Shorter")
    assert admin.post(f"{url}/retire").status_code == 409
    second = admin.post(ROOT, {"name": "Next", "stages": SHORT, "is_default": True})
    retired = admin.post(f"{url}/retire")
    assert (retired.status_code, bool(retired.data["retired_at"])) == (200, True)
    api = as_(rita)
    live = api.get(f"{ROOT}?is_retired=false").data["results"]
    assert [row["id"] for row in live] == [second.data["id"]]
    assert api.post(ROOT, {"name": "Mine", "stages": SHORT}).status_code == 403
    assert api.patch(url, {"name": "Mine"}).status_code == 403
    attach = f"/api/v1/requisitions/{draft(rita).public_id}/attach_pipeline"
    refused = api.post(attach, {"template": made.data["id"]})
    assert (refused.status_code, refused.data["errors"][0]["pointer"]) == (400, "/template")


@pytest.mark.parametrize("kind", ["applied", "hired"])
def test_the_database_itself_keeps_the_ends_of_a_template(kind: str) -> None:
    template = add_pipeline_template(name="Short", stages=SHORT, by=SYSTEM)
    rows = PipelineTemplate.objects.filter(pk=template.pk)
    for kept in (lambda k: k != kind, lambda k: True):
        wrong = [each for each in template.stages if kept(each["kind"])]
        wrong += [each for each in template.stages if each["kind"] == kind] * kept(kind)
        with pytest.raises(IntegrityError, match=f"has_one_{kind}_stage"), transaction.atomic():
            rows.update(stages=wrong)
