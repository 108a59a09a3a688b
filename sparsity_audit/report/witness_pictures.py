"""Pictures of a counterexample: its vectors as bars, and both sides as one variable moves."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from fractions import Fraction

import sympy as sp

from numeric_check.certifier.certify import (
    Undecided,
    UnfitWitnessError,
    ValuelessError,
    decide,
    evaluate_ball,
)
from numeric_check.certifier.witness import Witness
from numeric_check.explain import ShownVector, vectors_shown
from symbolic_proofs.claims.notation import threshold
from symbolic_proofs.language.claim import Claim
from symbolic_proofs.language.formulas import Formula, Relation
from symbolic_proofs.language.symbols import kind_of
from symbolic_proofs.language.terms import PQIndex
from symbolic_proofs.language.vectors import Concat, VectorSymbol, single
from symbolic_proofs.notation.api import to_text
from symbolic_proofs.notation.style import TEXT

from ..pictures import Bars, Curve, Mark, Picture, bars, curves

_POINTS = 96
_CLOSED = {"<": "<=", ">": ">="}
_NO_VALUE = (ValuelessError, UnfitWitnessError, Undecided)


def witness_pictures(claim: Claim, witness: Witness) -> Iterator[Picture]:
    """Yield the pictures of a counterexample that there are."""
    shown = vectors_shown(claim, witness)
    values = ", ".join(f"{TEXT.name(n)} = {v}" for n, v in witness.scalars.items())
    if 1 <= len(shown) <= 4 and any(vector.blocks for vector in shown):
        vectors = [_bars(vector) for vector in shown if vector.blocks]
        yield bars(f"{slug(claim)}-bars", vectors, values)
    drawn = _both_sides(claim, witness)
    if drawn is not None:
        yield drawn


def slug(claim: Claim) -> str:
    """Return the claim's id as it may stand in an id of the page."""
    return claim.id.replace(".", "-")


def _bars(vector: ShownVector) -> Bars:
    blocks = tuple((float(_middle(value)), value, times) for value, times in vector.blocks)
    name = to_text(vector.vector)
    measures = tuple(
        f"{_head(to_text(measure.term), name)} ≈ {_rounded(measure.decimal)}"
        for measure in vector.measures
    )
    return Bars(name, blocks, measures)


def _head(term: str, vector: str) -> str:
    """Return a measure without its vector, whose name stands above the bars: I, ‖·‖_p."""
    return term.replace(f"({vector})", "").replace(vector, "·")


def _middle(value: str) -> Fraction:
    """Return a number, or the middle of the enclosure "m ± u"."""
    return Fraction(value.partition(" ±")[0])


def _rounded(decimal: str) -> str:
    return f"{float(_middle(decimal)):.4g}".replace("-", "−")


def _both_sides(claim: Claim, witness: Witness) -> Picture | None:
    """Draw the two sides of the conclusion as a variable moves, where they depend on one."""
    relation = claim.conclusion
    moving = _moving(claim)
    if not isinstance(relation, Relation) or moving is None:
        return None
    value = witness.scalars[moving.name]
    tau = _threshold_at(relation.left, moving, witness)
    far = 2 * max(abs(value), tau or Fraction(0), Fraction(1, 2))
    # toward 0 norms grow without bound, and a curve would show nothing else
    near = value / 2 if moving.name in "pq" else -far if value < 0 else Fraction(0)
    closed = tuple(_closed(claim))
    at = {near + (far - near) * k / _POINTS for k in range(_POINTS + 1)} | {value}
    sides = []
    for term in (relation.left, relation.right):
        points = tuple(along(term, witness, moving.name, sorted(at), closed))
        if len(points) < 3:
            return None
        sides.append(Curve(to_text(term), points))
    left, right = sides
    if all(abs(y - left.points[0][1]) < 1e-9 for side in sides for _, y in side.points):
        return None
    name = TEXT.name(moving.name)
    marks = [_mark(left, value, f"{name} = {value}", "the witness", dropped=False)]
    if tau is not None:
        marks.append(_mark(left, tau, "τ", "the threshold τ of the others", dropped=True))
    left = replace(left, marks=tuple(marks))
    others = ", ".join(
        [f"{TEXT.name(n)} = {v}" for n, v in witness.scalars.items() if n != moving.name]
    )
    title = f"Both sides as {name} moves"
    return curves(f"{slug(claim)}-sides", (left, right), name, title, f"{title}; {others}")


def _moving(claim: Claim) -> sp.Symbol | None:
    """Return the variable to move: a real one, or else p where the conclusion has no vector."""
    scalars = sorted(
        (s for s in claim.conclusion.free_symbols if isinstance(s, sp.Symbol) and s.name[0] != "_"),
        key=lambda s: ("x alpha epsilon".find(s.name) % 99, s.name),
    )
    real = [s for s in scalars if s.name not in "pq" and kind_of(s) not in ("size", "count")]
    if real:
        return real[0]
    exponents = [s for s in scalars if s.name in "pq"]
    vectors = claim.conclusion.atoms(VectorSymbol)
    return exponents[0] if exponents and not vectors and len(scalars) == len(exponents) else None


def _closed(claim: Claim) -> Iterator[Formula]:
    """Yield the premises with their limits included, so that a curve reaches its ends."""
    for given in claim.given:
        if not isinstance(given, Relation):
            yield given
        elif given.op != "!=":
            yield Relation(_CLOSED.get(given.op, given.op), given.left, given.right)


def along(
    term: sp.Expr,
    witness: Witness,
    name: str,
    values: list[Fraction],
    given: tuple[Formula, ...] = (),
) -> Iterator[tuple[float, float]]:
    """Yield the value of a term at the witness with other values of one variable.

    Places at which the term has no value, or `given` does not hold, are left out.
    """
    for value in values:
        moved = replace(witness, scalars={**witness.scalars, name: value})
        try:
            if all(decide(formula, moved) for formula in given):
                yield float(value), float(evaluate_ball(term, moved).mid())
        except _NO_VALUE:
            continue


def _threshold_at(term: sp.Expr, moving: sp.Symbol, witness: Witness) -> Fraction | None:
    """Return τ of the other entries where the term measures [moving, others]."""
    for index in sp.preorder_traversal(term):
        match index:
            case PQIndex(args=(Concat(args=(first, VectorSymbol() as rest)), *_)):
                if first == single(moving) and any(v for v, _ in witness.vectors[rest.name]):
                    return Fraction(float(evaluate_ball(threshold(rest), witness).mid()))
    return None


def _mark(curve: Curve, at: Fraction, label: str, meaning: str, *, dropped: bool) -> Mark:
    from ..pictures.curves import height_at

    x = float(at)
    return Mark(x, height_at(curve.points, x), label, meaning, dropped)
