"""A proof in the making, line by line."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from .statements import in_range


class Script:
    """The lines of a proof."""

    def __init__(self) -> None:
        self.lines: list[str] = []
        self._depth, self._names = 1, 0

    def write(self, line: str) -> None:
        """Write a line."""
        self.lines.append("  " * self._depth + line)

    def fresh(self, letters: str) -> str:
        """Return a name that no other thing has."""
        self._names += 1
        return f"{letters}{self._names}"

    def fact(self, statement: str, by: str, letters: str = "FA") -> str:
        """Write that a statement holds by a tactic, and return its name."""
        name = self.fresh(letters)
        self.write(f"assert ({name} : {statement}) by ({by}).")
        return name

    def rewrite(self, equation: str, by: str, within: list[str]) -> None:
        """Write an equation in the goal and in facts, by a tactic that shows it."""
        self.rewrite_by(self.fact(equation, by, "EQ"), within)

    def rewrite_by(self, name: str, within: list[str]) -> None:
        """Write the equation of this name in the goal and in facts, where its left side stands."""
        inside = "".join(f" try rewrite {name} in {fact}." for fact in within)
        self.write(f"try rewrite {name}.{inside} clear {name}.")

    @contextmanager
    def proving(self, statement: str, letters: str = "FA") -> Iterator[str]:
        """Write the proof of a statement inside; the name is that of the statement."""
        name = self.fresh(letters)
        self.write(f"assert ({name} : {statement}).")
        with self.block():
            yield name

    @contextmanager
    def block(self) -> Iterator[None]:
        """Write a proof of one goal."""
        self.write("{")
        self._depth += 1
        yield
        self._depth -= 1
        self.write("}")


def ranged(index: str, count: str, statement: str) -> str:
    """Return that a statement holds for every index of a range."""
    return f"forall {index} : nat, {in_range(index, count)} -> {statement}"
