"""Comparisons of numbers by products of what is known of them, added up.

The difference of the two sides, times something above 0, is looked for as a sum of products of
things that are not below 0, and of squares: what is given, letters of known sign, and what is known
of the exponentials, logarithms, bars and powers in the goal; else 0 < 0 is, from the goal's
negation. The numbers by which they are added are found by linear programming and stand in one step,
a linear combination, for the kernel to check (Stengle's Positivstellensatz in low degree; Lean's
tactic nlinarith).
"""

from __future__ import annotations

from collections.abc import Hashable, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass
from fractions import Fraction
from itertools import combinations, combinations_with_replacement, product
from math import lcm

import sympy as sp

from ... import kernel as K
from ...derivations.derivation import Derivation, Proof
from ...kernel import KernelError, Theorem
from ...kernel.definedness import Facts
from ...kernel.polynomials import (
    Monomial,
    NotAlgebraicError,
    Polynomial,
    as_sum,
    monomial_term,
    power_term,
)
from ...language.claim import Claim
from ...language.formulas import Relation, at_most, less, negation
from ...language.operations import (
    E,
    Exp,
    Log,
    Power,
    Product,
    Sum,
    Tanh,
    base_and_exponent,
    factors,
    order,
)
from ..tactics.combine import Given, algebra, combine
from ..tactics.linear_programming import combination
from .known_numbers import Known, KnownOf, is_a, proved

#: letters beyond which nothing is tried, at once or at all, or no product of three
_SOME_LETTERS, _MOST_LETTERS, _FEW_LETTERS = 8, 10, 5
_FEW_SIDES = 3
#: terms of a comparison that is squared
_MOST_TERMS = 6
#: stands beside the monomials: the numbers that may not all be 0
_SOME = "some"


@dataclass(frozen=True, slots=True)
class _Column:
    """A coefficient >= 0 times a comparison, as a polynomial."""

    polynomial: Polynomial
    coefficient: sp.Expr
    known: Known
    is_strict: bool


def by_products(claim: Claim) -> Derivation | None:
    """Return a derivation of a comparison from products of what is known, None if none is found."""
    goal, given = claim.conclusion, tuple(claim.given)
    if not isinstance(goal, Relation):
        return None
    proof = Proof()
    try:
        shown, facts = shown_by_products(goal, given, deep=True)
    except KernelError:
        return None
    for fact, words in facts:
        proof.show(fact, words)
    proof.show(shown, "by a sum of products of what is known")
    return proof.done()


def shown_by_products(
    goal: Relation, given: Given, known: Sequence[Theorem] = (), *, deep: bool = False
) -> tuple[Theorem, list[tuple[Theorem, str]]]:
    """Return a comparison and what it is made of; raises KernelError where nothing is found.

    What is known besides holds under what is given. `deep` tries products of more letters.
    """
    if goal.op == "!=":
        raise KernelError("{} is not a comparison", goal)
    try:
        with suppress(KernelError):
            return _Search(goal, given, known, deep).shown(goal)
        if goal.op == "=":
            raise KernelError("{} is not seen as a sum of products", goal)
        # nothing is divided by here, so a factor above 0 is enough that is so where the goal fails
        fails, nothing = negation(goal), less(0, 0)
        shown, facts = _Search(nothing, (fails, *given), known, deep).shown(nothing)
    except NotAlgebraicError as error:
        raise KernelError("{}", error) from error
    otherwise = K.absurd(shown, algebra(negation(nothing)), goal)
    return K.cases(K.assume(goal), otherwise, goal), facts


