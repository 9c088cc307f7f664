"""`make loops`: the loop solver beside OR-Tools' CP-SAT on random loops, optimum and time."""

import sys
from collections.abc import Callable
from statistics import median
from time import perf_counter
from typing import TypeVar

from bench.oracle import cp_sat
from interviews.scheduling.problem import Problem, Score
from interviews.scheduling.solver import best_loop
from tests.factories.loops import random_problem

T = TypeVar("T")
SHAPES = (
    {"sessions": 3, "people": 8, "days": 5},
    {"sessions": 4, "people": 12, "days": 10},
    {"sessions": 5, "people": 20, "days": 10},
    {"sessions": 6, "people": 20, "days": 15},
)


def main(loops: int) -> int:
    say(f"{loops} random loops of each shape; times in ms: median, worst\n")
    say("| sessions | people | days | none exists | same optimum | solver | CP-SAT |")
    say("|---|---|---|---|---|---|---|")
    differences = [row(shape, loops) for shape in SHAPES]
    return 1 if any(differences) else 0


def say(line: str) -> None:
    sys.stdout.write(f"{line}\n")
    sys.stdout.flush()


def row(shape: dict[str, int], loops: int) -> int:
    problems = [random_problem(seed, **shape) for seed in range(loops)]
    ours, our_times = timed(solved, problems)
    theirs, their_times = timed(cp_sat, problems)
    same = sum(one == other for one, other in zip(ours, theirs, strict=True))
    sizes = " | ".join(str(size) for size in shape.values())
    say(
        f"| {sizes} | {ours.count(None)} | {same} of {loops}"
        f" | {spread(our_times)} | {spread(their_times)} |"
    )
    return loops - same


def solved(problem: Problem) -> Score | None:
    best = best_loop(problem)
    return best.score if best else None


def timed(solve: Callable[[Problem], T], problems: list[Problem]) -> tuple[list[T], list[float]]:
    answers, times = [], []
    for problem in problems:
        begins = perf_counter()
        answers.append(solve(problem))
        times.append(perf_counter() - begins)
    return answers, times


def spread(times: list[float]) -> str:
    return f"{median(times) * 1000:.0f}, {max(times) * 1000:.0f}"


if __name__ == "__main__":
    sys.exit(main(int(sys.argv[1])))
