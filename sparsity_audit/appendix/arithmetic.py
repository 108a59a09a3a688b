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
from symbolic_proofs.notation.api import to_latex
from symbolic_proofs.notation.prose import mathematics_to_latex

from .line_breaks import aligned_shapes

_DIGITS = 6


def arithmetic(claim: Claim, witness: Witness) -> Iterator[tuple[str, ...]]:
    """Yield the entries, power sums and measures of each vector of the claim, in shapes."""
    try:
        shown = vectors_shown(claim, witness)
    except (UnfitWitnessError, ValuelessError, Undecided):
        return
    for vector in shown:
        rows = [_named(vector)] if to_latex(vector.vector) != entries(vector.blocks) else []
        exponents = {e: None for m in vector.measures for e in m.term.args[1:]}
        sums = {str(e): _power_sum(vector, e, witness) for e in exponents}
        rows.append(r",\qquad ".join(sums[e] for e in sorted(sums)))
        rows += [row for m in vector.measures if (row := _measure(m, vector, witness))]
        yield tuple(aligned_shapes(rows))


def _named(vector: ShownVector) -> str:
    return f"{to_latex(vector.vector)} = {entries(vector.blocks)}"


def _power_sum(vector: ShownVector, exponent: sp.Expr, witness: Witness) -> str:
    """Return S_r(V) = the sum written out = its value."""
    r = _value(exponent, witness)
    summands = []
    for value, times in vector.blocks:
        magnitude = mathematics_to_latex(value.removeprefix("-"))
        if value == "0":
            continue
        power = magnitude if r == "1" else _raised(magnitude, r)
        summands.append(power if times == 1 else rf"{times} \cdot {power}")
    out = " + ".join(summands) or "0"
    total = _number(PowerSum(vector.vector, exponent), witness)
    name = rf"S_{{{mathematics_to_latex(r)}}}"
    return f"{name} = {out}" + ("" if total in (None, out) else f" = {total}")


def _measure(measure: ShownMeasure, vector: ShownVector, witness: Witness) -> str | None:
    """Return the measure = the numbers put in = its value; None for a power sum, which is shown."""
    term = measure.term
    if isinstance(term, PowerSum):
        return None
    between = ""
    sums = {r: _number(PowerSum(vector.vector, r), witness) for r in term.args[1:]}
    if None not in sums.values():
        powers = [_root(str(sums[r]), _value(r, witness)) for r in term.args[1:]]
        if isinstance(term, Norm):
            between = f" = {powers[0]}"
        elif isinstance(term, PQIndex):
            length = sum(times for _, times in vector.blocks)
            p, q = (mathematics_to_latex(_inverse(_value(r, witness))) for r in term.args[1:])
            ratio = rf"\frac{{{powers[0]}}}{{{powers[1]}}}"
            between = rf" = 1 - {length}^{{{q} - {p}}} \cdot {ratio}"
    value = "" if measure.exact is None else f" = {mathematics_to_latex(measure.exact)}"
    between = "" if between == value else between
    return to_latex(term) + between + value + _decimal(measure)


def _decimal(measure: ShownMeasure) -> str:
    exact, decimal = measure.exact, measure.decimal.partition(" ")[0]
    if exact is not None and exact.removeprefix("-").isdigit():
        return ""
    return rf" \approx {rounded(Decimal(decimal))}"


def _value(exponent: sp.Expr, witness: Witness) -> str:
    """Return an exponent at the witness."""
    found = _exact(exponent, witness)
    return to_latex(exponent) if found is None else found


def _exact(term: sp.Expr, witness: Witness) -> str | None:
    try:
        return text(evaluate_exact(term, witness))
    except (NotExact, ValuelessError, Undecided, UnfitWitnessError):
        return None


def _number(term: sp.Expr, witness: Witness) -> str | None:
    found = _exact(term, witness)
    return None if found is None else mathematics_to_latex(found)


def _inverse(number: str) -> str:
    return str(1 / Fraction(number))


def _root(number: str, order: str) -> str:
    return number if order == "1" else _raised(number, _inverse(order))


def _raised(base: str, exponent: str) -> str:
    simple = base.isdigit()
    return f"{base if simple else f'({base})'}^{{{mathematics_to_latex(exponent)}}}"


def entries(blocks: Sequence[tuple[str, int]]) -> str:
    """Return a vector by its entries, each with the number of times that it is repeated."""
    if not blocks:
        return r"[\ ]"
    written = (
        mathematics_to_latex(value) + (rf" \times {times}" if times > 1 else "")
        for value, times in blocks
    )
    return f"[{', '.join(written)}]"


def rounded(number: Decimal) -> str:
    """Return a number as a decimal of a few digits."""
    mantissa, e, exponent = f"{number:.{_DIGITS}g}".partition("e")
    return rf"{mantissa} \cdot 10^{{{int(exponent)}}}" if e else mantissa


def is_exact(number: Fraction) -> bool:
    """Tell whether a number is the decimal that it is rounded to."""
    decimal = Decimal(number.numerator) / number.denominator
    return Fraction(f"{decimal:.{_DIGITS}g}") == number
