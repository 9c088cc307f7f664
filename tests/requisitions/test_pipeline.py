import pytest
from django.db import IntegrityError, transaction

from ats.errors import DomainError, Invalid
from ats.events.actors import Actor
from ats.events.models import Event
from requisitions.actions.pipeline import (
    add_stage,
    attach_pipeline,
    edit_stage,
    move_stage,
    retire_stage,
)
from requisitions.actions.pipeline_template import add_pipeline_template, retire_pipeline_template
from requisitions.models import PipelineTemplate, Requisition, Stage
from requisitions.queries.stages import first_stage, open_stage, stage_in_use
from tests.factories.ats import UserFactory
from tests.factories.requisitions import draft, open_requisition

pytestmark = pytest.mark.django_db

SYSTEM = Actor.system("test")


@pytest.fixture
def requisition() -> Requisition:
    return attach_pipeline(draft(), by=SYSTEM)


def names(requisition: Requisition) -> list[str]:
    live = requisition.stages.filter(retired_at=None).order_by("position")
    assert [stage.position for stage in live] == list(range(1, len(live) + 1))
    return [stage.name for stage in live]


def test_a_pipeline_is_attached_once(requisition: Requisition) -> None:
    with pytest.raises(DomainError, match="has a pipeline already"):
        attach_pipeline(requisition, by=SYSTEM)
    with pytest.raises(DomainError, match="attach one first"):
        add_stage(draft(), name="Phone", kind="screen", by=SYSTEM)


def test_a_retired_template_is_attached_to_nothing(requisition: Requisition) -> None:
    stages = PipelineTemplate.objects.get().stages
    template = add_pipeline_template(name="Old", stages=stages, by=SYSTEM)
    template = retire_pipeline_template(template, by=SYSTEM)
    with pytest.raises(Invalid, match="was retired"):
        attach_pipeline(draft(), template=template, by=SYSTEM)


def test_a_stage_is_added_behind_another_or_where_its_kind_belongs(
    requisition: Requisition,
) -> None:
    applied = first_stage(requisition)
    add_stage(requisition, name="Phone", kind="screen", after=applied, by=SYSTEM)
    add_stage(requisition, name="Task", kind="screen", target_days=7, by=SYSTEM)
    add_stage(requisition, name="Reference", kind="offer", by=SYSTEM)
    late = add_stage(requisition, name="Talk", kind="screen", milestone="face_to_face", by=SYSTEM)
    assert names(requisition) == [
        "Applied",
        "Phone",
        "Recruiter screen",
        "Task",
        "Interview loop",
        "Debrief",
        "Talk",
        "Offer",
        "Reference",
        "Hired",
    ]
    assert late.milestone == "face_to_face"
    assert open_stage(requisition, "screen").name == "Phone"


@pytest.mark.parametrize(
    ("fields", "field", "said"),
    [
        ({"name": "In", "kind": "applied"}, "kind", "one stage for arriving"),
        ({"name": "X", "kind": "screen", "after": "elsewhere"}, "after", "not another stage"),
        ({"name": "X", "kind": "screen", "after": "Offer"}, "after", "goes from application"),
        ({"name": "X", "kind": "offer", "after": "Hired"}, "after", "has to be the last"),
        ({"name": "X", "kind": "offer", "after": "Applied"}, "after", "goes from application"),
        ({"name": "X", "kind": "offer", "milestone": "hired"}, "milestone", "is “offer”"),
        ({"name": "DEBRIEF", "kind": "debrief"}, "name", "already"),
        ({"name": " ", "kind": "debrief"}, "name", "has a name"),
    ],
)
def test_a_stage_that_breaks_the_pipeline_is_refused(
    requisition: Requisition, fields: dict[str, str], field: str, said: str
) -> None:
    before = names(requisition)
    named = {stage.name: stage for stage in requisition.stages.all()}
    named["elsewhere"] = open_requisition().stage("screen")
    if "after" in fields:
        fields = {**fields, "after": named[fields["after"]]}
    with pytest.raises(Invalid, match=said) as refusal, transaction.atomic():
        add_stage(requisition, **fields, by=SYSTEM)
    assert refusal.value.field == field
    assert names(requisition) == before


def test_stages_change_places_within_the_order_of_the_trade(requisition: Requisition) -> None:
    add_stage(requisition, name="Task", kind="screen", by=SYSTEM)
    stage = {each.name: each for each in requisition.stages.all()}
    move_stage(stage["Task"], after=stage["Applied"], by=SYSTEM)
    moved = move_stage(stage["Interview loop"], after=stage["Debrief"], by=SYSTEM)
    order = ["Applied", "Task", "Recruiter screen", "Debrief", "Interview loop", "Offer", "Hired"]
    assert names(requisition) == order
    assert moved.position == 5
    before = Event.objects.count()
    move_stage(stage["Interview loop"], after=stage["Debrief"], by=SYSTEM)
    assert Event.objects.count() == before
    for name, after in [
        ("Applied", "Task"),
        ("Hired", "Applied"),
        ("Offer", "Applied"),
        ("Task", "Hired"),
        ("Task", "Task"),
    ]:
        with pytest.raises(Invalid), transaction.atomic():
            move_stage(stage[name], after=stage[after], by=SYSTEM)
    assert names(requisition) == order


