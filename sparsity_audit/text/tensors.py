"""The table of tensors that `measure` prints."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from .escapes import escaped
from .table import print_table

Row = dict[str, Any]


def print_tensors(rows: Sequence[Row], columns: Sequence[tuple[str, str, str]]) -> None:
    """Print rows: what a tensor is, then the values under `columns`: key, heading, format.

    A problem stands in the place of the values that are missing.
    """
    several = len({row["file"] for row in rows if row["file"]}) > 1
    first = ["file"] if several else []
    headings = [*first, "tensor", "shape", "dtype", "entries", "nonzero"]
    headings += [heading for _, heading, _ in columns]
    outside = any(not row["in_total"] for row in rows)
    troubled = outside or any(row["problem"] for row in rows)
    print_table(
        headings + [""] * troubled,
        [
            [escaped(row["file"])] * several
            + [escaped(row["name"]), _shape(row), row["dtype"], _text(row["entries"])]
            + [_text(row["nonzero"])]
            + [_text(_at(row, key), form) for key, _, form in columns]
            + [_remark(row)] * troubled
            for row in rows
        ],
    )


def _at(row: Row, key: str) -> Any:
    value: Any = row
    for part in key.split("/"):
        if isinstance(value, list):
            value = value[int(part)] if int(part) < len(value) else None
        else:
            value = value.get(part) if value is not None else None
    return value


def _shape(row: Row) -> str:
    if row["shape"] is None:
        return ""
    return " × ".join(map(str, row["shape"])) or "one number"


def _text(value: Any, form: str = "") -> str:
    return "" if value is None else format(value, form)


def _remark(row: Row) -> str:
    """Return what is wrong with a tensor or the total, whose name stands in its row already."""
    problem = (row["problem"] or "").rpartition("the total over all tensors ")[2]
    problem = problem.removeprefix(f"{row['file']}: tensor {row['name']!r}").lstrip(": ")
    parts = [escaped(problem)] * bool(problem) + ["not in the total"] * (not row["in_total"])
    return "; ".join(parts)
