"""What a tag, a pool and the like may be called."""

from ats.errors import Invalid
from candidates.actions.apply import plain

LONGEST = 100


def check_name_of(field: str, name: str) -> str:
    """Without blanks around and doubled ones inside."""
    name = " ".join(name.split())
    if not 1 <= len(name) <= LONGEST or not plain(name):
        raise Invalid(field, f"Write a name of 1 to {LONGEST} characters that can be printed.")
    return name
