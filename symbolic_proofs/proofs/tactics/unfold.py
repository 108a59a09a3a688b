"""Unfolding norms, indices and power sums to the power sums of vector symbols."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import suppress

import sympy as sp

from ... import kernel as K
from ...derivations.derivation import Proof
from ...kernel import Theorem
from ...language.formulas import Formula, Relation, equal
from ...language.operations import order
from ...language.sums import NonzeroTotal
from ...language.symbols import positive
from ...language.terms import Greatest, Least, Norm, PowerSum, PQIndex, Total
from ...language.vectors import Entry, Repeat, Steps, Vector, VectorSymbol, entry
from .combine import (
    algebra,
    combine,
    fresh_index,
    index,
    is_own,
    norm,
    ordered,
    power_sum,
    reduced,
    rewrite,
    right,
    said_at,
    then,
    transform,
)
from .factored_extremes import without_factor
from .flat import flat
from .sorting import hidden, in_any_order, sorted_in

_HEADS = (PowerSum, Norm, PQIndex, NonzeroTotal)
Given = tuple[Formula, ...]


def unfolded(term: sp.Expr, given: Given) -> list[Theorem]:
    """Return equations that unfold the heads of a term, in an order in which to use them."""
    equations: list[Theorem] = []
    for head in _outermost(term):
        match head:
            case PQIndex(args=(v, p, q)):
                equations.append(index(v, p, q, given))
            case Norm(args=(v, r)):
                equations.append(norm(v, r, given))
            case PowerSum(args=(v, r)) if not isinstance(v, VectorSymbol):
                equations.append(power_sum(v, r, given))
            case NonzeroTotal():
                meaning = K.define(head, given)
                meaning = then(meaning, reduced(right(meaning), given))
                if right(meaning) != head:
                    equations.append(then(meaning, *unfolded(right(meaning), given)))
            case Total() if sorted_in(head) or any(is_own(e, head) for e in head.body.atoms(Entry)):
                equations.append(reduced(head, given))
            case Total():
                equations.extend(_under_sum(head, tuple(given)))
            case Least() | Greatest():
                with suppress(K.KernelError):
                    value = without_factor(head, tuple(given))
                    equations.append(then(value, *unfolded(right(value), given)))
    found = [e for e in equations if right(e) != e.conclusion.args[1]]
    # a vector may be divided by its own norm
    return [then(e, *unfolded(right(e), given)) if right(e).atoms(Norm) else e for e in found]


def _outermost(term: sp.Basic) -> list[sp.Expr]:
    if isinstance(term, (*_HEADS, Total, Least, Greatest)):
        return [term]
    found = {t for part in term.args for t in _outermost(part)}
    return sorted(found, key=order)


def _under_sum(total: Total, given: tuple[Formula, ...]) -> list[Theorem]:
    i = fresh_index(total, *given)
    body = total.at(i)
    here = (*given, *said_at(i, total.args[2], given))
    inner = unfolded(body, here)
    if not inner:
        # a sum over W is taken apart as a sum over [U, W] is, so that the two can be compared
        return [reduced(total, given)]
    value = then(algebra(equal(body, body), here), *inner)
    value = then(value, algebra(equal(right(value), flat(right(value), here)), here))
    summed = K.sum_up(value, i, total.args[2])
    return [then(summed, reduced(right(summed), given))]


def entry_at(v: Vector, index: sp.Symbol) -> sp.Expr:
    """Return what stands at an index that runs over the vector, in a sum of vectors too."""
    if isinstance(v, Steps) and isinstance(v.body, Repeat):
        return v.body.xreplace({v.variable: index}).args[0]
    return entry(v, index)


def show_power_sums(proof: Proof, statement: sp.Basic, given: Given) -> None:
    """Show the power sum of each composed vector in a statement, for any exponent r.

    It comes from its definition.
    """
    r = positive("r")
    for node in sp.preorder_traversal(statement):
        if not isinstance(node, PQIndex | Norm | PowerSum):
            continue
        vector = node.args[0]
        meaning = PowerSum(vector, r)
        if (
            hidden(vector)
            or isinstance(vector, VectorSymbol)
            or any(s.formula.args[1:2] == (meaning,) for s in proof.steps)
        ):
            continue
        proof.show(
            power_sum(vector, r, given), "by definition, the sum split at the ends of the blocks"
        )


def show_sorted(proof: Proof, statement: Formula, given: Given) -> None:
    """Show how each sum over sorted entries in a statement is made of sums in any order."""
    for total in sorted(statement.atoms(Total), key=order):
        for vector in [] if hidden(total) else sorted_in(total):
            try:
                apart = in_any_order(total, vector, tuple(given))
            except K.KernelError:
                continue
            apart = transform(apart, flat(right(apart), given))
            value = then(apart, reduced(right(apart), given))
            proof.show(
                apart, "of each pair $i$, $j$ one is larger: $max(x, y) = (x + y + |x - y|)/2$"
            )
            proof.show(
                transform(value, flat(right(value), given)), "sums split where the blocks meet"
            )


def conclude(
    proof: Proof,
    goal: Relation,
    *parts: tuple[object, Theorem],
    given: Given,
    reason: str,
    power_sums: bool = True,
) -> Theorem:
    """Prove a relation between norms or indices: unfold it, combine the parts, and fold it back."""
    given = tuple(given)
    if goal.op == "!=":
        # two terms differ if one is below the other; which one, the parts decide
        for op in ("<", ">"):
            try:
                strict = conclude(
                    Proof(),
                    Relation(op, goal.left, goal.right),
                    *parts,
                    given=given,
                    reason="",
                    power_sums=False,
                )
            except K.KernelError:
                continue
            if power_sums:
                show_power_sums(proof, goal, given)
            return proof.show(combine(goal, (1, strict), given=given), reason)
    if power_sums:
        show_power_sums(proof, goal, given)
    goal_unfolded, equations = plain(goal, given)
    shown = combine(goal_unfolded, *parts, given=given)
    return proof.show(folded(goal, shown, equations), reason)


def plain(goal: Relation, given: Given) -> tuple[Relation, list[Theorem]]:
    """Return the goal with its heads unfolded, and the equations that unfold them."""
    equations = unfolded(goal.left, given) + unfolded(goal.right, given)
    equations = list({e.conclusion: e for e in equations}.values())
    for equation in equations:
        lhs, rhs = equation.conclusion.args[1:]
        goal = goal.xreplace({lhs: rhs})
    return goal, equations


def folded(goal: Relation, shown: Theorem, equations: Sequence[Theorem]) -> Theorem:
    """Return the goal from its unfolded form."""
    given = ordered(shown.hypotheses)
    left_value = then(algebra(equal(goal.left, goal.left), given), *equations)
    right_value = then(algebra(equal(goal.right, goal.right), given), *equations)
    return restated(goal, shown, left_value, right_value)


def restated(goal: Relation, shown: Theorem, left_value: Theorem, right_value: Theorem) -> Theorem:
    """Return the goal from what is shown of the values of its sides, and that these are that."""
    try:
        if goal.op == "=":
            return combine(goal, (1, left_value), (1, shown), (-1, right_value))
        sign = 1 if goal.op in ("<", "<=") else -1
        return combine(goal, (1, shown), (sign, left_value), (-sign, right_value))
    except K.KernelError:
        # what is said may leave a side without a form: |x|^p where x is 0
        back = rewrite(shown, left_value, right_value, backwards=True)
        if back.conclusion != goal:
            raise
        return back
