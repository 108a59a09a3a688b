"""The order of witnesses: which of two is the smaller.

    1. fewest entries: the lengths of all vectors, and the counts (copies, steps, zeros) added up
    2. fewest distinct values in the vectors
    3. the simplest numbers: the sum of the complexities of all values, exponents and scalars, where
       the complexity of a/b is |a| b + 3 (b - 1): fractions are dearer than whole numbers
    4. the simplest exponents, then the simplest other scalars, one after the other; a tie goes to
       the smaller denominator, then to the positive number
    5. the entries, sorted

Length comes first because a reader checks a witness entry by entry. Numbers are summed up, not
compared one by one, because then only finitely many candidates of a length are below any other, and
a search of everything smaller comes to an end. Entries count up to permutation; scaling needs no
rule of its own: among the multiples of a vector that of coprime whole numbers is the simplest.
"""

from __future__ import annotations

from typing import Any

from numeric_check.certifier.witness import complexity

from ...batch.program import Program
from ..candidate import Trial

Key = tuple[Any, ...]


def key(program: Program, trial: Trial) -> Key:
    """Return the place of an exact trial in the order; the least witness has the least key."""
    scalars = trial.scalars
    exponents = [_simplicity(scalars[name]) for name in program.exponents]
    others = [
        _simplicity(scalars[slot.name])
        for slot in program.scalars
        if slot.name not in program.quantified
    ]
    counts = [int(scalars[name]) for name in program.free_counts]
    entries, numbers = sum(counts), [*exponents, *others]
    columns = []
    for klass in range(len(program.classes)):
        column = []
        for values, times in _columns(program, trial, klass):
            block = tuple(map(_simplicity, values))
            column.append((block, times))
            numbers += block
            entries += times * len(block)
        columns.append(tuple(sorted(column)))
    return (
        entries,
        sum(map(len, columns)),
        sum(size for size, _, _ in numbers),
        tuple(exponents),
        tuple(others),
        tuple(counts),
        tuple(columns),
    )


def arranged(program: Program, trial: Trial) -> Trial:
    """Return the trial with its blocks in one fixed order: the simplest first, zeros last."""
    times, values = [], dict(trial.values)
    for klass in range(len(program.classes)):
        column = sorted(
            _columns(program, trial, klass),
            key=lambda c: (sum(v == 0 for v in c[0]), tuple(map(_simplicity, c[0]))),
        )
        times.append(tuple(count for _, count in column))
        for i, name in enumerate(program.keys[klass]):
            values[name] = tuple(entries[i] for entries, _ in column)
    return Trial(trial.scalars, tuple(times), values)


def _columns(program: Program, trial: Trial, klass: int) -> list[tuple[tuple[Any, ...], int]]:
    keys = program.keys[klass]
    if not keys:
        return []
    return list(
        zip(zip(*(trial.values[k] for k in keys), strict=True), trial.times[klass], strict=True)
    )


def _simplicity(value: Any) -> tuple[int, int, bool]:
    return complexity(value), value.denominator, value.numerator < 0
