"""The values of built-in measures at the entries of a tensor, in floating point."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from fractions import Fraction
from typing import Any

import numpy as np
import sympy as sp
from numpy.typing import NDArray

from numeric_check.arrays.pq_index import pq_index
from numeric_check.certifier.certify import decide
from numeric_check.certifier.witness import Witness
from symbolic_proofs.language import operations as o
from symbolic_proofs.language import sums, terms, vectors
from symbolic_proofs.language.symbols import count
from symbolic_proofs.measures import Measure, UnknownMeasureError, find_measure

from ..errors import InputError

Array = NDArray[Any]

_W = vectors.vector("W", count("N"), nonnegative=True)


def measures_named(names: Sequence[str], p: Fraction, q: Fraction) -> list[Measure]:
    """Return built-in measures; raises InputError for other names, and where p and q do not fit."""
    try:
        measures = [find_measure(name) for name in names]
    except UnknownMeasureError as error:
        raise InputError(str(error).removesuffix(", or FILE.py:FUNCTION")) from None
    for measure in measures:
        for formula in measure.given:
            if not decide(formula, Witness({"p": p, "q": q})):
                raise InputError(f"{measure.name} is defined for {formula}: change --p or --q")
    return measures


def values(measures: Sequence[Measure], entries: Array, p: Fraction, q: Fraction) -> list[float]:
    """Return the value of each measure at entries >= 0; NaN where it has none in float64."""
    scalars = {"p": float(p), "q": float(q), "N": entries.size}
    with np.errstate(all="ignore"):
        return [_value(measure, entries, scalars) for measure in measures]


def _value(measure: Measure, entries: Array, scalars: Mapping[str, float]) -> float:
    try:
        value = float(_Evaluation(entries, scalars).term(measure.term(_W)))
    except (ZeroDivisionError, ValueError, OverflowError):  # NumPy has none for no entries
        return math.nan
    return value if math.isfinite(value) else math.nan


class _Evaluation:
    """Terms of the language at one vector; what runs over an index is an array."""

    def __init__(self, entries: Array, scalars: Mapping[str, float]) -> None:
        self.entries = entries
        self.scalars = scalars
        self.bound: dict[sp.Symbol, Array] = {}

    def term(self, node: sp.Expr) -> Any:
        match node:
            case sp.Rational():
                return np.float64(node.p) / np.float64(node.q)
            case o.Variable():
                return self.bound[node] if node in self.bound else self.scalars[node.name]
            case o.Sum():
                return sum(map(self.term, node.args))
            case o.Product():
                return math.prod(map(self.term, node.args))
            case o.Power(args=(base, exponent)):
                return np.float64(1) * self.term(base) ** self.term(exponent)
            case vectors.Entry(args=(v, index)):
                return self.vector(v)[np.asarray(self.term(index), np.int64) - 1]
            case terms.PowerSum(args=(v, r)):
                return np.sum(np.abs(self.vector(v)) ** self.term(r))
            case terms.Norm(args=(v, r)):
                exponent = self.term(r)
                return np.sum(np.abs(self.vector(v)) ** exponent) ** (1 / exponent)
            case terms.NonzeroCount(args=(v,)):
                return np.count_nonzero(self.vector(v))
            case terms.PQIndex(args=(v, p, q)):
                return pq_index(self.vector(v), self.term(p), self.term(q))
            case terms.Total() | terms.Least() | terms.Greatest():
                length = int(self.term(node.args[2]))
                each = self._with(node.variable, np.arange(1, length + 1), node.body)
                return _FOLDS[type(node)](np.broadcast_to(each, (length,)))
            case sums.NonzeroTotal(args=(_, x, v)):
                values = self.vector(v)
                nonzero = values[values != 0]
                return np.sum(np.broadcast_to(self._with(x, nonzero, node.body), nonzero.shape))
            case sums.CountAtMost(args=(v, bound)):
                return np.count_nonzero(self.vector(v) <= self.term(bound))
            case sums.ShortestWindow(args=(v, width)):
                k, ordered = int(self.term(width)), np.sort(self.vector(v))
                return np.min(ordered[k - 1 :] - ordered[: len(ordered) - k + 1])
        return _FUNCTIONS[type(node)](self.term(node.args[0]))

    def vector(self, v: vectors.Vector) -> Array:
        match v:
            case vectors.Sorted(args=(inner,)):
                return np.sort(self.vector(inner))
        return self.entries

    def _with(self, variable: sp.Symbol, values: Array, body: sp.Expr) -> Any:
        self.bound[variable] = values
        try:
            return self.term(body)
        finally:
            del self.bound[variable]


_FOLDS: dict[type, Any] = {terms.Total: np.sum, terms.Least: np.min, terms.Greatest: np.max}
_FUNCTIONS: dict[type, Any] = {
    o.Abs: np.abs,
    o.Ceiling: np.ceil,
    o.Exp: np.exp,
    o.Log: np.log,
    o.Tanh: np.tanh,
}
