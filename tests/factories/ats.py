from datetime import timedelta
from typing import Any

import factory
from django.db import connection, models
from factory.django import DjangoModelFactory

from ats import clock
from ats.accounts.models import ApiToken, User, digest, new_secret


class UserFactory(DjangoModelFactory[User]):
    """A colleague without a role anywhere, whose password is the word `password`."""

    class Meta:
        model = User
        skip_postgeneration_save = True

    email = factory.Sequence(lambda n: f"person{n}@northlight.example")
    name = factory.Sequence(lambda n: f"Person {n}")
    password = "password"

    @classmethod
    def _create(cls, model_class: type[User], *args: Any, **fields: Any) -> User:
        return model_class.objects.create_user(**fields)


class ApiTokenFactory(DjangoModelFactory[ApiToken]):
    """A token of everything for a day; its `secret` is at hand on the row."""

    class Meta:
        model = ApiToken

    user = factory.SubFactory(UserFactory)
    name = "A script"
    scopes = factory.LazyFunction(lambda: ["read", "write"])
    expires_at = factory.LazyFunction(lambda: clock.now() + timedelta(days=1))

    @classmethod
    def _create(cls, model_class: type[ApiToken], *args: Any, **fields: Any) -> ApiToken:
        secret = fields.pop("secret", None) or new_secret()
        token = model_class.objects.create(prefix=secret[:12], digest=digest(secret), **fields)
        token.secret = secret  # type: ignore[attr-defined]
        return token


def force(row: models.Model, **fields: Any) -> None:
    """Past the fence, as only a superuser of the database can."""
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL session_replication_role = replica")
        type(row)._default_manager.filter(pk=row.pk).update(**fields)
        cursor.execute("SET LOCAL session_replication_role = origin")
    row.refresh_from_db()
