"""`sparsity-audit measure`."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable
from fractions import Fraction
from typing import Any

import click

from ..errors import INTERRUPTED, InputError
from .completion import complete_measures
from .options import exponent, exponent_option, json_option
from .tensor_rows import (
    Asked,
    Row,
    curve,
    index_rows,
    magnitude_rows,
    measured,
    pruning,
    slice_rows,
)

HELP = """\
Print I_{p,q} of each array in files, and of all of them together.

Files are .npy, .npz (of scipy.sparse too), .safetensors, .safetensors.index.json for its
shards, or text; nothing in them is unpickled. A folder stands for the arrays in it, a glob for
the files that match, - for text or a .npy file on standard input. 1 - I is printed too, for it
keeps its digits when I is close to 1. A tensor that is all zero or empty has a row that says
so, and so has a total; NaN and infinity end the run, unless with --keep-going.

Text (.txt, .csv, .tsv, .dat) is rows of numbers, all of the same length, or one number a line,
with one separator in the whole file: a comma, a semicolon, a tab, or blanks. The first row may
be names that begin with letters; # begins a comment. Decimals have a point. Missing, infinite
and NaN entries, and whatever could be read in two ways (rows such as 0,5), are refused with
line and column.

--eta counts exactly, from the sorted magnitudes. Beside the count stands the floor N
(1+eta)^(-q/(q-p)) (1-I)^(pq/(q-p)) of Diao et al. (2023), Theorem 2: so many must stay at
least, but they need not be enough. tau is (S_q/S_p)^(1/(q-p)): to mask a weight of at most tau
raises I. --eta, --curve and --measure hold the magnitudes of all tensors in memory.
"""
_EXAMPLES = (
    "Example: sparsity-audit measure weights.safetensors --p 1/2 --q 1; "
    "sparsity-audit measure model/ --include '*.weight' --min-axes 2; "
    "sparsity-audit measure 'runs/*.npz' --measure gini,hoyer --json -; "
    "sparsity-audit measure model.safetensors.index.json --eta 1/10; "
    "sparsity-audit measure weights.npy --axis 0 --keep-going; "
    "sparsity-audit measure weights.npy --curve 10; "
    "echo 3 4 0 0 | sparsity-audit measure -"
)
_INDEX = (("index", "I", ".6f"), ("one_minus_index", "1 - I", ".6g"))


def _share(text: str) -> Fraction:
    """Return the exact number >= 0 that is written as 0, 1/10 or 0.1."""
    return Fraction(0) if re.fullmatch(r"0(\.0+)?", text) else exponent(text)


def _axes(text: str) -> tuple[int, ...]:
    """Return the axes that are written as 0, -1 or 0,1."""
    if not re.fullmatch(r"-?[0-9]{1,2}(,-?[0-9]{1,2})*", text):
        raise click.BadParameter(f"{text!r} is not an axis; write 0, -1 or 0,1")
    return tuple(map(int, text.split(",")))


@click.command("measure", help=HELP, epilog=_EXAMPLES)
@click.argument("files", nargs=-1, required=True, metavar="FILE...")
@exponent_option("--p", "The lesser exponent.", default="1")
@exponent_option("--q", "The greater exponent.", default="2")
@click.option(
    "--include",
    multiple=True,
    metavar="PATTERN",
    help="Only tensors whose name matches, as --include '*.weight'; may be given several times.",
)
@click.option(
    "--min-axes",
    type=click.IntRange(min=0),
    metavar="N",
    default=0,
    help="Leave tensors of fewer axes out of the total: 1 leaves out scalars, 2 biases too.",
)
@click.option(
    "--axis",
    "axes",
    type=_axes,
    metavar="AXES",
    help="I of each slice along an axis, or several: the least, the median, the greatest.",
)
@click.option(
    "--measure",
    "names",
    metavar="NAMES",
    shell_complete=complete_measures,
    help="Other built-in measures in place of I, as --measure gini,hoyer.",
)
@click.option(
    "--eta",
    type=_share,
    metavar="NUMBER",
    help="How many weights must stay so that the p-th powers of the rest sum to at most so many "
    "times those of the kept, as --eta 1/10.",
)
@click.option(
    "--curve",
    "steps",
    type=click.IntRange(1, 1000),
    metavar="STEPS",
    help="I as the smallest weights are masked, as --curve 10: none, 10 %, .. 90 %.",
)
@json_option
@click.option("--keep-going", is_flag=True, help="Say what is wrong with a tensor in its row.")
def command(
    files: tuple[str, ...],
    p: Fraction,
    q: Fraction,
    include: tuple[str, ...],
    min_axes: int,
    axes: tuple[int, ...] | None,
    names: str | None,
    eta: Fraction | None,
    steps: int | None,
    json_path: str | None,
    keep_going: bool,
) -> int:
    """Run `sparsity-audit measure`."""
    if not p < q:
        raise InputError(f"p = {p} is not below q = {q}; the index needs 0 < p < q")
    modes = {"--axis": axes, "--measure": names, "--eta": eta, "--curve": steps}
    chosen = [option for option, value in modes.items() if value is not None]
    if len(chosen) > 1:
        raise InputError(f"{' and '.join(chosen)} make different tables; ask for one at a time")
    from numeric_check.arrays.errors import MeasureTypeError, MeasureValueError, TensorFileError
    from numeric_check.arrays.pq_index import checked_exponents

    from ..inputs.tensors import tensors_of

    found: list[Row] = []
    interrupted = False
    try:
        checked_exponents(p, q)
        asked = Asked(tensors_of(files, include), p, q, min_axes, keep_going)
        rows: Iterable[Row]
        columns: tuple[tuple[str, str, str], ...] = _INDEX
        if axes is not None:
            rows = slice_rows(asked, axes)
            columns = (
                ("slices", "slices", ""), ("without_value", "without I", ""),
                ("least", "least I", ".6f"), ("median", "median I", ".6f"),
                ("greatest", "greatest I", ".6f"),
            )  # fmt: skip
        elif names is not None:
            listed = [name.strip() for name in names.split(",")]
            rows = magnitude_rows(asked, measured(asked, listed))
            columns = tuple((f"measures/{name}", name, ".6g") for name in listed)
        elif eta is not None:
            rows = magnitude_rows(asked, pruning(asked, eta))
            columns = (
                ("index", "I", ".6f"), ("kept_at_most", "least kept", ""),
                ("kept_share", "share", ".1%"), ("floor", "floor", ".6g"), ("tau", "tau", ".6g"),
                ("above_tau", "above tau", ""), ("above_tau_share", "share", ".1%"),
            )  # fmt: skip
        elif steps is not None:
            rows = magnitude_rows(asked, curve(asked, steps))
            shares = [(k, Fraction(100 * k, steps)) for k in range(steps)]
            columns = tuple((f"curve/{k}/index", f"I, {float(x):.3g} %", ".6f") for k, x in shares)
        else:
            rows = index_rows(asked)
        for row in rows:
            found.append(row)  # what comes before a stop is kept
    except KeyboardInterrupt:
        interrupted = True
    except (MeasureTypeError, MeasureValueError, TensorFileError) as error:
        raise InputError(str(error)) from None
    except MemoryError:
        raise InputError("the magnitudes do not fit into memory; use --include") from None
    except OSError as error:
        raise InputError(f"a file cannot be read: {error.strerror or error}") from None
    if json_path is not None:
        from ..verdicts.writing import write_json

        data: dict[str, Any] = {"schema": 2, "p": str(p), "q": str(q)}
        data |= {} if eta is None else {"eta": str(eta)}
        data |= {"interrupted": True} if interrupted else {}
        write_json(json_path, json.dumps(data | {"tensors": found}, indent=1) + "\n")
    if json_path != "-" and found:
        from ..text.tensors import print_tensors

        print_tensors(found, columns)
    if interrupted:
        said = f"interrupted after {len(found)} rows; these are kept"
        click.echo(f"sparsity-audit: {said}", err=True)
        return INTERRUPTED
    return 0
