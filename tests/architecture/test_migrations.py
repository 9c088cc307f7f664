"""No drift, one line of history per app, every step can be taken back."""

import pytest
from django.core.management import call_command
from django.db import connection
from django.db.migrations.loader import MigrationLoader

from tests.architecture import conventions as house

OURS = ("ats", *house.APPS)


@pytest.mark.django_db
def test_the_migrations_are_what_the_models_say():
    call_command("makemigrations", check=True, dry_run=True, verbosity=0)


def test_each_history_is_one_line():
    loader = MigrationLoader(None)
    leaves = {app: loader.graph.leaf_nodes(app) for app in OURS}
    assert {app: len(nodes) for app, nodes in leaves.items()} == dict.fromkeys(OURS, 1)


def test_no_migration_imports_our_code():
    files = [
        (str(path.relative_to(house.ROOT)), path.read_text())
        for app in OURS
        for path in sorted((house.ROOT / app / "migrations").glob("*.py"))
    ]
    assert len(files) > 4
    assert [found for path, text in files for found in house.migration_imports(path, text)] == []


def test_an_import_of_our_code_is_caught():
    assert house.migration_imports("m.py", "import candidates.models.document\n")
    assert not house.migration_imports("m.py", "import django.db.models\n")


@pytest.mark.django_db(transaction=True)
def test_every_migration_can_be_taken_back():
    try:
        for app in reversed(OURS[1:]):
            call_command("migrate", app, "zero", verbosity=0)
        tables = connection.introspection.table_names()
        assert [name for name in tables if name.startswith(OURS[1:])] == []
    finally:
        call_command("migrate", verbosity=0)
