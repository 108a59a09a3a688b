"""The search for counterexamples and examples; what it finds, the certifier decides."""
