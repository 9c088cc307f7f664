"""Stages and templates in the console."""

from ats.admin.base import list_url, url_of
from candidates.actions.application import move_application
from requisitions.models import PipelineTemplate, Stage
from tests.console.test_buttons import press, sentences
from tests.console.world import World, signed_in
from tests.factories.ats import UserFactory

STAGES = "Inbox; applied; 2\nTalk; interview\nOffer; offer; 5\nIn; hired"


def names(world: World) -> list[str]:
    live = world.role.requisition.stages.filter(retired_at=None).order_by("position")
    return [stage.name for stage in live]


def test_stages_go_up_and_down_are_renamed_added_and_retired(world: World) -> None:
    client, row = signed_in(world.role.recruiter), world.role.requisition
    added = {"name": "Phone", "kind": "screen"}
    assert press(client, row, "add_stage", **added)["Location"] == url_of(row)
    assert names(world)[:3] == ["Applied", "Recruiter screen", "Phone"]
    page = client.get(url_of(row))
    steps = {
        stage.name: [(up, to.name) for up, _, to in more]
        for stage, _, more in page.context["stages"]
    }
    assert steps["Phone"] == [("Up", "Applied")]
    assert steps["Recruiter screen"] == [("Down", "Phone")]
    assert (steps["Applied"], steps["Hired"]) == ([], [])
    phone, applied = Stage.objects.get(name="Phone"), world.role.stage("applied")
    assert press(client, phone, "move_stage", after=applied.pk)["Location"] == url_of(row)
    assert press(client, phone, "edit_stage", name="Call", target_days=4).status_code == 302
    assert names(world)[:3] == ["Applied", "Call", "Recruiter screen"]
    refused = press(client, phone, "move_stage", after=world.role.stage("offer").pk)
    assert "goes from application to hired" in sentences(refused)[0]
    assert press(client, phone, "retire_stage").status_code == 302
    debrief = world.role.stage("debrief")
    move_application(world.talk.application, stage=debrief, by=world.talk.by)
    assert "move them first" in sentences(press(client, debrief, "retire_stage"))[0]
    assert press(client, debrief, "retire_stage", move_to=applied.pk).status_code == 302
    assert "Debrief" not in names(world)


def test_templates_are_written_as_lines(world: World) -> None:
    admin = signed_in(UserFactory(is_site_admin=True))
    begin = list_url(PipelineTemplate) + "begin/add_pipeline_template/"
    for wrong, said in [
        ("Inbox; applied\nTalk; chat\nIn; hired", "no kind of stage"),
        ("Inbox; applied; soon\nIn; hired", "no number of days"),
        ("Inbox; applied; 1; 2\nIn; hired", "does not read as"),
        ("Inbox; applied\nInbox 2; applied\nIn; hired", "one stage of the kind"),
        ("Inbox; applied\n" * 101, "at most 100"),
    ]:
        refused = admin.post(begin, {"name": "Short", "stages": wrong})
        assert said in " ".join(sentences(refused)), wrong
    assert admin.post(begin, {"name": "Short", "stages": STAGES}).status_code == 302
    made = PipelineTemplate.objects.get(name="Short")
    assert [(each["name"], each["target_days"]) for each in made.stages] == [
        ("Inbox", 2),
        ("Talk", None),
        ("Offer", 5),
        ("In", None),
    ]
    form = admin.get(url_of(made, "do", verb="edit_pipeline_template")).context["form"]
    assert form.initial["stages"] == STAGES
    changed = {"name": "Short", "stages": STAGES.replace("Talk", "Chat"), "is_default": ""}
    assert press(admin, made, "edit_pipeline_template", **changed).status_code == 302
    assert press(admin, made, "retire_pipeline_template").status_code == 302
    assert signed_in(world.role.recruiter).post(begin, {"name": "Mine"}).status_code == 403
