"""All candidates of one size: each once, the least first, and ties asked about but a few times."""

from __future__ import annotations

import pytest

from numeric_check.batch.run import Run
from numeric_check.hunt.acceptance import ties_of
from numeric_check.hunt.candidate import batch_of, merged
from numeric_check.hunt.sampler import Fixed
from numeric_check.hunt.screening import screen
from numeric_check.hunt.search import programs_of, search
from numeric_check.hunt.shrink import least_of_size
from numeric_check.hunt.shrink.enumeration import fillings, places, shapes, trial_of_row
from numeric_check.hunt.shrink.least_of_size import MAX_TIES, Limits, Sizes
from numeric_check.hunt.shrink.order import key
from symbolic_proofs import claim as read

FREE = Fixed({}, None)
LEVEL = 6


def ties(text):
    return ties_of(read(text), programs_of(read(text))[0])


def asked_of(text, entries, blocks, *, ordered=False, refuses=False):
    """Return the program of a claim, and the candidates that a judge who refuses all is asked."""
    (program,) = programs_of(read(text))
    asked = []

    def accepts(trial):
        asked.append(trial)
        return False

    sizes = Sizes(program, FREE, {}, ordered, refuses, accepts)
    assert sizes.least_of(entries, blocks, Limits(LEVEL, 10**9), None)[0] is None
    return program, asked


@pytest.mark.parametrize(
    ("text", "ordered"),
    [
        ("sum_{x in W} x > 9", False),
        ("for V, W in R^N: sum_{i=1..N} v_i*w_i > 9", False),
        ("p < q => ||W||_p/||W||_q > 9", False),
        ("for A in R^k, B in R^m: ||A||_1 + ||B||_1 > 9", False),
        ("sum_{i=1..N} i*w_i > 99", True),
    ],
)
@pytest.mark.parametrize(("entries", "blocks"), [(2, 1), (2, 2), (3, 2), (4, 2), (4, 3)])
def test_every_candidate_comes_once_the_least_first(text, ordered, entries, blocks, monkeypatch):
    monkeypatch.setattr(least_of_size, "MAX_JUDGED", 10**6)
    program, asked = asked_of(text, entries, blocks, ordered=ordered)
    keys = [key(program, trial) for trial in asked]
    assert keys == sorted(keys)
    assert ordered or len(set(keys)) == len(keys)
    every = set()
    for shape in shapes(program, FREE, entries, blocks):
        where = places(program, FREE, shape)
        for level in range(LEVEL + 1):
            for row in fillings(where.signs, level):
                trial = merged(program, trial_of_row(program, {}, shape, where, row))
                seen = screen(program, Run(program, batch_of(program, [trial])))
                if (seen.sure | seen.maybe)[0] and key(program, trial)[:2] == (entries, blocks):
                    every.add(key(program, trial))
    assert set(keys) == every


def test_ties_are_asked_about_a_few_times_where_they_are_no_witnesses():
    text = "||W||_oo <= ||W||_1"  # equal for every vector of one entry
    assert ties(text) == "refused"
    assert len(asked_of(text, 1, 1)[1]) > MAX_TIES
    assert len(asked_of(text, 1, 1, refuses=True)[1]) == MAX_TIES
    assert ties("||W||_oo < ||W||_1") == "possible"
    assert ties("||W||_oo != ||W||_1") == "sought"


@pytest.mark.parametrize(
    ("text", "witness"),
    [
        ("v != 2/3", "v = 2/3"),
        ("v >= 0 => v != m + 2/3", "m = 1, v = 5/3"),
        ("for v > 0, x > 0: v*x != 2/3*x", "v = 2/3, x = 1"),
        ("p < q => not (||W||_p = 7/3)", "N = 1, W = [7/3], p = 1, q = 2"),
        ("x < y => y - x != 1/3 + 1/7", "x = -1/3, y = 1/7"),
    ],
)
def test_an_equation_that_is_denied_is_hit(text, witness):
    assert str(search(read(text), budget=2000).witness) == witness


def test_a_witness_behind_many_ties_is_found():
    found = search(read("p < q => ||W||_p <= ||W||_q"), seed=5)
    assert str(found.witness) == "N = 2, W = [1 × 2], p = 1, q = 2"
