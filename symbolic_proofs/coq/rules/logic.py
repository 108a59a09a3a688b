"""Rules about hypotheses, and about putting one thing in the place of another."""

from __future__ import annotations

from dataclasses import replace

import sympy as sp

from ...language.formulas import Formula, negation
from ...language.kinds import is_whole
from ...language.vectors import Vector
from ..expressions import natural_number, real, vector, whole
from ..operations import Expression, Places
from ..proof import LemmaProof, translation
from ..statements import SIGNS, proposition


@translation
def assume(p: LemmaProof) -> None:
    """F |- F."""
    (name, formula) = p.hypotheses[0]
    p.finish(name, formula)


@translation
def weaken(p: LemmaProof) -> None:
    """From G |- C to G, H |- C."""
    (theorem,) = p.theorem.premises
    p.finish(p.use(theorem), theorem.conclusion)


@translation
def cut(p: LemmaProof) -> None:
    """From G |- F and H, F |- C to G, H |- C."""
    lemma, theorem = p.theorem.premises
    shown = p.use(lemma)
    p.finish(p.use(theorem, more=[(shown, lemma.conclusion)]), theorem.conclusion)


@translation
def cases(p: LemmaProof) -> None:
    """From G, F |- C and H, not F |- C to G, H |- C."""
    left, right = p.theorem.premises
    (formula,) = p.theorem.arguments
    p.write(f"destruct (classic ({proposition(formula)})) as [CA|CA].")
    with p.block():
        p.finish(p.use(left, more=[("CA", formula)]), left.conclusion)
    with p.block():
        name = denied(p, "CA", formula)
        p.finish(p.use(right, more=[(name, negation(formula))]), right.conclusion)


def denied(p: LemmaProof, name: str, formula: Formula) -> str:
    """Write the negation of a formula, with Not moved inwards, from ~ formula."""
    return p.fact(proposition(negation(formula)), f"negated {name}", "HD")


@translation
def absurd(p: LemmaProof) -> None:
    """From G |- F and H |- not F to G, H |- C."""
    yes, no = (p.use(theorem) for theorem in p.theorem.premises)
    p.write(f"exfalso; contrary {yes} {no}.")


@translation
def instantiate(p: LemmaProof) -> None:
    """From G |- C to G[s], H |- C[s]."""
    (theorem,) = p.theorem.premises
    values: dict[sp.Basic, Expression] = {}
    for symbol, value in dict(p.theorem.arguments[0]).items():
        if isinstance(value, Vector):
            values[symbol] = vector(value)
        else:
            values[symbol] = whole(value) if is_whole(symbol) else real(value)
    p.finish(p.use(theorem, values), theorem.conclusion, values)


@translation
def rewrite(p: LemmaProof) -> None:
    """From G |- a = b and H |- C to G, H |- C with b wherever a stood."""
    equation, theorem = p.theorem.premises
    backwards, right_side = (*p.theorem.arguments, False, False)[:2]
    relation = equation.conclusion
    old, new = (relation.right, relation.left) if backwards else (relation.left, relation.right)
    same, known = p.use(equation), p.use(theorem)
    if backwards:
        same = f"(eq_sym {same})"
    statement = theorem.conclusion
    kind, hole, value = "R", Expression("variable", (), old, "zz"), real(new)
    if isinstance(old, sp.Symbol) and is_whole(old) and is_whole(new):
        # it may be a length as well
        kind, hole, value = "nat", replace(whole(old), text="(INR zz)", natural="zz"), whole(new)
        equation_text = f"{natural_number(old).text} = {value.natural} :> nat"
        by = f"apply INR_eq; pose proof {same} as SA; revert SA; inr_push; lra"
        same = p.fact(equation_text, by, "EN")
    where = _put(statement, {old: hole}, right_side=right_side)
    put = _put(statement, {old: value}, right_side=right_side)
    after = p.fresh("RW")
    says = f"(fun zz : {kind} => {where})"
    p.write(f"assert ({after} : {put}) by (exact (rewrite_in {says} _ _ {same} {known})).")
    _finish(p, after, statement, {old: value}, right_side=right_side)


def _put(statement: Formula, places: Places, *, right_side: bool) -> str:
    if not right_side:
        return proposition(statement, places)
    return f"{real(statement.left).text} {SIGNS[statement.op]} {real(statement.right, places).text}"


def _finish(
    p: LemmaProof, name: str, statement: Formula, places: Places, *, right_side: bool
) -> None:
    if not right_side:
        p.finish(name, statement, places)
        return
    goal = p.theorem.conclusion
    sides = [real(statement.left), real(statement.right, places)]
    wanted = [real(goal.left), real(goal.right)]
    op = statement.op
    if op in (">", ">="):
        op, sides, wanted = {">": "<", ">=": "<="}[op], sides[::-1], wanted[::-1]
    p.compare(name, op, op, sides, wanted)


@translation
def antisymmetry(p: LemmaProof) -> None:
    """From G |- a <= b and H |- b <= a to G, H |- a = b."""
    below, above = (p.use(theorem) for theorem in p.theorem.premises)
    p.write(f"clear - {below} {above}; lra.")
