"""Symbols whose sign makes no difference to a program: a value and its negative fare alike."""

from __future__ import annotations

from collections.abc import Sequence

from ..program import Instruction

#: operations whose value is turned around with their first argument, or stays as it is
_ODD = frozenset({"live", "lift"})
#: the same with each of their arguments
_PRODUCTS = frozenset({"multiply", "divide"})
#: operations that see the size of their first arguments alone, and how many of them
_EVEN = {"sizes": 1, "nonzero": 1, "log": 1, "least_live": 1, "same_zeros": 2}


def is_signless(code: Sequence[Instruction], op: str, name: str) -> bool:
    """Tell whether all that is read of a symbol, loaded by `op` and its name, is its size."""
    turned: list[bool] = []
    for word, arguments, literal in code:
        odd = [turned[argument] for argument in arguments]
        seen = _EVEN.get(word, int(word == "function" and literal == "abs"))
        if word == "linear" and len(odd) == 1 and not literal[0]:
            seen = 0
        elif word in _PRODUCTS:
            odd = [odd[0] != odd[1]]
        elif any(odd[1 if word in _ODD else seen :]):
            return False
        turned.append((word, literal) == (op, name) or (any(odd[:1]) and not seen))
    return True
