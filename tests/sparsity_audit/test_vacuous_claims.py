"""Premises that contradict each other: derived, said in the row, and not counted as proved."""

from __future__ import annotations

import json
from fractions import Fraction
from pathlib import Path

import pytest
from click.testing import CliRunner

from numeric_check.certifier.evidence import is_vacuous, meets
from numeric_check.certifier.witness import Witness
from sparsity_audit.cli.main import main
from sparsity_audit.errors import Contradiction
from sparsity_audit.text.verdict_list import summary
from sparsity_audit.verdicts.examples import examined, example
from sparsity_audit.verdicts.one_claim import Hunt, settle
from sparsity_audit.verdicts.prover_and_search import default_engines
from sparsity_audit.verdicts.verdict import Evidence, Open, Verdict, judge
from sparsity_audit.verdicts.verdict_json import record
from symbolic_proofs.claims.notation import I, N, V, W, c, n, p, q, r, u, x, y
from symbolic_proofs.derivations.replay import from_data, to_data
from symbolic_proofs.language import (
    Constant,
    NonZero,
    Norm,
    Not,
    PowerSum,
    concat,
    equal,
    positive,
    unequal,
    zeros,
)
from symbolic_proofs.language.claim import Claim, claim
from symbolic_proofs.language.formulas import Formula, at_most, less
from symbolic_proofs.language.operations import Abs
from symbolic_proofs.proofs import prove
from symbolic_proofs.proofs.refutations.vacuity import contradiction

SCALING = equal(I(3 * W), I(W))


def stated(*given: Formula, then: Formula = SCALING) -> Claim:
    return claim("my.claim", "sec. 1", "a claim", given=given, then=then)


def settled(the_claim: Claim) -> Verdict:
    return settle(the_claim, Hunt(budget=2000), default_engines())


CONTRADICTORY = [
    (less(p, q), less(q, p), NonZero(W)),
    (less(p, q), at_most(q, p)),
    (less(x, y), less(y, c), less(c, x)),
    (less(p, 1), less(1, q), at_most(q, p)),
    (less(positive("s"), 0),),
    (less(N, 1),),
    (equal(N, 0),),
    (less(u, 0),),
    (less(2 * p, q), less(q, p)),
    (less(2 * p, 3 * q), less(3 * q, p)),
    (equal(x, 1), equal(x, 2)),
    (equal(x, y), unequal(y, x)),
    (equal(x, y), equal(y, c), unequal(x, c)),
    (less(Abs(x), 0),),
    (NonZero(W), Not(NonZero(W))),
    (Constant(W), Not(Constant(W))),
    (NonZero(W), equal(Norm(W, 2), 0)),
    (NonZero(W), at_most(PowerSum(W, r), 0)),
    (NonZero(zeros(N)),),
    (equal(N, 1), Not(Constant(W))),
    (less(3, I(W)), less(I(W), 2)),
]


@pytest.mark.parametrize("given", CONTRADICTORY, ids=lambda g: ", ".join(map(str, g)))
def test_a_contradiction_is_derived_and_its_derivation_reads_back(given: tuple[Formula]) -> None:
    the_claim = stated(*given)
    found = contradiction(the_claim)
    assert found is not None
    assert found.theorem.conclusion == equal(0, 1)
    assert found.theorem.hypotheses <= set(given)
    assert is_vacuous(from_data(to_data(found)).theorem, the_claim)
    assert example(the_claim) is None


POSSIBLE = [
    (),
    (less(p, q), NonZero(W)),
    (less(p, q), less(q, r), less(p, r)),
    (at_most(p, q), at_most(q, p)),
    (less(x, 0), less(y, 0), equal(x, y)),
    (NonZero(W), Not(NonZero(V))),
    (NonZero(concat(W, zeros(n))),),
    (Constant(W), NonZero(W), equal(N, 7)),
    (less(1000 * Norm(W, 2), Norm(W, 1)),),
    (less(Norm(W, 1), Norm(V, 1)), equal(Norm(W, 2), Norm(V, 2))),
    (unequal(x, y), unequal(y, c), unequal(x, c)),
]


@pytest.mark.parametrize("given", POSSIBLE, ids=lambda g: ", ".join(map(str, g)))
def test_premises_that_can_hold_have_an_example_and_no_contradiction(given: tuple[Formula]) -> None:
    the_claim = stated(*given)
    assert contradiction(the_claim) is None
    found = settled(the_claim).example
    assert found is not None
    assert meets(the_claim, found)


