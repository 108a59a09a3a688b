"""`sparsity-audit derive`."""

from __future__ import annotations

import click

from ..errors import NOT_ALL_PROVED


@click.command("derive", epilog="Example: sparsity-audit derive scaling.invariance")
@click.argument("id_", metavar="ID")
@click.option(
    "--format",
    "as_",
    type=click.Choice(["text", "latex", "json"]),
    default="text",
    show_default=True,
    help="How to write the steps.",
)
def command(id_: str, as_: str) -> int:
    """Print the derivation of a claim, step by step."""
    from ..selection import claim_of

    claim = claim_of(id_)

    from symbolic_proofs.proofs import prove

    from ..evidence import states

    derivation = prove(claim)
    if derivation is None or not states(derivation.theorem, claim):
        click.echo(
            f"sparsity-audit: no derivation of {id_} is known; "
            f"`sparsity-audit verify {id_}` says what is",
            err=True,
        )
        return NOT_ALL_PROVED
    if as_ == "json":
        from symbolic_proofs.language.wire import to_wire
        from symbolic_proofs.proofs import to_data

        from ..artefacts import write_json
        from ..verdict_json import SCHEMA, to_json_text

        data = {"schema": SCHEMA, "kind": "derivation", "claim": id_}
        data |= {"formula": to_wire(claim.statement), "derivation": to_data(derivation)}
        write_json("-", to_json_text(data))
    else:
        from ..derivation_text import derivation_latex, derivation_text

        write = derivation_text if as_ == "text" else derivation_latex
        click.echo(write(claim, derivation))
    return 0
