"""Proofs as they are read."""

from __future__ import annotations

from symbolic_proofs.derivations.derivation import Proof
from symbolic_proofs.derivations.written_steps import steps_latex, steps_text
from symbolic_proofs.kernel import assume
from symbolic_proofs.language.formulas import at_most
from symbolic_proofs.language.symbols import positive
from symbolic_proofs.language.terms import PowerSum
from symbolic_proofs.language.vectors import concat, zeros

p, x = positive("p"), positive("x")


def test_a_vector_of_values_shows_no_empty_block() -> None:
    proof = Proof()
    proof.show(assume(at_most(PowerSum(concat(x, zeros(0)), p), 1)), "as is given")
    steps = proof.done().steps
    assert steps_text(steps).splitlines() == [
        "  1.  S_p([x]) ≤ 1",
        "      as is given   [if S_p([x]) ≤ 1]",
    ]
    assert "times 0" not in steps_latex(steps)


def test_a_vector_that_is_empty_is_shown() -> None:
    proof = Proof()
    proof.show(assume(at_most(PowerSum(concat(zeros(0), zeros(0)), p), 1)), "as is given")
    assert "S_p([0 × 0, 0 × 0]) ≤ 1" in steps_text(proof.done().steps)
