"""The styles in which batches of candidates are drawn, special vectors first."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

#: exponents that people use, and simple fractions on each side of 1
SIMPLE_EXPONENTS = np.array(
    [1 / 4, 1 / 3, 1 / 2, 2 / 3, 3 / 4, 1, 1, 3 / 2, 2, 2, 5 / 2, 3, 4, 5, 6, 10]
)
SMALL_EXPONENTS = np.array([1.0, 2.0, 3.0, 0.5, 4.0, 1.5])
#: values to try first for a scalar
SIMPLE_NUMBERS = np.array([1.0, 2.0, 0.5, 3.0, 0.25, 4.0, 1.5, 10.0, 0.125, 6.0, 100.0, 5.0])


@dataclass(frozen=True)
class DrawingStyle:
    """How a batch is drawn.

    `blocks`: the most distinct values of a vector. `whole`: entries are small integers up to
    `spread`, else they spread over `spread` factors of e. `reach`: multiplicities go up to
    10^reach. `exponents`: "small", "simple", "any" or "close". `signed`: entries below 0 as well.
    `simple`: scalars come from a short list, which no time is spent on later.
    """

    name: str
    blocks: int
    whole: bool
    spread: float
    reach: int
    exponents: str
    signed: bool = False
    simple: bool = False


SPECIAL = (
    DrawingStyle("special", 2, True, 1, 0, "small", simple=True),
    DrawingStyle("special", 3, True, 2, 0, "small", simple=True, signed=True),
    DrawingStyle("special", 3, True, 4, 0, "simple", simple=True),
    DrawingStyle("special", 4, True, 4, 3, "simple", simple=True, signed=True),
)
RANDOM = (
    DrawingStyle("dense", 8, False, 3, 0, "simple"),
    DrawingStyle("blocks", 8, False, 8, 4, "any", signed=True),
    DrawingStyle("small integers", 4, True, 6, 1, "simple", signed=True),
    DrawingStyle("dense", 8, False, 8, 0, "any"),
    DrawingStyle("blocks", 3, False, 3, 12, "simple"),
    DrawingStyle("close exponents", 8, False, 4, 2, "close"),
)
