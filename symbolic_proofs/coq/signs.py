"""Signs that a proof in the making asks for; `pos`, `nng` and `neq0` show them then."""

from __future__ import annotations

from abc import ABC, abstractmethod

import sympy as sp

from ..language.vectors import Repeat
from .expressions import length_text, real
from .hypotheses import UnderHypotheses
from .operations import Expression

POSITIVE, NONNEGATIVE, NONZERO = "0 < {}", "0 <= {}", "{} <> 0"
TACTICS = {POSITIVE: "pos", NONNEGATIVE: "nng", NONZERO: "neq0"}


class AskedSigns(UnderHypotheses, ABC):
    """A script that may be asked for signs."""

    #: the highest rank that a sign may be of, so that none rests on itself
    _rank: int | None = None

    @abstractmethod
    def equal(self, a: Expression, b: Expression) -> None:
        """Prove the goal a = b, an identity."""

    @abstractmethod
    def _show(self, said: str, term: sp.Expr) -> None:
        """See to it that a tactic shows what is said of a term."""

    def positive(self, term: sp.Expr) -> None:
        """See to it that `pos` shows term > 0."""
        self._show(POSITIVE, term)

    def nonnegative(self, term: sp.Expr) -> None:
        """See to it that `nng` shows term >= 0."""
        self._show(NONNEGATIVE, term)

    def nonzero(self, term: sp.Expr) -> None:
        """See to it that `neq0` shows term != 0."""
        self._show(NONZERO, term)

    def best(self, term: sp.Expr) -> None:
        """Show that a term is positive, or that it is not negative."""
        self._show(POSITIVE if self.facts.positive(term) else NONNEGATIVE, term)

    def natural_positive(self, count: sp.Expr) -> None:
        """See to it that `lia` knows a natural number not to be 0."""
        text = real(count).text
        if isinstance(count, sp.Rational) or ("natural", text) in self.known:
            return
        self.positive(count)
        natural = length_text(Repeat(0, count))
        self.fact(f"0 < {text}", "pos", "NA")
        self.fact(f"(1 <= {natural})%nat", f"natural (0 < {text})", "NA")
        self.known.add(("natural", text))

    def _fact(self, said: str, text: str, by: str) -> None:
        self.fact(said.format(text), by)
        self.known.add((said, text))
