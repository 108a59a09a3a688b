"""From vectors to registers: parts of distinct values and their multiplicities."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Callable, Iterator
from contextlib import contextmanager
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

from .instructions import Instructions, Term, Value
from .program import NotSearchableError


@dataclass(frozen=True)
class Part:
    """Part of a vector: registers of its values and multiplicities, (K, B) if `wide`, else (B,)."""

    values: int
    times: int
    wide: bool
    source: VectorSymbol | None = None

    @property
    def nonnegative(self) -> bool:
        """Whether its values are entries of a vector all of whose entries are >= 0."""
        return self.source is not None and is_nonnegative_vector(self.source)


class VectorCompiler(Instructions, ABC):
    """Emits instructions for vectors, and for what runs over their entries.

    `members` maps a symbol that counts the members of a family to their number in this program.
    `classes` collects the lengths of vector symbols, `slots` the symbols and members themselves.
    """

    def __init__(self, members: dict[sp.Symbol, int]):
        super().__init__()
        self.members = members
        self.classes: list[sp.Expr] = []
        self.slots: dict[str, tuple[VectorSymbol, int]] = {}
        #: what a bound variable stands for: a Value, or a function from the vector to its entry's
        #: Value
        self.bound: dict[sp.Symbol, Any] = {}

    @abstractmethod
    def value(self, term: sp.Expr) -> Value:
        """Compile a scalar term."""

    @contextmanager
    def standing_for(self, variable: sp.Symbol, meaning: Any) -> Iterator[None]:
        """Let a bound variable stand for something, and then for what it stood for before."""
        outer = self.bound.get(variable)
        self.bound[variable] = meaning
        yield
        if outer is None:
            del self.bound[variable]
        else:
            self.bound[variable] = outer

    def parts(self, v: Vector) -> tuple[Part, ...]:
        """Compile a vector."""
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
        raise NotSearchableError(f"the search can not evaluate {v}")

    def _symbol_part(self, v: VectorSymbol) -> Part:
        member = 0
        if v.indices:
            index = self.value(v.indices[0])
            if len(v.indices) > 1 or index.terms:
                raise NotSearchableError(f"the search can not evaluate {v}")
            member = int(index.constant)
        count = v.args[1]
        if count not in self.classes:
            self.classes.append(count)
        klass = self.classes.index(count)
        key = f"{v.name}@{member}" if v.indices else v.name
        self.slots.setdefault(key, (v, member))
        return Part(
            self.emit("values", literal=key), self.emit("multiplicity", literal=klass), True, v
        )

    def _mapped(self, v: Map, part: Part) -> Part:
        with self.standing_for(v.variable, self.plain(part.values, part.nonnegative)):
            values = self.linear(self.value(v.body))
        return Part(self.emit("live", values, part.times), part.times, part.wide)

    def _steps(self, v: Steps) -> tuple[Part, ...]:
        count = self.value(v.args[2])
        if not count.terms and v.args[2] in self.members:
            steps = self.each(v.variable, int(count.constant), lambda: self.parts(v.body))
            return tuple(part for step in steps for part in step)
        if v.variable in v.body.free_symbols or any(
            v.variable in s.indices for s in v.atoms(VectorSymbol)
        ):
            raise NotSearchableError(f"the search can not evaluate {v}: its steps differ")
        number = self.linear(count)
        return tuple(
            replace(part, times=self.emit("multiply", part.times, number), source=None)
            for part in self.parts(v.body)
        )

    def each(self, variable: sp.Symbol, count: int, compile_body: Callable[[], Any]) -> list[Any]:
        """Return what the body compiles to for each index from 1 to `count`."""
        results = []
        for t in range(1, count + 1):
            with self.standing_for(variable, Value(Fraction(t))):
                results.append(compile_body())
        return results

    def over_entries(self, node: Any, compile_body: Callable[[], Any]) -> list[tuple[int, Any]]:
        """Return the multiplicities, and the body, of each part that an index runs over.

        Raises NotSearchableError when the body's vectors do not share their parts.
        """
        variable, count = node.variable, node.args[2]
        vectors = {e.args[0] for e in node.body.atoms(Entry) if e.args[1] == variable}
        if not vectors:
            raise NotSearchableError(
                f"the search can not run an index from 1 to {count} over what is not entries"
            )
        parts = {v: self.parts(v) for v in vectors}
        layouts = {tuple(part.times for part in p) for p in parts.values()}
        if len(layouts) != 1 or any(sp.expand(length(v) - count) != 0 for v in vectors):
            raise NotSearchableError(
                f"the search can not run one index over {', '.join(map(str, vectors))}"
            )
        results = []
        for k, times in enumerate(layouts.pop()):
            with self.standing_for(variable, lambda v, k=k: self.entry_of(parts[v][k])):
                results.append((times, compile_body()))
        return results

    def entry_of(self, part: Part) -> Value:
        """Return what an entry of a part is."""
        known = part.source is not None
        term = Term(Fraction(1), part.values, atom=known, positive=part.nonnegative)
        return Value(Fraction(0), (term,))

    def in_order(self, v: Vector) -> tuple[int, int]:
        """Return the registers of the values and multiplicities of a vector in ascending order."""
        stacked = [register for part in self.parts(v) for register in (part.values, part.times)]
        order = self.emit("sorted", *stacked)
        return self.emit("part", order, literal=0), self.emit("part", order, literal=1)
