"""Which folder may import which: what is trusted rests on nothing above it."""

from __future__ import annotations

import ast
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
PACKAGES = ("symbolic_proofs", "numeric_check", "sparsity_audit")
LANGUAGE, KERNEL = "symbolic_proofs.language", "symbolic_proofs.kernel"
CERTIFIER = "numeric_check.certifier"
#: folder -> the folders of the same package that it may import; a name of a file stands for itself
INSIDE = {
    "symbolic_proofs": {
        "errors": "",
        "language": "errors",
        "kernel": "errors language",
        "derivations": "errors language kernel notation",
        "notation": "language measures",
        "rational_terms": "kernel",
        "coq": "errors language kernel notation",
        "measures": "errors language",
        "claims": "errors language measures",
        "proofs": "language kernel derivations notation measures claims rational_terms",
    },
    "numeric_check": {
        "certifier": "",
        "arrays": "",
        "functions": "certifier",
        "batch": "certifier functions",
        "spot_check": "certifier",
        "explain": "certifier",
        "parallel": "certifier",
        "journal": "certifier",
        "hunt": "certifier functions batch parallel journal",
        "strategies": "certifier batch hunt",
    },
    "sparsity_audit": {
        "errors": "",
        "inputs": "errors",
        "pictures": "",
        "text": "errors verdicts",
        "verdicts": "errors inputs text",
        "appendix": "errors text verdicts",
        "report": "pictures text verdicts",
        "pytest_plugin": "errors inputs text verdicts",
        "cli": "errors inputs text verdicts appendix report",
    },
}
#: folders that may not import all of the packages below theirs
OUTSIDE = {
    CERTIFIER: {LANGUAGE, KERNEL},
    "numeric_check.arrays": set(),
    "numeric_check.parallel": set(),
    "numeric_check.journal": set(),
}
#: what trusted code may import besides
BESIDE = {
    LANGUAGE: {"sympy"},
    KERNEL: {"sympy"},
    CERTIFIER: {"sympy", "flint"},
}
FILES = [path for package in PACKAGES for path in sorted((ROOT / package).rglob("*.py"))]


def module_of(path: Path) -> str:
    parts = path.relative_to(ROOT).with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


def folder_of(module: str) -> str:
    return ".".join(module.split(".")[:2])


def imported(path: Path) -> Iterator[tuple[str, bool]]:
    """Yield the modules that a file imports, and whether it does so inside of a function."""
    package = module_of(path).split(".")
    package = package if path.name == "__init__.py" else package[:-1]

    def visit(node: ast.AST, inside: bool) -> Iterator[tuple[str, bool]]:
        for child in ast.iter_child_nodes(node):
            if isinstance(child, ast.If) and "TYPE_CHECKING" in ast.unparse(child.test):
                continue
            if isinstance(child, ast.Import):
                yield from ((alias.name, inside) for alias in child.names)
            elif isinstance(child, ast.ImportFrom):
                above = package[: len(package) - child.level + 1] if child.level else []
                base = ".".join([*above, *([child.module] if child.module else [])])
                # the names of a package may be its modules
                whole = base in PACKAGES
                yield from ((f"{base}.{a.name}" if whole else base, inside) for a in child.names)
            yield from visit(child, inside or isinstance(child, ast.FunctionDef | ast.Lambda))

    yield from visit(ast.parse(path.read_text(encoding="utf-8")), False)


@pytest.mark.parametrize("path", FILES, ids=module_of)
def test_imports_run_along_the_arrows(path: Path) -> None:
    here = folder_of(module_of(path))
    package, _, room = here.partition(".")
    if not room or room == "__main__":
        return
    for module, _ in imported(path):
        top, there = module.split(".")[0], folder_of(module)
        if top == package and there not in (here, f"{package}.__version__"):
            assert there.partition(".")[2] in INSIDE[package][room].split(), module
        elif top in PACKAGES and top != package:
            assert PACKAGES.index(top) < PACKAGES.index(package), module
            assert there in OUTSIDE.get(here, {there}), module
        elif top not in PACKAGES and here in BESIDE:
            assert top in BESIDE[here] or top in sys.stdlib_module_names, module


def test_the_arrows_make_no_circle() -> None:
    for package, rooms in INSIDE.items():
        done: set[str] = set()
        waiting = {room: set(allowed.split()) for room, allowed in rooms.items()}
        if package == "sparsity_audit":
            # a verdict shows itself by the lines that are made of its record
            waiting["text"].discard("verdicts")
        while waiting:
            free = [room for room, allowed in waiting.items() if allowed <= done]
            assert free, waiting
            done |= set(free)
            for room in free:
                del waiting[room]


def test_check_loads_no_line_of_the_provers_or_of_the_search(tmp_path: Path) -> None:
    made = tmp_path / "verdicts.json"
    command = [sys.executable, "-m", "sparsity_audit"]
    ids = ["scaling.norm", "zeros.p-norm", "range.zero-vector", "firing.lowers.weights"]
    run = [*command, "verify", *ids, "--budget", "2000", "--exit-zero", "--json", str(made)]
    subprocess.run(run, check=True, capture_output=True, cwd=ROOT)
    told = (
        "import sys; from sparsity_audit.cli.main import main\n"
        "try: main(['check', sys.argv[1]])\n"
        "except SystemExit as end: assert not end.code, end.code\n"
        "print(*sorted(m for m in sys.modules if m.split('.')[0] in "
        f"{PACKAGES}), file=sys.stderr)"
    )
    done = subprocess.run(
        [sys.executable, "-c", told, str(made)],
        check=True,
        capture_output=True,
        text=True,
        cwd=ROOT,
    )
    loaded = done.stderr.split()
    assert "symbolic_proofs.kernel.theorem" in loaded
    rooms = [
        *("symbolic_proofs.proofs", "numeric_check.hunt", "numeric_check.batch"),
        # nothing is asked of Coq, laid out for a reader, or written to a file
        *("symbolic_proofs.coq", "symbolic_proofs.notation.layout", "sparsity_audit.verdicts.writ"),
    ]
    for room in rooms:
        assert [m for m in loaded if m.startswith(room)] == [], room
