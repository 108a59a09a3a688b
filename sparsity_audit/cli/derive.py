"""`sparsity-audit derive`."""

from __future__ import annotations

from dataclasses import replace
from shlex import quote
from typing import TYPE_CHECKING

import click

from ..errors import NOT_ALL_PROVED, InputError
from .options import ANY_CLAIMS, claims_asked, effort_option

if TYPE_CHECKING:
    from symbolic_proofs.language.claim import Claim

HELP = """\
Print the derivation of each claim that is named, step by step.

Of a claim that is refuted or undefined, what shows it is printed instead: the values, what comes of
both sides there, or the proof of its negation. A FILE.claims stands for all claims in it,
FILE.claims:ID for one.
"""


@click.command(
    "derive",
    help=HELP,
    epilog="Example: sparsity-audit derive scaling.invariance; "
    "sparsity-audit derive 'p < q, W != 0 => I([W, W]) = I(W)'",
)
@claims_asked(ANY_CLAIMS)
@click.option(
    "--format",
    "as_",
    type=click.Choice(["text", "latex", "json"]),
    default="text",
    show_default=True,
    help="How to write the steps.",
)
@effort_option
def command(ids: tuple[str, ...], keyword: str | None, as_: str, effort: int) -> int:
    """Run `sparsity-audit derive`."""
    from ..inputs.asked_for import named_claims

    references = list(named_claims(ids, keyword))
    if as_ == "json" and len(references) > 1:
        raise click.UsageError(f"JSON holds one derivation: ask for one claim, {references[0]}")
    return max(_derive(reference, as_, effort) for reference in references)


def _derive(id_: str, as_: str, effort: int) -> int:
    from ..inputs.asked_for import claim_of
    from ..inputs.lookup import entry_of, is_in_paper

    claim = claim_of(id_)

    from symbolic_proofs.kernel.sequents import states
    from symbolic_proofs.proofs import prove

    from ..verdicts.papers import prove_entry
    from ..verdicts.proof_budget import ProofBudget

    budget = ProofBudget(effort)
    if is_in_paper(id_):
        derivation = prove_entry(*entry_of(id_), effort)
    else:
        derivation = budget.within(prove)(claim)
    if derivation is None or not states(derivation.theorem, claim):
        return _not_derived(id_, claim, as_, effort, budget.ended)
    if as_ == "json":
        from symbolic_proofs.derivations.replay import to_data
        from symbolic_proofs.language.serialization import to_wire

        from ..verdicts.json_text import to_json_text
        from ..verdicts.verdict_json import SCHEMA
        from ..verdicts.writing import write_json

        data = {"schema": SCHEMA, "kind": "derivation", "claim": claim.id}
        data |= {"paper": entry_of(id_)[0].path} if is_in_paper(id_) else {}
        data |= {"formula": to_wire(claim.statement), "derivation": to_data(derivation)}
        write_json("-", to_json_text(data))
    else:
        from ..text.derivation import derivation_text
        from ..text.fitted import fitted

        if as_ == "text":
            click.echo("\n".join(fitted(derivation_text(claim, derivation).splitlines())))
        else:
            from ..appendix.evidence import derivation_latex

            click.echo(derivation_latex(claim, derivation))
    return 0


def _not_derived(id_: str, claim: Claim, as_: str, effort: int, ended: str | None) -> int:
    """Print what shows how it is with a claim that has no proof, else where that got stuck."""
    from numeric_check.functions.calls import PlainFunctionError
    from symbolic_proofs.proofs import prove

    from ..verdicts.one_claim import Hunt, settle
    from ..verdicts.prover_and_search import default_engines
    from ..verdicts.verdict import Established, Open

    # that the claim itself has no proof is known by now
    engines = replace(default_engines(), prove=lambda c: None if c is claim else prove(c))
    try:
        verdict = settle(claim, Hunt(effort=effort), engines)
    except PlainFunctionError as error:
        raise InputError(str(error)) from None
    if isinstance(verdict, Open) or as_ == "json":
        tried = verdict.tried if isinstance(verdict, Open) else ()
        why = f", for {ended}" if ended else ""
        said = [
            f"sparsity-audit: no derivation of {id_} is known{why}; "
            f"`sparsity-audit verify {quote(id_)}` says what is",
            *(f"  {line}" for line in tried),
        ]
        click.echo("\n".join(said), err=True)
    elif as_ == "text":
        from ..text.fitted import fitted
        from ..text.unproved import evidence_text

        click.echo("\n".join(fitted(evidence_text(verdict, id_).splitlines())))
    else:
        from ..appendix.evidence import evidence_latex

        click.echo(evidence_latex(verdict))
    return 0 if isinstance(verdict, Established) else NOT_ALL_PROVED
