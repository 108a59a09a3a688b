"""There is no constant: a claim `there is L: for every ..: A <= L B`, as of Lipschitz, refuted.

Vectors are scaled by t > 0, or have m entries. Where A is a t^k and B is b t^l there, A > L B where
t^(l-k) <= a/(2bL), and so for t, or m, small or large enough.
"""

from __future__ import annotations

import itertools
from collections.abc import Iterator, Mapping
from fractions import Fraction
from itertools import product

import sympy as sp

from ... import kernel as K
from ...derivations.derivation import Derivation, Proof
from ...kernel import KernelError, Theorem
from ...kernel.definedness import Facts
from ...kernel.polynomials import ONE, NotAlgebraicError, as_term
from ...language.claim import Claim
from ...language.formulas import (
    Exists,
    Formula,
    NonZero,
    at_most,
    negation,
)
from ...language.kinds import is_positive, is_whole
from ...language.named import names_of
from ...language.operations import Ceiling
from ...language.symbols import count, positive
from ...language.vectors import VectorSymbol, concat, length, repeat, zeros
from ...rational_terms import coefficient
from ..tactics import inequalities
from ..tactics.combine import algebra, combine, discharge, instance
from ..tactics.inequalities import power_at_most
from ..tactics.unfold import conclude, plain
from .at_a_witness import Blocks, some_for_every

Values = dict[sp.Basic, sp.Basic]


def no_constant(
    claim: Claim, scalars: Mapping[str, Fraction], vectors: Mapping[str, Blocks]
) -> Derivation | None:
    """Return a proof that at this witness no constant works, None if none is found.

    What is proved is the negation of the conclusion with the witness's values put in.
    """
    failing = some_for_every(claim, scalars, vectors)
    if failing is None or len(failing.variables) != 1:
        return None
    names = {name for name, _ in names_of(failing)}
    # by how much a vector is scaled, or how many entries it has
    t = positive(next(name for name in _letters("t") if name not in names))
    m = count(next(name for name in _letters("m") if name not in names))
    every = failing.body.variables
    for values, grown in (*_scaled(every, t), *_longer(every, m)):
        try:
            return _for_every_constant(failing, values, grown)
        except (KernelError, NotAlgebraicError):
            continue
    return None


def _letters(letter: str) -> Iterator[str]:
    yield letter
    yield from (f"{letter}{k}" for k in itertools.count(1))


def _scaled(variables: tuple[sp.Basic, ...], t: sp.Symbol) -> Iterator[tuple[Values, sp.Symbol]]:
    """Yield a few vectors of unequal shape for each variable, all scaled by t."""
    shapes = []
    for v in variables:
        if not isinstance(v, VectorSymbol) or not isinstance(length(v), sp.Integer):
            return
        one = concat(t, zeros(length(v) - 1)) if length(v) > 1 else repeat(t, 1)
        shapes.append((repeat(t, length(v)), one))
    for chosen in product(*shapes):
        yield dict(zip(variables, chosen, strict=True)), t


def _longer(variables: tuple[sp.Basic, ...], m: sp.Symbol) -> Iterator[tuple[Values, sp.Symbol]]:
    """Yield vectors of m ones, where the length is a variable too."""
    vectors = [v for v in variables if isinstance(v, VectorSymbol)]
    (*lengths,) = {length(v) for v in vectors}
    if len(lengths) == 1 and {*variables} == {*vectors, *lengths}:
        yield {lengths[0]: m} | {v: repeat(1, m) for v in vectors}, m


def _for_every_constant(failing: Exists, values: Values, grown: sp.Symbol) -> Derivation:
    (bound,) = failing.variables
    every = failing.body
    goal = negation(every.body).xreplace(dict(values))
    unfolded, _ = plain(goal.oriented(), ())
    ahead = unfolded.right - unfolded.left
    slope = coefficient(ahead, bound)
    (a, low), (b, high) = _power(ahead - bound * slope, grown), _power(-slope, grown)
    if low == high or not is_positive(bound):
        raise KernelError("no scale makes one side outgrow the other")
    # t^(high - low) is at most a/(2bL), written without a division by t
    beyond = grown ** abs(high - low)
    near = at_most(2 * b * bound * beyond, a) if low < high else at_most(2 * b * bound, a * beyond)
    proof = Proof()
    reason = "at these vectors, where one side is at least twice the other"
    part = grown ** min(low, high) / 2, K.assume(near)
    shown = conclude(proof, goal, part, given=(near,), reason=reason, power_sums=False)
    conditions = (_condition(f.xreplace(dict(values))) for f in every.given)
    theorem = K.both(*conditions, shown) if every.given else shown
    theorem = K.exhibit(theorem, negation(every), tuple(values[v] for v in every.variables))
    ratio = a / (2 * b * bound) if low < high else 2 * b * bound / a
    size = as_term(Facts(()).algebra.form(ratio ** (1 / abs(high - low))))
    if is_whole(grown):
        many = Ceiling(size)
        powers = {inequalities.u: size, inequalities.w: many, inequalities.e: low - high}
        met = combine(near.xreplace({grown: many}), (a, instance(power_at_most(), powers)))
        theorem = discharge(K.instantiate(theorem, {grown: many}, ()), met)
    else:
        theorem = K.instantiate(theorem, {grown: size}, ())
        theorem = discharge(theorem, algebra(near.xreplace({grown: size})))
    proof.show(K.generalise(theorem, failing.given, (bound,)), "so no constant is large enough")
    return proof.done()


def _condition(formula: Formula) -> Theorem:
    if isinstance(formula, NonZero):
        return K.nonzero(formula.args[0], ())
    return algebra(formula)


def _power(term: sp.Expr, letter: sp.Symbol) -> tuple[sp.Expr, sp.Expr]:
    """Return a > 0 and e of a term that is a t^e; raises KernelError for another."""
    form = Facts(()).algebra.form(term)
    if form.denominator != {ONE: Fraction(1)} or len(form.numerator) != 1:
        raise KernelError("{} is no power of {}", term, letter)
    ((monomial, a),) = form.numerator.items()
    exponents = dict(monomial)
    e = exponents.pop(letter, sp.Integer(0))
    if exponents or a <= 0:
        raise KernelError("{} is no power of {}", term, letter)
    return sp.Rational(a.numerator, a.denominator), sp.sympify(e)
