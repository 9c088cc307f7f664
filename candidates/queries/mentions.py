"""Colleagues whom a text names with `@`."""

import re

from ats.accounts.models import User
from candidates.enums import Visibility
from candidates.models import Application
from requisitions.enums import TeamRole

AT = re.compile(r"(?<![\w@.])@")
WORD = re.compile(r"\w")


def named_in(body: str) -> dict[str, list[User]]:
    """By the name as it is held, everybody who is called that; the longest name counts."""
    starts = [found.end() for found in AT.finditer(body)]
    if not starts:
        return {}
    known: dict[str, list[User]] = {}
    for user in User.objects.filter(is_active=True).order_by("pk"):
        for called in {user.name.casefold(), user.email.casefold()} - {""}:
            known.setdefault(called, []).append(user)
    by_length = sorted(known, key=len, reverse=True)
    found = [called_at(body[start:].casefold(), by_length) for start in starts]
    return {known[each][0].name: known[each] for each in found if each}


def called_at(text: str, names: list[str]) -> str:
    """The longest name that the text begins with and that ends where a word ends."""
    for name in names:
        if text.startswith(name) and not WORD.match(text[len(name) : len(name) + 1]):
            return name
    return ""


def may_read(user: User, application: Application, visibility: str, author: User) -> bool:
    """Whether a note of this kind on this application is for this person."""
    if visibility == Visibility.PRIVATE:
        return user == author
    roles = [TeamRole.RECRUITER] if visibility == Visibility.ADMINS else []
    seen = Application.objects.worked_on_by(user, *roles).filter(pk=application.pk)
    return user == author or seen.exists()
