"""Evaluation of the measures, and the hunt for counterexamples."""
