"""Simple exact points for a claim, of the sort where premises just hold and terms lose their value.

Zero vectors and zero scalars, equal exponents, equal entries, lengths of 1, the numbers that the
claim itself writes, and the values at which one of its terms is 0. Whatever is said of a point is
decided elsewhere.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from fractions import Fraction
from itertools import combinations, product, zip_longest
from typing import Any

import sympy as sp

from symbolic_proofs.language.binders import Binder
from symbolic_proofs.language.formulas import Formula, free_variables
from symbolic_proofs.language.symbols import bound_level, kind_of
from symbolic_proofs.language.vectors import Vector, VectorSymbol

from .assignment import Assignment, Stated, is_of_kind, variables_of
from .errors import NotExact, Undecided, UnfitWitnessError, ValuelessError
from .numbers import exact
from .numbers.logarithms import ClosedForm
from .terms import Valuation, evaluate_exact
from .witness import Blocks, Witness, WitnessError, blocks, complexity, total_length

#: points of one claim, and symbols that differ from the first values at once
MOST_POINTS = 700
MOST_CHANGED = 3
#: entries of a vector, and members of a family that no symbol counts
MOST_ENTRIES = 12
MEMBERS = 2
#: numbers taken over from the claim, and sub-terms whose zeros are looked for
MOST_NUMBERS = 4
MOST_TERMS = 60
_LARGEST_NUMBER = 10**6

#: the last two have the same norm of order 2
_PATTERNS = ("steps", "zeros", "ones", "spike", "signed", "legs", "hypotenuse")
_FAMILIES = ("steps", "zeros", "ones", "first zero", "last zero", "spike")
#: kind -> the first value, then others
_SCALARS: dict[str, tuple[Fraction, ...]] = {
    "real": tuple(map(Fraction, (1, 0, -1, 2))),
    "nonnegative": tuple(map(Fraction, (1, 0, 2))),
    "positive": (*map(Fraction, (1, 2, 3)), Fraction(1, 2)),
    "size": tuple(map(Fraction, (1, 0, 2))),
    "count": tuple(map(Fraction, (2, 1, 3))),
}
_PROBLEMS = (NotExact, ValuelessError, Undecided, UnfitWitnessError, WitnessError)

#: a number, the name of a pattern of entries, or entries as they stand in a point that is known
_Option = Any


@dataclass(frozen=True)
class _Symbols:
    """The symbols of a claim: scalars, vectors and families, the values to give them by name."""

    scalars: Mapping[str, sp.Symbol]
    vectors: Mapping[str, VectorSymbol]
    #: family -> the name of the symbol that counts its members, if there is one
    families: Mapping[str, str | None]
    numbers: tuple[Fraction, ...]

    def options(self, *, falling: bool = False, alike: bool = False) -> dict[str, list[_Option]]:
        """Return the values of each symbol, the first one first.

        Symbols of one kind begin with different values, in the order of their names or against it:
        a premise that compares them holds in one of the two. With `alike` all but the positive ones
        begin with 2, and vectors with equal entries.
        """
        found: dict[str, list[_Option]] = {}
        names = sorted(self.scalars, reverse=falling)
        seen: dict[str, int] = {}
        for name in names:
            kind = kind_of(self.scalars[name])
            usual = _SCALARS[kind]
            place = 0 if kind in ("size", "count") else seen.get(kind, 0)
            seen[kind] = place + 1
            own = [n for n in self.numbers if _fits(n, kind)]
            first = Fraction(2) if alike and kind != "positive" else usual[0] + place
            found[name] = list(dict.fromkeys([first, *usual, *own]))
        for name, vector in self.vectors.items():
            patterns = _FAMILIES if name in self.families else _PATTERNS
            nonnegative = str(vector.args[2]) == "nonnegative"
            known = [p for p in patterns if not (nonnegative and p == "signed")]
            found[name] = list(dict.fromkeys([*(["ones"] if alike else []), *known]))
        return found


def simple_points(
    claim: Stated, *, quantified: bool = False, known: Sequence[Witness] = ()
) -> Iterator[Witness]:
    """Yield points for a claim, those with fewer unusual values first.

    With `quantified` they give values to the variables of quantifiers too. `known` are points that
    meet the premises: the values of one symbol or two are exchanged in these as well.
    """
    symbols = _symbols(claim, quantified=quantified)
    seen: dict[Witness, None] = {}
    starts = [symbols.options(), symbols.options(falling=True)]
    starts += [symbols.options(alike=True), *(_beginning(starts[0], witness) for witness in known)]
    ways = [_changed(symbols, options, MOST_POINTS // len(starts)) for options in starts]
    # the first of each, then the second of each
    for together in zip_longest(*ways):
        for point in filter(None, together):
            if point not in seen:
                seen[point] = None
                yield point
    for point in [*list(seen)[:2], *known]:
        for other in _zeros(claim, symbols, point):
            if other not in seen:
                seen[other] = None
                yield other


def probes(claim: Stated, witness: Witness) -> Iterator[Witness]:
    """Yield the witness, then the same with simple values of the variables of quantifiers added."""
    yield witness
    symbols = _symbols(claim, quantified=True)
    known = {*witness.scalars, *witness.vectors, *witness.families}
    options = symbols.options()
    for name, vector in symbols.vectors.items():
        if name in witness.vectors and isinstance(vector.args[1], sp.Symbol):
            options[vector.args[1].name] = [Fraction(total_length(witness.vectors[name]))]
    for name in known & options.keys():
        options[name] = [_value(witness, name)]
    yield from _changed(symbols, options, MOST_POINTS)


def _symbols(claim: Stated, *, quantified: bool) -> _Symbols:
    formulas = (*claim.given, claim.conclusion)
    free, both = variables_of(formulas)
    chosen = both if quantified else free
    scalars = {v.name: v for v in chosen if isinstance(v, sp.Symbol)}
    vectors = {v.name: v for v in chosen if isinstance(v, VectorSymbol)}
    for vector in vectors.values():
        scalars |= {s.name: s for s in vector.free_symbols if not bound_level(s)}
    families = {name: None for name, v in vectors.items() if _is_family(name, formulas)}
    return _Symbols(scalars, vectors, families | _counted(formulas, families), _numbers(formulas))


def _is_family(name: str, formulas: Sequence[Formula]) -> bool:
    return any(v.name == name and v.indices for f in formulas for v in f.atoms(VectorSymbol))


def _counted(formulas: Sequence[Formula], families: Mapping[str, None]) -> dict[str, str | None]:
    """Return, for each family, the symbol up to which its index runs."""
    found: dict[str, str | None] = {}
    for formula in formulas:
        for node in sp.preorder_traversal(formula):
            if isinstance(node, Binder) and isinstance(node.args[2], sp.Symbol):
                for member in node.body.atoms(VectorSymbol):
                    if any(node.variable in index.free_symbols for index in member.indices):
                        found.setdefault(member.name, node.args[2].name)
    return {name: count for name, count in found.items() if name in families}


def _numbers(formulas: Sequence[Formula]) -> tuple[Fraction, ...]:
    """Return the simplest numbers that the claim writes, and their negatives."""
    written = {Fraction(int(n.p), int(n.q)) for f in formulas for n in f.atoms(sp.Rational)}
    small = sorted((complexity(n), n) for n in written if complexity(n) < _LARGEST_NUMBER)
    found = [n for _, number in small for n in (number, -number) if n not in (0, 1, -1)]
    return tuple(dict.fromkeys(found))[: 2 * MOST_NUMBERS]


def _fits(number: Fraction, kind: str) -> bool:
    too_long = kind in ("size", "count") and number > MOST_ENTRIES
    return is_of_kind(number, kind) and not too_long


def _beginning(options: Mapping[str, list[_Option]], witness: Witness) -> dict[str, list[_Option]]:
    """Return the options with the values of a point that is known first."""
    known = {*witness.scalars, *witness.vectors, *witness.families}
    return {
        name: list(dict.fromkeys([_value(witness, name), *usual])) if name in known else usual
        for name, usual in options.items()
    }


def _value(witness: Witness, name: str) -> _Option:
    for values in (witness.scalars, witness.vectors, witness.families):
        if name in values:
            return values[name]
    raise KeyError(name)


def _changed(
    symbols: _Symbols, options: Mapping[str, list[_Option]], most: int
) -> Iterator[Witness]:
    """Yield points in which no symbol, then one, then two .. have another than the first value."""
    first = {name: values[0] for name, values in options.items()}
    names, made = sorted(options), 0
    for number in range(min(MOST_CHANGED, len(names)) + 1):
        for chosen in combinations(names, number):
            for values in product(*(options[name][1:] for name in chosen)):
                if made >= most:
                    return
                made += 1
                point = _point(symbols, {**first, **dict(zip(chosen, values, strict=True))})
                if point is not None:
                    yield point


def _point(symbols: _Symbols, chosen: Mapping[str, _Option]) -> Witness | None:
    """Return the point with these values, None where lengths do not fit together."""
    scalars = {n: v for n, v in chosen.items() if isinstance(v, Fraction)}
    vectors: dict[str, Blocks] = {}
    families: dict[str, tuple[Blocks, ...]] = {}
    try:
        lengths = Valuation(Assignment(scalars, {}, {}), exact)
        for name, vector in symbols.vectors.items():
            bound = {s: 1 for s in vector.args[1].free_symbols if bound_level(s)}
            size, option = lengths.whole(vector.args[1], bound), chosen[name]
            if not 0 <= size <= MOST_ENTRIES:
                return None
            if name in symbols.families:
                count = symbols.families[name]
                members = int(scalars[count]) if count in scalars else MEMBERS
                families[name] = _members(option, size, members)
            else:
                vectors[name] = _entries(option, size) if isinstance(option, str) else option
        return Witness(scalars, vectors, families)
    except _PROBLEMS:
        return None


def _members(option: _Option, size: int, members: int) -> tuple[Blocks, ...]:
    if not isinstance(option, str):
        return tuple(option)
    zero, steps = _entries("zeros", size), _entries("steps", size)
    match option:
        case "first zero":
            return (zero, *[steps] * (members - 1))[:members]
        case "last zero":
            return (*[steps] * (members - 1), zero)[:members]
    return tuple(_entries(option, size) for _ in range(members))


def _entries(pattern: str, size: int) -> Blocks:
    match pattern:
        case "zeros":
            values = [0] * size
        case "ones":
            values = [1] * size
        case "spike":
            values = [1, *[0] * (size - 1)][:size]
        case "signed":
            values = [-1, *range(2, size + 1)][:size]
        case "legs":
            values = [3, 4, *[0] * size][:size]
        case "hypotenuse":
            values = [5, *[0] * size][:size]
        case _:
            values = [*range(1, size + 1)]
    return blocks((Fraction(value), 1) for value in values)


def _zeros(claim: Stated, symbols: _Symbols, point: Witness) -> Iterator[Witness]:
    """Yield the point with one scalar moved to where a term is 0, if the term is linear in it."""
    for term in _terms(claim):
        names = {str(v.name) for v in free_variables(term) if isinstance(v, sp.Symbol)}
        for name in sorted(names & point.scalars.keys() & symbols.scalars.keys()):
            here = point.scalars[name]
            with suppress(*_PROBLEMS, ValueError):
                low, high = (
                    _rational(term, _moved(point, name, value)) for value in (here, here + 1)
                )
                root = here - low / (high - low) if high != low else here
                if root != here and _fits(root, kind_of(symbols.scalars[name])):
                    yield _moved(point, name, root)


def _rational(term: sp.Expr, point: Witness) -> Fraction:
    """Return the value of a term; raises NotExact where it is irrational."""
    value = evaluate_exact(term, point)
    if isinstance(value, ClosedForm):
        raise NotExact("a number with logarithms")
    return value.fraction


def _moved(point: Witness, name: str, value: Fraction) -> Witness:
    return replace(point, scalars={**point.scalars, name: value})


def _terms(claim: Stated) -> list[sp.Expr]:
    """Return terms of the claim that stand inside others, without bound variables."""
    found = [
        node
        for formula in (*claim.given, claim.conclusion)
        for node in sp.preorder_traversal(formula)
        if isinstance(node, sp.Expr)
        and not isinstance(node, sp.Symbol | sp.Rational | Vector)
        and not any(map(bound_level, node.free_symbols))
    ]
    return list(dict.fromkeys(found))[:MOST_TERMS]
