"""Evaluation of the measures, and the hunt for counterexamples.

| name                         | what it is                                                 |
|------------------------------|------------------------------------------------------------|
| `pq_index(array, p, q)`      | the PQ index of a real array, to the last few bits         |
| `pq_ratio(array, p, q)`      | one minus it, to full relative accuracy                    |
| `search(claim, budget=, ..)` | the hunt: a `SearchResult`, with what was covered          |
| `SearchResult`               | witness and certificate, if there are any, and the counts  |
| `Witness`                    | exact values for the symbols of a claim                    |
| `Certificate`                | what shows that a witness refutes a claim                  |
| `certify(claim, witness)`    | make one, by exact arithmetic or balls                     |
| `check_certificate(...)`     | check one against the claim's own terms                    |
| `recheck(given, formula)`    | a formula on exact random instances: can refute it only    |

    >>> from numeric_check import check_certificate, search
    >>> from symbolic_proofs import find_claim
    >>> robin_hood = find_claim("criteria.robin-hood")
    >>> found = search(robin_hood, budget=20_000)
    >>> print(found.witness)
    R = [4], ε = 1, n = 1, p = 2, q = 3, u = 3, v = 0
    >>> check_certificate(robin_hood, found.witness, found.certificate)
"""

import sys
from importlib import import_module
from types import ModuleType
from typing import TYPE_CHECKING, Any

# It pins SymPy's ground types, and has to before anything here imports SymPy.
import symbolic_proofs  # noqa: F401

if TYPE_CHECKING:
    from .certify import Certificate, certify, check_certificate
    from .pq_index import pq_index, pq_ratio
    from .recheck import recheck
    from .search import SearchResult, search
    from .witness import Witness

__all__ = [
    "Certificate",
    "SearchResult",
    "Witness",
    "certify",
    "check_certificate",
    "pq_index",
    "pq_ratio",
    "recheck",
    "search",
]

_HOMES = {
    "Certificate": ".certify",
    "SearchResult": ".search",
    "Witness": ".witness",
    "certify": ".certify",
    "check_certificate": ".certify",
    "pq_index": ".pq_index",
    "pq_ratio": ".pq_index",
    "recheck": ".recheck",
    "search": ".search",
}


class _Package(ModuleType):
    """A package in which a public name is never the module of the same name.

    Importing `numeric_check.search` would bind the module to `search` here, where the function
    belongs. The module is still found by `from numeric_check.search import ...`.
    """

    def __setattr__(self, name: str, value: object) -> None:
        if not (name in _HOMES and isinstance(value, ModuleType)):
            super().__setattr__(name, value)


# NumPy, SymPy and FLINT take a second or two to import: a public name is fetched when asked for.
def __getattr__(name: str) -> Any:
    if name not in _HOMES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(_HOMES[name], __name__), name)


def __dir__() -> list[str]:
    return sorted({*globals(), *__all__})


sys.modules[__name__].__class__ = _Package
