"""From a line of text to a formula of the language.

    >>> from symbolic_proofs.notation.reading import read
    >>> read("p < q, W != 0 => I([W, 0*m]) > I(W)")
    p < q, W ≠ 0 ⇒ I([W, 0 × m]) > I(W)

Nothing is evaluated: a fixed grammar, then one method for each of its rules that builds terms. What
cannot be read is a ReadError, which knows the place and says what to write.
"""

from .errors import ReadError
from .statements import read

__all__ = ["ReadError", "read"]
