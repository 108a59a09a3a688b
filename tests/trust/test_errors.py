"""Errors: one root a package, and the tree that its docstring draws is the one there is."""

from __future__ import annotations

import importlib
import pkgutil
import re

import pytest
from click.testing import CliRunner

import numeric_check
import sparsity_audit
import symbolic_proofs
from numeric_check.arrays import errors as of_arrays
from numeric_check.certifier import errors as of_numbers
from sparsity_audit import errors as of_the_audit
from sparsity_audit.cli import list_claims
from sparsity_audit.cli.main import main
from symbolic_proofs import errors as of_proofs

PACKAGES = (symbolic_proofs, numeric_check, sparsity_audit)
ROOTS = {
    of_proofs.SymbolicProofsError: of_proofs,
    of_numbers.NumericCheckError: of_numbers,
    of_arrays.ArrayError: of_arrays,
    of_the_audit.AuditError: of_the_audit,
}


def errors() -> set[type[Exception]]:
    found = set()
    for package in PACKAGES:
        for module in pkgutil.walk_packages(package.__path__, f"{package.__name__}."):
            # a program, and one that stands alone in exported folders
            if module.name.endswith(("__main__", "coq.checking")):
                continue
            try:
                values = vars(importlib.import_module(module.name)).values()
            except ModuleNotFoundError as missing:
                if str(missing.name).startswith(package.__name__):
                    raise
                continue  # an extra that is not installed
            for value in values:
                ours = isinstance(value, type) and value.__module__ == module.name
                if ours and issubclass(value, Exception) and not value.__name__.startswith("_"):
                    found.add(value)
    return found


@pytest.mark.filterwarnings("ignore:.*has moved:FutureWarning")
def test_every_error_has_the_root_of_its_package_and_stands_in_its_tree() -> None:
    drawn = {
        root: re.findall(r"(?:[├└]── )(\w+)", module.__doc__ or "")
        for root, module in ROOTS.items()
    }
    below: dict[type[Exception], list[str]] = {root: [] for root in ROOTS}
    for error in errors() - set(ROOTS):
        (root,) = [root for root in ROOTS if issubclass(error, root)]
        assert root.__module__.partition(".")[0] == error.__module__.partition(".")[0]
        below[root].append(error.__name__)
    for root in ROOTS:
        assert sorted(drawn[root]) == sorted(below[root])


@pytest.mark.parametrize("root", list(ROOTS)[:3])
def test_the_command_line_says_any_of_them_in_one_line(
    monkeypatch: pytest.MonkeyPatch, root: type[Exception]
) -> None:
    def fails(**_: object) -> None:
        raise root("what was wrong,\nand what to do")

    monkeypatch.setattr(list_claims.command, "callback", fails)
    shown = CliRunner().invoke(main, ["list"])
    assert shown.exit_code == 2
    assert shown.stderr == "sparsity-audit: what was wrong, and what to do\n"
