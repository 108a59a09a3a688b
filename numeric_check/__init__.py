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
| `NotACounterexample`         | raised by `certify` for a witness that refutes nothing     |
| `Undecided`                  | raised by `certify` where balls do not tell                |
| `check_certificate(...)`     | check one against the claim's own terms                    |
| `map_region(claim, ..)`      | where a claim falls, over exponents p and q                |
| `first_n(claim, p, q, ..)`   | the first length at which a claim falls                    |
| `recheck(given, formula)`    | a formula on exact random instances: can refute it only    |

    >>> from numeric_check import check_certificate, search
    >>> from symbolic_proofs import find_claim
    >>> robin_hood = find_claim("criteria.robin-hood")
    >>> found = search(robin_hood, budget=20_000)
    >>> print(found.witness)
    R = [4], ε = 1, n = 1, p = 2, q = 3, u = 3, v = 0
    >>> check_certificate(robin_hood, found.witness, found.certificate)
"""

from importlib import import_module
from typing import TYPE_CHECKING, Any

# It pins SymPy's ground types, and has to before anything here imports SymPy.
import symbolic_proofs  # noqa: F401

if TYPE_CHECKING:
    from .arrays.pq_index import pq_index, pq_ratio
    from .certifier.certify import (
        Certificate,
        NotACounterexample,
        Undecided,
        certify,
        check_certificate,
    )
    from .certifier.witness import Witness
    from .hunt.exponent_map import first_n, map_region
    from .hunt.search import SearchResult, search
    from .spot_check.recheck import recheck

__all__ = [
    "Certificate",
    "NotACounterexample",
    "SearchResult",
    "Undecided",
    "Witness",
    "certify",
    "check_certificate",
    "first_n",
    "map_region",
    "pq_index",
    "pq_ratio",
    "recheck",
    "search",
]

_HOMES = {
    "Certificate": ".certifier.certify",
    "NotACounterexample": ".certifier.errors",
    "SearchResult": ".hunt.search",
    "Undecided": ".certifier.errors",
    "Witness": ".certifier.witness",
    "certify": ".certifier.certify",
    "check_certificate": ".certifier.certify",
    "pq_index": ".arrays.pq_index",
    "pq_ratio": ".arrays.pq_index",
    "recheck": ".spot_check.recheck",
    "search": ".hunt.search",
    "first_n": ".hunt.exponent_map",
    "map_region": ".hunt.exponent_map",
}


# NumPy, SymPy and FLINT take a second or two to import: a public name is fetched when asked for.
def __getattr__(name: str) -> Any:
    if name not in _HOMES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(_HOMES[name], __name__), name)


def __dir__() -> list[str]:
    return sorted({*globals(), *__all__})
