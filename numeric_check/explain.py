"""What a reader is shown of a witness: the vectors of the conclusion and their measures."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import sympy as sp
from flint import arb

from symbolic_proofs.language.formulas import Every, Some
from symbolic_proofs.language.terms import Greatest, Least, Norm, PowerSum, PQIndex, Total
from symbolic_proofs.language.vectors import Vector

from .certifier.assignment import Stated, assign
from .certifier.errors import Ambiguous, NotExact, Undecided
from .certifier.numbers import balls, exact
from .certifier.numbers.arithmetic import Number
from .certifier.terms import FIRST_BITS, Valuation
from .certifier.witness import Witness


@dataclass(frozen=True)
class ShownMeasure:
    """A measure of a vector at the witness: exact as text if short, and as a decimal."""

    term: sp.Expr
    exact: str | None
    decimal: str


@dataclass(frozen=True)
class ShownVector:
    """A vector of a claim's conclusion at the witness: its entries and its measures."""

    vector: Vector
    blocks: tuple[tuple[str, int], ...]
    measures: tuple[ShownMeasure, ...]


def vectors_shown(claim: Stated, witness: Witness) -> tuple[ShownVector, ...]:
    """Return each vector whose index, norm or power sum the conclusion speaks of, at the witness.

    A vector that depends on an index 1 .. T is shown for the first twelve. Raises
    UnfitWitnessError, ValuelessError and Undecided as `decide` does.
    """
    values = assign((*claim.given, claim.conclusion), witness)
    exactly = Valuation(values, exact)
    found: dict[Vector, list[sp.Expr]] = {}
    for term in _measures(claim.conclusion, exactly):
        terms = found.setdefault(term.args[0], [])
        if term not in terms:
            terms.append(term)
    with balls.precision(2 * FIRST_BITS):
        closely = Valuation(values, balls)
        try:
            return tuple(
                ShownVector(
                    vector,
                    tuple(_shown_block(block) for block in closely.vectors.blocks(vector, {})),
                    tuple(_shown_measure(term, exactly, closely) for term in terms),
                )
                for vector, terms in found.items()
            )
        except Ambiguous as doubt:
            raise Undecided(str(doubt)) from doubt


def _measures(node: sp.Basic, exactly: Valuation) -> Iterator[sp.Expr]:
    if isinstance(node, PQIndex | Norm | PowerSum):
        yield node
    elif isinstance(node, Total | Least | Greatest | Every | Some):
        for t in range(1, min(12, exactly.whole(node.args[2], {})) + 1):
            yield from _measures(node.at(sp.Integer(t)), exactly)
    else:
        for part in node.args:
            yield from _measures(part, exactly)


def _shown_block(block: tuple[Number, int]) -> tuple[str, int]:
    value, times = block
    return balls.decimal(value) if isinstance(value, arb) else str(value), times


def _shown_measure(term: sp.Expr, exactly: Valuation, closely: Valuation) -> ShownMeasure:
    try:
        written = exact.text(exactly.number(term, {}))
    except NotExact:
        written = None
    return ShownMeasure(term, written, balls.decimal(balls.enclosure(closely.number(term, {})), 15))
