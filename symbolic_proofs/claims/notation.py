"""The letters of the paper's claims, for terms that are made in Python."""

from __future__ import annotations

import sympy as sp

from ..language.formulas import NonZero, as_formula
from ..language.symbols import count, nonnegative, positive, real, size
from ..language.terms import Norm, PowerSum, PQIndex
from ..language.vectors import Steps, Vector, vector

p, q, r = positive("p"), positive("q"), positive("r")
N, d, n, T, k, m = (count(name) for name in ("N", "d", "n", "T", "k", "m"))
t = count("t")
z = size("z")
#: real numbers, and numbers > 0
x, y, c = real("x"), real("y"), real("c")
alpha, beta, epsilon = positive("alpha"), positive("beta"), positive("epsilon")
#: entries >= 0
u, v = nonnegative("u"), nonnegative("v")

W = vector("W", N)
#: another vector of the same length as W
V = vector("V", N)
#: two vectors of any lengths
A, B = vector("A", count("a")), vector("B", count("b"))
#: the entries besides the one that is singled out
R = vector("R", size("n"))
#: the same, every entry >= 0
R_nonnegative = vector("R", size("n"), nonnegative=True)

#: the activity of n neurons in step t, and over all T steps
step = vector("W", n, t)
steps = Steps(step, t, T)

nonzero = NonZero

#: p < q, a hypothesis of nearly every claim
LESS = as_formula(p < q)


def I(v: Vector) -> sp.Expr:  # noqa: E743
    """Return I_{p,q} of a vector."""
    return PQIndex(v, p, q)


def norm(v: Vector, exponent: object) -> sp.Expr:
    """Return ||V||_r."""
    return Norm(v, exponent)


def threshold(rest: Vector) -> sp.Expr:
    """Return τ = (S_q/S_p)^(1/(q-p)) of the other entries.

    I falls in an entry up to τ and rises from there.
    """
    return (PowerSum(rest, q) / PowerSum(rest, p)) ** (1 / (q - p))
