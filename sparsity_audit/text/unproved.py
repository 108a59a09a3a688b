"""The evidence of a verdict as text: what `derive` prints where there is no proof."""

from __future__ import annotations

from collections.abc import Iterator

from symbolic_proofs.claims.catalogue import CATALOGUE

from ..verdicts.verdict import Disproved, MissingPremise, Proved, Undefined, Verdict
from ..verdicts.verdict_json import record
from .derivation import derivation_text
from .verdict import verdict_lines


def evidence_text(verdict: Verdict, reference: str) -> str:
    """Return a verdict on a claim that is asked for by `reference`, with the steps against it."""
    shown = verdict_lines(verdict.claim, record(verdict, CATALOGUE), None, reference)
    return "\n".join([*shown, *_steps(verdict)])


def _steps(verdict: Verdict) -> Iterator[str]:
    match verdict:
        case Disproved(derivation=derivation) | Undefined(derivation=derivation):
            yield ""
            yield derivation.to_text()
        case MissingPremise(mended=Proved(claim=claim, derivation=derivation)):
            yield ""
            yield derivation_text(claim, derivation)
        case MissingPremise(mended=mended):
            yield from _steps(mended)
