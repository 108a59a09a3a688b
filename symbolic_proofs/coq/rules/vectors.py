"""Rules about vectors: which are not zero, what a count counts, what a predicate says."""

from __future__ import annotations

from ...language.formulas import Constant, NonZero, Not
from ..errors import UntranslatedError
from ..expressions import entry_at, natural_number, real, vector
from ..proof import Proof, translation
import sympy as sp


@translation
def nonzero(p: Proof) -> None:
    """H |- V != 0, where a block of V is shown not to be zero."""
    p.nonzero_vector(p.theorem.arguments[0])
    p.write("nzv.")


@translation
def open_predicate(p: Proof) -> None:
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
    index = "j0"
    value = natural_named(index, goal.variable)
    body = goal.body
    at = entry_at(vector(v), value)
    some = isinstance(predicate, NonZero) or (
        isinstance(predicate, Not) and isinstance(predicate.args[0], Constant)
    )
    if some:
        p.write(f"destruct ({of}) as ({index} & B{index} & HO).")
        p.write(f"exists {index}; split; [ inrange |].")
    else:
        p.write(f"intros {index} B{index}.")
        p.write(f"assert (HO := ({of}) {index} ltac:(inrange)).")
    p.index_facts(index)
    _opened(p, body, predicate, goal, value, at, vector(v))


def natural_named(name: str, variable: sp.Symbol) -> "Expression":
    """Return an index by its name in the context."""
    from ..expressions import Expression

    return Expression("whole", (), variable, f"(INR {name})", natural=name)


def _opened(p, body, predicate, goal, value, at, v) -> None:
    from ...language.operations import Abs
    from ..expressions import Expression, function, number

    first = natural_number(sp.Integer(1))
    bars = isinstance(predicate, Constant) or (
        isinstance(predicate, Not) and isinstance(predicate.args[0], Constant)
    )
    left = function(Abs, at) if bars else at
    wanted = [real(body.left, {goal.variable: value}), real(body.right, {goal.variable: value})]
    right = number(0) if not bars else wanted[1]
    if isinstance(predicate, Constant):
        right = function(Abs, entry_at(v, first))
    p.compare("HO", body.op, body.op, [left, right], wanted)
