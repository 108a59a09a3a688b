"""The axes of blocks that are open, and what the variables bound on them stand for.

What runs over the blocks of a vector (an index of entries, the letter of a Map) has an axis of its
own, in front of those that are open already: blocks inside an index over blocks have the shape
(K', K, B). So an operation that runs to the end of the innermost axis always takes the first one.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import sympy as sp

from ..instructions import Instructions
from ..program import NotSearchableError

#: axes of blocks that run inside each other: a batch costs (number of blocks)^axes
MAX_AXES = 3


class Axes(Instructions):
    """Emits instructions inside of the indices that run."""

    def __init__(self) -> None:
        super().__init__()
        #: what a bound variable stands for: a Value, or a function from the vector to its entry's
        #: Value
        self.bound: dict[sp.Symbol, Any] = {}
        #: the bound variables that run over blocks, the axes that are open, and the most there were
        self.running: set[sp.Symbol] = set()
        self.depth = self.deepest = 0

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

    @contextmanager
    def running_over(
        self, variable: sp.Symbol, meaning: Any, times: int, wide: bool
    ) -> Iterator[None]:
        """Let a bound variable run over blocks; what its body needs is needed where there are any.

        Raises NotSearchableError for too many axes.
        """
        known = len(self.defined)
        self.depth += wide
        self.deepest = max(self.depth, self.deepest)
        if self.depth > MAX_AXES:
            raise NotSearchableError(f"more than {MAX_AXES} indices run inside each other")
        self.running.add(variable)
        with self.standing_for(variable, meaning):
            yield
        self.running.discard(variable)
        self.depth -= wide
        self.need_where(times, wide, known)

    def need_where(self, times: int, wide: bool, known: int) -> None:
        """Ask what was needed since `known` only of the blocks that are not empty."""
        self.defined[known:] = [
            self.emit("everywhere", condition, times, literal=wide)
            for condition in self.defined[known:]
        ]

    @contextmanager
    def outside(self) -> Iterator[None]:
        """Compile what depends on no index outside of all of them."""
        inside, self.depth = self.depth, 0
        yield
        self.depth = inside

    def varies(self, node: sp.Basic) -> bool:
        """Tell whether a term or vector depends on a variable that runs over blocks."""
        return not self.running.isdisjoint(node.free_symbols)
