"""What is said of thousands of random terms, against their values.

The seed is printed; `SPARSITY_AUDIT_SEED=N` repeats a run. Longer runs: `python -m
tests.trust.terms`.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
import sympy as sp

from symbolic_proofs.kernel.definedness import Facts
from symbolic_proofs.kernel.normal_form import Algebra
from symbolic_proofs.kernel.signs import Signs
from symbolic_proofs.kernel.vector_signs import VectorSigns
from symbolic_proofs.language import kinds, operations
from symbolic_proofs.language.binders import Binder
from symbolic_proofs.language.operations import Power, Product, Real

from . import beliefs
from .seeds import seed
from .terms import run

TERMS = 2_000


def test_what_is_said_of_random_terms_is_so() -> None:
    counts, report = run(seed(), TERMS)
    assert not report, "\n".join(report)
    # were little said, there would be little to find
    for what, least in {
        "built: values": 2 * TERMS,
        "put: values": TERMS,
        "whole": TERMS // 20,
        "least": TERMS // 5,
        "positive: shown": TERMS // 10,
        "nonnegative: shown": TERMS // 5,
        "nonzero: shown": TERMS // 10,
        "defined: shown": TERMS // 4,
        "forms": TERMS // 4,
        "laws shown": TERMS // 4,
        "hypotheses met": TERMS // 10,
        "evaluate_ball: values": TERMS // 20,
        "evaluate_exact: values": TERMS // 20,
        "rule arithmetic": TERMS // 100,
        "rule define": TERMS // 200,
        "rule instantiate": TERMS // 100,
        "rule whole": TERMS // 200,
    }.items():
        assert counts[what] >= least, (what, counts[what])


def _roots_are_whole(term: sp.Expr) -> bool:
    return isinstance(term, Power) or kinds.is_whole(term)


def _capturing(node: Binder, rule: dict[sp.Basic, sp.Basic]) -> tuple[sp.Basic, bool]:
    replaced: tuple[sp.Basic, bool] = sp.Basic._xreplace(node, rule)
    return replaced


def _cancelled(head: type[Real], number: sp.Rational, terms: list[sp.Expr], unit: sp.Expr) -> Any:
    kept = list(terms)
    for term in terms if head is Product else ():
        inverse = Power(term, -1)
        if term in kept and inverse in kept:
            kept.remove(term)
            kept.remove(inverse)
    return _built(head, number, kept, unit)


_built = operations._built

#: what the tests of terms are there to find, planted
FAULTS: dict[str, tuple[object, str, Callable[..., object]]] = {
    "every power has a value": (
        Facts,
        "_power_defined",
        lambda facts, base, e: facts.defined(base) and facts.defined(e),
    ),
    "every entry is there": (Facts, "_has_entry", lambda *_: True),
    "|x| is x": (Algebra, "_absolute", lambda _, inside: inside),
    "-1 = u^-1 (-u) is negative at u = 0": (
        Signs,
        "_factor_sign",
        lambda signs, m, c: signs._polynomial_sign({m: c}),
    ),
    "entries are positive": (VectorSigns, "_part_sign", lambda *_: "positive"),
    "roots are whole": (beliefs, "is_whole", _roots_are_whole),
    "x/x is 1": (operations, "_built", _cancelled),
    "a binder captures": (Binder, "_xreplace", _capturing),
}


@pytest.mark.parametrize("fault", FAULTS)
def test_a_wrong_belief_is_found(fault: str, monkeypatch: pytest.MonkeyPatch) -> None:
    where, name, wrong = FAULTS[fault]
    monkeypatch.setattr(where, name, wrong)
    for part in range(20):
        _, report = run(300 + part, 100)
        if report:
            assert not report[0].startswith(("crash", "slow")), report[0]
            return
    pytest.fail("nothing was found in 2,000 terms")
