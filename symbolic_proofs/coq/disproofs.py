"""A claim that fails at some values, by a theorem about these values that denies it there.

A file with such a proof begins with what the theorem rests on, then shows that the hypotheses hold.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

import sympy as sp

from ..kernel import Theorem
from ..kernel.definedness import Facts
from ..kernel.sequents import is_sequent
from ..language.claim import Claim, at_values
from ..language.formulas import And, negation
from ..language.kinds import is_whole
from ..language.vectors import VectorSymbol
from .errors import UntranslatedError
from .expressions import real, vector, whole
from .operations import Expression
from .proof import LemmaProof
from .refutations import affirmation, example
from .statements import Sequent, proposition
from .theory import Theory

#: the terms that stand in the place of symbols
Substitution = Mapping[sp.Basic, sp.Basic]


class Disproof(LemmaProof):
    """The proof that there are values at which a claim fails: these, by this theorem."""

    def __init__(
        self, claim: Claim, theorem: Theorem, theory: Theory, values: Substitution
    ) -> None:
        super().__init__(theorem, theory.lemmas)
        self.claim, self.stated = claim, Sequent.of(claim.given, claim.conclusion)
        variables = self.stated.variables
        symbols = (*variables.reals, *variables.naturals, *(v for v, _ in variables.vectors))
        if not set(symbols) <= set(values):
            raise UntranslatedError("a negation at values of some variables alone")
        self.given = [at_values(h, values) for h in claim.given]
        denied = negation(at_values(claim.conclusion, values))
        if not is_sequent(theorem, self.given, denied):
            raise UntranslatedError("a theorem that is not the negation at these values")
        self.places = {symbol: _written(symbol, values[symbol]) for symbol in symbols}
        self.facts = Facts(self.given)
        self.hypotheses = [(f"M{k}", h) for k, h in enumerate(self.given)]
        self.names = set()

    @property
    def met(self) -> str:
        """The lemma that the hypotheses hold at the values, and its proof."""
        there = replace(self.claim, given=tuple(self.given), conclusion=And())
        return f"Lemma met : {affirmation(there)}.\nProof.\n{example(there, {})}\nQed.\n"

    def prove(self) -> None:
        """Write the proof of the denial, after the lemma that the hypotheses hold."""
        places, variables = self.places, self.stated.variables
        if self.hypotheses:
            names = " & ".join([*(name for name, _ in self.hypotheses), "_"])
            self.write(f"destruct met as ({names}).")
        at = [self._value_of(s, places) for s in (*variables.reals, *variables.naturals)]
        at += [self.entries_of(v, places) for v, _ in variables.vectors]
        if at:
            self.write(f"exists {', '.join(at)}.")
        for _, _, equation in self.as_entries(places):
            self.write(f"rewrite ?{equation}.")
        for about, _ in variables.kinds():
            self.write("split.")
            with self.block():
                self.write(f"exact {self._kind(about, places)}.")
        for (name, known), h in zip(self.hypotheses, self.claim.given, strict=True):
            self.write("split.")
            with self.block():
                self.carry(name, known, h, {}, places)
        fails = negation(self.claim.conclusion)
        theorem = self.use(self.theorem)
        with self.proving(proposition(fails, places)) as no:
            self.carry(theorem, self.theorem.conclusion, fails, {}, places)
        self.write(f"intro yes. contrary yes {no}.")


def _written(symbol: sp.Basic, value: sp.Basic) -> Expression:
    if isinstance(symbol, VectorSymbol):
        return vector(value)
    return whole(value) if is_whole(symbol) else real(value)
