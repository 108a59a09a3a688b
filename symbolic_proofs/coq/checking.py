#!/usr/bin/env python3
"""Compile a folder of Coq files, and see that each theorem is the one that is stated.

Run it in a folder that `sparsity-audit export --coq` has written; it needs Coq and Python alone.
Statements.v is compiled before any proof. Of each theorem Coq is then asked, in a file of its own,
whether it is what Statements.v states and what it rests on; nothing but the four axioms of Coq's
real numbers and classical logic will do. Exit code 0: every theorem is confirmed; 1: one is refused
or took too long; 2: Coq is not there, or the library does not compile.
"""

from __future__ import annotations

import argparse
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path

#: what Coq's real numbers and classical logic rest on themselves
AXIOMS = frozenset(
    (
        "ClassicalDedekindReals.sig_forall_dec",
        "ClassicalDedekindReals.sig_not_dec",
        "FunctionalExtensionality.functional_extensionality_dep",
        "Classical_Prop.classic",
    )
)
#: what a file may not say: it would take something for granted, or reach out of the file
_FORBIDDEN = re.compile(
    r"(?<![\w'])(?:Axioms?|Parameters?|Conjectures?|Hypothes[ei]s|Variables?|Context|Admitted|Admit"
    r"|admit|give_up|bypass_check|(?:Guard|Positivity|Universe)\s+Checking|Type\s+In\s+Type|Primitive"
    r"(?!\s+Projections)|Register|Rewrite\s+Rules?|Symbols?|Declare\s+ML|Extraction|Redirect|Load|Cd"
    r"|Drop|Add\s+LoadPath)(?![\w'])"
)
_THEOREM = re.compile(r"^Theorem (\w+) : (\w+)\.$", re.MULTILINE)
_DEFINITION = re.compile(r"^Definition (\w+) : Prop :=", re.MULTILINE)
#: what ends so says that the statement of the name before it fails, or that it has no value
DENIAL, GAP = "_denial", "_gap"
_VERSION = re.compile(r"version (\d+(?:\.\d+)*)")
#: how Coq says that it had too little room
_SPENT = re.compile(r"Out of memory|Stack overflow|out of memory", re.IGNORECASE)
#: how it says that there are no axioms
_CLOSED = "Closed under the global context"
_LONGEST = 300
SECONDS = 120.0
#: what one file may take of memory, in megabytes: ten times what most do
MEMORY = 4_000
ROOT = "SA"
STATEMENTS = "Statements"


class CoqError(Exception):
    """Coq cannot be asked; the message says why, in one line."""


@dataclass(frozen=True)
class Opinion:
    """What Coq says of the theorems in one file, and the axioms that they rest on.

    `refused` where Coq does not accept a theorem, `spent` where time or memory was used up.
    """

    refused: bool
    spent: bool
    said: str
    axioms: tuple[str, ...] = ()

    @property
    def confirmed(self) -> bool:
        """Whether Coq accepts every theorem as stated, by the axioms that are allowed."""
        return not (self.refused or self.spent)


def version() -> str:
    """Return the version of Coq; raises CoqError where there is none."""
    if shutil.which("coqc") is None:
        raise CoqError(
            "there is no coqc: install Coq 8.16 (Debian: apt install coq libcoq-interval)"
        )
    done = subprocess.run(["coqc", "--version"], capture_output=True, text=True, check=False)
    found = _VERSION.search(done.stdout)
    if found is None:
        raise CoqError(f"coqc does not say its version: {_short(done.stdout + done.stderr)}")
    return found[1]


def listed(folder: Path) -> tuple[list[str], list[str]]:
    """Return the names of the files before the proofs, and of those with proofs, in their order.

    Raises CoqError for a folder that is not one of Coq files, or holds others than are listed.
    """
    try:
        lines = (folder / "_CoqProject").read_text("utf-8", "replace").splitlines()
    except OSError as error:
        raise CoqError(f"{folder}/_CoqProject: {error.strerror}; was this exported?") from None
    names = [line.removesuffix(".v") for line in lines if line.endswith(".v")]
    # what a check that was stopped has left is written anew
    found = {path.stem for path in folder.glob("*.v")} - {f"check_{name}" for name in names}
    unlisted = sorted(found ^ set(names))
    if STATEMENTS not in names or unlisted or len(set(names)) < len(names):
        raise CoqError(f"_CoqProject does not list the files here: {', '.join(unlisted)}")
    taken = sorted({axiom.split(".")[0] for axiom in AXIOMS} & set(names))
    if taken:
        raise CoqError(f"{taken[0]}.v has the name of a file of Coq's own")
    split = names.index(STATEMENTS) + 1
    return names[:split], names[split:]


def prepare(folder: Path, seconds: float = SECONDS) -> None:
    """Compile the library, then the statements; raises CoqError where one does not compile."""
    for name in listed(folder)[0]:
        problem = _forbidden(folder / f"{name}.v")
        if problem is None:
            failed = _compiled(folder, name, seconds)
            problem = None if failed is None else failed.said
        if problem is not None:
            raise CoqError(f"{name}.v: {problem}")


