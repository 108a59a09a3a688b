"""The tools: each is given a claim, and answers with values for its variables or with nothing."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from fractions import Fraction
from typing import Any

from explicit import Statement
from plain_floats import margin_of
from solver_terms import SolverTerms

Answer = dict[str, Fraction] | None
Fixed = Mapping[str, Fraction]
#: values for p and q that a solver is given in turn where the claim leaves them free: the first two
#: pairs at which terms are polynomials of a low degree
PAIRS = ((1, 2), (2, 4))
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


def z3_nlsat(stated: Statement, fixed: Fixed) -> Answer:
    import z3

    return _solve(stated, fixed, z3, z3.Tactic("qfnra-nlsat").solver, _value_of_z3)


def z3_default(stated: Statement, fixed: Fixed) -> Answer:
    import z3

    return _solve(stated, fixed, z3, z3.Solver, _value_of_z3)


def cvc5_nra(stated: Statement, fixed: Fixed) -> Answer:
    from cvc5 import pythonic as api

    def value(number: Any) -> Fraction:
        text = str(number)
        return algebraic(text) if "algebraic" in text else Fraction(str(number.as_fraction()))

    return _solve(stated, fixed, api, lambda: api.SolverFor("QF_NRA"), value)


def _solve(
    stated: Statement,
    fixed: Fixed,
    api: Any,
    new_solver: Callable[[], Any],
    value: Callable[[Any], Fraction],
) -> Answer:
    for pair in PAIRS:
        named = dict(zip(("p", "q"), map(Fraction, pair), strict=True))
        exponents = {name: fixed.get(name, named[name]) for name in stated.exponents}
        solver = new_solver()
        unknowns = SolverTerms(solver, api).deny(stated, exponents)
        if str(solver.check()) == "sat":
            model = solver.model()
            # 1 where the model leaves a variable free
            found = {
                n: Fraction(1) if model[x] is None else value(model[x]) for n, x in unknowns.items()
            }
            return exponents | found
        if exponents.keys() <= fixed.keys():
            return None
    return None


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


#: the module that each needs, and what it does
PEERS: dict[str, tuple[str, Callable[[Statement, Fixed], Answer]]] = {
    "Hypothesis find": ("hypothesis", hypothesis_find),
    "SciPy evolution": ("scipy", scipy_evolution),
    "z3 qfnra-nlsat": ("z3", z3_nlsat),
    "z3 default": ("z3", z3_default),
    "cvc5 QF_NRA": ("cvc5", cvc5_nra),
}
