"""Many small steps: a chain of symbolic length, and what is left when its steps get smaller.

Neither needs induction. The greatest of F(1) .. F(n) is attained, and where F rises from each i to
i + 1 it can only be attained at n. And what holds up to s/n for every n holds.
"""

from __future__ import annotations

import sympy as sp

from ... import kernel as K
from ...kernel import Theorem
from ...language.formulas import at_most, less
from ...language.operations import Ceiling
from ...language.symbols import count, positive, real
from ...language.terms import Greatest
from . import inequalities
from .combine import Given, algebra, combine, instance, then
from .inequalities import power_at_most
from .letters import below, itself, named, unnamed

#: the number of a step, and how many there are
i, n = count("i"), count("k")


_ONE = sp.Integer(1)


def climb(value: sp.Expr, step: Theorem, given: Given = ()) -> Theorem:
    """From given, i + 1 <= n |- F(i) < F(i + 1) to given |- F(1) <= F(n)."""
    top = Greatest(value, i, n)
    first, last = (value.xreplace({i: k}) for k in (sp.Integer(1), n))
    goal, inside, falls = at_most(first, last), at_most(i + 1, n), less(last, first)
    reach = K.greatest(top, i + 1, (inside, *given))
    low = below(step, reach)
    # otherwise i is n
    beyond = K.whole(K.assume(less(n, i + 1)))
    same = K.antisymmetry(K.assume(at_most(i, n)), combine(at_most(n, i), (1, beyond)))
    there = then(itself(value, (at_most(i, n), *given)), same)
    begin = K.greatest(top, sp.Integer(1), given)
    high = K.rewrite(there, below(K.assume(falls), begin), True, False)
    below_itself = K.bound(K.cases(low, high, inside), top, i)
    wrong = K.absurd(below_itself, itself(top, given, at_most), goal)
    return K.cases(wrong, K.assume(goal), falls)


def in_the_limit(
    theorem: Theorem, rest: sp.Expr, slack: sp.Expr, given: Given, power: sp.Expr = _ONE
) -> Theorem:
    """From |- 0 < rest + slack/n^power, n in neither and slack > 0, to |- 0 <= rest."""
    r, s, d = real("r"), positive("s"), positive("d")
    parts = (1, theorem), (1, named(rest, r)), (n**-power, named(slack, s))
    known = combine(less(0, r + s * n**-power), *parts, given=given)
    root = (s / d) ** (1 / power)
    many = Ceiling(root)
    known = K.instantiate(known, {n: many}, ())
    values = {inequalities.u: root, inequalities.w: many, inequalities.e: power}
    large = instance(power_at_most(), values)
    small = combine(at_most(s * many**-power, d), (d * many**-power, large))
    any_d = combine(less(-d, r), (1, known), (1, small))
    negative, goal = less(r, 0), at_most(0, r)
    wrong = K.instantiate(any_d, {d: -r}, (negative,))
    wrong = combine(less(r, r), (1, wrong), given=(negative,))
    wrong = K.absurd(wrong, algebra(at_most(r, r), (negative,)), goal)
    return unnamed(K.cases(wrong, K.assume(goal), negative), {r: rest, s: slack}, given)
