"""Every (state, verb) of every lifecycle is decided, here and by the database's own fence."""

import pytest
from django.apps import apps
from django.db import models

from ats.errors import TransitionNotAllowed
from ats.generated import all_lifecycles

LIFECYCLES = dict(all_lifecycles())
PAIRS = [
    pytest.param(lifecycle, state, verb, id=f"{name}: {state.value}, {verb}")
    for name, lifecycle in LIFECYCLES.items()
    for state in lifecycle.states
    for verb in lifecycle.verbs
]


@pytest.mark.parametrize(("lifecycle", "state", "verb"), PAIRS)
def test_every_state_and_verb_is_decided(lifecycle, state, verb):
    if (state, verb) in lifecycle.table:
        assert lifecycle.next(state, verb) is lifecycle.table[state, verb]
        return
    with pytest.raises(TransitionNotAllowed) as refusal:
        lifecycle.next(state, verb)
    assert refusal.value.possible == lifecycle.possible(state)


def guarded_models() -> dict[type[models.Model], set[tuple[str, str]]]:
    """Each table with a lifecycle trigger, and the changes that the trigger lets through."""
    return {
        model: set(map(tuple, trigger.transitions))
        for model in apps.get_models()
        for trigger in getattr(model._meta, "triggers", [])
        if hasattr(trigger, "transitions")
    }


def test_every_lifecycle_is_also_a_fence_in_the_database():
    fenced = list(guarded_models().values())
    unfenced = [
        name for name, lifecycle in LIFECYCLES.items() if set(lifecycle.edges()) not in fenced
    ]
    assert unfenced == []
    assert len(LIFECYCLES) >= 9
