"""What a tree is worth at a point: rational numbers as long as they stay rational, then balls.

A term has a value where all of its parts have one; a part that nothing is done with counts too.
The two exceptions are the bodies of OnNonzero and NonzeroTotal, which are not looked at for 0, and
what follows from a premise that fails.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from fractions import Fraction
from itertools import pairwise
from random import Random
from typing import Any

from flint import arb

from numeric_check.certifier.errors import Ambiguous, ValuelessError
from numeric_check.certifier.numbers import balls
from numeric_check.certifier.numbers.balls import Ball
from numeric_check.certifier.numbers.logarithms import ClosedForm, Exact

from .trees import KINDS, VECTORS, Tree

BITS = 160
#: more entries or rounds are not gone through
_MOST = 60
#: beyond this, powers and exponentials are not worked out
_LARGE = {"exponent": 60, "base": 10**9, "Exp": 200, "Tanh": 30}

#: the values of variables, and the entries of vectors, by name
Point = Mapping[str, Any]


def exactly(value: Fraction | int) -> Ball:
    """Return a number."""
    return balls.exactly(value)


def minus(a: Ball, b: Ball) -> Ball:
    """Return a - b."""
    return balls.add(a, balls.multiply(exactly(-1), b))


def value(tree: Tree, at: Point) -> Ball:
    """Return what a term is worth.

    Raises ValuelessError where it has no value, Ambiguous where the balls do not tell.
    """
    op, *parts = tree
    if op == "num":
        return exactly(parts[0])
    if op == "var":
        number: Ball = at[parts[0]]
        return number
    if op in _OPERATIONS:
        return _OPERATIONS[op](*(value(part, at) for part in parts))
    if op in ("Total", "Least", "Greatest"):
        body, name, count = parts
        rounds = _times(count, at)
        return _HEADS[op]([value(body, {**at, name: exactly(i)}) for i in range(1, rounds + 1)])
    if op == "OnNonzero":
        body, name, argument = parts
        found = value(argument, at)
        return value(body, {**at, name: found}) if _is_nonzero(found) else exactly(0)
    if op == "NonzeroTotal":
        body, name, vector = parts
        kept = [e for e in entries(vector, at) if _is_nonzero(e)]
        return _total([value(body, {**at, name: e}) for e in kept])
    if op == "length":
        return exactly(_length(parts[0], at))
    return _OVER_VECTORS[op](entries(parts[0], at), *(value(part, at) for part in parts[1:]))


def _length(tree: Tree, at: Point) -> int:
    """Return how many entries a vector has, whether or not they have a value."""
    op, *parts = tree
    if op == "vec":
        return len(at[parts[0]])
    if op == "Repeat":
        return _times(parts[1], at)
    if op == "Concat":
        return sum(_length(part, at) for part in parts)
    if op in ("Map", "Sorted"):
        return _length(parts[-1], at)
    body, name, count = parts
    return _times(count, at) * _length(body, {**at, name: exactly(1)})


def entries(tree: Tree, at: Point) -> list[Ball]:
    """Return the entries of a vector."""
    op, *parts = tree
    if op == "vec":
        found = list(at[parts[0]])
        if len(parts) > 1 and len(found) != value(parts[1], at):
            raise ValueError(f"{parts[0]} has {len(found)} entries")
        return found
    if op == "Repeat":
        # the value is a part of the vector even where it stands there no time
        return [value(parts[0], at)] * _times(parts[1], at)
    if op == "Concat":
        return [entry for part in parts for entry in entries(part, at)]
    if op == "Map":
        body, name, vector = parts
        return [value(body, {**at, name: entry}) for entry in entries(vector, at)]
    if op == "Sorted":
        return _ascending(entries(parts[0], at))
    body, name, count = parts
    steps = range(1, _times(count, at) + 1)
    return [entry for t in steps for entry in entries(body, {**at, name: exactly(t)})]


def _times(count: Tree, at: Point) -> int:
    number = _whole(value(count, at))
    if number < 0:
        raise ValuelessError("fewer than no entries")
    if number > _MOST:
        raise Ambiguous("many entries")
    return number


def _whole(number: Ball) -> int:
    found = balls.whole(number)
    if found is None:
        raise ValuelessError("not a whole number")
    return found


def _is_nonzero(number: Ball) -> bool:
    zero = balls.is_zero(number)
    if zero is None:
        raise Ambiguous("a number that may be 0")
    return not zero


def _compared(a: Ball, b: Ball) -> int:
    side = balls.sign(minus(a, b))
    if side is None:
        raise Ambiguous("two numbers that may be equal")
    return side


def _small(number: Ball, what: str) -> Ball:
    if not bool(abs(balls.enclosure(number)) < _LARGE[what]):
        raise Ambiguous("a large number")
    return number


def _power(base: Ball, exponent: Ball) -> Ball:
    return balls.power(_small(base, "base"), _small(exponent, "exponent"))


def _total(numbers: list[Ball]) -> Ball:
    found = exactly(0)
    for number in numbers:
        found = balls.add(found, number)
    return found


def _least(numbers: list[Ball]) -> Ball:
    if not numbers:
        raise ValuelessError("the least of nothing")
    found = numbers[0]
    for number in numbers[1:]:
        found = balls.lesser(found, number)
    return found


def _greatest(numbers: list[Ball]) -> Ball:
    return minus(exactly(0), _least([minus(exactly(0), number) for number in numbers]))


def _ascending(numbers: list[Ball]) -> list[Ball]:
    found: list[Ball] = []
    for number in numbers:
        place = 0
        while place < len(found) and _compared(found[place], number) <= 0:
            place += 1
        found.insert(place, number)
    return found


def _power_sum(numbers: list[Ball], exponent: Ball) -> Ball:
    if _compared(exponent, exactly(0)) <= 0:
        raise ValuelessError("an exponent that is not positive")
    return _total([_power(balls.absolute(number), exponent) for number in numbers])


def _norm(numbers: list[Ball], exponent: Ball) -> Ball:
    return _power(_power_sum(numbers, exponent), _inverse(exponent))


def _pq_index(numbers: list[Ball], p: Ball, q: Ball) -> Ball:
    if not any(map(_is_nonzero, numbers)):
        raise ValuelessError("a zero vector")
    length = _power(exactly(len(numbers)), minus(_inverse(q), _inverse(p)))
    ratio = balls.multiply(_norm(numbers, p), _inverse(_norm(numbers, q)))
    return minus(exactly(1), balls.multiply(length, ratio))


def _entry(numbers: list[Ball], index: Ball) -> Ball:
    place = _whole(index)
    if not 1 <= place <= len(numbers):
        raise ValuelessError("no such entry")
    return numbers[place - 1]


def _count_at_most(numbers: list[Ball], bound: Ball) -> Ball:
    return exactly(sum(_compared(number, bound) <= 0 for number in numbers))


def _shortest_window(numbers: list[Ball], width: Ball) -> Ball:
    k, ascending = _whole(width), _ascending(numbers)
    if not 1 <= k <= len(ascending):
        raise ValuelessError("a window that is too wide")
    last = ascending[k - 1 :]
    return _least([minus(b, a) for a, b in zip(ascending, last, strict=False)])


def _inverse(number: Ball) -> Ball:
    return balls.power(number, exactly(-1))


_OPERATIONS: dict[str, Callable[..., Ball]] = {
    "+": balls.add,
    "-": minus,
    "*": balls.multiply,
    "/": lambda a, b: balls.multiply(a, _inverse(b)),
    "^": _power,
    "Abs": balls.absolute,
    "Ceiling": balls.ceiling,
    "Exp": lambda a: balls.exponential(_small(a, "Exp")),
    "Log": balls.logarithm,
    "Tanh": lambda a: balls.tanh(_small(a, "Tanh")),
}
_HEADS: dict[str, Callable[[list[Ball]], Ball]] = {
    "Total": _total,
    "Least": _least,
    "Greatest": _greatest,
}
_OVER_VECTORS: dict[str, Callable[..., Ball]] = {
    "PowerSum": _power_sum,
    "Norm": _norm,
    "PQIndex": _pq_index,
    "NonzeroCount": lambda numbers: exactly(sum(map(_is_nonzero, numbers))),
    "CountAtMost": _count_at_most,
    "ShortestWindow": _shortest_window,
    "Entry": _entry,
    "at": _entry,
}


# -- formulas --------------------------------------------------------------------------------------


def holds(tree: Tree, at: Point) -> bool:
    """Tell whether a formula holds. Raises ValuelessError, Ambiguous."""
    op, *parts = tree
    if op in _COMPARED:
        left, right = (value(part, at) for part in parts)
        side = balls.sign(minus(left, right))
        if side is None:
            raise Ambiguous("two sides that may be equal")
        return side in _COMPARED[op]
    if op == "Implies":
        return not holds(parts[0], at) or holds(parts[1], at)
    if op == "Not":
        return not holds(parts[0], at)
    if op == "And":
        found = [holds(part, at) for part in parts]  # each of them needs a value
        return all(found)
    if op == "Iff":
        left, right = (holds(part, at) for part in parts)
        return left is right
    if op in ("Every", "Some"):
        body, name, count = parts
        indices = range(1, _times(count, at) + 1)
        found = [holds(body, {**at, name: exactly(i)}) for i in indices]
        return all(found) if op == "Every" else any(found)
    vectors = [entries(part, at) for part in parts]
    if op == "NonZero":
        return any(map(_is_nonzero, vectors[0]))
    sizes = [balls.absolute(entry) for entry in vectors[0]]
    return all(_compared(a, b) == 0 for a, b in pairwise(sizes))


_COMPARED = {
    "=": {0},
    "!=": {-1, 1},
    "<": {-1},
    "<=": {-1, 0},
    ">": {1},
    ">=": {0, 1},
}


def meets(formulas: list[Tree], at: Point) -> bool:
    """Tell whether it is plain that every formula has a value and holds."""
    try:
        return all(holds(formula, at) for formula in formulas)
    except (ValuelessError, Ambiguous):
        return False


def agree(a: Ball, b: Ball) -> bool:
    """Tell whether two numbers may be one."""
    if not isinstance(a, arb) and not isinstance(b, arb):
        return bool(a == b)
    left, right = balls.enclosure(a), balls.enclosure(b)
    return not (left.is_finite() and right.is_finite()) or bool(left.overlaps(right))


def enclosure_of(number: Exact) -> Ball:
    """Return a ball around an exact number."""
    if not isinstance(number, ClosedForm):
        return balls.exact_ball(number)
    functions = {"log": balls.logarithm, "exp": balls.exponential, "tanh": balls.tanh}
    total = exactly(0)
    for monomial, coefficient in number.terms:
        product: Ball = balls.exact_ball(coefficient)
        for (function, argument), times in monomial:
            factor = functions[function](exactly(argument))
            product = balls.multiply(product, balls.power(factor, exactly(times)))
        total = balls.add(total, product)
    return total


# -- points ----------------------------------------------------------------------------------------


def point(random: Random) -> dict[str, Any]:
    """Return values for all variables and vectors, 0 and 1 and ties among them often."""
    drawn = {
        "count": lambda: (random.choice((1, 1, 2, 3, 4, 5)), 1),
        "size": lambda: (random.choice((0, 0, 1, 2, 3)), 1),
        "positive": lambda: (random.choice((1, 2, 1, 3, 1, 5)), random.choice((1, 2, 3, 1, 7))),
        "nonnegative": lambda: (random.choice((0, 0, 1, 2, 3, 1)), random.choice((1, 2, 3))),
        "real": lambda: (
            random.choice((0, 1, -1, 2, -2, -3, 3, 5)),
            random.choice((1, 1, 2, 3, 4)),
        ),
    }
    at: dict[str, Any] = {n: exactly(Fraction(*drawn[kind]())) for n, kind in KINDS.items()}
    for name in VECTORS:
        at[name] = vector(name, at, random)
    return at


def vector(name: str, at: Point, random: Random) -> list[Ball]:
    """Return entries for a vector of the length that the point gives."""
    length, sign = VECTORS[name]
    if random.random() < 0.15:
        same = random.choice((0, 1, 2))
        signs = (1,) if sign == "nonnegative" else (1, 1, -1)
        return [exactly(same * random.choice(signs)) for _ in range(int(at[length].p))]
    least = 0 if sign == "nonnegative" else -3
    return [
        exactly(Fraction(random.randint(least, 3), random.choice((1, 1, 2, 3))))
        if random.random() < 0.75
        else exactly(0)
        for _ in range(int(at[length].p))
    ]


def shown(at: Point) -> dict[str, Any]:
    """Return a point as it may be printed."""
    return {
        name: list(map(str, found)) if isinstance(found, list) else str(found)
        for name, found in at.items()
    }
