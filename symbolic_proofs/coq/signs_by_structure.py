"""Why the kernel takes a term to be positive, not negative or not 0, said again to Coq.

The kernel answers by the structure of a term, or by its normal form and one hypothesis, on ranks
that rest on the rank below (`kernel/signs.py`). Each answer is looked for on the lowest rank that
gives it, and its reasons become facts in the context. From them the tactics of the library show
the sign by structure alone.
"""

from __future__ import annotations

from typing import Any

import sympy as sp

from ..kernel.normal_form import Algebra
from ..kernel.polynomials import as_term, monomial_term
from ..kernel.signs import Signs
from ..language.formulas import Relation
from ..language.operations import Abs, Ceiling, Exp, Power, Product, Sum
from ..language.sums import ShortestWindow
from ..language.symbols import kind_of
from ..language.terms import Greatest, Least, NonzeroCount, Norm, PowerSum, Total
from ..language.vectors import Entry
from .errors import UntranslatedError
from .expressions import real
from .operations import mul
from .signs import NONNEGATIVE, NONZERO, POSITIVE, TACTICS
from .signs_by_hypotheses import SignsByHypotheses, shown


class SignsByStructure(SignsByHypotheses):
    """A script that knows how to show signs."""

    def _show(self, said: str, term: sp.Expr) -> None:
        text = real(term).text
        if isinstance(term, sp.Rational) or not self.known.isdisjoint(
            {(said, text), (POSITIVE, text)}
        ):
            return
        facts = self._lowest(said, term)
        if said == NONZERO:
            self._show_nonzero(facts, term, text)
        elif not self._by_structure(facts, said, term, text) and not (
            self._on_rank_below(facts, said, term, text)
        ):
            if said == NONNEGATIVE:
                raise UntranslatedError(f"that {term} is {said.format('..')}")
            # what is not negative, and said not to be 0
            self.nonnegative(term)
            different = self._unequal(facts, term, text)
            self._fact(said, text, f"apply pos_of; [ nng | exact {different} ]")
        self.known.add((said, text))

    @property
    def usable(self) -> Signs:
        """What is known on the ranks that may be used now."""
        return self._up_to(self._rank)

    @property
    def algebra(self) -> Algebra:
        """The normal forms that rest on the signs of these ranks."""
        return self._up_to(None if self._rank is None else self._rank + 1).algebra

    def _up_to(self, rank: int | None) -> Signs:
        facts: Signs = self.facts
        while facts._weaker is not None and rank is not None and facts._rank > rank:
            facts = facts._weaker
        return facts

    def _lowest(self, said: str, term: sp.Expr) -> Signs:
        ranks: list[Signs] = [self.facts]
        while ranks[0]._weaker is not None:
            ranks.insert(0, ranks[0]._weaker)
        for facts in ranks:
            if shown(facts, said, term):
                return facts
        raise UntranslatedError(f"that {term} is {said.format('..')}")

    def _show_nonzero(self, facts: Signs, term: sp.Expr, text: str) -> None:
        if facts.positive(term):
            self.positive(term)
        elif facts.positive(-term):
            self.positive(-term)
            self._fact(NONZERO, text, f"assert (0 < {real(-term).text}) by pos; lra")
        elif isinstance(term, Product) and all(map(facts.nonzero, term.args)):
            for part in term.args:
                self.nonzero(part)
        elif isinstance(term, Power) and facts.nonzero(term.base):
            self.nonzero(term.base)
        elif isinstance(term, Abs) and facts.nonzero(term.args[0]):
            self.nonzero(term.args[0])
        else:
            self._unequal(facts, term, text)

    def _unequal(self, facts: Signs, term: sp.Expr, text: str) -> str:
        """Show that a term is not 0, as a multiple of what a hypothesis says not to be 0."""
        for name, said in self.hypotheses:
            if not isinstance(said, Relation) or said.op != "!=":
                continue
            h = said.oriented()
            other = h.left - h.right
            if not facts._is_multiple(term, other):
                continue
            a, b = facts.algebra.form(term), facts.algebra.form(other)
            ratio = facts.algebra.monomial_ratio(a.numerator, b.numerator)
            assert ratio is not None
            for atom, _ in ratio[1]:
                self.nonzero(atom)
            below = [as_term(form.below()) for form in (b, a)]
            for part in below:
                if part != 1:
                    self.nonzero(part)
            c = monomial_term(*ratio) * below[0] / below[1]
            factor, apart = real(c), real(other)
            by = f"let N := fresh in intro N; apply {name}; clear - N; lra"
            self.fact(f"{apart.text} <> 0", by)
            with self.proving(f"{text} = {factor.text} * {apart.text}", "EQ") as equation:
                self.equal(real(term), mul(factor, apart))
            return self.fact(
                NONZERO.format(text),
                f"refine (eq_ind_r (fun zz : R => zz <> 0) _ {equation}); "
                "apply Rmult_integral_contrapositive; split; neq0",
            )
        raise UntranslatedError(f"that {term} is not 0")

    # -- by structure ------------------------------------------------------------------------------

    def _by_structure(self, facts: Signs, said: str, term: sp.Expr, text: str) -> bool:
        strict = said == POSITIVE
        match term:
            case sp.Symbol():
                kind = kind_of(term)
                return kind in ("positive", "count") or (kind != "real" and not strict)
            case Product(args=parts):
                if any(isinstance(part, sp.Rational) and part < 0 for part in parts):
                    return False
                return self._all(facts, parts, strict=strict)
            case Sum(args=parts):
                if strict and not any(map(facts.positive, parts)):
                    return False
                return self._all(facts, parts)
            case Exp():
                return True
            case Power(args=(base, e)):
                return self._power(facts, base, e, strict=strict)
            case Abs(args=(inside,)):
                if strict and not facts.nonzero(inside):
                    return False
                if strict:
                    self.nonzero(inside)
                return True
            case PowerSum() | Norm() | NonzeroCount():
                if strict and not facts.nonzero_vector(term.args[0]):
                    return False
                if strict:
                    self.nonzero_vector(term.args[0])
                return True
            case Ceiling(args=(inside,)):
                return self._all(facts, (inside,), strict=strict)
            case ShortestWindow():
                return not strict and self._window(term, text)
            case Entry():
                return self._entry(facts, said, term, text)
            case Total() | Least() | Greatest():
                return self._ranged(facts, said, term, text)
        return False

    def _all(self, facts: Signs, parts: tuple[sp.Expr, ...], *, strict: bool = False) -> bool:
        if not all(map(facts.positive if strict else facts.nonnegative, parts)):
            return False
        for part in parts:
            self._show(POSITIVE if facts.positive(part) else NONNEGATIVE, part)
        return True

    def _power(self, facts: Signs, base: sp.Expr, e: sp.Expr, *, strict: bool) -> bool:
        if facts.positive(base):
            self.positive(base)
            return True
        if isinstance(e, sp.Integer) and e > 0 and e % 2 == 0:
            if strict and not facts.nonzero(base):
                return False
            if strict:
                self.nonzero(base)
            return True
        if strict or not facts.nonnegative(base):
            return False
        if isinstance(e, sp.Integer):
            self.nonnegative(base)
        return True

    def _window(self, term: ShortestWindow, text: str) -> bool:
        self._fact(NONNEGATIVE, text, "apply window_ge0; inrange")
        return True

    def _ranged(self, facts: Signs, said: str, term: Any, text: str) -> bool:
        under, _, body = facts.opened(term)
        if not shown(under, said, body):
            return False
        if said == POSITIVE and not facts.positive(term.args[2]):
            return False
        if said == POSITIVE:
            self.natural_positive(term.args[2])
        head = {Total: "sum", Least: "least", Greatest: "greatest"}[type(term)]
        lemma = f"apply {head}_gt0; [inrange|]" if said == POSITIVE else f"apply {head}_ge0"
        with self.proving(said.format(text)):
            self.write(f"{lemma}.")
            with self.under(term) as (_, inner):
                self._show(said, inner)
                self.write(f"{TACTICS[said]}.")
        return True
