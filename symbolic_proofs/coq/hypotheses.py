"""A proof under hypotheses, and under an index at which they say something."""

from __future__ import annotations

from abc import ABC, abstractmethod
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
from .script import Script

Named = tuple[str, Formula]


class UnderHypotheses(Script, ABC):
    """A script with hypotheses by name, what the kernel says under them, and what is in context."""

    def __init__(self, facts: Facts, hypotheses: list[Named]) -> None:
        super().__init__()
        self.facts = facts
        self.hypotheses = hypotheses
        #: (what is said, text of the term) of the facts in the context
        self.known: set[tuple[str, str]] = set()

    @contextmanager
    def block(self) -> Iterator[None]:
        """Write a proof of one goal; what is known inside is not known after it."""
        kept = set(self.known)
        with super().block():
            yield
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

    @abstractmethod
    def at_index(self, name: str, every: Every, index: sp.Symbol) -> Named:
        """Write what is said of every index for one in range, and return it with its name."""

    def index_facts(self, name: str) -> None:
        """Write that an index, whose range is known, is at least 1 as a real number too."""
        self.write(f"assert (R{name}0 := INR_count {name} (proj1 B{name})).")

    def number_facts(self, naturals: Sequence[sp.Symbol]) -> None:
        """Write what natural numbers are at least, as real ones."""
        for symbol in naturals:
            name = variable_name(symbol)
            if kind_of(symbol) == "count":
                self.write(f"assert (R{name}0 := INR_count {name} ltac:(assumption)).")
            else:
                self.write(f"assert (R{name}0 := pos_INR {name}).")
