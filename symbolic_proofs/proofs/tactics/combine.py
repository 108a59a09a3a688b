"""Tactics: procedures that apply kernel rules.

They need no trust; what they return was made by the kernel.
"""

from __future__ import annotations

from collections.abc import Iterable
from contextlib import suppress
from fractions import Fraction
from itertools import chain, combinations
from typing import Any

import sympy as sp

from ... import kernel as K
from ...kernel import KernelError, Theorem
from ...kernel.definedness import Facts
from ...kernel.polynomials import (
    Monomial,
    NotAlgebraicError,
    as_term,
    from_letters,
    in_letters,
    monomial_term,
)
from ...language.formulas import (
    Every,
    Formula,
    NonZero,
    Relation,
    as_formula,
    at_most,
    equal,
    normal,
    unequal,
)
from ...language.operations import Abs, Product, Sum, base_and_exponent, factors, order, scalar
from ...language.sums import NonzeroTotal
from ...language.symbols import bound_symbol, count, nonnegative, real
from ...language.terms import NonzeroCount, Norm, OnNonzero, PowerSum, PQIndex, Total
from ...language.vectors import Concat, Entry, Repeat, Steps, Vector, VectorSymbol, entry
from .remembered import cache
from .sorting import hidden, in_any_order, sorted_in

Given = tuple[Formula, ...]


def algebra(goal: object, given: Given = ()) -> Theorem:
    """Prove a relation that holds by algebra and known signs alone."""
    return K.arithmetic(as_formula(goal), (), tuple(given))


def combine(goal: object, *parts: tuple[object, Theorem], given: Given = ()) -> Theorem:
    """Prove a relation as the sum of coefficient times theorem, and what algebra and signs show."""
    theorems = [theorem for _, theorem in parts]
    coefficients = tuple(scalar(coefficient) for coefficient, _ in parts)
    return K.arithmetic(*theorems, as_formula(goal), coefficients, tuple(given))


def right(theorem: Theorem) -> sp.Expr:
    """Return the right-hand side of the relation that a theorem states."""
    relation = theorem.conclusion
    if not isinstance(relation, Relation):
        raise KernelError("{} is not a relation", relation)
    return relation.right


def left(theorem: Theorem) -> sp.Expr:
    """Return the left-hand side of the relation that a theorem states."""
    relation = theorem.conclusion
    if not isinstance(relation, Relation):
        raise KernelError("{} is not a relation", relation)
    return relation.left


def rewrite(theorem: Theorem, *equations: Theorem, backwards: bool = False) -> Theorem:
    """Use each equation in turn on the theorem's conclusion."""
    for equation in equations:
        theorem = K.rewrite(equation, theorem, backwards, False)
    return theorem


def then(theorem: Theorem, *equations: Theorem, backwards: bool = False) -> Theorem:
    """Use each equation in turn on the right-hand side of the theorem's conclusion."""
    for equation in equations:
        theorem = K.rewrite(equation, theorem, backwards, True)
    return theorem


def transform(theorem: Theorem, to: object, given: Given = ()) -> Theorem:
    """Replace the right-hand side of an equation by a term that equals it by algebra."""
    return then(theorem, algebra(equal(right(theorem), to), (*ordered(theorem.hypotheses), *given)))


def ordered(hypotheses: Iterable[Formula]) -> Given:
    """Return hypotheses in an order that is the same on every run."""
    return tuple(sorted(hypotheses, key=order))


def discharge(theorem: Theorem, *lemmas: Theorem) -> Theorem:
    """Remove the hypotheses that the lemmas prove; a lemma that proves none is not used."""
    for lemma in lemmas:
        if normal(lemma.conclusion) in map(normal, theorem.hypotheses):
            theorem = K.cut(lemma, theorem)
    return theorem


