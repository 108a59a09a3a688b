"""From the terms and formulas of a claim to the instructions of a program."""
