"""`There is L: for every ..: A <= L B`: refuted where a scale or a length makes A outgrow L B."""

from __future__ import annotations

from fractions import Fraction

import pytest

from sparsity_audit.verdicts.prover_and_search import default_engines
from symbolic_proofs import claim
from symbolic_proofs.kernel.sequents import states_negation
from symbolic_proofs.proofs import no_constant

FALSE = {
    "the ratio is not Lipschitz near 0": "there is L > 0 such that for every W, V in R^4 with "
    "W != 0, V != 0: abs(||W||_1/||W||_2 - ||V||_1/||V||_2) <= L*(sum_{i=1..4} |w_i - v_i|)",
    "a square outgrows its root": "there is L > 0 such that for every W in R^4: "
    "||W||_2^2 <= L*||W||_1",
    "a root outgrows its square": "there is L > 0 such that for every W in R^3: "
    "||W||_1 <= L*||W||_2^2",
    "at a length that is free": "there is L > 0 such that for every W in R^N: "
    "||W||_2^2 <= L*||W||_1",
    "with more and more entries": "there is L > 0 such that for every N in {1, 2, ...}, W in R^N: "
    "||W||_1 <= L*||W||_2",
    "letters that are taken": "there is t > 0 such that for every m in {1, 2, ...}, W in R^m: "
    "||W||_1 <= t*||W||_2",
}
TRUE = {
    "L = 1": "there is L > 0 such that for every N in {1, 2, ...}, W in R^N: ||W||_2 <= L*||W||_1",
    "L = 2": "there is L > 0 such that for every W in R^4: ||W||_1 <= L*||W||_2",
    "of one degree": "there is L > 0 such that for every W in R^4: ||W||_2^2 <= L*||W||_1^2",
}


@pytest.mark.parametrize("name", FALSE)
def test_no_constant_is_large_enough(name: str) -> None:
    stated = claim(FALSE[name])
    sizes = {"N": Fraction(4)} if "length that is free" in name else {}
    found = no_constant(stated, sizes, {})
    assert found is not None
    if not sizes:
        assert states_negation(found.theorem, stated)


@pytest.mark.parametrize("name", TRUE)
def test_where_there_is_one_nothing_is_shown(name: str) -> None:
    assert no_constant(claim(TRUE[name]), {}, {}) is None


def test_a_free_length_is_chosen_so_that_vectors_differ_in_shape() -> None:
    stated = claim(
        FALSE["the ratio is not Lipschitz near 0"].replace("R^4", "R^N").replace("1..4", "1..N")
    )
    found = default_engines().disprove(stated, None)
    assert found is not None
    _, witness, fixed = found
    assert (witness.scalars, fixed) == ({"N": 4}, ("N",))
