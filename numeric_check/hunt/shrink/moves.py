"""Trials a little simpler than a given one: fewer entries, or one number made simpler.

These are the moves of greedy shrinking. A move may leave the premise; the judge sees to that.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace
from fractions import Fraction
from functools import lru_cache
from itertools import combinations, product
from math import gcd, lcm

import numpy as np

from numeric_check.certifier.witness import complexity

from ...batch.program import LengthClass, Program
from ...batch.run import Run
from ..bounds import interval
from ..candidate import Trial, batch_of, merged
from ..sampler import Fixed
from .rationals import of_complexity, simplest_between, simplest_near

#: how near a simpler number is looked for
TOLERANCES = tuple(Fraction(1, 10**k) for k in (1, 2, 3, 5, 7, 9, 12, 15))


Moves = Callable[[Program, Fixed, Mapping[str, Fraction], Trial], Iterator[Trial]]


def simpler_trials(
    program: Program, fixed: Fixed, exact: Mapping[str, Fraction], trial: Trial
) -> Iterator[Trial]:
    """Yield neighbours of an exact trial; the scalars in `exact` stay as they are."""
    yield from _shorter(program, fixed, trial)
    yield from _fewer_counts(program, exact, trial)
    kept = kept_scalars(program, exact)
    for name, value in trial.scalars.items():
        if name not in kept:
            for simpler in simpler_numbers(value):
                yield replace(trial, scalars={**trial.scalars, name: simpler})
    for slot in program.vectors:
        values = trial.values[slot.key]
        for i, value in enumerate(values):
            others = (v for v in dict.fromkeys(values) if v != value)
            for simpler in (*simpler_numbers(value), *others):
                changed = (*values[:i], simpler, *values[i + 1 :])
                yield merged(program, replace(trial, values={**trial.values, slot.key: changed}))
    yield from _scaled(program, kept, trial)


def kept_scalars(program: Program, exact: Mapping[str, Fraction]) -> set[str]:
    """Return the names of the scalars whose values are not to be made simpler as numbers."""
    counts = {slot.name for slot in program.counts}
    return {*exact, *program.quantified, *counts, *(name for name, _ in program.families)}


def _shorter(program: Program, fixed: Fixed, trial: Trial) -> Iterator[Trial]:
    """Yield the trial with a multiplicity made smaller, and its length with it."""
    for number, klass in enumerate(program.classes):
        if klass.own is None or klass.own in fixed.scalars or fixed.length is not None:
            continue
        coefficient = _at(program, trial, klass.coefficient)
        for i, times in enumerate(trial.times[number]):
            for fewer in _fewer(times, 0):
                own = trial.scalars[klass.own] - Fraction(times - fewer) / coefficient
                if own.denominator == 1 and own >= klass.least:
                    block = (*trial.times[number][:i], fewer, *trial.times[number][i + 1 :])
                    all_times = (*trial.times[:number], block, *trial.times[number + 1 :])
                    scalars = {**trial.scalars, klass.own: own}
                    yield merged(program, replace(trial, scalars=scalars, times=all_times))


def _fewer_counts(program: Program, exact: Mapping[str, Fraction], trial: Trial) -> Iterator[Trial]:
    """Yield the trial with a count that is not a vector's own length made smaller."""
    for slot in program.counts:
        if slot.name in program.free_counts and slot.name not in exact:
            for fewer in _fewer(int(trial.scalars[slot.name]), 1 if slot.kind == "count" else 0):
                scalars = {**trial.scalars, slot.name: Fraction(fewer)}
                changed = replace(trial, scalars=scalars)
                if all(
                    map(lambda c, t: _fits(program, changed, c, t), program.classes, trial.times)
                ):
                    yield changed


def _fits(program: Program, trial: Trial, klass: LengthClass, times: tuple[int, ...]) -> bool:
    return _at(program, trial, klass.length) == sum(times)


def _at(program: Program, trial: Trial, register: int) -> int:
    return int(np.ravel(Run(program, batch_of(program, [trial])).value(register))[0])


def _scaled(program: Program, kept: set[str], trial: Trial) -> Iterator[Trial]:
    """Yield the trial with all numbers but the exponents multiplied by one factor.

    The factors clear one denominator or all of them, or the common divisor. What a factor for one
    number leaves as a fraction is also rounded to a whole number.
    """
    free = [n for n in trial.scalars if n not in kept and n not in program.exponents]
    numbers = [trial.scalars[n] for n in free] + [x for v in trial.values.values() for x in v]
    if not any(numbers):
        return
    factors = {Fraction(x.denominator) for x in numbers}
    factors |= {Fraction(lcm(*(x.denominator for x in numbers)))}
    factors |= {1 / Fraction(gcd(*map(_whole, numbers)) or 1)}
    for factor in sorted(factors):
        yield from rescaled(program, kept, trial, factor)
    for one, other in combinations(free, 2):  # u and v, x and alpha: by one, together or across
        for step in (1, -1):
            pair = {n: trial.scalars[n] - step for n in (one, other)}
            if all(complexity(x) <= complexity(trial.scalars[n]) for n, x in pair.items()):
                yield replace(trial, scalars={**trial.scalars, **pair})
            across = {one: trial.scalars[one] - step, other: trial.scalars[other] + step}
            yield replace(trial, scalars={**trial.scalars, **across})


