"""Rules about connectives and quantifiers."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import sympy as sp

from ...language.formulas import And, Exists, ForAll, Formula, Iff, negation, same
from ...language.vectors import VectorSymbol
from ..definedness import Facts
from ..theorem import Theorem, facts_of, rule, without
from ..well_formed import KernelError, names_free_in, names_quantified_in, require
from .logic import require_of_kind


@rule
def both(*theorems: Theorem) -> tuple[Iterable[Formula], Formula]:
    """From G |- F, H |- F', .. to G, H, .. |- F and F' and .."""
    return frozenset().union(*(t.hypotheses for t in theorems)), And(
        *(t.conclusion for t in theorems)
    )


@rule
def conjunct(theorem: Theorem, formula: Formula) -> tuple[Iterable[Formula], Formula]:
    """From G |- F and F' and .. to G |- F."""
    whole = theorem.conclusion
    require(isinstance(whole, And), "{} does not say several things", whole)
    require(any(same(part, formula) for part in whole.args), "{} is not a part of it", formula)
    return theorem.hypotheses, formula


@rule
def iff(
    forth: Theorem, back: Theorem, left: Formula, right: Formula
) -> tuple[Iterable[Formula], Formula]:
    """From G, F |- F' and H, not F |- not F' to G, H |- F <=> F'.

    The same with F and F' exchanged.
    """
    for a, b in ((left, right), (right, left)):
        if same(forth.conclusion, b) and same(back.conclusion, negation(b)):
            kept = without(forth, a) | without(back, negation(a))
            facts = facts_of(kept)
            require(
                facts.defined(left) and facts.defined(right), "a side is not shown to be defined"
            )
            return kept, Iff(left, right)
    raise KernelError("the two theorems are not the two directions of the equivalence")


@rule
def generalise(
    theorem: Theorem, given: Sequence[Formula], variables: Sequence[sp.Basic]
) -> tuple[Iterable[Formula], Formula]:
    """From G, H |- F to G |- for all x with H: F; x must not be free in G."""
    kept = [h for h in theorem.hypotheses if h not in given]
    require(all(isinstance(v, sp.Symbol | VectorSymbol) for v in variables), "no variables")
    require(
        not names_free_in(kept) & {v.name for v in variables},
        "a hypothesis that is kept speaks of the variable",
    )
    # a condition counts here at values where as a hypothesis it had no value
    _require_defined(given, variables, facts_of(kept))
    return kept, ForAll(theorem.conclusion, And(*given), *variables)


def _require_defined(given: Sequence[Formula], variables: Sequence[sp.Basic], facts: Facts) -> None:
    """Refuse conditions of a quantifier that lack a value somewhere: nothing guards them."""
    conditions = ForAll(And(), And(*given), *variables)
    require(facts.defined(conditions), "{} is not shown to be defined", conditions)


@rule
def exhibit(
    theorem: Theorem, statement: Formula, values: Sequence[sp.Basic]
) -> tuple[Iterable[Formula], Formula]:
    """From G |- F[x := t] to G |- there is x: F, for terms or vectors t of x's kind.

    "There is x: F" says that for some x, F has a value and holds; elsewhere F need not have one.
    Where it has conditions, "there is x with H: F", the theorem is H and F at t, and H is defined
    for every x.
    """
    require(isinstance(statement, Exists), "{} is not of the form: there is", statement)
    require(len(values) == len(statement.variables), "one value for each variable")
    parts = (*statement.given, statement.body)
    inner = names_quantified_in(parts)
    mapping = dict(zip(statement.variables, values, strict=True))
    for variable, value in mapping.items():
        # what a quantifier inside binds again is another variable of that name
        require(variable.name not in inner, "{} is quantified once more inside", variable)
        require(not inner & names_free_in([value]), "{} would be captured", value)
    facts = facts_of(theorem.hypotheses)
    require_of_kind(facts, mapping, parts)
    _require_defined(statement.given, statement.variables, facts)
    said = And(*parts) if statement.given else statement.body
    require(same(said.xreplace(mapping), theorem.conclusion), "the theorem is not that instance")
    return theorem.hypotheses, statement
