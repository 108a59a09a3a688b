"""Evaluation of a compiled claim on a batch of candidates.

A batch has one column a candidate: scalars have the shape (B,), the distinct values of a vector and
their multiplicities (K, B), so every operation runs along memory and its cost does not depend on
lengths. Blocks that run inside an index have an axis of their own, (K', K, B). Power sums have the
largest entry divided out and live as logarithms.

A formula is an interval (low, high) of *relative* margins: it holds for sure where low > 0, fails
for sure where high < 0, and is too close to call in between. The width is an estimate of rounding,
not a bound: certificates are made elsewhere.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import reduce
from typing import Any

import numpy as np
from numpy.typing import NDArray

from .operations.formulas import FORMULAS, linear
from .operations.powers import POWERS
from .operations.sums import SUMS
from .program import Program

Array = NDArray[Any]
Interval = tuple[Array, Array]

# glibc gives freed memory back to the system, and every batch pays for getting it again, until a
# block as large as this one, which is never touched, has been freed
np.empty(1 << 21)


class Batch:
    """Values for the symbols: `scalars` (B,), `vectors` and `multiplicities` (K, B).

    A block of multiplicity 0 is not a block; its value is 0.
    """

    def __init__(
        self, scalars: dict[str, Array], vectors: dict[str, Array], multiplicities: dict[int, Array]
    ):
        self.scalars = scalars
        self.vectors = vectors
        self.multiplicities = multiplicities

    @property
    def size(self) -> int:
        """The number of candidates."""
        part: Mapping[Any, Array] = self.scalars or self.vectors
        return int(next(iter(part.values())).shape[-1]) if part else 1

    def take(self, columns: Array) -> Batch:
        """Return the candidates in these columns."""
        return Batch(
            {k: v[columns] for k, v in self.scalars.items()},
            {k: v[:, columns] for k, v in self.vectors.items()},
            {k: v[:, columns] for k, v in self.multiplicities.items()},
        )


class Run:
    """The registers of a program on one batch, computed when they are first asked for."""

    def __init__(self, program: Program, batch: Batch):
        self.program = program
        self.batch = batch
        #: columns that may be used, where sampling could not keep to what the user has fixed
        self.allowed: Array | None = None
        self._values: list[Any] = [None] * len(program.code)

    def value(self, register: int) -> Any:
        """Return the value of a register: an array, or an Interval for a formula."""
        if self._values[register] is None:
            with np.errstate(all="ignore"):
                self._compute(register)
        return self._values[register]

    def _compute(self, register: int) -> None:
        values, code = self._values, self.program.code
        for i in self.program.needs[register]:
            if values[i] is None:
                op, arguments, literal = code[i]
                values[i] = (
                    self._load(op, literal)
                    if op in _LOADS
                    else OPERATIONS[op](literal, *[values[a] for a in arguments])
                )

    def _load(self, op: str, literal: Any) -> Any:
        match op:
            case "scalar":
                return self.batch.scalars[literal]
            case "values":
                return self.batch.vectors[literal]
            case "multiplicity":
                return self.batch.multiplicities[literal]
        return np.float64(literal)

    def truth(self) -> tuple[Array, Interval]:
        """Return which columns meet the premise as far as floats can tell, and the margins.

        The margins are of the conclusion. A column where a term has no value does not meet it.
        """
        size, program = self.batch.size, self.program
        with np.errstate(all="ignore"):  # once, for it takes as long as an operation
            for register in (*program.given, program.conclusion, *program.defined):
                self._compute(register)
        met = np.ones(size, dtype=bool) if self.allowed is None else self.allowed.copy()
        for register in program.given:
            met &= self._values[register][1] >= 0
        low, high = self._values[program.conclusion]
        for register in program.defined:
            met &= self._values[register]
        met &= ~np.isnan(high)
        return met, (_column_each(low, size), _column_each(high, size))


def _column_each(margin: Array, size: int) -> Array:
    return margin if margin.shape == (size,) else np.broadcast_to(margin, (size,))


_LOADS = frozenset({"scalar", "values", "multiplicity", "constant"})


def _live(_: Any, values: Array, times: Array) -> Array:
    return np.where(times > 0, values, 0.0)


def _least_live(wide: bool, values: Array, times: Array) -> Array:
    least = np.where(times > 0, np.abs(values), np.inf)
    return least.min(axis=0) if wide else least


def _lift(axes: int, blocks: Array) -> Array:
    """Put the axis of blocks before the axes that are open already."""
    return blocks.reshape(blocks.shape[0], *(1,) * axes, *blocks.shape[1:])


OPERATIONS: dict[str, Callable[..., Any]] = {
    "linear": linear,
    "multiply": lambda _, a, b: a * b,
    "divide": lambda _, a, b: a / b,
    "power": lambda _, a, b: np.power(a, b),
    "function": lambda name, a: getattr(np, name)(a),
    "log": lambda _, a: np.log(np.abs(a)),
    # of nothing there is neither
    "least": lambda _, *a: reduce(np.minimum, a) if a else np.float64(np.nan),
    "greatest": lambda _, *a: reduce(np.maximum, a) if a else np.float64(np.nan),
    "live": _live,
    "least_live": _least_live,
    "lift": _lift,
    "nonzero": lambda _, v: (v != 0) * 1.0,
    **POWERS,
    **SUMS,
    **FORMULAS,
}
