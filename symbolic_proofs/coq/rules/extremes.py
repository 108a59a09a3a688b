"""Rules about the least and the greatest of f(1) .. f(n)."""

from __future__ import annotations

from ...language.terms import Greatest
from ...language.vectors import length
from ..expressions import RANGED, in_nat, natural, real, vector, whole
from ..names import variable_name
from ..proof import LemmaProof, translation
from .blocks import towards
from .indices import range_of
from .sums import of_entry, same_piece


@translation
def least(p: LemmaProof) -> None:
    """H |- the least of f(1) .. f(n) <= f(k), for 1 <= k <= n."""
    _extreme(p, "least_le")


@translation
def greatest(p: LemmaProof) -> None:
    """H |- f(k) <= the greatest of f(1) .. f(n), for 1 <= k <= n."""
    _extreme(p, "greatest_ge")


def _extreme(p: LemmaProof, lemma: str) -> None:
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
def bound(p: LemmaProof) -> None:
    """From G |- f(i) <= c to G for every i |- the greatest of f(1) .. f(n) <= c."""
    (theorem,) = p.theorem.premises
    term, index = p.theorem.arguments
    goal, known = p.theorem.conclusion, theorem.conclusion.oriented()
    up = isinstance(term, Greatest)
    p.natural_positive(term.args[2])
    lemma = ("greatest" if up else "least") + ("_bound" if goal.op == "<=" else "_bound_lt")
    p.write(f"apply {lemma}; [ inrange |].")
    with p.every_index(index, term.args[2], theorem):
        name = p.use(theorem)
        at = real(term.body, {term.variable: whole(index)})
        limit = real(goal.right if up else goal.left)
        wanted = [at, limit] if up else [limit, at]
        p.write(f"change ({wanted[0].text} {goal.op} {wanted[1].text}).")
        p.compare(name, known.op, goal.op, [real(known.left), real(known.right)], wanted)


@translation
def extreme_of_part(p: LemmaProof) -> None:
    """H |- the least of f over [U, V, ..] <= the least over U, which is not empty."""
    term, whole, part, _ = p.theorem.arguments
    head = RANGED[type(term)]
    says = f"(fun zz => {of_entry(term, whole)})"
    p.natural_positive(length(part))
    over = f"{head} (fun i => {says} (ent {vector(part).text} i)) (len {vector(part).text})"
    low, high = (real(term).text, over) if head == "least" else (over, real(term).text)
    to = in_nat(natural(term.args[2]))
    with p.proving(f"{low} <= {high}", "EX") as name:
        for first, rest, last in towards(whole.args, part):
            vectors = f"{vector(first).text} {vector(rest).text if rest is not None else ''}"
            if rest is None:
                p.write("apply Rle_refl.")
            elif last:
                p.write(f"exact ({head}_catl {says} {vectors} {to} ltac:(nateq) ltac:(inrange)).")
            else:
                side = "le" if head == "least" else "ge"
                lemma = f"{head}_catr_{side} {says} {vectors} {to}"
                p.write(f"apply ({lemma} _ ltac:(nateq) ltac:(inrange)).")
            to = f"(len {vector(rest).text})" if rest is not None else to
    goal = p.theorem.conclusion
    canonical = goal.right if head == "least" else goal.left
    with p.proving(f"{over} = {real(canonical).text}", "EX") as same:
        same_piece(p, term, whole, vector(part), canonical)
    compared = f"{real(term).text} <= zz" if head == "least" else f"zz <= {real(term).text}"
    # by conversion: what is rewritten may stand there before it is applied
    p.write(f"exact (eq_ind _ (fun zz => {compared}) {name} _ {same}).")