class _Search:
    """What is known of the letters of one goal, as polynomials over them."""

    def __init__(self, goal: Relation, given: Given, known: Sequence[Theorem], deep: bool) -> None:
        self.given, self.deep = given, deep
        self.facts = Facts(given)
        self.source = KnownOf(given, self.facts)
        gap, op = _difference(goal)
        self.is_strict, self.is_equation = op == ">", op == "="
        divisors = sp.Integer(1)
        if not self.is_equation:
            low, high, divisors = self._without_divisors(*goal.oriented().args[1:])
            gap = high - low
        self.gap, self.below = self._over(gap)
        self.below *= divisors
        self.known = [*self.source.said(goal), *map(proved, known)]
        self.letters, most = self._letters(), _MOST_LETTERS if deep else _SOME_LETTERS
        if len(self.letters) > most:  # nothing of what the goal does not speak of
            heads = {x for f in (goal, *given) for x in f.atoms(Exp, Log, Tanh)}
            self.known = [k for k in self.known if k.comparison.atoms(Exp, Log, Tanh) <= heads]
            self.letters = self._letters()
        if len(self.letters) > most:
            raise KernelError("{} has too many parts", goal)

    def shown(self, goal: Relation) -> tuple[Theorem, list[tuple[Theorem, str]]]:
        """Return the goal, and what it is made of; raises KernelError where nothing is found."""
        for columns, scales in self._tries():
            found = self._solved(columns, scales)
            if found is None:
                continue
            parts, scale = found
            over = scale * self.below
            with suppress(KernelError):
                facts = [c.known.prove() for _, c in parts]
                shares = [share * c.coefficient / over for share, c in parts]
                shown = combine(goal, *zip(shares, facts, strict=True), given=self.given)
                words = {fact: c.known.words for fact, (_, c) in zip(facts, parts, strict=True)}
                return shown, [(fact, said) for fact, said in words.items() if said]
        raise KernelError("{} is not seen as a sum of products", goal)

    def _over(self, term: sp.Expr) -> tuple[Polynomial, sp.Expr]:
        """Return a term's numerator, and its denominator, which must be above 0."""
        form = self.facts.algebra.form(term)
        below = as_sum(form.denominator)
        if (cleared := self._divisors(form.numerator)) != 1:
            form, below = self.facts.algebra.form(as_sum(form.numerator) * cleared), below * cleared
        if not self.facts.positive(below):
            raise KernelError("{} is not shown to be above 0", below)
        return form.numerator, below

    def _without_divisors(self, low: sp.Expr, high: sp.Expr) -> tuple[sp.Expr, sp.Expr, sp.Expr]:
        """Return two terms times what they are divided by, and that: x/sqrt(y) once times sqrt(y).

        In normal form sqrt(y) is sqrt(y)^2 / sqrt(y), and y is written out.
        """
        sides: list[dict[sp.Expr, sp.Expr]] = [{}, {}]
        for side, powers in zip((low, high), sides, strict=True):
            for factor in factors(side):
                base, e = (factor, 1) if factor.is_Rational else base_and_exponent(factor)
                powers[base] = powers.get(base, 0) + e
        least: dict[sp.Expr, sp.Expr] = {}
        for base, e in (pair for powers in sides for pair in powers.items()):
            if isinstance(e, sp.Rational) and e < 0 and self.facts.positive(base):
                least[base] = min(least.get(base, e), e)
        for powers in sides:
            powers |= {base: powers.get(base, 0) - e for base, e in least.items()}
        one, two = (Product(*(Power(b, e) for b, e in powers.items())) for powers in sides)
        return one, two, Product(*(Power(base, -e) for base, e in least.items()))

    def _divisors(self, polynomial: Polynomial) -> sp.Expr:
        """Return the powers of positive atoms by which some monomial is divided."""
        least: dict[sp.Expr, sp.Expr] = {}
        for atom, e in (pair for monomial in polynomial for pair in monomial):
            if e.is_Rational and e < 0 and atom != E and self.facts.positive(atom):
                least[atom] = min(least.get(atom, e), e)
        return Product(*(Power(atom, -e) for atom, e in least.items()))

    def _letters(self) -> list[sp.Expr]:
        """Return the roots of which the monomials are products."""
        found: dict[sp.Expr, None] = {}
        roots: dict[tuple[sp.Expr, bool], int] = {}
        polynomials = [self.gap]
        for known in self.known:
            with suppress(KernelError):
                polynomials.append(self._over(_difference(known.comparison)[0])[0])
        for polynomial in polynomials:
            for monomial in polynomial:
                for atom, e in monomial:
                    if e.is_Rational and isinstance(atom, Sum):
                        polynomials.append(self._over(atom)[0])  # what its square is made of
                    if e.is_Rational and atom != E:
                        roots[atom, e > 0] = lcm(roots.get((atom, e > 0), 1), int(e.q))
                    else:
                        found[power_term(atom, e)] = None
        for (atom, up), q in roots.items():
            found[power_term(atom, sp.Rational(1 if up else -1, q))] = None
        return sorted(found, key=order)

    # -- what is tried -----------------------------------------------------------------------------

    def _tries(self) -> Iterator[tuple[list[_Column], list[sp.Expr]]]:
        one = sp.Integer(1)
        if self.is_equation:
            scales = [h.left - h.right for h in self.given if is_a(h, "!=")]
            scales += [x for x in self.letters if self.facts.positive(x)]
            yield self._columns(self.known, [one, *self.letters]), [one, *scales]
            return
        signed = [x for x in self.letters if self.facts.nonnegative(x)]
        sides = [_difference(h)[0] for h in self.given if is_a(h, "<", "<=", ">", ">=")]
        pairs = [a * b for a, b in combinations_with_replacement(signed, 2)]
        squares = [self.source.by_signs(at_most(0, r**2), "a square") for r in self._roots()]
        equations = [k for k in self.known if k.comparison.op == "="]
        known = [*self.known, *map(self._sign, (one, *signed))]
        columns = self._columns(known, [one, *dict.fromkeys((*signed, *sides))])
        columns += self._columns(squares, [one])
        columns += self._columns(equations, [x for x in self.letters if x not in signed])
        if not self.gap:  # the goal fails, which is given first
            columns += self._columns(known[:1], pairs)
        for scales in ([one], [one, *signed, *pairs]) if self.gap else ([],):
            yield columns, scales
        if self.deep:
            columns += self._squared()
            yield columns, scales
        if len(self.letters) <= _FEW_LETTERS:
            columns += self._columns(squares, [*signed, *pairs])
            columns += self._columns(known, pairs)
            yield columns, scales
            gaps = (self._over(scale * as_sum(self.gap))[0] for scale in scales)
            columns += filter(None, map(self._not_below, dict.fromkeys(m for g in gaps for m in g)))
            yield columns, scales
        elif self.deep:
            said = [k for k in self.known if k.comparison in self.given][:_FEW_SIDES]
            columns = self._columns(said, [one, *signed, *pairs])
            gaps = (self._over(scale * as_sum(self.gap))[0] for scale in scales)
            names = dict.fromkeys(
                m for some in (*(c.polynomial for c in columns), *gaps) for m in some
            )
            columns += filter(None, map(self._not_below, names))
            yield columns, scales

    def _squared(self) -> list[_Column]:
        """Return the squares of both sides of what is given, and of what its terms differ by.

        4 a b <= (a + b)^2 <= c^2 where a + b <= c, and nothing stands below 0 on either side.
        """
        found, one = [], [sp.Integer(1)]
        for known in (k for k in self.known if k.comparison.op not in ("=", "!=")):
            polynomial, _ = self._over(_difference(known.comparison)[0])
            if not 2 < len(polynomial) <= _MOST_TERMS:
                continue
            low = [monomial_term(-c, m) for m, c in polynomial.items() if c < 0]
            high = [monomial_term(c, m) for m, c in polynomial.items() if c > 0]
            if len(low) == 2 and all(map(self.facts.nonnegative, (*low, *high))):
                square = self.source.by_signs(at_most(0, (low[0] - low[1]) ** 2), "a square")
                found += [
                    *self._columns([known], [Sum(*low, *high)]),
                    *self._columns([square], one),
                ]
        return found

    def _sign(self, x: sp.Expr) -> Known:
        return self.source.by_signs((less if self.facts.positive(x) else at_most)(0, x))

    def _roots(self) -> Iterator[sp.Expr]:
        """Yield what may be squared."""
        above = {x for x in self.letters if self.facts.nonnegative(x)}
        for a, b in combinations((sp.Integer(1), *self.letters), 2):
            yield a - b
            if not {a, b} <= {sp.Integer(1), *above}:
                yield a + b
        yield from (a for a in self.letters if a not in above)
        yield from filter(None, map(self._completed, self.letters))

    def _completed(self, letter: sp.Expr) -> sp.Expr | None:
        """Return x + b/(2a) for a gap with a x^2 + b x, a number a."""
        forms = (self.facts.algebra.form(term).numerator for term in (letter, letter**2))
        (m, *_), (square, *more) = forms
        share = self.gap.get(square)
        if share is None or share < 0 or more:  # |x - y|^2 is x^2 - 2xy + y^2
            return None
        rest = {k - m: c / (2 * share) for k, c in self.gap.items() if m <= k and k != square}
        return letter + as_sum(rest) if rest else None

    def _columns(self, known: Sequence[Known], factors: Sequence[sp.Expr]) -> list[_Column]:
        found = []
        for each, factor in product(known, factors):
            side, op = _difference(each.comparison)
            if self.is_equation and op != "=":
                continue
            with suppress(KernelError, NotAlgebraicError):
                numerator, below = self._over(side)
                numerator, more = self._over(factor * as_sum(numerator))
                is_strict = op == ">" and self.facts.positive(factor)
                for sign in (1, -1) if op == "=" else (1,):
                    polynomial = {m: sign * c for m, c in numerator.items()}
                    found.append(_Column(polynomial, sign * factor * below * more, each, is_strict))
        return found

    def _not_below(self, m: Monomial) -> _Column | None:
        """Return a monomial of known sign as a column."""
        term, one = monomial_term(Fraction(1), m), sp.Integer(1)
        if not self.facts.nonnegative(term):
            return None
        return _Column({m: Fraction(1)}, one, self._sign(term), self.facts.positive(term))

    def _solved(
        self, columns: list[_Column], scales: list[sp.Expr]
    ) -> tuple[list[tuple[sp.Expr, _Column]], sp.Expr] | None:
        """Return shares of the columns, and the sum of scales, times which they make the gap."""
        numbers: list[dict[Hashable, Fraction]] = []
        for column in columns:
            numbers.append(dict(column.polynomial.items()))
            numbers[-1][_SOME] = Fraction(self.is_strict and column.is_strict)
        shown = self.facts.nonzero if self.is_equation else self.facts.positive
        for scale in scales:
            gap, _ = self._over(scale * as_sum(self.gap))
            numbers.append({m: -c for m, c in gap.items()})
            numbers[-1][_SOME] = Fraction(not self.is_strict and shown(scale))
        found = combination(numbers, {_SOME: Fraction(1)})
        if found is None:
            return None
        shares = {k: sp.Rational(c.numerator, c.denominator) for k, c in found.items()}
        first = len(columns)
        parts = [(c, columns[k]) for k, c in shares.items() if k < first]
        scale = Sum(*(Product(c, scales[k - first]) for k, c in shares.items() if k >= first))
        scale = scale if scales else sp.Integer(1)
        return (parts, scale) if shown(scale) else None


def _difference(relation: Relation) -> tuple[sp.Expr, str]:
    """Return what the kernel compares with 0, and how: >, >=, = or !=."""
    if relation.op in (">", ">="):
        return relation.left - relation.right, relation.op
    return relation.right - relation.left, {"<": ">", "<=": ">="}.get(relation.op, relation.op)
