"""That the terms of a claim have values, where the kernel does not see it by itself."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from symbolic_proofs import kernel as K
from symbolic_proofs.claims.criteria_of import criteria_of
from symbolic_proofs.coq import checking
from symbolic_proofs.coq.files import Exported, contents, holds
from symbolic_proofs.kernel import Theorem
from symbolic_proofs.language.claim import Claim
from symbolic_proofs.measures import find_measure
from symbolic_proofs.notation.reading.stating import claim as stated
from symbolic_proofs.proofs import prove

NEEDS_COQ = pytest.mark.skipif(shutil.which("coqc") is None, reason="Coq is not installed")
#: what is assumed and no more, so that no step says that N S_2/S_1^2 >= 1, or (n + 2)^(1/2) != 1
ASSUMED = (
    "W != 0, sqrt(N*S_2(W)/S_1(W)^2 - 1) <= 2 => sqrt(N*S_2(W)/S_1(W)^2 - 1) <= 2",
    "for x in R, n in {1, 2, ...}: x/(sqrt(n + 2) - 1) <= x => x/(sqrt(n + 2) - 1) <= x",
)
#: max - min at a multiple and at copies, what is said of [u, v, R] for entries of R, the divisor
#: N^(1/2) - 1, and the root of N S_2/S_1^2 - 1 at W, at [W, 0] and at copies
BY_STEPS = {
    "u-theta": ["scaling", "cloning"],
    "h-g": ["robin-hood"],
    "hoyer": ["scaling"],
    "coefficient-of-variation": ["scaling", "babies", "cloning"],
}
#: that a vector is not 0, that every entry is above 0, that p < r
OF_VECTORS = (
    "p < q, W != 0 => 1 - I([x^2 : x in W]) = (1 - I_{2*p,2*q}(W))^2",
    "W >= 0, S_1(W) = 1, 1 < q => S_q(W)^(1/(1 - q)) >= 1",
    "for a, b > 0: a <= w_i <= b for every i = 1..N"
    " => S_1(W)*sum_{x in W} 1/x <= N^2*(a + b)^2/(4*a*b)",
    "p < q, q < r => "
    "||W||_q <= ||W||_p^((1/q - 1/r)/(1/p - 1/r))*||W||_r^((1/p - 1/q)/(1/p - 1/r))",
)


def found(claim: Claim) -> Theorem | None:
    derivation = prove(claim)
    return None if derivation is None else derivation.theorem


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
    for claim in map(stated, ASSUMED):
        theorem = K.weaken(K.assume(claim.conclusion), claim.given)
        assert holds(claim, theorem).left_out, claim.statement
        made.append(holds(claim, theorem, prover=found))
    assert not any(one.left_out for one in made)
    confirm(made, tmp_path)


@NEEDS_COQ
def test_what_a_step_of_the_proof_says_no_prover_is_asked(tmp_path: Path) -> None:
    claims = [*criteria(BY_STEPS), *map(stated, OF_VECTORS)]
    made = []
    for claim in claims:
        theorem = found(claim)
        assert theorem is not None, claim.statement
        made.append(holds(claim, theorem))
    assert len(made) == sum(map(len, BY_STEPS.values())) + len(OF_VECTORS)
    assert not any(one.left_out for one in made)
    confirm(made, tmp_path)
