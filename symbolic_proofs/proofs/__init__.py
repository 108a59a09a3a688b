"""The proofs of the claims: one module a result, each a list of steps that the kernel has made."""

from ..derivations.derivation import Derivation, Step
from ..derivations.replay import ReplayError, from_data, to_data
from .prover import disprove, prove
from .refutations.at_a_witness import fails_for_every, undefined
from .refutations.bill_gates import never_raises

__all__ = [
    "Derivation",
    "ReplayError",
    "Step",
    "disprove",
    "fails_for_every",
    "from_data",
    "never_raises",
    "prove",
    "to_data",
    "undefined",
]
