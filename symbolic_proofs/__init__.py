"""What is claimed about a sparsity measure, and its proof.

| name                   | what it is                                                        |
|------------------------|-------------------------------------------------------------------|
| `CATALOGUE`            | every claim that is built in, in the paper's order                |
| `find_claim(id)`       | one of them                                                       |
| `claim("p < q => ..")` | a claim of your own, from a line of text                          |
| `claim(id, ..., then=)`| the same put together, in the words that follow                   |
| `Claim`                | what both return                                                  |
| `prove(claim)`         | its derivation, or None if none is known                          |
| `Derivation`           | the steps, each a theorem of the kernel; shows itself in Jupyter  |
| `Theorem`              | what only a rule of the kernel can make                           |
| `to_data(derivation)`  | a derivation as JSON data                                         |
| `from_data(data)`      | the derivation from such data, made again by the kernel           |
| `MEASURES`, `find_measure(name)`, `Measure` | the measures that are built in, and what they are |
| `criteria_of(measure)` | the six criteria of a measure, as claims                          |

The words of the language are here too, so that a claim needs one line of imports:

| words                                                     | what they make                |
|-----------------------------------------------------------|-------------------------------|
| `real`, `nonnegative`, `positive`, `size`, `count`, `vector` | symbols of each kind          |
| `concat`, `repeat`, `copies`, `zeros`, `single`, `entry`, `length` | vectors, and of vectors |
| `PowerSum`, `Norm`, `NonzeroCount`, `PQIndex`, `Total`, `Least`, `Greatest`, .. | terms      |
| `equal`, `unequal`, `NonZero`, `Constant`, `Every`, `ForAll`, `Exists`, `And`, .. | formulas |
| `read`, `ReadError`, `to_statement`, `to_text`, `to_latex`, `conditions` | from and to text |
| `to_wire`, `from_wire`                                      | and from and to JSON data     |

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
    from .claims.criteria_of import criteria_of
    from .derivations.derivation import Derivation
    from .derivations.replay import from_data, to_data
    from .kernel import Theorem
    from .language import (
        Abs,
        And,
        Ceiling,
        Constant,
        CountAtMost,
        Every,
        Exists,
        Exp,
        ForAll,
        Formula,
        Greatest,
        Iff,
        Implies,
        LanguageError,
        Least,
        Log,
        NonZero,
        NonzeroCount,
        NonzeroTotal,
        Norm,
        Not,
        PowerSum,
        PQIndex,
        Relation,
        SameVector,
        SameZeros,
        ShortestWindow,
        Some,
        Sorted,
        Steps,
        Tanh,
        Total,
        Vector,
        WireError,
        concat,
        copies,
        count,
        definition,
        entry,
        equal,
        free_variables,
        from_wire,
        greatest_entry,
        least_entry,
        length,
        negation,
        nonnegative,
        normal,
        over_entries,
        over_nonzero_entries,
        over_sorted_entries,
        positive,
        real,
        repeat,
        single,
        size,
        to_wire,
        unequal,
        vector,
        zeros,
    )
    from .language.claim import Claim
    from .measures import MEASURES, Measure, find_measure
    from .notation.api import conditions, to_latex, to_statement, to_text
    from .notation.reading import ReadError, read
    from .notation.reading.stating import claim
    from .proofs import prove

__all__ = [
    "CATALOGUE",
    "MEASURES",
    "Abs",
    "And",
    "Ceiling",
    "Claim",
    "Constant",
    "CountAtMost",
    "Derivation",
    "Every",
    "Exists",
    "Exp",
    "ForAll",
    "Formula",
    "Greatest",
    "Iff",
    "Implies",
    "LanguageError",
    "Least",
    "Log",
    "Measure",
    "NonZero",
    "NonzeroCount",
    "NonzeroTotal",
    "Norm",
    "Not",
    "PQIndex",
    "PowerSum",
    "ReadError",
    "Relation",
    "SameVector",
    "SameZeros",
    "ShortestWindow",
    "Some",
    "Sorted",
    "Steps",
    "Tanh",
    "Theorem",
    "Total",
    "Vector",
    "WireError",
    "claim",
    "concat",
    "conditions",
    "copies",
    "count",
    "criteria_of",
    "definition",
    "entry",
    "equal",
    "find_claim",
    "find_measure",
    "free_variables",
    "from_data",
    "from_wire",
    "greatest_entry",
    "least_entry",
    "length",
    "negation",
    "nonnegative",
    "normal",
    "over_entries",
    "over_nonzero_entries",
    "over_sorted_entries",
    "positive",
    "prove",
    "read",
    "real",
    "repeat",
    "single",
    "size",
    "to_data",
    "to_latex",
    "to_statement",
    "to_text",
    "to_wire",
    "unequal",
    "vector",
    "zeros",
]

#: name -> its module; every other name is a word of the language
_HOMES = {
    "CATALOGUE": ".claims.catalogue",
    "Claim": ".language.claim",
    "Derivation": ".derivations.derivation",
    "MEASURES": ".measures",
    "Measure": ".measures",
    "Theorem": ".kernel",
    "ReadError": ".notation.reading",
    "claim": ".notation.reading.stating",
    "conditions": ".notation.api",
    "criteria_of": ".claims.criteria_of",
    "find_claim": ".claims.catalogue",
    "find_measure": ".measures",
    "from_data": ".derivations.replay",
    "prove": ".proofs",
    "read": ".notation.reading",
    "to_data": ".derivations.replay",
    "to_latex": ".notation.api",
    "to_statement": ".notation.api",
    "to_text": ".notation.api",
}


# SymPy takes more than a second to import: a public name is fetched when it is first asked for.
def __getattr__(name: str) -> Any:
    if name not in __all__:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(_HOMES.get(name, ".language"), __name__), name)


def __dir__() -> list[str]:
    return sorted({*globals(), *__all__})
