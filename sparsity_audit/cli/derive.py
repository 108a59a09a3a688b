"""`sparsity-audit derive`."""

from __future__ import annotations

from shlex import quote

import click

from ..errors import NOT_ALL_PROVED
from .options import effort_option

HELP = """\
Print the derivation of a claim, step by step.

Of a FILE.claims those of all its claims that are proved are printed; FILE.claims:ID is one.
"""


@click.command(
    "derive",
    help=HELP,
    epilog="Example: sparsity-audit derive scaling.invariance; "
    "sparsity-audit derive 'p < q, W != 0 => I([W, W]) = I(W)'",
)
@click.argument("id_", metavar="ID|STATEMENT|FILE.claims[:ID]")
@click.option(
    "--format",
    "as_",
    type=click.Choice(["text", "latex", "json"]),
    default="text",
    show_default=True,
    help="How to write the steps.",
)
@effort_option
def command(id_: str, as_: str, effort: int) -> int:
    """Run `sparsity-audit derive`."""
    if not id_.endswith(".claims"):
        return _derive(id_, as_, effort)
    from ..inputs.references import references_of_file

    if as_ == "json":
        raise click.UsageError(f"JSON holds one derivation: ask for one claim, {id_}:ID")
    return max(_derive(reference, as_, effort) for reference in references_of_file(id_))


def _derive(id_: str, as_: str, effort: int) -> int:
    from ..inputs.references import entry_of, is_in_paper
    from ..inputs.selection import claim_of

    claim = claim_of(id_)

    from symbolic_proofs.kernel.sequents import states
    from symbolic_proofs.proofs import prove
    from symbolic_proofs.proofs.stuck import where_stuck

    from ..verdicts.papers import prove_entry
    from ..verdicts.proof_budget import ProofBudget, stuck_lines

    budget = ProofBudget(effort)
    if is_in_paper(id_):
        derivation = prove_entry(*entry_of(id_), effort)
    else:
        derivation = budget.within(prove)(claim)
    if derivation is None or not states(derivation.theorem, claim):
        why = f", for {budget.ended}" if budget.ended else ""
        stuck = stuck_lines(claim, where_stuck, effort)
        click.echo(
            f"sparsity-audit: no derivation of {id_} is known{why}; "
            f"`sparsity-audit verify {quote(id_)}` says what is\n"
            + "\n".join(f"  {line}" for line in stuck),
            err=True,
        )
        return NOT_ALL_PROVED
    if as_ == "json":
        from symbolic_proofs.derivations.replay import to_data
        from symbolic_proofs.language.serialization import to_wire

        from ..verdicts.files import write_json
        from ..verdicts.verdict_json import SCHEMA, to_json_text

        data = {"schema": SCHEMA, "kind": "derivation", "claim": claim.id}
        data |= {"paper": entry_of(id_)[0].path} if is_in_paper(id_) else {}
        data |= {"formula": to_wire(claim.statement), "derivation": to_data(derivation)}
        write_json("-", to_json_text(data))
    else:
        from ..text.derivation import derivation_latex, derivation_text

        write = derivation_text if as_ == "text" else derivation_latex
        click.echo(write(claim, derivation))
    return 0
