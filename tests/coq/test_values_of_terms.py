"""That the terms of a claim have values, where the kernel does not see it by itself."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from symbolic_proofs.claims.criteria_of import criteria_of
from symbolic_proofs.coq import checking
from symbolic_proofs.coq.files import Exported, contents, holds
from symbolic_proofs.kernel import Theorem
from symbolic_proofs.language.claim import Claim
from symbolic_proofs.measures import find_measure
from symbolic_proofs.proofs import prove

NEEDS_COQ = pytest.mark.skipif(shutil.which("coqc") is None, reason="Coq is not installed")
#: the divisor N^(1/2) - 1, and the root of N S_2/S_1^2 - 1 at W, at [W, 0] and at copies
CLAIMS = {"hoyer": ["scaling"], "coefficient-of-variation": ["scaling", "babies", "cloning"]}

#: max - min at a multiple and at copies, what is said of [u, v, R] for entries of R
BY_STEPS = {"u-theta": ["scaling", "cloning"], "h-g": ["robin-hood"]}


def found(claim: Claim) -> Theorem | None:
    derivation = prove(claim)
    return None if derivation is None else derivation.theorem


def exported(claim: Claim) -> tuple[Exported, Exported]:
    """Return what is written of a claim without a prover for its values, and with one."""
    theorem = found(claim)
    assert theorem is not None
    return holds(claim, theorem), holds(claim, theorem, prover=found)


def criteria(asked: dict[str, list[str]]) -> list[Claim]:
    return [
        claim
        for name, wanted in asked.items()
        for claim in criteria_of(find_measure(name))
        if claim.id.removeprefix(f"{name}.") in wanted
    ]


def confirm(made: list[Exported], folder: Path) -> None:
    for name, text in contents(made).items():
        (folder / name).write_text(text, encoding="utf-8")
    checking.prepare(folder, 600)
    for one in made:
        assert checking.opinion(folder, one.name, 600).confirmed, one.name


@NEEDS_COQ
def test_what_the_kernel_does_not_see_the_prover_shows(tmp_path: Path) -> None:
    made = []
    for claim in criteria(CLAIMS):
        without, whole = exported(claim)
        assert without.left_out, claim.id
        assert not whole.left_out, claim.id
        made.append(whole)
    assert len(made) == sum(map(len, CLAIMS.values()))
    confirm(made, tmp_path)


@NEEDS_COQ
def test_what_a_step_of_the_proof_says_no_prover_is_asked(tmp_path: Path) -> None:
    made = [exported(claim)[0] for claim in criteria(BY_STEPS)]
    assert len(made) == sum(map(len, BY_STEPS.values()))
    assert not any(one.left_out for one in made)
    confirm(made, tmp_path)
