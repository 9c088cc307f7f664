from enum import Enum

import pytest

from ats.errors import TransitionNotAllowed
from ats.lifecycle import Lifecycle


class Door(Enum):
    OPEN = "open"
    SHUT = "shut"


DOOR = Lifecycle({(Door.OPEN, "shut_it"): Door.SHUT, (Door.SHUT, "open_it"): Door.OPEN})


def test_a_verb_leads_to_the_next_state():
    assert DOOR.next("open", "shut_it") is Door.SHUT


def test_a_refusal_names_what_is_possible():
    with pytest.raises(TransitionNotAllowed) as refusal:
        DOOR.next("shut", "shut_it")
    assert refusal.value.sentence == "Cannot shut it while shut. Possible from here: open it."
    assert refusal.value.possible == ["open_it"]


def test_what_follows_from_something_else_is_offered_to_nobody():
    table = {(Door.OPEN, "shut_it"): Door.SHUT, (Door.OPEN, "fall_shut"): Door.SHUT}
    door = Lifecycle(table, consequences=["fall_shut"])
    assert door.possible("open") == ["shut_it"]
    assert door.next("open", "fall_shut") is Door.SHUT


def test_a_state_that_does_not_exist_is_an_error():
    with pytest.raises(ValueError, match="ajar"):
        DOOR.next("ajar", "open_it")


def test_the_edges_leave_out_staying_where_one_is():
    again = Lifecycle({(Door.OPEN, "knock"): Door.OPEN, (Door.OPEN, "shut_it"): Door.SHUT})
    assert again.edges() == [("open", "shut")]
    assert "open --> shut: shut_it" in again.mermaid()
