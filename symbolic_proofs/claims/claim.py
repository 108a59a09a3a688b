"""Where `claim` was in version 0.1.0, for files that were written for it; it goes with 0.3.0."""

import warnings

from ..language.claim import Claim, claim

__all__ = ["Claim", "claim"]

warnings.warn(
    "symbolic_proofs.claims.claim has moved: write `from symbolic_proofs import claim`",
    FutureWarning,
    stacklevel=2,
)
