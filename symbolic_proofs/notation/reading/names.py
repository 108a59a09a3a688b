"""What the names in a statement mean: what is declared or bound, else what the letter says."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import Any

import sympy as sp

from ...language.names import GREEK
from ...language.operations import Variable
from ...language.vectors import VectorSymbol

#: a Greek letter, or another form of one -> its word
WORDS = {letter: word for word, letter in GREEK.items()}
WORDS |= {"ϵ": "epsilon", "ϑ": "theta", "ϕ": "phi"}


@dataclass(frozen=True, slots=True)
class Family:
    """VectorReader W_1, W_2, .. of one length, with one index or more."""

    name: str
    length: sp.Expr
    sign: str
    arity: int = 1

    def member(self, *indices: sp.Expr) -> VectorSymbol:
        """Return the member with these indices."""
        return VectorSymbol(self.name, self.length, self.sign, *indices)


@dataclass(frozen=True, slots=True)
class Function:
    """A function of a vector of which nothing is known but its name."""

    name: str


@dataclass
class Names:
    """Names and what they mean; what a quantifier or an index binds is known inside alone."""

    known: dict[str, Any] = field(default_factory=dict)
    #: vectors that are read by their letter alone -> the place
    by_letter: dict[str, int] = field(default_factory=dict)
    #: capitals that stand in [W_1, ..., W_T]
    dotted: set[str] = field(default_factory=set)
    #: w_1 read as a name -> what W would be, the place and its end
    numbered: dict[str, tuple[str, int, int]] = field(default_factory=dict)
    #: what stands for a number or a vector by `let`
    constants: dict[str, sp.Basic] = field(default_factory=dict)
    #: what quantifiers around the place bind
    quantified: tuple[sp.Basic, ...] = ()
    #: how many placeholders there have been; one list for all that share a statement
    placed: list[str] = field(default_factory=list)
    #: the definitions that have been written out; shared as well
    expanded: list[str] = field(default_factory=list)

    def inner(self, **bound: Any) -> Names:
        """Return these names with others bound."""
        return replace(self, known={**self.known, **bound})

    def placeholder(self, kind: str) -> Variable:
        """Return a symbol that stands for what a binder will bind, different from all others."""
        self.placed.append(kind)
        return Variable(f"_read{len(self.placed)}", kind)


def canonical(token: object) -> str:
    """Return the name that is meant: a Greek letter in front by its word."""
    text = str(token)
    return WORDS.get(text[:1], text[:1]) + text[1:]
