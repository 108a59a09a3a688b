"""Formulas: relations between terms, predicates on vectors, connectives and quantifiers.

| formula                     | holds when                                                      |
|-----------------------------|-----------------------------------------------------------------|
| `Relation(op, a, b)`        | a = b, a != b, a < b, a <= b, a > b or a >= b                   |
| `NonZero(V)`                | some entry of V is not zero                                     |
| `Constant(V)`               | all |v_j| are equal                                             |
| `SameZeros(U, V)`           | same length, and u_j = 0 exactly where v_j = 0                  |
| `SameVector(U, V)`          | same length, and u_j = v_j for every j                          |
| `Not(F)`, `And(F, ...)`     | F does not hold; every F holds                                  |
| `Iff(F, G)`, `Implies(F, G)`| both or neither; G if F                                         |
| `Every(F, i, n)`            | F for every i = 1 .. n                                          |
| `Some(F, i, n)`             | F for some i = 1 .. n                                           |
| `ForAll(F, given, *vars)`   | F for all values of the variables (of their kinds) with `given` |
| `Exists(F, given, *vars)`   | F and `given` for some values                                   |
"""

from __future__ import annotations

from functools import lru_cache
from typing import Any

import sympy as sp
from sympy.core.symbol import Str

from .binders import Binder, bind
from .display import Display
from .names import LanguageError
from .operations import scalar
from .vectors import Vector, VectorSymbol

OPPOSITE = {"=": "!=", "!=": "=", "<": ">=", ">=": "<", ">": "<=", "<=": ">"}
FLIPPED = {"=": "=", "!=": "!=", "<": ">", ">": "<", "<=": ">=", ">=": "<="}
_FROM_SYMPY = {
    sp.Eq: "=",
    sp.Ne: "!=",
    sp.StrictLessThan: "<",
    sp.LessThan: "<=",
    sp.StrictGreaterThan: ">",
    sp.GreaterThan: ">=",
}


class Formula(Display, sp.Basic):
    """A statement that holds or not once its free symbols have values."""


class Relation(Formula):
    """A comparison of two terms; args are (op, left, right) with op a key of OPPOSITE."""

    def __new__(cls, op: Any, left: object, right: object) -> Relation:
        sign = op.name if isinstance(op, Str) else str(op)
        if sign not in OPPOSITE:
            raise LanguageError(f"{op!r} is not a comparison; use one of {' '.join(OPPOSITE)}")
        return super().__new__(cls, Str(sign), scalar(left), scalar(right))

    @property
    def op(self) -> str:
        """The comparison: =, !=, <, <=, > or >=."""
        return self.args[0].name

    @property
    def left(self) -> sp.Expr:
        """The left-hand side."""
        return self.args[1]

    @property
    def right(self) -> sp.Expr:
        """The right-hand side."""
        return self.args[2]

    def oriented(self) -> Relation:
        """Return the same statement with < or <= for > or >=.

        The sides of = and != are put in a fixed order.
        """
        if self.op in (">", ">=") or (
            self.op in ("=", "!=")
            and sp.default_sort_key(self.left) > sp.default_sort_key(self.right)
        ):
            return Relation(FLIPPED[self.op], self.right, self.left)
        return self


class _OnVectors(Formula):
    arity = 1

    def __new__(cls, *vectors: Any) -> Any:
        if len(vectors) != cls.arity or not all(isinstance(v, Vector) for v in vectors):
            raise LanguageError(f"{cls.__name__} takes {cls.arity} vector(s), not {vectors}")
        return super().__new__(cls, *vectors)


class NonZero(_OnVectors):
    """Some entry is not zero."""


class Constant(_OnVectors):
    """All entries have the same absolute value."""


class SameZeros(_OnVectors):
    """The two vectors have the same length and are zero at the same places."""

    arity = 2


class SameVector(_OnVectors):
    """The two vectors have the same length and the same entry at each place."""

    arity = 2


class Not(Formula):
    """The formula does not hold."""

    def __new__(cls, formula: object) -> Not:
        return super().__new__(cls, as_formula(formula))


class And(Formula):
    """Every one of the formulas holds."""

    def __new__(cls, *parts: object) -> And:
        return super().__new__(cls, *map(as_formula, parts))


class Iff(Formula):
    """Both formulas hold, or neither."""

    def __new__(cls, left: object, right: object) -> Iff:
        return super().__new__(cls, as_formula(left), as_formula(right))


class Implies(Formula):
    """The second formula holds if all premises do; args are (And of the premises, formula)."""

    def __new__(cls, left: object, right: object) -> Implies:
        given = as_formula(left)
        return super().__new__(
            cls, given if isinstance(given, And) else And(given), as_formula(right)
        )


class _Ranged(Formula, Binder):
    def __new__(cls, body: object, variable: sp.Symbol, count: object) -> Any:
        formula, variable = bind(as_formula(body), variable, "count")
        return super().__new__(cls, formula, variable, scalar(count))


class Every(_Ranged):
    """The formula holds for every index from 1 to n."""


class Some(_Ranged):
    """The formula holds for some index from 1 to n."""


