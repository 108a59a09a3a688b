"""A claim as a program over batches of block vectors, and its evaluation in floats."""
