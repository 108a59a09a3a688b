"""The proofs of the claims: one module a result, each a list of steps that the kernel has made."""

from .catalogue import disprove, prove
from .derivation import Derivation, Step
from .never_raises import never_raises
from .refutations import fails_for_every, undefined
from .replay import ReplayError, from_data, to_data

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
