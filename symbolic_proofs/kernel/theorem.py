"""The type Theorem, and the way from a function to a rule that makes one."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from functools import lru_cache
from inspect import signature
from typing import Any, TypeVar

import sympy as sp

from ..language.display import in_latex
from ..language.formulas import Formula, Relation, same
from ..language.made_of import check_types
from ..language.named import names_of
from ..language.names import LanguageError, one_thing_each
from ..language.operations import nodes_in, order
from .definedness import Facts
from .polynomials import NotAlgebraicError
from .well_formed import KernelError, check_formula, check_symbols, nodes, require
from .work import spend, spend_rule

_KEY = object()
RULES: dict[str, Callable[..., Theorem]] = {}


class Theorem:
    """`hypotheses |- conclusion`, with the rule, premises and arguments that made it."""

    __slots__ = ("arguments", "conclusion", "hypotheses", "premises", "rule")
    hypotheses: frozenset[Formula]
    conclusion: Formula
    rule: str
    premises: tuple[Theorem, ...]
    arguments: tuple[Any, ...]

    def __init__(self, key: object, *fields: Any) -> None:
        if key is not _KEY:
            raise KernelError("a theorem comes from a rule of the kernel, not from its constructor")
        for name, value in zip(
            ("hypotheses", "conclusion", "rule", "premises", "arguments"), fields, strict=True
        ):
            object.__setattr__(self, name, value)

    def __setattr__(self, name: str, value: object = None) -> None:
        raise KernelError("a theorem cannot be changed")

    __delattr__ = __setattr__

    def __init_subclass__(cls) -> None:
        raise KernelError("a theorem has no other kinds")

    def __repr__(self) -> str:
        return f"{sorted(map(str, self.hypotheses))} |- {self.conclusion}"

    def _repr_latex_(self) -> str:
        given = r",\ ".join(sorted(map(in_latex, self.hypotheses)))
        return rf"$\displaystyle {given} \;\vdash\; {in_latex(self.conclusion)}$"


_Rule = TypeVar("_Rule", bound=Callable[..., Any])


def rule(function: Callable[..., tuple[Iterable[Formula], Formula]]) -> Callable[..., Theorem]:
    """Make a rule of a function that returns hypotheses and a conclusion."""
    wanted = [p for p in signature(function).parameters.values() if p.annotation == "Theorem"]
    variadic = function.__name__ in ("arithmetic", "both")

    def apply(*given: Any) -> Theorem:
        premises = tuple(part for part in given if type(part) is Theorem)
        if given[: len(premises)] != premises or not (variadic or len(premises) == len(wanted)):
            raise KernelError(
                "{}: premises, all theorems, come before arguments", function.__name__
            )
        arguments = tuple(map(_frozen, given[len(premises) :]))
        spend_rule()
        try:
            for part in nodes(arguments):
                check_types(part)
                check_symbols(part)
            found, conclusion = function(*premises, *arguments)
            hypotheses, conclusion = frozenset(map(_first_made, found)), _first_made(conclusion)
            # terms share their parts: lines that each double a term are soon too long to walk
            spend(sum(map(nodes_in, (*hypotheses, conclusion))))
            for formula in (*hypotheses, conclusion):
                check_formula(formula)
            # a rule that speaks of W has all of it, and W is one vector wherever its name is read
            one_thing_each(frozenset().union(*map(names_of, (*hypotheses, conclusion))))
        except (LanguageError, NotAlgebraicError) as error:
            raise KernelError("{}: {}", function.__name__, error) from error
        return Theorem(_KEY, hypotheses, conclusion, function.__name__, premises, arguments)

    apply.__name__, apply.__doc__ = function.__name__, function.__doc__
    RULES[function.__name__] = apply
    return apply


@lru_cache(maxsize=65536)
def _first_made(formula: Formula) -> Formula:
    """Return a formula as it was first made: what is kept under it is found without comparing."""
    return formula


def _frozen(argument: Any) -> Any:
    """Return an argument as it will stay: what can be used up or changed is copied first."""
    # the type itself: what only says that it is of a class is not
    if issubclass(type(argument), sp.Basic | None | bool | int | str):
        return argument
    match argument:
        case Mapping():
            return {_frozen(key): _frozen(value) for key, value in argument.items()}
        case frozenset() | set():
            return tuple(sorted(map(_frozen, argument), key=order))
        case Iterable():
            return tuple(map(_frozen, argument))
    raise KernelError("{} is not an argument of a rule", type(argument).__name__)


@lru_cache(maxsize=1024)
def _known(hypotheses: frozenset[Formula]) -> Facts:
    return Facts(hypotheses)


def facts_of(hypotheses: Iterable[Formula]) -> Facts:
    """Return what the hypotheses say about signs and definedness."""
    return _known(frozenset(hypotheses))


def difference(relation: Formula) -> tuple[sp.Expr, str]:
    """Return (e, op) with the relation equivalent to e op 0, op one of =, !=, >, >=.

    For = and != it is right - left.
    """
    if not isinstance(relation, Relation):
        raise KernelError("{} is not a comparison of terms", relation)
    if relation.op in (">", ">="):
        return relation.left - relation.right, relation.op
    return relation.right - relation.left, {"<": ">", "<=": ">="}.get(relation.op, relation.op)


def without(theorem: Theorem, formula: Formula) -> frozenset[Formula]:
    """Return the theorem's hypotheses but for one, which must be among them."""
    kept = frozenset(h for h in theorem.hypotheses if not same(h, formula))
    require(len(kept) < len(theorem.hypotheses), "{} is not among the hypotheses", formula)
    return kept
