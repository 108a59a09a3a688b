"""Counterexamples worked out, so that a reader can check them with a pocket calculator.

The values, the premises at these values, the arithmetic of the vectors, and the facts of the
certificate. Everything comes from the witness and the certificate; no float has a part in it.
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from numeric_check.certifier.certify import Certificate, WrittenDecision
from numeric_check.certifier.instances import values_of
from numeric_check.certifier.witness import Blocks, Witness
from symbolic_proofs.language.claim import Claim, at_values
from symbolic_proofs.language.formulas import Relation
from symbolic_proofs.notation.api import to_row
from symbolic_proofs.notation.latex_style import LATEX
from symbolic_proofs.notation.layout import in_text
from symbolic_proofs.notation.rows import Row, Written, as_row, join
from symbolic_proofs.notation.text_to_latex import text_to_latex, text_to_row

from .arithmetic import NEXT, arithmetic, entries, is_exact, rounded
from .typeset import hypotheses

_NOTHING = Row()


@dataclass(frozen=True, slots=True)
class Comparison:
    """A fact of a certificate: what is claimed, what is so, and how to see it by hand.

    A predicate has no sides: `predicate` is what it says, `truth` whether it holds.
    """

    claimed: str = ""
    so: Row = _NOTHING
    moved: str = ""
    power: int = 0
    reduced: Row = _NOTHING
    bits: int = 0
    predicate: str = ""
    truth: str = ""


@dataclass(frozen=True, slots=True)
class Example:
    """A witness: its values, the premises at these values, the arithmetic."""

    values: tuple[str, ...]
    premises: tuple[str, ...]
    arithmetic: tuple[tuple[Row, ...], ...]
    comparisons: tuple[Comparison, ...]


def example(claim: Claim, witness: Witness, certificate: Certificate | None = None) -> Example:
    """Return a witness worked out, with the facts of its certificate if it has one."""
    shown = tuple(arithmetic(claim, witness)) if certificate else ()
    facts = certificate.facts if certificate else ()
    conclusion = claim.conclusion
    one = isinstance(conclusion, Relation) and len(facts) == 1
    comparisons = [_comparison(fact, conclusion if one else None) for fact in facts]
    return Example(values(witness), _premises(claim, witness), shown, tuple(comparisons))


def values(witness: Witness) -> tuple[str, ...]:
    """Return the values of a witness, numbers before vectors."""
    numbers = [_equals(LATEX.name(n), text_to_row(str(v))) for n, v in _numbers(witness)]
    vectors = [_equals(LATEX.name(n), _blocks(v)) for n, v in witness.vectors.items()]
    members = [
        _equals(LATEX.lowered(LATEX.name(name), str(number)), _blocks(member))
        for name, family in witness.families.items()
        for number, member in enumerate(family, 1)
    ]
    return tuple(map(in_text, (*numbers, *vectors, *members)))


def _equals(name: Row, value: Row) -> Row:
    return name + LATEX.signs["="] + value


def _numbers(witness: Witness) -> list[tuple[str, Fraction]]:
    """Return the scalars, the exponents first."""
    return sorted(witness.scalars.items(), key=lambda item: (item[0] not in ("p", "q", "r"), item))


def _blocks(blocks: Blocks) -> Row:
    return text_to_row(entries([(str(value), times) for value, times in blocks]))


def _premises(claim: Claim, witness: Witness) -> tuple[str, ...]:
    """Return the hypotheses at the witness; for families of vectors as they are stated."""
    names = [*witness.scalars, *witness.vectors]
    symbols = {str(getattr(variable, "name", "")) for variable in claim.variables}
    try:
        known = values_of(claim, witness, [name for name in names if name in symbols])
    except ValueError:
        return hypotheses(claim.given)
    return hypotheses(at_values(formula, known) for formula in claim.given)


def _comparison(fact: WrittenDecision, conclusion: Relation | None) -> Comparison:
    if fact.relation == "is":
        return Comparison(
            predicate=in_text(text_to_row(fact.left)), truth=fact.holds, bits=fact.bits
        )
    left, right = (text_to_row(side) for side in (fact.left, fact.right))
    sign = LATEX.signs[fact.holds]
    claimed = left + LATEX.signs[fact.relation] + right
    so: Written = left + sign + right
    if conclusion is not None:
        claimed = to_row(conclusion)
        names = to_row(conclusion.left), to_row(conclusion.right)
        if fact.method == "ball":
            within = LATEX.signs["in"]
            so = join(NEXT, (names[0] + within + left, names[1] + within + right))
        else:
            # The sides by name around their values, a value that both have but once.
            middle = left if str(left) == str(right) else so
            before = [names[0]] if str(names[0]) != str(left) else []
            after = [names[1]] if str(names[1]) != str(right) else []
            so = join(LATEX.signs["="], [*before, middle, *after])
    moved, reduced = "", _NOTHING
    if fact.power:
        moved = str(sign).join(map(text_to_latex, fact.moved))
        one, other = map(_decimal_beside, fact.reduced)
        reduced = text_to_row("".join(one)) + sign + text_to_row("".join(reversed(other)))
    return Comparison(
        claimed=in_text(claimed),
        so=as_row(so),
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
    sign = " = " if is_exact(fraction) else " ≈ "
    return number, sign, rounded(decimal)
