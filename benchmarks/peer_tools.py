"""The tools: each is given a claim, and answers with values for its variables or with nothing."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from fractions import Fraction
from functools import partial
from itertools import islice, product
from typing import Any

from explicit import Statement
from plain_floats import MEANING, margin_of
from solver_terms import SolverTerms

Answer = dict[str, Fraction] | None
Fixed = Mapping[str, Fraction]
#: values that solvers are given for the exponents that a claim leaves free, of all choices that its
#: premises allow the first few: terms must be polynomials of a low degree
EXPONENTS = (1, 2, 4, Fraction(1, 2))
CHOICES = 3
MAX_EXAMPLES = 20_000
MAX_GENERATIONS = 2000


def hypothesis_find(stated: Statement, fixed: Fixed) -> Answer:
    from hypothesis import HealthCheck, find, settings
    from hypothesis import strategies as st
    from hypothesis.errors import NoSuchExample

    def drawn(name: str) -> Any:
        if name in fixed:
            return st.just(float(fixed[name]))
        if name in stated.exponents:
            return st.floats(0.1, 10)
        kind = stated.kinds[name]
        return st.floats(-1000 if kind == "real" else 0, 1000, exclude_min=kind == "positive")

    margin = margin_of(stated)
    quick = settings(
        max_examples=MAX_EXAMPLES,
        database=None,
        deadline=None,
        suppress_health_check=list(HealthCheck),
    )
    try:
        values = find(
            st.tuples(*map(drawn, stated.kinds)), lambda x: margin(*x) < 0, settings=quick
        )
    except NoSuchExample:
        return None
    return dict(zip(stated.kinds, map(Fraction, values), strict=True))


def scipy_evolution(stated: Statement, fixed: Fixed) -> Answer:
    from scipy.optimize import differential_evolution

    def bounds(name: str) -> tuple[float, float]:
        if name in stated.exponents:
            return 0.1, 10
        return {"real": -10, "nonnegative": 0, "positive": 1e-12}[stated.kinds[name]], 10

    margin = margin_of(stated)
    free = [name for name in stated.kinds if name not in fixed]
    known = {name: float(value) for name, value in fixed.items()}
    found = differential_evolution(
        lambda x: margin(**dict(zip(free, x.tolist(), strict=True)), **known),
        list(map(bounds, free)),
        seed=0,
        maxiter=MAX_GENERATIONS,
        polish=False,
        callback=lambda intermediate_result: intermediate_result.fun < 0,
    )
    if found.fun >= 0:
        return None
    return dict(fixed) | {n: Fraction(float(x)) for n, x in zip(free, found.x, strict=True)}


@dataclass(frozen=True)
class Solver:
    """A solver of polynomial constraints: its interface, and how a number is read from a model."""

    api: Any
    new: Callable[[], Any]
    value: Callable[[Any], Fraction]


def z3_nlsat() -> Solver:
    import z3

    return Solver(z3, z3.Tactic("qfnra-nlsat").solver, _value_of_z3)


def z3_default() -> Solver:
    import z3

    return Solver(z3, z3.Solver, _value_of_z3)


def cvc5_nra() -> Solver:
    from cvc5 import pythonic as api

    def value(number: Any) -> Fraction:
        text = str(number)
        return algebraic(text) if "algebraic" in text else Fraction(str(number.as_fraction()))

    return Solver(api, lambda: api.SolverFor("QF_NRA"), value)


def _found(of: Callable[[], Solver], stated: Statement, fixed: Fixed) -> Answer:
    tool = of()
    for exponents in exponent_choices(stated, fixed):
        solver = tool.new()
        unknowns = SolverTerms(solver, tool.api).deny(stated, exponents)
        if str(solver.check()) == "sat":
            model = solver.model()
            # 1 where the model leaves a variable free
            found = {
                n: Fraction(1) if model[x] is None else tool.value(model[x])
                for n, x in unknowns.items()
            }
            return exponents | found
    return None


def proves(of: Callable[[], Solver], stated: Statement) -> bool:
    """Tell whether a solver finds no counterexample at the first choice of exponents."""
    tool = of()
    for exponents in exponent_choices(stated, {})[:1]:
        solver = tool.new()
        SolverTerms(solver, tool.api).deny(stated, exponents)
        return str(solver.check()) == "unsat"
    return False


def exponent_choices(stated: Statement, fixed: Fixed) -> list[dict[str, Fraction]]:
    """Return the values of all exponents at which solvers are asked."""
    choices = product(*([fixed[n]] if n in fixed else EXPONENTS for n in stated.exponents))
    named = (dict(zip(stated.exponents, map(Fraction, c), strict=True)) for c in choices)
    return list(islice((values for values in named if _allowed(stated, values)), CHOICES))


def _allowed(stated: Statement, values: Mapping[str, Fraction]) -> bool:
    space = {**MEANING, **values}
    parts = [compile(part, "premise", "eval") for part in stated.given]
    of_exponents = [part for part in parts if space.keys() >= set(part.co_names)]
    return all(eval(part, dict(space)) for part in of_exponents)  # noqa: S307 - our own claims


def _value_of_z3(number: Any) -> Fraction:
    import z3

    if z3.is_algebraic_value(number):
        number = number.approx(30)
    return Fraction(number.numerator_as_long(), number.denominator_as_long())


def algebraic(text: str) -> Fraction:
    """Read `<1*x^2 + (-2), (5/4, 3/2)>`, a root of a polynomial in an interval, to 30 places."""
    polynomial, low, high = re.search(r"<(.*), \((\S+), (\S+)\)>", text).groups()  # type: ignore
    powers = [
        (Fraction(factor), int(power or 1) if x else 0)
        for factor, x, power in re.findall(r"\(?(-?\d+)\)?(\*x)?(?:\^(\d+))?", polynomial)
    ]

    def above(x: Fraction) -> bool:
        return sum(factor * x**power for factor, power in powers) > 0

    low, high = Fraction(low), Fraction(high)
    while high - low > Fraction(1, 10**30):
        middle = (low + high) / 2
        low, high = (middle, high) if above(middle) == above(low) else (low, middle)
    return (low + high) / 2


#: the module that each needs, and the solver
SOLVERS: dict[str, tuple[str, Callable[[], Solver]]] = {
    "z3 qfnra-nlsat": ("z3", z3_nlsat),
    "z3 default": ("z3", z3_default),
    "cvc5 QF_NRA": ("cvc5", cvc5_nra),
}
#: the module that each needs, and what it does
PEERS: dict[str, tuple[str, Callable[[Statement, Fixed], Answer]]] = {
    "Hypothesis find": ("hypothesis", hypothesis_find),
    "SciPy evolution": ("scipy", scipy_evolution),
    **{name: (module, partial(_found, of)) for name, (module, of) in SOLVERS.items()},
}
