"""Theorems that no rule has made: the translator or Coq refuses each, and says so in a line."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any
from unittest.mock import Mock

import pytest
import sympy as sp
from proving import proof
from sympy.core.symbol import Str

from symbolic_proofs.claims.catalogue import find_claim
from symbolic_proofs.coq import checking
from symbolic_proofs.coq.files import Exported, contents, holds
from symbolic_proofs.coq.theory import in_order
from symbolic_proofs.kernel import theorem as kernel_theorem
from symbolic_proofs.kernel.theorem import Theorem
from symbolic_proofs.language.claim import Claim
from symbolic_proofs.language.formulas import (
    And,
    Exists,
    ForAll,
    Formula,
    NonZero,
    Relation,
    negation,
)
from symbolic_proofs.language.operations import Abs, Exp, Log, Power, Product, Sum
from symbolic_proofs.language.sums import OnNonzero
from symbolic_proofs.language.symbols import count, nonnegative, positive, real
from symbolic_proofs.language.terms import PowerSum, PQIndex
from symbolic_proofs.language.vectors import Repeat, vector

#: claims whose proofs use most of the rules
SOURCES = (
    "range.lower",
    "range.dense-is-zero.amended",
    "range.one-attained.amended",
    "time.varying-lowers.first.amended",
    "sensitivity.example-norms",
    "adjust.p-norm.amended",
)
#: for one file; the machine may be busy
SECONDS = 600.0
p, q, x, y, u = positive("p"), positive("q"), real("x"), positive("y"), nonnegative("u")
N, m, k = count("N"), count("m"), count("k")
W = vector("W", N)
ZERO, ONE = sp.Integer(0), sp.Integer(1)


def forged(
    rule: str,
    conclusion: Formula,
    hypotheses: Iterable[Formula] = (),
    premises: Iterable[Theorem] = (),
    arguments: Iterable[Any] = (),
) -> Theorem:
    """Return a theorem that the kernel has not made."""
    fields = frozenset(hypotheses), conclusion, rule, tuple(premises), tuple(arguments)
    return Theorem(kernel_theorem._KEY, *fields)


def computed(conclusion: Formula) -> Theorem:
    """Return that arithmetic alone gives a conclusion."""
    return forged("arithmetic", conclusion, (), (), (conclusion, (), ()))


def less(left: Any, right: Any) -> Relation:
    return Relation("<", sp.sympify(left), sp.sympify(right))


def equal(left: Any, right: Any) -> Relation:
    return Relation("=", sp.sympify(left), sp.sympify(right))


def foreign(term: sp.Expr) -> Relation:
    """Return that y is a term which the language does not have."""
    return sp.Basic.__new__(Relation, Str("="), term, y)


def false(formula: Formula) -> Formula:
    """Return a formula that is false wherever another is true."""
    if not isinstance(formula, Relation):
        return negation(formula)
    left, right = formula.left, formula.right
    match formula.op:
        case "=":
            return Relation("=", left, Sum(right, ONE))
        case "<" | ">":
            return Relation(formula.op, right, left)
        case "<=":
            return Relation("<=", Sum(left, ONE), right)
        case ">=":
            return Relation(">=", left, Sum(right, ONE))
    return negation(formula)


def derived(id_: str) -> Theorem:
    derivation = proof(find_claim(id_))
    assert derivation is not None
    return derivation.theorem


def with_false_conclusion(theorem: Theorem) -> Theorem:
    wrong = false(theorem.conclusion)
    arguments = [wrong if part == theorem.conclusion else part for part in theorem.arguments]
    return forged(theorem.rule, wrong, theorem.hypotheses, theorem.premises, arguments)


def without(theorem: Theorem, name: str) -> Theorem:
    """Return a theorem without the hypotheses that speak of a name."""
    kept = [h for h in theorem.hypotheses if name not in str(h)]
    assert len(kept) < len(theorem.hypotheses)
    return forged(theorem.rule, theorem.conclusion, kept, theorem.premises, theorem.arguments)


def spoilt(theorem: Theorem, rule: str) -> Theorem:
    """Return a theorem with the first step of a rule false, and all that rests on it as it was.

    So is every other step that says the same: one stands in for another.
    """
    made: dict[int, Theorem] = {}
    steps = in_order(theorem)
    said = next(part.conclusion for part in steps if part.rule == rule)
    for part in steps:
        premises = [made[id(premise)] for premise in part.premises]
        again = forged(part.rule, part.conclusion, part.hypotheses, premises, part.arguments)
        if part.conclusion == said:
            again = with_false_conclusion(again)
        made[id(part)] = again
    return made[id(theorem)]


def mock() -> Theorem:
    made = Mock(spec=Theorem)
    made.hypotheses, made.conclusion = frozenset(), equal(0, 1)
    made.rule, made.premises, made.arguments = "assume", (), ()
    return made


def steps_by_rule() -> dict[str, Theorem]:
    """Return for each rule the theorem of it that rests on the fewest others."""
    found: dict[str, tuple[int, Theorem]] = {}
    for id_ in SOURCES:
        for theorem in in_order(derived(id_)):
            size = len(in_order(theorem))
            if theorem.rule not in found or size < found[theorem.rule][0]:
                found[theorem.rule] = size, theorem
    return {rule: theorem for rule, (size, theorem) in sorted(found.items()) if size < 60}


#: what once went through the kernel, or through a program that believes SymPy
ATTACKS: dict[str, Callable[[], Theorem]] = {
    "a fraction is whole": lambda: forged(
        "whole",
        Relation("<=", Sum(Product(Power(sp.Integer(2), N), sp.Rational(1, 6)), ONE), k),
        [less(Product(Power(sp.Integer(2), N), sp.Rational(1, 6)), k)],
        [forged("assume", h := less(Product(Power(sp.Integer(2), N), sp.Rational(1, 6)), k), [h])],
    ),
    "bars are lost": lambda: forged(
        "instantiate",
        Relation(">=", Sum(Power(N, -ONE), sp.Integer(-1)), ZERO),
        (),
        [computed(Relation(">=", Abs(x), ZERO))],
        [{x: Sum(Power(N, -ONE), sp.Integer(-1))}],
    ),
    "a hypothesis is used up": lambda: forged("nonzero", NonZero(W), (), (), (W, ())),
    "a value where there is none": lambda: forged(
        "on_nonzero", equal(OnNonzero(ONE, u, u), 1), (), (), (OnNonzero(ONE, u, u), ())
    ),
    "a variable of a hypothesis is bound": lambda: forged(
        "generalise",
        ForAll(Relation(">", x, sp.Integer(5)), And(), x),
        (),
        [forged("assume", Relation(">", x, sp.Integer(5)), [Relation(">", x, sp.Integer(5))])],
        ((), (x,)),
    ),
    "the sign of a product": lambda: computed(Relation(">", Product(sp.Integer(-1), y), ZERO)),
    "nothing is more than itself": lambda: computed(Relation(">", ZERO, ZERO)),
    "a mock": mock,
    "an index below the first": lambda: forged(
        "exhibit",
        Exists(Relation("<=", k, ZERO), And(), k),
        (),
        [computed(Relation("<=", ZERO, ZERO))],
        (Exists(Relation("<=", k, ZERO), And(), k), (ZERO,)),
    ),
    "a head of SymPy": lambda: forged("assume", h := foreign(sp.Sum(k, (k, 1, 2))), [h]),
    "a function of SymPy": lambda: forged("assume", h := foreign(sp.Basic.__new__(sp.sin, x)), [h]),
    "a quotient of a sum and itself": lambda: computed(
        equal(Product(PowerSum(W, p), Power(PowerSum(W, p), -ONE)), 1)
    ),
    "a quotient of a number and itself": lambda: computed(equal(Product(x, Power(x, -ONE)), 1)),
    "a root is split": lambda: computed(
        equal(Power(Power(x, sp.Integer(2)), sp.Rational(1, 2)), x)
    ),
    "a logarithm of 0": lambda: computed(equal(Exp(Log(u)), u)),
    "e^x beyond its tangent": lambda: forged(
        "exponential", less(Sum(ONE, x), Exp(x)), (), (), (x,)
    ),
    "e^x far above its tangent": lambda: forged(
        "exponential_weak", Relation("<=", Sum(sp.Integer(2), x), Exp(x)), (), (), (x,)
    ),
    "another definition": lambda: forged(
        "define", equal(PQIndex(W, p, q), 1), (), (), (PQIndex(W, p, q),)
    ),
    "an assumption without its hypothesis": lambda: forged("assume", less(p, q)),
    "a hypothesis that weakens": lambda: forged(
        "weaken", less(p, q), [less(q, p)], [forged("assume", less(p, q), [less(p, q)])]
    ),
    "a conclusion from nothing": lambda: forged("absurd", equal(0, 1)),
    "a rule that there is not": lambda: forged("by_magic", equal(0, 1)),
    "a proof in a rule's name": lambda: forged("assume. Admitted. (*", equal(0, 1)),
    "a circle": lambda: forged("cut", equal(0, 1), (), [mock(), mock()]),
    "a vector of zeros": lambda: forged(
        "nonzero", NonZero(Repeat(ZERO, N)), (), (), (Repeat(ZERO, N),)
    ),
    "appended zeros raise I without p < q": lambda: without(derived("zeros.raise"), "p"),
    "appended zeros raise I of zeros": lambda: without(derived("zeros.raise"), "W"),
}
#: (claim, the rule of the step that is false)
SPOILT = (
    ("zeros.raise", "split"),
    ("zeros.raise", "arithmetic"),
    ("scaling.invariance", "define"),
    ("scaling.invariance", "linear"),
    ("zeros.p-norm.amended", "rewrite"),
    ("firing.lowers.binary", "instantiate"),
)


def claimed(name: str, theorem: Theorem) -> Exported | str:
    """Return a theorem as the proof of a claim that says what it does, or why there is none."""
    try:
        hypotheses = tuple(sorted(theorem.hypotheses, key=str))
        return holds(Claim(name, "", "", hypotheses, theorem.conclusion), theorem)
    except Exception as reason:  # whatever stops it: nothing is written
        return f"{type(reason).__name__}: {reason}"


def everything() -> Iterator[tuple[str, str, Theorem]]:
    """Yield what is tried: what it is called, a name of it, the theorem."""
    for number, (what, make) in enumerate(ATTACKS.items()):
        yield what, f"attack.x{number}", make()
    for id_, rule in SPOILT:
        yield f"{id_} by a false {rule}", f"spoilt.{id_}.{rule}", spoilt(derived(id_), rule)
    for rule, theorem in steps_by_rule().items():
        word = rule.replace("_", "-")
        yield f"false {rule}", f"false.{word}", with_false_conclusion(theorem)
        yield f"true {rule}", f"true.{word}", theorem


@pytest.fixture(scope="module")
def found(tmp_path_factory: pytest.TempPathFactory) -> dict[str, checking.Opinion]:
    """Return what comes of each, by what it is called."""
    made = {what: claimed(name, theorem) for what, name, theorem in everything()}
    exported = {what: one for what, one in made.items() if isinstance(one, Exported)}
    folder = tmp_path_factory.mktemp("coq")
    for name, text in contents(list(exported.values())).items():
        (Path(folder) / name).write_text(text, encoding="utf-8")
    checking.prepare(folder, SECONDS)
    with ThreadPoolExecutor(2) as pool:
        asked = pool.map(lambda one: checking.opinion(folder, one.name, SECONDS), exported.values())
        said = dict(zip(exported, asked, strict=True))
    return {
        what: said[what] if what in said else checking.Opinion(True, False, str(one))
        for what, one in made.items()
    }


pytestmark = pytest.mark.skipif(shutil.which("coqc") is None, reason="Coq is not installed")


@pytest.mark.parametrize("what", [*ATTACKS, *(f"{id_} by a false {rule}" for id_, rule in SPOILT)])
def test_a_forged_proof_is_refused(what: str, found: dict[str, checking.Opinion]) -> None:
    assert found[what].refused, found[what]


def test_a_false_step_is_refused_and_the_true_one_confirmed(
    found: dict[str, checking.Opinion],
) -> None:
    rules = [what.removeprefix("true ") for what in found if what.startswith("true ")]
    assert len(rules) > 15
    wrong = {rule: found[f"true {rule}"] for rule in rules if not found[f"true {rule}"].confirmed}
    assert wrong == {}
    # from hypotheses that contradict each other all follows
    accepted = [rule for rule in rules if not found[f"false {rule}"].refused]
    assert accepted == ["absurd"]
