"""Formulas and sequents as Coq's propositions.

A sequent is `forall` its variables, what their kinds promise, its hypotheses `->` its conclusion.
A vector is the function that gives its entries; what its sign promises is said of those it has.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

import sympy as sp

from ..language.formulas import (
    And,
    Constant,
    Every,
    Exists,
    ForAll,
    Formula,
    Iff,
    Implies,
    NonZero,
    Not,
    Relation,
    SameVector,
    SameZeros,
    Some,
    free_variables,
)
from ..language.kinds import is_whole
from ..language.operations import order
from ..language.symbols import kind_of
from ..language.vectors import VectorSymbol
from .errors import UntranslatedError
from .expressions import natural, real, vector
from .names import name_of, variable_name
from .operations import NOWHERE, Places

SIGNS = {"=": "=", "!=": "<>", "<": "<", "<=": "<=", ">": ">", ">=": ">="}
PREDICATES = {NonZero: "nonzero", Constant: "constant"}
PREDICATES |= {SameZeros: "same_zeros", SameVector: "same_vector"}


def proposition(formula: Formula, places: Places = NOWHERE) -> str:
    """Return a formula as a proposition, in brackets where it is not a comparison."""
    match formula:
        case Relation(op=op, left=left, right=right):
            return f"{real(left, places).text} {SIGNS[op]} {real(right, places).text}"
        case NonZero() | Constant() | SameZeros() | SameVector():
            vectors = " ".join(vector(v, places).text for v in formula.args)
            return f"{PREDICATES[type(formula)]} {vectors}"
        case Not(args=(inside,)):
            return f"(~ ({proposition(inside, places)}))"
        case And(args=parts):
            conjoined = " /\\ ".join(f"({proposition(part, places)})" for part in parts)
            return f"({conjoined or 'True'})"
        case Iff(args=(left, right)):
            return f"(({proposition(left, places)}) <-> ({proposition(right, places)}))"
        case Implies(args=(given, then)):
            return f"({' -> '.join(proposition(f, places) for f in (*given.args, then))})"
        case Every() | Some():
            return _ranged(formula, places)
        case ForAll() | Exists():
            return _quantified(formula, places)
    raise UntranslatedError(f"the formula {type(formula).__name__}")


def in_range(index: str, count: str) -> str:
    """Return the proposition that an index runs from 1 to a count."""
    return f"(1 <= {index} <= {count})%nat"


def _ranged(formula: Any, places: Places) -> str:
    name, count = variable_name(formula.variable), natural(formula.args[2], places)
    word, link = ("forall", "->") if isinstance(formula, Every) else ("exists", "/\\")
    body = proposition(formula.body, places)
    return f"({word} {name} : nat, {in_range(name, count)} {link} {body})"


def _quantified(formula: Any, places: Places) -> str:
    word, link = ("forall", " -> ") if isinstance(formula, ForAll) else ("exists", " /\\ ")
    variables = Variables.of_symbols(formula.variables)
    kinds = [text for _, text in variables.kinds()]
    parts = [*kinds, *(proposition(part, places) for part in (*formula.given, formula.body))]
    return f"({word}{variables.binders()}, {link.join(parts)})"


@dataclass(frozen=True, slots=True)
class Variables:
    """The variables of a statement in the order in which it binds them.

    Real numbers, natural ones, then vectors, each with how many indices its family has.
    """

    reals: tuple[sp.Symbol, ...]
    naturals: tuple[sp.Symbol, ...]
    vectors: tuple[tuple[VectorSymbol, int], ...]

    @classmethod
    def of_symbols(
        cls, symbols: Iterable[Any], families: dict[str, int] | None = None
    ) -> Variables:
        """Return these variables, put in order."""
        scalars = sorted((s for s in symbols if isinstance(s, sp.Symbol)), key=order)
        vectors = sorted((v for v in symbols if isinstance(v, VectorSymbol)), key=lambda v: v.name)
        indices = families or {}
        return cls(
            tuple(s for s in scalars if not is_whole(s)),
            tuple(s for s in scalars if is_whole(s)),
            tuple((v, indices.get(v.name, 0)) for v in vectors),
        )

    @classmethod
    def of(cls, formulas: Sequence[Formula]) -> Variables:
        """Return the free variables of formulas."""
        found = set().union(*map(free_variables, formulas)) if formulas else set()
        for v in [v for v in found if isinstance(v, VectorSymbol)]:
            if any(s.name.startswith("_") for s in v.args[1].free_symbols):
                raise UntranslatedError(f"{v.name}, whose length depends on its index")
            found |= v.args[1].free_symbols
        families: dict[str, int] = {}
        for v in set().union(*(f.atoms(VectorSymbol) for f in formulas)):
            if families.setdefault(v.name, len(v.indices)) != len(v.indices):
                raise UntranslatedError(f"{v.name} both as a vector and as a family of vectors")
        return cls.of_symbols(found, families)

    def names(self) -> list[str]:
        """Return the names in order."""
        scalars = [variable_name(s) for s in (*self.reals, *self.naturals)]
        return scalars + [name_of(v.name) for v, _ in self.vectors]

    def binders(self) -> str:
        """Return the binders with their types, each after a space."""
        text = ""
        for symbols, kind in ((self.reals, "R"), (self.naturals, "nat")):
            if symbols:
                text += f" ({' '.join(map(variable_name, symbols))} : {kind})"
        for v, indices in self.vectors:
            text += f" ({name_of(v.name)} : {'nat -> ' * (indices + 1)}R)"
        return text

    def kinds(self) -> list[tuple[Any, str]]:
        """Return what the kinds promise, each with the variable that it is about."""
        said: list[tuple[Any, str]] = []
        for symbol in (*self.reals, *self.naturals):
            name = variable_name(symbol)
            match kind_of(symbol):
                case "positive":
                    said.append((symbol, f"0 < {name}"))
                case "nonnegative":
                    said.append((symbol, f"0 <= {name}"))
                case "count":
                    said.append((symbol, f"(1 <= {name})%nat"))
        for v, indices in self.vectors:
            if str(v.args[2]) == "nonnegative":
                members = [f"t{k}" for k in range(1, indices + 1)]
                # no variable has these names, as `i` might be the name of the length
                entry = " ".join([name_of(v.name), *members, "i0"])
                bound = in_range("i0", natural(v.args[1]))
                every = " ".join([*members, "i0"])
                said.append((v, f"(forall {every} : nat, {bound} -> 0 <= {entry})"))
        return said


@dataclass(frozen=True, slots=True)
class Sequent:
    """Hypotheses and a conclusion, with the variables that are bound in front of them."""

    hypotheses: tuple[Formula, ...]
    conclusion: Formula
    variables: Variables

    @classmethod
    def of(cls, hypotheses: Iterable[Formula], conclusion: Formula) -> Sequent:
        """Return the sequent, its hypotheses as they come."""
        given = tuple(hypotheses)
        return cls(given, conclusion, Variables.of((*given, conclusion)))

    @property
    def text(self) -> str:
        """The sequent as one proposition."""
        parts = [text for _, text in self.variables.kinds()]
        parts += [proposition(h) for h in self.hypotheses] + [proposition(self.conclusion)]
        binders = self.variables.binders()
        body = " -> ".join(parts)
        return f"forall{binders}, {body}" if binders else body
