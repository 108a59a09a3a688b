"""A value that does not exist: towards a zero that a claim writes, a measure passes every bound.

An appended zero makes log 0 of a sum of logarithms. With ε > 0 in its place the sum has a value,
and for every c it differs by more than c from the other side of the claim as soon as ε < δ. So no
value at ε = 0 would be a limit, whatever the vector.
"""

from __future__ import annotations

from collections.abc import Iterator

import sympy as sp

from ... import kernel as K
from ...claims.notation import c, epsilon
from ...derivations.derivation import Derivation, Proof
from ...kernel import KernelError
from ...language.claim import Claim
from ...language.formulas import And, Exists, ForAll, Formula, Relation, less
from ...language.operations import Abs, Exp, Log
from ...language.symbols import positive
from ...language.vectors import Concat, repeat, zeros
from ...rational_terms import coefficient
from ..tactics import inequalities
from ..tactics.combine import combine, instance
from ..tactics.inequalities import logarithm_below
from ..tactics.unfold import folded, plain

delta = positive("delta")


def passes_every_bound(claim: Claim) -> Derivation | None:
    """Return a proof that a side of the claim passes every bound at a zero of it, None if none."""
    conclusion = claim.conclusion
    if not isinstance(conclusion, Relation) or {c, delta, epsilon} & claim.statement.free_symbols:
        return None
    for side, other in ((conclusion.right, conclusion.left), (conclusion.left, conclusion.right)):
        if any(zeros(1) in vector.args for vector in side.atoms(Concat)):
            near = side.xreplace({zeros(1): repeat(epsilon, 1)})
            for goal, bound in _goals(near, other, tuple(claim.given)):
                try:
                    return _without_limit(goal, bound, tuple(claim.given))
                except KernelError:
                    continue
    return None


def _goals(
    near: sp.Expr, other: sp.Expr, given: tuple[Formula, ...]
) -> Iterator[tuple[Relation, sp.Expr]]:
    """Yield what is to be shown for ε < δ, and a δ that will do, where k log ε alone grows."""
    try:
        unfolded, _ = plain(Relation("=", near, near), given)
        k = coefficient(unfolded.left, Log(epsilon))
    except KernelError:
        return
    if k.is_Rational and k < 0:
        yield less(other + c, near), Exp(c / k)
    elif k.is_Rational and k > 0:
        yield less(near, other - c), Exp(-c / k)


def _without_limit(goal: Relation, bound: sp.Expr, given: tuple[Formula, ...]) -> Derivation:
    proof = Proof()
    close = less(epsilon, bound)
    here = (*given, close)
    small = instance(logarithm_below(), {inequalities.a: epsilon, inequalities.b: bound}, here)
    proof.show(small, "the logarithm rises")
    wanted, equations = plain(goal, here)
    factor = Abs(coefficient(wanted.right - wanted.left, Log(epsilon)))
    shown = folded(goal, combine(wanted, (factor, small), given=here), equations)
    proof.show(shown, "with $ε$ in the place of the zero, the other terms are the same")
    near = K.generalise(shown, (close,), (epsilon,))
    some = Exists(ForAll(goal, And(less(epsilon, delta)), epsilon), And(), delta)
    every = K.generalise(K.exhibit(near, some, (bound,)), (), (c,))
    proof.show(every, "so it passes every bound as $ε$ goes to $0$, and has no limit there")
    return proof.done()
