"""The same questions put to other tools, each in a process of its own with a time limit.

    python benchmarks/peers.py [SECONDS]

`bump_eps`: adding α > 0 to an entry raises I_{1,2}, for entries of at least (1 - eps) τ. True at
eps = 0; else there is a counterexample in a sliver of that width. N = 4. An answer counts as a
witness only when the certifier accepts it; FALSE is one that it refuses. Tools that are not
installed are left out.
"""

from __future__ import annotations

import importlib
import importlib.util
import multiprocessing
import re
import sys
from collections.abc import Callable
from fractions import Fraction
from queue import Empty
from time import perf_counter
from typing import Any

DIGITS = (1, 3, 6, 9)
DEFAULT_LIMIT = 20.0
Answer = tuple[list[Fraction], Fraction] | None


def bump(digits: int) -> Any:
    from symbolic_proofs.claims.claim import claim
    from symbolic_proofs.claims.notation import I, R, alpha, nonzero, p, q, threshold, x
    from symbolic_proofs.language.symbols import scalar
    from symbolic_proofs.language.vectors import concat

    bound = (1 - scalar(Fraction(1, 10**digits))) * threshold(R)
    return claim(
        f"bump.eps-{digits}", "benchmark", "adding raises I, up to a sliver",
        given=(p < q, nonzero(R), x >= bound), then=I(concat(x + alpha, R)) > I(concat(x, R)),
    )  # fmt: skip


def certified(digits: int, answer: Answer) -> bool:
    from numeric_check.certify import NotACounterexample, Undecided, certify
    from numeric_check.witness import Witness

    if answer is None:
        return False
    entries, step = answer
    scalars = {"p": Fraction(1), "q": Fraction(2), "x": entries[0], "alpha": step}
    try:
        certify(bump(digits), Witness(scalars, {"R": tuple((e, 1) for e in entries[1:])}))
    except (NotACounterexample, Undecided):
        return False
    return True


def own(digits: int) -> Answer:
    from numeric_check.search import search

    witness = search(bump(digits), p=1, q=2, dim=4).witness
    if witness is None:
        return None
    rest = [value for value, times in witness.vectors["R"] for _ in range(times)]
    return [witness.scalars["x"], *rest], witness.scalars["alpha"]


def margin(digits: int, w: Any, step: float) -> float:
    """What the claim says is above 0, in floats, as a user of these tools would write it."""
    import numpy as np

    def index(v: Any) -> float:
        largest = np.max(np.abs(v))
        if largest == 0:
            return 0.0
        v = np.abs(v) / largest
        return float(1 - len(v) ** -0.5 * v.sum() / np.sqrt((v**2).sum()))

    rest = np.array(w[1:])
    if not rest.any() or step <= 0 or w[0] < (1 - 10.0**-digits) * (rest**2).sum() / rest.sum():
        return 1.0
    return index(np.array([w[0] + step, *rest])) - index(np.array(w))


def hypothesis_find(digits: int) -> Answer:
    from hypothesis import HealthCheck, find, settings
    from hypothesis import strategies as st
    from hypothesis.errors import NoSuchExample

    numbers = st.floats(0, 1000)
    quick = settings(
        max_examples=20_000, database=None, deadline=None, suppress_health_check=list(HealthCheck)
    )
    try:
        w, step = find(
            st.tuples(st.lists(numbers, min_size=4, max_size=4), numbers),
            lambda t: margin(digits, *t) < 0,
            settings=quick,
        )
    except NoSuchExample:
        return None
    return list(map(Fraction, w)), Fraction(step)


def scipy_evolution(digits: int) -> Answer:
    from scipy.optimize import differential_evolution

    found = differential_evolution(
        lambda v: margin(digits, v[:4], v[4]), [(0, 10)] * 4 + [(1e-12, 1)], seed=0, maxiter=2000
    )
    if found.fun >= 0:
        return None
    return [Fraction(float(v)) for v in found.x[:4]], Fraction(float(found.x[4]))


