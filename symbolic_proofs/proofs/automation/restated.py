"""What is given, as proofs use it: each comparison of every entry alone, a letter solved for.

'a <= w_i <= b for every i' is two premises, and ||W||_oo <= c is one of every entry; 1/p + 1/q = 1
says that q = p/(p - 1), and p > 1. A claim is proved from the premises so, which follow from its
own.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import suppress
from dataclasses import replace
from itertools import islice

import sympy as sp

from ... import kernel as K
from ...derivations.derivation import Derivation, Proof
from ...kernel import KernelError, Theorem
from ...kernel.definedness import Facts
from ...kernel.polynomials import NotAlgebraicError, as_sum
from ...language.claim import Claim
from ...language.formulas import And, Every, Relation, at_most, equal, less
from ...language.names import LanguageError
from ...language.operations import Product, Variable, order
from ...language.terms import Greatest, Least, Norm
from ...language.vectors import Entry, VectorSymbol, is_nonnegative_vector
from ...rational_terms import coefficient, expanded, linear
from ..tactics.combine import Given, combine, discharge, fresh_index, left, rewrite, right
from ..tactics.sorting import hidden
from ..tactics.unfold import folded, plain
from .cases import Way
from .known_of_entries import member


def by_opened(claim: Claim, way: Way) -> Derivation | None:
    """Return a derivation of a claim from that in which each entry's comparisons stand alone."""
    given = tuple(claim.given)
    every = [h for h in given if isinstance(h, Every)]
    opened = {h: _parts(h) for h in every if isinstance(h.body, And)}
    facts = [fact for parts in opened.values() for fact in parts]
    facts += [fact for h in given if isinstance(h, Relation) for fact in _of_extremes(h, given)]
    each = [*(K.assume(h) for h in every if h not in opened), *facts]
    signs = [sign for fact in each for sign in _sign_of_entry(fact, given)]
    if not facts and not signs:
        return way(claim)
    new = dict.fromkeys(fact.conclusion for fact in (*facts, *signs))
    known = (*(h for h in given if h not in opened), *new)
    return _from([*facts, *signs], way(replace(claim, given=known)), "so for each entry")


def _at(theorem: Theorem) -> tuple[Theorem, sp.Symbol, sp.Expr]:
    every = theorem.conclusion
    i, count = fresh_index(every, *theorem.hypotheses), every.args[2]
    return K.at_index(theorem, i, (Relation("<=", i, count),)), i, count


def _parts(every: Every) -> list[Theorem]:
    inside, i, count = _at(K.assume(every))
    return [K.every(K.conjunct(inside, part), i, count) for part in every.at(i).args]


def _of_extremes(said: Relation, given: Given) -> Iterator[Theorem]:
    """Yield f(i) <= c for every i where the greatest f(i) is given to be, f(i) >= c for the least.

    A factor > 0 of the extreme is divided by.
    """
    if said.op in ("=", "!=") or not said.atoms(Norm, Greatest, Least):
        return
    with suppress(KernelError):
        wanted, equations = plain(said, given)
        low, high = wanted.oriented().args[1:]
        for extreme in sorted(wanted.atoms(Greatest, Least), key=order):
            share = coefficient(high - low, extreme)
            up = isinstance(extreme, Greatest)
            scale = -1 / share if up else 1 / share
            limit = expanded(extreme - (high - low) / share)
            if hidden(extreme) or limit.atoms(Entry) or not Facts(given).positive(scale):
                continue
            i, count = fresh_index(said, *given), extreme.args[2]
            one = member(extreme, i, (*given, at_most(i, count)))
            ends = (left(one), limit) if up else (limit, right(one))
            premise = rewrite(K.assume(said), *equations)
            entry = combine(Relation("<=", *ends), (1, one), (scale, premise), given=given)
            yield K.every(entry, i, count)


