"""What is to be noticed of a plain function before anything is claimed of it."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

import numpy as np
from flint import arb

from ..certifier.errors import Ambiguous, NotExact, Undecided, ValuelessError
from ..certifier.numbers import balls, exact
from .calls import PlainFunctionError, quietly
from .evaluate import in_floats, value_of

#: vectors of several lengths with ties, zeros, large and small entries; some are permuted below
_VECTORS: tuple[str, ...] = ("1 1", "1 2", "1 0", "3 1/2", "1 2 3", "4 0 1", "5 5 5 1", "0 0 7 0 2")
_VECTORS += ("1/1000000 1", "1000000 1 3", "1 1 1 1 1 1 1 1", "9 8 7 6 5 4 3 2 1 0 0 0")

#: a relative difference that rounding does not make
_CLEAR = 1e-6
_BITS = 256

Entries = tuple[Fraction, ...]


def probe(name: str) -> tuple[str, ...]:
    """Return what a registered function does that its user should know, a line each.

    Raises PlainFunctionError for one that has a value nowhere, or two at the same vector.
    """
    vectors = [tuple(map(Fraction, text.split())) for text in _VECTORS]
    with quietly():
        values = [in_floats(name, _floats(v)) for v in vectors]
        again = [in_floats(name, _floats(v)) for v in reversed(vectors)][::-1]
        turned = [in_floats(name, _floats(v[::-1])) for v in vectors]
    without = [(v, reason) for v, (_, reason) in zip(vectors, values, strict=True) if reason]
    if len(without) == len(vectors):
        raise PlainFunctionError(
            f"{name} is not a measure: it has a finite value at none of the vectors that were tried"
            f"; at {_shown(without[0][0])} it {without[0][1]}"
        )
    for v, (value, _), (other, _) in zip(vectors, values, again, strict=True):
        if not np.array_equal(value, other, equal_nan=True):
            raise PlainFunctionError(
                f"{name} is not a measure: it depends on something else than its vector; "
                f"{_shown(v)} has the value {value:.6g} at one time and {other:.6g} at another"
            )
    lines = []
    if without:
        v, reason = without[0]
        lines.append(f"no value at {_shown(v)}, where it {reason}: such vectors count for nothing")
    for v, (value, _), (other, _) in zip(vectors, values, turned, strict=True):
        if abs(value - other) > _CLEAR * max(abs(value), abs(other)):
            lines.append(
                f"it depends on the order of the entries: {value:.6g} at {_shown(v)}, {other:.6g} "
                "in the opposite order; the criteria are meant for measures that do not"
            )
            break
    defined = [v for v, (_, reason) in zip(vectors, values, strict=True) if not reason]
    return (*lines, *_over_exact_numbers(name, defined))


def _over_exact_numbers(name: str, vectors: list[Entries]) -> Iterator[str]:
    """Yield why a certificate may not be had, the first reason alone."""
    for v in vectors:
        try:
            value_of(name, [(exact.exactly(x), 1) for x in v], exact)
            continue
        except NotExact:
            pass
        except (Undecided, ValuelessError) as reason:
            yield f"not certified at {_shown(v)}: {reason}"
            return
        try:
            with balls.precision(_BITS):
                value = value_of(name, [(balls.exactly(x), 1) for x in v], balls)
                vague = isinstance(value, arb) and value.rad() > arb(2) ** -60
        except (Ambiguous, Undecided, ValuelessError) as reason:
            yield f"not certified at {_shown(v)}: {reason}"
            return
        if vague:
            yield (
                "it computes with floats that are not written as numbers in its text: ties, and "
                "differences below 1e-8, are not certified; write them out in the function, in "
                "its defaults, or once in the file as NAME = number"
            )
            return


def _floats(v: Entries) -> np.ndarray[tuple[int], np.dtype[np.float64]]:
    return np.array([float(x) for x in v])


def _shown(v: Entries) -> str:
    return f"[{', '.join(map(str, v))}]"
