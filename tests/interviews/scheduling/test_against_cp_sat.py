"""make test-long: the same optimum as an integer program, on 500 random loops."""

import pytest

from interviews.scheduling.solver import best_loop
from tests.factories.loops import random_problem


@pytest.mark.long
def test_an_integer_program_finds_no_better_loop() -> None:
    from bench.oracle import cp_sat

    for seed in range(500):
        problem = random_problem(seed, sessions=4, people=12, days=8)
        best = best_loop(problem)
        assert (best.score if best else None) == cp_sat(problem), f"seed {seed}"
