"""From terms to print, in the order in which a mathematician would write them.

A writer walks one term and puts its parts together by the strength with which they bind. SymPy's
own order of summands and factors is not used: it would print 1 - x as -x + 1.
"""

from __future__ import annotations

from typing import Any

import sympy as sp

from ..language import sums, terms, vectors
from ..language.binders import Binder
from ..language.operations import (
    Abs,
    Ceiling,
    E,
    Exp,
    Log,
    Power,
    Product,
    Sum,
    Tanh,
    base_and_exponent,
    factors,
)
from ..language.symbols import bound_level
from .style import is_greek
from .vector_writer import ATOM, BIG, POWER, PRODUCT, SUM, Fragment, VectorWriter

_WEIGHT_OF_POWERS = 3


class TermWriter(VectorWriter):
    """Writes terms and vectors in one style."""

    def write(self, node: sp.Basic) -> Fragment:
        """Return the fragment of a term or vector."""
        if isinstance(node, vectors.Vector):
            return self.vector(node)
        match node:
            case sp.Rational():
                return self.signed(node < 0, self.fraction(abs(node), []))
            case sp.Symbol():
                return self.symbol(node)
            case Sum():
                return self.sum(list(node.args))
            case Product():
                return self.signed(*self.split(node))
            case Exp() | Power():
                return self.fraction(sp.Integer(1), [node])
            case Abs(args=(content,)):
                return Fragment(self.style.magnitude(self.text(content)))
            case Log(args=(content,)):
                return Fragment(self.style.signs["log"] + self.style.group(self.text(content)))
            case Tanh(args=(content,)):
                return Fragment(self.style.signs["tanh"] + self.style.group(self.text(content)))
            case Ceiling(args=(content,)):
                return Fragment(self.style.group(self.inline(content), "⌈"))
            case vectors.Entry(args=(vector, index)):
                return self.entry(vector, index)
            case terms.PowerSum(args=(vector, exponent)):
                return self.call(self.subscript("S", exponent), vector)
            case terms.Norm(args=(vector, exponent)):
                return Fragment(self.style.norm(self.inline(vector), self.inline(exponent)))
            case terms.NonzeroCount(args=(vector,)):
                return Fragment(self.style.norm(self.inline(vector), "0"))
            case terms.PQIndex(args=(vector, p, q)):
                usual = (str(p), str(q)) == ("p", "q")
                name = "I" if usual else self.subscript("I", p, q)
                return self.call(name, vector)
            case terms.Total() | terms.Least() | terms.Greatest():
                return self.ranged(node)
            case sums.Applied(args=(_, vector)):
                name = "-".join(node.name.split("_")) or node.name
                return self.call(self.style.words(name), vector)
            case sums.NonzeroTotal() | sums.CountAtMost() | sums.ShortestWindow():
                return self.over_some(node)
            case sums.OnNonzero():
                return self.where_nonzero(node)
        return Fragment(sp.latex(node) if self.style.stacks_fractions else sp.sstr(node), SUM)

    def where_nonzero(self, node: sums.OnNonzero) -> Fragment:
        """Return what counts where a value is not 0, the value written where it is put."""
        condition = self.text(node.args[2], SUM) + self.style.signs["!="] + "0"
        # put in as text: in the term, a binder around it could capture what the value speaks of
        self.letters[node.variable] = self.text(node.args[2], ATOM)
        content = self.text(node.body)
        del self.letters[node.variable]
        return Fragment(self.style.group(self.style.where(content, condition), "{"))

    def symbol(self, symbol: sp.Symbol) -> Fragment:
        """Return a symbol's letter, a bound one's as chosen by its binder."""
        if symbol in self.letters:
            return Fragment(self.letters[symbol], simple=True)
        letter = symbol.name if bound_level(symbol) else self.style.name(symbol.name)
        return Fragment(letter, simple=len(letter) == 1 or is_greek(symbol.name))

    def call(self, name: str, vector: sp.Basic) -> Fragment:
        """Return name(vector)."""
        return Fragment(name + self.style.group(self.inline(vector)))

    def sum(self, summands: list[sp.Expr]) -> Fragment:
        """Return a sum, what is added before what is taken away, numbers last among equals."""
        parts = [(*self.split(summand), summand) for summand in summands]
        parts.sort(key=lambda part: (part[0], part[2].is_number, *_rank(part[2]), part[1].text))
        written = ""
        for negative, fragment, _ in parts:
            text = self.bracketed(fragment, BIG)
            sign = ("-" if negative else "") if not written else (" - " if negative else " + ")
            written += sign + text
        return Fragment(written, SUM)

    def split(self, term: sp.Expr) -> tuple[bool, Fragment]:
        """Return whether a summand is taken away, and the summand without its sign."""
        number, *others = factors(term)
        if not isinstance(number, sp.Rational):
            number, others = sp.Integer(1), [number, *others]
        return bool(number < 0), self.fraction(abs(number), others)

    def fraction(self, number: sp.Rational, others: list[sp.Expr]) -> Fragment:
        """Return number times other factors, those with a negative power below the line."""
        above: list[tuple[sp.Expr, Fragment]] = []
        below: list[tuple[sp.Expr, Fragment]] = []
        for factor in others:
            base, exponent = base_and_exponent(factor)
            if exponent.is_Rational and exponent < 0:
                below.append((base, self.power(base, -exponent)))
            else:
                above.append((factor, self.power(base, exponent)))
        lead: list[tuple[sp.Expr, Fragment]] = []
        if number.p != 1 or not above:
            above.append((sp.Integer(number.p), Fragment(str(number.p), simple=True)))
        if number.q != 1:
            below.append((sp.Integer(number.q), Fragment(str(number.q), simple=True)))
        if not below:
            return self.product(above)
        if self.flat:
            over, under = self.product(above), self.product(below)
            text = self.bracketed(over, PRODUCT) + "/" + self.bracketed(under, POWER)
            return Fragment(text, PRODUCT)
        # N^(1/q-1/p) is read best beside the fraction of two norms, not on top of it.
        if any(_weight(f) > _WEIGHT_OF_POWERS for f, _ in above):
            lead = [part for part in above if _weight(part[0]) == _WEIGHT_OF_POWERS]
            above = [part for part in above if part not in lead]
        stacked = self.style.fraction(self.product(above).text, self.product(below).text)
        fraction = Fragment(stacked, PRODUCT)
        if not lead:
            return fraction
        texts = [*self._factors(lead), (stacked, False)]
        return Fragment(self.style.product(texts), PRODUCT)

    def product(self, parts: list[tuple[sp.Expr, Fragment]]) -> Fragment:
        """Return a product: numbers, letters, powers, heads, then sums in brackets."""
        if len(parts) == 1:
            return parts[0][1]
        # a sum reaches as far as it can: over a line it needs brackets
        open_end = any(fragment.strength == BIG for _, fragment in parts)
        text = self.style.product(self._factors(parts))
        return Fragment(text, BIG if open_end else PRODUCT)

    def _factors(self, parts: list[tuple[sp.Expr, Fragment]]) -> list[tuple[str, bool]]:
        ordered = sorted(parts, key=lambda part: (_weight(part[0]), _fold(part[1].text)))
        last = len(ordered) - 1
        return [
            (self.bracketed(f, BIG if i == last and f.strength == BIG else POWER), f.simple)
            for i, (_, f) in enumerate(ordered)
        ]

    def power(self, base: sp.Expr, exponent: sp.Expr) -> Fragment:
        """Return base to the exponent, e^x for the exponential function."""
        if base == E:
            return Fragment("e") if exponent == 1 else self.raised("(e)", exponent)
        if isinstance(base, Exp) and exponent == 1:
            return self.raised("e", base.args[0])
        if exponent == 1:
            return self.write(base)
        return self.raised(self.text(base, ATOM), exponent)

    def raised(self, below: str, exponent: sp.Expr) -> Fragment:
        """Return what is below to the exponent."""
        before, self.flat = self.flat, True
        raised = self.write(exponent)
        self.flat = before
        atomic = raised.strength == ATOM
        return Fragment(self.style.power(below, raised.text, atomic=atomic), POWER)

    def ranged(self, node: Any) -> Fragment:
        """Return a sum, least or greatest value over an index."""
        letter, count = self.with_letter(node)
        body = self.text(node.body, BIG)
        del self.letters[node.variable]
        return Fragment(self.style.ranged(type(node).__name__, letter, count, body), BIG)

    def over_some(self, node: Any) -> Fragment:
        """Return a sum over entries that are not 0, a count of small ones, or a least window."""
        vector = node.args[2] if isinstance(node, sums.NonzeroTotal) else node.args[0]
        index = self.place()
        letter = self.letters[index] = self.letter(node, index)
        signs = self.style.signs
        entry = vectors.entry(vector, index)
        if index not in entry.free_symbols:
            # how often it stands there is said by the vector alone
            entry = vectors.Entry(vector, index)
        if isinstance(node, sums.NonzeroTotal):
            condition = self.inline(entry) + signs["!="] + "0"
            body = self.text(node.at(entry), BIG)
            fragment = Fragment(self.style.below("Total", condition, body), BIG)
        elif isinstance(node, sums.CountAtMost):
            small = self.inline(entry) + signs["<="] + self.inline(node.args[1])
            such = self.style.group(letter + self.style.colon + small, "{")
            fragment = Fragment(signs["count"] + such)
        else:
            ordered = vectors.Sorted(vector)
            last = vectors.entry(ordered, index + node.args[1] - 1)
            spread = last - vectors.entry(ordered, index)
            fragment = Fragment(self.style.below("Least", letter, self.text(spread, BIG)), BIG)
        del self.letters[index]
        return fragment


def _weight(factor: sp.Expr) -> int:
    """Return the place of a factor in a product."""
    if factor.is_Rational:
        return 0
    letter = factor.base if isinstance(factor, Power) and factor.exp.is_Rational else factor
    if isinstance(letter, sp.Symbol):
        return 1 if is_greek(letter.name) else 2
    if isinstance(factor, Power) and (
        factor.base.is_Symbol or factor.base.is_Rational or not factor.exp.is_Rational
    ):
        return _WEIGHT_OF_POWERS
    if isinstance(factor, Binder):
        return 6
    return 5 if isinstance(factor, Sum) else 4


def _rank(summand: sp.Expr) -> tuple[int, bool]:
    """Return what orders summands of one sign: powers before letters, Latin before Greek."""
    degree = max(
        (f.exp for f in factors(summand) if isinstance(f, Power) and f.exp.is_Integer), default=1
    )
    leading = any(isinstance(f, sp.Symbol) and is_greek(f.name) for f in factors(summand))
    return -int(degree), leading


def _fold(text: str) -> tuple[str, str]:
    return text.casefold(), text
