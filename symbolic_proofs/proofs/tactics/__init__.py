"""What proofs are made with: combining, unfolding, lifting, lemmas on powers."""
