"""Terms that measures of sparsity are made of, beside power sums and norms.

| term                         | its value                                                        |
|------------------------------|------------------------------------------------------------------|
| `NonzeroTotal(body, x, V)`   | the sum of body(x) over the entries x of V that are not 0        |
| `OnNonzero(body, x, v)`      | body(v) if v is not 0, else 0                                    |
| `CountAtMost(V, b)`          | the number of entries of V that are <= b                         |
| `ShortestWindow(V, k)`       | the least spread of k entries next to each other in sorted order |
| `Applied(name, V)`           | what a Python function of that name returns for the entries of V |

Sums in sorted order and extremes are `Total`, `Greatest` and `Least` of a body that reads its
entries; `over_sorted_entries`, `greatest_entry` and `least_entry` write them.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import sympy as sp
from sympy.core.symbol import Str

from .binders import Binder, bind
from .kinds import is_whole
from .names import LanguageError
from .operations import Power, Product, Real, Sum, scalar
from .symbols import bound_symbol
from .terms import Greatest, Least, OnNonzero, Total, checked_vector, over_entries
from .vectors import Entry, Sorted, Vector, entry, length

#: the highest power of an index by which a sum is weighted and still evaluated block by block
MAX_INDEX_POWER = 2


class NonzeroTotal(Real, Binder):
    """The sum of body over the entries x of a vector that are not 0; args are (body, x, V).

    With it 0 log 0 is 0, and c^p for p < 0 is summed where it has a value.
    """

    def __new__(cls, body: object, variable: sp.Symbol, vector: Any) -> Any:
        term, variable = bind(scalar(body), variable, "real")
        return super().__new__(cls, term, variable, checked_vector(vector))

    def meaning(self) -> Total:
        """Return the sum over all entries of what counts only where they are not 0."""
        body, x, vector = self.args
        return over_entries(vector, lambda value: OnNonzero(body, x, value))


class CountAtMost(Real):
    """The number of entries of V that are at most `bound`; args are (V, bound)."""

    always_whole = True
    never_negative = True

    def __new__(cls, vector: Vector, bound: object) -> CountAtMost:
        return super().__new__(cls, checked_vector(vector), scalar(bound))


class ShortestWindow(Real):
    """The least c_(i+k-1) - c_(i), entries sorted, over i = 1 .. N-k+1; args are (V, k), k <= N."""

    never_negative = True

    def __new__(cls, vector: Vector, width: object) -> ShortestWindow:
        number = scalar(width)
        if not is_whole(number):
            raise LanguageError(f"a window of {number} entries; use a whole number or a ceiling")
        return super().__new__(cls, checked_vector(vector), number)


class Applied(Real):
    """The value of a plain Python function at V, of which nothing is known; args are (name, V)."""

    def __new__(cls, name: Any, vector: Vector) -> Applied:
        if not str(name).isidentifier():
            raise LanguageError(f"{str(name)!r} is not the name of a function")
        return super().__new__(cls, Str(str(name)), checked_vector(vector))

    @property
    def name(self) -> str:
        """The function's name."""
        return str(self.args[0])


def over_nonzero_entries(vector: Vector, function: Callable[[sp.Expr], object]) -> NonzeroTotal:
    """Return the sum of function(v_j) over the entries of `vector` that are not 0."""
    x = bound_symbol(0, "real")
    return NonzeroTotal(function(x), x, vector)


def over_sorted_entries(vector: Vector, function: Callable[[sp.Expr, sp.Expr], object]) -> Total:
    """Return the sum of function(v_(k), k) over k = 1 .. N, entries in ascending order."""
    k = bound_symbol(0, "count")
    return Total(function(entry(Sorted(vector), k), k), k, length(vector))


def greatest_entry(vector: Vector) -> Greatest:
    """Return the greatest entry of a vector that is not empty."""
    i = bound_symbol(0, "count")
    return Greatest(entry(vector, i), i, length(vector))


def least_entry(vector: Vector) -> Least:
    """Return the least entry of a vector that is not empty."""
    i = bound_symbol(0, "count")
    return Least(entry(vector, i), i, length(vector))


def index_powers(body: sp.Expr, index: sp.Symbol) -> list[tuple[int, sp.Expr]] | None:
    """Write a body as a sum of index^j times what reads entries V[index]: pairs (j, factor).

    Returns None if it is none, or has a power of the index above `MAX_INDEX_POWER`. With it a sum
    over an index costs as much as there are blocks, not entries.
    """
    places = [e for e in body.atoms(Entry) if e.args[1] == index]
    powers = _powers(body, index) if places else None
    if powers is None:
        return None
    return [(power, powers[power]) for power in sorted(powers, reverse=True)]


def _powers(body: sp.Expr, index: sp.Symbol) -> dict[int, sp.Expr] | None:
    """Return power of the index -> factor, None where a power is too high or is none."""
    if body == index:
        return {1: sp.Integer(1)}
    if isinstance(body, Entry) and body.args[1] == index and not body.args[0].has(index):
        return {0: body}
    if not body.has(index):
        return {0: body}
    match body:
        case Sum():
            found = [_powers(part, index) for part in body.args]
            combine = _added
        case Product():
            found = [_powers(part, index) for part in body.args]
            combine = _multiplied
        case Power(exp=sp.Integer() as e) if 0 < e <= MAX_INDEX_POWER:
            found = [_powers(body.base, index)] * int(e)
            combine = _multiplied
        case _:
            return None
    total, *rest = found
    for part in rest:
        total = combine(total, part) if total is not None and part is not None else None
    return total if total is not None and max(total) <= MAX_INDEX_POWER else None


def _added(a: dict[int, sp.Expr], b: dict[int, sp.Expr]) -> dict[int, sp.Expr]:
    return {k: Sum(*(part[k] for part in (a, b) if k in part)) for k in {**a, **b}}


def _multiplied(a: dict[int, sp.Expr], b: dict[int, sp.Expr]) -> dict[int, sp.Expr]:
    product: dict[int, sp.Expr] = {}
    for j, factor in a.items():
        for k, other in b.items():
            product = _added(product, {j + k: Product(factor, other)})
    return product
