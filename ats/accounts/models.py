"""People who sign in, and the tokens that act for them."""

import hashlib
import secrets
from datetime import datetime
from typing import Any, ClassVar

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models.functions import Lower

from ats.base import Row

TOKEN_PREFIX = "evh_"


class UserManager(BaseUserManager["User"]):
    def create_user(self, email: str, password: str | None = None, **fields: Any) -> "User":
        user = self.model(email=self.normalize_email(email).strip(), **fields)
        user.set_password(password)
        user.save(using=self._db)
        return user

    def create_superuser(self, email: str, password: str | None = None, **fields: Any) -> "User":
        return self.create_user(email, password, is_site_admin=True, **fields)

    def get_by_natural_key(self, email: str | None) -> "User":
        return self.get(email__iexact=email)


class User(Row, AbstractBaseUser):
    """A person at the company. What they may do follows from each app's `rules.py`."""

    email = models.EmailField(max_length=254, unique=True)
    name = models.CharField(max_length=200)
    timezone = models.CharField(max_length=64, default="UTC")
    language = models.CharField(max_length=12, default="en")
    manager = models.ForeignKey(
        "self", null=True, blank=True, on_delete=models.SET_NULL, related_name="reports"
    )
    is_active = models.BooleanField(default=True)
    is_site_admin = models.BooleanField(default=False)
    created_at = models.DateTimeField(auto_now_add=True)

    objects: ClassVar[UserManager] = UserManager()
    USERNAME_FIELD = "email"
    REQUIRED_FIELDS = ["name"]

    class Meta:
        constraints = [
            models.UniqueConstraint(Lower("email"), name="one_account_per_email_address"),
        ]

    def __str__(self) -> str:
        return self.name or self.email

    @property
    def is_staff(self) -> bool:
        """The console is for everyone who works here; each list is scoped by `visible_to`."""
        return self.is_active

    @property
    def is_superuser(self) -> bool:
        """Never: a site admin's rights are written in each app's rules, not bypassed."""
        return False

    def has_module_perms(self, app_label: str) -> bool:
        return self.is_active

    def has_perm(self, perm: str, obj: object = None) -> bool:
        """`user.has_perm("app.verb", row)` asks that app's rules."""
        from ats.accounts.rules import may  # noqa: PLC0415 - rules read the user's own fields

        return may(self, perm, obj)


class ApiTokenManager(models.Manager["ApiToken"]):
    def find(self, secret: str) -> "ApiToken | None":
        """The token behind a secret, its person at hand, or None."""
        return self.select_related("user").filter(digest=digest(secret)).first()


class ApiToken(Row):
    """A bearer token: shown once, stored hashed, seeing what its person sees."""

    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="tokens")
    name = models.CharField(max_length=100)
    prefix = models.CharField(max_length=12)
    digest = models.CharField(max_length=64, unique=True)
    scopes = ArrayField(models.CharField(max_length=20), default=list)
    created_at = models.DateTimeField(auto_now_add=True)
    expires_at = models.DateTimeField()
    last_used_at = models.DateTimeField(null=True, blank=True)
    revoked_at = models.DateTimeField(null=True, blank=True)

    objects: ClassVar[ApiTokenManager] = ApiTokenManager()

    def __str__(self) -> str:
        return f"{self.name} ({self.prefix}…)"

    def is_usable(self, at: datetime) -> bool:
        return self.revoked_at is None and self.expires_at > at and self.user.is_active


def new_secret() -> str:
    """256 random bits behind a prefix that secret scanners can recognise."""
    return TOKEN_PREFIX + secrets.token_urlsafe(32)


def digest(secret: str) -> str:
    """A plain hash is enough: the secret is random, so there is nothing to guess."""
    return hashlib.sha256(secret.encode()).hexdigest()
