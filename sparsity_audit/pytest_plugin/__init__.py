"""For pytest: `pytest paper.claims` settles each claim of a paper as a test.

Nothing of the package is loaded before such a file is collected.
"""

from __future__ import annotations

from pathlib import Path

import pytest


def pytest_collect_file(file_path: Path, parent: pytest.Collector) -> pytest.Collector | None:
    """Collect a claims file."""
    if file_path.suffix != ".claims":
        return None
    from .claims_tests import ClaimsFile

    collected: pytest.Collector = ClaimsFile.from_parent(parent, path=file_path)
    return collected
