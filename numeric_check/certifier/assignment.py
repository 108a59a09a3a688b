"""The values that a witness gives to the symbols of formulas, each of its symbol's kind."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from fractions import Fraction
from functools import lru_cache
from typing import Protocol

import sympy as sp

from symbolic_proofs.language.formulas import Exists, ForAll, Formula, free_variables
from symbolic_proofs.language.symbols import kind_of
from symbolic_proofs.language.vectors import VectorSymbol

from .errors import UnfitWitnessError
from .witness import Blocks, Witness, total_length


class Stated(Protocol):
    """What is read of a claim: what it assumes, what it concludes, and the id it goes by."""

    @property
    def id(self) -> str: ...
    @property
    def given(self) -> tuple[Formula, ...]: ...
    @property
    def conclusion(self) -> Formula: ...


@dataclass(frozen=True)
class Assignment:
    """The values of the symbols of some formulas.

    `defined` gives scalars by a term in the other symbols, for values that need not be rational.
    """

    scalars: Mapping[str, Fraction]
    vectors: Mapping[str, Blocks]
    families: Mapping[str, tuple[Blocks, ...]]
    defined: Mapping[str, sp.Expr] = field(default_factory=dict)

    def knows(self, variable: sp.Basic) -> bool:
        """Tell whether the symbol has a value."""
        if isinstance(variable, VectorSymbol):
            return variable.name in self.vectors or variable.name in self.families
        return variable.name in self.scalars or variable.name in self.defined


def assign(
    formulas: Iterable[sp.Basic],
    witness: Witness,
    defined: Mapping[str, sp.Expr] | None = None,
    *,
    strict: bool = False,
) -> Assignment:
    """Return the values of the symbols of formulas (or terms), each of the symbol's kind.

    A length that is a lone symbol is taken from its vector when the witness does not give it.
    Raises UnfitWitnessError when a free symbol has no value or one of the wrong kind, or `strict`
    and the witness names what is not a symbol of the formulas.
    """
    free, both = variables_of(tuple(formulas))
    scalars = dict(witness.scalars)
    for v in both:
        if isinstance(v, VectorSymbol) and isinstance(v.args[1], sp.Symbol):
            for vector in (witness.vectors.get(v.name), *witness.families.get(v.name, ())[:1]):
                if vector is not None:
                    scalars.setdefault(v.args[1].name, Fraction(total_length(vector)))
    values = Assignment(scalars, witness.vectors, witness.families, defined or {})
    for v in free:
        if not values.knows(v):
            raise UnfitWitnessError(f"the witness gives no value for {name_of(v)}")
    if strict:
        names = {name_of(v) for v in both} | {
            s.name for v in both if isinstance(v, VectorSymbol) for s in v.free_symbols
        }
        for name in (*witness.scalars, *witness.vectors, *witness.families):
            if name not in names:
                raise UnfitWitnessError(f"the claim has no symbol {name}")
    for v in both:
        _check_kind(v, values)
    return values


@lru_cache(maxsize=256)
def variables_of(formulas: tuple[sp.Basic, ...]) -> tuple[tuple[sp.Basic, ...], ...]:
    """Return the free symbols of formulas, by name, and these with the quantified ones."""
    free = sorted(set().union(*map(free_variables, formulas)), key=str)
    bound = {
        v
        for formula in formulas
        for node in sp.preorder_traversal(formula)
        if isinstance(node, ForAll | Exists)
        for v in node.variables
    }
    return tuple(free), tuple(dict.fromkeys([*free, *sorted(bound, key=str)]))


def name_of(variable: sp.Basic) -> str:
    """Return the name of a scalar or vector symbol."""
    return str(variable.name)


def _check_kind(variable: sp.Basic, values: Assignment) -> None:
    """Raise UnfitWitnessError unless the value of the symbol, if any, is of its kind."""
    name = name_of(variable)
    if isinstance(variable, VectorSymbol):
        if str(variable.args[2]) == "nonnegative":
            for vector in (values.vectors.get(name, ()), *values.families.get(name, ())):
                if any(value < 0 for value, _ in vector):
                    raise UnfitWitnessError(f"{name} has an entry below 0")
        return
    if name not in values.scalars:
        if name in values.vectors or name in values.families:
            raise UnfitWitnessError(f"{name} is a number, not a vector")
        return
    value, kind = values.scalars[name], kind_of(variable)
    if not is_of_kind(value, kind):
        raise UnfitWitnessError(f"{name} = {value} is not of its kind, {kind}")


def is_of_kind(value: Fraction, kind: str) -> bool:
    """Tell whether a number is one of those for which a symbol of this kind stands."""
    fits = {
        "real": True,
        "nonnegative": value >= 0,
        "positive": value > 0,
        "size": value >= 0 and value.denominator == 1,
        "count": value >= 1 and value.denominator == 1,
    }
    return fits[kind]
