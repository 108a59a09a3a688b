"""The language of claims: vectors as tuples of blocks, terms over them, and formulas."""
