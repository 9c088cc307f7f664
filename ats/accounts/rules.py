"""Who may do what is a table in each app's `rules.py`; this module finds the right table."""

from importlib import import_module
from typing import Any, Protocol, TypeGuard

from django.contrib.auth.models import AnonymousUser

from ats.accounts.models import User


class Rules(Protocol):
    def may(self, user: User, verb: str, subject: Any) -> bool: ...


def is_person(user: object) -> TypeGuard[User]:
    return isinstance(user, User) and user.is_active


def is_site_admin(user: User | AnonymousUser) -> bool:
    return is_person(user) and user.is_site_admin


def may(user: User | AnonymousUser, permission: str, subject: object = None) -> bool:
    """Whether `"app.verb"` is granted on `subject`. No rule means no."""
    if not is_person(user):
        return False
    app, _, verb = permission.partition(".")
    rules: Rules = import_module(f"{app}.rules")  # type: ignore[assignment]
    return rules.may(user, verb, subject)
