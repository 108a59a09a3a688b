"""One form for formulas that are one proposition of Coq, and the kinds of variables as conditions.

F -> (G -> H) is F, G -> H, a conjunction in a conjunction is one, the conditions of a quantifier
are part of its body. A variable that is bound has first what its kind promises.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from ..language.formulas import (
    And,
    Every,
    Exists,
    ForAll,
    Formula,
    Iff,
    Implies,
    Not,
    Relation,
    Some,
)
from ..language.kinds import is_whole
from ..language.operations import Variable
from ..language.vectors import Entry, VectorSymbol


def implication(given: Sequence[Formula], then: Formula) -> Formula:
    """Return `then` under conditions, those of its own after them."""
    if isinstance(then, Implies):
        given, then = (*given, *then.args[0].args), then.args[1]
    return Implies(And(*given), then) if given else then


def conjunction(parts: Iterable[Formula]) -> Formula:
    """Return a conjunction with none inside; of one part it is that part."""
    flat: list[Formula] = []
    for part in parts:
        flat.extend(part.args if isinstance(part, And) else (part,))
    return flat[0] if len(flat) == 1 else And(*flat)


def in_order(variables: Iterable[Any]) -> list[Any]:
    """Return variables in the order of Coq's binders: real, natural, vectors, each by name."""

    def place(thing: Any) -> tuple[int, str]:
        return (2 if isinstance(thing, VectorSymbol) else int(is_whole(thing))), thing.name

    return sorted(variables, key=place)


def in_form(formula: Formula) -> Formula:
    """Return the form of a formula."""
    match formula:
        case Not(args=parts) | Iff(args=parts):
            return formula.func(*map(in_form, parts))
        case And(args=parts):
            return conjunction(map(in_form, parts))
        case Implies(args=(given, then)):
            return implication([in_form(part) for part in given.args], in_form(then))
        case Every() | Some():
            return formula.func(in_form(formula.body), formula.variable, formula.args[2])
        case ForAll() | Exists():
            variables = in_order(formula.variables)
            families = {v.name: len(v.indices) for v in formula.atoms(VectorSymbol) if v.indices}
            said = [f for thing in variables for f in promises(thing, families)]
            said += map(in_form, formula.given)
            if isinstance(formula, ForAll):
                return ForAll(implication(said, in_form(formula.body)), And(), *variables)
            return Exists(conjunction([*said, in_form(formula.body)]), And(), *variables)
    return formula


def promises(thing: Any, families: dict[str, int]) -> list[Formula]:
    """Return what the kind of a variable, or the sign of a vector, promises."""
    if isinstance(thing, Variable):
        match thing.kind:
            case "positive":
                return [Relation("<", 0, thing)]
            case "nonnegative":
                return [Relation("<=", 0, thing)]
            case "count":
                return [Relation("<=", 1, thing)]
        return []
    if str(thing.args[2]) != "nonnegative":
        return []
    members = [Variable(f"_t{k + 1}", "size") for k in range(families.get(thing.name, 0))]
    i = Variable("_i", "count")
    said: Formula = Relation("<=", 0, Entry(VectorSymbol(*thing.args, *members), i))
    said = Every(said, i, thing.args[1])
    for member in reversed(members):
        said = ForAll(said, And(), member)
    return [said]
