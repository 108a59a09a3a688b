"""Rules about sums over the entries of a vector in ascending order c_(1) <= .. <= c_(n)."""

from __future__ import annotations

from ...language.operations import Abs
from ...language.symbols import bound_symbol
from ...language.terms import Total
from ...language.vectors import Sorted, entry, length
from ..expressions import entry_at, in_nat, natural, real, vector, whole
from ..names import variable_name
from ..operations import add, function, minus, mul, number
from ..proof import LemmaProof, translation
from .sums import of_entry, same_piece


@translation
def sorted_sum(p: LemmaProof) -> None:
    """H |- the sum of f(c_(k)) = the sum of f(v_i), both over all n entries of V."""
    total, v, _ = p.theorem.arguments
    body, to = of_entry(total, Sorted(v)), in_nat(natural(total.args[2]))
    lemma = f"sorted_sum (fun zz => {body}) {vector(v).text} {to} ltac:(nateq)"
    p.write(f"etransitivity; [ exact ({lemma}) |].")
    same_piece(p, total, Sorted(v), vector(v), p.theorem.conclusion.right)


@translation
def ranked_sum(p: LemmaProof) -> None:
    """H |- sum k c_(k) = (1/4) sum_i sum_j |v_i - v_j| + ((n+1)/2) sum_i v_i."""
    total, v, _ = p.theorem.arguments
    n, text = in_nat(natural(total.args[2])), vector(v)
    k = variable_name(total.variable)
    weighted = f"sum (fun {k} => INR {k} * ent (sorted {text.text}) {k}) {n}"
    with p.proving(f"{real(total).text} = {weighted}", "RK") as ranked:
        p.write("apply sum_ext.")
        with p.under(total) as (index, body):
            raw = mul(index, entry_at(vector(Sorted(v)), index))
            p.write(f"change ({real(body).text} = {raw.text}).")
            p.equal(real(body), raw)
    i, j = bound_symbol(0, "count"), bound_symbol(-1, "count")
    gaps = Total(Total(Abs(entry(v, i) - entry(v, j)), j, length(v)), i, length(v))
    entries = Total(entry(v, i), i, length(v))
    p.write(f"try rewrite {ranked}; clear {ranked}.")
    p.write(f"etransitivity; [ exact (ranked_sum {text.text} {n} ltac:(nateq)) |].")
    raw_gaps = f"sum (fun i => sum (fun j => Rabs (ent {text.text} i - ent {text.text} j)) {n}) {n}"
    with p.proving(f"{raw_gaps} = {real(gaps).text}", "RK") as of_gaps:
        p.write("apply sum_same; [| nateq ].")
        with p.under(gaps) as (at_i, inner):
            p.write("apply sum_same; [| nateq ].")
            with p.under(inner) as (at_j, body):
                raw = function(Abs, minus(entry_at(text, at_i), entry_at(text, at_j)))
                p.write(f"change ({raw.text} = {real(body).text}).")
                p.equal(raw, real(body))
    raw_entries = f"sum (fun i => ent {text.text} i) {n}"
    with p.proving(f"{raw_entries} = {real(entries).text}", "RK") as of_entries:
        p.write("apply sum_same; [| nateq ].")
        with p.under(entries) as (at_i, body):
            raw = entry_at(text, at_i)
            p.write(f"change ({raw.text} = {real(body).text}).")
            p.equal(raw, real(body))
    p.write(f"try rewrite {of_gaps}; try rewrite {of_entries}; clear {of_gaps} {of_entries}.")
    half = mul(add(whole(total.args[2]), number(1)), number("1/2"))
    goal = add(mul(number("1/4"), real(gaps)), mul(half, real(entries)))
    p.write(f"transitivity {goal.text}; [ field |].")
    p.equal(goal, real(p.theorem.conclusion.right))
