import json

import pytest

from interviews.frozen import erased, hash_of, personal, verdict

CONTENT = {"who": ["b", "a"], "score": 3.67, "n": 1, "none": None}


@pytest.fixture
def frozen():
    content = CONTENT | {"reason": personal("She knows."), "cards": [{"notes": personal("")}]}
    return content, hash_of(content)


def test_what_was_frozen_verifies(frozen):
    assert verdict(*frozen) == "ok"


def test_the_order_of_keys_and_a_trip_through_json_change_nothing(frozen):
    content, expected = frozen
    turned = json.loads(json.dumps(dict(reversed(content.items()))))
    assert hash_of(turned) == expected


def test_erased_texts_leave_a_record_that_still_verifies(frozen):
    content, expected = frozen
    rest = erased(content)
    assert "She knows." not in json.dumps(rest)
    assert content["reason"]["salt"] not in json.dumps(rest)
    assert verdict(rest, expected) == "erased"


@pytest.mark.parametrize(
    "change",
    [
        {"score": 3.68},
        {"who": ["a", "b"]},
        {"reason": "gone"},
        {"reason": {"text": "He knows.", "salt": "x", "sha256": "y"}},
    ],
)
def test_any_change_is_tampering(frozen, change):
    content, expected = frozen
    assert verdict(content | change, expected) == "tampered"


def test_another_text_under_the_old_hash_is_tampering(frozen):
    content, expected = frozen
    content["reason"]["text"] = "He knows."
    assert verdict(content, expected) == "tampered"


def test_half_an_erasure_is_tampering(frozen):
    content, expected = frozen
    content["reason"]["text"] = None
    assert verdict(content, expected) == "tampered"


def test_the_same_text_twice_has_two_hashes():
    """Nobody can look up a short text by its hash."""
    assert personal("no")["sha256"] != personal("no")["sha256"]
