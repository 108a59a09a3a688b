"""The values of sums over nonzero entries, of counts, windows, and sums weighted by place."""

from __future__ import annotations

from functools import lru_cache
from itertools import accumulate
from typing import Any, Protocol

import sympy as sp

from symbolic_proofs.kernel.multiplied_out import TOO_MANY, products_of
from symbolic_proofs.kernel.work import spend
from symbolic_proofs.language.sums import CountAtMost, NonzeroTotal, ShortestWindow, index_powers
from symbolic_proofs.language.terms import OnNonzero, Total
from symbolic_proofs.language.vectors import Sorted

from .errors import Ambiguous, ValuelessError
from .numbers.arithmetic import Arithmetic, Number, Values, difference
from .vectors import NumberValues, VectorValues

Powers = tuple[tuple[int, sp.Expr], ...]


class TermValues(NumberValues, Protocol):
    """Gives vectors their values as well."""

    arithmetic: Arithmetic
    vectors: VectorValues


def over_entries(terms: TermValues, term: Any, at: Values) -> Number:
    """Return the value of a NonzeroTotal, CountAtMost or ShortestWindow.

    Raises ValuelessError for a window longer than the vector, Ambiguous where balls do not tell.
    """
    match term:
        case NonzeroTotal():
            return _nonzero_total(terms, term, at)
        case CountAtMost(args=(vector, bound)):
            return _count_at_most(terms, vector, terms.number(bound, at), at)
        case ShortestWindow(args=(vector, width)):
            return _shortest_window(terms, vector, terms.whole(width, at), at)
    raise TypeError(f"{term} is none of these")


def _nonzero_total(terms: TermValues, term: NonzeroTotal, at: Values) -> Number:
    a, found = terms.arithmetic, []
    for value, times in terms.vectors.counted(term.args[2], at):
        zero = a.is_zero(value)
        if zero is None:
            raise Ambiguous("an entry that may be 0")
        if not zero:
            body = terms.number(term.body, {**at, term.variable: value})
            found.append(a.multiply(a.exactly(times), body))
    return a.total(found)


def on_nonzero(terms: TermValues, term: OnNonzero, at: Values) -> Number:
    """Return the value of the body at a number, 0 where that is 0.

    Raises Ambiguous where balls do not tell.
    """
    value = terms.number(term.args[2], at)
    zero = terms.arithmetic.is_zero(value)
    if zero is None:
        raise Ambiguous("a number that may be 0")
    if zero:
        return terms.arithmetic.exactly(0)
    return terms.number(term.body, {**at, term.variable: value})


def _count_at_most(terms: TermValues, vector: Any, bound: Number, at: Values) -> Number:
    a, count = terms.arithmetic, 0
    for value, times in terms.vectors.counted(vector, at):
        side = a.sign(difference(a, value, bound))
        if side is None:
            raise Ambiguous("an entry that may be above the bound")
        count += times if side <= 0 else 0
    return a.exactly(count)


def _shortest_window(terms: TermValues, vector: Any, width: int, at: Values) -> Number:
    a, blocks = terms.arithmetic, terms.vectors.blocks(Sorted(vector), at)
    ends = list(accumulate(times for _, times in blocks))
    if not blocks or not 1 <= width <= ends[-1]:
        raise ValuelessError(f"a window of {width} entries of {ends[-1] if ends else 0}")
    best = None
    last = 0
    # of the windows that begin in one block, the first is the shortest
    for (value, times), end in zip(blocks, ends, strict=True):
        reach = end - times + width
        if reach > ends[-1]:
            break
        while ends[last] < reach:
            last += 1
        spread = difference(a, blocks[last][0], value)
        best = spread if best is None else a.lesser(best, spread)
    return best


@lru_cache(maxsize=8192)
def index_powers_of(term: Total) -> Powers | None:
    """Return the body as factors of powers of its index; None if the index weighs nothing."""
    products = products_of(term.body)
    if products >= TOO_MANY:
        return None
    spend(products)
    powers = index_powers(term.body, term.variable)
    return tuple(powers) if powers and any(power for power, _ in powers) else None


def weighted_total(terms: TermValues, term: Total, powers: Powers, at: Values) -> Number:
    """Return a sum whose body weighs entries by their place, in one round a block."""
    a, count = terms.arithmetic, terms.whole(term.args[2], at)
    found = []
    for power, factor in powers:
        for start, times in terms.vectors.rounds(factor, term.variable, count, at):
            weight = a.exactly(_sum_of_powers(power, start, start + times - 1))
            value = terms.number(factor, {**at, term.variable: start})
            found.append(a.multiply(weight, value))
    return a.total(found)


def _sum_of_powers(power: int, first: int, last: int) -> int:
    """Return first^power + .. + last^power for power 0, 1 or 2."""
    if power == 0:
        return last - first + 1
    if power == 1:
        return (last * (last + 1) - (first - 1) * first) // 2
    below = first - 1
    return (last * (last + 1) * (2 * last + 1) - below * first * (2 * below + 1)) // 6
