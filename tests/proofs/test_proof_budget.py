"""The provers have a budget a claim: one verdict in any order of claims, and an end in time."""

from __future__ import annotations

import json
import threading

import pytest
import sympy as sp
from click.testing import CliRunner

from sparsity_audit.cli.main import main
from sparsity_audit.verdicts.one_claim import Hunt, settle
from sparsity_audit.verdicts.proof_budget import ProofBudget
from sparsity_audit.verdicts.prover_and_search import default_engines
from symbolic_proofs import find_claim, prove
from symbolic_proofs.claims.criteria_of import CRITERIA, criteria_of
from symbolic_proofs.kernel.polynomials import NotAlgebraicError
from symbolic_proofs.kernel.work import WorkLimitError, limited, spend, spend_rule
from symbolic_proofs.language import PowerSum
from symbolic_proofs.language.terms import PQIndex
from symbolic_proofs.measures import Measure, find_measure
from symbolic_proofs.proofs.tactics.remembered import cache, one_proof


def rules(claim) -> int:  # type: ignore[no-untyped-def]
    with limited() as meter:
        prove(claim)
    return meter.rules


def test_what_was_proved_before_makes_no_proof_cheaper() -> None:
    gini = criteria_of(find_measure("gini"))
    first = [rules(claim) for claim in gini]
    assert all(first)
    assert [rules(claim) for claim in reversed(gini)] == first[::-1]


def test_a_lemma_that_is_kept_is_paid_for_each_time() -> None:
    asked = []

    @cache
    def lemma(number: int) -> int:
        asked.append(number)
        spend_rule(number)
        return number

    for _ in range(3):
        with limited(rules=6) as meter:
            assert (lemma(4), lemma(2)) == (4, 2)
        assert meter.rules == 6
    assert asked == [4, 2]
    with limited(rules=5):
        lemma(4)
        with pytest.raises(WorkLimitError):
            lemma(2)


def test_a_lemma_inside_a_lemma_is_paid_for_once_each_time() -> None:
    @cache
    def inner() -> None:
        spend_rule(3)

    @cache
    def outer() -> None:
        inner()
        spend_rule()

    for _ in range(2):
        with limited() as meter:
            outer()
        assert meter.rules == 4


def test_in_one_proof_a_lemma_is_paid_for_once_and_the_same_whatever_was_asked_before() -> None:
    @cache
    def inner() -> None:
        spend_rule(3)

    @cache
    def outer() -> None:
        inner()
        spend_rule()

    for first, second in ((outer, inner), (inner, outer), (outer, outer)):
        with one_proof(), limited() as meter:
            first()
            second()
        assert meter.rules == 4


def run(*arguments: str) -> tuple[int, str, str]:
    result = CliRunner().invoke(main, [*arguments])
    return result.exit_code, result.stdout, result.stderr


def test_the_budget_is_enough_to_the_rule_and_its_end_is_told() -> None:
    needed = rules(find_claim("zeros.raise"))
    asked = ("verify", "zeros.raise", "--budget", "500", "--jobs", "1", "--effort")
    assert ": proved\n" in run(*asked, str(needed))[1]
    code, out, _ = run(*asked, str(needed - 1))
    assert code == 1
    told = " ".join(out.split())
    assert told.count(f"the proof search stopped after {needed - 1:,} rule applications") == 1
    assert f"--effort {needed - 1}" in told


def test_every_command_that_proves_takes_the_budget() -> None:
    code, _, said = run("derive", "zeros.raise", "--effort", "3")
    assert code == 1
    assert said.splitlines()[1].startswith("  goal left: ")
    assert "the proof search stopped after 3 rule applications" in said
    _, out, _ = run("criteria", "l0", "--budget", "300", "--jobs", "1", "--effort", "2",
                    "--json", "-")  # fmt: skip
    assert "the proof search stopped after 2 rule applications" in out
    verdicts = {c["id"]: c["verdict"] for c in json.loads(out)["claims"]}
    assert verdicts["l0.babies"] == "open"
    assert verdicts["l0.cloning"] == "refuted"


def test_all_attempts_on_a_claim_share_its_budget() -> None:
    budget = ProofBudget(5)
    attempt = budget.within(lambda: spend_rule(3) or "done")
    assert (attempt(), budget.ended) == ("done", None)
    assert attempt() is None
    assert budget.ended == "the proof search stopped after 5 rule applications"
    assert budget.within(lambda: "free")() is None


def forever() -> None:
    while True:
        spend()


@pytest.mark.parametrize("threaded", [False, True])
def test_the_clock_ends_a_proof_and_says_so(threaded: bool) -> None:
    budget = ProofBudget(seconds=0.2)
    attempt = budget.within(forever)
    if threaded:
        thread = threading.Thread(target=attempt, daemon=True)
        thread.start()
        thread.join()
    else:
        assert attempt() is None
    assert budget.ended == (
        "the proof search stopped after 0.2 s: a faster machine may come further"
    )


def test_a_limit_in_one_thread_is_none_in_another() -> None:
    found: list[str] = []

    def work() -> None:
        spend(1000)
        found.append("done")

    with limited(10):
        thread = threading.Thread(target=work)
        thread.start()
        thread.join()
    assert found == ["done"]


def test_a_term_that_is_too_large_ends_an_attempt_and_nothing_else() -> None:
    def too_large() -> None:
        raise NotAlgebraicError("too large")

    budget = ProofBudget()
    assert budget.within(too_large)() is None
    assert budget.ended is None


def index(p: str, q: str):  # type: ignore[no-untyped-def]
    return lambda w: PQIndex(w, sp.Rational(p), sp.Rational(q))


MEASURES = {
    "eighths": index("1/16", "1/8"),
    "hundredths": index("1/100", "1/50"),
    "far": index("1/50", "99/100"),
    "close": index("999/1000", "1001/1000"),
    "high": index("49", "98"),
    "powers": lambda w: (
        PowerSum(w, sp.Rational(1, 16)) ** 16 / PowerSum(w, sp.Rational(3, 8)) ** sp.Rational(8, 3)
    ),
    "product": lambda w: index("1/12", "1/9")(w) * index("1/7", "1/5")(w),
}


@pytest.mark.parametrize("criterion", CRITERIA)
@pytest.mark.parametrize("name", MEASURES)
def test_exponents_of_large_denominators_neither_crash_nor_take_minutes(
    name: str, criterion: str
) -> None:
    measure = Measure(name, name, "a test", MEASURES[name])
    claim = criteria_of(measure)[CRITERIA.index(criterion)]
    with limited() as meter:
        verdict = settle(claim, Hunt(budget=3000), ProofBudget().around(default_engines()))
    assert meter.operations < 6_000_000
    if criterion in ("scaling", "cloning") and name not in ("close", "powers"):
        assert verdict.name == "proved"
