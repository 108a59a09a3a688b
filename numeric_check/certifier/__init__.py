"""Trusted: the exact value of a term at a witness, and what it certifies."""
