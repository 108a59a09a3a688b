"""`sparsity-audit measure`."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from pathlib import Path
from typing import Any

import click

from ..errors import InputError
from .options import exponent_option

HELP = """\
Print I_{p,q} of each array in a file, and of all of them together.

Files are .npy, .npz, .safetensors or text; nothing in them is unpickled. 1 - I is printed too,
for it keeps its digits when I is close to 1.

Text (.txt, .csv, .tsv, .dat) is rows of numbers, all of the same length, or one number a line,
with one separator in the whole file: a comma, a semicolon, a tab, or blanks. The first row may
be names that begin with letters; # begins a comment. Decimals have a point. Missing, infinite
and NaN entries, and whatever could be read in two ways, are refused with line and column.
"""


@click.command(
    "measure", help=HELP, epilog="Example: sparsity-audit measure weights.safetensors --p 1/2 --q 1"
)
@click.argument("file", type=click.Path(path_type=Path), metavar="FILE")
@exponent_option("--p", "The lesser exponent.", default="1")
@exponent_option("--q", "The greater exponent.", default="2")
@click.option("--json", "as_json", is_flag=True, help="Print JSON instead of a table.")
@click.option("--keep-going", is_flag=True, help="Say what is wrong with a tensor in its row.")
def command(file: Path, p: Fraction, q: Fraction, as_json: bool, keep_going: bool) -> int:
    """Run `sparsity-audit measure`."""
    if not p < q:
        raise InputError(f"p = {p} is not below q = {q}; the index needs 0 < p < q")
    rows = [_cells(row) for row in _rows(file, p, q, keep_going)]
    if as_json:
        from ..verdicts.files import write_json
        from ..verdicts.verdict_json import SCHEMA, to_json_text

        data = {"schema": SCHEMA, "p": str(p), "q": str(q), "tensors": rows}
        write_json("-", to_json_text(data))
        return 0
    from ..text.table import print_table

    headings = ("tensor", "shape", "dtype", "entries", "nonzero", "I", "1 - I")
    print_table(headings, [_columns(row) for row in rows])
    return 0


def _rows(file: Path, p: Fraction, q: Fraction, keep_going: bool) -> Iterator[Any]:
    from numeric_check.arrays.errors import MeasureTypeError, MeasureValueError, TensorFileError
    from numeric_check.arrays.table import iter_tensor_rows

    try:
        yield from iter_tensor_rows(file, p, q, undefined="keep" if keep_going else "raise")
    except (MeasureTypeError, MeasureValueError, TensorFileError) as error:
        raise InputError(str(error)) from None
    except OSError as error:
        raise InputError(f"{file} can not be read: {error.strerror or error}") from None


def _cells(row: Any) -> dict[str, Any]:
    return {
        "name": row.name,
        "shape": None if row.shape is None else list(row.shape),
        "dtype": row.dtype,
        "entries": row.entries,
        "nonzero": row.nonzero,
        "index": row.index,
        "one_minus_index": row.ratio,
        "problem": row.problem,
    }


def _columns(row: dict[str, Any]) -> tuple[str, ...]:
    shape = "" if row["shape"] is None else " × ".join(map(str, row["shape"])) or "one number"
    share = "" if row["nonzero"] is None else str(row["nonzero"])
    if row["problem"] is not None:
        return (row["name"], shape, row["dtype"], str(row["entries"]), share, row["problem"], "")
    index, rest = f"{row['index']:.6f}", f"{row['one_minus_index']:.6g}"
    return (row["name"], shape, row["dtype"], str(row["entries"]), share, index, rest)
