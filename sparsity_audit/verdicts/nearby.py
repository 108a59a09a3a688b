"""What holds near a claim that fails: the statements near it, each settled like any other.

First comes a counterexample that convinces, where there is one: the smallest may be a tie, a vector
of one entry, or the same vector twice.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from itertools import islice

import sympy as sp

from numeric_check.certifier.certify import CertificateError, certify
from numeric_check.certifier.errors import NumericCheckError
from numeric_check.certifier.evidence import undefined_at
from numeric_check.certifier.witness import Witness
from symbolic_proofs.claims.near import Near, convincing, near
from symbolic_proofs.derivations.derivation import Derivation
from symbolic_proofs.language.claim import Claim
from symbolic_proofs.language.formulas import Formula, Relation
from symbolic_proofs.language.names import LanguageError
from symbolic_proofs.language.symbols import kind_of
from symbolic_proofs.proofs import Lemma
from symbolic_proofs.proofs.library import by_theorem

from .examples import examples
from .one_claim import Engines, Hunt, settle
from .prover_and_search import default_engines
from .verdict import Evidence, Proved, Refuted, Verdict, judge
from .verdict_json import Record, record

#: candidates and rules for each statement near a claim, and candidates for the one that convinces
BUDGET, EFFORT, CONVINCING_BUDGET = 2_000, 4_000, 20_000
#: points that the premises of such a statement allow at which it is asked for its value
MOST_POINTS = 16
CONVINCING = "a convincing counterexample"


def nearby(claim: Claim, entry: Record, hunt: Hunt) -> Iterator[Record]:
    """Yield the records of what convinces and of the statements near a claim, `entry` refutes it.

    A statement with one more change than one that is proved is left out. The same for every number
    of processes: work is counted in candidates and rules.
    """
    witness = Witness.from_json(entry["witness"])
    known = [witness]
    found = _convincing(claim, hunt)
    if found is not None and found.witness != witness:
        known.append(found.witness)
        yield _record(found, (CONVINCING,))
    proved: list[frozenset[object]] = []
    engines = _sparing(default_engines())
    for number, one in enumerate(near(claim), 1):
        if any(parts <= one.parts for parts in proved):
            continue
        verdict = _settled(_named(claim, one, number), known, hunt, engines)
        if verdict is None or verdict.vacuous:
            continue
        if isinstance(verdict, Proved):
            proved.append(one.parts)
        elif isinstance(verdict, Refuted):
            known.append(verdict.witness)
        yield _record(verdict, one.changes)


def claims_near(claim: Claim) -> dict[str, tuple[Claim, tuple[str, ...]]]:
    """Return the statements that `nearby` may speak of by their ids, each with its changes."""
    listed = [(0, Near((CONVINCING,), claim, frozenset())), *enumerate(near(claim), 1)]
    return {
        named.id: (named, one.changes)
        for number, one in listed
        for named in (_named(claim, one, number),)
    }


def _named(claim: Claim, one: Near, number: int) -> Claim:
    return replace(
        one.claim,
        id=f"{claim.id}.near-{number}",
        locator=f"near {claim.id}",
        title=", ".join(one.changes),
    )


def _record(verdict: Verdict, changes: tuple[str, ...]) -> Record:
    return {**record(verdict, ()), "changes": list(changes)}


def _convincing(claim: Claim, hunt: Hunt) -> Refuted | None:
    strict = convincing(claim)
    if strict is None:
        return None
    found = default_engines().search(strict, replace(hunt, budget=CONVINCING_BUDGET))
    if found.kind != "counterexample" or found.witness is None:
        return None
    return _refuted_at(_named(claim, Near((CONVINCING,), claim, frozenset()), 0), found.witness)


def _sparing(engines: Engines) -> Engines:
    """Return the engines for the statements near a claim, which prove nothing in vain.

    No theorem is what was not proved before under another name, nor what has no value at a point
    that its premises allow. What was proved before is a theorem for those that come after. Where a
    proof got stuck is not asked.
    """
    failed: set[tuple[frozenset[Formula], Formula]] = set()
    shown: list[Lemma] = []

    def prove(claim: Claim) -> Derivation | None:
        question = frozenset(map(_in_whole_numbers, claim.given)), claim.conclusion
        points = islice(examples(claim), MOST_POINTS)
        if question in failed or any(undefined_at(claim, point) for point in points):
            return None
        failed.add(question)  # a budget may end the attempt
        by_lemma = (by_theorem(claim, lemma.claim, lemma.prove) for lemma in shown)
        derivation = next(filter(None, by_lemma), None) or engines.prove(claim)
        if derivation is not None:
            failed.remove(question)
            named = replace(claim, title="a statement near the claim, too")
            shown.append(Lemma(named, lambda: derivation))
        return derivation

    return replace(engines, prove=prove, stuck=lambda claim: ())


def _in_whole_numbers(formula: Formula) -> Formula:
    """Return N >= 2 for N > 1, and any other formula as it is."""
    match formula:
        case Relation(op=">", left=sp.Symbol() as n, right=sp.Integer() as bound):
            if kind_of(n) in ("size", "count"):
                return Relation(">=", n, bound + 1)
    return formula


def _settled(claim: Claim, known: list[Witness], hunt: Hunt, engines: Engines) -> Verdict | None:
    """Return the verdict on a statement; None where it cannot be stated or searched."""
    for witness in known:
        refuted = _refuted_at(claim, witness)
        if refuted is not None:
            return refuted
    small = replace(hunt, budget=min(BUDGET, hunt.budget), effort=min(EFFORT, hunt.effort))
    try:
        return settle(claim, small, engines)
    except (LanguageError, NumericCheckError):
        return None


def _refuted_at(claim: Claim, witness: Witness) -> Refuted | None:
    try:
        certificate = certify(claim, witness)
    except (CertificateError, NumericCheckError, LanguageError):
        return None
    verdict = judge(claim, Evidence(counterexample=(witness, certificate)))
    return verdict if isinstance(verdict, Refuted) else None
