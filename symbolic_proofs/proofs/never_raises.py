"""Bill Gates refuted: at a witness one more does not raise the measure, whatever was added before.

The claim says `there is β: for every α: M at β < M at β + α`. Where M counts entries, or is minus
something that rises with the entry, its negation holds for every β, with α = 1 for an example.
"""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction

import sympy as sp

from .. import kernel as K
from ..claims.claim import Claim
from ..kernel import KernelError, Theorem
from ..language.formulas import And, Exists, ForAll, Relation, less, negation
from ..language.sums import CountAtMost
from ..language.terms import NonzeroCount
from . import order
from .derivation import Derivation, Proof
from .heads import folded, plain
from .refutations import Blocks, witness_values
from .summand_rules import rises_pointwise
from .tactics import combine, discharge, instance


def never_raises(
    claim: Claim, scalars: Mapping[str, Fraction], vectors: Mapping[str, Blocks]
) -> Derivation | None:
    """Return a proof that at this witness no β works, None if none is found.

    What is proved is the negation of the conclusion with the witness's values put in.
    """
    statement = claim.conclusion
    if not (isinstance(statement, Exists) and isinstance(statement.body, ForAll)):
        return None
    failing = statement.xreplace(witness_values(claim, scalars, vectors))
    body = failing.body.body
    if not isinstance(body, Relation) or body.op != "<" or failing.given or failing.body.given:
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
    counts = sorted(goal.atoms(NonzeroCount, CountAtMost), key=sp.default_sort_key)
    if counts:
        difference = sp.expand(goal.left - goal.right)
        parts = [(-difference.coeff(t), K.count_parts(t, ())) for t in counts]
        for _, part in parts:
            proof.show(part, "counted part by part")
        return proof.show(combine(goal, *parts), "so it has not risen")
    wanted, equations = plain(goal, ())
    rises = proof.show(_strictly(-wanted.left, -wanted.right), "it rises with the entry")
    falls = folded(goal, combine(wanted, (1, rises)), equations)
    return proof.show(falls, "the measure is minus that, so it falls")


def _strictly(low: sp.Expr, high: sp.Expr) -> Theorem:
    """Prove low < high, by what the two have not in common; raises KernelError if it fails."""
    goal = less(low, high)
    try:
        return rises_pointwise(low, high, ())
    except KernelError:
        pass
    if low.is_Pow and high.is_Pow and low.exp == high.exp and low.exp.is_positive:
        inner = _strictly(low.base, high.base)
        values = {order.u: low.base, order.b: high.base, order.e: low.exp}
        return discharge(instance(order.power_below(), values, ()), inner)
    common = set(sp.Add.make_args(low)) & set(sp.Add.make_args(high))
    if not common:
        raise KernelError(f"{goal} is not shown")
    rest = [sp.Add(*(t for t in sp.Add.make_args(s) if t not in common)) for s in (low, high)]
    return combine(goal, (1, _strictly(*rest)))