def test_a_vacuous_claim_keeps_its_verdict_and_is_marked() -> None:
    verdict = settled(stated(less(p, q), less(q, p), NonZero(W)))
    assert verdict.name == "proved"
    assert verdict.vacuous
    entry = json.loads(json.dumps(record(verdict, ())))
    assert entry["vacuous"] is True
    assert entry["example"] is None
    theorem = from_data(entry["vacuity"]).theorem
    assert is_vacuous(theorem, verdict.claim)
    text = verdict.to_text()
    assert text.startswith("my.claim (sec. 1): proved, vacuous")
    assert "  premises   the premises contradict each other" in text


def test_a_false_or_open_claim_is_vacuous_too() -> None:
    verdict = settled(stated(less(p, q), less(q, p), then=less(5, I(W))))
    assert isinstance(verdict, Open)
    assert verdict.vacuous


def test_what_meets_the_premises_is_kept_as_an_example() -> None:
    verdict = settled(stated(less(q, p), NonZero(W)))
    entry = record(verdict, ())
    assert entry["vacuous"] is None
    assert entry["vacuity"] is None
    assert entry["premises"] is None
    assert meets(verdict.claim, Witness.from_json(entry["example"]))


def test_no_example_found_is_said_in_these_words_and_is_no_vacuity() -> None:
    # N = 10^9 + 7 has no example among simple vectors, and no contradiction either
    far = stated(equal(PowerSum(W, 2), 7), equal(PowerSum(W, 3), 5), NonZero(W), less(p, q))
    verdict = settled(far)
    assert verdict.name == "proved"
    assert not verdict.vacuous
    entry = record(verdict, ())
    looked = entry["examined"]
    assert looked >= examined(far).candidates > 0
    assert entry["premises"] == f"no example found in {looked} candidates"
    assert f"no example found in {looked} candidates" in verdict.to_text()
    assert "1 proved" in summary([entry])


def test_an_example_or_a_derivation_that_is_none_counts_for_nothing() -> None:
    the_claim = stated(less(p, q), NonZero(W))
    wrong = Witness({"p": Fraction(2), "q": Fraction(1)}, {"W": ((Fraction(1), 1),)})
    other = contradiction(stated(less(q, p), less(p, q)))
    verdict = judge(the_claim, Evidence(example=wrong, vacuity=other))
    assert isinstance(verdict, Open)
    assert verdict.example is None
    assert not verdict.vacuous
    assert len(verdict.tried) == 2
    proof = prove(stated(less(p, q), NonZero(W)))
    assert proof is not None
    assert not is_vacuous(proof.theorem, the_claim)


def test_an_example_of_premises_that_contradict_each_other_rings_the_alarm(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    the_claim = stated(less(p, q), less(q, p))
    monkeypatch.setattr("sparsity_audit.verdicts.verdict.meets", lambda claim, witness: True)
    evidence = Evidence(example=Witness(), vacuity=contradiction(the_claim))
    with pytest.raises(Contradiction, match="premises that contradict each other and hold"):
        judge(the_claim, evidence)


def test_a_vacuous_claim_is_not_among_the_proved_and_ends_with_code_1(tmp_path: Path) -> None:
    file = tmp_path / "mine.py"
    file.write_text(
        "from symbolic_proofs.language import *\n"
        "from symbolic_proofs.language.formulas import less\n"
        "from symbolic_proofs import claim\n"
        "p, q, W = positive('p'), positive('q'), vector('W', count('N'))\n"
        "same = equal(PQIndex(3 * W, p, q), PQIndex(W, p, q))\n"
        "claim('a.good', 'x', 'y', given=(p < q, NonZero(W)), then=same)\n"
        "claim('a.nothing', 'x', 'y', given=(p < q, q < p, NonZero(W)), then=same)\n"
    )
    arguments = ["verify", str(file), "--budget", "1000", "--jobs", "1", "--quiet"]
    shown = CliRunner().invoke(main, arguments)
    assert shown.exit_code == 1
    rows = {text.split()[0]: " ".join(text.split()) for text in shown.stdout.split("\n\n")}
    assert "proved, vacuous" in rows["a.nothing"]
    assert "the premises contradict each other" in rows["a.nothing"]
    assert rows["a.good"].startswith("a.good (x): proved words")
    assert "2 claims: 1 proved, 1 vacuous" in shown.stdout
    assert CliRunner().invoke(main, [*arguments, "--exit-zero"]).exit_code == 0
    only = [*arguments[:1], f"{file}:a.good", *arguments[2:]]
    assert CliRunner().invoke(main, only).exit_code == 0
