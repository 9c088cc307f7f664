"""When a rule also asks what was answered: knock-out questions.

A condition is empty, or one question with one test of its answer:
`{"question": id, "any_of": ["No"]}`, `{"question": id, "below": 3}`, `{..., "above": 20}`.
An answer that was not given meets nothing: silence turns nobody down.
"""

from typing import Any

from ats.errors import Invalid
from requisitions.enums import QuestionKind
from requisitions.models import Question, Requisition

TESTS = ("any_of", "below", "above")
MOST = 50


def check_condition(requisition: Requisition, condition: dict[str, Any]) -> None:
    """Raises `Invalid("condition", ...)` for one that could never be met."""
    if not condition:
        return
    tests = set(condition) - {"question"}
    if len(tests) != 1 or not tests <= set(TESTS):
        raise refusal(f"It names a question and one of {', '.join(TESTS)}.")
    test = tests.pop()
    check_test(question_of(requisition, condition.get("question")), test, condition[test])


def refusal(sentence: str) -> Invalid:
    return Invalid("condition", sentence)


def question_of(requisition: Requisition, public_id: Any) -> Question:
    for question in requisition.questions.all():
        if str(question.public_id) == public_id:
            return question
    raise refusal("The question is one of this requisition's form, named by its id.")


def check_test(question: Question, test: str, wanted: Any) -> None:
    if test != "any_of":
        if question.kind != QuestionKind.NUMBER or not is_number(wanted):
            raise refusal(f"Only a number can be {test} another number.")
        return
    if not isinstance(wanted, list) or not 0 < len(wanted) <= MOST:
        raise refusal(f"any_of is a list of 1 to {MOST} answers.")
    possible = answers_of(question)
    if unknown := [one for one in wanted if not any(same(one, other) for other in possible)]:
        raise refusal(f"“{question.label}” cannot be answered with {unknown[0]!r:.100}.")


def answers_of(question: Question) -> list[Any]:
    """What can be chosen; nothing for a question that is answered in free words."""
    return ["yes", "no"] if question.kind == QuestionKind.YES_NO else list(question.options)


def is_number(value: Any) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool)


def is_met(condition: dict[str, Any], submitted: dict[str, Any]) -> bool:
    """Whether the answers, as they were submitted, are what the rule waits for."""
    if not condition:
        return True
    given = {each["question"]: each["value"] for each in submitted.get("answers", ())}
    value = given.get(condition["question"])
    if "any_of" in condition:
        chosen = value if isinstance(value, list) else [value]
        return any(same(each, wanted) for each in chosen for wanted in condition["any_of"])
    if not is_number(value):
        return False
    if "below" in condition:
        return bool(value < condition["below"])
    return bool(value > condition["above"])


def same(answer: Any, wanted: Any) -> bool:
    """A yes may have been sent as true; 1 is neither."""
    answer, wanted = in_words(answer), in_words(wanted)
    return type(answer) is type(wanted) and bool(answer == wanted)


def in_words(answer: Any) -> Any:
    return ("no", "yes")[answer] if isinstance(answer, bool) else answer
