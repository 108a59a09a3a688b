"""There is, for every: a value that will do, and a letter of which no more is known than is said.

"For every x with H: F" is F for any x with H. For "there is c: F" values are proposed, and F is
proved for one by the other ways: the value at which two sides are equal, small numbers, lengths and
their roots. For a limit, "there is δ such that for every x with |x - a| < δ: |f(x) - l| < ε", it is
ε over what the difference may be a multiple of; or the inverse, where x > δ.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import suppress
from dataclasses import replace
from itertools import combinations, islice

import sympy as sp

from ... import kernel as K
from ...derivations.derivation import Derivation, Proof
from ...kernel import KernelError, Theorem
from ...kernel.work import WorkLimitError, limited
from ...language.claim import Claim
from ...language.formulas import And, Exists, ForAll, Formula, Relation, free_variables
from ...language.names import LanguageError
from ...language.operations import Power, Variable, order
from ...language.symbols import kind_of, real
from ...language.terms import Norm, PowerSum
from ...language.vectors import VectorSymbol, length
from ...notation.api import to_text
from ...rational_terms import linear
from ..tactics.flat import flat
from ..tactics.lift import exponents_of
from ..tactics.unfold import plain
from .cases import Way

#: values that are tried for one variable, and applications of rules for each
_MOST, _RULES_EACH = 5, 1_500
#: kinds whose values may be any positive term
_KINDS = ("real", "positive", "nonnegative")


def by_quantifiers(claim: Claim, way: Way) -> Derivation | None:
    """Return a derivation of "there is" or "for every" from the statement inside, None if none."""
    if not isinstance(claim.conclusion, Exists | ForAll):
        return None
    proof = Proof()
    return None if _shown(proof, claim, way) is None else proof.done()


def _shown(proof: Proof, claim: Claim, way: Way) -> Theorem | None:
    goal = claim.conclusion
    match goal:
        case ForAll():
            inner = replace(claim, given=(*claim.given, *goal.given), conclusion=goal.body)
            shown = _shown(proof, inner, way)
            if shown is None:
                return None
            every = K.generalise(shown, goal.given, goal.variables)
            return proof.show(every, "for every such value")
        case Exists():
            return _by_example(proof, goal, claim, way)
        case And():
            parts = [_shown(proof, replace(claim, conclusion=part), way) for part in goal.args]
            shown_parts = [part for part in parts if part is not None]
            return K.both(*shown_parts) if len(shown_parts) == len(parts) else None
    found = way(claim)
    if found is None:
        return None
    proof.show_all(found.steps)
    return found.theorem


def _by_example(proof: Proof, goal: Exists, claim: Claim, way: Way) -> Theorem | None:
    said: Formula = And(*goal.given, goal.body) if goal.given else goal.body
    for values in _proposed(goal, claim):
        trial = Proof()
        try:
            with limited(rules=_RULES_EACH) as meter:
                shown = _shown(trial, replace(claim, conclusion=said.xreplace(values)), way)
            if shown is None:
                continue
            shown = K.exhibit(shown, goal, [values[variable] for variable in goal.variables])
        except (KernelError, LanguageError):
            continue
        except WorkLimitError as limit:
            if limit.meter is meter:
                continue
            raise
        proof.show_all(trial.steps)
        words = ", ".join(f"${to_text(v)} = {to_text(t)}$" for v, t in values.items())
        return proof.show(shown, f"{words} will do")
    return None


def _proposed(goal: Exists, claim: Claim) -> Iterator[dict[sp.Basic, sp.Basic]]:
    if len(goal.variables) != 1:
        return
    (variable,) = goal.variables
    if not isinstance(variable, Variable):
        return
    relations, bound = list(_relations(goal)), {variable}
    for part in goal.atoms(ForAll, Exists):
        bound |= {*part.variables}
    is_number = kind_of(variable) in _KINDS
    values = (
        _candidates(variable, relations, bound, claim) if is_number else map(sp.Integer, (1, 2))
    )
    fit = (v for v in dict.fromkeys(values) if not free_variables(v) & bound)
    for value in islice(fit, _MOST):
        yield {variable: value}


def _relations(goal: Formula) -> Iterator[tuple[Relation, bool]]:
    """Yield the comparisons under quantifiers and "and", and whether each is a condition."""
    match goal:
        case Relation():
            yield goal, False
        case And():
            for part in goal.args:
                yield from _relations(part)
        case Exists() | ForAll():
            yield from ((h, True) for h in goal.given if isinstance(h, Relation))
            yield from _relations(goal.body)


def _candidates(
    variable: Variable,
    relations: list[tuple[Relation, bool]],
    bound: set[sp.Basic],
    claim: Claim,
) -> Iterator[sp.Expr]:
    bodies = [relation for relation, is_condition in relations if not is_condition]
    conditions = [h for h, is_condition in relations if is_condition and h.has(variable)]
    if conditions:
        yield from _for_a_limit(variable, conditions[0], bodies, bound, claim)
        return
    equal_at = [value for one in bodies for value in _equal_at(variable, one, claim)]
    if any(one.op == "=" for one in bodies):
        yield from equal_at
    if not equal_at:  # where it is no factor, nothing is like it
        return
    yield sp.Integer(1)
    orders = dict.fromkeys(e for relation in bodies for e in exponents_of(relation))
    for n in _sizes(bodies, bound):
        for r, s in combinations(orders, 2):
            yield from (n ** (1 / r - 1 / s), n ** (1 / s - 1 / r))
        yield from (n, Power(n, sp.Rational(1, 2)), n**2)
    yield from equal_at
    yield from (value + 1 for value in equal_at)
    yield from (sp.Integer(2), sp.Rational(1, 2))


def _equal_at(variable: Variable, relation: Relation, claim: Claim) -> Iterator[sp.Expr]:
    """Yield the value at which both sides are equal, where they are linear in a power of it."""
    letter = real("z")
    written = [relation]
    with suppress(KernelError):
        given = (*claim.given, Relation("!=", variable, 0))
        opened = plain(relation, given)[0]
        written.append(Relation(relation.op, *(flat(side, given) for side in opened.args[1:])))
    for one in written:
        gap = one.left - one.right
        powers = sorted((x for x in gap.atoms(Power) if x.base == variable), key=order)
        for power in (variable, *powers):
            alone = gap.xreplace({power: letter})
            if alone.has(variable):
                continue
            with suppress(KernelError):
                scale, rest = linear(alone, letter)
                value = -rest / scale
                yield value if power == variable else value ** (1 / power.exp)


def _for_a_limit(
    variable: Variable,
    condition: Relation,
    bodies: list[Relation],
    bound: set[sp.Basic],
    claim: Claim,
) -> Iterator[sp.Expr]:
    """Yield ε over what the difference may be a multiple of, or the inverse of that."""
    letters = {v for f in bodies for v in f.atoms(Variable)} - bound
    letters -= {*condition.atoms(Variable), *(v for f in bodies for v in exponents_of(f))}
    small = [v for v in sorted(letters, key=order) if _is_small(v, claim)]
    is_far = condition.oriented().left == variable
    others = sorted(condition.atoms(Variable) - bound, key=order)
    others += [
        e for f in bodies for e in exponents_of(f) if isinstance(e, Variable) and e not in bound
    ]
    sizes = _sizes(bodies, bound)
    measured = [x for f in bodies for x in sorted(f.atoms(Norm, PowerSum), key=order)]
    vectors = sorted({v for f in bodies for v in f.atoms(VectorSymbol)} - bound, key=order)
    measured += [PowerSum(v, 1) for v in vectors]
    multiples = dict.fromkeys(x for x in (*sizes, *measured) if not free_variables(x) & bound)
    for epsilon in small:
        for value in _small(epsilon, multiples, dict.fromkeys(others)):
            yield 1 / value if is_far else value


def _small(
    epsilon: sp.Expr, multiples: Iterable[sp.Expr], others: Iterable[sp.Expr]
) -> Iterator[sp.Expr]:
    yield epsilon
    for multiple in multiples:
        yield epsilon / (1 + multiple)
        yield epsilon / ((1 + epsilon) * (1 + multiple))
        for other in others:
            yield epsilon * other / (epsilon + other * (1 + multiple))
            yield epsilon * other**2 / (1 + epsilon * other + multiple)
        yield (epsilon / (1 + multiple)) ** 2


def _is_small(variable: Variable, claim: Claim) -> bool:
    above = Relation("<", 0, variable)
    return kind_of(variable) == "positive" or any(
        isinstance(h, Relation) and h.oriented() == above for h in claim.given
    )


def _sizes(bodies: list[Relation], bound: set[sp.Basic]) -> list[sp.Expr]:
    """Return the lengths of the vectors that are compared."""
    vectors = {v for f in bodies for v in f.atoms(VectorSymbol)}
    sizes = {length(v) for v in vectors}
    return sorted((n for n in sizes if not free_variables(n) & bound), key=order)
