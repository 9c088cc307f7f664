"""By whom: every verb takes one of these as `by`."""

from dataclasses import dataclass
from uuid import UUID

from ats.accounts.models import ApiToken, User


@dataclass(frozen=True)
class Actor:
    """`kind` is user, token, link, public or system; `user` is the person behind it, if any."""

    kind: str
    user: User | None = None
    id: UUID | None = None
    rule: str = ""

    @classmethod
    def of(cls, user: User) -> "Actor":
        return cls("user", user, user.public_id)

    @classmethod
    def token(cls, token: ApiToken) -> "Actor":
        return cls("token", token.user, token.public_id)

    @classmethod
    def link(cls, subject_id: UUID) -> "Actor":
        """Somebody who holds a signed link to `subject_id` and has no account."""
        return cls("link", id=subject_id)

    @classmethod
    def signed(cls, user: User, subject_id: UUID) -> "Actor":
        """A colleague by a signed link to `subject_id`, who has not signed in."""
        return cls("link", user, subject_id)

    @classmethod
    def public(cls) -> "Actor":
        return cls("public")

    @classmethod
    def system(cls, rule: str) -> "Actor":
        """The product itself; `rule` is the reaction, reminder or schedule that acted."""
        return cls("system", rule=rule)
