"""The claims as the other tools of the benchmark are given them: plain Python over numbers."""

from __future__ import annotations

import sys
from fractions import Fraction
from pathlib import Path

import pytest

from numeric_check.hunt.search import search
from symbolic_proofs.claims.catalogue import CATALOGUE, find_claim

BENCHMARKS = Path(__file__).parents[2] / "benchmarks"


@pytest.fixture(autouse=True)
def benchmarks_on_the_path(monkeypatch):
    monkeypatch.syspath_prepend(str(BENCHMARKS))
    yield
    for name in ("explicit", "plain_floats", "solver_terms"):
        sys.modules.pop(name, None)


def flat(witness):
    """The values of a witness by the names that a written-out claim has for them."""
    values = dict(witness.scalars)
    families = dict(witness.families)
    vectors = {name: (blocks,) for name, blocks in witness.vectors.items()}
    for name, members in {**vectors, **families}.items():
        for t, blocks in enumerate(members, 1):
            entries = [value for value, times in blocks for _ in range(times)]
            index = f"{name}_{t}" if name in families else name
            values |= {f"{index}_{i}": value for i, value in enumerate(entries, 1)}
    return values


def test_a_witness_fails_the_written_out_claim_and_comes_back_from_it():
    from explicit import statement
    from plain_floats import margin_of

    tried = 0
    for claim in CATALOGUE:
        result = search(claim, budget=20_000)
        if result.kind != "counterexample":
            continue
        witness = result.witness
        values = flat(witness)
        sizes = {n: int(v) for n, v in values.items() if Fraction(v).denominator == 1}
        stated = statement(claim, sizes)
        given = {name: values[name] for name in stated.kinds}
        # several of the least witnesses are ties, which rounding may turn either way
        assert margin_of(stated)(**{n: float(v) for n, v in given.items()}) < 1e-12, claim.id
        again = stated.witness(given)
        assert again.scalars == witness.scalars
        assert again.families == witness.families
        assert again.vectors == {n: blocks for n, blocks in witness.vectors.items() if blocks}
        tried += 1
    assert tried == 20


@pytest.mark.parametrize("name", ["zeros.raise", "cloning.invariance", "firing.lowers.binary"])
def test_a_true_claim_holds_written_out_as_well(name):
    from explicit import statement
    from plain_floats import margin_of

    stated = statement(find_claim(name), {})
    numbers = iter([Fraction(n, 4) for n in (3, 7, 1, 5, 2, 9, 6, 11)])
    given = {kind: next(numbers) for kind in stated.kinds}
    assert given["p"] < given["q"]
    assert margin_of(stated)(**{n: float(v) for n, v in given.items()}) > 0


def test_what_is_quantified_over_numbers_is_not_written_out():
    from explicit import NotStatedError, statement

    with pytest.raises(NotStatedError):
        statement(find_claim("adjust.threshold"), {})


def test_a_solver_is_told_the_denial():
    z3 = pytest.importorskip("z3")
    from explicit import statement
    from solver_terms import SolverTerms

    exponents = {"p": Fraction(1), "q": Fraction(2)}
    for name, answer in (("zeros.p-norm", z3.sat), ("zeros.raise", z3.unsat)):
        solver = z3.Tactic("qfnra-nlsat").solver()
        solver.set("timeout", 60_000)
        SolverTerms(solver, z3).deny(statement(find_claim(name), {"N": 2}), exponents)
        assert solver.check() == answer