def opinion(folder: Path, name: str, seconds: float = SECONDS, megabytes: int = MEMORY) -> Opinion:
    """Return what Coq says of the theorems in a file, after `prepare`."""
    path = folder / f"{name}.v"
    problem = _forbidden(path)
    if problem is not None:
        return Opinion(True, False, problem)
    theorems = theorems_of(folder, name)
    if not theorems:
        return Opinion(True, False, "it holds no theorem")
    failed = _compiled(folder, name, seconds, megabytes)
    if failed is not None:
        return failed
    check = folder / f"check_{name}.v"
    # Require without Import: what the file names or writes in its own way has no meaning here
    lines = [f"Require {ROOT}.{name}.", f"Require {ROOT}.{STATEMENTS}."]
    for k, (theorem, statement) in enumerate(theorems):
        stated = f"{ROOT}.{STATEMENTS}.{statement}"
        lines.append(f"Definition checked{k} : {stated} := {ROOT}.{name}.{theorem}.")
    lines.append(
        f"Definition all := ({', '.join(f'checked{k}' for k in range(len(theorems)))}, O)."
    )
    lines.append("Print Assumptions all.")
    check.write_text("\n".join(lines) + "\n", encoding="utf-8")
    try:
        said = _run(folder, check.name, seconds, megabytes)
    finally:
        for made in folder.glob(f"*check_{name}.*"):
            made.unlink()
    if isinstance(said, Opinion):
        return said
    axioms = sorted(set(_assumed(said)))
    if not axioms and _CLOSED not in said:
        return Opinion(True, False, "Coq does not say what it rests on")
    beyond = [axiom for axiom in axioms if axiom not in AXIOMS]
    if beyond:
        return Opinion(True, False, f"it rests on {', '.join(beyond)}", tuple(axioms))
    return Opinion(False, False, "confirmed", tuple(axioms))


def theorems_of(folder: Path, name: str) -> list[tuple[str, str]]:
    """Return the theorems of a file, each with the name of what it states."""
    return _THEOREM.findall(_bare((folder / f"{name}.v").read_text("utf-8", "replace")))


def unproved(folder: Path) -> list[str]:
    """Return the statements that no theorem shows, denies, or leaves without a value."""
    stated = _DEFINITION.findall(_bare((folder / f"{STATEMENTS}.v").read_text("utf-8", "replace")))
    shown = {said for name in listed(folder)[1] for _, said in theorems_of(folder, name)}
    return [name for name in stated if not {name, name + DENIAL, name + GAP} & shown]


def _assumed(said: str) -> Iterator[str]:
    """Yield what theorems rest on, by what `Print Assumptions` prints: names begin their lines."""
    for line in said.splitlines():
        if line and not line[0].isspace() and line not in ("Axioms:", _CLOSED):
            yield line.split()[0]


def _forbidden(path: Path) -> str | None:
    found = _FORBIDDEN.search(_bare(path.read_text("utf-8", "replace")))
    return None if found is None else f"it says {' '.join(found[0].split())}"


def _bare(text: str) -> str:
    """Return a file without comments, which nest, and without strings."""
    kept: list[str] = []
    depth = 0
    for part in re.findall(r'"(?:[^"]|"")*"?|\(\*|\*\)|[^"(*]+|.', text, re.DOTALL):
        if part == "(*":
            depth += 1
        elif part == "*)" and depth:
            depth -= 1
        elif not depth and not part.startswith('"'):
            kept.append(part)
    return "".join(kept)


def _compiled(folder: Path, name: str, seconds: float, megabytes: int = MEMORY) -> Opinion | None:
    """Compile a file; return what went wrong, if anything did."""
    done = _run(folder, f"{name}.v", seconds, megabytes)
    return done if isinstance(done, Opinion) else None


def _run(folder: Path, file: str, seconds: float, megabytes: int) -> str | Opinion:
    """Return what Coq prints for a file, or that it was refused or took too much."""
    command = ["coqc", "-q", "-R", ".", ROOT, file]
    if shutil.which("sh") is not None:  # where there is none, nothing bounds the memory
        limit = f'ulimit -v {megabytes * 1_000} 2>/dev/null; exec "$@"'
        command = ["sh", "-c", limit, "sh", *command]
    try:
        done = subprocess.run(
            command, cwd=folder, capture_output=True, text=True, timeout=seconds, check=False
        )
    except subprocess.TimeoutExpired:
        return Opinion(False, True, f"it took more than {seconds:g} s")
    if done.returncode == 0:
        return done.stdout
    said = done.stdout + done.stderr
    # what ends by a signal was killed, for want of memory most likely
    if done.returncode < 0 or done.returncode > 128 or _SPENT.search(said):
        return Opinion(False, True, f"Coq was stopped: {_short(said) or 'killed'}")
    return Opinion(True, False, _short(said))


def _short(said: str) -> str:
    line = " ".join(said.split())
    return line if len(line) <= _LONGEST else line[:_LONGEST] + "..."


def main(arguments: Sequence[str] | None = None) -> int:
    """Check the folder of this script."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--jobs", type=int, default=2, help="files at the same time (2)")
    parser.add_argument("--seconds", type=float, default=SECONDS, help="for one file (120)")
    chosen = parser.parse_args(arguments)
    folder = Path(__file__).resolve().parent
    try:
        print(f"Coq {version()}")
        prepare(folder, chosen.seconds)
        names, left = listed(folder)[1], unproved(folder)
    except CoqError as error:
        print(f"check: {error}", file=sys.stderr)
        return 2
    failed = len(left)
    for name in left:
        print(f"{name}: refused: no theorem states it")
    with ThreadPoolExecutor(max(1, chosen.jobs)) as pool:
        for name, found in zip(
            names, pool.map(lambda name: opinion(folder, name, chosen.seconds), names), strict=True
        ):
            failed += not found.confirmed
            for theorem, _ in theorems_of(folder, name):
                print(
                    f"{theorem}: {'not confirmed: ' * found.spent}{'refused: ' * found.refused}"
                    f"{found.said}",
                    flush=True,
                )
    print(
        f"{len(names)} files, {failed} not confirmed; axioms allowed: {', '.join(sorted(AXIOMS))}"
    )
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
