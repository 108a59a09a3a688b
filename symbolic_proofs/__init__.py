"""What is claimed about a sparsity measure, and its proof."""

import os

# python-flint, once installed, would become SymPy's ground types, with which some sums over
# entries fail.
os.environ.setdefault("SYMPY_GROUND_TYPES", "python")
