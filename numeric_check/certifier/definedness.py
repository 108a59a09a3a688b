"""Whether a claim speaks of a value that does not exist, at a point that its premises allow.

A premise guards what follows it: the premises of a claim its conclusion, the first part of an
implication the second, the conditions of a quantifier its body. Nothing else guards: the parts of
"and", of "exactly when" and of "not" need a value each.
"""

from __future__ import annotations

from dataclasses import dataclass

from symbolic_proofs.language.formulas import Exists, ForAll, Formula, Implies

from .assignment import Assignment, Stated, assign
from .decide import MAX_BITS, Decider, ladder
from .errors import Undecided, UnfitWitnessError, ValuelessError
from .numbers.arithmetic import Values
from .truth import Finding, implies
from .witness import Witness


@dataclass(frozen=True)
class NoValue:
    """A formula of a claim in which a term has no value that nothing guards, and why.

    `given` is the number of the premise, from 0; it is None for a part of the conclusion.
    """

    formula: Formula
    reason: str
    given: int | None = None


class GuardedDecider(Decider):
    """Decides as `Decider` does, but does not look at what a premise guards where that fails.

    `failed` is the last comparison or predicate in which a term had no value.
    """

    def __init__(self, values: Assignment, max_bits: int = MAX_BITS) -> None:
        super().__init__(values, ladder(max_bits))
        self.failed: Formula | None = None

    def find(self, formula: Formula, at: Values | None = None) -> Finding:
        """Return whether the formula holds, and the grounds. Raises ValuelessError, Undecided."""
        match formula:
            case Implies():
                return self._implication(formula, at or {})
            case ForAll() | Exists():
                return self._instance(formula, at or {})
        try:
            return super().find(formula, at)
        except ValuelessError:
            if self.failed is None:
                self.failed = formula
            raise

    def _implication(self, formula: Implies, at: Values) -> Finding:
        premise = self.find(formula.args[0], at)
        if premise.truth is False:
            return Finding(True, premise.grounds)
        if premise.truth is None:
            return Finding(None)
        return implies(premise, self.find(formula.args[1], at))

    def _instance(self, formula: ForAll | Exists, at: Values) -> Finding:
        if not all(map(self._values.knows, formula.variables)):
            return Finding(None)
        for part in formula.given:
            if not self.find(part, at).truth:
                return Finding(None)
        body = self.find(formula.body, at)
        return body if body.truth is isinstance(formula, Exists) else Finding(None)


def holds(formula: Formula, witness: Witness) -> bool | None:
    """Decide a formula at a witness; None if it has no value there, or is not decided."""
    try:
        return GuardedDecider(assign((formula,), witness)).find(formula).truth
    except (ValuelessError, Undecided, UnfitWitnessError):
        return None


def no_value(claim: Stated, witness: Witness) -> NoValue | None:
    """Return where the claim has no value at the witness, None if it has one or that is unclear.

    Each premise must hold there, or be what has no value itself: a premise that fails at a point
    forbids it wherever it stands. The witness may give values of quantified variables as well.
    """
    try:
        values = assign((*claim.given, claim.conclusion), witness, strict=True)
    except UnfitWitnessError:
        return None
    decider = GuardedDecider(values)
    found: NoValue | None = None
    try:
        for number, formula in enumerate(claim.given):
            try:
                if not decider.find(formula).truth:
                    return None
            except ValuelessError as reason:
                found = found or NoValue(decider.failed or formula, str(reason), number)
        if found is None:
            try:
                decider.find(claim.conclusion)
            except ValuelessError as reason:
                found = NoValue(decider.failed or claim.conclusion, str(reason))
    except (Undecided, UnfitWitnessError):
        return None
    return found
