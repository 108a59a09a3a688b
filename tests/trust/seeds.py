"""The seed of a test run: a new one each time, or that of SPARSITY_AUDIT_SEED."""

from __future__ import annotations

import os
from random import SystemRandom

SEED = int(os.environ.get("SPARSITY_AUDIT_SEED") or SystemRandom().randrange(10**6))


def seed() -> int:
    """Return the seed, and print it."""
    print(f"SPARSITY_AUDIT_SEED={SEED}")
    return SEED
