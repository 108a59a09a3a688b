"""Derivations, and the evidence of other verdicts, in plain LaTeX: what `derive` prints.

The lines are those of the appendix, laid out for a page; it needs amsmath.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator

from numeric_check.certifier.witness import Witness
from symbolic_proofs.derivations.derivation import Derivation
from symbolic_proofs.derivations.written_steps import in_chains
from symbolic_proofs.language.claim import Claim
from symbolic_proofs.language.formulas import Formula
from symbolic_proofs.notation.api import to_row
from symbolic_proofs.notation.layout import in_text, on_page
from symbolic_proofs.notation.prose import plain_to_latex, prose_to_latex
from symbolic_proofs.notation.reading.stating import marked_title

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
from .typeset import hypotheses, reasons


def derivation_latex(claim: Claim, derivation: Derivation) -> str:
    """Return a claim and its derivation as LaTeX."""
    return "\n".join([_heading(claim), *_steps(derivation, claim.given, last=True)])


def evidence_latex(verdict: Verdict) -> str:
    """Return a verdict that has no proof, with its evidence, as LaTeX."""
    claim = verdict.claim
    heading = _heading(claim, f": {verdict.name}")
    return "\n".join([heading, *_evidence(claim, verdict)])


def _heading(claim: Claim, more: str = "") -> str:
    """Return what a claim is called, with more to say of it, and what it says."""
    title = f"{prose_to_latex(marked_title(claim))} ({plain_to_latex(claim.locator)}){more}"
    return f"\\paragraph{{{title}.}}\n{_display(on_page([to_row(claim.statement)]))}"


def _steps(derivation: Derivation, known: Collection[Formula], *, last: bool) -> Iterator[str]:
    """Yield the lines of a derivation; with `last`, it ends in what was to be proved."""
    for line in in_chains(derivation.steps, known=known, last=last):
        numbers = "--".join(dict.fromkeys(map(str, (line.numbers[0], line.numbers[-1]))))
        given = ", ".join(hypotheses(line.conditions))
        said = f"({numbers}) {reasons(line)}" + (f" [if {given}]" if given else "")
        yield f"\n\\noindent {said}:{_display(on_page(line.rows(), at_relation=True))}"


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
            yield from (_display(on_page(rows)) for rows in shown.arithmetic)
            for fact in shown.comparisons:
                yield from _compared(fact)
        case Disproved(witness=witness, derivation=derivation):
            yield f"{_holding(claim, witness)} Its negation is a theorem{_there(verdict)}:"
            yield from _steps(derivation, claim.given, last=False)
        case Undefined(witness=witness, reason=reason, derivation=derivation):
            yield f"{_holding(claim, witness)} {_without_value(reason)} Nor is there a limit:"
            yield from _steps(derivation, claim.given, last=False)
        case MissingPremise(witness=witness, reason=reason, condition=condition, mended=mended):
            yield f"{_holding(claim, witness)} {_without_value(reason)}"
            missing = in_text(to_row(condition))
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
    return f"The claim speaks of {prose_to_latex(reason)}, which has no value."


def _compared(fact: Comparison) -> Iterator[str]:
    if fact.predicate:
        yield f"It is {fact.truth} that {fact.predicate}."
        return
    by = f" by balls of {fact.bits} bits," if fact.bits else ""
    yield f"The claim says {fact.claimed}; in fact,{by}"
    yield _display(on_page([fact.so]))
    if fact.power:
        common = "Without what both sides have in common, this is"
        yield f"{common} ${fact.moved}$; to the power ${fact.power}$, it is"
        yield _display(on_page([fact.reduced]))


def _display(formula: str) -> str:
    return rf"\[ {formula} \]"
