"""Truth up to a tolerance: evidence for a test of steps that are meant to be equalities."""

from __future__ import annotations

from contextlib import suppress
from fractions import Fraction

from symbolic_proofs.language.formulas import And, Every, Formula, Implies, Relation, Some

from ..certifier.assignment import Assignment
from ..certifier.decide import Decider
from ..certifier.errors import Ambiguous
from ..certifier.numbers import balls
from ..certifier.numbers.arithmetic import Values
from ..certifier.terms import Valuation
from ..certifier.truth import Finding, all_of, implies, ranged

#: precision of the balls
BITS = 200
#: two sides that meet in balls narrower than this, relative to their size, count as equal
NEAR = Fraction(1, 10**40)


class NearDecider:
    """Decides as `Decider` does, by balls of `bits` bits and then exactly, and takes ties as equal.

    A relation = or <= or >= whose two balls meet is taken to hold if both are narrower than `NEAR`:
    that is not a decision, and the certifier has no use for it. Where it would count as the
    opposite of what it is evidence for (under a negation, in a premise), balls and exact arithmetic
    decide, or nothing does.
    """

    def __init__(self, values: Assignment, bits: int = BITS) -> None:
        self._bits = bits
        self._strict = Decider(values, (bits, 0))
        self._valuation = Valuation(values, balls)

    def find(self, formula: Formula, at: Values | None = None) -> Finding:
        """Return whether the formula holds, and the grounds. Raises ValuelessError, Undecided."""
        at = at or {}
        match formula:
            case Relation():
                return Finding(True) if self._tied(formula, at) else self._strict.find(formula, at)
            case And():
                return all_of([self.find(part, at) for part in formula.args])
            case Implies():
                premise = self._strict.find(formula.args[0], at)
                return implies(premise, self.find(formula.args[1], at))
            case Every() | Some():
                places = self._strict.places(formula, at)
                return ranged(formula, [self.find(formula.body, there) for there in places])
        return self._strict.find(formula, at)

    def _tied(self, formula: Relation, at: Values) -> bool:
        if formula.op not in ("=", "<=", ">="):
            return False
        with balls.precision(self._bits), suppress(Ambiguous):
            near = balls.exactly(NEAR)
            left, right = (
                balls.enclosure(self._valuation.number(side, at))
                for side in (formula.left, formula.right)
            )
            narrow = all(
                x.is_finite() and x.rad() < near * (1 + abs(x.mid())) for x in (left, right)
            )
            return narrow and balls.sign(left - right) is None
        return False
