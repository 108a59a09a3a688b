"""Batches against balls: the margins of a claim have the right sign, at any scale and length."""

from __future__ import annotations

from contextlib import suppress
from fractions import Fraction

import numpy as np
import pytest

from numeric_check.batch.compiler.claim import compile_claim
from numeric_check.batch.program import NotSearchableError
from numeric_check.batch.run import Batch, Run
from numeric_check.certifier.certify import Undecided, decide
from numeric_check.hunt.candidate import Trial, trial_of, witness_of
from numeric_check.hunt.drawing_styles import RANDOM, SPECIAL
from numeric_check.hunt.sampler import Fixed, Sampler, generator
from numeric_check.hunt.screening import screen
from symbolic_proofs import claim as read
from symbolic_proofs.claims.catalogue import CATALOGUE, find_claim
from symbolic_proofs.claims.notation import I, R, W, m, norm, r, x, y
from symbolic_proofs.language.claim import claim
from symbolic_proofs.language.formulas import And, Exists, equal
from symbolic_proofs.language.vectors import concat, zeros

SETTLED = [c for c in CATALOGUE if not isinstance(c.conclusion, Exists)]


def exactly(trial):
    values = {name: tuple(map(Fraction, v)) for name, v in trial.values.items()}
    return Trial({n: Fraction(v) for n, v in trial.scalars.items()}, trial.times, values)


@pytest.mark.parametrize("statement", SETTLED, ids=lambda c: c.id)
def test_what_floats_are_sure_of_is_so(statement):
    program = compile_claim(statement)
    sampler = Sampler(program, Fixed(), generator(7, 7))
    for style in (SPECIAL[1], RANDOM[0]):
        run = sampler.draw(style, 64)
        seen = screen(program, run)
        for column in np.flatnonzero(seen.met & ((seen.low > 0) | (seen.high < 0)))[:3]:
            witness = witness_of(program, exactly(trial_of(program, run.batch, int(column))))
            with suppress(Undecided):  # a premise met by a tie, or quantified
                if decide(And(*statement.given), witness):
                    assert decide(statement.conclusion, witness) == (seen.low[column] > 0)


@pytest.mark.parametrize("statement", SETTLED, ids=lambda c: c.id)
def test_a_signless_symbol_and_its_negative_give_the_same(statement):
    program = compile_claim(statement)
    batch = Sampler(program, Fixed(), generator(7, 8)).draw(RANDOM[0], 64).batch
    vectors = {k: -v if k in program.signless else v for k, v in batch.vectors.items()}
    scalars = {k: -v if k in program.signless else v for k, v in batch.scalars.items()}
    turned = Batch(scalars, vectors, batch.multiplicities)
    for one, other in zip(*(flat(Run(program, b).truth()) for b in (batch, turned)), strict=True):
        assert np.array_equal(one, other, equal_nan=True)


def flat(truth):
    met, (low, high) = truth
    return met, low, high


@pytest.mark.parametrize(
    ("text", "signless"),
    [("||W||_1 >= |x|", {"W", "x"}), ("||W||_1 >= x", {"W"}), ("||x*W||_1 >= 0", {"W", "x"}),
     ("||[W, x + 1]||_1 >= 0", {"W"}), ("||W + V||_1 >= 0", set()), ("x*y <= |x*y|", set()),
     ("||W||_1 >= sum_{i=1..N} w_i", set())],
)  # fmt: skip
def test_only_what_is_read_of_its_size_alone_is_signless(text, signless):
    lengths = "for V, W in R^N: " if "V" in text else ""
    assert compile_claim(read(lengths + text)).signless == signless


def margins(values, times, p, q):
    """The margin of I(W) >= 0 is the relative size of ln(1 - I)."""
    program = compile_claim(find_claim("range.lower"))
    size = len(p)
    batch = Batch(
        {"N": times.sum(axis=0), "p": np.array(p), "q": np.array(q)},
        {"W": np.broadcast_to(values, (len(values), size))},
        {0: times},
    )
    met, interval = Run(program, batch).truth()
    assert met.all()
    return interval