class _Quantified(Formula):
    """Args are (body, given, *variables); `given` is an And, and the variables keep their names."""

    def __new__(cls, body: object, given: object, *variables: Any) -> Any:
        if not isinstance(given, And):
            raise LanguageError("the conditions of a quantifier are an And, And() for none")
        if not variables or not all(isinstance(v, sp.Symbol | VectorSymbol) for v in variables):
            raise LanguageError("a quantifier needs variables: scalar or vector symbols")
        formula = as_formula(body)
        _refuse_lengths_of_others((formula, given), variables)
        return super().__new__(cls, formula, given, *variables)

    @property
    def body(self) -> Formula:
        """The formula under the quantifier."""
        return self.args[0]

    @property
    def given(self) -> tuple[Formula, ...]:
        """The conditions on the variables."""
        return self.args[1].args

    @property
    def variables(self) -> tuple[sp.Basic, ...]:
        """The quantified variables."""
        return self.args[2:]


def _refuse_lengths_of_others(parts: tuple[Formula, ...], variables: tuple[Any, ...]) -> None:
    """Raise LanguageError if a vector from outside has a length that is quantified."""
    scalars = {v for v in variables if isinstance(v, sp.Symbol)}
    found = set().union(*map(free_variables, parts)) - set(variables) if scalars else set()
    for vector in found:
        held = scalars & vector.free_symbols if isinstance(vector, VectorSymbol) else set()
        if held:
            raise LanguageError(
                f"{min(s.name for s in held)} is the length of {vector.name}, which is not "
                "quantified with it: quantify both, or take another name"
            )


class ForAll(_Quantified):
    """The body holds for all values with `given`."""


class Exists(_Quantified):
    """The body and `given` hold for some values."""


def as_formula(value: object) -> Formula:
    """Return a formula, or a comparison of terms written with Python's operators, as a formula.

    Raises LanguageError for anything else, and for a comparison that SymPy has decided by itself.
    """
    if isinstance(value, Formula):
        return value
    for kind, op in _FROM_SYMPY.items():
        if isinstance(value, kind):
            return Relation(op, value.args[0], value.args[1])
    if value is True or value is False or isinstance(value, sp.logic.boolalg.BooleanAtom):
        raise LanguageError(
            "this comparison was decided before it could be stated; "
            "write equal(a, b) for ==, unequal(a, b) for !=, NonZero(W) for W != 0, And, Not"
        )
    raise LanguageError(
        f"{value!r} is not a formula; compare two terms, or use NonZero(W), Constant(W), ..."
    )


def equal(left: object, right: object) -> Relation:
    """State that two terms are equal (Python's == compares the terms as written)."""
    return Relation("=", left, right)


def unequal(left: object, right: object) -> Relation:
    """State that two terms differ."""
    return Relation("!=", left, right)


def less(left: object, right: object) -> Relation:
    """State left < right, where SymPy might decide a comparison written with < by itself."""
    return Relation("<", left, right)


def at_most(left: object, right: object) -> Relation:
    """State left <= right, where SymPy might decide a comparison written with <= by itself."""
    return Relation("<=", left, right)


def negation(formula: Formula) -> Formula:
    """Return the formula that holds exactly when `formula` does not, Not moved inwards."""
    match formula:
        case Relation():
            return Relation(OPPOSITE[formula.op], formula.left, formula.right)
        case Not():
            return formula.args[0]
        case Every():
            return Some(negation(formula.body), formula.variable, formula.args[2])
        case Some():
            return Every(negation(formula.body), formula.variable, formula.args[2])
        case ForAll():
            return Exists(negation(formula.body), And(*formula.given), *formula.variables)
        case Exists():
            return ForAll(negation(formula.body), And(*formula.given), *formula.variables)
    return Not(formula)


def normal(formula: Formula) -> Formula:
    """Return the formula with its relations oriented.

    So two ways to write one statement become the same.
    """
    if isinstance(formula, Relation):
        return formula.oriented()
    if isinstance(formula, Vector | sp.Expr) or not formula.args:
        return formula
    return formula.func(*(normal(a) if isinstance(a, Formula) else a for a in formula.args))


def same(a: Formula, b: Formula) -> bool:
    """Tell whether two formulas are one statement, whichever way its comparisons are written."""
    return normal(a) == normal(b)


@lru_cache(maxsize=65536)
def free_variables(node: sp.Basic) -> frozenset[Any]:
    """Return the free scalar and vector symbols of a term, vector or formula."""
    if isinstance(node, _Quantified):
        inner = free_variables(node.body).union(*map(free_variables, node.given))
        return inner - set(node.variables)
    if isinstance(node, sp.Symbol):
        return frozenset((node,))
    if isinstance(node, Binder):
        found = free_variables(node.body) - {node.variable}
        return found.union(*map(free_variables, node.args[2:]))
    found = frozenset[Any]().union(*map(free_variables, node.args))
    if isinstance(node, VectorSymbol):
        return found | {VectorSymbol(node.name, node.args[1], node.args[2])}
    return found
