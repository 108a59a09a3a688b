"""Instructions for sums over entries, in sorted order too, for extremes, counts and windows."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from symbolic_proofs.language.sums import (
    Applied,
    CountAtMost,
    NonzeroTotal,
    ShortestWindow,
    index_powers,
)
from symbolic_proofs.language.terms import Total
from symbolic_proofs.language.vectors import Entry, length

from .program import NotSearchableError

if TYPE_CHECKING:
    from .compile_terms import TermCompiler


def register_of(compiler: TermCompiler, term: Any) -> int:
    """Return the register of a NonzeroTotal, CountAtMost, ShortestWindow or Applied."""
    match term:
        case NonzeroTotal():
            return _nonzero_total(compiler, term)
        case CountAtMost(args=(vector, bound)):
            limit = compiler.linear(compiler.value(bound))
            counts = [
                compiler.emit(
                    "counted_sum", compiler.emit("at_most", part.values, limit), part.times
                )
                for part in compiler.parts(vector)
            ]
            return _sum(compiler, counts)
        case ShortestWindow(args=(vector, width)):
            values, times = compiler.in_order(vector)
            return compiler.emit("window", values, times, compiler.linear(compiler.value(width)))
        case Applied(args=(_, vector)):
            parts = compiler.parts(vector)
            stacked = [register for part in parts for register in (part.values, part.times)]
            return compiler.emit("python", *stacked, literal=term.name)
    raise TypeError(f"{term} is none of these")


def total_over_entries(compiler: TermCompiler, term: Total) -> int:
    """Return the register of a sum whose index runs over entries, weighed by their place or not."""
    powers = index_powers(term.body, term.variable)
    if powers is None or not any(power for power, _ in powers):
        powers = [(0, term.body)]
    if len({e.args[0] for e in term.body.atoms(Entry) if e.args[1] == term.variable}) > 1:
        powers = [(0, term.body)]
    sums = []
    for power, factor in powers:
        part_of = Total(factor, term.variable, term.args[2])
        pieces = _pieces(compiler, part_of)
        before = compiler.constant(0)
        for times, value in pieces:
            weights = times
            if power:
                weights = compiler.emit("place_powers", times, before, literal=power)
                total = compiler.emit("counted_sum", compiler.constant(1), times)
                before = compiler.emit("linear", before, total, literal=(0.0, (1.0, 1.0)))
            sums.append(compiler.emit("counted_sum", value, weights))
    return _sum(compiler, sums)


def extreme_over_entries(compiler: TermCompiler, term: Any, op: str) -> int:
    """Return the register of the least or greatest value over the entries that there are."""
    ends = [
        compiler.emit(f"{op}_live_value", value, times) for times, value in _pieces(compiler, term)
    ]
    return compiler.emit(op, *ends)


def _pieces(compiler: TermCompiler, term: Any) -> list[tuple[int, int]]:
    """Return (multiplicities, body) for each part of the vector that the index runs over."""
    if not term.body.atoms(Entry):
        raise NotSearchableError(f"the search can not run an index over {term.body}")
    known = len(compiler.defined)
    pieces: list[tuple[int, int]] = compiler.over_entries(
        term, lambda: compiler.linear(compiler.value(term.body))
    )
    for times, _ in pieces[:1]:
        _where_there_are_entries(compiler, known, times)
    return pieces


def _nonzero_total(compiler: TermCompiler, term: NonzeroTotal) -> int:
    length(term.args[2])
    sums = []
    for part in compiler.parts(term.args[2]):
        known = len(compiler.defined)
        weights = compiler.emit("multiply", part.times, compiler.emit("nonzero", part.values))
        with compiler.standing_for(term.variable, compiler.entry_of(part)):
            body = compiler.linear(compiler.value(term.body))
        _where_there_are_entries(compiler, known, weights)
        sums.append(compiler.emit("counted_sum", body, weights))
    return _sum(compiler, sums)


def _where_there_are_entries(compiler: TermCompiler, known: int, times: int) -> None:
    """Ask what a body needs only of the blocks that are not empty."""
    compiler.defined[known:] = [
        compiler.emit("everywhere", condition, times) for condition in compiler.defined[known:]
    ]


def _sum(compiler: TermCompiler, registers: list[int]) -> int:
    return compiler.emit("linear", *registers, literal=(0.0, (1.0,) * len(registers)))
