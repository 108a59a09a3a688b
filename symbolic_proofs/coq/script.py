"""A proof in the making: its lines, and what stands in the context."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import Any

import sympy as sp

from ..kernel.definedness import Facts
from ..language.binders import Binder
from ..language.formulas import Every, Formula
from ..language.symbols import kind_of
from .expressions import real
from .names import variable_name
from .operations import Expression
from .statements import in_range

Named = tuple[str, Formula]


class Script:
    """The lines of a proof, the hypotheses by name, and what the kernel says under them."""

    def __init__(self, facts: Facts, hypotheses: list[Named]) -> None:
        self.lines: list[str] = []
        self.facts = facts
        self.hypotheses = hypotheses
        #: (what is said, text of the term) of the facts in the context
        self.known: set[tuple[str, str]] = set()
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
        """Write a proof of one goal; what is known inside is not known after it."""
        kept = set(self.known)
        self.write("{")
        self._depth += 1
        yield
        self._depth -= 1
        self.write("}")
        self.known = kept

    @contextmanager
    def under(self, node: Binder) -> Iterator[tuple[Expression, Any]]:
        """Introduce the index of a binder, with what is known of every index in its range.

        Gives the index and the body at it.
        """
        under, index, body = self.facts.opened(node)
        name = variable_name(index)
        kept = self.facts, self.hypotheses
        self.write(f"intros {name} B{name}.")
        self.index_facts(name)
        self.take_up_at(index, node.args[2])
        self.facts = under
        yield real(index), body
        self.facts, self.hypotheses = kept

    def take_up_at(self, index: sp.Symbol, count: sp.Expr) -> None:
        """Take up what is said of every index of a range for one in it.

        The shorter comes first: the longer may have terms whose signs it shows.
        """
        every = [(n, h) for n, h in self.hypotheses if isinstance(h, Every) and h.args[2] == count]
        for name, said in sorted(every, key=lambda named: (len(str(named[1])), named[0])):
            self.take_up(*self.at_index(name, said, index))

    def take_up(self, name: str, formula: Formula) -> None:
        """Take a formula of this name for one of the hypotheses."""
        self.facts = self.facts._with((*self.facts.hypotheses, formula))
        self.hypotheses = [*self.hypotheses, (name, formula)]

    def at_index(self, name: str, every: Every, index: sp.Symbol) -> Named:
        """Write what is said of every index for one in range, and return it with its name."""
        raise NotImplementedError

    def index_facts(self, name: str) -> None:
        """Write that an index, whose range is known, is at least 1 as a real number too."""
        self.write(f"assert (R{name}0 : 1 <= INR {name}) by (apply INR_count; lia).")

    def number_facts(self, naturals: Sequence[sp.Symbol]) -> None:
        """Write what natural numbers are at least, as real ones."""
        for symbol in naturals:
            name = variable_name(symbol)
            if kind_of(symbol) == "count":
                self.index_facts(name)
            else:
                self.write(f"assert (R{name}0 := pos_INR {name}).")


def ranged(index: str, count: str, statement: str) -> str:
    """Return that a statement holds for every index of a range."""
    return f"forall {index} : nat, {in_range(index, count)} -> {statement}"
