"""The fifteen measures that Hurley & Rickard compare, from their formulas.

Niall Hurley and Scott Rickard, "Comparing Measures of Sparsity", arXiv 0811.4706, IEEE Trans. Inf.
Theory 55(10), 2009, Table I. As there, a larger value is sparser. 0 log 0 counts as 0.
"""

from __future__ import annotations

import sympy as sp

from ..language.formulas import Constant, Every, Formula, Not, less
from ..language.operations import Ceiling, Log, Tanh
from ..language.sums import (
    CountAtMost,
    ShortestWindow,
    greatest_entry,
    least_entry,
    over_nonzero_entries,
    over_sorted_entries,
)
from ..language.symbols import bound_symbol
from ..language.terms import NonzeroCount, Norm, PowerSum, over_entries
from ..language.vectors import Vector, entry, length
from .measure import Measure

SOURCE = "Hurley & Rickard (2009), arXiv 0811.4706, Table I"
_HALF = sp.Rational(1, 2)


def _u(v: Vector) -> sp.Expr:
    window = ShortestWindow(v, Ceiling(length(v) / 2))
    return 1 - window / (greatest_entry(v) - least_entry(v))


def _not_constant(v: Vector) -> tuple[Formula, ...]:
    return (Not(Constant(v)),)


def _no_zero(v: Vector) -> tuple[Formula, ...]:
    i = bound_symbol(0, "count")
    return (Every(less(0, entry(v, i)), i, length(v)),)


def _shannon(v: Vector) -> sp.Expr:
    total = PowerSum(v, 2)
    return -over_nonzero_entries(v, lambda c: c**2 / total * Log((c**2 / total) ** 2))


def _hoyer(v: Vector) -> sp.Expr:
    root = sp.sqrt(length(v))
    return (root - PowerSum(v, 1) / Norm(v, 2)) / (root - 1)


def _gini(v: Vector) -> sp.Expr:
    n = length(v)
    weighted = over_sorted_entries(v, lambda c, k: c * (n - k + _HALF))
    return 1 - 2 * weighted / (n * PowerSum(v, 1))


MEASURES = (
    Measure("l0", "number of entries that are 0", SOURCE, lambda v: length(v) - NonzeroCount(v)),
    Measure(
        "l0-eps", "number of entries up to eps = 1", SOURCE, lambda v: CountAtMost(v, sp.Integer(1))
    ),
    Measure("minus-l1", "minus the sum of the entries", SOURCE, lambda v: -PowerSum(v, 1)),
    Measure("minus-lp", "minus the p-norm, p = 1/2", SOURCE, lambda v: -Norm(v, _HALF)),
    Measure(
        "l2-l1", "ratio of the 2-norm to the 1-norm", SOURCE, lambda v: Norm(v, 2) / Norm(v, 1)
    ),
    Measure(
        "minus-tanh",
        "minus the sum of tanh((a c)^b), a = b = 1",
        SOURCE,
        lambda v: -over_entries(v, Tanh),
    ),
    Measure(
        "minus-tanh-2",
        "minus the sum of tanh((a c)^b), a = 1, b = 2",
        SOURCE,
        lambda v: -over_entries(v, lambda c: Tanh(c**2)),
    ),
    Measure(
        "minus-log",
        "minus the sum of log(1 + c^2)",
        SOURCE,
        lambda v: -over_entries(v, lambda c: Log(1 + c**2)),
    ),
    Measure("kappa-4", "kurtosis", SOURCE, lambda v: PowerSum(v, 4) / PowerSum(v, 2) ** 2),
    Measure("u-theta", "u_theta, theta = 1/2", SOURCE, _u, domain=_not_constant),
    Measure(
        "minus-lp-negative",
        "minus the sum of c^p over the entries that are not 0, p = -1",
        SOURCE,
        lambda v: -over_nonzero_entries(v, lambda c: 1 / c),
    ),
    Measure(
        "h-g",
        "logarithm measure H_G",
        SOURCE,
        lambda v: -over_entries(v, lambda c: Log(c**2)),
        domain=_no_zero,
    ),
    Measure("h-s", "Shannon entropy H_S of the squares", SOURCE, _shannon),
    Measure(
        "h-s-prime",
        "modified entropy H_S'",
        SOURCE,
        lambda v: -over_nonzero_entries(v, lambda c: c * Log(c**2)),
    ),
    Measure("hoyer", "Hoyer's measure", f"Hoyer (2004); {SOURCE}", _hoyer),
    Measure("gini", "Gini index", f"Gini (1921); {SOURCE}", _gini),
)
