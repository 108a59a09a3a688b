"""Lemmas that are proved once, and paid for each time.

A proof may use no more applications of rules than it is allowed. What a lemma takes counts whenever
it is asked for, whether or not it was proved before: so how far a proof comes does not depend on
what was asked earlier.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import ParamSpec, TypeVar

from ...kernel.work import limited, spend_rule

P = ParamSpec("P")
T = TypeVar("T")


def cache(prove: Callable[P, T]) -> Callable[P, T]:
    """Keep what a function returns, and how many rules it applied."""
    known: dict[object, tuple[T, int]] = {}

    @wraps(prove)
    def remembered(*arguments: P.args, **named: P.kwargs) -> T:
        key = (arguments, tuple(sorted(named.items())))
        if key in known:
            result, rules = known[key]
            spend_rule(rules)
            return result
        with limited() as meter:
            result = prove(*arguments, **named)
        known[key] = result, meter.rules
        return result

    return remembered
