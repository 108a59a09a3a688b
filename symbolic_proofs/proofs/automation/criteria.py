"""General rules for the six criteria, for measures that no proof of their own was written for.

| rule          | what it covers                                                                |
|---------------|-------------------------------------------------------------------------------|
| `by_identity` | identities that need sqrt(N) > 1 to be defined                                |
| `by_root`     | an equation of roots, or a comparison of them by what stands under them       |
| `by_index`    | an increasing function of a PQ index at fixed length inherits Robin Hood      |
|               | (p <= 1 <= q), Rising Tide and Bill Gates                                     |
| `by_length`   | added zeros, where the length alone moves                                     |
| `by_count`    | measures that count entries                                                   |

Those of `windows`, `summands` and `sorted_sums` are tried as well.
Each rule tries and may fail; what comes out is a theorem of the kernel all the same.
"""

from __future__ import annotations

from dataclasses import replace
from itertools import permutations

import sympy as sp

from ... import kernel as K
from ...claims.catalogue import find_claim
from ...claims.notation import R, R_nonnegative, alpha, beta, nonzero, p, q, u, x
from ...derivations.derivation import Derivation, Proof
from ...kernel import KernelError, Theorem
from ...language.claim import Claim
from ...language.formulas import Exists, ForAll, Formula, Relation, at_most, less
from ...language.names import LanguageError
from ...language.operations import order
from ...language.sums import CountAtMost
from ...language.terms import NonzeroCount, PowerSum, PQIndex
from ...language.vectors import Vector, VectorSymbol, concat, length
from ..paper import transfers
from ..paper.one_entry import rises
from ..paper.rising_tide import rising_tide
from ..tactics import inequalities
from ..tactics.combine import (
    Given,
    algebra,
    combine,
    discharge,
    from_given,
    instance,
    rewrite,
    right,
    settle,
)
from ..tactics.inequalities import power_below
from ..tactics.lift import concluded, exponents_of, in_power_sums_of, side_facts
from ..tactics.roots import POWERS, lifted, not_negative, under_roots
from ..tactics.unfold import conclude, folded
from .entropies import RULES as ENTROPY_RULES
from .identities import by_unfolding
from .sorted_sums import RULES as SORTED_RULES
from .summands import RULES as SUMMAND_RULES
from .windows import by_windows


def by_rules(claim: Claim) -> Derivation | None:
    """Return a derivation by one of the general rules, None if none applies."""
    orders = _orders(claim)
    known = replace(claim, given=(*claim.given, *(fact.conclusion for fact in orders)))
    for rule in (
        by_identity,
        by_root,
        by_index,
        by_length,
        by_count,
        by_windows,
        *SUMMAND_RULES,
        *SORTED_RULES,
        *ENTROPY_RULES,
    ):
        try:
            derivation = rule(known)
        except (KernelError, LanguageError):
            continue
        if derivation is not None:
            proof = Proof(list(derivation.steps))
            proof.show(discharge(derivation.theorem, *orders), "by the conditions on $p$ and $q$")
            return proof.done()
    return None


def _orders(claim: Claim) -> list[Theorem]:
    """Return p < q for the exponents of the claim, where other conditions say so together."""
    for pair in permutations(exponents_of(claim.conclusion), 2):
        wanted = less(*pair)
        if wanted.free_symbols and wanted not in claim.given:
            try:
                return [from_given(wanted, tuple(claim.given))]
            except KernelError:
                continue
    return []


def by_count(claim: Claim) -> Derivation | None:
    """A measure that counts entries, part by part."""
    goal, given = claim.conclusion, tuple(claim.given)
    if not isinstance(goal, Relation) or not goal.atoms(NonzeroCount, CountAtMost):
        return None
    proof = Proof()
    counts = sorted(goal.atoms(NonzeroCount, CountAtMost), key=order)
    parts = []
    for term in counts:
        try:
            parts.append(proof.show(K.count_parts(term, given), "counted part by part"))
        except KernelError:
            continue
    plain_goal = goal
    for part in parts:
        plain_goal = plain_goal.xreplace({part.conclusion.args[1]: right(part)})
    shown = folded(goal, algebra(plain_goal, given), parts)
    proof.show(shown, "so it is said by the lengths alone")
    return proof.done()


def by_identity(claim: Claim) -> Derivation | None:
    """An identity that needs sqrt(N) > 1 to be defined."""
    goal = claim.conclusion
    facts = side_facts(goal, tuple(claim.given))
    if not (isinstance(goal, Relation) and facts):
        return None
    proof = Proof()
    known = (*claim.given, *(fact.conclusion for fact in facts))
    shown = conclude(Proof(), goal, given=known, reason="", power_sums=False)
    proof.show(facts[0], "a root of a number above $1$")
    proof.show(discharge(shown, *facts), "both sides agree")
    return proof.done()


def by_root(claim: Claim) -> Derivation | None:
    """An equation of two roots, or a comparison that another rule shows of what is under them."""
    goal, given = claim.conclusion, tuple(claim.given)
    found = under_roots(goal)
    if found is None or not isinstance(goal, Relation):
        return None
    inner, e = found
    proof = Proof()
    if goal.op == "=":
        facts = not_negative(inner, given)
        known = (*given, *(fact.conclusion for fact in facts))
        shown = conclude(Proof(), goal, given=known, reason="", power_sums=False)
        proof.show(facts[0], "by the range of the PQ index")
        proof.show(discharge(shown, *facts), "both sides agree")
        return proof.done()
    under = replace(claim, conclusion=inner)
    below = by_unfolding(under) or by_rules(under)
    if below is None:
        return None
    proof = Proof(list(below.steps))
    proof.show(lifted(goal, below.theorem, e, given), "the root rises")
    return proof.done()


