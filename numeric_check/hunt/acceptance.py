"""The last word on a candidate: exact arithmetic or balls, by the certifier; floats propose."""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction
from itertools import product

from symbolic_proofs.language.claim import Claim
from symbolic_proofs.language.formulas import And, Exists, ForAll, Formula, Not

from ..batch.program import Program
from ..certifier.certify import Undecided, UnfitWitnessError, decide
from ..certifier.numbers.exact import ValuelessError
from ..certifier.witness import Witness

#: precision at which the hunt gives up on a candidate; the certifier's own limit is higher
HUNT_BITS = 1696
#: values for the variables quantified by the conclusion itself, at which a candidate must fail
PROBES = (Fraction(1), Fraction(1, 3), Fraction(7), Fraction(1000))

Judge = Callable[[Witness], bool]


def judge_of(claim: Claim, program: Program) -> Judge:
    """Return the function that tells whether a witness is what the search of the claim is after."""
    given, conclusion = claim.given, claim.conclusion
    if program.mode == "counterexample":
        return _deciding(And(*given, Not(conclusion)))
    assert isinstance(conclusion, Exists)
    given += conclusion.given
    if program.mode == "existence":
        return _deciding(And(*given, conclusion.body))
    assert isinstance(conclusion.body, ForAll)
    fails = _deciding(And(*given, *conclusion.body.given, Not(conclusion.body.body)))
    return lambda witness: all(
        fails(Witness({**witness.scalars, **values}, witness.vectors, witness.families))
        for values in probes(program)
    )


def probes(program: Program) -> list[dict[str, Fraction]]:
    """Return the values of the quantified scalars at which a universal failure is tested."""
    names = program.quantified
    return [dict(zip(names, values, strict=True)) for values in product(PROBES, repeat=len(names))]


def _deciding(formula: Formula) -> Judge:
    def judge(witness: Witness) -> bool:
        try:
            return decide(formula, witness, max_bits=HUNT_BITS, balls_first=True)
        except (Undecided, ValuelessError, UnfitWitnessError):
            return False

    return judge
