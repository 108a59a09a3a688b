"""The command line: one command a module, loaded when it is called.

Results go to standard output, progress and what is wrong to standard error. SymPy and NumPy are
loaded by the commands that need them, so that --help and --version are there at once.
"""

from __future__ import annotations

import atexit
import gc
import os
import sys
from collections.abc import Sequence
from difflib import get_close_matches
from importlib import import_module
from typing import Any, NoReturn

import click

from numeric_check.arrays.errors import ArrayError
from numeric_check.certifier.errors import NumericCheckError
from symbolic_proofs.errors import SymbolicProofsError

from .. import __version__
from ..errors import CONTRADICTION, INPUT_ERROR, INTERRUPTED, Contradiction, InputError
from ..text.escapes import escaped
from ..verdicts.defaults import COLLECTING

#: command -> its module here, and what it does
COMMANDS = {
    "list": ("list_claims", "The claims: id, where it stands, words, statement."),
    "verify": ("verify", "Settle claims by proof and by search, and print the verdicts."),
    "new": ("new", "A claims file to begin with, for a paper of your own."),
    "derive": ("derive", "The derivation of a claim, step by step."),
    "search": ("search", "Hunt for a counterexample of one claim."),
    "check": ("check", "Check stored evidence again, and nothing else."),
    "export": ("export", "The evidence as files of the proof assistant Coq."),
    "diff": ("diff", "Which verdicts changed between two runs."),
    "appendix": ("appendix", "The LaTeX appendix, and with --pdf the PDF."),
    "measure": ("measure", "The PQ index of the arrays in a file."),
    "criteria": ("criteria", "The criteria of Hurley & Rickard for measures of sparsity."),
    "report": ("report", "One self-contained HTML page of all verdicts."),
}


class AuditGroup(click.Group):
    """Loads commands late; ends a run with an exit code and at most one line of complaint."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        if cmd_name not in COMMANDS:
            return None
        module = import_module(f".{COMMANDS[cmd_name][0]}", __package__)
        command: click.Command = module.command
        return command

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        if args and args[0] not in COMMANDS and not args[0].startswith("-"):
            near = get_close_matches(args[0], COMMANDS, n=1)
            hint = f"did you mean {near[0]}?" if near else f"use one of {', '.join(COMMANDS)}"
            raise click.UsageError(f"no command {args[0]!r}; {hint}")
        return super().resolve_command(ctx, args)

    def invoke(self, ctx: click.Context) -> Any:
        try:
            return super().invoke(ctx)
        except KeyboardInterrupt:
            raise click.Abort from None  # Click would begin with an empty line

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        with formatter.section("Commands"):
            formatter.write_dl([(name, summary) for name, (_, summary) in COMMANDS.items()])

    def main(self, args: Sequence[str] | None = None, *_: Any, **__: Any) -> NoReturn:
        """Run, and exit with the codes of `errors`."""
        gc.set_threshold(*COLLECTING)
        atexit.register(gc.freeze)  # or all is searched once more on the way out
        for name in ("stdout", "stderr"):
            if getattr(sys, name) is None:  # closed by whoever started the program
                setattr(sys, name, open(os.devnull, "w", encoding="utf-8"))  # noqa: SIM115
        for stream in (sys.stdout, sys.stderr):
            if hasattr(stream, "reconfigure"):
                stream.reconfigure(errors="backslashreplace")
        try:
            code = super().main(args, prog_name="sparsity-audit", standalone_mode=False)
            sys.stdout.flush()
        except click.ClickException as error:
            _complain(" ".join(error.format_message().split()))
            if isinstance(error, InputError) and error.pointed:
                click.echo(error.pointed, err=True)
            sys.exit(INPUT_ERROR)
        except (SymbolicProofsError, NumericCheckError, ArrayError) as error:
            _complain(" ".join(str(error).split()) or type(error).__name__)
            sys.exit(INPUT_ERROR)
        except Contradiction as error:
            _complain(str(error))
            sys.exit(CONTRADICTION)
        except (KeyboardInterrupt, click.Abort):
            _complain("interrupted")
            sys.exit(INTERRUPTED)
        except BrokenPipeError:
            # The reader has what it wanted.
            _write_nowhere()
            sys.exit(0)
        except OSError as error:
            # Files are seen to where they are read and written: this is the output itself.
            _write_nowhere()
            _complain(f"the output cannot be written: {error.strerror or error}")
            sys.exit(INPUT_ERROR)
        sys.exit(code if isinstance(code, int) else 0)


def _write_nowhere() -> None:
    """Let what is left of the output go nowhere: flushing at exit must not fail a second time."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def _complain(message: str) -> None:
    # Names of files and tensors may hold what a terminal acts on.
    click.echo(f"sparsity-audit: {escaped(message)}", err=True)


HELP = """\
Settle the formal claims that a paper makes about a sparsity measure.

Each claim is proved or refuted, with evidence that anybody can check.
"""


@click.group(
    help=HELP,
    cls=AuditGroup,
    no_args_is_help=False,
    invoke_without_command=True,
    context_settings={"help_option_names": ["-h", "--help"]},
    epilog="Example: sparsity-audit verify. "
    "Exit codes: 0 all proved, 1 some refuted, undefined or open, 2 wrong input, "
    "3 the program contradicts itself or fails, 130 interrupted, 143 terminated.",
)
@click.version_option(__version__, "-V", "--version", message="%(prog)s %(version)s")
@click.pass_context
def main(ctx: click.Context) -> None:
    """Run `sparsity-audit`; without a command print what --help prints."""
    if ctx.invoked_subcommand is None:
        click.echo(ctx.get_help())