#: what the index falls by, and its proof
_FALLS = {
    "criteria.robin-hood.amended": transfers.robin_hood,
    "criteria.rising-tide": rising_tide,
}


def by_index(claim: Claim) -> Derivation | None:
    """An increasing function of the PQ index of its two exponents, at fixed length."""
    exponents = exponents_of(claim.conclusion)
    if len(exponents) != 2:
        return None
    for low, high in (exponents, exponents[::-1]):
        try:
            derivation = _by_index(claim, low, high)
        except KernelError:
            continue
        if derivation is not None and derivation.theorem.hypotheses <= {*claim.given}:
            return derivation
    return None


def _by_index(claim: Claim, low: sp.Expr, high: sp.Expr) -> Derivation | None:
    goal, given = claim.conclusion, tuple(claim.given)
    if isinstance(goal, Exists):
        return _past_some_beta(Proof(), goal, low, high, given)
    vectors = goal.atoms(Vector)
    for name, prove in _FALLS.items():
        # the proof is made where it may be of use
        if not {head.args[0] for head in find_claim(name).conclusion.atoms(PQIndex)} <= vectors:
            continue
        source = prove()
        proof = Proof(list(source.steps[:-1]))
        try:
            known = settle(K.instantiate(source.theorem, {p: low, q: high}, given), given)
            proof.show(known, _index_at(low, high))
            return _lifted(proof, goal, known, given)
        except KernelError:
            continue
    return None


def _index_at(low: sp.Expr, high: sp.Expr) -> str:
    usual = (low, high) == (p, q)
    return "the PQ index" if usual else f"the PQ index at $p = {low}$, $q = {high}$"


def _lifted(proof: Proof, goal: Formula, known: Theorem, given: Given) -> Derivation:
    """Carry a comparison of indices over to the measure."""
    if not isinstance(goal, Relation):
        raise KernelError("no comparison")
    _carry(proof, goal, known, given)
    return proof.done()


def _carry(proof: Proof, goal: Relation, known: Theorem, given: Given) -> Theorem:
    found = under_roots(goal)
    if found is not None:
        inner = _carry(proof, found[0], known, given)
        return proof.show(lifted(goal, inner, found[1], given), "the root rises")
    relation = known.conclusion
    if not isinstance(relation, Relation):
        raise KernelError("no comparison")
    facts = side_facts(goal, given)
    _, values = in_power_sums_of(relation, given)
    ratios = {value.conclusion.args[1]: 1 - right(value) for value in values}
    left, other = ratios[relation.left], ratios[relation.right]
    small, large = (other, left) if relation.op in ("<", "<=") else (left, other)
    ratio = combine(less(small, large), (1, rewrite(known, *values)), given=given)
    for power in POWERS:
        raised = ratio
        if power != 1:
            lift = {inequalities.u: small, inequalities.b: large, inequalities.e: sp.Integer(power)}
            raised = discharge(instance(power_below(), lift, given), ratio)
        reason = "the measure rises with the index at fixed length"
        try:
            return concluded(proof, goal, raised, given, facts, reason, opaque=True)
        except KernelError:
            continue
    raise KernelError("the measure is not seen to rise with the index")


def _past_some_beta(
    proof: Proof, goal: Exists, low: sp.Expr, high: sp.Expr, given: Given
) -> Derivation | None:
    body = goal.body
    if not (isinstance(body, ForAll) and isinstance(body.body, Relation)):
        return None
    if concat(u + beta, R_nonnegative) not in goal.atoms(Vector):
        return None
    proof.show_all(rises().steps[:-1])
    sums = [PowerSum(R_nonnegative, e) for e in (high, low)]
    tau = (sums[0] / sums[1]) ** (1 / (high - low))
    reach = Relation(">=", u + beta, tau)
    here = (nonzero(R_nonnegative), reach, *given)
    values = {p: low, q: high, x: u + beta, R: R_nonnegative}
    known = settle(K.instantiate(rises().theorem, values, here), here)
    proof.show(known, f"{_index_at(low, high)} rises once $u + β ≥ τ$")
    lifted = _carry(proof, body.body, known, here)
    forth = K.generalise(lifted, (), (alpha,))
    at_tau = K.instantiate(forth, {beta: tau}, given)
    at_tau = discharge(at_tau, algebra(at_most(tau, u + tau), given))
    proof.show(K.exhibit(at_tau, goal, (tau,)), "$β = τ$ will do, since $u ≥ 0$")
    return proof.done()


def by_length(claim: Claim) -> Derivation | None:
    """Added zeros, where the length alone moves: as a power of it with the exponent 1/p - 1/q."""
    goal, given = claim.conclusion, tuple(claim.given)
    exponents = exponents_of(goal)
    vectors = sorted(goal.atoms(VectorSymbol), key=str)
    if not vectors:
        return None
    if len(exponents) == 2 and isinstance(goal, Relation):
        for low, high in (exponents, exponents[::-1]):
            proof = Proof()
            n = length(vectors[0])
            values = {inequalities.u: n, inequalities.b: n + 1, inequalities.e: 1 / low - 1 / high}
            try:
                rising = instance(power_below(), values, given)
                proof.show(rising, "a power with a positive exponent rises")
                concluded(proof, goal, rising, given, [], "only the length changes")
            except KernelError:
                continue
            return proof.done()
    return None
