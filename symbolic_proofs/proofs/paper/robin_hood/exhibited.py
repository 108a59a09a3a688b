"""A transfer that does not lower I, from one by which f = q ln S_p - p ln S_q falls.

The other entries are all one number z; what holds for every vector of entries fails with it.
"""

from __future__ import annotations

import sympy as sp

from .... import kernel as K
from ....claims.notation import I, R_nonnegative, epsilon, p, q, u, v
from ....derivations.derivation import Proof
from ....kernel import Theorem
from ....language.formulas import And, ForAll, Relation, less, negation
from ....language.symbols import positive
from ....language.vectors import concat, length, repeat
from ...tactics.combine import combine, ordered
from ...tactics.unfold import conclude
from .gap import A, B
from .inside import norms_compared

#: how many other entries there are, and what each of them is
n, z = length(R_nonnegative), positive("z")
OTHERS = {A: n * z**p, B: n * z**q}
_CHANGED, _AS_IT_WAS = (
    I(concat(*two, R_nonnegative)) for two in ((u - epsilon, v + epsilon), (u, v))
)
HOLDS = ForAll(
    less(_CHANGED, _AS_IT_WAS),
    And(Relation(">", u, v), less(2 * epsilon, u - v)),
    u,
    v,
    epsilon,
    R_nonnegative,
)


def fails(proof: Proof, known: Theorem, x: sp.Expr, y: sp.Expr, h: sp.Expr) -> Theorem:
    """Return that Robin Hood does not hold, from f(x - h, y + h) < f(x, y), 2h < x - y."""
    given = ordered(known.hypotheses)
    new, old = (
        (one**p + other**p + n * z**p, one**q + other**q + n * z**q)
        for one, other in ((x - h, y + h), (x, y))
    )
    lemma = norms_compared(known, new, old, given)
    statement = negation(HOLDS)
    put = {u: x, v: y, epsilon: h, R_nonnegative: repeat(z, n)}
    goal = statement.body.xreplace(put)
    scale = (n + 2) ** (1 / q - 1 / p)
    shown = conclude(
        proof, goal, (scale, lemma), given=given, reason="$1 + x ≤ e^x$ at the fall over $p·q$"
    )
    conditions = (combine(f.xreplace(put), given=given) for f in statement.given)
    theorem = K.both(*conditions, shown)
    return K.exhibit(theorem, statement, tuple(put[name] for name in statement.variables))
