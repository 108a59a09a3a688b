"""Rules that find a proof by the shape of a statement."""
