"""Tactics: procedures that apply kernel rules.

They need no trust; what they return was made by the kernel.
"""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache

import sympy as sp

from .. import kernel as K
from ..conditions import Facts
from ..kernel import KernelError, Theorem
from ..language.formulas import Formula, NonZero, Relation, as_formula, equal, negation, normal
from ..language.symbols import count
from ..language.terms import Norm, PowerSum, PQIndex, Total
from ..language.vectors import Concat, Entry, Steps, Vector, VectorSymbol
from .sorting import hidden, in_any_order, sorted_in

Given = tuple[Formula, ...]


def algebra(goal: object, given: Given = ()) -> Theorem:
    """Prove a relation that holds by algebra and known signs alone."""
    return K.arithmetic(as_formula(goal), (), tuple(given))


def combine(goal: object, *parts: tuple[object, Theorem], given: Given = ()) -> Theorem:
    """Prove a relation as the sum of coefficient times theorem, and what algebra and signs show."""
    theorems = [theorem for _, theorem in parts]
    coefficients = tuple(sp.sympify(coefficient) for coefficient, _ in parts)
    return K.arithmetic(*theorems, as_formula(goal), coefficients, tuple(given))


def right(theorem: Theorem) -> sp.Expr:
    """Return the right-hand side of the relation that a theorem states."""
    relation = theorem.conclusion
    if not isinstance(relation, Relation):
        raise KernelError(f"{relation} is no relation")
    return relation.right


def left(theorem: Theorem) -> sp.Expr:
    """Return the left-hand side of the relation that a theorem states."""
    relation = theorem.conclusion
    if not isinstance(relation, Relation):
        raise KernelError(f"{relation} is no relation")
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
    return tuple(sorted(hypotheses, key=str))


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
    for hypothesis in sorted(theorem.hypotheses - {*given}, key=sp.default_sort_key):
        try:
            if isinstance(hypothesis, Relation):
                theorem = K.cut(from_given(hypothesis, given), theorem)
            elif isinstance(hypothesis, NonZero):
                theorem = K.cut(K.nonzero(hypothesis.args[0], tuple(given)), theorem)
        except KernelError:
            continue
    return theorem


def from_given(goal: Relation, given: Given) -> Theorem:
    """Prove a relation by signs, or as the sum of two given ones (p < q from p <= 1 and 1 < q)."""
    relations = [h for h in given if isinstance(h, Relation) and h.op not in ("=", "!=")]
    pairs = [(a, b) for k, a in enumerate(relations) for b in relations[k + 1 :]]
    for parts in ((), *pairs):
        try:
            return combine(goal, *((1, K.assume(part)) for part in parts), given=given)
        except KernelError:
            continue
    raise KernelError(f"{goal} is not seen to follow from what is given")


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
    return sorted(found, key=sp.default_sort_key)


def _reduced_total(total: Total, given: Given) -> Theorem:
    given = tuple(given)
    parts = sorted({e.args[0] for e in total.body.atoms(Entry) if is_own(e, total)}, key=str)
    if parts:
        step = K.split(total, parts[0], given)
        return then(step, reduced(right(step), given))
    ordered_vectors = sorted_in(total)
    if ordered_vectors:
        step = in_any_order(total, ordered_vectors[0], given)
        return then(step, reduced(right(step), given))
    index = _fresh_index(total)
    inside = reduced(total.at(index), given)
    inside = then(inside, *_without_factors(right(inside), given))
    result = algebra(equal(total, total), given)
    if right(inside) != left(inside):
        result = then(result, K.sum_up(inside, index, total.args[2]))
    for piece in _outermost(right(result)):
        step = K.linear(piece, given)
        if right(step) != piece:
            result = then(result, step)
    return fold(result, given)


def is_own(e: Entry, total: Total) -> bool:
    """Tell whether an entry is that of a composed vector at the sum's own index."""
    return isinstance(e.args[0], Concat | Steps) and e.args[1] == total.variable


def _without_factors(term: sp.Expr, given: Given) -> list[Theorem]:
    """Return |c x - c y| = c |x - y| for the absolute values in a term that have such a c >= 0."""
    facts, found = Facts(given), []
    for value in sorted(term.atoms(sp.Abs), key=sp.default_sort_key):
        # those under a sum were seen when it was reduced
        if not value.args[0].is_Add or hidden(value):
            continue
        product = sp.factor_terms(value.args[0])
        factor = sp.Mul(*(f for f in sp.Mul.make_args(product) if facts.nonnegative(f)))
        if factor != 1:
            inner = sp.expand(product / factor)
            goal, sign = equal(value, factor * sp.Abs(inner)), Relation(">=", inner, 0)
            cases = [algebra(goal, (*given, s)) for s in (sign, negation(sign))]
            found.append(K.cases(*cases, sign))
    return found


def _fresh_index(term: sp.Basic) -> sp.Symbol:
    taken = {s.name for s in term.atoms(sp.Symbol)}
    return next(count(f"i{k}") for k in range(1, len(taken) + 2) if f"i{k}" not in taken)


def fold(theorem: Theorem, given: Given = ()) -> Theorem:
    """Write sums of |w_i|^r over whole vector symbols as power sums.

    Only those on the right of the equation.
    """
    for total in _outermost(right(theorem)):
        base, exponent = total.body.as_base_exp()
        entry = base.args[0] if isinstance(base, sp.Abs) else base
        if isinstance(entry, Entry) and isinstance(entry.args[0], VectorSymbol):
            meaning = K.define(PowerSum(entry.args[0], exponent), tuple(given))
            if right(meaning) == total:
                theorem = then(theorem, meaning, backwards=True)
    return theorem


@cache
def norm(vector: Vector, r: object, given: Given = ()) -> Theorem:
    """Prove ||V||_r = S_r(V)^(1/r) with the power sum worked out."""
    meaning = K.define(Norm(vector, r), tuple(given))
    return then(meaning, power_sum(vector, sp.sympify(r), given))


@cache
def index(vector: Vector, p: sp.Expr, q: sp.Expr, given: Given) -> Theorem:
    """Prove I(V) = 1 - N^(1/q-1/p) S_p^(1/p)/S_q^(1/q) with the power sums worked out."""
    meaning = K.define(PQIndex(vector, p, q), tuple(given))
    return then(meaning, norm(vector, p, given), norm(vector, q, given))


def summed(theorem: Theorem, i: sp.Symbol, n: sp.Expr, given: Given = ()) -> Theorem:
    """Sum a comparison over i = 1 .. n and write the sums as power sums."""
    return in_power_sums(K.sum_up(theorem, i, n), given)


def in_power_sums(theorem: Theorem, given: Given = ()) -> Theorem:
    """Write the sums on both sides of a relation as power sums."""
    for side in (left(theorem), right(theorem)):
        for total in _outermost(side):
            theorem = rewrite(theorem, _reduced_total(total, given))
    return theorem
