"""Three-valued truth with its grounds: true, false or undecided, and what decided it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from symbolic_proofs.language.formulas import Every, Formula, Some

from .numbers.arithmetic import Number

#: grounds kept of one finding
MAX_FACTS = 100


@dataclass(frozen=True)
class Decided:
    """What settled an atomic formula: the precision (0: exact) and, of a relation, its sides.

    `side` is the sign of left - right.
    """

    formula: Formula
    truth: bool
    bits: int
    left: Number = None
    right: Number = None
    side: int = 0


@dataclass(frozen=True)
class Finding:
    """Whether a formula holds (None: undecided), and the decisions that this rests on."""

    truth: bool | None
    grounds: tuple[Decided, ...] = ()


def negated(truth: bool | None) -> bool | None:
    """Return the opposite truth; of undecided it is undecided."""
    return None if truth is None else not truth


def conjunction(truths: Sequence[bool | None]) -> bool | None:
    """Return whether all are true: one that is false decides, one that is undecided does not."""
    if False in truths:
        return False
    return None if None in truths else True


def all_of(found: Sequence[Finding]) -> Finding:
    """Return whether all hold, on the grounds of the first that does not or else of all."""
    for finding in found:
        if finding.truth is False:
            return finding
    truth = conjunction([finding.truth for finding in found])
    return Finding(truth, tuple(g for finding in found for g in finding.grounds)[:MAX_FACTS])


def any_of(found: Sequence[Finding]) -> Finding:
    """Return whether one holds, on the grounds of the first that does or else of all."""
    turned = all_of([Finding(negated(finding.truth), finding.grounds) for finding in found])
    return Finding(negated(turned.truth), turned.grounds)


def ranged(formula: Every | Some, found: Sequence[Finding]) -> Finding:
    """Return whether the formula holds, given what its body is at each place of its index."""
    universal = isinstance(formula, Every)
    if not found:
        return Finding(universal, (Decided(formula, universal, 0),))
    return all_of(found) if universal else any_of(found)


def iff(left: Finding, right: Finding) -> Finding:
    """Return whether both hold or both fail; undecided if either is."""
    if left.truth is None or right.truth is None:
        return Finding(None)
    return Finding(left.truth == right.truth, _joined(left.grounds, right.grounds))


def implies(premise: Finding, then: Finding) -> Finding:
    """Return whether the conclusion holds or the premise does not, on the grounds of that one."""
    if premise.truth is False or then.truth is True:
        return Finding(True, premise.grounds if premise.truth is False else then.grounds)
    if premise.truth is None or then.truth is None:
        return Finding(None)
    return Finding(False, _joined(premise.grounds, then.grounds))


def _joined(left: tuple[Decided, ...], right: tuple[Decided, ...]) -> tuple[Decided, ...]:
    """Return the grounds of both; if they are too many, some of each."""
    kept = left[: max(MAX_FACTS - len(right), MAX_FACTS // 2)]
    return (kept + right)[:MAX_FACTS]
