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
    is_division,
)
from ..language.symbols import bound_level
from .measure_names import measures_in
from .rows import Written, join
from .style import Style, is_greek
from .vector_writer import ATOM, BIG, POWER, PRODUCT, SUM, Fragment, VectorWriter

_WEIGHT_OF_POWERS = 3


class TermWriter(VectorWriter):
    """Writes terms and vectors in one style, what measures make of vectors by their names."""

    def __init__(self, style: Style, root: sp.Basic) -> None:
        super().__init__(style, root)
        self.named = measures_in(root)

    def write(self, node: sp.Basic) -> Fragment:
        """Return the fragment of a term or vector."""
        if isinstance(node, vectors.Vector):
            return self.vector(node)
        if node in self.named:
            name, of = self.named[node]
            return self.call(self.style.identifier(name), of)
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
                return Fragment(self.style.function("log", self.text(content)))
            case Tanh(args=(content,)):
                return Fragment(self.style.function("tanh", self.text(content)))
            case Ceiling():
                return self.signed(*self.split(node))
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
                return self.call("I" if usual else self.subscript("I", p, q), vector)
            case terms.Total() | terms.Least() | terms.Greatest():
                numbers = numbers_compared(node)
                return self.ranged(node) if numbers is None else self.compared(node, numbers)
            case sums.Applied(args=(_, vector)):
                return self.call(self.style.identifier(node.name), vector)
            case sums.NonzeroTotal(args=(_, x, vector)):
                letter, among = self.among(vector)
                with self.called(x, letter):
                    body = self.text(node.body, BIG)
                below = among + self.style.comma + self.nonzero(letter)
                return Fragment(self.style.below("Total", below, body), BIG)
            case terms.OnNonzero(args=(body, x, value)) if body == x / Abs(x):
                return Fragment(self.style.function("sign", self.text(value)))
            case terms.OnNonzero(args=(_, x, value)):
                letter = self.entry_letter()
                with self.called(self.place(), letter):
                    put = letter + self.style.signs["="] + self.text(value)
                with self.called(x, letter):
                    content = self.text(node.body)
                conditions = put + self.style.comma + self.nonzero(letter)
                return Fragment(self.style.such(content, conditions, "{"))
            case sums.CountAtMost(args=(vector, bound)):
                letter, among = self.among(vector)
                small = letter + self.style.signs["<="] + self.inline(bound)
                counted = self.style.such(among, small, "{")
                return Fragment(self.style.signs["count"] + counted)
            case sums.ShortestWindow(args=(vector, width)):
                both = self.inline(vector) + ", " + self.inline(width)
                return Fragment(self.style.function("window", both))
        raise TypeError(f"{type(node).__name__} has no written form")

    def among(self, vector: sp.Basic) -> tuple[str, Written]:
        """Return a letter for an entry of a vector, and that it is one."""
        letter = self.entry_letter()
        with self.called(self.place(), letter):
            return letter, letter + self.style.signs["in"] + self.inline(vector)

    def nonzero(self, letter: str) -> Written:
        """Return that what a letter stands for is not 0."""
        return letter + self.style.signs["!="] + "0"

    def symbol(self, symbol: sp.Symbol) -> Fragment:
        """Return a symbol's letter, a bound one's as chosen by its binder."""
        if symbol in self.letters:
            return Fragment(self.letters[symbol], simple=len(self.letters[symbol]) == 1)
        letter = symbol.name if bound_level(symbol) else self.style.name(symbol.name)
        is_one = len(str(letter)) == 1 or (self.style.stacks_fractions and is_greek(symbol.name))
        return Fragment(letter, simple=is_one)

    def call(self, name: Written, vector: sp.Basic) -> Fragment:
        """Return name(vector)."""
        return Fragment(name + self.style.group(self.inline(vector)))

    def sum(self, summands: list[sp.Expr]) -> Fragment:
        """Return a sum, what is added before what is taken away, numbers last among equals."""
        parts = [(*self.split(summand), summand) for summand in summands]
        parts.sort(
            key=lambda part: (part[0], part[2].is_number, *_rank(part[2]), str(part[1].text))
        )
        written: Written = "-" if parts[0][0] else ""
        for place, (negative, fragment, _) in enumerate(parts):
            written += self.style.signs["-" if negative else "+"] if place else ""
            written += self.bracketed(fragment, BIG)
        return Fragment(written, SUM)

    def split(self, term: sp.Expr) -> tuple[bool, Fragment]:
        """Return whether a summand is taken away, and the summand without its sign."""
        if term in self.named:
            return False, self.write(term)
        number, *others = factors(term)
        if not isinstance(number, sp.Rational):
            number, others = sp.Integer(1), [number, *others]
        minus = bool(number < 0) ^ bool(sum(map(is_floor, others)) % 2)
        return minus, self.fraction(abs(number), others)

    def fraction(self, number: sp.Rational, others: list[sp.Expr]) -> Fragment:
        """Return number times other factors, those with a negative power below the line."""
        above: list[tuple[sp.Expr, Fragment]] = []
        below: list[tuple[sp.Expr, Fragment]] = []
        for factor in others:
            base, exponent = base_and_exponent(factor)
            # over or under a line, what divides would become a part of the whole fraction
            alone = exponent == -1 and (isinstance(base, Product) or is_division(base))
            alone |= base == 0 and exponent != -1
            if alone and not (exponent == -1 and len(others) == 1 and number.q == 1):
                above.append((factor, self.raised(self.text(base, ATOM), exponent)))
            elif exponent.is_Rational and exponent < 0:
                below.append((base, self.power(base, -exponent)))
            elif isinstance(factor, Ceiling):
                above.append((factor, self.rounded(factor)))
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

    def rounded(self, term: Ceiling) -> Fragment:
        """Return ⌈x⌉, or ⌊x⌋ for -⌈-x⌉; `split` says the sign."""
        content = term.args[0]
        if is_floor(term):
            return Fragment(self.style.group(self.inline(Product(-1, content)), "⌊"))
        return Fragment(self.style.group(self.inline(content), "⌈"))

    def compared(self, node: Any, numbers: list[sp.Expr]) -> Fragment:
        """Return the least or greatest of some numbers."""
        listed = join(self.style.comma, map(self.inline, numbers))
        return Fragment(self.style.function(type(node).__name__, listed))

    def product(self, parts: list[tuple[sp.Expr, Fragment]]) -> Fragment:
        """Return a product: numbers, letters, powers, heads, then sums in brackets."""
        if len(parts) == 1:
            return parts[0][1]
        # a sum reaches as far as it can: over a line it needs brackets
        open_end = any(fragment.strength == BIG for _, fragment in parts)
        text = self.style.product(self._factors(parts))
        return Fragment(text, BIG if open_end else PRODUCT)

    def _factors(self, parts: list[tuple[sp.Expr, Fragment]]) -> list[tuple[Written, bool]]:
        ordered = sorted(parts, key=lambda part: (_weight(part[0]), _fold(str(part[1].text))))
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

    def raised(self, below: Written, exponent: sp.Expr) -> Fragment:
        """Return what is below to the exponent."""
        before, self.flat = self.flat, True
        raised = self.write(exponent)
        self.flat = before
        return Fragment(self.style.power(below, raised.text, atomic=raised.strength == ATOM), POWER)

    def ranged(self, node: Any) -> Fragment:
        """Return a sum, least or greatest value over an index."""
        letter = self.letter(node.body, node.variable)
        end = self.end_of(node, letter)
        with self.called(node.variable, letter):
            body = self.text(node.body, BIG)
        return Fragment(self.style.ranged(type(node).__name__, letter, end, body), BIG)


def is_floor(term: sp.Expr) -> bool:
    """Tell whether a term is ⌈-x⌉, which is written -⌊x⌋."""
    if not isinstance(term, Ceiling):
        return False
    number = factors(term.args[0])[0]
    return isinstance(number, sp.Rational) and bool(number < 0)


def numbers_compared(node: Any) -> list[sp.Expr] | None:
    """Return the numbers whose least or greatest a term is, None if it is not that of a list."""
    body = node.body
    if isinstance(node, terms.Total) or not isinstance(body, vectors.Entry):
        return None
    vector, index = body.args
    if not isinstance(vector, vectors.Concat) or index != node.variable:
        return None
    parts = vector.args
    if node.args[2] != len(parts) or node.variable in vector.free_symbols:
        return None
    singles = all(isinstance(part, vectors.Repeat) and part.args[1] == 1 for part in parts)
    return [part.args[0] for part in parts] if singles else None


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
