"""Lemmas that are proved once, and paid for once in each proof.

A proof may use no more applications of rules than it is allowed. What a lemma takes counts when
a proof first asks for it, or for one that rests on it, whether or not it was proved before: so how
far a proof comes does not depend on what was asked earlier.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field
from functools import wraps
from typing import ParamSpec, TypeVar

from ...kernel.work import limited, spend_rule

P = ParamSpec("P")
T = TypeVar("T")
#: what each lemma takes besides those that it rests on
Costs = dict[object, int]


@dataclass
class _Inside:
    """What was asked for inside of a lemma, and what that took."""

    costs: Costs = field(default_factory=dict)
    rules: int = 0


_paid: ContextVar[set[object] | None] = ContextVar("paid", default=None)
_inside: ContextVar[_Inside | None] = ContextVar("inside", default=None)


@contextmanager
def one_proof() -> Iterator[set[object]]:
    """Let each lemma be paid for once in what is done here, a proof inside of another with it."""
    paid = _paid.get()
    if paid is not None:
        yield paid
        return
    paid = set()
    token = _paid.set(paid)
    try:
        yield paid
    finally:
        _paid.reset(token)


def cache(prove: Callable[P, T]) -> Callable[P, T]:
    """Keep what a function returns, and how many rules it applied."""
    known: dict[object, tuple[T, Costs]] = {}

    @wraps(prove)
    def remembered(*arguments: P.args, **named: P.kwargs) -> T:
        key = (arguments, tuple(sorted(named.items())))
        with one_proof() as paid:
            if key in known:
                result, costs = known[key]
                rules = sum(cost for lemma, cost in costs.items() if lemma not in paid)
                spend_rule(rules)
            else:
                result, costs, rules = _proved(lambda: prove(*arguments, **named))
                known[key] = result, costs
            paid.update(costs)
        around = _inside.get()
        if around is not None:
            around.costs |= costs
            around.rules += rules
        return result

    return remembered


def _proved(prove: Callable[[], T]) -> tuple[T, Costs, int]:
    inside = _Inside()
    token = _inside.set(inside)
    try:
        with limited() as meter:
            result = prove()
    finally:
        _inside.reset(token)
    return result, {object(): meter.rules - inside.rules} | inside.costs, meter.rules
