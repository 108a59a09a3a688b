"""Rules about what counts only where a value is not 0, and about the parts of a concatenation."""

from __future__ import annotations

from ...language.symbols import bound_symbol
from ...language.vectors import Concat, Entry, Vector
from ..expressions import entry_at, in_nat, natural, real, vector
from ..names import variable_name
from ..operations import Expression
from ..proof import LemmaProof, translation
from ..statements import proposition


@translation
def on_nonzero(p: LemmaProof) -> None:
    """H |- "f(v) if v != 0, else 0" = f(v) where v != 0 is shown, = 0 where v = 0 is."""
    term = p.theorem.arguments[0]
    body, x, v = term.args
    value = real(v)
    function = f"(fun {variable_name(x)} => {real(body).text})"
    if p.facts.nonzero(v):
        p.nonzero(v)
        at = real(body, {x: value})
        with p.proving(f"{real(term).text} = {at.text}", "ON") as name:
            p.write(f"exact (onz_nz {function} {value.text} ltac:(neq0)).")
        p.write(f"try rewrite {name}; clear {name}.")
        p.equal(at, real(p.theorem.conclusion.right))
        return
    p.nonnegative(v)
    p.nonnegative(-v)
    zero = p.fact(
        f"{value.text} = 0",
        f"assert (OA : 0 <= {value.text}) by nng; assert (OB : 0 <= {real(-v).text}) by nng; lra",
        "ON",
    )
    p.write(f"exact (onz_zero _ _ {zero}).")


@translation
def every_part(p: LemmaProof) -> None:
    """From G |- F of every entry of [U, V, ..] to G |- F of every entry of U (or V, ..)."""
    (theorem,) = p.theorem.premises
    part, statement, goal = p.theorem.arguments[0], theorem.conclusion, p.theorem.conclusion
    (whole,) = {e.args[0] for e in statement.body.atoms(Entry) if e.args[1] == statement.variable}
    there = Entry(whole, statement.variable)
    hole = Expression("variable", (), bound_symbol(0, "real"), "zz")
    says = f"(fun zz : R => {proposition(statement.body, {there: hole})})"
    known, to = p.use(theorem), in_nat(natural(statement.args[2]))
    for first, rest, last in towards(whole.args, part):
        lemma = "every_catl" if last else "every_catr"
        if rest is not None:
            found = p.fresh("EP")
            vectors = f"{vector(first).text} {vector(rest).text}"
            p.write(f"assert ({found} := {lemma} {says} {vectors} {to} ltac:(nateq) {known}).")
            known, to = found, "_"
    at = p.new_index()
    index = at.natural
    p.write(f"intros {index} B{index}.")
    p.index_facts(index)
    value = entry_at(vector(part), at)
    p.carry(
        f"{known} {index} ltac:(inrange)",
        statement.body,
        goal.body,
        {there: value, statement.variable: at},
        {goal.variable: at},
    )


def towards(parts: tuple[Vector, ...], part: Vector) -> list[tuple[Vector, Vector | None, bool]]:
    """Return (first, rest, whether the part is the first) on the way to a part of a concatenation.

    A concatenation is its first part and the rest; the last rest is a part itself.
    """
    at, found = parts.index(part), []
    for k in range(at + 1):
        rest = parts[k + 1 :]
        joined = None if not rest else Concat(*rest) if len(rest) > 1 else rest[0]
        found.append((parts[k], joined, k == at))
    return found
