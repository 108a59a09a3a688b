"""What terms, vectors and formulas are made of: the language's own classes, and no others."""

from __future__ import annotations

from math import gcd

import sympy as sp
from sympy.core.symbol import Str

from .formulas import Relation
from .names import LanguageError
from .operations import Variable
from .serialization import NODES
from .sums import Applied
from .vectors import VectorSymbol

#: the heads: whatever can be written to a file
HEADS = frozenset({*NODES, VectorSymbol, Relation, Applied})
#: SymPy has a class of its own for each of the numbers 0, 1, -1 and 1/2
_NUMBERS = frozenset(map(type, map(sp.Rational, ("-1", "0", "1", "2", "1/2", "1/3"))))


def check_types(node: sp.Basic) -> None:
    """Refuse a part whose type is not exactly one of the language's, a name or a number.

    A subclass may say that it equals what it does not, and say otherwise later. So this is asked of
    the part itself, each time; what keeps its answers keeps them for whatever equals the part.
    """
    waiting, seen = [node], set()
    while waiting:
        part = waiting.pop()
        # terms share their parts: each is looked at once
        if id(part) in seen:
            continue
        seen.add(id(part))
        made = type(part)
        if made is Str or made is Variable:
            if type(part.name) is not str:
                raise LanguageError(f"a name is a text, no {type(part.name).__name__}")
        elif made in _NUMBERS:
            if gcd(int(part.p), int(part.q)) != 1:
                raise LanguageError(f"{int(part.p)}/{int(part.q)} is not in lowest terms")
        elif made in HEADS:
            waiting.extend(part.args)
        else:
            raise LanguageError(f"{made.__name__} is outside of the language")