def smt(solver: Any, api: Any, digits: int, value: Callable[[Any], Fraction]) -> Answer:
    """State it for a solver: n^2 is the sum of squares, and 1-norm / 2-norm must not fall."""
    w, step = [api.Real(f"w{i}") for i in range(4)], api.Real("a")
    n, m = api.Real("n"), api.Real("m")
    rest, squares = w[1] + w[2] + w[3], w[1] * w[1] + w[2] * w[2] + w[3] * w[3]
    solver.add(*(x >= 0 for x in w), step > 0, rest > 0, n > 0, m > 0)
    solver.add(w[0] * rest * 10**digits >= (10**digits - 1) * squares)
    solver.add(n * n == w[0] * w[0] + squares, m * m == (w[0] + step) * (w[0] + step) + squares)
    solver.add((w[0] + step + rest) * n >= (w[0] + rest) * m)
    if str(solver.check()) != "sat":
        return None
    model = solver.model()
    return [value(model[x]) for x in w], value(model[step])


def z3_nlsat(digits: int) -> Answer:
    import z3

    def value(number: Any) -> Fraction:
        if z3.is_algebraic_value(number):
            number = number.approx(30)
        return Fraction(number.numerator_as_long(), number.denominator_as_long())

    return smt(z3.Tactic("qfnra-nlsat").solver(), z3, digits, value)


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


def cvc5_nra(digits: int) -> Answer:
    from cvc5 import pythonic as api

    def value(number: Any) -> Fraction:
        text = str(number)
        return algebraic(text) if "algebraic" in text else Fraction(str(number.as_fraction()))

    solver = api.SolverFor("QF_NRA")
    return smt(solver, api, digits, value)


TOOLS: dict[str, tuple[str, Callable[[int], Answer]]] = {
    "sparsity-audit": ("numeric_check", own),
    "Hypothesis find": ("hypothesis", hypothesis_find),
    "SciPy evolution": ("scipy", scipy_evolution),
    "z3 qfnra-nlsat": ("z3", z3_nlsat),
    "cvc5 QF_NRA": ("cvc5", cvc5_nra),
}


def child(name: str, digits: int, answers: Any) -> None:
    module, tool = TOOLS[name]
    importlib.import_module(module)
    certified(1, None)  # imports what certifying needs
    bump(1)
    start = perf_counter()
    try:
        answer = tool(digits)
        passed = perf_counter() - start
        verdict = "none" if answer is None else "yes" if certified(digits, answer) else "FALSE"
    except Exception as error:  # a peer's failure is a row of the table
        passed, verdict = perf_counter() - start, type(error).__name__.removesuffix("ModelError")
    answers.put((verdict, passed))


def ask(name: str, digits: int, limit: float) -> str:
    context = multiprocessing.get_context("spawn")
    answers = context.Queue()
    process = context.Process(target=child, args=(name, digits, answers))
    process.start()
    try:
        verdict, passed = answers.get(timeout=limit + 10)
    except Empty:
        return f"> {limit:.0f} s"
    finally:
        process.kill()
        process.join()
    return f"{verdict} {passed:.2f} s" if passed <= limit else f"> {limit:.0f} s"


def main() -> None:
    limit = float(sys.argv[1]) if len(sys.argv) > 1 else DEFAULT_LIMIT
    print("bump_eps, (p, q) = (1, 2), N = 4: a certified witness? and the time, start-up aside")
    print(f"{'':18}" + "".join(f"{f'eps 1e-{d}':>16}" for d in DIGITS))
    for name, (module, _) in TOOLS.items():
        if importlib.util.find_spec(module) is None:
            print(f"{name:18}{'not installed':>16}")
            continue
        cells = [ask(name, digits, limit) for digits in DIGITS]
        print(f"{name:18}" + "".join(f"{cell:>16}" for cell in cells), flush=True)


if __name__ == "__main__":
    main()
