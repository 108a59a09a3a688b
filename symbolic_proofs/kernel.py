"""The kernel: the rules of inference. Nothing else can make a Theorem.

A theorem `G |- C` says: for all values of the free symbols, each of its kind, for which every
hypothesis in G is defined and true, C is defined and true. Each rule checks its side conditions
and keeps the hypotheses it used.

| rule               | from                              | to                                 | side conditions                |
|--------------------|-----------------------------------|------------------------------------|--------------------------------|
| `assume`           |                                   | F |- F                             |                                |
| `weaken`           | G |- C                            | G, H |- C                          |                                |
| `cut`              | G |- F;  H, F |- C                | G, H |- C                          |                                |
| `cases`            | G, F |- C;  H, not F |- C         | G, H |- C                          | F defined under G, H           |
| `absurd`           | G |- F;  H |- not F               | G, H |- C                          | C defined                      |
| `antisymmetry`     | G |- a <= b;  H |- b <= a         | G, H |- a = b                      |                                |
| `instantiate`      | G |- C                            | G[s] |- C[s]                       | terms defined, of their kinds  |
| `rewrite`          | G |- a = b;  H |- C               | G, H |- C[a := b]                  |                                |
| `arithmetic`       | G_i |- f_i > 0 (or >=, =)         | G |- e > 0  (or >=, =)             | e = sum c_i f_i + r by algebra,|
|                    |                                   |                                    | c_i, r of known sign; defined  |
| `exponential`      |                                   | x != 0 |- 1 + x < e^x              | x defined                      |
| `exponential_weak` |                                   | |- 1 + x <= e^x                    | x defined                      |
| `define`           |                                   | |- t = its definition              | t defined                      |
| `linear`           |                                   | |- sum of c f + g = c sum f + sum g| defined                        |
| `split`            |                                   | sum over [U,V] = over U + over V   | body uses i in entries alone   |
| `sum_up`           | G |- f(i) <= g(i)                 | G for every i |- sum f <= sum g    | i is free in no other term     |
| `sum_up_strictly`  | the same;  H, F(i) |- f(i) < g(i) | .., F for some i |- sum f < sum g  | the same                       |
| `summand`          |                                   | |- f(k) <= sum of f                | f >= 0, 1 <= k <= n            |
| `every`            | G |- F(i)                         | G for every i |- F for every i     | as `sum_up`                    |
| `at_index`         | G |- F for every i <= n           | G |- F(k)                          | k whole, 1 <= k <= n           |
| `least`            |                                   | |- least f <= f(k)                 | 1 <= k <= n, defined           |
| `nonzero`          |                                   | |- V != 0                          | a block of V is not 0          |
| `count_parts`      |                                   | count over [U, V] = over U + over V|                                |
| `open_predicate`   |                                   | P(V) |- what P says of the entries | see the rule                   |
| `both`, `iff`      | G |- F;  H |- F'                  | G, H |- F and F';  F <=> F'        | see the rule                   |
| `generalise`       | G, H |- F                         | G |- for all x with H: F           | x free in no hypothesis of G   |
| `exhibit`          | G |- F[x := t]                    | G |- there is x: F                 | t defined, of x's kind         |

In a theorem a vector's name stands for one vector, and a free index for one of the entries that it
picks. What binds an index has to keep it inside of the vector. No rule lets a variable that is
quantified be captured, and none lets SymPy evaluate a condition away (`put`).

Terms are compared by the normal form of `algebra.py`, conditions shown by `conditions.py`, and
what every rule sees to is in `statements.py`.
SymPy's simplifiers are not used. The one analytic axiom is 1 + x <= e^x, with equality at x = 0
alone.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from fractions import Fraction
from functools import lru_cache
from inspect import signature
from typing import Any, TypeVar

import sympy as sp

from .algebra import NotAlgebraicError, as_term, monomial_term
from .conditions import Facts
from .language.formulas import (
    And,
    Constant,
    Every,
    Exists,
    ForAll,
    Formula,
    Iff,
    NonZero,
    Not,
    Relation,
    Some,
    free_variables,
    negation,
    normal,
)
from .language.sums import CountAtMost
from .language.symbols import KINDS, LanguageError, bound_symbol, kind_of
from .language.terms import (
    Least,
    NonzeroCount,
    Total,
    definition,
)
from .language.vectors import (
    Concat,
    Entry,
    Map,
    Repeat,
    Steps,
    Vector,
    VectorSymbol,
    is_nonnegative_vector,
    length,
)
from .statements import (
    KernelError,
    check_symbols,
    nodes,
    put,
    quantified_in,
    require,
    settled,
    vectors_of,
)

__all__ = ["RULES", "KernelError", "Theorem"]

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
        raise KernelError("a theorem can not be changed")

    __delattr__ = __setattr__

    def __init_subclass__(cls) -> None:
        raise KernelError("a theorem has no other kinds")

    def __repr__(self) -> str:
        return f"{sorted(map(str, self.hypotheses))} |- {self.conclusion}"

    def _repr_latex_(self) -> str:
        from .language.printing import to_latex

        given = r",\ ".join(sorted(map(to_latex, self.hypotheses)))
        return rf"$\displaystyle {given} \;\vdash\; {to_latex(self.conclusion)}$"


_Rule = TypeVar("_Rule", bound=Callable[..., Any])


def _rule(function: Callable[..., tuple[Iterable[Formula], Formula]]) -> Callable[..., Theorem]:
    """Make a rule of a function that returns hypotheses and a conclusion."""
    wanted = [p for p in signature(function).parameters.values() if p.annotation == "Theorem"]
    variadic = function.__name__ in ("arithmetic", "both")

    def apply(*given: Any) -> Theorem:
        premises = tuple(part for part in given if isinstance(part, Theorem))
        arguments = given[len(premises) :]
        # what only looks like a theorem is none
        if any(isinstance(part, Theorem) for part in arguments) or not (
            variadic or len(premises) == len(wanted)
        ):
            raise KernelError(f"{function.__name__}: premises, all theorems, come before arguments")
        try:
            found, conclusion = function(*given)
            hypotheses, conclusion = frozenset(map(settled, found)), settled(conclusion)
            for part in nodes(arguments):
                check_symbols(part)
            vectors = frozenset().union(*map(vectors_of, (*hypotheses, conclusion)))
        except (LanguageError, NotAlgebraicError) as error:
            raise KernelError(f"{function.__name__}: {error}") from error
        # a rule that speaks of W has all of it: W stands for one vector, of one length
        require(
            len({v.name for v in vectors}) == len(vectors),
            "{}: one name stands for different vectors",
            function.__name__,
        )
        return Theorem(_KEY, hypotheses, conclusion, function.__name__, premises, arguments)

    apply.__name__, apply.__doc__ = function.__name__, function.__doc__
    RULES[function.__name__] = apply
    return apply


@lru_cache(maxsize=1024)
def _known(hypotheses: frozenset[Formula]) -> Facts:
    return Facts(hypotheses)


def _facts(hypotheses: Iterable[Formula]) -> Facts:
    return _known(frozenset(hypotheses))


def _difference(relation: Formula) -> tuple[sp.Expr, str]:
    """Return (e, op) with the relation equivalent to e op 0, op one of =, !=, >, >=.

    For = and != it is right - left.
    """
    if not isinstance(relation, Relation):
        raise KernelError(f"{relation} is no comparison of terms")
    if relation.op in (">", ">="):
        return relation.left - relation.right, relation.op
    return relation.right - relation.left, {"<": ">", "<=": ">="}.get(relation.op, relation.op)


def _same(a: Formula, b: Formula) -> bool:
    return normal(a) == normal(b)


def _without(theorem: Theorem, formula: Formula) -> frozenset[Formula]:
    kept = frozenset(h for h in theorem.hypotheses if not _same(h, formula))
    require(len(kept) < len(theorem.hypotheses), "{} is not among the hypotheses", formula)
    return kept


# -- structure ----------------------------------------------------------------------------------


@_rule
def assume(formula: Formula) -> tuple[Iterable[Formula], Formula]:
    """F |- F."""
    return [formula], formula


@_rule
def weaken(theorem: Theorem, hypotheses: Sequence[Formula]) -> tuple[Iterable[Formula], Formula]:
    """From G |- C to G, H |- C."""
    return [*theorem.hypotheses, *hypotheses], theorem.conclusion


@_rule
def cut(lemma: Theorem, theorem: Theorem) -> tuple[Iterable[Formula], Formula]:
    """From G |- F and H, F |- C to G, H |- C."""
    return [*lemma.hypotheses, *_without(theorem, lemma.conclusion)], theorem.conclusion


@_rule
def cases(left: Theorem, right: Theorem, formula: Formula) -> tuple[Iterable[Formula], Formula]:
    """From G, F |- C and H, not F |- C to G, H |- C; F must be defined under G and H."""
    require(_same(left.conclusion, right.conclusion), "the two cases show different things")
    kept = _without(left, formula) | _without(right, negation(formula))
    require(_facts(kept).defined(formula), "{} is not shown to be defined", formula)
    return kept, left.conclusion


@_rule
def absurd(yes: Theorem, no: Theorem, formula: Formula) -> tuple[Iterable[Formula], Formula]:
    """From G |- F and H |- not F to G, H |- C, for any defined C."""
    require(
        _same(negation(yes.conclusion), no.conclusion),
        "the two theorems do not contradict each other",
    )
    hypotheses = yes.hypotheses | no.hypotheses
    require(_facts(hypotheses).defined(formula), "{} is not shown to be defined", formula)
    return hypotheses, formula


def _of_kind(facts: Facts, variable: sp.Symbol, term: sp.Expr) -> bool:
    kind = kind_of(variable)
    if not isinstance(term, sp.Expr) or not facts.defined(term):
        return False
    if "integer" in KINDS[kind] and term.is_integer is not True:
        return False
    if "positive" in KINDS[kind]:
        return facts.positive(term)
    return facts.nonnegative(term) if "nonnegative" in KINDS[kind] else True


@_rule
def instantiate(
    theorem: Theorem, values: Mapping[sp.Basic, sp.Basic], hypotheses: Sequence[Formula] = ()
) -> tuple[Iterable[Formula], Formula]:
    """From G |- C to G[s], H |- C[s]: all substitutions at once.

    A scalar's term must be defined and of the scalar's kind under G[s] and H; a vector symbol's
    vector must have its length and sign. Variables of quantifiers inside the theorem may not be
    touched.
    """
    mapping = dict(values)
    parts = (*theorem.hypotheses, theorem.conclusion)
    touched = set(mapping).union(*map(free_variables, mapping.values()))
    require(
        not quantified_in(parts) & touched,
        "a quantified variable can not be put in place of, or captured",
    )
    kept = [*(h.xreplace(mapping) for h in theorem.hypotheses), *hypotheses]
    facts = _facts(kept)
    for part in theorem.hypotheses:
        put(facts, part, mapping, assumed=True)
    for variable, term in mapping.items():
        if isinstance(variable, VectorSymbol):
            require(isinstance(term, Vector) and not variable.indices, "{} is no vector", term)
            wanted = length(variable).xreplace(mapping)
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
            require(isinstance(variable, sp.Symbol), "{} is no symbol", variable)
            require(
                _of_kind(facts, variable, term), "{} is not shown to be {}", term, kind_of(variable)
            )
    indexed = {a.name for f in parts for a in f.atoms(VectorSymbol) if a.indices}
    require(
        not any(isinstance(v, VectorSymbol) and v.name in indexed for v in mapping),
        "a family stays as it is",
    )
    return kept, put(facts, theorem.conclusion, mapping, assumed=False)


@_rule
def rewrite(
    equation: Theorem, theorem: Theorem, backwards: bool = False, right_side: bool = False
) -> tuple[Iterable[Formula], Formula]:
    """From G |- a = b and H |- C to G, H |- C with b wherever a stood (a for b, if backwards).

    With `right_side`, C is a relation and its left-hand side stays as it is.
    """
    relation = equation.conclusion
    require(isinstance(relation, Relation) and relation.op == "=", "{} is no equation", relation)
    old, new = (relation.right, relation.left) if backwards else (relation.left, relation.right)
    hypotheses = [*equation.hypotheses, *theorem.hypotheses]
    statement = theorem.conclusion
    require(
        not quantified_in([statement]) & free_variables(relation),
        "the equation speaks of a quantified variable",
    )
    if right_side:
        require(isinstance(statement, Relation), "{} has no right-hand side", statement)
        return hypotheses, Relation(
            statement.op, statement.left, statement.right.xreplace({old: new})
        )
    return hypotheses, put(_facts(hypotheses), statement, {old: new}, assumed=False)


@_rule
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


# -- arithmetic and the axiom -------------------------------------------------------------------


@_rule
def arithmetic(*given: Any) -> tuple[Iterable[Formula], Formula]:
    """From f_i > 0 (>=, =) to e > 0 (>=, =, !=), by coefficients c_i and further hypotheses.

    Theorems come first, then the goal, the coefficients and the hypotheses. The goal holds if
    r = e - sum c_i f_i is 0 by algebra or has a known sign, and c_i >= 0 where f_i is not an
    equation. It is strict if r > 0, or some strict f_i has c_i > 0. Goal and coefficients must
    be defined.
    """
    premises = [part for part in given if isinstance(part, Theorem)]
    goal, coefficients, hypotheses = given[len(premises) :]
    require(len(coefficients) == len(premises), "one coefficient for each premise")
    kept = frozenset(hypotheses).union(*(theorem.hypotheses for theorem in premises))
    facts = _facts(kept)
    require(facts.defined(goal), "{} is not shown to be defined", goal)
    difference, op = _difference(goal)
    known, strict = sp.Integer(0), False
    for theorem, c in zip(premises, coefficients, strict=True):
        f, f_op = _difference(theorem.conclusion)
        require(f_op != "!=", "an inequation has no place in a sum")
        require(isinstance(c, sp.Expr), "the coefficient {} is no term", c)
        require(facts.defined(c), "the coefficient {} is not shown to be defined", c)
        if f_op != "=":
            require(facts.nonnegative(c), "the coefficient {} is not shown to be >= 0", c)
            strict = strict or (f_op == ">" and facts.positive(c))
        known += c * f
    rest = difference - known
    zero = facts.algebra.is_zero(rest)
    equations_alone = not any(_difference(theorem.conclusion)[1] != "=" for theorem in premises)
    match op:
        case "=":
            require(zero and equations_alone, "{} is not an identity", goal)
        case ">=":
            require(
                zero or facts.nonnegative(rest),
                "{} does not follow: {} is not shown to be >= 0",
                goal,
                rest,
            )
        case ">":
            shown = facts.positive(rest) or (strict and (zero or facts.nonnegative(rest)))
            require(shown, "{} does not follow strictly: {} is not shown to be > 0", goal, rest)
        case "!=":
            mirrored = -difference - known
            shown = (
                facts.nonzero(rest)
                if equations_alone
                else strict
                and (
                    zero
                    or facts.nonnegative(rest)
                    or facts.algebra.is_zero(mirrored)
                    or facts.nonnegative(mirrored)
                )
            )
            require(shown, "{} does not follow: {} is not shown to differ from 0", goal, rest)
    return kept, goal


@_rule
def exponential(x: sp.Expr, hypotheses: Sequence[Formula]) -> tuple[Iterable[Formula], Formula]:
    """H, x != 0 |- 1 + x < e^x."""
    require(_facts(hypotheses).defined(x), "{} is not shown to be defined", x)
    return [*hypotheses, Relation("!=", x, 0)], Relation("<", 1 + x, sp.exp(x))


@_rule
def exponential_weak(
    x: sp.Expr, hypotheses: Sequence[Formula]
) -> tuple[Iterable[Formula], Formula]:
    """H |- 1 + x <= e^x."""
    require(_facts(hypotheses).defined(x), "{} is not shown to be defined", x)
    return hypotheses, Relation("<=", 1 + x, sp.exp(x))


# -- sums ---------------------------------------------------------------------------------------


@_rule
def define(term: sp.Expr, hypotheses: Sequence[Formula]) -> tuple[Iterable[Formula], Formula]:
    """H |- a power sum, norm or index = what it stands for; both sides must be defined."""
    statement = Relation("=", term, definition(term))
    require(_facts(hypotheses).defined(statement), "{} is not shown to be defined", term)
    return hypotheses, statement


@_rule
def linear(total: sp.Expr, hypotheses: Sequence[Formula]) -> tuple[Iterable[Formula], Formula]:
    """H |- a sum = the sum of its terms' sums, constant factors pulled out.

    The sum of a constant is n times it.
    """
    require(isinstance(total, Total), "{} is no sum over an index", total)
    facts = _facts(hypotheses)
    under, index, body = facts.opened(total)
    form = under.algebra.form(body)
    require(not as_term(form.below()).has(index), "the index stands in a divisor that is a sum")
    parts = []
    for m, c in form.numerator.items():
        inner = frozenset(pair for pair in m if pair[0].has(index) or pair[1].has(index))
        over = (
            Total(monomial_term(Fraction(1), inner), index, total.args[2])
            if inner
            else total.args[2]
        )
        parts.append(monomial_term(c, m - inner) * over)
    statement = Relation("=", total, sp.Add(*parts) / as_term(form.below()))
    require(facts.defined(statement), "{} is not shown to be defined", statement)
    return hypotheses, statement


@_rule
def split(
    total: sp.Expr, whole: Vector, hypotheses: Sequence[Formula]
) -> tuple[Iterable[Formula], Formula]:
    """H |- the sum over the entries of [U, V, ..] = the sum of the sums over each.

    The whole may be steps V_1 .. V_T too. The range is split at the parts' lengths and each piece
    shifted to begin at 1; so the index may stand in the body only as that of an entry of the whole.
    """
    require(isinstance(total, Total), "{} is no sum over an index", total)
    facts = _facts(hypotheses)
    _, index, body = facts.opened(total)
    require(
        facts.algebra.is_zero(total.args[2] - length(whole)),
        "{} does not run over {}",
        total,
        whole,
    )
    entry = Entry(whole, index)

    def over(part: Vector) -> sp.Expr:
        moved = body.xreplace({entry: Entry(part, index)})
        # a letter in its place: a number such as 0 could make the index vanish with it
        require(
            not body.xreplace({entry: bound_symbol(0, "real")}).has(index),
            "{} uses its index by itself",
            total,
        )
        return Total(moved, index, length(part))

    match whole:
        case Concat():
            pieces = sp.Add(*map(over, whole.args))
        case Steps():
            _, step, member = Facts((), 1000).opened(whole)
            pieces = Total(over(member), step, whole.args[2])
        case _:
            raise KernelError(f"{whole} has no parts to split into")
    statement = Relation("=", total, pieces)
    require(facts.defined(statement), "{} is not shown to be defined", statement)
    return hypotheses, statement


def _for_every(
    hypotheses: Iterable[Formula], index: sp.Symbol, count: sp.Expr, *statements: Formula
) -> frozenset[Formula]:
    """Return the hypotheses, those that speak of the index said for every one from 1 to n."""
    hypotheses = tuple(hypotheses)
    require(index not in quantified_in((*hypotheses, *statements)), "{} is quantified", index)
    require(isinstance(index, sp.Symbol) and kind_of(index) == "count", "{} is no index", index)
    require(index not in count.free_symbols, "the count {} depends on the index", count)
    in_range = normal(Relation("<=", index, count))
    kept = frozenset(
        Every(h, index, count) if index in h.free_symbols else h
        for h in hypotheses
        if normal(h) != in_range
    )
    facts = _facts(kept)
    shown = facts.defined(count) and count.is_integer is True and facts.nonnegative(count)
    require(shown, "{} is not shown to be a whole number >= 0", count)
    return kept


def _shown_defined(hypotheses: Iterable[Formula], formula: Formula) -> Formula:
    # the index was any whole number; bound, it may run past the end of a vector
    require(_facts(hypotheses).defined(formula), "{} is not shown to be defined", formula)
    return formula


@_rule
def sum_up(theorem: Theorem, index: sp.Symbol, count: sp.Expr) -> tuple[Iterable[Formula], Formula]:
    """From G |- f(i) <= g(i) to G for every i = 1 .. n |- sum f <= sum g.

    The same for <, which needs n >= 1, and for =.
    """
    relation = theorem.conclusion
    require(
        isinstance(relation, Relation) and relation.op != "!=", "{} can not be summed", relation
    )
    hypotheses = _for_every(theorem.hypotheses, index, count)
    op = relation.op
    if op in ("<", ">") and not _facts(hypotheses).positive(count):
        op += "="
    left, right = (Total(side, index, count) for side in (relation.left, relation.right))
    return hypotheses, _shown_defined(hypotheses, Relation(op, left, right))


@_rule
def sum_up_strictly(
    weak: Theorem, strict: Theorem, somewhere: Formula, index: sp.Symbol, count: sp.Expr
) -> tuple[Iterable[Formula], Formula]:
    """From G |- f(i) <= g(i) and H, F(i) |- f(i) < g(i) to .., F(i) for some i |- sum f < sum g."""
    loose, tight = weak.conclusion, strict.conclusion
    require(
        isinstance(loose, Relation) and isinstance(tight, Relation),
        "only comparisons can be summed",
    )
    require(
        (loose.op, tight.op) in (("<=", "<"), (">=", ">"), ("<", "<"), (">", ">")),
        "no strict comparison",
    )
    require(loose.args[1:] == tight.args[1:], "the two theorems compare different terms")
    kept = _for_every(weak.hypotheses | _without(strict, somewhere), index, count, somewhere)
    total = Relation(tight.op, Total(tight.left, index, count), Total(tight.right, index, count))
    return [*kept, Some(somewhere, index, count)], _shown_defined(kept, total)


@_rule
def summand(
    total: sp.Expr, index: sp.Expr, hypotheses: Sequence[Formula]
) -> tuple[Iterable[Formula], Formula]:
    """H |- f(k) <= the sum of f, whose terms are all >= 0, for 1 <= k <= n."""
    require(isinstance(total, Total), "{} is no sum over an index", total)
    facts = _facts(hypotheses)
    under, _, body = facts.opened(total)
    require(
        facts.defined(total) and under.nonnegative(body),
        "the terms of {} are not shown to be >= 0",
        total,
    )
    _in_range(facts, index, total.args[2])
    return hypotheses, Relation("<=", total.at(index), total)


def _in_range(facts: Facts, index: sp.Expr, count: sp.Expr) -> None:
    shown = index.is_integer is True and facts.positive(index) and facts.nonnegative(count - index)
    require(
        shown and facts.defined(index), "{} is not shown to be an index from 1 to {}", index, count
    )


@_rule
def every(theorem: Theorem, index: sp.Symbol, count: sp.Expr) -> tuple[Iterable[Formula], Formula]:
    """From G |- F(i) to G for every i = 1 .. n |- F(i) for every i = 1 .. n."""
    kept = _for_every(theorem.hypotheses, index, count, theorem.conclusion)
    return kept, _shown_defined(kept, Every(theorem.conclusion, index, count))


@_rule
def at_index(
    theorem: Theorem, index: sp.Expr, hypotheses: Sequence[Formula]
) -> tuple[Iterable[Formula], Formula]:
    """From G |- F(i) for every i = 1 .. n to G, H |- F(k), for 1 <= k <= n."""
    statement = theorem.conclusion
    require(isinstance(statement, Every), "{} does not speak of every index", statement)
    kept = [*theorem.hypotheses, *hypotheses]
    facts = _facts(kept)
    _in_range(facts, index, statement.args[2])
    require(not quantified_in([statement]) & free_variables(index), "{} would be captured", index)
    return kept, put(facts, statement.body, {statement.variable: index}, assumed=False)


@_rule
def least(
    term: sp.Expr, index: sp.Expr, hypotheses: Sequence[Formula]
) -> tuple[Iterable[Formula], Formula]:
    """H |- the least of f(1) .. f(n) <= f(k), for 1 <= k <= n."""
    require(isinstance(term, Least), "{} is no least value", term)
    facts = _facts(hypotheses)
    require(facts.defined(term), "{} is not shown to be defined", term)
    _in_range(facts, index, term.args[2])
    return hypotheses, Relation("<=", term, term.at(index))


# -- vectors ------------------------------------------------------------------------------------


@_rule
def nonzero(vector: Vector, hypotheses: Sequence[Formula]) -> tuple[Iterable[Formula], Formula]:
    """H |- V != 0, where a block of V is shown not to be zero."""
    facts = _facts(hypotheses)
    shown = facts.defined(vector) and facts.nonzero_vector(vector)
    require(shown, "{} is not shown to be nonzero", vector)
    return hypotheses, NonZero(vector)


@_rule
def count_parts(term: sp.Expr, hypotheses: Sequence[Formula]) -> tuple[Iterable[Formula], Formula]:
    """H |- a count over the entries of [U, V, ..] = the sum of the counts over each.

    The nonzero entries, or those that are at most a bound. A value repeated counts as often as it
    stands or not at all, and a factor that is not 0 makes no entry zero.
    """
    require(isinstance(term, NonzeroCount | CountAtMost), "{} counts no entries", term)
    facts = _facts(hypotheses)
    require(facts.defined(term), "{} is not shown to be defined", term)

    def counted(part: Vector) -> sp.Expr:
        match term, part:
            case NonzeroCount(), Repeat(args=(value, times)) if value == 0:
                return sp.Integer(0)
            case NonzeroCount(), Repeat(args=(value, times)) if facts.nonzero(value):
                return times
            case NonzeroCount(), Map(args=(body, x, inner)):
                factor = body / x
                if not factor.has(x) and facts.nonzero(factor):
                    return counted(inner)
            case CountAtMost(args=(_, bound)), Repeat(args=(value, times)):
                if facts.nonnegative(bound - value):
                    return times
                if facts.positive(value - bound):
                    return sp.Integer(0)
        return term.func(part, *term.args[1:])

    vector = term.args[0]
    parts = vector.args if isinstance(vector, Concat) else (vector,)
    return hypotheses, Relation("=", term, sp.Add(*map(counted, parts)))


@_rule
def open_predicate(
    predicate: Formula, reference: sp.Expr | None = None, hypotheses: Sequence[Formula] = ()
) -> tuple[Iterable[Formula], Formula]:
    """P(V), H |- what P says of the entries.

    V != 0: some entry is not 0. Not so: every entry is 0. All |v_j| equal: every |v_i| is |v_1|.
    Not so: for any number c (the reference) some |v_i| differs from c.
    """
    i = bound_symbol(0, "count")
    kept = [predicate, *hypotheses]
    match predicate:
        case NonZero(args=(v,)):
            return kept, Some(Relation("!=", Entry(v, i), 0), i, length(v))
        case Not(args=(NonZero(args=(v,)),)):
            return kept, Every(Relation("=", Entry(v, i), 0), i, length(v))
        case Constant(args=(v,)):
            return kept, Every(
                Relation("=", sp.Abs(Entry(v, i)), sp.Abs(Entry(v, 1))), i, length(v)
            )
        case Not(args=(Constant(args=(v,)),)):
            require(
                reference is not None and _facts(kept).defined(reference),
                "a defined reference is needed",
            )
            return kept, Some(Relation("!=", sp.Abs(Entry(v, i)), reference), i, length(v))
    raise KernelError(f"{predicate} is not a predicate that can be opened")


# -- connectives and quantifiers ----------------------------------------------------------------


@_rule
def both(*theorems: Theorem) -> tuple[Iterable[Formula], Formula]:
    """From G |- F, H |- F', .. to G, H, .. |- F and F' and .."""
    return frozenset().union(*(t.hypotheses for t in theorems)), And(
        *(t.conclusion for t in theorems)
    )


@_rule
def iff(
    forth: Theorem, back: Theorem, left: Formula, right: Formula
) -> tuple[Iterable[Formula], Formula]:
    """From G, F |- F' and H, not F |- not F' to G, H |- F <=> F'.

    The same with F and F' exchanged.
    """
    for a, b in ((left, right), (right, left)):
        if _same(forth.conclusion, b) and _same(back.conclusion, negation(b)):
            kept = _without(forth, a) | _without(back, negation(a))
            facts = _facts(kept)
            require(
                facts.defined(left) and facts.defined(right), "a side is not shown to be defined"
            )
            return kept, Iff(left, right)
    raise KernelError("the two theorems are not the two directions of the equivalence")


@_rule
def generalise(
    theorem: Theorem, given: Sequence[Formula], variables: Sequence[sp.Basic]
) -> tuple[Iterable[Formula], Formula]:
    """From G, H |- F to G |- for all x with H: F; x must not be free in G."""
    kept = [h for h in theorem.hypotheses if h not in given]
    free = set().union(*map(free_variables, kept))
    require(not free & set(variables), "a hypothesis that is kept speaks of the variable")
    return kept, ForAll(theorem.conclusion, And(*given), *variables)


@_rule
def exhibit(
    theorem: Theorem, statement: Formula, values: Sequence[sp.Expr]
) -> tuple[Iterable[Formula], Formula]:
    """From G |- F[x := t] to G |- there is x: F, for terms t of x's kind."""
    require(
        isinstance(statement, Exists) and not statement.given,
        "{} is not of the form: there is",
        statement,
    )
    require(len(values) == len(statement.variables), "one value for each variable")
    facts = _facts(theorem.hypotheses)
    inner = quantified_in([statement.body])
    for variable, value in zip(statement.variables, values, strict=True):
        require(
            _of_kind(facts, variable, value), "{} is not shown to be {}", value, kind_of(variable)
        )
        require(not inner & free_variables(value), "{} would be captured", value)
    mapping = dict(zip(statement.variables, values, strict=True))
    require(
        _same(put(facts, statement.body, mapping, assumed=True), theorem.conclusion),
        "the theorem is not that instance",
    )
    return theorem.hypotheses, statement