def _sign_of_entry(fact: Theorem, given: Given) -> Iterator[Theorem]:
    """Yield w_i > 0, or w_i >= 0, for every i from a <= w_i where a is."""
    every = fact.conclusion
    if not (isinstance(every, Every) and isinstance(every.body, Relation)):
        return
    relation = every.body.oriented()
    if relation.op not in ("<", "<=") or not isinstance(relation.right, Entry):
        return
    facts = Facts(given)
    if (
        relation.left == 0
        or relation.left.has(Entry)
        or is_nonnegative_vector(relation.right.args[0])
    ):
        return
    with suppress(KernelError):
        here, i, count = _at(fact)
        low, entry = here.conclusion.oriented().args[1:]
        goal = less(0, entry) if relation.op == "<" or facts.positive(low) else at_most(0, entry)
        yield K.every(combine(goal, (1, here), given=given), i, count)


def by_solved(claim: Claim, way: Way) -> Derivation | None:
    """Return a derivation with the value of a letter put for it, None if no equation gives one."""
    given = tuple(claim.given)
    for h in given:
        if not (isinstance(h, Relation) and h.op == "=" and not h.atoms(VectorSymbol)):
            continue
        for facts in islice(_solved(h, given), 1):
            letter, value = facts[-1].conclusion.args[1:]
            goal = claim.conclusion.xreplace({letter: value})
            rest = (g.xreplace({letter: value}) for g in given if g != h)
            known = (*rest, *(fact.conclusion for fact in facts[:-1]))
            found = way(replace(claim, given=known, conclusion=goal))
            if found is None:
                continue
            with suppress(KernelError):
                back = folded(claim.conclusion, K.weaken(found.theorem, known), [facts[-1]])
                back = discharge(back, *_same(given, facts[-1]))
                proof = Proof(list(found.steps))
                proof.show(back, "put for the letter")
                return _from(facts, proof.done(), "solved for a letter")
    return None


def _same(given: Given, value: Theorem) -> Iterator[Theorem]:
    """Yield the premises with the value put for its letter."""
    letter = value.conclusion.args[1]
    for h in given:
        if isinstance(h, Relation) and h.has(letter):
            with suppress(KernelError):
                yield rewrite(K.assume(h), value)


def _solved(said: Relation, given: Given) -> Iterator[list[Theorem]]:
    """Yield what an equation says of one of its letters: that its factor has a sign, its value."""
    letters = sorted(said.atoms(Variable), key=order, reverse=True)
    try:
        form = Facts(given).algebra.form(said.left - said.right)
        if not form.numerator:
            return
        least = {x: min(dict(m).get(x, sp.Integer(0)) for m in form.numerator) for x in letters}
        scale = Product(as_sum(form.denominator), *(x ** (-e) for x, e in least.items()))
        whole = expanded(scale * (said.left - said.right))
    except (KernelError, NotAlgebraicError, LanguageError, TypeError):
        return
    for letter in letters:
        with suppress(KernelError):
            factor, rest = linear(whole, letter)
            signs = (
                [] if Facts(given).nonzero(factor) else [_sign(factor, letter, scale, said, given)]
            )
            known = (*given, *(fact.conclusion for fact in signs))
            value = combine(
                equal(letter, -rest / factor), (scale / factor, K.assume(said)), given=known
            )
            yield [*signs, value]


def _sign(
    factor: sp.Expr, letter: sp.Expr, scale: sp.Expr, said: Relation, given: Given
) -> Theorem:
    """Prove that the factor of a letter > 0 is below 0, or above: the rest has the other sign."""
    for goal in (less(factor, 0), less(0, factor)):
        for c in (scale / letter, -scale / letter):
            with suppress(KernelError):
                return combine(goal, (c, K.assume(said)), given=given)
    raise KernelError("{} may be 0", factor)


def _from(facts: list[Theorem], found: Derivation | None, words: str) -> Derivation | None:
    if found is None:
        return None
    proof = Proof()
    used = found.theorem.hypotheses
    for fact in facts:
        if fact.conclusion in used:
            proof.show(fact, words)
    proof.show_all(found.steps)
    with suppress(KernelError):
        proof.show(discharge(found.theorem, *reversed(facts)), "so, under what is given")
        return proof.done()
    return None
