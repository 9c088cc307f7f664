"""What interviews add to the steps of stage rules."""

from candidates.automation.registry import Occasion, step
from candidates.models import Application
from interviews.actions.availability import ask_availability


@step("ask_availability", may_have=("message",))
def ask(application: Application, occasion: Occasion) -> str:
    """A letter to the candidate with a link to say when they can come."""
    message = str(occasion.rule.params.get("message", ""))[:1000]
    asked = ask_availability(application, message=message, by=occasion.by)
    return f"Asked when they can come, from {asked.first_day} to {asked.last_day}."
