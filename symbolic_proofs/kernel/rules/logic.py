"""Rules about hypotheses, and about putting one thing in the place of another."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

import sympy as sp

from ...language.formulas import Formula, Relation, negation, same
from ...language.kinds import is_nonnegative, is_positive, is_whole
from ...language.symbols import kind_of
from ...language.vectors import Vector, VectorSymbol, is_nonnegative_vector, length
from ..definedness import Facts
from ..theorem import Theorem, facts_of, rule, without
from ..well_formed import names_free_in, names_quantified_in, require


@rule
def assume(formula: Formula) -> tuple[Iterable[Formula], Formula]:
    """F |- F."""
    return [formula], formula


@rule
def weaken(theorem: Theorem, hypotheses: Sequence[Formula]) -> tuple[Iterable[Formula], Formula]:
    """From G |- C to G, H |- C."""
    return [*theorem.hypotheses, *hypotheses], theorem.conclusion


@rule
def cut(lemma: Theorem, theorem: Theorem) -> tuple[Iterable[Formula], Formula]:
    """From G |- F and H, F |- C to G, H |- C."""
    return [*lemma.hypotheses, *without(theorem, lemma.conclusion)], theorem.conclusion


@rule
def cases(left: Theorem, right: Theorem, formula: Formula) -> tuple[Iterable[Formula], Formula]:
    """From G, F |- C and H, not F |- C to G, H |- C; F must be defined under G and H."""
    require(same(left.conclusion, right.conclusion), "the two cases show different things")
    kept = without(left, formula) | without(right, negation(formula))
    require(facts_of(kept).defined(formula), "{} is not shown to be defined", formula)
    return kept, left.conclusion


@rule
def absurd(yes: Theorem, no: Theorem, formula: Formula) -> tuple[Iterable[Formula], Formula]:
    """From G |- F and H |- not F to G, H |- C, for any defined C."""
    require(
        same(negation(yes.conclusion), no.conclusion),
        "the two theorems do not contradict each other",
    )
    hypotheses = yes.hypotheses | no.hypotheses
    require(facts_of(hypotheses).defined(formula), "{} is not shown to be defined", formula)
    return hypotheses, formula


def require_of_kind(
    facts: Facts, values: Mapping[sp.Basic, sp.Basic], parts: Sequence[sp.Basic]
) -> None:
    """Raise KernelError unless each value is shown to be of its symbol's kind.

    A vector has the symbol's length, the other values put in, and its sign. `parts` are what the
    values are put into: a vector that is the member of a family there stays as it is.
    """
    indexed = {a.name for f in parts for a in f.atoms(VectorSymbol) if a.indices}
    for variable, term in values.items():
        if isinstance(variable, VectorSymbol):
            require(isinstance(term, Vector) and not variable.indices, "{} is not a vector", term)
            require(variable.name not in indexed, "a family stays as it is")
            wanted = length(variable).xreplace(values)
            require(
                facts.algebra.is_zero(length(term) - wanted),
                "{} has not the length {}",
                term,
                wanted,
            )
            require(
                str(variable.args[2]) == "real" or is_nonnegative_vector(term),
                "{} may be negative",
                term,
            )
            require(facts.defined(term), "{} is not shown to be defined", term)
        else:
            kind = kind_of(variable)  # refuses what is not a symbol of the language
            require(of_kind(facts, variable, term), "{} is not shown to be {}", term, kind)


def of_kind(facts: Facts, variable: sp.Symbol, term: sp.Basic) -> bool:
    """Tell whether a term is shown to have a value of the kind that a symbol stands for."""
    if not isinstance(term, sp.Expr) or not facts.defined(term):
        return False
    if is_whole(variable) and not is_whole(term):
        return False
    if is_positive(variable):
        return facts.positive(term)
    return not is_nonnegative(variable) or facts.nonnegative(term)


@rule
def instantiate(
    theorem: Theorem, values: Mapping[sp.Basic, sp.Basic], hypotheses: Sequence[Formula] = ()
) -> tuple[Iterable[Formula], Formula]:
    """From G |- C to G[s], H |- C[s]: all substitutions at once.

    A scalar's term must be defined and of the scalar's kind under G[s] and H; a vector symbol's
    vector must have its length and sign. Variables of quantifiers inside the theorem may not be
    touched.
    """
    mapping = dict(values)
    for variable in mapping:
        require(isinstance(variable, sp.Symbol | VectorSymbol), "{} is not a symbol", variable)
    parts = (*theorem.hypotheses, theorem.conclusion)
    touched = names_free_in(mapping.values()).union(v.name for v in mapping)
    require(
        not names_quantified_in(parts) & touched,
        "a quantified variable cannot be put in place of, or captured",
    )
    kept = [*(h.xreplace(mapping) for h in theorem.hypotheses), *hypotheses]
    require_of_kind(facts_of(kept), mapping, parts)
    return kept, theorem.conclusion.xreplace(mapping)


@rule
def rewrite(
    equation: Theorem, theorem: Theorem, backwards: bool = False, right_side: bool = False
) -> tuple[Iterable[Formula], Formula]:
    """From G |- a = b and H |- C to G, H |- C with b wherever a stood (a for b, if backwards).

    With `right_side`, C is a relation and its left-hand side stays as it is.
    """
    relation = equation.conclusion
    require(
        isinstance(relation, Relation) and relation.op == "=", "{} is not an equation", relation
    )
    old, new = (relation.right, relation.left) if backwards else (relation.left, relation.right)
    hypotheses = [*equation.hypotheses, *theorem.hypotheses]
    statement = theorem.conclusion
    require(
        not names_quantified_in([statement]) & names_free_in([relation]),
        "the equation speaks of a quantified variable",
    )
    if right_side:
        require(isinstance(statement, Relation), "{} has no right-hand side", statement)
        side = statement.right.xreplace({old: new})
        return hypotheses, Relation(statement.op, statement.left, side)
    return hypotheses, statement.xreplace({old: new})


@rule
def antisymmetry(below: Theorem, above: Theorem) -> tuple[Iterable[Formula], Formula]:
    """From G |- a <= b and H |- b <= a to G, H |- a = b."""
    first, second = below.conclusion, above.conclusion
    require(isinstance(first, Relation) and isinstance(second, Relation), "both must compare terms")
    one, two = first.oriented(), second.oriented()
    require(
        one.op == two.op == "<=" and one.left == two.right and one.right == two.left,
        "not a <= b and b <= a",
    )
    return below.hypotheses | above.hypotheses, Relation("=", first.left, first.right)