def test_a_pipeline_that_is_out_of_order_already_can_be_put_right(
    requisition: Requisition,
) -> None:
    screen, offer = open_stage(requisition, "screen"), open_stage(requisition, "offer")
    Stage.objects.filter(pk=offer.pk).update(position=99)
    Stage.objects.filter(pk=screen.pk).update(position=98)
    assert move_stage(screen, after=first_stage(requisition), by=SYSTEM).position == 2
    hired = open_stage(requisition, "hired")
    move_stage(hired, after=Stage.objects.get(pk=offer.pk), by=SYSTEM)
    assert names(requisition)[-2:] == ["Offer", "Hired"]


def test_a_stage_is_renamed_and_its_former_names_are_kept(requisition: Requisition) -> None:
    stage = open_stage(requisition, "screen")
    stage = edit_stage(stage, name="Phone", target_days=None, by=SYSTEM)
    assert (stage.name, stage.target_days) == ("Phone", None)
    edit_stage(stage, name="Call", by=SYSTEM)
    assert [each.name for each in stage.former_names.order_by("pk")] == [
        "Recruiter screen",
        "Phone",
    ]
    assert next(str(each) for each in stage.former_names.all()) == "Recruiter screen"
    last = Event.objects.latest("pk")
    assert (last.verb, last.ids["fields"]) == ("stage.edited", ["name"])
    before = Event.objects.count()
    edit_stage(stage, name="Call", by=SYSTEM)
    assert Event.objects.count() == before
    edit_stage(stage, name="CALL", by=SYSTEM)
    with pytest.raises(Invalid, match="already"):
        edit_stage(stage, name="offer", by=SYSTEM)
    with pytest.raises(TypeError, match="kind"):
        edit_stage(stage, kind="applied", by=SYSTEM)


def test_a_retired_stage_stays_as_it_was(requisition: Requisition) -> None:
    stage = retire_stage(open_stage(requisition, "screen"), by=SYSTEM)
    assert stage.name not in live(requisition)
    before = Event.objects.count()
    assert retire_stage(stage, by=SYSTEM) == stage
    assert Event.objects.count() == before
    for change in (
        lambda: edit_stage(stage, name="X", by=SYSTEM),
        lambda: move_stage(stage, after=first_stage(requisition), by=SYSTEM),
    ):
        with pytest.raises(DomainError, match="was retired"):
            change()
    for kind in ("applied", "hired"):
        with pytest.raises(DomainError, match="stays"):
            retire_stage(open_stage(requisition, kind), by=SYSTEM)


def live(requisition: Requisition) -> set[str]:
    return set(requisition.stages.filter(retired_at=None).values_list("name", flat=True))


def test_the_people_of_a_retired_stage_go_to_one_that_is_in_use_here(
    requisition: Requisition,
) -> None:
    stage, offer = open_stage(requisition, "screen"), open_stage(requisition, "offer")
    retired = retire_stage(open_stage(requisition, "debrief"), by=SYSTEM)
    for target in (stage, retired, open_requisition().stage("offer")):
        with pytest.raises(Invalid) as refusal:
            retire_stage(stage, move_to=target, by=SYSTEM)
        assert refusal.value.field == "move_to"
    assert retire_stage(stage, move_to=offer, by=SYSTEM).retired_at
    assert stage_in_use(offer) == offer
    assert stage_in_use(retired).name == "Interview loop"
    stage.refresh_from_db()
    assert stage_in_use(stage).name == "Applied"


@pytest.mark.parametrize("kind", ["applied", "hired"])
def test_the_database_itself_keeps_one_stage_to_arrive_and_one_to_be_hired_in(
    requisition: Requisition, kind: str
) -> None:
    more = {"name": "X", "kind": kind, "milestone": "hired", "position": 99}
    with pytest.raises(IntegrityError, match=f"one_{kind}_stage_per_requisition"):
        Stage.objects.create(requisition=requisition, **more)


def test_nobody_but_its_recruiter_changes_a_pipeline() -> None:
    role = open_requisition()
    verbs = ("add_stage", "edit_stage", "move_stage", "retire_stage")
    for person in (role.manager, UserFactory()):
        assert not any(person.has_perm(f"requisitions.{v}", role.requisition) for v in verbs)
    assert all(role.recruiter.has_perm(f"requisitions.{v}", role.requisition) for v in verbs)
