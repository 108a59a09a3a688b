"""Counterexamples and examples as theorems of Coq.

What a counterexample proves is that there are values, of the kinds that the variables have, which
meet the hypotheses and at which the conclusion fails; an example, that the conclusion holds there.
A proof stands in a file that begins with `From SA Require Import Witnesses.`
"""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import suppress

from ..language.claim import Claim
from ..language.formulas import Formula
from ..language.operations import order
from .agreement import reasons_without_value
from .errors import UntranslatedError
from .statements import Sequent, proposition
from .values.formulas import SettledFormulas
from .values.variables import Values


def denial(claim: Claim) -> str:
    """Return that values exist which meet the hypotheses and at which the conclusion fails."""
    return _existence(claim, f"~ ({proposition(claim.conclusion)})")


def affirmation(claim: Claim) -> str:
    """Return that values exist which meet the hypotheses and at which the conclusion holds."""
    return _existence(claim, f"({proposition(claim.conclusion)})")


def refutation(claim: Claim, values: Values) -> str:
    """Return the proof of the denial at these values, without `Proof.` and `Qed.`.

    `values` are those of the claim's symbols, free or quantified, by the symbol or its name. Raises
    UntranslatedError, which names what stands in the way, if only that these refute nothing.
    """
    return _AtValues(claim, values).proof(claim.conclusion, False)


def example(claim: Claim, values: Values) -> str:
    """Return the proof of the affirmation at these values. Raises UntranslatedError."""
    return _AtValues(claim, values).proof(claim.conclusion, True)


def gap(claim: Claim, values: Values) -> tuple[str, str]:
    """Return a theorem about values at which a term of the conclusion has none, and its proof.

    The theorem says that values exist which meet the hypotheses and make a divisor 0, say. Raises
    UntranslatedError.
    """
    for reason in sorted(reasons_without_value(claim.conclusion), key=order):
        with suppress(UntranslatedError):
            script = _AtValues(claim, values).proof(reason, True)
            return _existence(claim, f"({proposition(reason)})"), script
    raise UntranslatedError(f"{claim.conclusion}, all terms of which have values")


def _existence(claim: Claim, last: str) -> str:
    sequent = Sequent.of(claim.given, claim.conclusion)
    parts = [text for _, text in sequent.variables.kinds()]
    parts += [proposition(h) for h in sequent.hypotheses]
    binders = sequent.variables.binders()
    body = " /\\ ".join([*parts, last])
    return f"exists{binders}, {body}" if binders else body


class _AtValues(SettledFormulas):
    """A claim at values of its variables."""

    def proof(self, conclusion: Formula, wanted: bool) -> str:
        """Return the proof that the conclusion holds at the values, or that it fails."""
        parts = self._given()
        truth, last = self.settle(conclusion)
        if truth is not wanted:
            raise UntranslatedError(
                f"{conclusion}, which {'holds' if truth else 'fails'} at the values"
            )
        return self._finished([*parts, last])

    def _given(self) -> list[str]:
        parts = [self.kind(about) for about, _ in self.sequent.variables.kinds()]
        for hypothesis in self.claim.given:
            truth, proof = self.settle(hypothesis)
            if not truth:
                raise UntranslatedError(f"the hypothesis {hypothesis}, which fails at the values")
            parts.append(proof)
        return parts

    def _finished(self, parts: Sequence[str]) -> str:
        names = self.sequent.variables.names()
        if names:
            self.write(f"exists {', '.join(names)}.")
        for part in parts[:-1]:
            self.write(f"split; [ exact {part} |].")
        self.write(f"exact {parts[-1]}.")
        return "\n".join(self.lines)
