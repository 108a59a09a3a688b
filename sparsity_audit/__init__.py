"""The front door: verdicts, the command line, and what people read.

| name                    | what it is                                                       |
|-------------------------|------------------------------------------------------------------|
| `settle_claim(claim)`   | one claim, or the id of one, through both engines: its verdict   |
| `settle_claims(claims)` | several, all of the paper's if none are named: a `VerdictTable`  |
| `Verdict`               | `Proved`, `Established`, `Refuted`, `Disproved`, `Undefined`,    |
|                         | `MissingPremise` or `Open`                                       |
| `VerdictTable`          | a tuple of verdicts that shows itself as a table                 |
| `write_appendix`        | verdicts as a LaTeX appendix, in a folder                        |
| `write_report`          | verdicts as one HTML page that needs no network                  |

    >>> from sparsity_audit import settle_claim
    >>> settle_claim("scaling.invariance", budget=1000).name
    'proved'
"""

from importlib import import_module
from typing import TYPE_CHECKING, Any

__version__ = "0.1.0"

if TYPE_CHECKING:
    from .appendix.api import write_appendix
    from .report.api import write_report
    from .verdicts.api import VerdictTable, settle_claim, settle_claims
    from .verdicts.verdict import (
        Disproved,
        Established,
        MissingPremise,
        Open,
        Proved,
        Refuted,
        Undefined,
        Verdict,
    )

__all__ = [
    "Disproved",
    "Established",
    "MissingPremise",
    "Open",
    "Proved",
    "Refuted",
    "Undefined",
    "Verdict",
    "VerdictTable",
    "settle_claim",
    "settle_claims",
    "write_appendix",
    "write_report",
]

_HOMES = {
    "Disproved": ".verdicts.verdict",
    "Established": ".verdicts.verdict",
    "MissingPremise": ".verdicts.verdict",
    "Open": ".verdicts.verdict",
    "Proved": ".verdicts.verdict",
    "Refuted": ".verdicts.verdict",
    "Undefined": ".verdicts.verdict",
    "Verdict": ".verdicts.verdict",
    "VerdictTable": ".verdicts.api",
    "settle_claim": ".verdicts.api",
    "settle_claims": ".verdicts.api",
    "write_appendix": ".appendix.api",
    "write_report": ".report.api",
}


# The command line imports this first and must start fast: a name is fetched when asked for.
def __getattr__(name: str) -> Any:
    if name not in _HOMES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(_HOMES[name], __name__), name)


def __dir__() -> list[str]:
    return sorted({*globals(), *__all__})
