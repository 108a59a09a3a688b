"""From vectors to registers: parts of distinct values and their multiplicities.

What does not depend on an index is computed outside of it, once, and lifted over its axis.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from typing import Any

import sympy as sp

from symbolic_proofs.language.kinds import is_positive
from symbolic_proofs.language.vectors import (
    Concat,
    Entry,
    Map,
    Repeat,
    Sorted,
    Steps,
    Vector,
    VectorSymbol,
    is_nonnegative_vector,
    length,
)
from symbolic_proofs.rational_terms import same_length

from ..instructions import Term, Value
from ..program import NotSearchableError
from .axes import Axes

#: rounds of an index that is run through one by one
MAX_ROUNDS = 200


@dataclass(frozen=True)
class Part:
    """Part of a vector: registers of its values and multiplicities.

    It is `wide` if it has an axis of blocks of its own, else one block. `order` is () where the
    blocks stand in the order of the entries; where they do not, for the entries are copies of
    several blocks, it says which.
    """

    values: int
    times: int
    wide: bool
    source: VectorSymbol | None = None
    order: tuple[Any, ...] = ()

    @property
    def nonnegative(self) -> bool:
        """Whether its values are entries of a vector all of whose entries are >= 0."""
        return self.source is not None and is_nonnegative_vector(self.source)


@dataclass(frozen=True)
class Stretch:
    """What an index runs over in one go: multiplicities, `wide` as for a part, and the body."""

    times: int
    wide: bool
    body: Any


class VectorCompiler(Axes, ABC):
    """Emits instructions for vectors, and for what runs over their entries.

    `members` maps a symbol that counts the members of a family to their number in this program.
    `classes` collects the lengths of vector symbols, `slots` the symbols and members themselves.
    """

    def __init__(self, members: dict[sp.Symbol, int]):
        super().__init__()
        self.members = members
        self.classes: list[sp.Expr] = []
        self.slots: dict[str, tuple[VectorSymbol, int]] = {}
        #: whether the order of the entries of a vector symbol matters
        self.positional = False

    @abstractmethod
    def value(self, term: sp.Expr) -> Value:
        """Compile a scalar term."""

    def parts(self, v: Vector) -> tuple[Part, ...]:
        """Compile a vector."""
        if not self.depth or self.varies(v):
            return self._parts(v)
        with self.outside():
            parts = self._parts(v)
        return tuple(self._lifted(part) for part in parts)

    def _lifted(self, part: Part) -> Part:
        """Return a part that was compiled outside of the open axes, its own axis before them."""
        if not part.wide:
            return part
        values, times = (
            self.emit("lift", r, literal=self.depth) for r in (part.values, part.times)
        )
        return replace(part, values=values, times=times)

    def _parts(self, v: Vector) -> tuple[Part, ...]:
        match v:
            case VectorSymbol():
                return (self._symbol_part(v),)
            case Repeat(args=(value, count)):
                times = self.linear(self.value(count))
                values = self.linear(self.value(value))
                if not is_positive(count) and values != self.constant(0):
                    values = self.emit("live", values, times)
                return (Part(values, times, False),)
            case Concat():
                return tuple(part for piece in v.args for part in self.parts(piece))
            case Map():
                return tuple(self._mapped(v, part) for part in self.parts(v.args[2]))
            case Steps():
                return self._steps(v)
            case Sorted(args=(inner,)):
                return (Part(*self.in_order(inner), True),)
        raise NotSearchableError(f"{v} is not evaluated")

    def _symbol_part(self, v: VectorSymbol) -> Part:
        member = 0
        if v.indices:
            index = self.value(v.indices[0])
            if len(v.indices) > 1 or index.terms:
                raise NotSearchableError(
                    f"{v} is neither a vector nor a member of a family of vectors"
                )
            member = int(index.constant)
        count = v.args[1]
        if count not in self.classes:
            self.classes.append(count)
        klass = self.classes.index(count)
        key = f"{v.name}@{member}" if v.indices else v.name
        known, _ = self.slots.setdefault(key, (v, member))
        if known.args[1:3] != v.args[1:3]:
            raise NotSearchableError(f"two vectors have the name {v.name}")
        return Part(
            self.emit("values", literal=key), self.emit("multiplicity", literal=klass), True, v
        )

    def _mapped(self, v: Map, part: Part) -> Part:
        letter = self.plain(part.values, part.nonnegative)
        with self.running_over(v.variable, letter, part.times, part.wide):
            values = self.linear(self.value(v.body))
        live = self.emit("live", values, part.times)
        return Part(live, part.times, part.wide, order=part.order)

    def _steps(self, v: Steps) -> tuple[Part, ...]:
        if v.args[2] in self.members:
            steps = self.each(v, lambda: self.parts(v.body))
            return tuple(part for step in steps for part in step)
        if isinstance(v.body, Repeat) and v.body.args[1] == 1:
            return self._listed(v, v.body.args[0])
        if v.variable in v.body.free_symbols or any(
            v.variable in s.indices for s in v.atoms(VectorSymbol)
        ):
            raise NotSearchableError(f"the steps of {v} differ")
        number = self.linear(self.value(v.args[2]))
        body = self.parts(v.body)
        layout = tuple((part.times, part.order) for part in body)
        several = len(body) > 1 or any(part.wide for part in body)
        return tuple(
            replace(
                part,
                times=self.emit("multiply", part.times, number),
                source=None,
                order=(number, layout, place) if several else (),
            )
            for place, part in enumerate(body)
        )

    def _listed(self, v: Steps, value: sp.Expr) -> tuple[Part, ...]:
        """Compile steps of one entry each, such as the sum of two vectors."""
        stretches = self.over_index(v, lambda: self.linear(self.value(value)))
        return tuple(
            Part(self.emit("live", stretch.body, stretch.times), stretch.times, stretch.wide)
            for stretch in stretches
        )

    def is_one_by_one(self, node: Any) -> bool:
        """Tell whether an index runs over members of families, or up to a number: no entries."""
        if node.args[2] in self.members:
            return True
        read = {e.args[0] for e in node.body.atoms(Entry) if e.args[1] == node.variable}
        # of sorted entries some may be read alone
        alone = all(isinstance(v, Sorted) and length(v) != node.args[2] for v in read)
        return isinstance(node.args[2], sp.Integer) and alone

    def each(self, node: Any, compile_body: Callable[[], Any]) -> list[Any]:
        """Return what the body compiles to for each value of an index, one by one."""
        number = int(self.value(node.args[2]).constant)
        if number > MAX_ROUNDS:
            raise NotSearchableError(f"an index runs from 1 to {number} one by one")
        results = []
        for t in range(1, number + 1):
            with self.standing_for(node.variable, Value(Fraction(t))):
                results.append(compile_body())
        return results

    def over_index(self, node: Any, compile_body: Callable[[], Any]) -> list[Stretch]:
        """Return the body for each stretch of blocks that an index runs over.

        Raises NotSearchableError where the index is used otherwise than to read entries, or to read
        those of a vector that is not of its length.
        """
        variable, count = node.variable, node.args[2]
        read = {e.args[0] for e in node.body.atoms(Entry) if e.args[1] == variable}
        if not read:
            if variable in node.body.free_symbols:
                raise NotSearchableError(f"an index up to {count} is used as a number")
            times = self.linear(self.value(count))
            known = len(self.defined)
            body = compile_body()
            self.need_where(times, False, known)
            return [Stretch(times, False, body)]
        vectors = sorted(read, key=str)
        for v in vectors:
            if variable in v.free_symbols:
                raise NotSearchableError(f"{v} changes with the index that reads it")
            if not same_length(length(v), count):
                raise NotSearchableError(f"an index up to {count} reads the entries of {v}")
        stretches = []
        for times, wide, parts in self.lined_up(vectors):
            entries = dict(zip(vectors, parts, strict=True))
            with self.running_over(
                variable, lambda v, entries=entries: self.entry_of(entries[v]), times, wide
            ):
                body = compile_body()
            stretches.append(Stretch(times, wide, body))
        return stretches

    def lined_up(self, vectors: Sequence[Vector]) -> list[tuple[int, bool, tuple[Part, ...]]]:
        """Return blocks that vectors of one length have in common: multiplicities, `wide`, parts.

        Raises NotSearchableError where copies of several blocks have blocks in other places.
        """
        compiled = [self.parts(v) for v in vectors]
        layouts = {tuple((part.times, part.order) for part in parts) for parts in compiled}
        if len(layouts) == 1:
            rows = zip(*compiled, strict=True)
            return [(row[0].times, row[0].wide, row) for row in rows]
        self.in_places(part for parts in compiled for part in parts)
        stacked = [register for parts in compiled for register in self._stacked(parts)]
        aligned = self.emit("aligned", *stacked)
        times = self.emit("part", aligned, literal=0)
        row = tuple(
            Part(self.emit("part", aligned, literal=place), times, True)
            for place in range(1, len(vectors) + 1)
        )
        return [(times, True, row)]

    def in_places(self, parts: Iterable[Part]) -> None:
        """Note that the places of entries matter; raises NotSearchableError if parts lose them."""
        if any(part.order for part in parts):
            raise NotSearchableError("the places of the entries of copies matter")
        self.positional = True

    def _stacked(self, parts: Sequence[Part], op: str = "stacked") -> tuple[int, int]:
        """Return the registers of the values and multiplicities of all parts together."""
        registers = [register for part in parts for register in (part.values, part.times)]
        pair = self.emit(op, *registers, literal=tuple(part.wide for part in parts))
        return self.emit("part", pair, literal=0), self.emit("part", pair, literal=1)

    def entry_of(self, part: Part) -> Value:
        """Return what an entry of a part is."""
        known = part.source is not None
        term = Term(Fraction(1), part.values, atom=known, positive=part.nonnegative)
        return Value(Fraction(0), (term,))

    def in_order(self, v: Vector) -> tuple[int, int]:
        """Return the registers of the values and multiplicities of a vector in ascending order."""
        return self._stacked(self.parts(v), "sorted")
