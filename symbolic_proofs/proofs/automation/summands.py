"""Rules for measures that are minus a sum of one function of the entries, or a function of it.

| rule          | what it covers                                                                   |
|---------------|----------------------------------------------------------------------------------|
| `by_concavity`| Robin Hood, where the function is c^p with p < 1                                 |
| `by_terms`    | Rising Tide, where the function rises with the entry: powers, logarithms, tanh   |
| `by_tanh`     | Robin Hood, where the function is tanh                                           |
| `by_any_start`| Bill Gates, where the measure rises with the entry by algebra alone              |
"""

from __future__ import annotations

import sympy as sp

from ... import kernel as K
from ...claims.notation import R_nonnegative, epsilon, u, v
from ...derivations.derivation import Derivation, Proof
from ...kernel import KernelError, Theorem
from ...language.claim import Claim
from ...language.formulas import Exists, ForAll, Relation, less
from ...language.operations import Exp, Log, Power, Sum, Tanh
from ...language.symbols import count
from ...language.terms import Norm, PowerSum, Total
from ...language.vectors import Vector, VectorSymbol, length
from ..paper import transfers
from ..paper.transfers import spread
from ..tactics import inequalities
from ..tactics.combine import (
    Given,
    algebra,
    combine,
    discharge,
    in_power_sums,
    instance,
    right,
    said_at,
)
from ..tactics.hyperbolic import tanh_by_exponentials
from ..tactics.inequalities import logarithm_below, power_below, tangent
from ..tactics.lift import concluded, exponents_of, factor_of
from ..tactics.unfold import folded, plain

_I = count("i")


def by_concavity(claim: Claim) -> Derivation | None:
    """Robin Hood for a measure that falls as one power sum with an exponent below 1 rises."""
    goal, given = claim.conclusion, tuple(claim.given)
    exponents = exponents_of(goal)
    if len(exponents) != 1 or not isinstance(goal, Relation):
        return None
    (e,) = exponents
    moved = {transfers.a: u - epsilon, transfers.b: v + epsilon, transfers.d: epsilon}
    proof = Proof()
    strict = instance(spread(False), {**moved, transfers.r: e}, given)
    proof.show(strict, "$t^p$ is strictly concave for $p < 1$")
    rest = PowerSum(R_nonnegative, e)
    old, new = u**e + v**e + rest, (u - epsilon) ** e + (v + epsilon) ** e + rest
    grown = combine(less(old, new), (1, strict), given=given)
    _through_root(proof, goal, grown, e, given, "the measure falls as the power sum rises")
    return proof.done()


def _through_root(
    proof: Proof, goal: Relation, grown: Theorem, e: sp.Expr, given: Given, reason: str
) -> None:
    """Conclude from a comparison of sums, or of their roots of order e."""
    old, new = grown.conclusion.args[1:]
    for root in dict.fromkeys((sp.Integer(1), 1 / e)):
        raised = grown
        if root != 1:
            lift = {inequalities.u: old, inequalities.b: new, inequalities.e: root}
            raised = discharge(instance(power_below(), lift, given), grown)
        try:
            concluded(proof, goal, raised, given, [], reason)
        except KernelError:
            continue
        return
    raise KernelError("the measure is not seen to fall as the sum rises")


def by_terms(claim: Claim) -> Derivation | None:
    """Rising Tide for minus a sum of functions that rise with the entry."""
    goal, given = claim.conclusion, tuple(claim.given)
    if not isinstance(goal, Relation):
        return None
    found = _summand(goal.right)
    if found is None:
        return None
    vector, low, e = found
    symbols = sorted(goal.left.free_symbols - goal.right.free_symbols, key=str)
    if len(symbols) != 1:
        return None
    raised = low.xreplace({vector[_I]: vector[_I] + symbols[0]})
    proof = Proof()
    inside = said_at(_I, length(vector), given)
    term = rises_pointwise(low, raised, (*given, *inside))
    proof.show(term, "each term rises")
    total = K.sum_up(term, _I, length(vector))
    total = in_power_sums(total, given)
    _through_root(proof, goal, total, e or sp.Integer(1), given, "sum over $i$")
    return proof.done()


def _summand(term: sp.Expr) -> tuple[Vector, sp.Expr, sp.Expr | None] | None:
    """Return the vector, the summand at the index i, and the exponent if it is a power."""
    heads = [n for n in sp.preorder_traversal(term) if isinstance(n, PowerSum | Norm | Total)]
    if len(heads) != 1:
        return None
    (head,) = heads
    if isinstance(head, Total):
        body = head.at(_I)
        vectors = sorted(body.atoms(VectorSymbol), key=str)
        return (vectors[0], body, None) if len(vectors) == 1 else None
    vector, e = head.args
    return (vector, abs(vector[_I]) ** e, e) if isinstance(vector, VectorSymbol) else None


