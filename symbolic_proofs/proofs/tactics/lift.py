"""Lifting: a goal that is a known comparison times a positive factor, found by division."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import suppress

import sympy as sp

from ... import kernel as K
from ...derivations.derivation import Proof
from ...kernel import KernelError, Theorem
from ...kernel.definedness import Facts
from ...kernel.polynomials import Form, NotAlgebraicError, as_term, monomial_term
from ...language.formulas import Formula, Relation
from ...language.kinds import is_whole
from ...language.operations import Log, Power, Product, Sum, base_and_exponent, factors, order
from ...language.sums import NonzeroTotal
from ...language.terms import Norm, OnNonzero, PowerSum, PQIndex
from ...rational_terms import cancelled, expanded, factored
from . import inequalities
from .combine import Given, combine, discharge, instance, left, right, then
from .inequalities import power_below
from .products import difference_in_factors
from .sorting import hidden
from .unfold import folded, plain

_LONGEST_FACTOR = 60


def side_facts(statement: Formula, given: Given) -> list[Theorem]:
    """Return what a statement needs to be defined, and signs alone do not see.

    1 < sqrt(N) for every sqrt(N) that it subtracts from, N > 1; 0 < 1 - 1/N where it divides by it.
    """
    found = []
    seen = Facts(given)
    for node in sorted(statement.atoms(Power), key=order):
        base = node.base
        if node.exp == sp.Rational(1, 2) and base.free_symbols and is_whole(base):
            try:
                one = {
                    inequalities.u: sp.Integer(1),
                    inequalities.b: base,
                    inequalities.e: node.exp,
                }
                found.append(instance(power_below(), one, given))
            except KernelError:
                continue
        elif node.exp == -1 and isinstance(base, Sum) and not hidden(base):
            with suppress(KernelError):
                if not seen.nonzero(base):
                    above = Relation("<", sp.Integer(0), base)
                    found.append(combine(above, (1, difference_in_factors(above, given))))
    return [t for t in found if t.hypotheses <= {*given}]


def concluded(
    proof: Proof,
    goal: Relation,
    premise: Theorem,
    given: Given,
    facts: list[Theorem],
    reason: str,
    *,
    opaque: bool = False,
    more: Sequence[Theorem] = (),
) -> Theorem:
    """Prove a goal that is the premise times a positive factor, which is found by division.

    With `opaque`, power sums of composed vectors stay as they are, which keeps the terms small.
    `more` are equations to use on the goal when it is unfolded.
    """
    known = (*given, *(fact.conclusion for fact in facts))
    wanted, equations = in_power_sums_of(goal, known) if opaque else plain(goal, known)
    for equation in more:
        equations.append(equation)
        wanted = wanted.xreplace({left(equation): right(equation)})
    shown = combine(wanted, (factor_of(wanted, premise.conclusion, known), premise), given=known)
    return proof.show(discharge(folded(goal, shown, equations), *facts), reason)


def in_power_sums_of(goal: Relation, given: Given) -> tuple[Relation, list[Theorem]]:
    """Return the goal with norms and indices written in power sums, and the equations for it."""
    equations = []
    heads = (n for n in sp.preorder_traversal(goal) if isinstance(n, PQIndex | Norm))
    for head in dict.fromkeys(heads):
        meaning = K.define(head, given)
        for inner in sorted(right(meaning).atoms(Norm), key=order):
            meaning = then(meaning, K.define(inner, given))
        equations.append(meaning)
        goal = goal.xreplace({head: right(meaning)})
    return goal, equations


def factor_of(goal: Formula, premise: Formula, given: Given) -> sp.Expr:
    """Return the factor c with goal = c premise, both as differences that are > 0."""
    algebra_ = Facts(given).algebra
    try:
        wanted, had = (algebra_.form(_rise(f)) for f in (goal, premise))
    except NotAlgebraicError as error:
        raise KernelError("{}", error) from error
    if not had.numerator:
        raise KernelError("the premise compares equal terms")
    ratio = algebra_.monomial_ratio(wanted.numerator, had.numerator)
    if ratio is None:
        # logarithms do not cancel: this is seen at once, where SymPy would search for long
        if _logarithms(wanted) != _logarithms(had):
            raise KernelError("the goal is not the premise times a factor")
        # found by SymPy, and checked by the rule that uses it
        factor = cancelled(as_term(wanted) / as_term(had))
        if sp.count_ops(factor) > _LONGEST_FACTOR and not _is_polynomial(factor):
            raise KernelError("the goal is not the premise times a factor")
        return factor
    factor = monomial_term(*ratio) * _quotient(as_term(had.below()), as_term(wanted.below()))
    facts = Facts(given)
    is_fit = facts.defined(factor) and facts.nonnegative(factor)
    return factor if is_fit else _signed(factored(factor), facts)


def _signed(product: sp.Expr, facts: Facts) -> sp.Expr:
    """Return a product with each factor that is below 0 turned round, so that its sign is seen."""
    parts, sign = [], 1
    for factor in factors(product):
        base, e = base_and_exponent(factor)
        if isinstance(base, Sum) and e.is_Integer and facts.positive(-base):
            base, sign = expanded(-base), sign * (-1) ** abs(int(e))
        parts.append(base**e)
    return Product(sign, *parts)


def _quotient(above: sp.Expr, below: sp.Expr) -> sp.Expr:
    """Return a quotient without the factors that a sum below the line has in common with it."""
    if isinstance(below, Sum) and above != 1:
        with suppress(KernelError):
            return cancelled(above / below)
    return above / below


def _is_polynomial(term: sp.Expr) -> bool:
    if isinstance(term, Sum | Product):
        return all(map(_is_polynomial, term.args))
    return not isinstance(term, Power) or (isinstance(term.exp, sp.Integer) and term.exp > 0)


def _logarithms(form: Form) -> set[sp.Expr]:
    kinds = (Log, OnNonzero, NonzeroTotal)
    return {atom for monomial in form.numerator for atom, _ in monomial if isinstance(atom, kinds)}


def _rise(formula: Formula) -> sp.Expr:
    if not isinstance(formula, Relation):
        raise KernelError("no comparison")
    up = formula.op in ("<", "<=")
    return formula.right - formula.left if up else formula.left - formula.right


def exponents_of(statement: Formula) -> list[sp.Expr]:
    """Return the exponents of the power sums, norms and indices in a statement."""
    nodes = sp.preorder_traversal(statement)
    found = {e for n in nodes if isinstance(n, PowerSum | Norm | PQIndex) for e in n.args[1:]}
    return sorted(found, key=order)
