"""Where a premise puts a scalar."""

from __future__ import annotations

import numpy as np

from numeric_check.hunt.bounds import between


def test_points_past_the_largest_float_are_no_trouble() -> None:
    draws = np.random.default_rng(0).random(2000)
    low, high = np.full(2000, 1e307), np.full(2000, np.inf)
    for place in range(6):
        points = between(low, high, draws, place, True)
        assert (points >= low).all()
