"""What the domain says when it refuses. `ats.api.errors` turns each into problem details."""

from collections.abc import Iterable


class DomainError(Exception):
    """A refusal in words: what happened, what was kept, what to do next. HTTP 409."""

    code = "refused"

    def __init__(self, sentence: str, *, code: str = "") -> None:
        super().__init__(sentence)
        self.sentence = sentence
        self.code = code or self.code


class TransitionNotAllowed(DomainError):
    """The state forbids the verb; `possible` names the verbs that it allows."""

    code = "transition_not_allowed"

    def __init__(self, verb: str, state: str, possible: Iterable[str]) -> None:
        self.possible = sorted(possible)
        here = ", ".join(self.possible).replace("_", " ") or "nothing"
        spoken = f"Cannot {verb} while {state}.".replace("_", " ")
        super().__init__(f"{spoken} Possible from here: {here}.")


class Blocked(DomainError):
    """The state allows the verb, but something has to be done first; `blockers` are sentences."""

    code = "blocked"

    def __init__(self, blockers: Iterable[str]) -> None:
        self.blockers = list(blockers)
        super().__init__(" ".join(self.blockers))


class Stale(DomainError):
    """Somebody changed the row since the caller read it; nothing was done."""

    code = "stale"


class Invalid(DomainError):
    """Input that cannot be meant: HTTP 400.

    `field` is its name in the caller's words, or its path: `lines/0/price`.
    """

    code = "invalid"

    def __init__(self, field: str, sentence: str) -> None:
        super().__init__(sentence)
        self.field = field
