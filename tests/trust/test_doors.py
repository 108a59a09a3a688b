"""What gets into a rule of the kernel: theorems that are theorems, and arguments that stay."""

from collections.abc import Callable, Iterator
from typing import Any
from unittest.mock import Mock

import pytest
import sympy as sp

from symbolic_proofs import kernel as K
from symbolic_proofs.kernel import KernelError
from symbolic_proofs.kernel.definedness import Facts
from symbolic_proofs.language import count, equal, nonnegative, positive, real, size, vector
from symbolic_proofs.language.claim import claim
from symbolic_proofs.language.formulas import And, Exists, ForAll, NonZero, Relation
from symbolic_proofs.language.names import LanguageError
from symbolic_proofs.language.operations import Abs, Sum, Variable
from symbolic_proofs.language.terms import OnNonzero, PQIndex
from symbolic_proofs.language.vectors import Entry

N, n, k = count("N"), size("n"), count("k")
x, y, p, q = real("x"), positive("y"), positive("p"), positive("q")
W, U = vector("W", N), vector("U", n)
ABOVE = Relation(">", x, 5)

#: rules that take hypotheses, each with hypotheses without which it would not hold
CONDITIONAL: dict[str, tuple[Callable[[Any], K.Theorem], tuple[Any, ...]]] = {
    "nonzero": (lambda given: K.nonzero(W, given), (NonZero(W),)),
    "on_nonzero": (
        lambda given: K.on_nonzero(OnNonzero(1, x, x), given),
        (Relation("!=", x, 0),),
    ),
    "define": (lambda given: K.define(PQIndex(W, p, q), given), (NonZero(W),)),
    "arithmetic": (lambda given: K.arithmetic(Relation(">", x, 4), (), given), (ABOVE,)),
    "weaken": (lambda given: K.weaken(K.assume(ABOVE), given), (Relation("<", x, 9),)),
}


def once(given: tuple[Any, ...]) -> Iterator[Any]:
    yield from given


@pytest.mark.parametrize("form", [once, iter, list, set, frozenset], ids=lambda f: f.__name__)
@pytest.mark.parametrize("rule", CONDITIONAL)
def test_hypotheses_are_kept_in_whatever_they_are_handed_over(
    rule: str, form: Callable[[Any], Any]
) -> None:
    apply, given = CONDITIONAL[rule]
    theorem = apply(form(given))
    assert set(given) <= theorem.hypotheses
    assert theorem.conclusion == apply(given).conclusion
    assert theorem.hypotheses == apply(given).hypotheses


def test_what_is_changed_afterwards_changes_no_theorem() -> None:
    given, values = [ABOVE], {x: sp.Integer(7)}
    weaker = K.weaken(K.assume(Relation(">", x, 6)), given)
    put = K.instantiate(weaker, values)
    given.clear()
    values.clear()
    assert weaker.arguments == ((ABOVE,),)
    assert put.arguments[0] == {x: 7}


def test_a_hypothesis_that_is_generalised_over_is_not_kept_twice() -> None:
    with pytest.raises(KernelError, match="speaks of the variable"):
        K.generalise(K.assume(ABOVE), (), (x,))
    theorem = K.generalise(K.assume(ABOVE), iter([ABOVE]), iter([x]))
    assert theorem.conclusion == ForAll(ABOVE, And(ABOVE), x)


class LooksLikeATheorem:
    __class__ = K.Theorem
    hypotheses: frozenset[Any] = frozenset()
    conclusion = equal(0, 1)


def mocked() -> Any:
    made = Mock(spec=K.Theorem)
    made.hypotheses, made.conclusion = frozenset(), equal(0, 1)
    return made


@pytest.mark.parametrize("forged", [LooksLikeATheorem(), mocked()], ids=["class", "mock"])
@pytest.mark.parametrize(
    "apply",
    [
        lambda t: K.weaken(t, ()),
        K.both,
        lambda t: K.both(K.assume(ABOVE), t),
        lambda t: K.cut(t, K.assume(equal(0, 1))),
        lambda t: K.arithmetic(t, equal(0, 1), (sp.Integer(1),), ()),
        lambda t: K.rewrite(t, K.assume(ABOVE)),
        lambda t: K.instantiate(t, {x: sp.Integer(1)}),
    ],
)
def test_what_only_looks_like_a_theorem_is_none(forged: Any, apply: Callable[[Any], Any]) -> None:
    with pytest.raises(KernelError):
        apply(forged)


class Text(str):
    """A text that is equal to whatever it is said to be equal to."""

    said = "!="

    def __str__(self) -> "Text":
        return self

    def __eq__(self, other: object) -> bool:
        return Text.said == other

    def __hash__(self) -> int:
        return hash(Text.said)


class OtherSum(Sum):
    """The sum x + 2 that says that it is x + 1."""

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Sum) and other.args in (self.args, (x + 1).args)

    def __hash__(self) -> int:
        return hash(x + 1)


class Number(sp.Integer):
    """A number that can be another one later."""


class Letter(Variable):
    """A variable that is not of the language's own class."""


