"""Scalar terms over vectors: sums over indices and entries, power sums, norms, the PQ index.

None of these evaluates itself: what a head stands for is said by a rule of the kernel, which
keeps the conditions under which it is defined.
"""

from __future__ import annotations

from fractions import Fraction
from typing import Any

import sympy as sp

from .binders import Binder, bind
from .kinds import is_nonnegative, is_whole
from .names import LanguageError
from .operations import Abs, Exp, Power, Real, Tanh, scalar
from .symbols import bound_symbol
from .vectors import Vector, entry, length


class _IndexBinder(Real, Binder):
    """A head (body, i, n) that runs an index i from 1 to n."""

    def __new__(cls, body: object, variable: sp.Symbol, count: object) -> Any:
        body, variable = bind(scalar(body), variable, "count")
        number = scalar(count)
        if not (is_whole(number) and is_nonnegative(number)):
            raise LanguageError(f"an index cannot run from 1 to {number}; use a count or a size")
        return super().__new__(cls, body, variable, number)

    def least(self) -> Fraction | None:
        """Return a number that the value is shown not to be below."""
        return Fraction(0) if is_nonnegative(self.body) else None


class Total(_IndexBinder):
    """The sum of body over i = 1 .. n; 0 for n = 0."""


class Least(_IndexBinder):
    """The least value of body over i = 1 .. n, n >= 1."""


class Greatest(_IndexBinder):
    """The greatest value of body over i = 1 .. n, n >= 1."""


class PowerSum(Real):
    """S_r(V), the sum of |v_j|^r over the entries of V, r > 0."""

    never_negative = True

    def __new__(cls, vector: Vector, exponent: object) -> PowerSum:
        return super().__new__(cls, checked_vector(vector), scalar(exponent))


class Norm(Real):
    """||V||_r = S_r(V)^(1/r), r > 0; a quasi-norm when r < 1."""

    never_negative = True

    def __new__(cls, vector: Vector, exponent: object) -> Norm:
        return super().__new__(cls, checked_vector(vector), scalar(exponent))


class PQIndex(Real):
    """I_{p,q}(V) = 1 - N^(1/q-1/p) ||V||_p/||V||_q for V != 0 of N entries (Diao et al., 2023)."""

    def __new__(cls, vector: Vector, p: object, q: object) -> PQIndex:
        return super().__new__(cls, checked_vector(vector), scalar(p), scalar(q))


class OnNonzero(Real, Binder):
    """The value of body at x = v if v is not 0, else 0; args are (body, x, v).

    The body needs a value only where it counts: x log x is 0 at 0.
    """

    def __new__(cls, body: object, variable: sp.Symbol, value: object) -> Any:
        term, variable = bind(scalar(body), variable, "real")
        return super().__new__(cls, term, variable, scalar(value))


class NonzeroCount(Real):
    """The number of entries of V that are not zero."""

    always_whole = True
    never_negative = True

    def __new__(cls, vector: Vector) -> NonzeroCount:
        return super().__new__(cls, checked_vector(vector))

    def meaning(self) -> Total:
        """Return the sum of 1 over the entries, each counting only where it is not 0."""
        x = bound_symbol(0, "real")
        return over_entries(self.args[0], lambda value: OnNonzero(1, x, value))


def checked_vector(vector: object) -> Vector:
    """Return `vector`; raises LanguageError when it is none."""
    if not isinstance(vector, Vector):
        raise LanguageError(
            f"{vector!r} is not a vector; use vector('W', N), repeat(value, k) or concat(...)"
        )
    return vector


def over_entries(vector: Vector, function: Any) -> Total:
    """Return the sum of function(v_j) over the entries of `vector`.

    `function` takes a term, the entry, and returns a term.
    """
    i = bound_symbol(0, "count")
    return Total(function(entry(vector, i)), i, length(vector))


def power_sum_as_total(vector: Vector, exponent: sp.Expr) -> Total:
    """Return the sum that defines S_r(V)."""
    return over_entries(vector, lambda v: Power(Abs(v), exponent))


def definition(term: sp.Expr) -> sp.Expr:
    """Return the term that a head stands for.

    Raises LanguageError for a term that has no definition here.
    """
    match term:
        case PowerSum(args=(v, r)):
            return power_sum_as_total(v, r)
        case Norm(args=(v, r)):
            return Power(PowerSum(v, r), Power(r, -1))
        case PQIndex(args=(v, p, q)):
            factor = Power(length(v), Power(q, -1) - Power(p, -1))
            return 1 - factor * Norm(v, p) / Norm(v, q)
        case Tanh(args=(y,)):
            return 1 - 2 / (Exp(2 * y) + 1)
        case Real() if (meaning := term.meaning()) is not None:
            return meaning
    raise LanguageError(
        f"{term} is not a power sum, norm, index or other sum: it has no definition to unfold"
    )
