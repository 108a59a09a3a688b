"""Stretches of indices at which what is said is the same, and entries there."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from itertools import pairwise
from typing import Any

import sympy as sp

from ...language.operations import Product, Sum
from ...language.vectors import Entry
from ..errors import UntranslatedError
from ..expressions import natural, real, vector
from ..names import variable_name
from ..operations import Expression, Places
from .context import (
    Context,
    Listed,
    Worth,
    integer,
    listing,
    negative,
)

#: the most indices that are gone through one by one
MOST_INDICES = 400


class Indices(Context):
    """Statements about every index of a range."""

    # -- indices -------------------------------------------------------------------------------

    def ranged(self, body: sp.Expr, variable: sp.Symbol, count: sp.Expr, places: Places) -> Listed:
        """Return the values of a body for the indices 1 .. count, as blocks in order."""
        n, known = self.whole(count, places)
        name, to = variable_name(variable), natural(count, places)
        function = f"(fun {name} => {real(body, places).text})"
        blocks, runs = [], []
        for low, high in self.stretches(body, variable, n, places):
            with self.stretch(variable, low, high) as index:
                there = {**places, variable: index}
                text = real(body, there).text
                # the value is known only when its proof is written
                with self.inside(), self.apart() as proof:
                    worth = self.worth(body, there)
            says = f"{text} = {real(worth.value).text}"
            runs.append(self.run(index, low, high, says, [*proof, f"exact {worth.proof}."]))
            blocks.append((worth.value, high - low + 1))
        chain = self.chain(runs)
        shown = tuple(blocks)
        order = self.fresh("BL")
        self.write(f"assert ({order} : in_order (mkvec {to} {function}) {listing(shown)}).")
        of = f"{function} {to} {listing(shown)} {integer(n)}"
        self.write(f"{{ exact (order_runs {of} eq_refl {known} eq_refl {chain}). }}")
        return Listed(shown, order, True)

    def run(self, index: Expression, low: int, high: int, says: str, proof: Sequence[str]) -> str:
        """Write what holds of every index from one to another, and return the name."""
        name, j = self.fresh("RN"), index.natural
        within = f"({low - 1} < Z.of_nat {j} <= {high})%Z"
        self.write(f"assert ({name} : forall {j} : nat, {within} -> {says}).")
        self.write(f"{{ intros {j} B{j}.")
        self.lines += proof
        self.write("}")
        return name

    @staticmethod
    def chain(runs: Sequence[str]) -> str:
        """Return the proof of `runs` by what holds of each stretch."""
        proof = "Logic.I"
        for run in reversed(runs):
            proof = f"(conj {run} {proof})"
        return proof

    @contextmanager
    def apart(self) -> Iterator[list[str]]:
        """Give the lines that are written inside; they are not part of the proof yet."""
        kept, self.lines = self.lines, []
        lines = self.lines
        try:
            yield lines
        finally:
            self.lines = kept

    @contextmanager
    def inside(self) -> Iterator[None]:
        """Forget what is found out inside."""
        kept = dict(self.worths), dict(self.wholes), dict(self.vectors)
        yield
        self.worths, self.wholes, self.vectors = kept

    @contextmanager
    def stretch(self, variable: sp.Symbol, low: int, high: int) -> Iterator[Expression]:
        """Give an index `j` between two bounds, as `Bj` says."""
        name = f"j{self.fresh('')}"
        within = f"B{name}"
        index = Expression("whole", (), variable, f"(INR {name})", natural=name)
        if low == high:
            self.wholes[name] = low, f"(one_index _ _ _ {within} eq_refl)"
        else:
            self.ranges[name] = low, high, within
        yield index
        self.wholes.pop(name, None)
        self.ranges.pop(name, None)

    def stretches(
        self, body: Any, variable: sp.Symbol, n: int, places: Places, alone: bool = True
    ) -> list[tuple[int, int]]:
        """Return the longest stretches of indices at which a body has one value each.

        Not `alone`, the index itself may stand in the body.
        """
        cuts: set[int] = set()
        single = False
        for e in sorted(body.atoms(Entry), key=str):
            v, index = e.args
            if not index.has(variable) or v.has(variable):
                continue
            listed = self.listed(v, places)
            if index != variable or not listed.ordered:
                single = True
            at = 0
            for _, k in listed.blocks:
                cuts.add(at)
                at += k
        if single or (alone and stands_in(body, variable)):
            if n > MOST_INDICES:
                raise UntranslatedError(f"{n} indices, one by one")
            return [(i, i) for i in range(1, n + 1)]
        ends = sorted({0, n} | {c for c in cuts if 0 < c < n})
        return [(a + 1, b) for a, b in pairwise(ends)]

    def _entry(self, term: Any, places: Places, text: str) -> Worth:
        v, index = term.args
        listed = self.listed(v, places)
        if not listed.ordered:
            raise UntranslatedError(f"an entry of {v}, whose order is not written out")
        low, high, within = self.range_of(index, places)
        at = 0
        for place, (x, k) in enumerate(listed.blocks):
            if at < low <= high <= at + k:
                name = self.fresh("EV")
                self.write(f"assert ({name} : {text} = {real(x).text}).")
                there = f"({natural(index, places)})%nat {integer(at)}"
                of = f"{vector(v, places).text} {listing(listed.blocks)} {place} _ {integer(k)}"
                proof = f"ent_run {of} {there} {listed.proof} eq_refl eq_refl"
                self.write(f"{{ apply ({proof}); {within}lia. }}")
                return Worth(x, name)
            at += k
        raise UntranslatedError(f"{term}, which is not one entry")

    def range_of(self, index: sp.Expr, places: Places) -> tuple[int, int, str]:
        """Return the least and the greatest that an index may be, and tactics that say why."""
        moving = [v for v in index.free_symbols if v in places and places[v].natural in self.ranges]
        if not moving:
            value, known = self.whole(index, places)
            return value, value, f"pose proof {known}; "
        (variable,) = moving
        low, high, known = self.ranges[places[variable].natural]
        ends, says = [], [f"pose proof {known}; "]
        for end in (low, high):
            ends.append(self._moved(index, variable, end, places, says))
        return min(ends), max(ends), "".join(dict.fromkeys(says))

    def _moved(
        self, index: sp.Expr, variable: sp.Symbol, end: int, places: Places, says: list[str]
    ) -> int:
        total = 0
        for part in index.args if isinstance(index, Sum) else (index,):
            if part == variable:
                total += end
            elif part == Product(-1, variable):
                total -= end
            elif part.has(variable):
                raise UntranslatedError(f"an entry at {index}")
            elif negative(part):
                value, known = self.whole(Product(-1, part), places)
                total -= value
                says.append(f"pose proof {known}; ")
            else:
                value, known = self.whole(part, places)
                total += value
                says.append(f"pose proof {known}; ")
        return total


def stands_in(body: Any, variable: sp.Symbol) -> bool:
    """Tell whether an index stands anywhere but as the index of an entry."""
    if body == variable:
        return True
    if isinstance(body, Entry) and body.args[1] == variable and not body.args[0].has(variable):
        return False
    return any(stands_in(part, variable) for part in body.args)
