"""The results of the paper, one module each."""
