"""That the terms of a claim have values, where the prover has to be asked for it."""

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


def found(claim: Claim) -> Theorem | None:
    derivation = prove(claim)
    return None if derivation is None else derivation.theorem


def exported(claim: Claim) -> tuple[Exported, Exported]:
    """Return what is written of a claim without a prover for its values, and with one."""
    theorem = found(claim)
    assert theorem is not None
    return holds(claim, theorem), holds(claim, theorem, prover=found)


@NEEDS_COQ
def test_what_the_kernel_does_not_see_the_prover_shows(tmp_path: Path) -> None:
    made = []
    for name, criteria in CLAIMS.items():
        for claim in criteria_of(find_measure(name)):
            if claim.id.removeprefix(f"{name}.") in criteria:
                without, whole = exported(claim)
                assert without.left_out, claim.id
                assert not whole.left_out, claim.id
                made.append(whole)
    assert len(made) == sum(map(len, CLAIMS.values()))
    for name, text in contents(made).items():
        (tmp_path / name).write_text(text, encoding="utf-8")
    checking.prepare(tmp_path, 600)
    for one in made:
        assert checking.opinion(tmp_path, one.name, 600).confirmed, one.name
