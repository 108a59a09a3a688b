"""What a script or a notebook calls: settle a claim, or several, and look at the verdicts."""

from __future__ import annotations

from collections.abc import Iterable

from symbolic_proofs.claims.catalogue import CATALOGUE
from symbolic_proofs.language.claim import Claim

from ..errors import InputError
from ..inputs.asked_for import claim_of, in_order, select_references
from ..inputs.lookup import entry_of, is_in_paper
from ..text.verdict_display import table_html
from .defaults import DEFAULT_BUDGET, DEFAULT_SEED
from .one_claim import Hunt, settle
from .papers import settled_entry
from .prover_and_search import default_engines
from .verdict import Verdict
from .verdict_json import record


class VerdictTable(tuple[Verdict, ...]):
    """Verdicts in order; as text, and in Jupyter, one row each."""

    __slots__ = ()

    def to_text(self) -> str:
        """Return a line for each verdict: the claim's id, the verdict, the statement."""
        rows = [
            (v.claim.id, v.name + ", vacuous" * v.vacuous, str(v.claim.statement)) for v in self
        ]
        widths = [max((len(row[i]) for row in rows), default=0) for i in (0, 1)]
        return "\n".join(
            f"{id_:<{widths[0]}}  {name:<{widths[1]}}  {statement}" for id_, name, statement in rows
        )

    def __str__(self) -> str:
        return self.to_text()

    def _repr_html_(self) -> str:
        return table_html([record(verdict, CATALOGUE) for verdict in self])


def settle_claim(
    claim: Claim | str,
    *,
    budget: int = DEFAULT_BUDGET,
    seed: int = DEFAULT_SEED,
    time: float | None = None,
) -> Verdict:
    """Return the verdict on a claim after both engines have tried it.

    A string is what the command line takes: an id, a line of text, or FILE.claims:ID, whose proof
    may rest on the claims above it. The hunt looks at `budget` candidates at most,
    and begins nothing new after `time` seconds; the same seed and budget give the same verdict.

    Raises UnknownClaimError for an id that no claim has, and Contradiction if the claim came out as
    both proved and refuted, or proved without a value.
    """
    hunt = Hunt(budget=budget, seed=seed, time=time)
    if isinstance(claim, str) and is_in_paper(claim):
        return settled_entry(*entry_of(claim), hunt).verdict
    stated = claim_of(claim) if isinstance(claim, str) else claim
    return settle(stated, hunt, default_engines())


def settle_claims(
    claims: str | Iterable[Claim | str] = CATALOGUE,
    *,
    budget: int = DEFAULT_BUDGET,
    seed: int = DEFAULT_SEED,
    time: float | None = None,
) -> VerdictTable:
    """Return the verdicts on claims, those of the paper if none are named; see `settle_claim`.

    FILE.claims stands for all claims of the file. `time` is for each claim.
    """
    asked = [claims] if isinstance(claims, str) else claims
    return VerdictTable(
        settle_claim(one, budget=budget, seed=seed, time=time)
        for claim in asked
        for one in (select_references([claim]) if isinstance(claim, str) else (claim,))
    )


def for_document(verdicts: Iterable[Verdict]) -> list[Verdict]:
    """Return verdicts as a document has them, each amendment after what it amends.

    Raises InputError for none, and for two on different claims of one id.
    """
    found = {verdict.claim: verdict for verdict in verdicts}
    if not found:
        raise InputError("there are no verdicts to write of")
    ids = [claim.id for claim in found]
    twice = next((id_ for id_ in ids if ids.count(id_) > 1), None)
    if twice is not None:
        raise InputError(f"two claims are called {twice}: write of one of them at a time")
    return [found[claim] for claim in in_order(list(found))]
