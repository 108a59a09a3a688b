"""Proofs as files of the proof assistant Coq: a third opinion."""
