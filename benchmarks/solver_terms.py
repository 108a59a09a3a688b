"""What the functions of a written-out claim mean to a solver of polynomial constraints.

The exponents are fixed rational numbers. A root is a new variable with its power as a constraint,
a quotient one with its product, an absolute value or a greatest term one of several cases.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from fractions import Fraction
from functools import reduce
from operator import add, ge, le, mul
from typing import Any

from explicit import COMPARISONS, Statement

from symbolic_proofs.language.formulas import OPPOSITE


class SolverTerms:
    """Terms of `api`, the Python interface of z3 or cvc5; constraints go to `solver`."""

    def __init__(self, solver: Any, api: Any):
        self.solver, self.api = solver, api
        self._known: dict[tuple[str, str], Any] = {}

    def deny(self, stated: Statement, exponents: Mapping[str, Fraction]) -> dict[str, Any]:
        """Add the premise and the denial of the conclusion; return the unknowns by name."""
        unknowns = {name: self.api.Real(name) for name in stated.unknowns}
        for name, x in unknowns.items():
            if stated.kinds[name] != "real":
                self.solver.add(x > 0 if stated.kinds[name] == "positive" else x >= 0)
        functions = {name: getattr(self, name) for name in dir(self) if name[0] != "_"}
        space = {**functions, **unknowns, **exponents}
        for part in stated.given:
            self.solver.add(eval(part, space))  # noqa: S307 - the catalogue's own claims
        denial = f"compare({OPPOSITE[stated.op]!r}, {stated.left}, {stated.right})"
        self.solver.add(eval(denial, space))  # noqa: S307
        return unknowns

    def power(self, base: Any, exponent: Any) -> Any:
        whole, degree = Fraction(exponent).as_integer_ratio()
        if degree > 1 and not _is(base, 0, 1):
            base = self._new("root", degree, base, lambda y: [y >= 0, _product(y, degree) == base])
        if whole < 0:
            base = 1 / Fraction(base) if _is_number(base) else self._new(
                "inverse", "", base, lambda y: [y * base == 1]
            )  # fmt: skip
        return _product(base, abs(whole))

    def absolute(self, x: Any) -> Any:
        either = self.api.Or
        return abs(x) if _is_number(x) else self._new(
            "size", "", x, lambda y: [y >= 0, either(y == x, y == -x)]
        )  # fmt: skip

    def greatest(self, terms: Sequence[Any]) -> Any:
        return self._extreme("greatest", ge, terms)

    def least(self, terms: Sequence[Any]) -> Any:
        return self._extreme("least", le, terms)

    def _extreme(self, kind: str, beside: Callable[[Any, Any], Any], terms: Sequence[Any]) -> Any:
        def of_terms(y: Any) -> list[Any]:
            return [*(beside(y, x) for x in terms), self.api.Or(*(y == x for x in terms))]

        return self._new(kind, "", terms, of_terms)

    def _new(
        self, kind: str, degree: object, x: Any, constraints: Callable[[Any], list[Any]]
    ) -> Any:
        key = f"{kind}{degree}", str(x)
        if key not in self._known:
            self._known[key] = y = self.api.Real(f"{kind}{degree}_{len(self._known)}")
            self.solver.add(*constraints(y))
        return self._known[key]

    def total(self, terms: Sequence[Any]) -> Any:
        return reduce(add, terms)

    def power_sum(self, entries: Sequence[Any], r: Fraction) -> Any:
        even = r.denominator == 1 and r.numerator % 2 == 0
        return self.total([self.power(x if even else self.absolute(x), r) for x in entries])

    def norm(self, entries: Sequence[Any], r: Fraction) -> Any:
        return self.power(self.power_sum(entries, r), 1 / r)

    def pq_index(self, entries: Sequence[Any], p: Fraction, q: Fraction) -> Any:
        factor = self.power(len(entries), 1 / q - 1 / p)
        return 1 - factor * self.norm(entries, p) * self.power(self.norm(entries, q), -1)

    def nonzero_count(self, entries: Sequence[Any]) -> Any:
        def one_if_not_zero(x: Any) -> Callable[[Any], list[Any]]:
            both, either = self.api.And, self.api.Or
            return lambda y: [either(both(x == 0, y == 0), both(x != 0, y == 1))]

        return self.total(
            [int(x != 0) if _is_number(x) else self._new("count", "", x, one_if_not_zero(x))
             for x in entries]
        )  # fmt: skip

    def compare(self, op: str, left: Any, right: Any) -> Any:
        return COMPARISONS[op](left, right)

    def nonzero(self, entries: Sequence[Any]) -> Any:
        return self.some([x != 0 for x in entries])

    def no(self, formula: Any) -> Any:
        return self.api.Not(formula)

    def every(self, formulas: Sequence[Any]) -> Any:
        return self.api.And(*formulas)

    def some(self, formulas: Sequence[Any]) -> Any:
        return self.api.Or(*formulas)

    def same(self, first: Sequence[Any], second: Sequence[Any]) -> Any:
        return self.every([x == y for x, y in zip(first, second, strict=True)])

    def same_zeros(self, first: Sequence[Any], second: Sequence[Any]) -> Any:
        return self.every([(x == 0) == (y == 0) for x, y in zip(first, second, strict=True)])


def _product(x: Any, times: int) -> Any:
    return reduce(mul, [x] * times) if times else 1


def _is_number(x: Any) -> bool:
    return isinstance(x, int | Fraction)


def _is(x: Any, *numbers: int) -> bool:
    return _is_number(x) and x in numbers
