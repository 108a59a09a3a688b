"""Rules about the least and the greatest of f(1) .. f(n)."""

from __future__ import annotations

from ...language.terms import Greatest
from ..expressions import in_nat, natural, real, whole
from ..names import variable_name
from ..proof import Proof, translation
from .indices import range_of


@translation
def least(p: Proof) -> None:
    """H |- the least of f(1) .. f(n) <= f(k), for 1 <= k <= n."""
    _extreme(p, "least_le")


@translation
def greatest(p: Proof) -> None:
    """H |- f(k) <= the greatest of f(1) .. f(n), for 1 <= k <= n."""
    _extreme(p, "greatest_ge")


def _extreme(p: Proof, lemma: str) -> None:
    term, index, _ = p.theorem.arguments
    inside = range_of(p, index, term.args[2])
    function = f"(fun {variable_name(term.variable)} => {real(term.body).text})"
    i, n = in_nat(natural(index)), in_nat(natural(term.args[2]))
    sides = [real(term), real(term.body, {term.variable: whole(index)})]
    goal = p.theorem.conclusion
    wanted = [real(goal.left), real(goal.right)]
    if lemma == "greatest_ge":
        sides.reverse()
    p.compare(f"{lemma} {function} {i} {n} {inside}", "<=", "<=", sides, wanted)


@translation
def bound(p: Proof) -> None:
    """From G |- f(i) <= c to G for every i |- the greatest of f(1) .. f(n) <= c."""
    (theorem,) = p.theorem.premises
    term, index = p.theorem.arguments
    goal, known = p.theorem.conclusion, theorem.conclusion.oriented()
    up = isinstance(term, Greatest)
    p.natural_positive(term.args[2])
    lemma = ("greatest" if up else "least") + ("_bound" if goal.op == "<=" else "_bound_lt")
    p.write(f"apply {lemma}; [ inrange |].")
    with p.every_index(index, term.args[2], theorem) as more:
        name = p.use(theorem, more=more)
        at = real(term.body, {term.variable: whole(index)})
        limit = real(goal.right if up else goal.left)
        wanted = [at, limit] if up else [limit, at]
        p.write(f"change ({wanted[0].text} {goal.op} {wanted[1].text}).")
        p.compare(name, known.op, goal.op, [real(known.left), real(known.right)], wanted)
