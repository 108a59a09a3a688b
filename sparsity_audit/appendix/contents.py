"""What the appendix holds, in order: the table, then sections of lemmas, claims and amendments."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from numeric_check.certifier.instances import values_of
from symbolic_proofs.claims.notation import R, W, p, q, r, threshold
from symbolic_proofs.derivations.derivation import Derivation
from symbolic_proofs.language.claim import at_values
from symbolic_proofs.language.formulas import equal, negation
from symbolic_proofs.language.terms import Norm, PowerSum, PQIndex, definition
from symbolic_proofs.notation.api import condition_rows, to_row
from symbolic_proofs.notation.latex_style import LATEX
from symbolic_proofs.notation.layout import aligned_shapes, in_text
from symbolic_proofs.notation.prose import plain_to_latex, prose_to_latex
from symbolic_proofs.notation.reading.stating import marked_title

from ..errors import InputError
from ..text.verdict import derivation_line, place_of_step
from ..verdicts.counts import VACUOUS, counts
from ..verdicts.stored import AuthorLine
from ..verdicts.verdict import (
    Disproved,
    Established,
    MissingPremise,
    Open,
    Proved,
    Refuted,
    Undefined,
    Verdict,
)
from ..verdicts.verdict_json import premises_line
from .blocks import Argument, AuthorStep, ClaimBlock, Contents, LemmaBlock, Missing, Section
from .counterexample import example, values
from .shared_steps import Plan, SharedSteps, plans
from .typeset import Statement, lines, sentence, statement

#: where a claim stands -> the heading of its section, in the order of the paper
HEADINGS = {
    "intro": "introduction",
    "A.1": "A.1: scaling invariance",
    "A.2": "A.2: sensitivity to a reduction of sparsity",
    "A.3": "A.3: cloning invariance",
    "A.4": "A.4: more neurons fire",
    "A.5": "A.5: properties of neural networks",
    "criteria": "The criteria of Hurley and Rickard",
}
PAPER = tuple(place for place in HEADINGS if place != "criteria")
_CRITERION = re.compile(r"[DP]\d")


@dataclass(frozen=True, slots=True)
class Asked:
    """What the appendix is made of besides verdicts.

    `headings` are the sections of a claims file by the ids of its claims, `steps` the derivations
    of its author, `coq` what Coq says of them; `corrected` leaves out all but what is proved.
    """

    headings: Mapping[str, str] = field(default_factory=dict)
    steps: Mapping[str, Sequence[AuthorLine]] = field(default_factory=dict)
    coq: Mapping[str, str] = field(default_factory=dict)
    corrected: bool = False


def contents(verdicts: Sequence[Verdict], asked: Asked) -> Contents:
    """Return what the appendix on these verdicts holds."""
    if asked.corrected:
        verdicts = [v for v in verdicts if v.name == "proved" and not v.vacuous]
    if not verdicts:
        raise InputError("none of the claims is proved: there is nothing to print with --corrected")
    derivations = {v.claim.id: d for v in verdicts if (d := _derivation(v))}
    planned = plans(derivations)
    blocks: dict[str, list[LemmaBlock | ClaimBlock]] = {}
    printed: set[str] = set()
    for verdict in verdicts:
        heading = asked.headings.get(verdict.claim.id)
        here = blocks.setdefault(
            _section(verdict.claim.locator) if heading is None else heading, []
        )
        plan = planned.get(verdict.claim.id)
        for lemma in plan.lemmas if plan else ():
            if lemma.name not in printed:
                printed.add(lemma.name)
                here.append(_lemma(lemma, planned))
        own = () if asked.corrected else asked.steps.get(verdict.claim.id, ())
        here.append(_claim(verdict, plan, verdicts, own, asked.coq.get(verdict.claim.id)))
    sections = [
        Section(HEADINGS.get(place, plain_to_latex(place)), place in PAPER, tuple(found))
        for place, found in sorted(blocks.items(), key=lambda item: _rank(item[0]))
    ]
    known = {v.claim.id for v in verdicts}
    words = {
        **{v.claim.id: "Amendment" if v.claim.amends in known else "Claim" for v in verdicts},
        **dict.fromkeys(printed, "Lemma"),
    }
    found = counts((v.claim.id, VACUOUS if v.vacuous else v.name) for v in verdicts)
    return Contents(tuple(sections), _notation(derivations), found, words, asked.corrected)


def _derivation(verdict: Verdict) -> Derivation | None:
    return verdict.derivation if isinstance(verdict, Proved | Disproved | Undefined) else None


def _section(locator: str) -> str:
    if _CRITERION.match(locator):
        return "criteria"
    return next((place for place in HEADINGS if locator.startswith(place)), locator)


def _rank(place: str) -> int:
    return list(HEADINGS).index(place) if place in HEADINGS else len(HEADINGS)


def _lemma(lemma: SharedSteps, planned: dict[str, Plan]) -> LemmaBlock:
    given = sorted({h for step in lemma.results for h in step.theorem.hypotheses}, key=str)
    before = tuple(earlier.name for earlier in lemma.after)
    own = lines(lemma.steps, first=1, known=given)
    users = tuple(name for name, plan in planned.items() if lemma in plan.lemmas)
    return LemmaBlock(
        label=lemma.name,
        statement=statement(given, [step.formula for step in lemma.results]),
        proof=Argument(before, None, 0, tuple(own)),
        users=users,
    )


def _claim(
    verdict: Verdict,
    plan: Plan | None,
    verdicts: Sequence[Verdict],
    own_steps: Sequence[AuthorLine],
    coq: str | None,
) -> ClaimBlock:
    claim = verdict.claim
    amendment = next((v.claim.id for v in verdicts if v.claim.amends == claim.id), None)
    amended = claim.amends if any(v.claim.id == claim.amends for v in verdicts) else None
    proof = found = denied = reason = established = None
    tried: tuple[str, ...] = ()
    if plan is not None:
        own = lines(plan.steps, first=plan.borrowed + 1, known=claim.given)
        names = tuple(lemma.name for lemma in plan.lemmas)
        proof = Argument(names, plan.lender, plan.borrowed, tuple(own))
    match verdict:
        case Refuted(witness=witness, certificate=certificate):
            found = example(claim, witness, certificate)
        case Disproved(witness=witness):
            found = example(claim, witness)
            denied = _negation(verdict)
        case Undefined(witness=witness):
            found, reason = example(claim, witness), prose_to_latex(verdict.reason)
        case Established(witness=witness, certificate=certificate):
            established = example(claim, witness, certificate)
        case Open():
            tried = tuple(sentence(line) for line in verdict.tried)
    return ClaimBlock(
        label=claim.id,
        locator=plain_to_latex(claim.locator),
        title=sentence(marked_title(claim)),
        verdict=verdict.name,
        statement=statement(claim.given, [claim.conclusion]),
        amends=amended,
        amendment=amendment,
        proof=proof,
        example=found,
        negation=denied,
        fixed=isinstance(verdict, Disproved) and bool(verdict.fixed),
        reason=reason,
        missing=tuple(_missing(verdict)),
        established=established,
        premises=sentence(line) if (line := premises_line(verdict)) else None,
        coq=coq and plain_to_latex(coq[0].upper() + coq[1:]),
        tried=tried,
        author_steps=tuple(map(_author_step, own_steps)),
        derivation=_derivation_said(verdict, own_steps),
    )


def _author_step(step: AuthorLine) -> AuthorStep:
    verdict = step.verdict
    witness = verdict.witness if isinstance(verdict, Refuted | Disproved | Undefined) else None
    return AuthorStep(
        place_of_step(_record(step)),
        statement((), [verdict.claim.conclusion]).shapes,
        prose_to_latex(step.reason),
        verdict.name,
        values(witness) if witness is not None else (),
    )


def _record(step: AuthorLine) -> dict[str, str | int]:
    verdict = step.verdict
    return {"id": verdict.claim.id, "line": step.line, "verdict": verdict.name}


def _derivation_said(verdict: Verdict, steps: Sequence[AuthorLine]) -> str | None:
    """Return what comes of an author's derivation in a line, None if there is none."""
    entry = {
        "author_steps": [_record(step) for step in steps],
        "verdict": verdict.name,
        "vacuous": verdict.vacuous,
    }
    said = derivation_line(entry)
    return None if said is None else sentence(said)


