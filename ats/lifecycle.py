"""A closed table of (state, verb) -> state. Pure: it imports no Django."""

from collections.abc import Iterable, Mapping
from enum import Enum
from typing import Generic, TypeVar

from ats.errors import TransitionNotAllowed

S = TypeVar("S", bound=Enum)


class Lifecycle(Generic[S]):
    """Decides every (state, verb): the next state, or `TransitionNotAllowed`.

    `consequences` are verbs that follow from something else: nobody calls them.
    """

    def __init__(
        self, table: Mapping[tuple[S, str], S], *, consequences: Iterable[str] = ()
    ) -> None:
        self.table = dict(table)
        self.consequences = frozenset(consequences)
        self.states = type(next(iter(self.table.values())))
        self.verbs = sorted({verb for _, verb in self.table})

    def next(self, state: str, verb: str) -> S:
        """The state after `verb`. `state` may be the stored text or the member itself."""
        now = self.states(state)
        if (now, verb) not in self.table:
            raise TransitionNotAllowed(verb, str(now.value), self.possible(state))
        return self.table[now, verb]

    def possible(self, state: str) -> list[str]:
        """The verbs that somebody may call in this state, in alphabetical order."""
        now = self.states(state)
        return sorted({verb for held, verb in self.table if held == now} - self.consequences)

    def edges(self) -> list[tuple[str, str]]:
        """Every (from, to) pair once, as stored texts: what the database's own fence allows."""
        pairs = {(before.value, after.value) for (before, _), after in self.table.items()}
        return sorted(pair for pair in pairs if pair[0] != pair[1])

    def mermaid(self) -> str:
        """The table as a Mermaid state diagram, for the generated documentation."""
        lines = [f"    {a.value} --> {b.value}: {verb}" for (a, verb), b in self.table.items()]
        return "\n".join(["stateDiagram-v2", *lines])
