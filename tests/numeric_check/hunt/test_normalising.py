"""Premises that give the sum of a vector's entries: what is drawn has it, and what is shrunk."""

from __future__ import annotations

import numpy as np
import pytest

from numeric_check import search
from numeric_check.hunt.drawing_styles import RANDOM
from numeric_check.hunt.sampler import Fixed, Sampler, generator
from numeric_check.hunt.search import LONGEST_LISTED, Searcher, programs_of
from symbolic_proofs import claim

PAIR = "for P, Q in [0, oo)^N: "
POSITIVE = "p_i > 0 for every i = 1..N, q_i > 0 for every i = 1..N, "
#: a false claim -> its smallest witness
FALSE = {
    "W >= 0, S_1(W) = 1 => S_2(W) >= 1/20": {"W": [["1/21", 21]]},
    PAIR + "||P||_1 = ||Q||_1 => S_2(P) <= 3*S_2(Q)": {"P": [["4", 1], ["0", 3]], "Q": [["1", 4]]},
    PAIR + "sum_{i=1..N} p_i = 1, 1/2 = ||Q||_1 => S_2(P) <= 10*S_2(Q)": {
        "P": [["1", 1], ["0", 2]],
        "Q": [["1/6", 3]],
    },
    PAIR + POSITIVE + "S_1(P) = 1, S_1(Q) = 1 => "
    "sum_{i=1..N} p_i*ln(p_i/q_i) <= sum_{i=1..N} |p_i - q_i|": {
        "P": [["1/3", 1], ["2/3", 1]],
        "Q": [["15/16", 1], ["1/16", 1]],
    },
}


@pytest.mark.parametrize(("text", "vectors"), FALSE.items())
def test_a_claim_about_shares_is_refuted_by_the_smallest_witness(text, vectors):
    found = search(claim(text), budget=20_000)
    assert found.witness is not None
    written = found.witness.to_json()
    assert {name: written[name] for name in vectors} == vectors


def test_most_of_what_is_drawn_meets_the_premises():
    (program,) = programs_of(claim(PAIR + "S_1(P) = 1, sum_{x in Q} x = S_1(P) => S_2(P) >= 0"))
    run = Sampler(program, Fixed(), generator(0, 5)).draw(RANDOM[0], 1_000)
    met, _ = run.truth()
    assert np.count_nonzero(met) > 900


def test_no_long_vector_is_judged_entry_by_entry(monkeypatch):
    judged = []
    settled = Searcher._settled
    monkeypatch.setattr(
        Searcher,
        "_settled",
        lambda self, which, trial, **how: (
            judged.append(sum(map(sum, trial.times))) or settled(self, which, trial, **how)
        ),
    )
    close = claim("for V, W in R^N: ||V - W||_2^2 >= (||V||_2 - ||W||_2)^2")
    assert search(close, budget=50_000).witness is None
    assert 0 < max(judged) <= LONGEST_LISTED
