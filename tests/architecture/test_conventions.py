"""Every rule of the house that can be a test is a test, and each is shown to catch its breach."""

import pytest
from django.apps import apps
from django.db import models

from tests.architecture import conventions as house

ACTIONS = [(path, text) for path, text in house.sources(*house.APPS) if "/actions/" in path]
# Rules ask for a person's memberships and may not import models: these four start from a person.
MEMBERSHIPS = {"hiring_teams", "company_roles", "seats", "scorecards"}


def test_only_actions_write_status_or_stage():
    broken = [
        sentence
        for path, text in house.sources(*house.APPS)
        for sentence in house.writes_guarded_state(path, text)
    ]
    assert broken == []


@pytest.mark.parametrize(
    "breach",
    [
        "application.status = 'hired'",
        "application.stage, x = stage, 1",
        "Application.objects.filter(pk=1).update(status='hired')",
        "setattr(application, 'status', 'hired')",
        "application.status: str = 'hired'",
    ],
)
def test_a_write_outside_actions_is_caught(breach):
    assert house.writes_guarded_state("candidates/reactions.py", breach)
    assert not house.writes_guarded_state("candidates/actions/application.py", breach)


def test_the_kernel_knows_no_recruiting():
    broken = [
        sentence
        for path, text in house.sources("ats")
        for sentence in house.names_recruiting_in_kernel(path, text)
    ]
    assert broken == []


def test_a_recruiting_noun_in_the_kernel_is_caught():
    assert house.names_recruiting_in_kernel("ats/outbox/relay.py", "x = 1\ncandidate = None")
    assert not house.names_recruiting_in_kernel("ats/site.py", "candidate = None")


def test_every_atomic_action_records_an_event():
    assert house.silent_actions(ACTIONS) == []


def test_a_silent_action_is_caught():
    silent = "@transaction.atomic\ndef hush(row, *, by):\n    row.save()\n"
    speaking = "@transaction.atomic\ndef tell(row, *, by):\n    note(row)\n"
    noted = "def note(row):\n    record('x', row)\n"
    assert house.silent_actions([("a.py", silent), ("b.py", speaking + noted)]) == [
        "a.py:2 hush records nothing"
    ]


def test_an_action_asks_the_clock_once():
    broken = [sentence for path, text in ACTIONS for sentence in house.hurried_actions(path, text)]
    assert broken == []


def test_asking_the_clock_twice_is_caught():
    assert house.hurried_actions("a.py", "def f():\n    a = clock.now()\n    b = clock.now()\n")


def test_only_the_demo_pretends_another_time():
    files = house.sources("ats", *house.APPS)
    assert [found for path, text in files for found in house.pretends(path, text)] == []


def test_pretending_another_time_is_caught():
    assert house.pretends("candidates/actions/offer.py", "with clock.pretend(then):\n    ...")


def test_every_viewset_is_scoped():
    broken = [
        sentence
        for path, text in house.sources(*house.APPS, "ats")
        if "/api/" in path
        for sentence in house.unscoped_viewsets(path, text)
    ]
    assert broken == []


def test_an_unscoped_viewset_is_caught():
    assert house.unscoped_viewsets("a.py", "class V:\n def get_queryset(self):\n  return X.all()\n")


def relations() -> list[tuple[str, str, str, str]]:
    """(model, field, app it points to, related name) of every relation of the three apps."""
    return [
        (model._meta.label, field.name, field.related_model._meta.app_label, name or "")
        for app in house.APPS
        for model in apps.get_app_config(app).get_models()
        for field in [*model._meta.fields, *model._meta.many_to_many]
        if field.is_relation
        for name in [field.remote_field.related_name]
    ]


def reaches_up(label: str, target: str, name: str) -> bool:
    return label.partition(".")[0] != target and not name.endswith("+") and name not in MEMBERSHIPS


def test_a_lower_app_cannot_reach_up_by_string():
    broken = [
        f"{label}.{field}"
        for label, field, target, name in relations()
        if reaches_up(label, target, name)
    ]
    assert broken == []


def test_a_relation_that_reaches_up_is_caught():
    assert reaches_up("interviews.Loop", "candidates", "loops")
    assert not reaches_up("interviews.Loop", "candidates", "+")
    assert not reaches_up("interviews.Interview", "interviews", "interviews")


def state_fields() -> list[tuple[type[models.Model], models.Field]]:
    return [
        (model, field)
        for model in apps.get_models()
        if model._meta.app_label in {"ats", *house.APPS}
        for field in model._meta.fields
        if field.name in {"status", "state"} and field.choices
    ]


def checked_values(model: type[models.Model], name: str) -> set[str]:
    """What the CHECK constraint on a state column lets in."""
    return {
        value
        for constraint in model._meta.constraints
        if isinstance(constraint, models.CheckConstraint)
        for condition in constraint.condition.children
        if isinstance(condition, tuple) and condition[0] == f"{name}__in"
        if not constraint.condition.negated and len(constraint.condition.children) == 1
        for value in condition[1]
    }


def test_every_value_of_a_state_is_in_its_constraint():
    broken = [
        model._meta.label
        for model, field in state_fields()
        if checked_values(model, field.name) != {value for value, _ in field.choices}
    ]
    assert broken == []
    assert len(state_fields()) >= 10


def test_a_state_without_its_constraint_is_caught():
    from requisitions.models import Opening

    assert checked_values(Opening, "status") == {"draft", "approved", "open", "filled", "closed"}
    assert checked_values(Opening, "close_reason") == set()
