"""A verb of the domain as a button: shown to whoever may, when it is possible, and it calls it."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from ats.accounts.models import User
from ats.admin.forms import ActionForm
from ats.events.actors import Actor
from ats.lifecycle import Lifecycle

Action = Callable[..., Any]
Reasons = Callable[[Any], Sequence[str]]


@dataclass(frozen=True)
class Button:
    """`says` tells the consequence before it is pressed, `done` what has happened after."""

    action: Action
    label: str
    says: str
    done: str
    Form: type[ActionForm] = ActionForm
    look: str = ""
    icon: str = ""
    lifecycle: Lifecycle[Any] | None = None
    # Beyond the lifecycle: sentences that say why not yet, and for whom it is shown at all.
    blockers: Reasons | None = None
    shown: Callable[[Any, User], bool] | None = None
    template: str = "admin/console/ask.html"
    # The action returns a new row, and whoever pressed the button wants to see that one.
    makes_another: bool = False

    @property
    def name(self) -> str:
        return self.action.__name__

    @property
    def permission(self) -> str:
        """`"candidates.reject_application"`: the action's app and its own name."""
        return f"{self.action.__module__.partition('.')[0]}.{self.name}"

    @property
    def verbs(self) -> set[str]:
        """What a lifecycle may call it: `undo_hire` as it is, `reject_application` without noun."""
        return {self.name, self.name.rpartition("_")[0]}

    def is_possible(self, row: Any) -> bool:
        if self.lifecycle is None:
            return True
        held = set(self.lifecycle.possible(state_of(row)))
        return bool(held & self.verbs)

    def is_wanted(self, row: Any, user: User) -> bool:
        """Whether this row's state has a use for it; who may press it is another question."""
        return self.is_possible(row) and (self.shown is None or self.shown(row, user))

    def is_shown(self, row: Any, user: User) -> bool:
        return self.is_wanted(row, user) and user.has_perm(self.permission, row)

    def why_not(self, row: Any) -> str:
        return " ".join(self.blockers(row)) if self.blockers else ""

    def press(self, row: Any, form: ActionForm, user: User) -> Any:
        """What the action returns. Raises its `DomainError`; then nothing has changed.

        `row` is None for an action that begins something.
        """
        subjects = [] if row is None else [row]
        return self.action(*subjects, **form.arguments(), by=Actor.of(user))


@dataclass(frozen=True)
class Offered:
    """A button on one row's page; `why_not` is empty unless it cannot be pressed yet."""

    button: Button
    url: str
    why_not: str


def state_of(row: Any) -> str:
    return str(row.state if hasattr(row, "state") else row.status)


def button(action: Action, *, label: str, says: str, done: str, **options: Any) -> Button:
    return Button(action, label, says, done, **options)