def _missing(verdict: Verdict) -> Iterator[Missing]:
    while isinstance(verdict, MissingPremise):
        shown = example(verdict.claim, verdict.witness)
        reason, condition = prose_to_latex(verdict.reason), in_text(to_row(verdict.condition))
        verdict = verdict.mended
        yield Missing(shown, reason, condition, verdict.name)


def _negation(verdict: Disproved) -> Statement:
    """Return what is proved: the opposite of the conclusion, at the values that are fixed."""
    claim = verdict.claim
    values = values_of(claim, verdict.witness, verdict.fixed)
    given = [] if verdict.fixed else list(claim.given)
    return statement(given, [negation(at_values(claim.conclusion, values))])


def _notation(derivations: dict[str, Derivation]) -> Statement:
    """Return the definitions that the statements rest on, and what the reasons call τ."""
    heads = [PowerSum(W, r), Norm(W, r), PQIndex(W, p, q)]
    formulas = [to_row(equal(head, definition(head))) for head in heads]
    if any("τ" in step.reason for d in derivations.values() for step in d.steps):
        formulas.append(LATEX.name("tau") + LATEX.signs["="] + to_row(threshold(R)))
        heads.append(threshold(R))
    kinds = tuple(in_text(row) for row in condition_rows(heads))
    return Statement(kinds, (), tuple(aligned_shapes(formulas, at_relation=True)))
