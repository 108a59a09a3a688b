"""The rule that adds up comparisons, one about whole numbers, and the one analytic axiom."""

from __future__ import annotations

from dataclasses import replace

import sympy as sp

from ...language.formulas import Relation, same
from ...language.operations import Exp
from ..errors import UntranslatedError
from ..expressions import real
from ..operations import Expression, add, function, minus, mul, number
from ..proof import LemmaProof, translation


@translation
def arithmetic(p: LemmaProof) -> None:
    """From f_i > 0 (>=, =) to e > 0 (>=, =, !=), by coefficients c_i: e - sum c_i f_i is >= 0."""
    premises, (goal, coefficients, _) = p.theorem.premises, p.theorem.arguments
    wanted, op = _difference(goal)
    known, strict = sp.Integer(0), False
    parts: list[Expression] = []
    facts: list[str] = []
    for theorem, c in zip(premises, coefficients, strict=True):
        f, f_op = _difference(theorem.conclusion)
        known += c * f
        if c == 0:
            continue
        part, fact, is_strict = _multiple(p, p.use(theorem), theorem.conclusion, f_op, c)
        strict = strict or is_strict
        parts.append(part)
        facts.append(fact)
    whole, rest = _apart(goal), wanted - known
    if op == "=" and not parts:
        p.equal(real(goal.left), real(goal.right))
        return
    equations_alone = all(_difference(theorem.conclusion)[1] == "=" for theorem in premises)
    # under hypotheses that contradict each other what is 0 may be above 0 as well
    apart = op == "!=" and equations_alone
    zero = not apart and (strict or op != ">") and p.facts.algebra.is_zero(rest)
    if op == "!=" and not zero and not (equations_alone or p.facts.nonnegative(rest)):
        rest, whole = -wanted - known, minus(real(goal.left), real(goal.right))
        zero = p.facts.algebra.is_zero(rest)
    if not zero:
        last = real(rest)
        parts.append(last)
        facts.append(_sign_of(p, rest, last, nonzero=apart))
    total = add(*parts) if parts else number(0)
    with p.proving(f"{whole.text} = {total.text}", "EQ") as equation:
        p.equal(whole, total)
    used = " ".join([equation, *dict.fromkeys(facts)])
    if op != "!=":
        p.write(f"clear - {used}; lra.")
    elif apart:
        p.write(f"intro NE; apply {facts[-1]}; clear - NE {used}; lra.")
    else:
        p.write(f"intro NE; clear - NE {used}; lra.")


def _difference(relation: Relation) -> tuple[sp.Expr, str]:
    """Return (e, op) with the relation equivalent to e op 0, op one of =, !=, >, >=."""
    if relation.op in (">", ">="):
        return relation.left - relation.right, relation.op
    return relation.right - relation.left, {"<": ">", "<=": ">="}.get(relation.op, relation.op)


def _apart(relation: Relation) -> Expression:
    if relation.op in (">", ">="):
        return minus(real(relation.left), real(relation.right))
    return minus(real(relation.right), real(relation.left))


def _multiple(
    p: LemmaProof, name: str, premise: Relation, op: str, c: sp.Expr
) -> tuple[Expression, str, bool]:
    """State c f > 0 (>=, =); returns c f, the name of the fact, and whether it is strict."""
    apart, factor = _apart(premise), real(c)
    part = apart if c == 1 else mul(replace(factor, put=True), apart)
    if op == "=":
        by = f"replace {apart.text} with 0 by (clear - {name}; lra); ring"
        return part, p.fact(f"{part.text} = 0", by, "MU"), False
    strict = op == ">" and p.facts.positive(c)
    sign = "<" if op == ">" else "<="
    said = p.fact(f"0 {sign} {apart.text}", f"clear - {name}; lra", "MU")
    if c == 1:
        return part, said, strict
    p.best(c)
    by = f"apply Rmult_le_pos; [ nng | first [ exact {said} | left; exact {said} ] ]"
    if strict:
        by = f"apply Rmult_lt_0_compat; [ pos | exact {said} ]"
    return part, p.fact(f"0 {'<' if strict else '<='} {part.text}", by, "MU"), strict


def _sign_of(p: LemmaProof, rest: sp.Expr, last: Expression, *, nonzero: bool) -> str:
    if nonzero:
        p.nonzero(rest)
        return p.fact(f"{last.text} <> 0", "neq0", "RE")
    p.best(rest)
    if p.facts.positive(rest):
        return p.fact(f"0 < {last.text}", "pos", "RE")
    return p.fact(f"0 <= {last.text}", "nng", "RE")


@translation
def whole(p: LemmaProof) -> None:
    """From G |- a < b to G |- a + 1 <= b, for whole numbers a and b."""
    (theorem,) = p.theorem.premises
    name = p.use(theorem)
    p.write(f"whole_step {name}.")


@translation
def exponential(p: LemmaProof) -> None:
    """H, x != 0 |- 1 + x < e^x."""
    x = p.theorem.arguments[0]
    different = Relation("!=", x, 0)
    name = next((n for n, h in p.hypotheses if same(h, different)), None)
    if name is None:
        raise UntranslatedError(f"that {x} is not 0")
    _tangent(p, f"exp_strict {real(x).text} ltac:(same {name})", "<")


@translation
def exponential_weak(p: LemmaProof) -> None:
    """H |- 1 + x <= e^x."""
    _tangent(p, f"exp_weak {real(p.theorem.arguments[0]).text}", "<=")


def _tangent(p: LemmaProof, fact: str, op: str) -> None:
    x, goal = real(p.theorem.arguments[0]), p.theorem.conclusion
    sides = [add(number(1), x), function(Exp, x)]
    if sides[0].text != f"(1 + {x.text})":  # 1 - a is not 1 + (- a) to Coq where a is a quotient
        weaker = p.fresh("HW")
        text = f"{sides[0].text} {op} {sides[1].text}"
        p.write(f"assert ({weaker} : {text}) by (pose proof ({fact}); lra).")
        fact = weaker
    p.compare(fact, op, op, sides, [real(goal.left), real(goal.right)])
