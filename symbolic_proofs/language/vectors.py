"""Vectors as tuples of blocks.

A block is an entry and a length: the generic entries w_1..w_N of a vector symbol, or one value
repeated k times. Scaling, shifting, concatenation, repetition over time and padding by zeros are
made of blocks.

| term                    | the vector                                                 |
|-------------------------|------------------------------------------------------------|
| `VectorSymbol`          | w_1 .. w_N; with indices, a member of a family: w_t1..w_tN |
| `Repeat(value, k)`      | `value` k times                                            |
| `Map(body, x, V)`       | body(x) for every entry x of V                             |
| `Concat(U, V, ...)`     | the entries of U, then those of V, ...                     |
| `Steps(V, t, T)`        | V at t = 1, then at t = 2, .. T                            |
| `Sorted(V)`             | the entries of V, ascending                                |
"""

from __future__ import annotations

from fractions import Fraction
from typing import Any

import sympy as sp
from sympy.core.symbol import Str

from .binders import Binder, bind
from .display import Display
from .kinds import is_nonnegative, is_whole
from .names import LanguageError, name_of
from .not_of_vectors import NotOfVectors
from .operations import Power, Product, Real, Sum, scalar
from .symbols import bound_symbol


class Vector(NotOfVectors, Display, sp.Basic):
    """A vector of real entries, of symbolic length."""

    def __mul__(self, factor: object) -> Map:
        if isinstance(factor, Vector):
            raise LanguageError(
                f"two vectors are not multiplied: write Total({self}[i]*{factor}[i], i, N)"
            )
        x = bound_symbol(0, "real")
        return Map(Product(factor, x), x, self)

    __rmul__ = __mul__

    def __truediv__(self, divisor: object) -> Map:
        return self * Power(divisor, -1)

    def __add__(self, other: object) -> Map | Steps:
        if isinstance(other, Vector):
            return vector_sum(self, other, 1)
        x = bound_symbol(0, "real")
        return Map(Sum(x, other), x, self)

    __radd__ = __add__

    def __sub__(self, other: object) -> Map | Steps:
        if isinstance(other, Vector):
            return vector_sum(self, other, -1)
        x = bound_symbol(0, "real")
        return Map(Sum(x, Product(-1, other)), x, self)

    def __neg__(self) -> Map:
        return self * -1

    def __getitem__(self, index: object) -> sp.Expr:
        if isinstance(index, int) and index < 1:
            raise LanguageError(f"entries are counted from 1: write {self}[1] for the first")
        return Entry(self, index)


class VectorSymbol(Vector):
    """The vector w_1 .. w_N of generic entries; args are (name, length, sign, *indices)."""

    def __new__(cls, name: Any, length: Any, sign: Any = "real", *indices: Any) -> VectorSymbol:
        """Make the vector; `sign` is "real" or "nonnegative" (every entry >= 0)."""
        name, sign = name_of(str(name), "vector"), str(sign)
        if sign not in ("real", "nonnegative"):
            raise LanguageError(f"the sign of a vector is 'real' or 'nonnegative', not {sign!r}")
        count = scalar(length)
        if not (is_whole(count) and is_nonnegative(count)):
            raise LanguageError(
                f"the length {count} of {name} is not a whole number >= 0; use count('N')"
            )
        places = tuple(map(scalar, indices))
        for place in places:
            if not is_whole(place):
                raise LanguageError(
                    f"the index {place} of {name} is not a whole number; use count('t')"
                )
        return super().__new__(cls, Str(name), count, Str(sign), *places)

    @property
    def name(self) -> str:
        """The vector's name."""
        name: str = self.args[0].name
        return name

    @property
    def indices(self) -> tuple[sp.Expr, ...]:
        """The indices of the member of a family, () for a vector of its own."""
        return self.args[3:]


class Repeat(Vector):
    """One value, `count` times; args are (value, count)."""

    def __new__(cls, value: object, count: object) -> Repeat:
        number = scalar(count)
        if not (is_whole(number) and is_nonnegative(number)):
            raise LanguageError(f"a value cannot be repeated {number} times; use a count or a size")
        return super().__new__(cls, scalar(value), number)


class Map(Vector, Binder):
    """The vector of body(x) for every entry x of V; args are (body, x, V)."""

    def __new__(cls, body: Any, variable: sp.Symbol, vector: Any) -> Map:
        body, variable = bind(scalar(body), variable, "real")
        return super().__new__(cls, body, variable, _vector(vector))


class Concat(Vector):
    """The entries of each part in turn; args are two or more vectors, none of them a Concat."""

    def __new__(cls, *parts: Any) -> Any:
        flat: list[Vector] = []
        for part in map(_vector, parts):
            flat.extend(part.args if isinstance(part, Concat) else (part,))
        if len(flat) == 1:
            return flat[0]
        if not flat:
            raise LanguageError("a concatenation needs a part")
        return super().__new__(cls, *flat)


