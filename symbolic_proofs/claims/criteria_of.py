"""The six criteria of Hurley & Rickard (2009) as claims about any measure.

The vectors are those on which the measure has a value: entries >= 0, not all 0, two or more of
them. A larger value is sparser, and every inequality is strict.

| id suffix     | name | statement                                                               |
|---------------|------|-------------------------------------------------------------------------|
| `robin-hood`  | D1   | a transfer of less than half the difference lowers the measure          |
| `scaling`     | D2   | a factor changes nothing                                                |
| `rising-tide` | D3   | one amount added to every entry lowers it, unless all are equal         |
| `cloning`     | D4   | two or more copies measure what one does                                |
| `bill-gates`  | P1   | past some β every further α added to an entry raises it, another entry  |
|               |      | not being 0                                                             |
| `babies`      | P2   | an appended zero raises it                                              |
"""

from __future__ import annotations

from ..language.claim import Claim, claim
from ..language.formulas import And, Constant, Exists, ForAll, Formula, NonZero, Not, Relation, less
from ..language.symbols import size
from ..language.vectors import concat, copies, vector, zeros
from ..measures.measure import Measure
from .notation import R_nonnegative, alpha, beta, epsilon, m, u, v

CRITERIA = ("robin-hood", "scaling", "rising-tide", "cloning", "bill-gates", "babies")
LETTERS = dict(zip(CRITERIA, ("D1", "D2", "D3", "D4", "P1", "P2"), strict=True))

_REST = R_nonnegative
_W = vector("W", size("n") + 2, nonnegative=True)


def criteria_of(measure: Measure) -> tuple[Claim, ...]:
    """Return the six claims about a measure, with ids `<measure>.robin-hood` and so on."""
    value, pair = measure.term, concat(u, v, _REST)
    before = concat(u, _REST)
    richer, richest = concat(u + beta, _REST), concat(u + beta + alpha, _REST)
    return (
        _criterion(
            measure,
            "robin-hood",
            "moving weight from a larger to a smaller entry, keeping their order, lowers it",
            given=(less(v, u), less(2 * epsilon, u - v), *measure.domain(pair)),
            then=less(value(concat(u - epsilon, v + epsilon, _REST)), value(pair)),
        ),
        _criterion(
            measure,
            "scaling",
            "a factor leaves it as it is",
            given=(NonZero(_W), *measure.domain(_W)),
            then=Relation("=", value(alpha * _W), value(_W)),
        ),
        _criterion(
            measure,
            "rising-tide",
            "adding one positive amount to every entry lowers it, unless all are equal",
            given=_once(Not(Constant(_W)), *measure.domain(_W)),
            then=less(value(_W + alpha), value(_W)),
        ),
        _criterion(
            measure,
            "cloning",
            "two or more copies have the value of one",
            given=(NonZero(_W), *measure.domain(_W)),
            then=Relation("=", value(copies(_W, m + 1)), value(_W)),
        ),
        _criterion(
            measure,
            "bill-gates",
            "past some β > 0, any further α > 0 added to an entry raises it, another being nonzero",
            given=(NonZero(_REST), *measure.domain(before)),
            then=Exists(
                ForAll(less(value(richer), value(richest)), And(), alpha),
                And(),
                beta,
            ),
        ),
        _criterion(
            measure,
            "babies",
            "one appended zero raises it",
            given=(NonZero(_W), *measure.domain(_W)),
            then=less(value(_W), value(concat(_W, zeros(1)))),
        ),
    )


def _criterion(
    measure: Measure, name: str, title: str, *, given: tuple[Formula, ...], then: Formula
) -> Claim:
    return claim(
        f"{measure.name}.{name}",
        LETTERS[name],
        title,
        given=(*measure.given, *given),
        then=then,
    )


def _once(*formulas: Formula) -> tuple[Formula, ...]:
    return tuple(dict.fromkeys(formulas))
