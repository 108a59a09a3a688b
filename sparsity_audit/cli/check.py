"""`sparsity-audit check`."""

from __future__ import annotations

from pathlib import Path

import click

from ..errors import NOT_ALL_CONFIRMED
from ..text.coq_words import coq_words
from ..text.escapes import escaped

HELP = """\
Check stored evidence again: a certificate, a derivation, or a whole verdicts.json.

The file is not trusted, nothing in it is run, and the search has no part in it. What is shown
beside the evidence must be what it gives; the last line names what is not vouched for. Exit
code 0: the evidence for every verdict in the file checks, refutations too; 1: something is
refused, open or not checked; 2: the file cannot be read. With --coq, what Coq refuses is
refused, and what it is not shown, or takes too long for, is not confirmed: 1.
"""


@click.command("check", help=HELP, epilog="Example: sparsity-audit check out/verdicts.json")
@click.argument("file", type=click.Path(path_type=Path), metavar="FILE")
@click.option(
    "--work",
    type=click.IntRange(min=1),
    metavar="N",
    help="Operations for one claim, 2,000,000 unless given; what takes more is not checked.",
)
@click.option("--coq", is_flag=True, help="Have the proof assistant Coq confirm it as well.")
def command(file: Path, work: int | None, coq: bool) -> int:
    """Run `sparsity-audit check`."""
    from ..verdicts.check import DEFAULT_WORK, recheck
    from ..verdicts.finding import Status

    findings = recheck(file, work or DEFAULT_WORK)
    if coq:
        from ..verdicts.third_opinion import with_third_opinion

        findings = with_third_opinion(findings)
    confirmed = True
    not_vouched: set[str] = set()
    for finding in findings:
        confirmed &= finding.status is Status.CONFIRMED
        not_vouched |= finding.not_vouched
        noted = f"; {coq_words({**finding.coq, 'stored': not coq})}" if finding.coq else ""
        click.echo(escaped(f"{finding.claim}: {finding.said}{noted}"))
    if not_vouched:
        click.echo(f"not vouched for: {', '.join(sorted(not_vouched))}")
    return 0 if confirmed else NOT_ALL_CONFIRMED
