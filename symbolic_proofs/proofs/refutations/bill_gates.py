"""Bill Gates refuted: at a witness one more does not raise the measure, whatever was added before.

The claim says `there is β: for every α: M at β < M at β + α`. Where M counts entries, or is minus
something that rises with the entry, its negation holds for every β, with α = 1 for an example.
c log c rises so past 1, and the sum of t log t over the shares t once no other entry is larger.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from fractions import Fraction
from typing import NamedTuple

import sympy as sp

from ... import kernel as K
from ...derivations.derivation import Derivation, Proof
from ...kernel import KernelError, Theorem
from ...language.claim import Claim
from ...language.formulas import And, Exists, Relation, less, negation
from ...language.kinds import is_positive
from ...language.operations import Power, Product, Sum, factors, order, summands
from ...language.sums import CountAtMost
from ...language.terms import NonzeroCount
from ...language.vectors import Concat, Repeat
from ...rational_terms import coefficient
from ..automation.entropies import shares_rise, weight_rises
from ..automation.summands import rises_pointwise
from ..tactics import inequalities
from ..tactics.combine import combine, discharge, instance
from ..tactics.lift import factor_of
from ..tactics.unfold import folded, plain
from .at_a_witness import Blocks, some_for_every


def never_raises(
    claim: Claim, scalars: Mapping[str, Fraction], vectors: Mapping[str, Blocks]
) -> Derivation | None:
    """Return a proof that at this witness no β works, None if none is found.

    What is proved is the negation of the conclusion with the witness's values put in.
    """
    failing = some_for_every(claim, scalars, vectors)
    if failing is None or failing.given or failing.body.given:
        return None
    body = failing.body.body
    if body.op != "<":
        return None
    proof = Proof()
    inner = failing.body.variables
    ones = tuple(sp.Integer(1) for _ in inner)
    at_one = body.xreplace(dict(zip(inner, ones, strict=True)))
    try:
        below = _falls(proof, Relation(">=", at_one.left, at_one.right))
        somewhere = K.exhibit(below, Exists(negation(body), And(), *inner), ones)
        proof.show(
            K.generalise(somewhere, (), failing.variables), "so no value works for every other"
        )
    except KernelError:
        return None
    return proof.done()


def _falls(proof: Proof, goal: Relation) -> Theorem:
    counts = sorted(goal.atoms(NonzeroCount, CountAtMost), key=order)
    if counts:
        difference = goal.left - goal.right
        parts = [(-coefficient(difference, t), K.count_parts(t, ())) for t in counts]
        for _, part in parts:
            proof.show(part, "counted part by part")
        return proof.show(combine(goal, *parts), "so it has not risen")
    wanted, equations = plain(goal, ())
    for rises in _rising(wanted, goal):
        try:
            known = rises()
            falls = combine(wanted, (factor_of(wanted, known.conclusion, ()), known))
        except KernelError:
            continue
        proof.show(known, "it rises with the entry")
        return proof.show(folded(goal, falls, equations), "the measure is minus that, so it falls")
    raise KernelError("{} is not shown", goal)


def _rising(wanted: Relation, goal: Relation) -> Iterator[Callable[[], Theorem]]:
    """Yield ways to show what rises where the measure falls: by its terms, or by one entry."""
    yield lambda: _strictly(-wanted.left, -wanted.right)
    found = _one_entry(goal)
    if found is not None:
        yield lambda: weight_rises(found.before, found.after)
        yield lambda: shares_rise(found.before, found.after, found.others, 1)
        yield lambda: shares_rise(found.before, found.after, found.others, 2)


class _OneEntry(NamedTuple):
    """The two values of the one entry in which two vectors of blocks differ, and the others."""

    before: sp.Expr
    after: sp.Expr
    others: tuple[Repeat, ...]


def _one_entry(goal: Relation) -> _OneEntry | None:
    sides = [[*side.atoms(Concat)] for side in (goal.left, goal.right)]
    if not all(len(found) == 1 for found in sides):
        return None
    before, after = (vectors[0].args for vectors in sides)
    if len(before) != len(after) or not all(isinstance(v, Repeat) for v in (*before, *after)):
        return None
    differing = [k for k, (old, new) in enumerate(zip(before, after, strict=True)) if old != new]
    if len(differing) != 1 or before[differing[0]].args[1] != 1:
        return None
    (k,) = differing
    return _OneEntry(before[k].args[0], after[k].args[0], (*before[:k], *before[k + 1 :]))


def _strictly(low: sp.Expr, high: sp.Expr) -> Theorem:
    """Prove low < high, by what the two have not in common; raises KernelError if it fails."""
    goal = less(low, high)
    try:
        return rises_pointwise(low, high, ())
    except KernelError:
        pass
    if (
        isinstance(low, Power)
        and isinstance(high, Power)
        and low.exp == high.exp
        and is_positive(low.exp)
    ):
        inner = _strictly(low.base, high.base)
        values = {inequalities.u: low.base, inequalities.b: high.base, inequalities.e: low.exp}
        return discharge(instance(inequalities.power_below(), values, ()), inner)
    (c, *one), (d, *other) = factors(low), factors(high)
    if c == d and isinstance(c, sp.Rational) and c > 0 and one and other:
        return combine(goal, (c, _strictly(Product(*one), Product(*other))))
    common = set(summands(low)) & set(summands(high))
    if not common:
        raise KernelError("{} is not shown", goal)
    rest = [Sum(*(t for t in summands(s) if t not in common)) for s in (low, high)]
    return combine(goal, (1, _strictly(*rest)))
