"""The proofs of the claims: one module a result, each a list of steps that the kernel has made."""

from .lemmas import Lemma, prove_with
from .prover import disprove, prove
from .refutations.at_a_witness import fails_for_every, undefined
from .refutations.bill_gates import never_raises
from .refutations.no_constant import no_constant

__all__ = [
    "Lemma",
    "disprove",
    "fails_for_every",
    "never_raises",
    "no_constant",
    "prove",
    "prove_with",
    "undefined",
]
