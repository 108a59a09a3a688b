"""Proofs that a claim fails: at a witness, for every value, without a limit."""