def settle(theorem: Theorem, given: Given = ()) -> Theorem:
    """Remove every hypothesis that holds by algebra and signs under what is given.

    The other hypotheses are kept.
    """
    for hypothesis in sorted(theorem.hypotheses - {*given}, key=order):
        try:
            if isinstance(hypothesis, Relation):
                theorem = K.cut(from_given(hypothesis, given), theorem)
            elif isinstance(hypothesis, NonZero):
                theorem = K.cut(K.nonzero(hypothesis.args[0], tuple(given)), theorem)
        except KernelError:
            continue
    return theorem


def from_given(goal: Relation, given: Given) -> Theorem:
    """Prove a relation by signs and one given, or the sum of two (p < q from p <= 1 and 1 < q)."""
    relations = [h for h in given if isinstance(h, Relation) and h.op not in ("=", "!=")]
    few = (combinations(relations, number) for number in range(3))
    for parts in chain.from_iterable(few):
        try:
            return combine(goal, *((1, K.assume(part)) for part in parts), given=given)
        except KernelError:
            continue
    raise KernelError("{} is not seen to follow from what is given", goal)


def instance(theorem: Theorem, values: dict[sp.Basic, sp.Basic], given: Given = ()) -> Theorem:
    """Instantiate a theorem and remove the hypotheses that then hold by algebra and signs."""
    return settle(K.instantiate(theorem, values, tuple(given)), given)


@cache
def power_sum(vector: Vector, r: object, given: Given = ()) -> Theorem:
    """Prove S_r(V) = an expression in the power sums of the vector symbols that V is made of.

    From the definition: ranges are split, constant factors pulled out, what is left is folded.
    """
    meaning = K.define(PowerSum(vector, r), tuple(given))
    return then(meaning, reduced(right(meaning), given))


@cache
def reduced(term: sp.Expr, given: Given = ()) -> Theorem:
    """Prove term = the same in power sums.

    Each sum over entries is split, distributed and folded.
    """
    result = algebra(equal(term, term), given)
    for total in _outermost(term):
        result = then(result, _reduced_total(total, given))
    return result


def _outermost(term: sp.Basic) -> list[Total]:
    if isinstance(term, Total):
        return [term]
    found = {t for part in term.args for t in _outermost(part)}
    return sorted(found, key=order)


def _reduced_total(total: Total, given: Given) -> Theorem:
    given = tuple(given)
    parts = sorted({e.args[0] for e in total.body.atoms(Entry) if is_own(e, total)}, key=order)
    if parts:
        # beside those of a composed vector, which is split, no others stand at the index
        beside = [e for e in total.body.atoms(Entry) if isinstance(e.args[0], Repeat)]
        if alike := {e: entry(*e.args) for e in beside if e.args[1] == total.variable}:
            step = _with_entries(total, alike, given)
            return then(step, reduced(right(step), given))
        step = K.split(total, parts[0], given)
        return then(step, reduced(right(step), given))
    ordered_vectors = sorted_in(total)
    if ordered_vectors:
        step = in_any_order(total, ordered_vectors[0], given)
        return then(step, reduced(right(step), given))
    index = fresh_index(total, *given)
    here = (*given, *said_at(index, total.args[2], given))
    inside = reduced(total.at(index), here)
    heads = sorted(right(inside).atoms(OnNonzero), key=order)
    inside = then(inside, *(where_nonzero(head, here) for head in heads))
    inside = then(inside, *_without_factors(right(inside), here))
    result = algebra(equal(total, total), given)
    if right(inside) != left(inside):
        result = then(result, K.sum_up(inside, index, total.args[2]))
    for piece in _outermost(right(result)):
        with suppress(KernelError):  # an index in a divisor that is a sum: the piece stays
            step = K.linear(piece, given)
            if right(step) != piece:
                result = then(result, step)
    return fold(result, given)


def _with_entries(total: Total, values: dict[Entry, sp.Expr], given: Given) -> Theorem:
    """Prove that a sum is the same with what the entries of vectors of equal entries are."""
    index = fresh_index(total, *given)
    put = Total(total.body.xreplace(values), total.variable, total.args[2])
    same = algebra(equal(total.at(index), put.at(index)), (*given, at_most(index, total.args[2])))
    return K.sum_up(same, index, total.args[2])


