"""The values of all terms, those of vectors by blocks."""

from __future__ import annotations

from typing import Any

import sympy as sp

from ...language.operations import Abs, Power, Product, Sum
from ...language.sums import CountAtMost, NonzeroTotal, ShortestWindow
from ...language.symbols import bound_symbol
from ...language.terms import (
    Greatest,
    Least,
    NonzeroCount,
    Norm,
    OnNonzero,
    PowerSum,
    PQIndex,
    Total,
)
from ...language.vectors import Sorted, Vector
from ..errors import UntranslatedError
from ..expressions import real, vector
from ..operations import Places
from .context import EXPONENT, VALUE, Blocks, Worth, closed, integer, rewriting
from .equality import at_most, equal
from .index_sums import IndexSums
from .numbers import compare, less, plus, times


class Evaluation(IndexSums):
    """Values of terms, each with the proof."""

    def _of_vectors(self, term: Any, places: Places, text: str) -> Worth:
        match term:
            case Total():
                return self._total(term, places, text)
            case Least() | Greatest():
                return self._extreme(term, places)
            case PowerSum():
                return self._power_sum(term, places, text)
            case Norm():
                return self._norm(term, places)
            case PQIndex():
                return self._index(term, places, text)
            case NonzeroTotal(args=(body, x, v)):
                there = OnNonzero(body, x, VALUE)
                return self._over_nonzero(there, v, places, text, "nztotal_blocks _")
            case NonzeroCount(args=(v,)):
                there = OnNonzero(1, bound_symbol(0, "real"), VALUE)
                return self._over_nonzero(there, v, places, text, "nzcount_blocks")
            case CountAtMost():
                return self._counted(term, places, text)
            case ShortestWindow():
                return self._window(term, places)
        raise UntranslatedError(f"the value of {type(term).__name__}")

    def _power_sum(self, term: Any, places: Places, text: str) -> Worth:
        v, r = term.args
        listed, exponent = self.listed(v, places), self.worth(r, places)
        there = {**places, EXPONENT: closed(exponent.value)}
        parts = self._at_blocks(Power(Abs(VALUE), EXPONENT), listed.blocks, there)
        return self._summed(
            text, f"(psum_value _ _ _ _ {listed.in_blocks} {exponent.proof})", parts
        )

    def _at_blocks(
        self, body: sp.Expr, blocks: Blocks, places: Places
    ) -> list[tuple[sp.Expr, sp.Expr, str, int]]:
        parts = []
        for x, k in blocks:
            at = self.worth(body, {**places, VALUE: closed(x)})
            parts.append((x, at.value, at.proof, k))
        return parts

    def _norm(self, term: Any, places: Places) -> Worth:
        v, r = term.args
        total = self.worth(PowerSum(v, r), places)
        below = self._inverse(r, places)
        there = {VALUE: closed(total.value), EXPONENT: closed(below.value)}
        made = self.worth(Power(VALUE, EXPONENT), there)
        return Worth(
            made.value, f"(eq_trans (norm_value _ _ _ _ {total.proof} {below.proof}) {made.proof})"
        )

    def _inverse(self, r: sp.Expr, places: Places) -> Worth:
        inside = self.worth(r, places)
        if not compare(inside.value, sp.S.Zero):
            raise UntranslatedError(f"{Power(r, -1)}, which has no value")
        text = f"(/ {real(r, places).text})"
        value = (
            sp.Rational(1) / inside.value
            if isinstance(inside.value, sp.Rational)
            else Power(inside.value, -1)
        )
        name = self.fact(
            f"{text} = {real(value).text}", f"{rewriting(inside.proof)}same_value", "EV"
        )
        return Worth(value, name)

    def _index(self, term: Any, places: Places, text: str) -> Worth:
        v, p, q = term.args
        listed = self.listed(v, places)
        if not any(compare(x, sp.S.Zero) for x, _ in listed.blocks):
            raise UntranslatedError(f"{term}, which has no value")
        n = sum(k for _, k in listed.blocks)
        size = self.fact(
            f"INR (len {vector(v, places).text}) = {n}",
            f"exact (blocks_len _ _ {integer(n)} {listed.in_blocks} eq_refl)",
            "EV",
        )
        one, other = self._inverse(q, places), self._inverse(p, places)
        apart = plus(one.value, times(sp.S.NegativeOne, other.value))
        statement = f"/ {real(q, places).text} - / {real(p, places).text} = {real(apart).text}"
        gap = self.fact(statement, f"{rewriting(one.proof, other.proof)}same_value", "EV")
        a, b = self.worth(Norm(v, p), places), self.worth(Norm(v, q), places)
        a_, b_ = bound_symbol(92, "real"), bound_symbol(93, "real")
        made = Sum(1, Product(-1, Power(VALUE, EXPONENT), a_, Power(b_, -1)))
        there = {
            VALUE: closed(sp.Integer(n)),
            EXPONENT: closed(apart),
            a_: closed(a.value),
            b_: closed(b.value),
        }
        inside = self.worth(made, there)
        name = self.fresh("EV")
        self.write(f"assert ({name} : {text} = {real(inside.value).text}).")
        step = f"PQI_value _ _ _ _ _ _ _ {size} {gap} {a.proof} {b.proof}"
        self.write(f"{{ rewrite ({step}); transitivity {real(made, there).text};")
        self.write(f"  [ same_value | exact {inside.proof} ]. }}")
        return Worth(inside.value, name)

    def _over_nonzero(self, body: Any, v: Vector, places: Places, text: str, lemma: str) -> Worth:
        listed = self.listed(v, places)
        parts = self._at_blocks(body, listed.blocks, places)
        return self._summed(text, f"({lemma} _ _ {listed.in_blocks})", parts)

    def _counted(self, term: Any, places: Places, text: str) -> Worth:
        v, b = term.args
        listed, bound = self.listed(v, places), self.worth(b, places)
        parts = []
        for x, k in listed.blocks:
            if compare(x, bound.value) <= 0:
                parts.append((x, sp.S.One, f"at_most_1 _ _ {at_most(self, x, bound.value)}", k))
            else:
                parts.append((x, sp.S.Zero, f"at_most_0 _ _ {less(self, bound.value, x)}", k))
        return self._summed(text, f"(atmost_value _ _ _ _ {listed.in_blocks} {bound.proof})", parts)

    def _extreme(self, term: Any, places: Places) -> Worth:
        least = isinstance(term, Least)
        listed = self.ranged(term.body, term.variable, term.args[2], places)
        best = listed.blocks[0][0]
        for x, _ in listed.blocks[1:]:
            if compare(x, best) * (1 if least else -1) < 0:
                best = x
        is_best = f"(fun x => x = {real(best).text})"
        reached = self.one_of(
            listed.blocks, is_best, lambda x: None if compare(x, best) else equal(self, x, best)
        )
        says = (
            f"(fun x => {real(best).text} <= x)" if least else f"(fun x => x <= {real(best).text})"
        )
        bound = self.each_of(
            listed.blocks,
            says,
            lambda x: at_most(self, best, x) if least else at_most(self, x, best),
        )
        lemma = "least_runs" if least else "greatest_runs"
        return Worth(best, f"({lemma} _ _ _ {real(best).text} {listed.proof} {reached} {bound})")

    def _window(self, term: Any, places: Places) -> Worth:
        v, wide = term.args
        listed = self.listed(Sorted(v), places)
        width, known = self.whole(wide, places)
        size = sum(k for _, k in listed.blocks)
        if not 1 <= width <= size:
            raise UntranslatedError(f"{term}, a window that is longer than the vector")
        at, spreads = 0, []
        for x, k in listed.blocks:
            if k > 0 and at + width <= size:
                spreads.append((_value_at(listed.blocks, at + width), x))
            at += k
        values = [plus(a, times(sp.S.NegativeOne, b)) for a, b in spreads]
        best = values[0]
        for value in values[1:]:
            if compare(value, best) < 0:
                best = value
        best, _ = self.shortened(best)
        reached = ""
        bounds: list[str] = []
        for (a, b), value in zip(spreads, values, strict=True):
            text = f"{real(a).text} - {real(b).text}"
            same = self.fact(f"{text} = {real(value).text}", "same_value", "EQ")
            if not compare(value, best) and not reached:
                hit = f"(eq_trans {same} {equal(self, value, best)})"
                reached = f"(Exists_cons_hd _ _ _ {hit})"
                for _ in bounds:
                    reached = f"(Exists_cons_tl _ {reached})"
            bounds.append(f"(at_le _ _ _ _ (eq_refl _) {same} {at_most(self, best, value)})")
        below = "(Forall_nil _)"
        for bound in reversed(bounds):
            below = f"(Forall_cons _ {bound} {below})"
        name = self.fresh("EV")
        self.write(f"assert ({name} : {real(term, places).text} = {real(best).text}).")
        with self.block():
            self.write(f"apply (window_blocks _ _ _ _ _ {listed.proof} {known}); [ cbn; lia | |].")
            self.write(f"{{ exact {reached}. }}")
            self.write(f"{{ exact {below}. }}")
        return Worth(best, name)


def _value_at(blocks: Blocks, place: int) -> sp.Expr:
    for x, k in blocks:
        if place <= k:
            return x
        place -= k
    raise UntranslatedError("an entry beyond the end")