def other_sum() -> sp.Expr:
    K.assume(equal(x + 1, x + 2))  # what the kernel has seen before is not looked at again
    return sp.Expr.__new__(OtherSum, sp.Integer(2), x)


def other_number() -> sp.Expr:
    made = sp.Expr.__new__(Number)
    made.p = 0
    return made


def not_in_lowest_terms() -> sp.Expr:
    made = sp.Expr.__new__(sp.Rational)
    made.p, made.q = 2, 4
    return made


def other_letter() -> sp.Expr:
    made = sp.Symbol.__xnew__(Letter, "x")
    made.kind = "real"
    return made


@pytest.mark.parametrize(
    "goal",
    [
        lambda: Relation(Text("="), 0, 1),
        lambda: equal(other_sum(), x + 2),
        lambda: equal(other_number(), 0),
        lambda: equal(other_letter(), other_letter()),
        lambda: equal(not_in_lowest_terms(), sp.Rational(1, 2)),
    ],
    ids=["text", "sum", "number", "letter", "lowest-terms"],
)
@pytest.mark.parametrize(
    "apply",
    [
        lambda goal: K.arithmetic(goal, (), ()),
        K.assume,
        lambda goal: K.weaken(K.assume(ABOVE), [goal]),
        lambda goal: K.absurd(K.assume(ABOVE), K.assume(Relation("<=", x, 5)), goal),
    ],
    ids=["arithmetic", "assume", "weaken", "absurd"],
)
def test_a_part_that_only_says_what_it_is_gets_into_no_rule(
    apply: Callable[[Any], Any], goal: Callable[[], Any]
) -> None:
    with pytest.raises(KernelError):
        apply(goal())


@pytest.mark.parametrize("goal", [lambda: Relation(Text("="), 0, 1), lambda: equal(other_sum(), x)])
def test_a_part_that_only_says_what_it_is_gets_into_no_claim(goal: Callable[[], Any]) -> None:
    for stated in (goal(), And(ABOVE, goal())):
        with pytest.raises(LanguageError):
            claim("doors.claim", "", "", then=stated)
        with pytest.raises(LanguageError):
            claim("doors.claim", "", "", given=(stated,), then=ABOVE)


@pytest.mark.parametrize(("attribute", "value"), [("kind", "positive"), ("name", "y")])
def test_a_symbol_stays_what_it_is(attribute: str, value: str) -> None:
    with pytest.raises(LanguageError, match="cannot be changed"):
        setattr(x, attribute, value)
    assert (x.name, x.kind) == ("x", "real")


READS_AN_INDEX = (
    lambda: K.arithmetic(Relation(">=", Abs(Entry(U, k)), 0), (), ()),
    lambda: K.arithmetic(equal(Entry(W, k), Entry(W, k)), (), ()),
    lambda: K.arithmetic(Relation(">=", Abs(Entry(W, sp.Integer(5))), 0), (), ()),
    lambda: K.arithmetic(Relation(">=", Abs(Entry(W, x)), 0), (), ()),
    lambda: K.arithmetic(Relation(">=", Abs(Entry(W, N + 1)), 0), (), ()),
    lambda: K.arithmetic(Relation(">=", Abs(Entry(W, k)), 0), (), (Relation("<=", k, N + 1),)),
)


@pytest.mark.parametrize("theorem", READS_AN_INDEX)
def test_an_entry_is_there_only_where_its_index_is_shown_to_be(theorem: Callable[[], Any]) -> None:
    with pytest.raises(KernelError, match="defined"):
        theorem()


def test_an_index_in_range_does_not_leave_its_vector_through_a_quantifier() -> None:
    within = Relation("<=", k, n)
    theorem = K.arithmetic(Relation(">=", Abs(Entry(U, k)), 0), (), (within,))
    found = K.exhibit(theorem, Exists(Relation(">=", Abs(Entry(U, k)), 0), And(), k), (k,))
    assert K.instantiate(found, {n: sp.Integer(0)}).hypotheses == {Relation("<=", k, 0)}
    with pytest.raises(KernelError, match="speaks of the variable"):
        K.generalise(theorem, (), (k,))
    everywhere = K.generalise(theorem, (within,), (k,))
    assert K.instantiate(everywhere, {n: sp.Integer(0)}).conclusion.given == (Relation("<=", k, 0),)


v, a = real("v"), nonnegative("a")
ROOT = K.arithmetic(Relation(">=", sp.sqrt(x), 0), (), (Relation("<=", 0, x),))


@pytest.mark.parametrize("value", [a * v, 4 * v, -v, v**2, a * v**2, 1 / v, v / a])
def test_a_conclusion_gains_no_condition_where_a_value_is_put_in(value: sp.Expr) -> None:
    try:
        theorem = K.instantiate(ROOT, {x: value})
    except KernelError:
        return
    assert Facts(theorem.hypotheses).defined(theorem.conclusion)


def test_a_root_is_not_parted_where_a_product_is_put_under_it() -> None:
    theorem = K.instantiate(ROOT, {x: a * v})
    assert theorem.conclusion == Relation(">=", (a * v) ** sp.Rational(1, 2), 0)
    (premise,) = theorem.hypotheses
    assert premise == Relation("<=", 0, a * v)
