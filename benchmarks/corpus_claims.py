"""The statements of other papers in `tests/corpus`, with their truth."""

from __future__ import annotations

import importlib.util
import json
from functools import cache
from pathlib import Path
from typing import Any

FOLDER = Path(__file__).parents[1] / "tests" / "corpus"


def named(truth: str) -> list[str]:
    """Return the ids of those that are "true", or "false", in the order of the file."""
    told: dict[str, str] = json.loads((FOLDER / "truth.json").read_text("utf-8"))
    return [name for name, found in told.items() if found == truth and name in corpus()]


@cache
def corpus() -> dict[str, Any]:
    """Return the claims by id."""
    from symbolic_proofs.language.collecting import collecting

    with collecting() as found:
        for path in sorted(FOLDER.glob("[!t]*.py")):
            spec = importlib.util.spec_from_file_location(f"corpus_{path.stem}", path)
            assert spec is not None and spec.loader is not None  # noqa: PT018
            spec.loader.exec_module(importlib.util.module_from_spec(spec))
    return {claim.id: claim for claim in found}
