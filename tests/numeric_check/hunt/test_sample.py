"""Candidates keep to the premise, come from numbered streams, and cover what they should."""

from __future__ import annotations

import numpy as np
import pytest

from numeric_check.batch.compiler.claim import compile_claim
from numeric_check.hunt.drawing_styles import RANDOM, SPECIAL
from numeric_check.hunt.pieces import sizes
from numeric_check.hunt.sampler import Fixed, Sampler, generator
from symbolic_proofs.claims.catalogue import CATALOGUE, find_claim


def drawn(id_, style, *, fixed=Fixed(), size=512, members=2):  # noqa: B008 - it is frozen
    program = compile_claim(find_claim(id_), members)
    return program, Sampler(program, fixed, generator(3, 1)).draw(style, size)


@pytest.mark.parametrize("style", [*SPECIAL, *RANDOM], ids=lambda s: f"{s.name}-{s.blocks}")
@pytest.mark.parametrize("id_", ["time.invariance", "criteria.rising-tide", "sensitivity.count"])
def test_lengths_agree_with_multiplicities(id_, style):
    program, run = drawn(id_, style)
    for number, klass in enumerate(program.classes):
        times = run.batch.multiplicities[number]
        assert (times >= 0).all()
        assert (times == np.floor(times)).all()
        np.testing.assert_array_equal(times.sum(axis=0), run.value(klass.length))


def test_most_candidates_meet_the_premise():
    for claim in CATALOGUE:
        if claim.id == "range.zero-vector":
            continue
        program = compile_claim(claim)
        met, _ = Sampler(program, Fixed(), generator(3, 1)).draw(RANDOM[0], 2048).truth()
        assert met.mean() > 0.2, claim.id


def test_exponents_and_scalars_lie_where_the_premise_says():
    _, run = drawn("criteria.robin-hood", RANDOM[3])
    s = run.batch.scalars
    assert (s["p"] < s["q"]).all()
    assert (s["v"] <= s["u"]).all()
    assert (2 * s["epsilon"] <= (s["u"] - s["v"]) * (1 + 1e-12)).all()


def test_a_vector_with_the_same_zeros_has_them():
    _, run = drawn("scaling.magnitudes", SPECIAL[1])
    vectors = run.batch.vectors
    np.testing.assert_array_equal(vectors["V"] == 0, vectors["W"] == 0)


def test_what_is_fixed_is_fixed():
    fixed = Fixed({"p": 0.5, "q": 0.75}, 57)
    program, run = drawn("criteria.robin-hood", RANDOM[1], fixed=fixed)
    assert (run.batch.scalars["q"] == 0.75).all()
    assert (run.value(program.measured[0]) == 57).mean() > 0.9
    assert run.allowed is not None


def test_a_piece_depends_on_its_key_and_number_alone():
    def draws(key, number):
        return generator(key, number).random(4).tolist()

    assert draws(1, 2) == draws(1, 2)
    assert draws(1, 2) != draws(1, 3)
    assert draws(1, 2) != draws(2, 2)


def test_the_pieces_make_up_the_budget():
    for budget in (1, 1000, 200_000, 10**7):
        assert sum(sizes(budget)) == budget
    assert sizes(10**7)[:20] == sizes(10**6 * 9)[:20]