def test_neither_scale_nor_exponent_overflows():
    values = np.array([[1e-300], [1.0], [1e300]])
    low, high = margins(values, np.ones((3, 4)), [0.01, 0.01, 1.0, 50.0], [0.02, 100.0, 2.0, 100.0])
    assert np.isfinite(low).all()
    assert (low > 0).all()
    assert (high <= 1.001).all()


def test_a_million_million_entries_are_three_values():
    times = np.array([[1.0], [10.0], [1e12]])
    low, _ = margins(np.array([[3.0], [2.0], [1.0]]), times, [1.0], [2.0])
    assert low[0] > 0


def test_nearly_equal_entries_keep_a_clear_sign_at_any_scale():
    values = np.array([[1.0], [1.0 + 1e-5]])
    for scale in (1.0, 1e-300, 1e300):
        low, _ = margins(values * scale, np.ones((2, 1)), [0.5], [3.0])
        assert low[0] > 0


def test_what_can_not_be_evaluated_is_named():
    from symbolic_proofs.language.terms import Norm

    statement = claim("x", "x", "x", then=Norm(concat(W, W[3]), r) > norm(W, r))
    with pytest.raises(NotSearchableError, match="entry 3 of W is singled out"):
        compile_claim(statement)


def test_a_sorted_entry_is_the_one_at_its_place():
    program = compile_claim(read("sort([W, x])_k >= 0"))
    batch = Sampler(program, Fixed(), generator(7, 9)).draw(SPECIAL[3], 256).batch
    run = Run(program, batch)
    met, _ = run.truth()
    (place,) = (i for i, (op, _, _) in enumerate(program.code) if op == "at_place")
    found = np.broadcast_to(run.value(place), (256,))
    for column in range(256):
        trial = exactly(trial_of(program, batch, column))
        blocks = zip(trial.values["W"], trial.times[0], strict=True)
        entries = sorted([trial.scalars["x"], *(w for w, n in blocks for _ in range(n))])
        k = int(trial.scalars["k"])
        assert met[column] == (k <= len(entries))
        assert not met[column] or found[column] == entries[k - 1]
    assert 0 < met.sum() < 256


@pytest.mark.parametrize("scale", [1e-290, 1.0, 1e290])
def test_parts_of_any_ratio_and_exponents_up_to_100_keep_their_signs(scale):
    # relative to R, the sums over (x, R) leave the floats at both ends
    statement = claim("x", "x", "x", then=I(concat(x, R)) < I(concat(y, R)))
    program = compile_claim(statement)
    rows = {"x": [1, 1e9, 3, 1e-9], "y": [2, 1e8, 2, 1e-8], "r": [1e9, 1, 1e-9, 1]}
    rows |= {"p": [1, 90, 50, 0.01], "q": [100, 100, 99, 100]}
    arrays = {name: np.array(row, dtype=float) for name, row in rows.items()}
    scalars = {"n": np.ones(4), "p": arrays["p"], "q": arrays["q"]}
    scalars |= {"x": arrays["x"] * scale, "y": arrays["y"] * scale}
    batch = Batch(scalars, {"R": arrays["r"][None] * scale}, {0: np.ones((1, 4))})
    seen = screen(program, Run(program, batch))
    assert seen.met.all()
    for column in range(4):
        witness = witness_of(program, exactly(trial_of(program, batch, column)))
        with suppress(Undecided):  # nearer to a tie than the certifier looks
            holds = decide(statement.conclusion, witness)
            assert not (seen.low[column] > 0 and not holds)
            assert not (seen.high[column] < 0 and holds)
    assert (np.isfinite(seen.low)).all()
    assert ((seen.low > 0) | (seen.high < 0)).sum() >= 2


def test_zeros_appended_change_no_norm_of_a_batch():
    program = compile_claim(
        claim("x", "x", "x", then=equal(norm(concat(W, zeros(m)), r), norm(W, r)))
    )
    scalars = {"N": np.full(2, 2.0), "m": np.array([0.0, 9.0]), "r": np.array([0.5, 3.0])}
    run = Run(
        program, Batch(scalars, {"W": np.array([[3.0, 0.0], [0.0, 0.0]])}, {0: np.ones((2, 2))})
    )
    met, (low, _) = run.truth()
    assert met.all()
    assert (low > 0).all()  # the same registers: equal whatever rounding does
