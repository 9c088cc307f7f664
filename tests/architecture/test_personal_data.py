"""Whatever is kept about a person is registered: table by table, column by column."""

import pytest
from django.apps import apps
from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.search import SearchVectorField
from django.db import models

from ats.privacy.registry import HOLDINGS, NOTHING, Erasing, Holding, emptied
from candidates.models import Candidate, Note
from interviews.models import DecisionRecord, Rating
from tests.architecture.conventions import APPS

TEXTS = (
    models.TextField,
    models.CharField,
    models.JSONField,
    models.BinaryField,
    models.FileField,
    ArrayField,
    SearchVectorField,
)
TABLES = [
    model
    for app in ("ats", *APPS)
    for model in apps.get_app_config(app).get_models(include_auto_created=True)
]


def reaches(model: type[models.Model], target: type[models.Model]) -> bool:
    """By foreign keys of any length."""
    seen, ahead = set(), [model]
    while ahead:
        here = ahead.pop()
        if here is target:
            return True
        if here not in seen:
            seen.add(here)
            ahead += [field.related_model for field in here._meta.fields if field.is_relation]
    return False


def free(model: type[models.Model]) -> set[str]:
    """Columns in which somebody could have written anything."""
    return {
        field.name for field in model._meta.fields if isinstance(field, TEXTS) and not field.choices
    }


def unregistered(model: type[models.Model]) -> bool:
    if reaches(model, Candidate):
        return model not in HOLDINGS
    return bool(free(model)) and model not in HOLDINGS and model not in NOTHING


def forgotten(holding: Holding) -> set[str]:
    """Columns that erasure neither empties nor says why it keeps."""
    covered = holding.erase.covers
    return set() if covered is None else free(holding.model) - covered - set(holding.keeps)


def test_every_table_about_a_person_is_registered():
    """A new table? Say in your app's `personal_data.py` how it is exported and erased."""
    assert [model._meta.label for model in TABLES if unregistered(model)] == []


def test_every_column_of_such_a_table_is_erased_or_kept_for_a_reason():
    broken = {h.model._meta.label: sorted(forgotten(h)) for h in HOLDINGS.values() if forgotten(h)}
    assert broken == {}


def test_what_is_registered_exists():
    wrong = [
        f"{holding.model._meta.label}.{name}"
        for holding in HOLDINGS.values()
        for name in [*(holding.erase.covers or ()), *holding.keeps, *columns_untold(holding)]
        if name not in {field.name for field in holding.model._meta.fields}
    ]
    assert wrong == []


def columns_untold(holding: Holding) -> list[str]:
    return [] if isinstance(holding.untold, str) else list(holding.untold)


def test_a_table_is_either_held_or_holds_nothing():
    both = set(HOLDINGS) & set(NOTHING)
    # The kernel does not know what its approvals are about; an app that has people approved does.
    assert {model._meta.label for model in both} == {
        "ats.Approval",
        "ats.Replacement",
        "ats.Vote",
    }


@pytest.mark.parametrize("model", [Note, Rating, DecisionRecord.participants.through])
def test_a_table_that_nobody_registered_is_caught(model, monkeypatch):
    monkeypatch.delitem(HOLDINGS, model)
    assert unregistered(model)


def test_a_column_that_nobody_thought_of_is_caught(monkeypatch):
    half = Holding(Candidate, HOLDINGS[Candidate].rows, emptied("name"), {}, "", is_own=True)
    assert forgotten(half) == {"location", "timezone", "links", "language"}
    assert forgotten(Holding(Candidate, half.rows, Erasing(print, None), {}, "", True)) == set()
