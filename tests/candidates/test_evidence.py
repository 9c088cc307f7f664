"""Where a text mentions a competency."""

from typing import Any

import pytest

from candidates.evidence import MOST_MENTIONS, mentions, prepared

TEXT = (
    "Led distributed\nsystems work. A distributed-system, Distributed Systems;"
    " undistributed systems. GPU clusters and sql, not MySQL. C, C++ and C#. Go fast."
    " We use Go, Python을 사용. 分散システムの設計 Café managément خبرة في القيادة"
    " ASP.NET and .NET, HPC. jane@sql.com it, IT strategies"
)


@pytest.mark.parametrize(
    ("names", "words"),
    [
        (
            ["Distributed Systems"],
            ["distributed\nsystems", "distributed-system", "Distributed Systems"],
        ),
        (["GPU Cluster"], ["GPU clusters"]),
        (["SQL"], ["sql"]),
        (["C"], ["C"]),
        (["C++"], ["C++"]),
        (["C#"], ["C#"]),
        (["Go"], ["Go"]),
        (["IT"], ["IT"]),
        (["Python"], ["Python"]),
        (["分散システム"], ["分散システム"]),
        (["Cafe Management"], ["Café managément"]),
        (["قيادة"], ["القيادة"]),
        ([".NET"], [".NET"]),
        (["High-Performance Computing (HPC)"], ["HPC"]),
        (["strategy"], ["strategies"]),
        (["Kubernetes", ""], []),
        (["  "], []),
        (["-"], []),
    ],
)
def test_a_name_is_found_as_a_whole_word(names: list[str], words: list[str]) -> None:
    found = mentions(prepared(TEXT), names)
    assert [each.words for each in found] == words
    assert [TEXT[each.start : each.end] for each in found] == words


def test_the_words_around_come_with_it() -> None:
    text = "She has led the growth of large\nteams for ten years, in two countries."
    (found,) = mentions(prepared(text), ["Teams", "Growth of large teams"])
    assert found.as_json() == {
        "words": "growth of large\nteams",
        "before": "She has led the",
        "after": "for ten years, in two countries.",
        "start": 16,
        "end": 37,
    }


def test_they_stand_in_the_order_of_the_text_and_end_somewhere() -> None:
    found = mentions(prepared("Zoom, then SQL. " * 100), ["SQL", "Zoom"])
    assert len(found) == MOST_MENTIONS
    assert [each.words for each in found[:3]] == ["Zoom", "SQL", "Zoom"]
    assert [each.start for each in found] == sorted(each.start for each in found)


@pytest.mark.parametrize("text", ["", "\ud800", "a" * 300_000, "(((", "\x00"])
def test_no_text_and_no_name_is_too_strange(text: str) -> None:
    assert mentions(prepared(text), ["SQL", "(((?", "\\", "\ud800x", "[a-", "é" * 200]) == []


def test_nobody_is_counted_or_ranked() -> None:
    shown: dict[str, Any] = mentions(prepared("SQL"), ["SQL"])[0].as_json()
    assert set(shown) == {"words", "before", "after", "start", "end"}
