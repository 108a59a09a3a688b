"""The values of terms `Applied(name, V)`, as those who know the functions say them."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from .errors import Undecided
from .numbers.arithmetic import Arithmetic, Number

#: from the blocks of a vector, (value, multiplicity) in order, to a number of the same arithmetic
Valuer = Callable[[Sequence[tuple[Number, int]], Arithmetic], Number]

_VALUERS: dict[str, Valuer] = {}


def let_mean(name: str, valuer: Valuer) -> None:
    """Let terms `Applied(name, V)` have the values that `valuer` gives."""
    _VALUERS[name] = valuer


def value_of(name: str, blocks: Sequence[tuple[Number, int]], arithmetic: Arithmetic) -> Number:
    """Return the value at a vector; raises what the valuer raises, Undecided if there is none."""
    if name not in _VALUERS:
        raise Undecided(f"there is no function {name}; name the file that defines it")
    return _VALUERS[name](blocks, arithmetic)