def rises_pointwise(low: sp.Expr, high: sp.Expr, given: Given) -> Theorem:
    """Prove low < high for two values of one function, by what it is made of."""
    goal = less(low, high)
    try:
        return algebra(goal, given)
    except KernelError:
        pass
    if isinstance(low, Tanh) and isinstance(high, Tanh):
        sides = [K.define(side, given) for side in (low, high)]
        base, other = Exp(2 * low.args[0]), Exp(2 * high.args[0])
        inner = rises_pointwise(base, other, given)
        factor = 2 / ((base + 1) * (other + 1))
        return combine(goal, (factor, inner), (1, sides[0]), (-1, sides[1]), given=given)
    if isinstance(low, Exp) and isinstance(high, Exp):
        inner = rises_pointwise(low.args[0], high.args[0], given)
        step = high.args[0] - low.args[0]
        return combine(goal, (low, tangent(step, *given)), (low, inner), given=given)
    if isinstance(low, Log) and isinstance(high, Log):
        inner = rises_pointwise(low.args[0], high.args[0], given)
        values = {inequalities.a: low.args[0], inequalities.b: high.args[0]}
        return discharge(instance(logarithm_below(), values, given), inner)
    if isinstance(low, Sum) and isinstance(high, Sum):
        common = set(low.args) & set(high.args)
        one, two = (Sum(*(t for t in side.args if t not in common)) for side in (low, high))
        if common and not (isinstance(one, Sum) or isinstance(two, Sum)):
            return combine(goal, (1, rises_pointwise(one, two, given)), given=given)
    if isinstance(low, Power) and isinstance(high, Power) and low.exp == high.exp:
        inner = rises_pointwise(low.base, high.base, given)
        values = {inequalities.u: low.base, inequalities.b: high.base, inequalities.e: low.exp}
        return discharge(instance(power_below(), values, given), inner)
    raise KernelError("{} < {} is not seen", low, high)


def by_tanh(claim: Claim) -> Derivation | None:
    """Robin Hood for minus the sum of tanh.

    With a = e^(2u), b = e^(2v), k = e^(2ε), tanh u + tanh v falls with a + b at fixed ab > 1, and
    a/k + bk < a + b since bk < a and k > 1.
    """
    goal, given = claim.conclusion, tuple(claim.given)
    if not goal.atoms(Tanh) or exponents_of(goal):
        return None
    proof = Proof()
    a, b, k = (Exp(2 * t) for t in (u, v, epsilon))
    one = sp.Integer(1)
    apart = combine(
        less(b * k, a),
        (b * k, tangent(2 * u - 2 * v - 2 * epsilon, *given)),
        (b * k, K.assume(less(2 * epsilon, u - v))),
        given=given,
    )
    above = combine(less(one, a * b), (1, tangent(2 * u + 2 * v, *given)), given=given)
    proof.show(apart, "$u - v > 2ε$, and $1 + x ≤ e^x$")
    proof.show(above, "$u > 0$")
    known = (*given, apart.conclusion, above.conclusion)
    gap = combine(
        less(0, (a * b - 1) * (1 - 1 / k) * (a - b * k)),
        ((a * b - 1) * (1 - 1 / k), apart),
        given=(*known, less(1, k)),
    )
    wide = combine(less(1, k), (1, tangent(2 * epsilon, *given)), given=given)
    gap = discharge(gap, wide, apart, above)
    sides = [tanh_by_exponentials(t, given) for t in (u, v, u - epsilon, v + epsilon)]
    total = less(right(sides[0]) + right(sides[1]), right(sides[2]) + right(sides[3]))
    factor = factor_of(total, gap.conclusion, given)
    grown = combine(total, (factor, gap), given=given)
    back = combine(
        less(Tanh(u) + Tanh(v), Tanh(u - epsilon) + Tanh(v + epsilon)),
        (1, grown),
        (1, sides[0]),
        (1, sides[1]),
        (-1, sides[2]),
        (-1, sides[3]),
        given=given,
    )
    proof.show(
        back, "$tanh(x) = 1 - 2/(e^(2x) + 1)$; the sum falls with $a + b$ at fixed $a·b > 1$"
    )
    concluded(proof, goal, back, given, [], "the other terms are the same")
    return proof.done()


def by_any_start(claim: Claim) -> Derivation | None:
    """Bill Gates, where any β will do: one term alone changes, and it rises with the entry."""
    goal, given = claim.conclusion, tuple(claim.given)
    if not (isinstance(goal, Exists) and isinstance(goal.body, ForAll)):
        return None
    body = goal.body.body
    if not isinstance(body, Relation) or goal.given or goal.body.given:
        return None
    proof = Proof()
    wanted, equations = plain(body, given)
    shown = folded(body, algebra(wanted, given), equations)
    proof.show(shown, "one term rises, the others are the same")
    ones = tuple(sp.Integer(1) for _ in goal.variables)
    forth = K.generalise(shown, (), goal.body.variables)
    start = K.instantiate(forth, dict(zip(goal.variables, ones, strict=True)), given)
    proof.show(K.exhibit(start, goal, ones), "so any $β$ will do, $1$ for an example")
    return proof.done()


RULES = (by_concavity, by_terms, by_tanh, by_any_start)
