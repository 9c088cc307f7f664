import json

import pytest

from ats.errors import Invalid
from ats.events.actors import Actor
from requisitions.actions.competency import (
    LIBRARY,
    choose_competencies,
    find_or_add_competency,
    freeze_rubric,
    load_library,
)
from requisitions.models import Competency
from tests.factories.requisitions import (
    CompetencyFactory,
    draft,
    open_requisition,
)

pytestmark = pytest.mark.django_db


def test_competencies_keep_their_order_and_an_unequal_weight_its_reason() -> None:
    requisition = draft()
    by = Actor.of(requisition.created_by)
    one, two = CompetencyFactory.create_batch(2)
    choose_competencies(requisition, choices=[{"competency": two}, {"competency": one}], by=by)
    assert [row.competency for row in requisition.competencies.all()] == [two, one]
    with pytest.raises(Invalid, match="write down why"):
        choose_competencies(requisition, choices=[{"competency": one, "weight": 2}], by=by)
    with pytest.raises(Invalid, match="twice"):
        choose_competencies(requisition, choices=[{"competency": one}] * 2, by=by)
    assert requisition.competencies.count() == 2


def test_a_rubric_is_frozen_once_and_again_when_something_changed() -> None:
    role = open_requisition(competencies=2)
    by = Actor.of(role.recruiter)
    first = freeze_rubric(role.requisition, by=by)
    assert freeze_rubric(role.requisition, by=by) == first
    assert [row["name"] for row in first.content] == [each.name for each in role.competencies]
    choices = [{"competency": role.competencies[0]}]
    choose_competencies(role.requisition, choices=choices, by=by)
    second = freeze_rubric(role.requisition, by=by)
    assert (first.number, second.number) == (1, 2)
    first.refresh_from_db()
    assert len(first.content) == 2


def test_the_library_is_loaded_once_and_found_by_any_of_its_names() -> None:
    by = Actor.system("test")
    loaded = load_library(by=by)
    assert load_library(by=by) == loaded
    assert Competency.objects.count() == 10
    assert all(set(each.anchors) == {"1", "3", "5"} and each.definition for each in loaded)
    assert find_or_add_competency("hpc", by=by).name == "High-Performance Computing (HPC)"
    assert find_or_add_competency("ML", by=by).name == "Machine Learning"
    assert find_or_add_competency("Performance", by=by) not in loaded


def test_what_is_shipped_describes_its_ratings_and_answers_to_one_name_each() -> None:
    rows = json.loads(LIBRARY.read_text())
    names = [name.casefold() for row in rows for name in (row["name"], *row["aliases"])]
    assert len(names) == len(set(names))
    for row in rows:
        assert len(row["aliases"]) >= 3, row["name"]
        assert all(len(row["anchors"][at]) >= 80 for at in "135"), row["name"]