def said_at(index: sp.Symbol, count: sp.Expr, given: Given) -> Given:
    """Return what is said of every index up to a count, of one, and that it is in range."""
    said = (h.at(index) for h in given if isinstance(h, Every) and h.args[2] == count)
    return (at_most(index, count), *said)


@cache
def where_nonzero(head: OnNonzero, given: Given) -> Theorem:
    """Prove that what counts where v != 0 is the sum of its terms, each counting where v != 0.

    A term v^r or |v|^r with r > 0 counts everywhere, and is 0 at v = 0. What does not come apart so
    stays.
    """
    facts, value = Facts(given), head.args[2]
    same = algebra(equal(head, head), given)
    if value == 0 or facts.nonzero(value):
        return K.on_nonzero(head, given)
    doubtful = [f for f in factors(value) if not facts.nonzero(f)]
    if len(doubtful) != 1 or not isinstance(doubtful[0], sp.Symbol | Entry):
        return same
    (base,) = doubtful
    there, zero = unequal(base, 0), equal(base, 0)
    at = (*given, there)
    full = K.on_nonzero(head, at)
    # a letter in the place of the base tells what is its own from what stands beside it
    x = bound_symbol(0, "real")
    letter = bound_symbol(0, "positive") if facts.nonnegative(base) else x
    try:
        form = Facts(at).algebra.form(head.at(value.xreplace({base: letter})))
    except NotAlgebraicError:
        return same
    below = as_term(form.below())
    if below.has(letter):
        return same
    parts: list[tuple[sp.Expr, sp.Expr, Theorem | None, Theorem]] = []
    # the monomials of a sum come in any order, the parts of the proof in one
    for monomial, c in sorted(form.numerator.items(), key=_written):
        own = frozenset((a, e) for a, e in monomial if a.has(letter) or e.has(letter))
        factor, term = monomial_term(c, monomial - own) / below, monomial_term(Fraction(1), own)
        if own and all(a in (letter, Abs(letter)) and facts.positive(e) for a, e in own):
            term = term.xreplace({letter: base})
            vanishing = transform(then(algebra(equal(term, term), given), K.assume(zero)), 0)
            parts.append((factor, term, None, vanishing))
        else:
            part = OnNonzero(term.xreplace({letter: x}), x, base)
            vanishing = K.on_nonzero(part, (*given, zero))
            parts.append((factor, part, K.on_nonzero(part, at), vanishing))
    whole = Sum(*(factor * term for factor, term, _, _ in parts))
    if whole == head:
        return same
    goal = equal(head, whole)
    pieces = [(-factor, theorem) for factor, _, theorem, _ in parts if theorem is not None]
    inside = combine(goal, (1, full), *pieces, given=at)
    none = [(-factor, theorem) for factor, _, _, theorem in parts]
    outside = combine(goal, (1, K.on_nonzero(head, (*given, zero))), *none, given=(*given, zero))
    return K.cases(inside, outside, there)


def _written(part: tuple[Monomial, Fraction]) -> Any:
    monomial, c = part
    return sp.default_sort_key(monomial_term(c, monomial))


def is_own(e: Entry, total: Total) -> bool:
    """Tell whether an entry is that of a composed vector at the sum's own index."""
    return isinstance(e.args[0], Concat | Steps) and e.args[1] == total.variable


def _without_factors(term: sp.Expr, given: Given) -> list[Theorem]:
    """Return |c x - c y| = c |x - y| for the absolute values in a term that have such a c >= 0."""
    facts, found = Facts(given), []
    for value in sorted(term.atoms(Abs), key=order):
        content = value.args[0]
        # those under a sum were seen when it was reduced
        if not any(isinstance(f, Sum) for f in factors(content)) or hidden(value):
            continue
        letters: dict[sp.Symbol, sp.Expr] = {}
        product = from_letters(sp.factor_terms(in_letters(content, letters)), letters)
        factor = Product(*(f for f in factors(product) if facts.nonnegative(f)))
        if factor == product:
            found.append(algebra(equal(value, product), given))
        elif factor != 1:
            inner = Product(*(f for f in factors(product) if not facts.nonnegative(f)))
            same = algebra(equal(value, Abs(factor * inner)), given)
            found.append(then(same, instance(_factor_out(), {_C: factor, _X: inner}, given)))
    return found


