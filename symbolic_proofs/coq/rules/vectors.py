"""Rules about vectors: which are not zero, what a count counts, what a predicate says."""

from __future__ import annotations

import sympy as sp

from ...language.formulas import Constant, NonZero, Not
from ...language.operations import Abs
from ...language.sums import CountAtMost
from ...language.symbols import bound_symbol
from ...language.terms import NonzeroCount
from ...language.vectors import Concat, Map, Repeat, Vector
from ..errors import UntranslatedError
from ..expressions import entry_at, natural_number, real, vector, whole
from ..operations import Expression, add, function, mul, number
from ..proof import LemmaProof, translation


@translation
def nonzero(p: LemmaProof) -> None:
    """H |- V != 0, where a block of V is shown not to be zero."""
    p.nonzero_vector(p.theorem.arguments[0])
    p.write("nzv.")


@translation
def open_predicate(p: LemmaProof) -> None:
    """P(V), H |- what P says of the entries."""
    predicate = p.theorem.arguments[0]
    name = next(n for n, h in p.hypotheses if h == predicate)
    goal = p.theorem.conclusion
    match predicate:
        case NonZero(args=(v,)):
            of = f"open_nonzero _ {name}"
        case Not(args=(NonZero(args=(v,)),)):
            of = f"open_zero _ {name}"
        case Constant(args=(v,)):
            of = name
        case Not(args=(Constant(args=(v,)),)):
            of = f"open_not_constant _ {real(goal.body.right).text} {name}"
        case _:
            raise UntranslatedError(f"{predicate} opened")
    value = p.new_index()
    index = value.natural
    bars = isinstance(predicate, Constant) or predicate == Not(Constant(v))
    if isinstance(predicate, NonZero) or predicate == Not(Constant(v)):
        p.write(f"destruct ({of}) as ({index} & B{index} & HO).")
        p.write(f"exists {index}; split; [ inrange |].")
    else:
        p.write(f"intros {index} B{index}.")
        p.write(f"assert (HO := ({of}) {index} ltac:(inrange)).")
    p.index_facts(index)
    body, at = goal.body, entry_at(vector(v), value)
    wanted = [real(side, {goal.variable: value}) for side in (body.left, body.right)]
    right = wanted[1] if bars else number(0)
    if isinstance(predicate, Constant):
        right = function(Abs, entry_at(vector(v), natural_number(sp.Integer(1))))
    p.compare("HO", body.op, body.op, [function(Abs, at) if bars else at, right], wanted)


@translation
def count_parts(p: LemmaProof) -> None:
    """H |- a count over the entries of [U, V, ..] = the sum of the counts over each."""
    term = p.theorem.arguments[0]
    v = term.args[0]
    parts = v.args if isinstance(v, Concat) else (v,)
    apart = [real(term.func(part, *term.args[1:])) for part in parts]
    total = _nested(apart)
    if len(parts) > 1:
        _becomes(p, real(term), total, "rewrite ?nzcount_cat, ?atmost_cat; reflexivity")
    counted = [_counted(p, term, part) for part in parts]
    p.equal(_nested(counted), real(p.theorem.conclusion.right))


def _nested(parts: list[Expression]) -> Expression:
    *first, last = parts
    for part in reversed(first):
        last = add(part, last)
    return last


def _counted(p: LemmaProof, term: sp.Expr, part: Vector) -> Expression:
    """Rewrite the count over one part to what the rule says it is."""
    here = real(term.func(part, *term.args[1:]))
    facts = p.facts
    match term, part:
        case NonzeroCount(), Repeat(args=(value, times)) if value == 0:
            return _becomes(p, here, number(0), "apply nzcount_zeros; reflexivity")
        case NonzeroCount(), Repeat(args=(value, times)) if facts.nonzero(value):
            p.nonzero(value)
            return _becomes(p, here, whole(times), "apply nzcount_rep; neq0")
        case NonzeroCount(), Map(args=(body, x, inner)):
            factor = facts.multiple(part)
            if factor is not None and facts.nonzero(factor):
                p.nonzero(factor)
                there = real(NonzeroCount(inner))
                with p.proving(f"{here.text} = {there.text}", "CP") as name:
                    p.write(f"apply (nzcount_map {real(factor).text}); [| neq0 ].")
                    variable = bound_symbol(-1, "real")
                    p.write(f"intros {real(variable).text}.")
                    p.equal(real(body, {x: real(variable)}), mul(real(factor), real(variable)))
                p.write(f"try rewrite {name}; clear {name}.")
                return _counted(p, term, inner)
        case CountAtMost(args=(_, bound)), Repeat(args=(value, times)):
            if facts.nonnegative(bound - value):
                p.nonnegative(bound - value)
                by = f"assert (CD : 0 <= {real(bound - value).text}) by nng; lra"
                return _becomes(p, here, whole(times), f"apply atmost_rep; {by}")
            if facts.positive(value - bound):
                p.positive(value - bound)
                by = f"assert (CD : 0 < {real(value - bound).text}) by pos; lra"
                return _becomes(p, here, number(0), f"apply atmost_above; {by}")
    return here


def _becomes(p: LemmaProof, here: Expression, value: Expression, by: str) -> Expression:
    name = p.fact(f"{here.text} = {value.text}", by, "CP")
    p.write(f"try rewrite {name}; clear {name}.")
    return value
