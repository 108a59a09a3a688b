"""The arithmetic of a witness, written out: vectors, their power sums and measures."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal
from fractions import Fraction

import sympy as sp

from numeric_check.certifier.certify import Undecided, UnfitWitnessError, evaluate_exact
from numeric_check.certifier.numbers.exact import NotExact, ValuelessError, text
from numeric_check.certifier.witness import Witness
from numeric_check.explain import ShownMeasure, ShownVector, vectors_shown
from symbolic_proofs.language.claim import Claim
from symbolic_proofs.language.terms import Norm, PowerSum, PQIndex
from symbolic_proofs.notation.api import to_row, to_text
from symbolic_proofs.notation.latex_style import LATEX
from symbolic_proofs.notation.rows import CONNECTIVE, Place, Row, as_row, join
from symbolic_proofs.notation.text_to_latex import text_to_row

_DIGITS = 6
#: between formulas on one line
NEXT = as_row(",") + Row(Place(CONNECTIVE, gap=r"\qquad "))


def arithmetic(claim: Claim, witness: Witness) -> Iterator[tuple[Row, ...]]:
    """Yield the entries, power sums and measures of each vector of the claim, a row each."""
    try:
        shown = vectors_shown(claim, witness)
    except (UnfitWitnessError, ValuelessError, Undecided):
        return
    for vector in shown:
        rows = [] if to_text(vector.vector) == entries(vector.blocks) else [_named(vector)]
        exponents = {e: None for m in vector.measures for e in m.term.args[1:]}
        sums = {str(e): _power_sum(vector, e, witness) for e in exponents}
        rows.append(as_row(join(NEXT, (text_to_row(sums[e]) for e in sorted(sums)))))
        rows += [row for m in vector.measures if (row := _measure(m, vector, witness))]
        yield tuple(rows)


def _named(vector: ShownVector) -> Row:
    return to_row(vector.vector) + text_to_row(f" = {entries(vector.blocks)}")


def _power_sum(vector: ShownVector, exponent: sp.Expr, witness: Witness) -> str:
    """Return S_r(V) = the sum written out = its value, in the text form."""
    r = _value(exponent, witness)
    summands = []
    for value, times in vector.blocks:
        magnitude = value.removeprefix("-")
        if value == "0":
            continue
        power = magnitude if r == "1" else _raised(magnitude, r)
        summands.append(power if times == 1 else f"{times}·{power}")
    out = " + ".join(summands) or "0"
    total = _exact(PowerSum(vector.vector, exponent), witness)
    return f"S_({r}) = {out}" + ("" if total in (None, out) else f" = {total}")


def _measure(measure: ShownMeasure, vector: ShownVector, witness: Witness) -> Row | None:
    """Return the measure = the numbers put in = its value; None for a power sum, which is shown."""
    term = measure.term
    if isinstance(term, PowerSum):
        return None
    written = to_row(term)
    sums = {r: _exact(PowerSum(vector.vector, r), witness) for r in term.args[1:]}
    if None not in sums.values():
        powers = [_root(str(sums[r]), _value(r, witness)) for r in term.args[1:]]
        if isinstance(term, Norm) and powers[0] != measure.exact:
            written += text_to_row(f" = {powers[0]}")
        elif isinstance(term, PQIndex):
            length = sum(times for _, times in vector.blocks)
            p, q = (_inverse(_value(r, witness)) for r in term.args[1:])
            written += text_to_row(f" = 1 - {length}^({q} - {p})·")
            written += LATEX.fraction(*map(text_to_row, powers))
    if measure.exact is not None:
        written += text_to_row(f" = {measure.exact}")
    return written + _decimal(measure)


def _decimal(measure: ShownMeasure) -> Row:
    exact, decimal = measure.exact, measure.decimal.partition(" ")[0]
    if exact is not None and exact.removeprefix("-").isdigit():
        return Row()
    return text_to_row(f" ≈ {rounded(Decimal(decimal))}")


def _value(exponent: sp.Expr, witness: Witness) -> str:
    """Return an exponent at the witness."""
    found = _exact(exponent, witness)
    return to_text(exponent) if found is None else found


def _exact(term: sp.Expr, witness: Witness) -> str | None:
    try:
        return text(evaluate_exact(term, witness))
    except (NotExact, ValuelessError, Undecided, UnfitWitnessError):
        return None


def _inverse(number: str) -> str:
    return str(1 / Fraction(number))


def _root(number: str, order: str) -> str:
    return number if order == "1" else _raised(number, _inverse(order))


def _raised(base: str, exponent: str) -> str:
    return f"{base if base.isdigit() else f'({base})'}^({exponent})"


def entries(blocks: Sequence[tuple[str, int]]) -> str:
    """Return a vector by its entries, each with the number of times that it is repeated."""
    written = (value + (f" × {times}" if times > 1 else "") for value, times in blocks)
    return f"[{', '.join(written)}]"


def rounded(number: Decimal) -> str:
    """Return a number as a decimal of a few digits."""
    return f"{number:.{_DIGITS}g}".replace("e+", "e")


def is_exact(number: Fraction) -> bool:
    """Tell whether a number is the decimal that it is rounded to."""
    decimal = Decimal(number.numerator) / number.denominator
    return Fraction(f"{decimal:.{_DIGITS}g}") == number
