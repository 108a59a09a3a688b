"""Exactly where on p < q a claim holds, and for which lengths, where a theorem says so.

Such a theorem has the form: for every .. with ..: F <=> a condition on the exponents and a length.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from math import log2

import sympy as sp

from numeric_check.certifier.decide import decide
from numeric_check.certifier.witness import Witness
from symbolic_proofs.claims.notation import p, q
from symbolic_proofs.language.claim import Claim
from symbolic_proofs.language.formulas import ForAll, Formula, Iff, free_variables, normal
from symbolic_proofs.notation.api import to_text

from .exponent_values import is_proved

#: the greatest length that is looked at
_MOST = 60
#: values of p and q for a picture of the boundary, and halvings between two of them
_STEPS, _HALVINGS = 48, 6

Line = tuple[tuple[float, float], ...]


@dataclass(frozen=True, slots=True)
class ExactRegion:
    """The theorem, the condition under which it says that a claim holds, and the length in it."""

    theorem: Claim
    condition: Formula
    length: sp.Symbol

    def holds_at(self, a: Fraction, b: Fraction, n: int) -> bool:
        """Tell whether the claim holds at p = a, q = b for vectors of this length."""
        return decide(self.condition, Witness({"p": a, "q": b, self.length.name: Fraction(n)}))

    def first_failure(self, a: Fraction, b: Fraction) -> int | None:
        """Return the least length at which it fails at p = a, q = b, None if none looked at."""
        return next((n for n in range(_MOST + 1) if not self.holds_at(a, b, n)), None)

    def at(self, a: Fraction, b: Fraction) -> str:
        """Say for which lengths the claim holds at p = a, q = b: up to the first at which not."""
        name, n = self.length.name, self.first_failure(a, b)
        if n is None:
            return f"holds for {name} ≤ {_MOST}"
        if n == 0:
            return f"fails for {name} = 0"
        return f"holds for {name} {'=' if n == 1 else '≤'} {n - 1}, fails for {name} = {n}"

    def boundary(self, n: int, ends: tuple[float, float]) -> tuple[Line, ...]:
        """Return lines of points (p, q) between which and the next the claim for n holds or not.

        For each of some q the first change from p = ends[0] on, to within what a picture shows; a
        line ends where the next q has none.
        """
        low, high = map(log2, ends)
        steps = [low + (high - low) * k / _STEPS for k in range(_STEPS + 1)]
        lines: list[list[tuple[float, float]]] = [[]]
        for k, at in enumerate(steps):
            b = _fraction(at)
            held = (self.holds_at(_fraction(x), b, n) for x in steps[:k])
            first = next(held, None)
            change = next((j for j, holds in enumerate(held, 1) if holds != first), None)
            if change is not None:
                x = self._change(steps[change - 1], steps[change], b, n)
                lines[-1].append((2**x, 2**at))
            elif lines[-1]:
                lines.append([])
        return tuple(tuple(line) for line in lines if len(line) > 1)

    def _change(self, low: float, high: float, b: Fraction, n: int) -> float:
        before = self.holds_at(_fraction(low), b, n)
        for _ in range(_HALVINGS):
            middle = (low + high) / 2
            if self.holds_at(_fraction(middle), b, n) == before:
                low = middle
            else:
                high = middle
        return (low + high) / 2

    def __str__(self) -> str:
        return f"{to_text(self.condition)} ({self.theorem.id})"


def exact_region(claim: Claim, proved: Sequence[Claim]) -> ExactRegion | None:
    """Return the region that one of these proved claims states for a claim, None if none does."""
    for theorem in proved:
        match theorem.conclusion:
            case Iff(args=(ForAll() as holds, condition)) if _is_about(claim, theorem, holds):
                lengths = [*(free_variables(condition) - {p, q})]
                if len(lengths) == 1:
                    return ExactRegion(theorem, condition, lengths[0])
    return None


def _is_about(claim: Claim, theorem: Claim, holds: ForAll) -> bool:
    premises = {*map(normal, (*theorem.given, *holds.given))}
    return normal(holds.body) == normal(claim.conclusion) and premises == {
        *map(normal, claim.given)
    }


def proved_region(claim: Claim, catalogue: Sequence[Claim]) -> ExactRegion | None:
    """Return the region that a claim of the catalogue states, once it is proved."""
    found = exact_region(claim, catalogue)
    return found if found is not None and is_proved(found.theorem) else None


def _fraction(logarithm: float) -> Fraction:
    return Fraction(2**logarithm).limit_denominator(1000)
