"""Counterexamples worked out, so that a reader can check them with a pocket calculator.

The vectors, their power sums, the measure of each, and the facts of the certificate. Everything comes
from the witness and the certificate; nothing is computed in floating point.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

import sympy as sp

from numeric_check.certify import (
    Certificate,
    Fact,
    ShownMeasure,
    ShownVector,
    Undecided,
    UnfitWitnessError,
    evaluate_exact,
    vectors_shown,
)
from numeric_check.exact import NotExact, Undefined, text
from numeric_check.witness import Blocks, Witness
from symbolic_proofs.claims.claim import Claim
from symbolic_proofs.language.formulas import Relation
from symbolic_proofs.language.printing import to_latex
from symbolic_proofs.language.style import LATEX
from symbolic_proofs.language.terms import Norm, PowerSum, PQIndex

from ..instances import at_values, values_of
from .line_breaks import aligned_shapes, shapes
from .plain_math import mathematics_to_latex, words_to_latex
from .typeset import hypotheses, inline

_DIGITS = 6
_SIGNS = {"=": "=", "<": "<", ">": ">", "<=": r"\le", ">=": r"\ge", "!=": r"\ne"}


@dataclass(frozen=True, slots=True)
class Comparison:
    """A fact of a certificate: what is claimed, what is so, and how to see it by hand.

    A predicate has no sides: `predicate` is what it says, `truth` whether it holds.
    """

    claimed: str = ""
    so: tuple[str, ...] = ()
    moved: str = ""
    power: int = 0
    reduced: tuple[str, ...] = ()
    bits: int = 0
    predicate: str = ""
    truth: str = ""


@dataclass(frozen=True, slots=True)
class Example:
    """A witness: its values, the premises at these values, the arithmetic."""

    values: tuple[str, ...]
    premises: tuple[str, ...]
    arithmetic: tuple[tuple[str, ...], ...]
    comparisons: tuple[Comparison, ...]


def example(claim: Claim, witness: Witness, certificate: Certificate | None = None) -> Example:
    """Return a witness worked out, with the facts of its certificate if it has one."""
    shown = tuple(_arithmetic(claim, witness)) if certificate else ()
    facts = certificate.facts if certificate else ()
    conclusion = claim.conclusion
    one = isinstance(conclusion, Relation) and len(facts) == 1
    comparisons = [_comparison(fact, conclusion if one else None) for fact in facts]
    return Example(values(witness), _premises(claim, witness), shown, tuple(comparisons))


def values(witness: Witness) -> tuple[str, ...]:
    """Return the values of a witness, numbers before vectors."""
    numbers = [f"{LATEX.name(n)} = {mathematics_to_latex(str(v))}" for n, v in _numbers(witness)]
    vectors = [f"{LATEX.name(n)} = {_blocks(v)}" for n, v in witness.vectors.items()]
    members = [
        f"{LATEX.name(name)}_{{{number}}} = {_blocks(member)}"
        for name, family in witness.families.items()
        for number, member in enumerate(family, 1)
    ]
    return tuple(map(inline, (*numbers, *vectors, *members)))


def _numbers(witness: Witness) -> list[tuple[str, Fraction]]:
    """Return the scalars, the exponents first."""
    return sorted(witness.scalars.items(), key=lambda item: (item[0] not in ("p", "q", "r"), item))


def _blocks(blocks: Blocks) -> str:
    return _entries([(str(value), times) for value, times in blocks])


def _entries(blocks: list[tuple[str, int]] | tuple[tuple[str, int], ...]) -> str:
    if not blocks:
        return r"[\ ]"
    written = (
        mathematics_to_latex(value) + (rf" \times {times}" if times > 1 else "")
        for value, times in blocks
    )
    return f"[{', '.join(written)}]"


def _premises(claim: Claim, witness: Witness) -> tuple[str, ...]:
    """Return the hypotheses at the witness; for families of vectors as they are stated."""
    names = [*witness.scalars, *witness.vectors]
    symbols = {str(getattr(variable, "name", "")) for variable in claim.variables}
    try:
        known = values_of(claim, witness, [name for name in names if name in symbols])
    except ValueError:
        return hypotheses(claim.given)
    return hypotheses(at_values(formula, known) for formula in claim.given)


def _arithmetic(claim: Claim, witness: Witness) -> Iterator[tuple[str, ...]]:
    """Yield, for each vector of the claim, its entries, power sums and measures, in their shapes."""
    try:
        shown = vectors_shown(claim, witness)
    except (UnfitWitnessError, Undefined, Undecided):
        return
    for vector in shown:
        rows = [_named(vector)] if to_latex(vector.vector) != _entries(vector.blocks) else []
        exponents = {e: None for m in vector.measures for e in m.term.args[1:]}
        sums = {str(e): _power_sum(vector, e, witness) for e in exponents}
        rows.append(r",\qquad ".join(sums[e] for e in sorted(sums)))
        rows += [row for m in vector.measures if (row := _measure(m, vector, witness))]
        yield tuple(aligned_shapes(rows))


def _named(vector: ShownVector) -> str:
    return f"{to_latex(vector.vector)} = {_entries(vector.blocks)}"


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
    return rf" \approx {_rounded(Decimal(decimal))}"


def _rounded(number: Decimal) -> str:
    digits = _plain(number)
    mantissa, e, exponent = digits.partition("e")
    return rf"{mantissa} \cdot 10^{{{int(exponent)}}}" if e else mantissa


def _value(exponent: sp.Expr, witness: Witness) -> str:
    """Return an exponent at the witness."""
    found = _exact(exponent, witness)
    return to_latex(exponent) if found is None else found


def _exact(term: sp.Expr, witness: Witness) -> str | None:
    try:
        return text(evaluate_exact(term, witness))
    except (NotExact, Undefined, Undecided, UnfitWitnessError):
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


def _comparison(fact: Fact, conclusion: Relation | None) -> Comparison:
    if fact.relation == "is":
        return Comparison(predicate=words_to_latex(fact.left), truth=fact.holds, bits=fact.bits)
    left, right = (mathematics_to_latex(side) for side in (fact.left, fact.right))
    sign = _SIGNS[fact.holds]
    claimed = f"{left} {_SIGNS[fact.relation]} {right}"
    so = f"{left} {sign} {right}"
    if conclusion is not None:
        claimed = to_latex(conclusion)
        names = to_latex(conclusion.left), to_latex(conclusion.right)
        if fact.method == "ball":
            so = rf"{names[0]} \in {left},\qquad {names[1]} \in {right}"
        else:
            # The sides by name around their values, a value that both have but once.
            middle = left if left == right else so
            before = [names[0]] if names[0] != left else []
            after = [names[1]] if names[1] != right else []
            so = " = ".join([*before, middle, *after])
    moved, reduced = "", tuple[str, ...]()
    if fact.power:
        moved = f" {sign} ".join(map(mathematics_to_latex, fact.moved))
        one, other = map(_decimal_beside, fact.reduced)
        reduced = tuple(shapes(f"{' '.join(one)} {sign} {' '.join(reversed(other))}"))
    return Comparison(
        claimed=inline(claimed),
        so=tuple(shapes(so)),
        moved=moved,
        power=fact.power,
        reduced=reduced,
        bits=fact.bits,
    )


def _decimal_beside(number: str) -> tuple[str, ...]:
    """Return a fraction, a sign and its decimal; of a whole number itself alone."""
    if "/" not in number:
        return (number,)
    fraction = Fraction(number)
    decimal = Decimal(fraction.numerator) / fraction.denominator
    sign = "=" if Fraction(_plain(decimal)) == fraction else r"\approx"
    return mathematics_to_latex(number), sign, _rounded(decimal)


def _plain(number: Decimal) -> str:
    return f"{number:.{_DIGITS}g}"
