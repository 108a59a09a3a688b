"""A theorem's tree as lemmas of Coq, each proved by those before it."""

from __future__ import annotations

from ..kernel import Theorem
from . import rules
from .errors import UntranslatedError
from .proof import TRANSLATIONS, LemmaProof, Lemmas

assert rules


def in_order(theorem: Theorem, lemmas: Lemmas | None = None) -> list[Theorem]:
    """Return a theorem and those that it rests on, each after its premises.

    Where lemmas are given, what says more stands in for a premise.
    """
    found: dict[int, Theorem] = {}
    waiting = [theorem]
    while waiting:
        last = waiting[-1]
        premises = last.premises if lemmas is None else map(lemmas.strongest, last.premises)
        before = [premise for premise in premises if id(premise) not in found]
        if id(last) in found or not before:
            found.setdefault(id(waiting.pop()), last)
        else:
            waiting += reversed(before)
    return list(found.values())


class Theory:
    """Lemmas in the order in which they are proved.

    What is said twice is proved once, and so is what was said under fewer hypotheses before.
    """

    def __init__(self) -> None:
        self.lemmas = Lemmas()
        self.text: list[str] = []

    def add(self, theorem: Theorem) -> None:
        """Add a theorem with all it rests on; raises UntranslatedError."""
        for part in in_order(theorem):
            self.lemmas.take(part)
        for part in in_order(self.lemmas.strongest(theorem), self.lemmas):
            if (part.hypotheses, part.conclusion) not in self.lemmas.names:
                self._add(part)

    def _add(self, theorem: Theorem) -> None:
        translate = TRANSLATIONS.get(theorem.rule)
        if translate is None:
            raise UntranslatedError(f"the rule {theorem.rule}")
        proof = LemmaProof(theorem, self.lemmas)
        proof.begin()
        translate(proof)
        name = f"step{len(self.lemmas.names) + 1}"
        lemma = f"Lemma {name} : {proof.sequent.text}."
        lines = (f"(* {theorem.rule} *)", lemma, "Proof.", *proof.lines, "Qed.\n")
        self.text.append("\n".join(lines))
        self.lemmas.names[theorem.hypotheses, theorem.conclusion] = name