def rescaled(program: Program, kept: set[str], trial: Trial, factor: Fraction) -> Iterator[Trial]:
    """Yield the trial with numbers times a factor: as they are, and as whole numbers.

    To whole numbers entries and scalars are rounded the same way, or one up and the other down.
    """
    for entries, others in (
        (_as_is, _as_is),
        (_down, _down),
        (_up, _up),
        (_down, _up),
        (_up, _down),
    ):
        scalars = {
            name: value if name in kept or name in program.exponents else others(value * factor)
            for name, value in trial.scalars.items()
        }
        values = {k: tuple(entries(x * factor) for x in v) for k, v in trial.values.items()}
        yield replace(trial, scalars=scalars, values=values)


def _as_is(number: Fraction) -> Fraction:
    return number


def _down(number: Fraction) -> Fraction:
    """Round to a whole number towards 0, but not to 0."""
    size = max(abs(number) // 1, 1)
    return Fraction(0) if not number else Fraction(size if number > 0 else -size)


def _up(number: Fraction) -> Fraction:
    """Round to a whole number away from 0."""
    size = -(-abs(number) // 1)
    return Fraction(size if number > 0 else -size)


def _whole(number: Fraction) -> int:
    return abs(number.numerator) if number.denominator == 1 else 1


def carried_trials(
    program: Program, fixed: Fixed, exact: Mapping[str, Fraction], trial: Trial
) -> Iterator[Trial]:
    """Yield the trial with other exponents, or one block of ones in the place of each vector.

    Scalars that the premise bounds keep their place relative to the bound, or are put at it: a
    witness that lies in a sliver near the bound would be lost otherwise.
    """
    if not any(slot.bounds for slot in program.scalars):
        return
    exponents = [n for n in program.exponents if n not in exact]
    pairs = product(*([trial.scalars[n], *map(Fraction, (1, 2, 3))] for n in exponents))
    others = [trial]
    if all(trial.times):
        ones = {key: (Fraction(1),) for key in trial.values}
        constant = Trial(trial.scalars, tuple((sum(t),) for t in trial.times), ones)
        others += [constant, *_shorter(program, fixed, constant)]
    moved = [
        replace(other, scalars={**other.scalars, **dict(zip(exponents, chosen, strict=True))})
        for chosen, other in product(list(pairs), others)
    ]
    ends = _lower_ends(program, [trial, *moved])
    for place, other in enumerate(moved, 1):
        if other != trial:
            yield other
            there = {name: (low[0], low[place]) for name, low in ends.items()}
            yield _in_place(program, exact, other, there, at_end=True)
            yield _in_place(program, exact, other, there, at_end=False)


def _lower_ends(program: Program, trials: Sequence[Trial]) -> dict[str, list[float]]:
    """Return the lower ends between which the premise puts the scalars, for each trial."""
    run = Run(program, batch_of(program, trials))
    return {slot.name: interval(run, slot, len(trials))[0].tolist() for slot in program.scalars}


def _in_place(
    program: Program,
    exact: Mapping[str, Fraction],
    moved: Trial,
    ends: Mapping[str, tuple[float, float]],
    *,
    at_end: bool,
) -> Trial:
    """Put bounded scalars where they were relative to their lower ends, or there; scale the others.

    `ends` are the lower ends before and after. A little more than to scale is taken off the others,
    for room to round.
    """
    scalars, ratio = dict(moved.scalars), 1.0
    for slot in program.scalars:
        low, new = ends[slot.name]
        value = scalars[slot.name]
        if slot.bounds and slot.name not in exact and low > 0 and new > 0 and value >= 0:
            ratio = new / low
            place = new if at_end else new * max(float(value) / low, 1.0)
            inside = Fraction(place) * (1 + TOLERANCES[-1])  # an end itself may be rounded out
            scalars[slot.name] = simplest_between(inside, inside * (1 + TOLERANCES[-2]))
    for slot in program.scalars:
        if not slot.bounds and slot.name not in exact:
            scaled = scalars[slot.name] * Fraction(ratio) / 2
            scalars[slot.name] = simplest_near(scaled, TOLERANCES[0])
    return replace(moved, scalars=scalars)


def _fewer(number: int, least: int) -> list[int]:
    """Return smaller counts: the least ones, and steps down of a half, a quarter, .. of them."""
    steps = {number - (number >> k) for k in range(1, number.bit_length())} | {number - 1}
    return sorted(n for n in steps | {least, least + 1, least + 2} if least <= n < number)


@lru_cache(maxsize=1024)
def simpler_numbers(value: Fraction) -> tuple[Fraction, ...]:
    """Return simpler numbers: the simplest few, some near by, whole ones, and the positive one."""
    size = abs(value)
    whole = value.numerator // value.denominator if value >= 0 else -value // 1
    found = [f for level in range(6) for f in of_complexity(level)]
    found += [simplest_near(size, tolerance) for tolerance in TOLERANCES]
    found += [Fraction(whole), Fraction(whole + 1)]
    found += [Fraction(n, value.denominator) for n in _fewer(size.numerator, 0)]
    if value.denominator > 1:
        found.append(Fraction(size.numerator, value.denominator - 1))
    limit = complexity(value)
    sizes = [f for f in dict.fromkeys(found) if complexity(f) < limit]
    return tuple(sizes if value >= 0 else [*sizes, size, *(-f for f in sizes)])
