"""Instructions for sums over entries, in sorted order too, for extremes, counts and windows."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any

import sympy as sp

from symbolic_proofs.language.sums import (
    Applied,
    CountAtMost,
    NonzeroTotal,
    ShortestWindow,
    index_powers,
)
from symbolic_proofs.language.terms import Total
from symbolic_proofs.language.vectors import Entry, Sorted

from ..instructions import Value
from .vectors import Stretch

if TYPE_CHECKING:
    from .terms import TermCompiler


def register_of(compiler: TermCompiler, term: Any) -> int:
    """Return the register of a NonzeroTotal, CountAtMost, ShortestWindow or Applied."""
    match term:
        case NonzeroTotal():
            return _nonzero_total(compiler, term)
        case CountAtMost(args=(vector, bound)):
            limit = compiler.linear(compiler.value(bound))
            counts = []
            for part in compiler.parts(vector):
                at_most = compiler.emit("at_most", part.values, limit)
                counts.append(_counted(compiler, at_most, part.times, part.wide))
            return _sum(compiler, counts)
        case ShortestWindow(args=(vector, width)):
            values, times = compiler.in_order(vector)
            entries = compiler.linear(compiler.value(width))
            window = compiler.emit("window", values, times, entries)
            compiler.defined.append(compiler.emit("finite", window))
            return window
        case Applied(args=(_, vector)):
            parts = compiler.parts(vector)
            stacked = [register for part in parts for register in (part.values, part.times)]
            wide = tuple(part.wide for part in parts)
            value = compiler.emit("python", *stacked, literal=(term.name, wide))
            compiler.defined.append(compiler.emit("finite", value))
            return value
    raise TypeError(f"{term} is none of these")


def total_over_entries(compiler: TermCompiler, term: Total) -> Value:
    """Return a sum whose index runs over entries, weighed by their place or not."""
    powers = index_powers(term.body, term.variable)
    if powers is None or not any(power for power, _ in powers):
        powers = [(0, term.body)]
    sums: list[int] = []
    nonnegative = True
    for power, factor in powers:
        part_of = Total(factor, term.variable, term.args[2])
        if power:
            _in_places(compiler, part_of)
        stretches = compiler.over_index(part_of, partial(compiler.value, part_of.body))
        sums += _weighed(compiler, stretches, power)
        nonnegative = nonnegative and all(stretch.body.nonnegative for stretch in stretches)
    return compiler.plain(_sum(compiler, sums), nonnegative)


def _weighed(compiler: TermCompiler, stretches: list[Stretch], power: int) -> list[int]:
    """Return the sum over each stretch of place^power times the body."""
    sums, before = [], compiler.constant(0)
    for stretch in stretches:
        weights = stretch.times
        if power:
            of_places = (power, stretch.wide)
            weights = compiler.emit("place_powers", weights, before, literal=of_places)
            entries = _counted(compiler, compiler.constant(1), stretch.times, stretch.wide)
            before = compiler.emit("linear", before, entries, literal=(0.0, (1.0, 1.0)))
        sums.append(_counted(compiler, compiler.linear(stretch.body), weights, stretch.wide))
    return sums


def _in_places(compiler: TermCompiler, term: Total) -> None:
    """Note that a sum weighs entries by their place; sorted ones have theirs in any order."""
    read = sorted(
        {e.args[0] for e in term.body.atoms(Entry) if e.args[1] == term.variable}, key=str
    )
    if any(not isinstance(v, Sorted) for v in read):
        compiler.in_places(part for v in read for part in compiler.parts(v))


def extreme_over_entries(compiler: TermCompiler, term: Any, op: str) -> int:
    """Return the register of the least or greatest value over the entries that there are."""
    stretches = compiler.over_index(term, lambda: compiler.linear(compiler.value(term.body)))
    count = compiler.linear(compiler.value(term.args[2]))
    compiler.defined.append(compiler.emit("positive", count))
    ends = [compiler.emit(f"{op}_live_value", s.body, s.times, literal=s.wide) for s in stretches]
    return compiler.emit(op, *ends)


def sorted_entry(compiler: TermCompiler, v: Sorted, index: sp.Expr) -> int:
    """Return the register of the entry at a place in ascending order."""
    place = compiler.linear(compiler.value(index))
    entry = compiler.emit("at_place", *compiler.in_order(v.args[0]), place)
    compiler.defined.append(compiler.emit("finite", entry))
    return entry


def _nonzero_total(compiler: TermCompiler, term: NonzeroTotal) -> int:
    sums = []
    for part in compiler.parts(term.args[2]):
        weights = compiler.emit("multiply", part.times, compiler.emit("nonzero", part.values))
        entry = compiler.entry_of(part)
        with compiler.running_over(term.variable, entry, weights, part.wide):
            body = compiler.linear(compiler.value(term.body))
        sums.append(_counted(compiler, body, weights, part.wide))
    return _sum(compiler, sums)


def _counted(compiler: TermCompiler, value: int, times: int, wide: bool) -> int:
    return compiler.emit("counted_sum", value, times, literal=wide)


def _sum(compiler: TermCompiler, registers: list[int]) -> int:
    return compiler.emit("linear", *registers, literal=(0.0, (1.0,) * len(registers)))
