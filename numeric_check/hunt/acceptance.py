"""The last word on a candidate: exact arithmetic or balls, by the certifier; floats propose."""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction
from itertools import product
from typing import Literal

from symbolic_proofs.language.claim import Claim
from symbolic_proofs.language.formulas import (
    And,
    Every,
    Exists,
    ForAll,
    Formula,
    Implies,
    Not,
    Relation,
    Some,
)

from ..batch.program import Program
from ..certifier.certify import Decider, Undecided, UnfitWitnessError, assign
from ..certifier.numbers.exact import ValuelessError
from ..certifier.witness import Witness

#: precision at which the hunt gives up on a candidate; the certifier's own limit is higher
HUNT_BITS = 1696
#: the arithmetics that a formula is decided by, in turn: balls settle what is no tie soonest
_LADDER = (106, 0, 212, 424, 848, HUNT_BITS)
#: where two sides that are equal are not what is sought, they need not be told from others so near
_WITHOUT_TIES = (HUNT_BITS,)
#: values for the variables quantified by the conclusion itself, at which a candidate must fail
PROBES = (Fraction(1), Fraction(1, 3), Fraction(7), Fraction(1000))

Judge = Callable[[Witness], bool]
Ties = Literal["sought", "refused", "possible"]


def judge_of(claim: Claim, program: Program) -> Judge:
    """Return the function that tells whether a witness is what the search of the claim is after."""
    given, conclusion = claim.given, claim.conclusion
    if program.mode == "counterexample":
        return _deciding(Not(conclusion), *given)
    assert isinstance(conclusion, Exists)
    given += conclusion.given
    if program.mode == "existence":
        return _deciding(conclusion.body, *given)
    assert isinstance(conclusion.body, ForAll)
    fails = _deciding(Not(conclusion.body.body), *given, *conclusion.body.given)
    return lambda witness: all(
        fails(Witness({**witness.scalars, **values}, witness.vectors, witness.families))
        for values in probes(program)
    )


def ties_of(claim: Claim, program: Program) -> Ties:
    """Return what two sides that are equal are to the search of the claim.

    Where they are "sought" nothing else is what it is after, and no random draw hits it; where they
    are "refused", they never are.
    """
    if program.mode == "counterexample":
        if _fails_only_at_ties(claim.conclusion):
            return "sought"
        return "refused" if fails_at_ties(Not(claim.conclusion)) else "possible"
    if program.mode == "existence":
        assert isinstance(claim.conclusion, Exists)
        return "refused" if fails_at_ties(claim.conclusion.body) else "possible"
    return "possible"


def _fails_only_at_ties(formula: Formula) -> bool:
    match formula:
        case Relation():
            return formula.op == "!="
        case Not(args=(Relation() as inner,)):
            return inner.op == "="
        case And():
            return all(map(_fails_only_at_ties, formula.args))
        case Implies(args=(_, then)):
            return _fails_only_at_ties(then)
        case Every() | Some():
            return _fails_only_at_ties(formula.body)
    return False


def probes(program: Program) -> list[dict[str, Fraction]]:
    """Return the values of the quantified scalars at which a universal failure is tested."""
    names = program.quantified
    return [dict(zip(names, values, strict=True)) for values in product(PROBES, repeat=len(names))]


def _deciding(*formulas: Formula) -> Judge:
    """Return the function that tells whether all formulas hold; most candidates fall by the first.

    What is decided by nothing does not hold.
    """
    refused_at_ties = [fails_at_ties(formula) for formula in formulas]

    def judge(witness: Witness) -> bool:
        try:
            values = assign(formulas, witness)
            quick, thorough = Decider(values, _WITHOUT_TIES), Decider(values, _LADDER)
            return all(
                _holds(formula, quick if refused else thorough, thorough)
                for formula, refused in zip(formulas, refused_at_ties, strict=True)
            )
        except (Undecided, ValuelessError, UnfitWitnessError):
            return False

    return judge


def _holds(formula: Formula, first: Decider, thorough: Decider) -> bool:
    try:
        return first.find(formula).truth is True
    except Undecided:  # exact arithmetic may tell whether a term has a value
        return first is not thorough and thorough.find(formula).truth is True


def fails_at_ties(formula: Formula, *, sought: bool = True) -> bool:
    """Tell whether two sides that are equal never help a formula to hold (or to fail, if sought).

    Then they may be left undecided: what holds without them being decided holds.
    """
    match formula:
        case Relation():
            return formula.op in (("<", ">", "!=") if sought else ("<=", ">=", "="))
        case Not():
            return fails_at_ties(formula.args[0], sought=not sought)
        case And():
            return all(fails_at_ties(part, sought=sought) for part in formula.args)
        case Implies():
            premise, then = formula.args
            return fails_at_ties(premise, sought=not sought) and fails_at_ties(then, sought=sought)
        case Every() | Some():
            return fails_at_ties(formula.body, sought=sought)
    return False
