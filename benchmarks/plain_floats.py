"""What the functions of a written-out claim mean on Python's floats."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from explicit import COMPARISONS, Statement

#: two sides of an equation that are nearer than this count as equal, as one would write by hand
TOLERANCE = 1e-9
#: what a margin is where the premise fails or a side has no value
NOT_MET = 1.0


def power_sum(entries: Sequence[float], r: float) -> float:
    return sum([abs(x) ** r for x in entries])


def norm(entries: Sequence[float], r: float) -> float:
    return power_sum(entries, r) ** (1 / r)


def pq_index(entries: Sequence[float], p: float, q: float) -> float:
    largest = max(map(abs, entries))
    entries = [x / largest for x in entries]
    return 1 - len(entries) ** (1 / q - 1 / p) * norm(entries, p) / norm(entries, q)


MEANING = {
    "power": lambda base, exponent: base**exponent,
    "absolute": abs,
    "total": sum,
    "greatest": max,
    "least": min,
    "power_sum": power_sum,
    "norm": norm,
    "pq_index": pq_index,
    "nonzero_count": lambda entries: sum([x != 0 for x in entries]),
    "compare": lambda op, left, right: COMPARISONS[op](left, right),
    "nonzero": any,
    "no": lambda truth: not truth,
    "every": all,
    "some": any,
    "same": lambda first, second: first == second,
    "same_zeros": lambda first, second: [x == 0 for x in first] == [y == 0 for y in second],
}


def margin_of(stated: Statement) -> Any:
    """Return a function of the variables, in order: below 0 where the claim fails in floats."""
    difference = {"<": "r - l", ">": "l - r", "<=": "r - l", ">=": "l - r"}.get(stated.op)
    # a strict inequality fails in a tie as well
    strict = " or -1e-300" if stated.op in ("<", ">") else ""
    margin = f"({difference}){strict}" if difference else {
        "=": f"{TOLERANCE} - abs(l - r)", "!=": f"abs(l - r) - {TOLERANCE}"
    }[stated.op]  # fmt: skip
    source = (
        f"def margin({', '.join(stated.kinds)}):\n"
        f"    try:\n"
        f"        if not ({' and '.join(stated.given) or 'True'}):\n"
        f"            return {NOT_MET}\n"
        f"        l, r = {stated.left}, {stated.right}\n"
        f"    except (ZeroDivisionError, OverflowError):\n"
        f"        return {NOT_MET}\n"
        f"    return {margin}\n"
    )
    space: dict[str, Any] = dict(MEANING)
    exec(source, space)  # noqa: S102 - the catalogue's own claims
    return space["margin"]
