"""The local search: it comes near the least margin, and ends where no step leads on."""

from __future__ import annotations

import numpy as np
import pytest

from numeric_check.batch.compiler.claim import compile_claim
from numeric_check.batch.run import Batch
from numeric_check.hunt.local_search import COPIES, refine
from numeric_check.hunt.sampler import Fixed, generator
from symbolic_proofs import claim as read

ROUNDS = 200
#: the least margin is at t = 1
LEAST_AT_1 = "for t > 0: t + 1/t > 1.99"


def margins(start: float, statement: str = LEAST_AT_1) -> list[float]:
    """Return the least margin of each round, from one value of t."""
    program = compile_claim(read(statement))
    seeds = Batch({"t": np.array([start])}, {}, {})
    found: list[float] = []

    def visit(run, seen):
        assert run.batch.size == COPIES
        assert np.isfinite(run.batch.scalars["t"]).all()
        found.append(float(np.where(seen.met, seen.high, np.inf).min()))
        return False

    refine(program, Fixed({}, None), generator(1, 2), seeds, ROUNDS, visit)
    return found


@pytest.mark.parametrize("start", [1e-6, 0.3, 5e4])
def test_the_least_margin_is_approached_from_anywhere(start):
    found = margins(start)
    assert found[-1] == pytest.approx(0.01 / (2 + 1.99), rel=1e-6)
    assert found[-1] <= found[0]


def test_it_ends_where_every_step_has_shrunk_to_nothing():
    assert 11 <= len(margins(1.0)) < len(margins(5e4)) < ROUNDS


def test_what_falls_for_ever_is_followed_to_the_largest_numbers():
    found = margins(2.0, "for t > 0: 1/(1 + ln(1 + t)) > 1/2000")
    assert 100 < len(found) < ROUNDS
    assert 0.48 < found[-1] < 0.49
