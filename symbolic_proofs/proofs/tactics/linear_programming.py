"""Numbers >= 0 under linear equations, found exactly: the simplex method over the rationals.

Bland's rule keeps it from going in circles (Bland, New finite pivoting rules for the simplex
method, 1977). What is found is checked by whoever uses it.
"""

from __future__ import annotations

from collections.abc import Hashable, Mapping, Sequence
from fractions import Fraction

from ...kernel.work import spend

#: rows times columns of what is tried at all
_LARGEST = 40_000
_MOST_PIVOTS = 400
_Row = dict[int, Fraction]


def combination(
    columns: Sequence[Mapping[Hashable, Fraction]], wanted: Mapping[Hashable, Fraction]
) -> dict[int, Fraction] | None:
    """Return numbers > 0 by which some columns add up to the wanted one, None if there are none.

    Columns and what is wanted say a number for each of some names; the numbers wanted are >= 0.
    """
    used = _of_use(columns, wanted)
    names = list(dict.fromkeys([*wanted, *(name for k in used for name in columns[k])]))
    if not used or len(names) * len(used) > _LARGEST:
        return None
    rows: list[_Row] = [{k: columns[k][n] for k in used if columns[k].get(n)} for n in names]
    right = [wanted.get(name, Fraction(0)) for name in names]
    #: the column that each row is solved for; None where nothing is yet
    basis: list[int | None] = [None] * len(rows)
    for _ in range(_MOST_PIVOTS):
        lacking = [r for r, column in enumerate(basis) if column is None]
        if not any(right[r] for r in lacking):
            return {c: right[r] for r, c in enumerate(basis) if c is not None and right[r]}
        gain = _added(rows, lacking)
        enters = next((k for k in used if gain.get(k, 0) > 0), None)
        if enters is None:
            return None
        _pivot(rows, right, basis, enters)
    return None


def _of_use(
    columns: Sequence[Mapping[Hashable, Fraction]], wanted: Mapping[Hashable, Fraction]
) -> list[int]:
    """Leave out, again and again, the columns with a name that has one sign in all of them."""
    used = list(range(len(columns)))
    while True:
        signs: dict[Hashable, set[bool]] = {}
        for k in used:
            for name, number in columns[k].items():
                if number:
                    signs.setdefault(name, set()).add(number > 0)
        lone = {n for n, found in signs.items() if len(found) == 1 and not wanted.get(n)}
        left = [k for k in used if not any(columns[k].get(name) for name in lone)]
        if len(left) == len(used):
            return used
        used = left


def _added(rows: list[_Row], which: list[int]) -> _Row:
    total: _Row = {}
    for r in which:
        for k, number in rows[r].items():
            total[k] = total.get(k, Fraction(0)) + number
    return total


def _pivot(rows: list[_Row], right: list[Fraction], basis: list[int | None], enters: int) -> None:
    ratios = [
        (right[r] / rows[r][enters], -1 if basis[r] is None else basis[r], r)
        for r in range(len(rows))
        if rows[r].get(enters, 0) > 0
    ]
    leaves = min(ratios)[-1]
    pivot = rows[leaves][enters]
    rows[leaves] = {k: number / pivot for k, number in rows[leaves].items()}
    right[leaves] /= pivot
    basis[leaves] = enters
    for r, row in enumerate(rows):
        share = row.get(enters)
        if r == leaves or not share:
            continue
        spend(len(rows[leaves]))
        for k, number in rows[leaves].items():
            changed = row.get(k, Fraction(0)) - share * number
            if changed:
                row[k] = changed
            else:
                row.pop(k, None)
        right[r] -= share * right[leaves]
