"""Verbs on users and their tokens; each leaves an event."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from zoneinfo import available_timezones

from django.db import transaction

from ats import clock
from ats.accounts.models import ApiToken, User, digest, new_secret
from ats.errors import DomainError, Invalid
from ats.events.actors import Actor
from ats.events.log import record
from ats.people.enums import SCOPES

LIFETIME = timedelta(days=90)
LONGEST_LIFETIME = timedelta(days=366)


@transaction.atomic
def invite_user(*, email: str, name: str, timezone: str = "UTC", by: Actor) -> User:
    """A colleague without a password yet: the invitation's link lets them choose one."""
    if User.objects.filter(email__iexact=email.strip()).exists():
        raise Invalid("email", "Somebody with this e-mail address already has an account.")
    if timezone not in available_timezones():
        raise Invalid("timezone", "This is no time zone: write it as in Europe/Berlin.")
    user = User.objects.create_user(email, name=name, timezone=timezone)
    record("user.invited", user, by=by)
    return user


@transaction.atomic
def deactivate_user(user: User, *, by: Actor) -> User:
    """Sign the person out everywhere, at once and for good; what they did stays."""
    user = User.objects.select_for_update().get(pk=user.pk)
    if by.user == user:
        raise DomainError("You cannot deactivate yourself. Ask another site admin.")
    if not user.is_active:
        raise DomainError("This account is deactivated already.")
    user.is_active = False
    user.set_unusable_password()  # a session is bound to the password: none survives this
    user.save(update_fields=["is_active", "password"])
    live = ApiToken.objects.filter(user=user, revoked_at=None)
    revoked = live.update(revoked_at=clock.now())
    record("user.deactivated", user, by=by, tokens=revoked)
    return user


@transaction.atomic
def create_token(
    user: User,
    *,
    name: str,
    scopes: Sequence[str] = SCOPES,
    expires_at: datetime | None = None,
    by: Actor,
) -> tuple[ApiToken, str]:
    """The token and its secret, which is shown this once and stored only as a hash."""
    at = clock.now()
    until = expires_at or at + LIFETIME
    if not at < until <= at + LONGEST_LIFETIME:
        raise Invalid("expires_at", "A token expires within 366 days from now.")
    secret = new_secret()
    token = ApiToken.objects.create(
        user=user,
        name=name,
        prefix=secret[:12],
        digest=digest(secret),
        scopes=sorted(set(scopes)),
        expires_at=until,
    )
    record("token.created", token, user, by=by, scopes=token.scopes, expires_at=until)
    return token, secret


@transaction.atomic
def revoke_token(token: ApiToken, *, by: Actor) -> ApiToken:
    """The token stops working with this transaction. Revoking twice changes nothing."""
    token = ApiToken.objects.select_for_update(of=("self",)).get(pk=token.pk)
    if token.revoked_at is None:
        token.revoked_at = clock.now()
        token.save(update_fields=["revoked_at"])
        record("token.revoked", token, token.user, by=by)
    return token
