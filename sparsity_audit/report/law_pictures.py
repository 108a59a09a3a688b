"""Pictures of what is proved: the threshold of an entry, and the effect of zeros.

Each is drawn for the claims whose own terms it shows, from values of those terms.
"""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

from numeric_check.certify import evaluate_ball
from numeric_check.witness import Witness
from symbolic_proofs.claims.claim import Claim
from symbolic_proofs.claims.notation import I, m, threshold, x
from symbolic_proofs.language.formulas import Relation
from symbolic_proofs.language.printing import to_text
from symbolic_proofs.language.terms import PQIndex
from symbolic_proofs.language.vectors import Concat, Repeat, VectorSymbol, concat, zeros
from symbolic_proofs.rational_terms import expanded

from ..pictures import Curve, Mark, Picture, curves
from .witness_pictures import along, slug

#: what the curves are drawn for: any vector and exponents would do
_ENTRIES = tuple((Fraction(value), 1) for value in (4, 2, 1))
_EXPONENTS = ((Fraction(1, 2), 1), (1, 2), (2, 4))
_ZEROS = 12


def law_pictures(claim: Claim) -> Iterator[Picture]:
    """Yield the pictures of what a claim says in general."""
    thresholds = {threshold(v): v for v in claim.statement.atoms(VectorSymbol) if v.name == "R"}
    for rest in (v for tau, v in thresholds.items() if claim.statement.has(tau)):
        if claim.statement.has(PQIndex):
            yield _one_entry(claim, rest)
    padded = _padded(claim)
    if padded is not None:
        yield _zeros(claim, padded)


def _padded(claim: Claim) -> VectorSymbol | None:
    """Return the vector V where the claim compares I([V, zeros]) with I(V)."""
    match claim.conclusion:
        case Relation(
            left=PQIndex(args=(Concat(args=(VectorSymbol() as inner, Repeat() as tail)), *_)),
            right=PQIndex(args=(other, *_)),
        ) if tail.args[0] == 0 and other == inner:
            return inner
    return None


def _one_entry(claim: Claim, rest: VectorSymbol) -> Picture:
    term, tau = I(concat(x, rest)), threshold(rest)
    drawn = []
    for p, q in _EXPONENTS:
        witness = _at(p, q, rest)
        lifted = Fraction(float(evaluate_ball(tau, witness).mid()))
        values = sorted({Fraction(k, 8) for k in range(81)} | {lifted})
        points = tuple(along(term, witness, x.name, values))
        lowest = Mark(
            float(lifted),
            dict(points)[float(lifted)],
            "τ",
            f"τ = {to_text(tau)}",
            dropped=True,
        )
        drawn.append(Curve(f"{to_text(term)}, p = {p}, q = {q}", points, (lowest,)))
    title = f"{to_text(term)} as {x.name} grows"
    caption = f"{title}; {rest.name} = {_written()}, τ = {to_text(tau)}"
    return curves(f"{slug(claim)}-threshold", drawn, x.name, title, caption)


def _zeros(claim: Claim, inner: VectorSymbol) -> Picture:
    term = I(concat(inner, zeros(m)))
    drawn = []
    for p, q in _EXPONENTS:
        witness = _at(p, q, inner)
        start = (0.0, float(evaluate_ball(I(inner), witness).mid()))
        values = [Fraction(k) for k in range(1, _ZEROS + 1)]
        points = (start, *along(term, witness, m.name, values))
        drawn.append(Curve(f"{to_text(term)}, p = {p}, q = {q}", points, dots=True))
    title = f"{to_text(term)} as {m.name} grows"
    caption = f"{title}; {inner.name} = {_written()}"
    return curves(f"{slug(claim)}-zeros", drawn, m.name, title, caption)


def _at(p: Fraction | int, q: Fraction | int, vector: VectorSymbol) -> Witness:
    scalars = {"p": Fraction(p), "q": Fraction(q), "x": Fraction(0)}
    size = vector.args[1]
    for symbol in sorted(size.free_symbols, key=str):
        # the length is n, or n + 2: what makes it come out right
        scalars[symbol.name] = Fraction(len(_ENTRIES) - int(expanded(size - symbol)))
    return Witness(scalars, {vector.name: _ENTRIES})


def _written() -> str:
    return f"[{', '.join(str(value) for value, _ in _ENTRIES)}]"
