"""What is said of every entry, as inequalities between sums: products of it, and powers, summed.

From a <= w_i <= b: N a <= S_1 <= N b, a S_1 <= S_2 <= b S_1, and S_2 + a b N <= (a + b) S_1, which
is the sum of (w_i - a)(b - w_i). Those are kept that speak of the sums of a goal alone.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import suppress
from itertools import combinations_with_replacement, product

import sympy as sp

from ... import kernel as K
from ...kernel import KernelError, Theorem
from ...kernel.definedness import Facts
from ...language.formulas import Every, Relation, at_most
from ...language.operations import Abs, Power, order
from ...language.terms import Greatest, Least, NonzeroCount, PowerSum, Total
from ...language.vectors import Entry, VectorSymbol
from ...rational_terms import expanded
from ..tactics.combine import (
    Given,
    combine,
    discharge,
    fresh_index,
    in_power_sums,
    said_at,
)
from ..tactics.inequalities import raised
from ..tactics.sorting import hidden

#: comparisons of an entry that are multiplied with each other
_MOST_SIDES = 6


def of_entries(wanted: Relation, given: Given) -> Iterator[Theorem]:
    """Yield inequalities between the sums of a goal that what is said of every entry gives."""
    said = [h for h in given if isinstance(h, Every) and isinstance(h.body, Relation)]
    own = _sums(wanted, given)
    for n in sorted({h.args[2] for h in said}, key=order):
        i = fresh_index(wanted, *given)
        here = (*given, *said_at(i, n, given))
        known = [K.at_index(K.assume(h), i, here) for h in said if h.args[2] == n]
        known = [t for t in known if t.conclusion.op in ("<", "<=", ">", ">=")]
        entries = sorted({e for t in known for e in t.conclusion.atoms(Entry)}, key=order)
        entries = [e for e in entries if isinstance(e.args[0], VectorSymbol) and e.args[1] == i]
        for each in (*_products(known, entries, wanted, here), *_powers(known, wanted, here)):
            with suppress(KernelError):
                total = in_power_sums(K.sum_up(each, i, n), given)
                if _sums(total.conclusion, given) <= own:
                    yield total
        for fact in known:
            yield from _of_extremes(fact, wanted, i, n)


def _sums(wanted: Relation, given: Given) -> set[sp.Basic]:
    heads = wanted.atoms(PowerSum, Total, NonzeroCount)
    return {head for head in heads if not hidden(head)}


def _products(
    known: list[Theorem], entries: list[sp.Expr], wanted: Relation, here: Given
) -> Iterator[Theorem]:
    """Yield that a product of what is said of one entry is not below 0, a sum of its terms."""
    facts = Facts(here)
    gaps = [(high - low, t) for t in known for low, high in [t.conclusion.oriented().args[1:]]]
    sizes = [e if facts.nonnegative(e) else Abs(e) for e in entries]
    divided = any(p.exp == -1 and p.base.has(Entry) for p in wanted.atoms(Power))
    below = [1 / s for s in sizes if divided and facts.nonzero(s)]
    factors = [sp.Integer(1), *sizes, *below]
    for (gap, theorem), factor in product(gaps[:_MOST_SIDES], factors):
        with suppress(KernelError):
            yield combine(at_most(0, expanded(gap * factor)), (factor, theorem), given=here)
    for (one, first), (two, second) in combinations_with_replacement(gaps[:_MOST_SIDES], 2):
        for factor in (sp.Integer(1), *below):
            with suppress(KernelError):
                known_ = (*here, at_most(0, two))
                shown = combine(
                    at_most(0, expanded(one * two * factor)), (two * factor, first), given=known_
                )
                yield discharge(shown, combine(at_most(0, two), (1, second), given=here))


def _powers(known: list[Theorem], wanted: Relation, here: Given) -> Iterator[Theorem]:
    """Yield x^e <= y^e for x <= y, and x^(e + d) <= x^d y^e, with the exponents of the goal."""
    facts, own = Facts(here), sorted({s.args[1] for s in wanted.atoms(PowerSum)}, key=order)
    steps = [b - a for a in own for b in own if a != b and facts.positive(b - a)]
    for theorem, e in product(known, dict.fromkeys((*own, *steps))):
        low, high = theorem.conclusion.oriented().args[1:]
        with suppress(KernelError):
            power = raised(combine(at_most(low, high), (1, theorem), given=here), e, here)
            yield power
            for d in own:
                if e in steps:
                    for side in (low, high):
                        if side.has(Entry):
                            scaled = at_most(low**e * side**d, high**e * side**d)
                            yield combine(scaled, (side**d, power), given=here)


def _of_extremes(fact: Theorem, wanted: Relation, i: sp.Symbol, n: sp.Expr) -> Iterator[Theorem]:
    """Yield that no bound on every entry is passed by the greatest, or the least."""
    low, high = fact.conclusion.oriented().args[1:]
    for extreme in sorted(wanted.atoms(Greatest, Least), key=order):
        if extreme.args[2] == n and not hidden(extreme):
            bound = low if isinstance(extreme, Least) else high
            if extreme.at(i) == (high if isinstance(extreme, Least) else low) and not bound.has(i):
                with suppress(KernelError):
                    weak = combine(at_most(low, high), (1, fact), given=(at_most(i, n),))
                    yield K.bound(weak, extreme, i)