class Steps(Vector, Binder):
    """V at t = 1, .., T, one after the other; args are (V, t, T)."""

    def __new__(cls, vector: Any, variable: sp.Symbol, count: object) -> Steps:
        body, variable = bind(_vector(vector), variable, "count")
        number = scalar(count)
        if not (is_whole(number) and is_nonnegative(number)):
            raise LanguageError(
                f"the number of steps {number} is not a whole number; use count('T')"
            )
        return super().__new__(cls, body, variable, number)


class Sorted(Vector):
    """The entries of V in ascending order."""

    def __new__(cls, vector: Any) -> Sorted:
        return super().__new__(cls, _vector(vector))


class Entry(Real):
    """The i-th entry of a vector, 1 <= i <= length; args are (vector, i)."""

    def __new__(cls, vector: Any, index: object) -> Entry:
        return super().__new__(cls, _vector(vector), scalar(index))

    def least(self) -> Fraction | None:
        """Return 0 if every entry is shown not to be below it, else None."""
        return Fraction(0) if is_nonnegative_vector(self.args[0]) else None


def _vector(value: object) -> Vector:
    if isinstance(value, Vector):
        return value
    raise LanguageError(
        f"{value!r} is not a vector; use vector('W', N), repeat(value, k) or concat(...)"
    )


def vector(name: str, length: object, *indices: object, nonnegative: bool = False) -> VectorSymbol:
    """Return the vector `name` of `length` generic real entries (`nonnegative=True`: all >= 0)."""
    return VectorSymbol(name, length, "nonnegative" if nonnegative else "real", *indices)


def single(value: object) -> Repeat:
    """Return the vector of one entry."""
    return Repeat(value, 1)


def repeat(value: object, count: object) -> Repeat:
    """Return the vector of `count` entries, all `value`."""
    return Repeat(value, count)


def zeros(count: object) -> Repeat:
    """Return the vector of `count` zeros."""
    return Repeat(0, count)


def concat(*parts: object) -> Vector:
    """Return the entries of each part in turn; a scalar part counts as a vector of one entry."""
    return Concat(*(part if isinstance(part, Vector) else single(part) for part in parts))


def copies(part: Vector, times: object) -> Steps:
    """Return `part` repeated `times` times."""
    return Steps(part, bound_symbol(0, "count"), times)


def vector_sum(left: Vector, right: Vector, sign: int) -> Steps:
    """Return left + right or, for the sign -1, left - right: one entry at each step.

    Raises LanguageError for vectors that are not of one length as written.
    """
    if length(left) != length(right):
        raise LanguageError(
            f"vectors of {length(left)} and {length(right)} entries are not added: give both one "
            "length"
        )
    i = bound_symbol(0, "count")
    return Steps(single(Sum(_at(left, i), Product(sign, _at(right, i)))), i, length(left))


def _at(v: Vector, index: sp.Expr) -> sp.Expr:
    match v:
        case Steps(args=(Repeat(args=(value, sp.Integer(p=1))), variable, _)):
            return value.xreplace({variable: index})
    return entry(v, index)


def length(v: Vector) -> sp.Expr:
    """Return the number of entries."""
    match v:
        case VectorSymbol():
            return v.args[1]
        case Repeat():
            return v.args[1]
        case Map():
            return length(v.args[2])
        case Sorted():
            return length(v.args[0])
        case Concat():
            return Sum(*map(length, v.args))
        case Steps():
            inside = length(v.body)
            if v.variable in inside.free_symbols:
                raise LanguageError(
                    "steps of different lengths have no length of their own; use concat"
                )
            return inside * v.args[2]
    raise LanguageError(f"{v} has no length")


def entry(v: Vector, index: sp.Expr) -> sp.Expr:
    """Return what stands at an `index` that runs over the vector.

    That is the value of a Repeat, the body of a Map at the entry below, else an opaque Entry. For
    an index of which nothing is known write v[index], which keeps that there is such an entry.
    """
    match v:
        case Repeat(args=(value, _)):
            return value
        case Map():
            return v.at(entry(v.args[2], index))
    return Entry(v, index)


def is_nonnegative_vector(v: Vector) -> bool:
    """Tell whether every entry is >= 0 by the kinds of its symbols alone."""
    match v:
        case VectorSymbol():
            return str(v.args[2]) == "nonnegative"
        case Repeat():
            return is_nonnegative(v.args[0])
        case Map():
            inner = is_nonnegative_vector(v.args[2])
            probe = bound_symbol(0, "nonnegative") if inner else v.variable
            return is_nonnegative(v.body.xreplace({v.variable: probe}))
        case Concat():
            return all(map(is_nonnegative_vector, v.args))
        case Steps():
            return is_nonnegative_vector(v.body)
        case Sorted():
            return is_nonnegative_vector(v.args[0])
    return False
