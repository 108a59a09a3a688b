"""The evidence of a verdict in plain LaTeX: what `derive` prints where there is no proof."""

from __future__ import annotations

from collections.abc import Iterator

from numeric_check.certifier.witness import Witness
from symbolic_proofs.language.claim import Claim
from symbolic_proofs.notation.api import to_latex
from symbolic_proofs.notation.prose import words_to_latex

from ..text.derivation import derivation_latex, heading_latex, steps_latex
from ..verdicts.verdict import (
    Disproved,
    Established,
    MissingPremise,
    Proved,
    Refuted,
    Undefined,
    Verdict,
)
from .counterexample import Comparison, example, values
from .typeset import inline


def evidence_latex(verdict: Verdict) -> str:
    """Return a verdict that has no proof, with its evidence, as LaTeX; it needs amsmath."""
    claim = verdict.claim
    heading = heading_latex(claim, f": {verdict.name}")
    return "\n".join([heading, *_evidence(claim, verdict)])


def _evidence(claim: Claim, verdict: Verdict) -> Iterator[str]:
    match verdict:
        case (
            Refuted(witness=witness, certificate=certificate)
            | Established(witness=witness, certificate=certificate)
        ):
            shown = example(claim, witness, certificate)
            held = f" The hypotheses hold: {', '.join(shown.premises)}." if shown.premises else ""
            word = "Counterexample" if isinstance(verdict, Refuted) else "Example"
            yield f"{word}: {', '.join(shown.values)}.{held}"
            yield from (_display(shapes[-1]) for shapes in shown.arithmetic)
            for fact in shown.comparisons:
                yield from _compared(fact)
        case Disproved(witness=witness, derivation=derivation):
            yield f"{_holding(claim, witness)} Its negation is a theorem{_there(verdict)}:"
            yield steps_latex(derivation)
        case Undefined(witness=witness, reason=reason, derivation=derivation):
            yield f"{_holding(claim, witness)} {_without_value(reason)} Nor is there a limit:"
            yield steps_latex(derivation)
        case MissingPremise(witness=witness, reason=reason, condition=condition, mended=mended):
            yield f"{_holding(claim, witness)} {_without_value(reason)}"
            missing = inline(to_latex(condition))
            yield f"The condition {missing} is missing; with it added, the claim is {mended.name}."
            if isinstance(mended, Proved):
                yield derivation_latex(mended.claim, mended.derivation)
            else:
                yield from _evidence(mended.claim, mended)


def _holding(claim: Claim, witness: Witness) -> str:
    at = ", ".join(values(witness))
    if not at:
        return ""
    return f"The hypotheses hold at {at}." if claim.given else f"Take {at}."


def _there(verdict: Disproved) -> str:
    return " there" if verdict.fixed else ""


def _without_value(reason: str) -> str:
    return f"The claim speaks of {words_to_latex(reason)}, which has no value."


def _compared(fact: Comparison) -> Iterator[str]:
    if fact.predicate:
        yield f"It is {fact.truth} that {fact.predicate}."
        return
    by = f" by balls of {fact.bits} bits," if fact.bits else ""
    yield f"The claim says {fact.claimed}; in fact,{by}"
    yield _display(fact.so[-1])
    if fact.power:
        common = "Without what both sides have in common, this is"
        yield f"{common} ${fact.moved}$; to the power ${fact.power}$, it is"
        yield _display(fact.reduced[-1])


def _display(formula: str) -> str:
    return rf"\[ {formula} \]"
