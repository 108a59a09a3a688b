"""The proofs that tests share, and what they ask of each claim that is to be proved."""

from functools import cache

from numeric_check import recheck
from symbolic_proofs import from_data, prove, to_data
from symbolic_proofs.derivations.derivation import Derivation
from symbolic_proofs.kernel.sequents import states
from symbolic_proofs.language.claim import Claim


@cache
def proof(stated: Claim) -> Derivation | None:
    """Return what `prove` does; the whole catalogue takes a quarter of a minute."""
    return prove(stated)


def assert_proved(stated: Claim) -> None:
    """Assert that a claim is proved, replays from its data, and that each step holds at points."""
    derivation = prove(stated)
    assert derivation is not None
    assert states(derivation.theorem, stated)
    assert states(from_data(to_data(derivation)).theorem, stated)
    for step in derivation.steps:
        assert recheck(step.theorem.hypotheses, step.formula, trials=5).violation is None
