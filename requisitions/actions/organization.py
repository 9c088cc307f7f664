"""How the company is divided, and where it is."""

import re
from typing import Any
from zoneinfo import available_timezones

from django.db import connection, transaction

from ats.base import lock
from ats.errors import Invalid
from ats.events.actors import Actor
from ats.events.log import record
from requisitions.models import Department, Office

COUNTRY = re.compile(r"[A-Z]{2}")


@transaction.atomic
def add_department(
    *, name: str, parent: Department | None = None, head: Any = None, by: Actor
) -> Department:
    lock_tree()
    department = Department(parent=parent, head=head)
    department.name = own_name(department, name)
    check_head(head)
    department.save(force_insert=True)
    record("department.added", department, by=by)
    return department


@transaction.atomic
def edit_department(department: Department, *, by: Actor, **fields: Any) -> Department:
    """`name`, `parent` and `head`. A department is never part of itself, by whatever way."""
    lock_tree()
    department = lock(department)
    for name, value in fields.items():
        setattr(department, name, value)
    department.name = own_name(department, department.name)
    check_parent(department)
    if "head" in fields:
        check_head(department.head)
    department.save(update_fields=["name", *fields])
    record("department.edited", department, by=by, fields=sorted(fields))
    return department


def lock_tree() -> None:
    """Two moves that are each harmless may make a circle together: one after the other."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtext('requisitions.department'))")


def own_name(department: Department, name: str) -> str:
    name = " ".join(name.split())
    if not name:
        raise Invalid("name", "A department has a name.")
    beside = Department.objects.filter(parent=department.parent, name=name)
    if beside.exclude(pk=department.pk).exists():
        raise Invalid("name", f"There is a department called {name} in the same place already.")
    return name


def check_parent(department: Department) -> None:
    above = department.parent
    if above and Department.objects.under(department.pk).filter(pk=above.pk).exists():
        raise Invalid(
            "parent",
            f"{above} is {department} itself or a part of it: a department cannot be part of"
            " itself. Nothing was changed.",
        )


def check_head(head: Any) -> None:
    if head is not None and not head.is_active:
        raise Invalid("head", "This account is deactivated: name an active colleague.")


@transaction.atomic
def add_office(*, name: str, by: Actor, **fields: Any) -> Office:
    """`city`, `region`, `country` (ISO 3166-1, two letters) and `timezone` (IANA)."""
    office = Office(name=name, **fields)
    check_office(office)
    office.save(force_insert=True)
    record("office.added", office, by=by)
    return office


@transaction.atomic
def edit_office(office: Office, *, by: Actor, **fields: Any) -> Office:
    """What was published before keeps the place as it was."""
    office = lock(office)
    for name, value in fields.items():
        setattr(office, name, value)
    check_office(office)
    office.save(update_fields=["name", *fields])
    record("office.edited", office, by=by, fields=sorted(fields))
    return office


def check_office(office: Office) -> None:
    office.name = " ".join(office.name.split())
    if not office.name:
        raise Invalid("name", "An office has a name.")
    if Office.objects.filter(name=office.name).exclude(pk=office.pk).exists():
        raise Invalid("name", f"There is an office called {office.name} already.")
    if office.timezone not in available_timezones():
        raise Invalid("timezone", "This is no time zone: write it as in Europe/Berlin.")
    if office.country and not COUNTRY.fullmatch(office.country):
        raise Invalid("country", "Write the country as two letters of ISO 3166-1, as in DE.")
