import pytest

from ats.errors import DomainError, Invalid
from ats.events.actors import Actor
from requisitions.actions.pipeline import add_stage, attach_pipeline, retire_stage
from requisitions.queries.stages import first_stage, open_stage
from tests.factories.requisitions import (
    draft,
    open_requisition,
)

pytestmark = pytest.mark.django_db


def test_a_pipeline_is_attached_once_and_grows_in_its_middle() -> None:
    requisition = draft()
    by = Actor.of(requisition.created_by)
    attach_pipeline(requisition, by=by)
    with pytest.raises(DomainError, match="has a pipeline already"):
        attach_pipeline(requisition, by=by)
    applied = first_stage(requisition)
    add_stage(requisition, name="Phone", kind="screen", after=applied, by=by)
    add_stage(requisition, name="Reference", kind="offer", by=by)
    assert list(requisition.stages.values_list("name", "position")) == [
        ("Applied", 1),
        ("Phone", 2),
        ("Recruiter screen", 3),
        ("Interview loop", 4),
        ("Debrief", 5),
        ("Offer", 6),
        ("Reference", 7),
        ("Hired", 8),
    ]
    assert open_stage(requisition, "screen").name == "Phone"
    retire_stage(open_stage(requisition, "screen"), by=by)
    assert open_stage(requisition, "screen").name == "Recruiter screen"
    with pytest.raises(DomainError, match="stays"):
        retire_stage(applied, by=by)
    with pytest.raises(Invalid, match="one stage for arriving"):
        add_stage(requisition, name="In", kind="applied", by=by)
    elsewhere = open_requisition().stage("screen")
    with pytest.raises(Invalid, match="not in the requisition"):
        add_stage(requisition, name="X", kind="screen", after=elsewhere, by=by)
