"""Entropies and roots: what is proved is the claim, and the rules serve any measure of the kind."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import replace
from fractions import Fraction as F
from pathlib import Path
from typing import Any

import pytest
import sympy as sp

from numeric_check.certifier.certify import evaluate_ball, evaluate_exact
from numeric_check.certifier.errors import ValuelessError
from numeric_check.certifier.evidence import _passes_every_bound, has_no_limit
from numeric_check.certifier.witness import Witness
from numeric_check.spot_check.recheck import Outcome, recheck
from sparsity_audit.cli.main import main
from sparsity_audit.verdicts.examples import example
from symbolic_proofs import kernel as K
from symbolic_proofs.claims.criteria_of import CRITERIA, LETTERS, criteria_of
from symbolic_proofs.claims.notation import W, alpha
from symbolic_proofs.derivations.replay import from_data, to_data
from symbolic_proofs.kernel import KernelError
from symbolic_proofs.kernel.definedness import Facts
from symbolic_proofs.kernel.sequents import states
from symbolic_proofs.language.claim import Claim
from symbolic_proofs.language.formulas import ForAll, Relation, less
from symbolic_proofs.language.operations import Log
from symbolic_proofs.language.sums import NonzeroTotal, over_nonzero_entries
from symbolic_proofs.language.symbols import count, nonnegative, positive, real
from symbolic_proofs.language.terms import OnNonzero, PowerSum, Total, over_entries
from symbolic_proofs.language.vectors import concat, length, vector
from symbolic_proofs.measures import find_measure
from symbolic_proofs.measures.hurley_rickard import _no_zero
from symbolic_proofs.measures.measure import Measure
from symbolic_proofs.proofs import prove
from symbolic_proofs.proofs.automation.entropies import below_line, line_below, mixing, richer
from symbolic_proofs.proofs.refutations.unbounded import passes_every_bound
from symbolic_proofs.proofs.tactics.combine import where_nonzero
from symbolic_proofs.proofs.tactics.roots import lifted

x, y, u, a = real("x"), real("y"), nonnegative("u"), positive("a")


def criterion(measure: Measure, letter: str) -> Claim:
    return criteria_of(measure)[[*LETTERS.values()].index(letter)]


PROVED = [
    *(f"theil {letter}" for letter in LETTERS.values()),
    *(f"coefficient-of-variation {letter}" for letter in LETTERS.values()),
    *("minus-lp-negative P1", "h-g D1", "h-g D3", "h-s D2"),
]


@pytest.mark.parametrize("cell", PROVED)
def test_the_theorem_is_the_claim_and_replays(cell: str) -> None:
    name, _, letter = cell.partition(" ")
    claim = criterion(find_measure(name), letter)
    derivation = prove(claim)
    assert derivation is not None
    assert states(derivation.theorem, claim)
    assert derivation.theorem.hypotheses <= {*claim.given}
    again = from_data(json.loads(json.dumps(to_data(derivation))))
    assert again.theorem.conclusion == claim.conclusion
    assert states(again.theorem, claim)
    for step in derivation.steps:
        found = recheck(step.theorem.hypotheses, step.formula, trials=4)
        assert found.outcome in (Outcome.HELD, Outcome.UNDECIDED, Outcome.NEVER_MET)
    assert "nan" not in derivation.to_text()
    assert "nan" not in derivation.to_latex()


def shares(power: int) -> Callable[[Any], sp.Expr]:
    """Return the sum of t log t over the shares t of c^power."""

    def term(v: Any) -> sp.Expr:
        total = PowerSum(v, power)
        return over_nonzero_entries(v, lambda c: c**power / total * Log(c**power / total))

    return term


def logarithms(v: Any) -> sp.Expr:
    mean = PowerSum(v, 1) / length(v)
    return Log(mean) - over_entries(v, Log) / length(v)


#: measures of one's own, the letters that are proved, some that are not so
OWN: dict[str, tuple[Measure, str, str]] = {
    "shares": (Measure("shares", "-", "-", shares(1)), "D1 D2 D3 P1", "D4 P2"),
    "squares": (Measure("squares", "-", "-", shares(2)), "D2 P1", "D1 D4 P2"),
    "redundancy": (
        Measure("redundancy", "-", "-", lambda v: Log(length(v)) + shares(1)(v)),
        "D1 D2 D3 D4 P1 P2",
        "",
    ),
    "mean-log-deviation": (
        Measure("mean-log-deviation", "-", "-", logarithms, domain=_no_zero), "D1 D2 D4", "P2"
    ),
    "turned": (Measure("turned", "-", "-", lambda v: -shares(1)(v)), "D2", "D1 D3 D4 P1 P2"),
    "deviation": (
        Measure(
            "deviation", "-", "-",
            lambda v: sp.sqrt(length(v) * PowerSum(v, 2) / PowerSum(v, 1) ** 2 - 1),
        ),
        "D1 D2 D3 D4 P1 P2",
        "",
    ),
}  # fmt: skip


@pytest.mark.parametrize("name", OWN)
def test_the_rules_serve_measures_of_ones_own(name: str) -> None:
    measure, proved, not_so = OWN[name]
    for letter in proved.split():
        claim = criterion(measure, letter)
        derivation = prove(claim)
        assert derivation is not None, letter
        assert states(derivation.theorem, claim)
    for letter in not_so.split():
        assert prove(criterion(measure, letter)) is None, letter


@pytest.mark.parametrize(
    "lemma", [line_below(), line_below(True), mixing(False), mixing(True), richer(), below_line(2)]
)
def test_the_lemmas_hold_on_instances(lemma: K.Theorem) -> None:
    assert recheck(lemma.hypotheses, lemma.conclusion, trials=60).outcome is Outcome.HELD


def test_what_counts_where_not_0_comes_apart() -> None:
    given = (less(0, PowerSum(W, 2)),)
    head = OnNonzero(x**2 / a * Log(x**2 / a) + x, x, u)
    shown = where_nonzero(head, ())
    whole = shown.conclusion.args[2]
    log = OnNonzero(x**2 * Log(x), x, u)
    assert shown.hypotheses == frozenset()
    assert Facts(()).algebra.is_zero(whole - (2 * log / a - u**2 * Log(a) / a + u))
    assert recheck((), shown.conclusion, trials=40).outcome is Outcome.HELD
    for real_part in (OnNonzero(x**2 + abs(x) / 2, x, y), OnNonzero(x / a + 1 / x, x, y)):
        assert recheck((), where_nonzero(real_part, ()).conclusion).outcome is Outcome.HELD
    # a fraction of sums, and a sum that may be 0, stay as they are
    for stays in (OnNonzero(1 / (1 + x), x, u), OnNonzero(x**2, x, u + Log(a) ** 2)):
        assert where_nonzero(stays, given).conclusion == Relation("=", stays, stays)


def test_what_counts_where_not_0_has_a_value() -> None:
    def at(value: int) -> Witness:
        return Witness({"y": F(value)}, {})

    assert evaluate_exact(OnNonzero(1 / x, x, y), at(4)).fraction == F(1, 4)
    assert evaluate_exact(OnNonzero(1 / x, x, y), at(0)).fraction == 0
    assert float(evaluate_ball(OnNonzero(x * Log(x), x, y), at(0))) == 0
    with pytest.raises(ValuelessError):
        evaluate_ball(OnNonzero(x * Log(x), x, y), at(-1))
    i = count("i")
    witness = Witness({"n": F(3)}, {"V": ((F(0), 1), (F(2), 2))})
    V = vector("V", count("n"), nonnegative=True)
    total = Total(OnNonzero(1 / x, x, V[i]), i, count("n"))
    assert evaluate_exact(total, witness) == evaluate_exact(NonzeroTotal(1 / x, x, V), witness)


def test_a_root_needs_what_is_under_it_to_be_not_negative() -> None:
    low, high = PowerSum(W, 1) - 1, PowerSum(W, 1)
    inner = K.arithmetic(less(low, high), (), ())
    with pytest.raises(KernelError):
        lifted(less(sp.sqrt(low), sp.sqrt(high)), inner, sp.Rational(1, 2), ())


def babies(name: str) -> Claim:
    return criteria_of(find_measure(name))[CRITERIA.index("babies")]


def test_a_value_that_does_not_exist_passes_every_bound() -> None:
    claim = babies("h-g")
    found = passes_every_bound(claim)
    assert found is not None
    theorem = found.theorem
    witness = example(claim)
    assert witness is not None
    assert has_no_limit(theorem, claim, witness)
    assert theorem.hypotheses <= {*claim.given}
    # it says nothing of other claims, nor of this one with fewer hypotheses or other sides
    assert not has_no_limit(theorem, babies("theil"), witness)
    assert not has_no_limit(theorem, replace(claim, given=claim.given[:1]), witness)
    ends = claim.conclusion
    assert isinstance(ends, Relation)
    doubled = replace(claim, conclusion=less(2 * ends.left, ends.right))
    assert not has_no_limit(theorem, doubled, witness)
    # where it says less than that: at one bound, or without the bound on ε
    for part in (theorem.conclusion.args[0], theorem.conclusion.args[0].args[0]):
        assert not _passes_every_bound(K.assume(part), claim)
    every = theorem.conclusion
    assert isinstance(every, ForAll)


@pytest.mark.parametrize("name", ["theil", "h-s", "minus-log", "hoyer", "atkinson"])
def test_a_zero_with_a_value_passes_no_bound(name: str) -> None:
    assert passes_every_bound(babies(name)) is None


def test_a_vector_outside_the_domain_makes_no_claim_undefined() -> None:
    # log c has no value at a zero of W, but the claim does not write one
    measure = Measure("plain-log", "-", "-", lambda v: -over_entries(v, Log), domain=_no_zero)
    scaling = criterion(measure, "D2")
    assert passes_every_bound(scaling) is None
    assert passes_every_bound(criterion(measure, "P2")) is not None
    moved = concat(0, alpha * W)
    assert passes_every_bound(replace(scaling, conclusion=less(PowerSum(moved, 1), 1))) is None


def test_the_evidence_is_checked_from_its_file(
    tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "criteria.json"
    with pytest.raises(SystemExit):
        main(
            ["criteria", "h-g", "--budget", "20000", "--jobs", "1", "--quiet", "--json", str(path)]
        )
    capfd.readouterr()
    data = json.loads(path.read_text(encoding="utf-8"))
    verdicts = {entry["id"]: entry["verdict"] for entry in data["claims"]}
    assert verdicts["h-g.babies"] == "undefined"
    assert verdicts["h-g.bill-gates"] == "refuted"
    with pytest.raises(SystemExit) as stop:
        main(["check", str(path)])
    assert stop.value.code == 0
    babies_entry = next(entry for entry in data["claims"] if entry["id"] == "h-g.babies")
    babies_entry["limits"] = next(
        entry["derivation"] for entry in data["claims"] if entry["verdict"] == "proved"
    )
    path.write_text(json.dumps(data), encoding="utf-8")
    with pytest.raises(SystemExit) as stop:
        main(["check", str(path)])
    assert stop.value.code == 1
    assert "h-g.babies: refused" in capfd.readouterr().out
