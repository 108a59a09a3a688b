"""What a count stands for has a proof in Coq, as sums have."""

from symbolic_proofs import claim
from symbolic_proofs.coq import files
from symbolic_proofs.proofs import prove


def test_a_proof_that_opens_a_count_of_nonzero_entries_is_translated() -> None:
    stated = claim("S_1(W) <= ||W||_0^(1/2)*||W||_2")
    derivation = prove(stated)
    assert derivation is not None
    made = files.holds(stated, derivation.theorem)
    assert "nzcount" in made.statements
    assert not made.left_out
