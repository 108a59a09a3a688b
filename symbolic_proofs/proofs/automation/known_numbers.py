"""What is known of the numbers in a goal: its premises, and tangents of the terms in it.

1 + x <= e^x at the exponents and logarithms of the goal and at their differences, x <= |x|, powers
of what is given, and tanh by exponentials.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from functools import partial
from itertools import combinations, permutations, product
from typing import cast

import sympy as sp

from ... import kernel as K
from ...kernel import KernelError, Theorem
from ...kernel.definedness import Facts
from ...language.formulas import Formula, Relation, at_most, less, unequal
from ...language.operations import (
    Abs,
    Exp,
    Log,
    Power,
    Sum,
    Tanh,
    order,
)
from ...rational_terms import coefficient
from ..tactics import inequalities
from ..tactics.combine import Given, algebra, combine, discharge, instance, settle
from ..tactics.hyperbolic import tanh_at_most, tanh_below_sum, tanh_by_exponentials
from ..tactics.inequalities import at_most_its_size, logarithm_nonzero, raised, tangent


@dataclass(frozen=True, slots=True)
class Known:
    """A comparison that holds, and is proved where it is used; the words are for the reader."""

    comparison: Relation
    prove: Callable[[], Theorem]
    words: str = ""


class KnownOf:
    """What is known under premises, as comparisons that are proved where they are used."""

    def __init__(self, given: Given, facts: Facts) -> None:
        self.given, self.facts = given, facts

    def said(self, goal: Relation) -> Iterator[Known]:
        """Yield what is given, and what is known of the terms of a goal."""
        relations = [h for h in self.given if isinstance(h, Relation)]
        for h in relations:
            if h.op == "!=":
                yield self.by_signs(less(0, (h.left - h.right) ** 2), "a square")
            else:
                yield Known(h, partial(K.assume, h))
        terms = [goal, *(h for h in relations if h.op != "!=")]
        exponents = [x.args[0] for x in found_in(terms, Exp)]
        for node in found_in(terms, Tanh):
            with suppress(KernelError):
                yield proved(tanh_by_exponentials(node.args[0], self.given), "$tanh(x)$ by $e^x$")
                exponents.append(2 * node.args[0])
            values = {inequalities.u: node.args[0]}
            if self.facts.nonnegative(node.args[0]):
                bound = partial(instance, tanh_at_most(), values, self.given)
                yield Known(at_most(node, node.args[0]), bound, "$tanh(x)$ is at most $x$")
        ends = [node.args[0] for node in found_in([goal], Tanh)]
        for one, two in combinations(filter(self.facts.nonnegative, ends), 2):
            if one + two in ends:
                values = {inequalities.u: one, inequalities.w: two}
                yield proved(instance(tanh_below_sum("<="), values, self.given), "of the sum")
        logs = found_in(terms, Log)
        points = [*exponents, *logs]
        points += [-point for point in points]
        for group in (exponents, logs):
            points += [one - other for one, other in permutations(group, 2)]
        points += self._together(goal, logs)
        numbers = [log for log in logs if log.args[0].is_Rational]
        points += [-(log + number) for log in logs for number in numbers if log != number]
        for point in dict.fromkeys(points):
            yield from self._tangents(point, any(is_a(h, "!=") for h in relations))
        for bar in found_in(terms, Abs):
            for x in (bar.args[0], -bar.args[0]):
                lemma = partial(instance, at_most_its_size(), {inequalities.x: x}, self.given)
                yield Known(at_most(x, Abs(x)), lemma)
        yield from self._powers(terms)

    def _together(self, goal: Relation, logs: list[sp.Expr]) -> list[sp.Expr]:
        """Return the sum of logarithms that a goal compares with the rest, both ways."""
        with suppress(KernelError):
            shares = [(coefficient(goal.left - goal.right, log), log) for log in logs]
            if len(logs) > 2 and all(c.is_Integer for c, _ in shares):
                whole = Sum(*(c * log for c, log in shares))
                return [whole, -whole]
        return []

    def _tangents(self, point: sp.Expr, is_apart: bool) -> Iterator[Known]:
        words = "$1 + x$ is at most $e^x$"
        if self.facts.defined(point):
            near = partial(tangent, point, *self.given)
            yield Known(at_most(1 + point, Exp(point)), near, words)
        if is_apart:
            with suppress(KernelError):
                above = settle(K.exponential(point, self.given), self.given)
                above = discharge(above, *self._nonzero(point))
                if above.hypotheses <= {*self.given}:
                    yield proved(above, words)

    def _nonzero(self, point: sp.Expr) -> Iterator[Theorem]:
        """Yield that a logarithm is not 0, where it is that of a number that is not 1."""
        for log in found_in([point], Log):
            with suppress(KernelError):
                apart = instance(logarithm_nonzero(), {inequalities.a: log.args[0]}, self.given)
                goal = unequal(point, 0)
                yield discharge(combine(goal, given=(*self.given, apart.conclusion)), apart)

    def _powers(self, terms: list[Relation]) -> Iterator[Known]:
        """Yield 1 + e ln x <= x^e, and x^e <= y^e for what is said as x <= y."""
        powers = [x for x in found_in(terms, Power) if not x.exp.is_Rational]
        for x in filter(lambda x: self.facts.positive(x.base), powers):
            point = x.exp * Log(x.base)
            with suppress(KernelError):
                line = (1, tangent(point, *self.given))
                lemma = partial(combine, at_most(1 + point, x), line, given=self.given)
                yield Known(at_most(1 + point, x), lemma, "$1 + x$ is at most $e^x$")
        exponents = dict.fromkeys(e for x in powers for e in (x.exp, x.exp - 1, 1 - x.exp))
        bases = {x.base for x in powers}
        for h, e in product(terms[1:], exponents):
            low, high = h.oriented().args[1:]
            has_values = self.facts.positive(e) and self.facts.nonnegative(low)
            if has_values and low != 0 and bases & {low, high}:
                lemma = partial(self._power_rises, h, e)
                yield Known(at_most(low**e, high**e), lemma, "a power rises")

    def _power_rises(self, h: Relation, e: sp.Expr) -> Theorem:
        low, high = h.oriented().args[1:]
        weak = combine(at_most(low, high), (1, K.assume(h)), given=self.given)
        return raised(weak, e, self.given)

    def by_signs(self, comparison: Relation, words: str = "") -> Known:
        """Return a comparison that signs and algebra show."""
        return Known(comparison, partial(algebra, comparison, self.given), words)


def proved(theorem: Theorem, words: str = "") -> Known:
    """Return what is proved already."""
    return Known(cast(Relation, theorem.conclusion), lambda: theorem, words)


def is_a(formula: Formula, *ops: str) -> bool:
    """Tell whether a formula is such a comparison."""
    return isinstance(formula, Relation) and formula.op in ops


def found_in(terms: Iterable[sp.Basic], *heads: type[sp.Basic]) -> list[sp.Basic]:
    """Return the nodes of terms that have such a head."""
    return sorted({node for term in terms for node in term.atoms(*heads)}, key=order)
