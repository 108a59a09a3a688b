"""Evaluation of the measures, and the hunt for counterexamples."""

# It pins SymPy's ground types, and has to before anything here imports SymPy.
import symbolic_proofs  # noqa: F401
