"""Side conditions: which terms have a value under given hypotheses, and what `signs` shows of them.

Answers are True or False for "shown" and "not shown"; nothing here shows that a condition fails.
"""

from __future__ import annotations

from collections.abc import Iterable
from itertools import count

import sympy as sp

from ..language.binders import Binder
from ..language.formulas import Formula, Implies, Relation, _Quantified, free_variables
from ..language.kinds import is_whole
from ..language.operations import (
    Abs,
    Ceiling,
    Exp,
    Log,
    Power,
    Product,
    Sum,
    Tanh,
    Variable,
    order,
)
from ..language.sums import CountAtMost, NonzeroTotal, ShortestWindow
from ..language.symbols import bound_level, bound_symbol, kind_of
from ..language.terms import Greatest, Least, NonzeroCount, Norm, OnNonzero, PowerSum, PQIndex
from ..language.vectors import Entry, Map, Vector, length
from .signs import UNKNOWN
from .vector_signs import VectorSigns


def _outside(node: sp.Basic, hypotheses: Iterable[Formula]) -> dict[sp.Basic, sp.Basic]:
    """Return fresh symbols for those whose binders are not looked at.

    Two binders may have one level, since what is put in a body raises the levels there. So a symbol
    is one that nothing is said of yet.
    """
    taken = {s.name for part in (node, *hypotheses) for s in part.free_symbols}
    fresh: dict[sp.Basic, sp.Basic] = {}
    for bound in sorted(filter(bound_level, node.free_symbols), key=order):
        name = next(name for k in count(1) if (name := f"_outer{k}") not in taken)
        taken.add(name)
        fresh[bound] = Variable(name, kind_of(bound))
    return fresh


class Facts(VectorSigns):
    """What the hypotheses say about signs, and about which terms are defined."""

    def defined(self, node: sp.Basic) -> bool:
        """Tell whether every term inside a term, vector or formula is shown to have a value."""
        if isinstance(node, sp.Symbol | sp.Rational):
            return True
        known = self._defined.get(node)
        if known is None:
            known = self._defined[node] = self._shown_defined(node)
        return known

    def _shown_defined(self, node: sp.Basic) -> bool:
        if isinstance(node, Power):
            return self._power_defined(node.base, node.exp)
        if isinstance(node, Log):
            return self.defined(node.args[0]) and self.positive(node.args[0])
        if isinstance(node, Formula):
            return self._formula_defined(node)
        if isinstance(node, NonzeroTotal):
            # its variable is any real number but 0, no index
            entry = bound_symbol(-1 - self._depth, "real")
            positive = self._entries_sign(node.args[2]) != UNKNOWN
            said = Relation(">" if positive else "!=", entry, 0)
            under = Facts((*self.hypotheses, said), self._depth + 1)
            under._ranges = self._ranges
            return self.defined(node.args[2]) and under.defined(node.at(entry))
        if isinstance(node, OnNonzero):
            # a binder of the body could capture an index in the value that is bound further out
            node = node.xreplace(_outside(node, self.hypotheses))
            value = node.args[2]
            under = self._with((*self.hypotheses, Relation("!=", value, 0)))
            # at 0 itself the body is not looked at
            return value == 0 or (self.defined(value) and under.defined(node.at(value)))
        if isinstance(node, Binder) and not isinstance(node, Map):
            if isinstance(node, Least | Greatest) and not self.positive(node.args[2]):
                return False
            facts, _, body = self.opened(node)
            return self.defined(node.args[2]) and facts.defined(body)
        if isinstance(node, Map):
            return self.defined(node.args[2]) and self.defined(node.body)
        if not all(self.defined(part) for part in node.args if isinstance(part, sp.Expr | Vector)):
            return False
        if isinstance(node, Entry):
            return self._has_entry(*node.args)
        if isinstance(node, PowerSum | Norm):
            return self.positive(node.args[1])
        if isinstance(node, ShortestWindow):
            v, k = node.args
            return self.positive(k) and self.nonnegative(length(v) - k)
        if isinstance(node, PQIndex):
            v, p, q = node.args
            return self.positive(p) and self.positive(q) and self.nonzero_vector(v)
        return isinstance(
            node,
            Sum
            | Product
            | Abs
            | Exp
            | Tanh
            | Ceiling
            | Vector
            | Entry
            | NonzeroCount
            | CountAtMost,
        )

    def _has_entry(self, vector: Vector, index: sp.Expr) -> bool:
        if index in self._ranges and self.algebra.is_zero(length(vector) - self._ranges[index]):
            return True
        inside = is_whole(index) and self.positive(index)
        return inside and self.nonnegative(length(vector) - index)

    def _power_defined(self, base: sp.Expr, e: sp.Expr) -> bool:
        if not (self.defined(base) and self.defined(e)):
            return False
        if isinstance(e, sp.Integer):
            return int(e) > 0 or self.nonzero(base)
        return self.positive(base) or (self.nonnegative(base) and self.positive(e))

    def _with(self, hypotheses: Iterable[Formula]) -> Facts:
        facts = Facts(hypotheses, self._depth)
        facts._ranges = self._ranges
        return facts

    def _formula_defined(self, node: sp.Basic) -> bool:
        if isinstance(node, _Quantified):
            # what is known of a free symbol is not known of a variable of the same name
            bound = set(node.variables)
            kept = [h for h in self.hypotheses if not free_variables(h) & bound]
            free, under = self._with(kept), self._with((*kept, *node.given))
            return all(map(free.defined, node.given)) and under.defined(node.body)
        if isinstance(node, Implies):
            under = self._with((*self.hypotheses, node.args[0]))
            return self.defined(node.args[0]) and under.defined(node.args[1])
        if isinstance(node, Binder):
            facts, _, body = self.opened(node)
            n = node.args[2]
            # of a sum the language asks this; here a hypothesis may say that n - 2 >= 0
            runs = self.defined(n) and is_whole(n) and self.nonnegative(n)
            return runs and facts.defined(body)
        return all(
            self.defined(part) for part in node.args if isinstance(part, sp.Expr | Vector | Formula)
        )
