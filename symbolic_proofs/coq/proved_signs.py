"""Signs that the kernel does not see, by steps of the proof or by theorems that a prover finds.

(n + 2)^(1/2) - 1 is not 0, and S_1(W)^2 is at most N S_2(W).
"""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress

import sympy as sp

from .. import kernel as K
from ..kernel import KernelError, Theorem
from ..language.binders import Binder
from ..language.claim import Claim, claim
from ..language.formulas import Every, NonZero, Relation
from ..language.vectors import (
    Concat,
    Map,
    Steps,
    Vector,
    VectorSymbol,
    is_nonnegative_vector,
    length,
)
from .errors import UntranslatedError
from .expressions import vector
from .proof import LemmaProof
from .signs_by_hypotheses import shown
from .theory import Theory, in_order

#: what finds a theorem that states a claim, if it can
Prover = Callable[[Claim], Theorem | None]


class ProvedSigns(LemmaProof):
    """A proof that takes signs from the steps of a theorem, and asks a prover for others."""

    def __init__(self, theorem: Theorem, theory: Theory, prover: Prover) -> None:
        super().__init__(theorem, theory.lemmas)
        self._theory, self._prover = theory, prover
        self._steps = [step for step in in_order(theorem) if step.hypotheses <= theorem.hypotheses]
        #: what is said of vectors: that one is not 0, or of every entry
        self._of_vectors: list[Theorem] = []
        for step in self._steps:
            if self._tells_of_vector(step):
                self._of_vectors.append(step)
                self.facts = self.facts._with((*self.facts.hypotheses, step.conclusion))

    def _tells_of_vector(self, step: Theorem) -> bool:
        conclusion = step.conclusion
        if conclusion in self.facts.hypotheses:
            return False
        match conclusion:
            case NonZero(args=(v,)):
                return not self.facts.nonzero_vector(v)
            case Every(args=(Relation(left=left, right=right), *_)):
                return step.rule == "every_part" or 0 in (left, right)
        return False

    def begin(self) -> None:
        """Introduce the hypotheses, and what they say of parts of vectors."""
        super().begin()
        for step in self._of_vectors:
            self.hypotheses = [*self.hypotheses, (self._known(step), step.conclusion)]

    def take_up_step(self, said: str, term: sp.Expr) -> bool:
        """Take up a step with which the kernel sees a sign; tells whether there is one."""
        heads, letters = term.atoms(Binder), term.free_symbols
        for step in self._steps:
            conclusion = step.conclusion
            if not isinstance(conclusion, Relation) or not heads <= conclusion.atoms(Binder):
                continue
            if not heads and not conclusion.free_symbols <= letters:
                continue
            if shown(self.facts._with((*self.facts.hypotheses, conclusion)), said, term):
                self.take_up(self._known(step), conclusion)
                return True
        return False

    def _known(self, step: Theorem) -> str:
        self._theory.add(step)
        return self.use(step)

    def by_proof(self, said: Relation) -> None:
        """Prove a sign by a theorem that the prover finds for it."""
        theorem = None if any(s.name[:1] == "_" for s in said.free_symbols) else self._found(said)
        if theorem is None:
            raise UntranslatedError(f"that {said}")
        self._theory.add(theorem)
        more = [
            (self._fact_of_nonzero(h.args[0]), h)
            for h in sorted(theorem.hypotheses - self.facts.hypotheses, key=str)
            if isinstance(h, NonZero)
        ]
        self.carry(self.use(theorem, more=more), theorem.conclusion, said, {}, {})

    def _fact_of_nonzero(self, v: Vector) -> str:
        self.nonzero_vector(v)
        return self.fact(f"nonzero {vector(v).text}", "nzv")

    def _found(self, said: Relation) -> Theorem | None:
        """Return a theorem of a sign; what is so of any vector is so of one put together."""
        hypotheses = sorted(self.facts.hypotheses, key=str)
        joined = {v for v in said.atoms(Concat, Map, Steps) if length(v) != 0}
        joined = {v for v in joined if not any(v in other.args for other in joined - {v})}
        if not joined:
            return self._prover(claim("value", "", "", given=tuple(hypotheses), then=said))
        any_: dict[Vector, VectorSymbol] = {}
        given = [h for h in hypotheses if isinstance(h, Relation) and not h.atoms(Vector)]
        for k, v in enumerate(sorted(joined, key=str)):
            sign = "nonnegative" if is_nonnegative_vector(v) else "real"
            any_[v] = VectorSymbol(f"Value{k}", length(v), sign)
            if self.facts.nonzero_vector(v):
                given.append(NonZero(any_[v]))
        general = claim("value", "", "", given=tuple(given), then=said.xreplace(any_))
        theorem = self._prover(general)
        if theorem is not None:
            with suppress(KernelError):
                return K.instantiate(theorem, {w: v for v, w in any_.items()}, hypotheses)
        return None
