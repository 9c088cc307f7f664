"""Signed links: a purpose, a public id and an expiry that nobody can forge or stretch."""

import json
from datetime import datetime
from uuid import UUID

from django.core import signing

from ats import clock
from ats.errors import DomainError


class LinkExpired(DomainError):
    """HTTP 410: the link was genuine once."""

    code = "link_expired"


class LinkBroken(DomainError):
    """HTTP 404: nobody here ever made this link."""

    code = "link_broken"


def sign(purpose: str, public_id: UUID, *, expires: datetime) -> str:
    """A token safe in a URL. `purpose` keeps a link for one thing from opening another."""
    claim = {"id": str(public_id), "until": expires.isoformat()}
    return signing.Signer(salt=f"link.{purpose}").sign_object(claim)


def read(purpose: str, token: str) -> UUID:
    """The id inside. Raises `LinkBroken` or `LinkExpired`."""
    try:
        claim = signing.Signer(salt=f"link.{purpose}").unsign_object(token)
    except (signing.BadSignature, json.JSONDecodeError, ValueError) as problem:
        raise LinkBroken(
            "This link is not complete. Open it from the letter again, or copy all of it."
        ) from problem
    if datetime.fromisoformat(claim["until"]) < clock.now():
        raise LinkExpired(
            "This link has expired. Nothing was lost: answer the letter it came in for a new one."
        )
    return UUID(claim["id"])
