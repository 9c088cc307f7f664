"""What a stage rule may do. Upper apps add their own steps with the same decorator."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from ats.errors import Invalid
from ats.events.actors import Actor
from ats.events.models import Event
from candidates.models import Application, StageRule


@dataclass(frozen=True)
class Occasion:
    """One rule at one event: by whom, and how many rules led here."""

    rule: StageRule
    event: Event
    by: Actor
    depth: int


def actor_of(rule: StageRule) -> Actor:
    return Actor.system(f"stage_rule:{rule.public_id}")


# Does the step and says in a sentence what it did; a `DomainError` says why it did not.
Run = Callable[[Application, Occasion], str]


@dataclass(frozen=True)
class Step:
    run: Run
    needs: frozenset[str]
    may_have: frozenset[str]


STEPS: dict[str, Step] = {}


def step(
    name: str, *, needs: tuple[str, ...] = (), may_have: tuple[str, ...] = ()
) -> Callable[[Run], Run]:
    """`params` of a rule with this step hold all of `needs`, and nothing beside `may_have`."""

    def register(run: Run) -> Run:
        STEPS[name] = Step(run, frozenset(needs), frozenset(may_have))
        return run

    return register


def check_params(name: str, params: dict[str, Any]) -> None:
    """Raises `Invalid` for a step that is not registered, and for params that it cannot use."""
    found = STEPS.get(name)
    if found is None:
        raise Invalid("step", f"There is no such step. Possible: {', '.join(sorted(STEPS))}.")
    if missing := found.needs - set(params):
        raise Invalid("params", f"The step {name} needs {', '.join(sorted(missing))}.")
    if unknown := set(params) - found.needs - found.may_have:
        raise Invalid("params", f"The step {name} does not know {', '.join(sorted(unknown))}.")