_C, _X = nonnegative("c"), real("x")


@cache
def _factor_out() -> Theorem:
    """Return |- |c x| = c |x|, for c >= 0."""
    return algebra(equal(Abs(_C * _X), _C * Abs(_X)))


def fresh_index(*parts: sp.Basic) -> sp.Symbol:
    """Return an index of which none of these parts speaks."""
    taken = {s.name for part in parts for s in part.atoms(sp.Symbol)}
    return next(count(f"i{k}") for k in range(1, len(taken) + 2) if f"i{k}" not in taken)


def fold(theorem: Theorem, given: Given = ()) -> Theorem:
    """Write sums of |w_i|^r over whole vector symbols as power sums.

    Those of what counts where w_i != 0 become sums over such entries. Only those on the right of
    the equation.
    """
    for total in _outermost(right(theorem)):
        base, exponent = base_and_exponent(total.body)
        entry = base.args[0] if isinstance(base, Abs) else base
        short: sp.Expr
        match entry:
            case Entry(args=(VectorSymbol() as v, _)):
                short = PowerSum(v, exponent)
            case OnNonzero(args=(sp.Integer(p=1), _, Entry(args=(VectorSymbol() as v, _)))):
                short = NonzeroCount(v)
            case OnNonzero(args=(body, x, Entry(args=(VectorSymbol() as v, _)))) if exponent == 1:
                short = NonzeroTotal(body, x, v)
            case _:
                continue
        try:
            # 1/w_i is no power sum, and the entries of a vector >= 0 stand there without bars
            meaning = K.define(short, tuple(given))
            if right(meaning) != total:
                meaning = then(meaning, _same_sums(right(meaning), total, given))
        except KernelError:
            continue
        theorem = then(theorem, meaning, backwards=True)
    return theorem


def _same_sums(one: Total, other: Total, given: Given) -> Theorem:
    """Prove that two sums are equal, by algebra or by what is said of every term."""
    with suppress(KernelError):
        return algebra(equal(one, other), given)
    i = fresh_index(one, other, *given)
    here = (*given, *said_at(i, one.args[2], given))
    return K.sum_up(algebra(equal(one.at(i), other.at(i)), here), i, one.args[2])


@cache
def norm(vector: Vector, r: object, given: Given = ()) -> Theorem:
    """Prove ||V||_r = S_r(V)^(1/r) with the power sum worked out."""
    meaning = K.define(Norm(vector, r), tuple(given))
    return then(meaning, power_sum(vector, scalar(r), given))


@cache
def index(vector: Vector, p: sp.Expr, q: sp.Expr, given: Given) -> Theorem:
    """Prove I(V) = 1 - N^(1/q-1/p) S_p^(1/p)/S_q^(1/q) with the power sums worked out."""
    meaning = K.define(PQIndex(vector, p, q), tuple(given))
    return then(meaning, norm(vector, p, given), norm(vector, q, given))


def summed(
    theorem: Theorem,
    i: sp.Symbol,
    n: sp.Expr,
    given: Given = (),
    kept: Iterable[sp.Basic] = (),
) -> Theorem:
    """Sum a comparison over i = 1 .. n and write the sums as power sums, but for those kept."""
    return in_power_sums(K.sum_up(theorem, i, n), given, kept)


def in_power_sums(theorem: Theorem, given: Given = (), kept: Iterable[sp.Basic] = ()) -> Theorem:
    """Write the sums on both sides of a relation as power sums, but for those kept."""
    for side in (left(theorem), right(theorem)):
        for total in (one for one in _outermost(side) if one not in {*kept}):
            theorem = rewrite(theorem, _reduced_total(total, given))
    return theorem
