"""What is claimed about a sparsity measure, and its proof.

| name                   | what it is                                                        |
|------------------------|-------------------------------------------------------------------|
| `CATALOGUE`            | every claim that is built in, in the paper's order                |
| `find_claim(id)`       | one of them                                                       |
| `claim(id, ..., then=)`| state a claim of your own, in the words of `symbolic_proofs.language` |
| `Claim`                | what both return                                                  |
| `prove(claim)`         | its derivation, or None if none is known                          |
| `Derivation`           | the steps, each a theorem of the kernel; shows itself in Jupyter  |
| `Theorem`              | what only a rule of the kernel can make                           |
| `to_data(derivation)`  | a derivation as JSON data                                         |
| `from_data(data)`      | the derivation from such data, made again by the kernel           |

    >>> from symbolic_proofs import find_claim, prove
    >>> print(prove(find_claim("scaling.norm")).theorem.conclusion)
    ‖αW‖_r = α·‖W‖_r
"""

import os
from importlib import import_module
from typing import TYPE_CHECKING, Any

# python-flint, once installed, would become SymPy's ground types, with which some sums over
# entries fail.
os.environ.setdefault("SYMPY_GROUND_TYPES", "python")

if TYPE_CHECKING:
    from .claims.catalogue import CATALOGUE, find_claim
    from .kernel import Theorem
    from .language.claim import Claim, claim
    from .proofs import Derivation, from_data, prove, to_data

__all__ = [
    "CATALOGUE",
    "Claim",
    "Derivation",
    "Theorem",
    "claim",
    "find_claim",
    "from_data",
    "prove",
    "to_data",
]

_HOMES = {
    "CATALOGUE": ".claims.catalogue",
    "Claim": ".language.claim",
    "Derivation": ".proofs",
    "Theorem": ".kernel",
    "claim": ".language.claim",
    "find_claim": ".claims.catalogue",
    "from_data": ".proofs",
    "prove": ".proofs",
    "to_data": ".proofs",
}


# SymPy takes more than a second to import: a public name is fetched when it is first asked for.
def __getattr__(name: str) -> Any:
    if name not in _HOMES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(_HOMES[name], __name__), name)


def __dir__() -> list[str]:
    return sorted({*globals(), *__all__})
