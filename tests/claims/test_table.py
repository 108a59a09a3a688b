from __future__ import annotations

import subprocess
import sys

import pytest

from sparsity_audit.inputs.claims_table import text_of_table
from sparsity_audit.inputs.expectations import Expected, expectations
from symbolic_proofs.claims.table import FILES, FOLDER, TABLE


def test_the_stored_table_is_the_one_that_the_claims_files_make():
    assert TABLE.read_text(encoding="utf-8") == text_of_table(), (
        "run python -m sparsity_audit.inputs.claims_table"
    )


def test_the_claims_are_listed_without_building_a_term():
    code = (
        "import sys\n"
        "from sparsity_audit.cli.main import main\n"
        "try: main(['list'])\n"
        "except SystemExit: print(*{'sympy', 'numpy', 'flint'} & set(sys.modules), file=sys.stderr)"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert "cloning.invariance (A.3 step 3)" in done.stdout
    assert done.stderr.strip() == ""


@pytest.mark.parametrize("name", FILES)
def test_no_verdict_is_expected_in_the_claims_files_of_the_package(name: str) -> None:
    expected = expectations(str(FOLDER / f"{name}.claims"))
    assert expected
    assert all(one == Expected() for one in expected.values())
