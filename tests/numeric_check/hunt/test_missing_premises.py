"""A claim that has forgotten a premise is undefined: where, what to add, and what it is then."""

from __future__ import annotations

import json
from dataclasses import replace
from fractions import Fraction

import pytest
import sympy as sp
from click.testing import CliRunner
from proving import proof

from numeric_check.certifier.added_condition import Forgotten, with_condition
from numeric_check.certifier.definedness import holds, no_value
from numeric_check.certifier.evidence import missing_problem
from numeric_check.certifier.witness import Witness
from numeric_check.hunt.missing_conditions import gap_at
from sparsity_audit.cli.main import main
from sparsity_audit.errors import Contradiction
from sparsity_audit.verdicts.missing import forgotten
from sparsity_audit.verdicts.one_claim import Hunt, settle
from sparsity_audit.verdicts.prover_and_search import default_engines
from sparsity_audit.verdicts.verdict import (
    Evidence,
    MissingPremise,
    Open,
    Proved,
    Refuted,
    Verdict,
    judge,
)
from sparsity_audit.verdicts.verdict_json import record
from symbolic_proofs.claims.catalogue import CATALOGUE, find_claim
from symbolic_proofs.claims.notation import I, N, R, T, W, c, k, p, q, r, t, u, v, x, y
from symbolic_proofs.language import (
    And,
    Every,
    Exists,
    ForAll,
    Iff,
    Implies,
    NonZero,
    Norm,
    Not,
    PowerSum,
    Some,
    concat,
    equal,
    from_wire,
    length,
    over_nonzero_entries,
    unequal,
    vector,
)
from symbolic_proofs.language.claim import Claim, claim
from symbolic_proofs.language.formulas import Relation, at_most, less
from symbolic_proofs.language.operations import Abs
from symbolic_proofs.language.symbols import count
from symbolic_proofs.language.terms import Greatest, Least

HOYER = (sp.sqrt(N) - Norm(W, 1) / Norm(W, 2)) / (sp.sqrt(N) - 1)
V_t = vector("V", N, t)


def stated(then: object, *given: object) -> Claim:
    return claim("my.claim", "sec. 1", "a claim", given=given, then=then)


def settled(the_claim: Claim, budget: int = 2000) -> Verdict:
    return settle(the_claim, Hunt(budget=budget), default_engines())


def conditions(verdict: Verdict) -> list[str]:
    """Return the conditions that are missing, each with those before it added."""
    found = []
    while isinstance(verdict, MissingPremise):
        found.append(str(verdict.condition))
        verdict = verdict.mended
    return found


FORGETFUL = {
    "W != 0": (stated(equal(I(2 * W), I(W)), p < q), ["W ≠ 0"]),
    "W != 0 in a ratio of norms": (stated(Norm(W, 1) / Norm(W, 2) <= sp.sqrt(N)), ["W ≠ 0"]),
    "N > 1": (stated(HOYER <= 1, NonZero(W)), ["N > 1"]),
    "N > 1 and W != 0": (stated(HOYER <= 1), ["N > 1", "W ≠ 0"]),
    "a logarithm": (stated(less(sp.log(x), x)), ["x > 0"]),
    "a root": (stated(at_most(sp.sqrt(x), x + 1)), ["x ≥ 0"]),
    "a divisor": (stated(at_most(0, x**2 / y**2)), ["y ≠ 0"]),
    "a divisor that is a number away": (stated(less(0, 1 / (x - 7) ** 2)), ["x ≠ 7"]),
    "p != q": (
        stated(Norm(W, q) ** (1 / (q - p)) <= Norm(W, p) ** (1 / (q - p)), NonZero(W)),
        ["p ≠ q"],
    ),
    "an index": (stated(at_most(Abs(W[k]), Norm(W, 1))), ["k ≤ N"]),
    "an exponent": (stated(at_most(0, PowerSum(W, x))), ["x > 0"]),
    "members of a family": (
        stated(Every(at_most(I(V_t), 1), t, T), p < q),
        ["for every t = 1..T: V_t ≠ 0"],
    ),
    "entries": (
        stated(at_most(over_nonzero_entries(W, sp.log), Norm(W, 1))),
        ["for every i = 1..N: w_i ≥ 0"],
    ),
    "a vector that is put together": (stated(I(concat(x, R)) < 1, p < q), ["[x, R] ≠ 0"]),
    "two vectors, not both": (stated(at_most(I(concat(W, R)), 1), p < q), ["[W, R] ≠ 0"]),
    "of no entries": (
        stated(at_most(Least(R[t], t, length(R)), Greatest(R[t], t, length(R)))),
        ["n > 0"],
    ),
    "inside of a premise": (stated(x > 1, sp.log(x) > 0), ["x > 0"]),
}


@pytest.mark.parametrize("name", FORGETFUL)
def test_the_condition_that_is_missing_is_found(name: str) -> None:
    the_claim, wanted = FORGETFUL[name]
    verdict = settled(the_claim)
    assert conditions(verdict) == wanted
    assert isinstance(verdict, MissingPremise)
    assert no_value(the_claim, verdict.witness) is not None
    assert holds(verdict.condition, verdict.witness) is False


def test_the_claim_is_settled_with_the_condition_added() -> None:
    verdict = settled(FORGETFUL["W != 0"][0])
    assert isinstance(verdict, MissingPremise)
    assert verdict.reason == "I of a zero vector"
    assert verdict.witness.to_text() == "N = 1, W = [0], p = 1, q = 2"
    assert isinstance(verdict.mended, Proved)
    assert verdict.mended.claim.given == (*FORGETFUL["W != 0"][0].given, NonZero(W))


def test_a_condition_stands_before_the_premise_that_needs_it() -> None:
    verdict = settled(FORGETFUL["inside of a premise"][0])
    assert isinstance(verdict, MissingPremise)
    assert list(map(str, verdict.mended.claim.given)) == ["x > 0", "ln(x) > 0"]


def test_a_condition_on_a_bound_variable_goes_into_its_quantifier() -> None:
    for quantifier in (ForAll, Exists):
        the_claim = stated(quantifier(less(I(concat(c, R)), 0), And(less(c, 5)), c), p < q)
        found = forgotten(the_claim)
        assert found is not None
        assert found.mended.given == the_claim.given
        inside = found.mended.conclusion
        assert type(inside) is quantifier
        assert list(map(str, inside.given)) == ["c < 5", "[c, R] ≠ 0"]


def test_several_conditions_are_missing_in_different_quantifiers() -> None:
    inner = ForAll(less(1 / x, 1 / y), And(), y)
    found = forgotten(stated(Exists(inner, And(), x)))
    assert found is not None
    again = forgotten(found.mended)
    assert again is not None
    assert forgotten(again.mended) is None
    outer = again.mended.conclusion
    assert {str(outer.given[0]), str(outer.body.given[0])} == {"x ≠ 0", "y ≠ 0"}


REFUTED_FIRST = (
    stated(equal(I(W), 0), p < q),
    stated(less(1 / x, 1)),
    stated(at_most(sp.log(x), 0)),
)


@pytest.mark.parametrize("the_claim", REFUTED_FIRST, ids=str)
def test_a_counterexample_where_all_is_defined_goes_first(the_claim: Claim) -> None:
    assert forgotten(the_claim) is not None
    verdict = settled(the_claim)
    assert isinstance(verdict, Refuted)
    assert no_value(the_claim, verdict.witness) is None


GUARDED = (
    stated(Implies(NonZero(W), less(I(W), 2))),
    stated(Implies(Not(equal(x, 0)), Implies(less(0, 1 / x), less(0, x)))),
    stated(ForAll(less(I(W), 2), And(NonZero(W)), N, W)),
    stated(Exists(less(I(W), -7), And(NonZero(W)), N, W)),
    stated(Exists(less(1 / x, sp.log(x)), And(less(0, x), less(1 / x, 3)), x)),
    stated(less(0, 1 / x), x > 0),
    stated(less(1 / x, 1 / y), less(0, x), less(0, y), less(1 / x, 1 / y)),
)


@pytest.mark.parametrize("the_claim", GUARDED, ids=str)
def test_a_premise_guards_what_follows_it(the_claim: Claim) -> None:
    assert forgotten(the_claim) is None


NOT_GUARDED = (
    stated(And(NonZero(W), less(I(W), 2))),
    stated(And(less(I(W), 2), NonZero(W))),
    stated(Iff(NonZero(W), less(I(W), 2))),
    stated(Not(And(NonZero(W), less(3, I(W))))),
    stated(Implies(less(I(W), 2), NonZero(W))),
    stated(Exists(less(I(W), -7), And(less(I(W), 3), NonZero(W)), N, W)),
    stated(And(Implies(NonZero(W), less(I(W), 2)), less(I(W), 2))),
)


@pytest.mark.parametrize("the_claim", NOT_GUARDED, ids=str)
def test_nothing_else_guards(the_claim: Claim) -> None:
    found = forgotten(the_claim)
    assert found is not None
    assert str(found.condition) == "W ≠ 0"


@pytest.mark.parametrize("the_claim", CATALOGUE, ids=lambda c: c.id)
def test_the_claims_of_the_paper_that_are_proved_forget_nothing(the_claim: Claim) -> None:
    if proof(the_claim) is not None:
        assert forgotten(the_claim) is None


ZERO = Witness({"p": Fraction(1), "q": Fraction(2)}, {"W": ((Fraction(0), 2),)})
ONES = Witness(ZERO.scalars, {"W": ((Fraction(1), 2),)})
SCALING = FORGETFUL["W != 0"][0]


def judged(witness: Witness, reason: str, condition: Relation | NonZero, mended: Claim) -> Verdict:
    shown = Forgotten(witness, reason, condition, mended)
    return judge(SCALING, Evidence(missing=(shown, Open(claim=mended, tried=()))))


def test_what_is_not_missing_is_no_verdict() -> None:
    mended, reason = with_condition(SCALING, NonZero(W)), "I of a zero vector"
    assert isinstance(judged(ZERO, reason, NonZero(W), mended), MissingPremise)
    other_order = Witness({"p": Fraction(2), "q": Fraction(1)}, ZERO.vectors)
    for witness in (ONES, other_order, Witness(ZERO.scalars)):
        assert isinstance(judged(witness, reason, NonZero(W), mended), Open)
    assert isinstance(judged(ZERO, "it looks odd", NonZero(W), mended), Open)
    # a condition that holds there, and others than the one that is added
    assert isinstance(judged(ZERO, reason, p < q, with_condition(SCALING, p < q)), Open)
    assert isinstance(judged(ZERO, reason, NonZero(W), SCALING), Open)
    changed = replace(mended, conclusion=equal(I(W), I(W)))
    assert isinstance(judged(ZERO, reason, NonZero(W), changed), Open)
    assert missing_problem(SCALING, ZERO, reason, NonZero(W), mended) is None


def test_proved_and_without_a_value_rings_the_alarm(monkeypatch: pytest.MonkeyPatch) -> None:
    derivation = proof(find_claim("scaling.norm"))
    monkeypatch.setattr("sparsity_audit.verdicts.verdict.states", lambda theorem, the_claim: True)
    mended = with_condition(SCALING, NonZero(W))
    shown = Forgotten(ZERO, "I of a zero vector", NonZero(W), mended)
    missing = shown, Open(claim=mended, tried=())
    with pytest.raises(Contradiction, match="is proved and has no value at"):
        judge(SCALING, Evidence(derivation=derivation, missing=missing))


def test_conditions_are_added_one_after_the_other_but_not_for_ever() -> None:
    divisors = [count(f"a{i}") - i for i in range(1, 6)]
    the_claim = stated(less(0, sum(1 / d**2 for d in divisors)))
    assert len(conditions(settled(the_claim))) == 4


def test_a_condition_that_nothing_would_meet_is_none() -> None:
    for the_claim in (
        stated(equal(1 / (x - y), 1), equal(x, y)),
        stated(less(sp.log(-1 - x**2), 1)),
        stated(equal(I(concat(x, -x)), 1), equal(x, 0)),
    ):
        verdict = settled(the_claim)
        assert isinstance(verdict, Open)
        assert any("a value that does not exist" in line for line in verdict.tried)


def test_the_smallest_term_without_a_value_is_found_with_its_indices() -> None:
    the_claim = stated(Every(at_most(I(V_t) + 1, 2), t, T))
    first = (Fraction(1), 1), (Fraction(0), 1)
    families = {"V": (first, ((Fraction(0), 2),))}
    witness = Witness({"p": Fraction(1), "q": Fraction(2), "T": Fraction(2)}, {}, families)
    gap = gap_at(the_claim, witness)
    assert gap is not None
    assert str(gap.term).startswith("I(")
    assert [str(size) for _, size in gap.indices] == ["T"]
    assert gap_at(the_claim, replace(witness, families={"V": (first, first)})) is None


def test_what_is_missing_stands_in_the_record_and_in_the_lines() -> None:
    verdict = settled(FORGETFUL["N > 1 and W != 0"][0])
    entry = json.loads(json.dumps(record(verdict, ())))
    missing = entry["missing"]
    assert entry["verdict"] == "undefined"
    assert "limits" not in entry
    assert (missing["text"], missing["latex"]) == ("N > 1", "N > 1")
    assert str(from_wire(missing["condition"])) == "N > 1"
    assert Witness.from_json(missing["witness"]) == verdict.witness  # type: ignore[attr-defined]
    inner = missing["claim"]
    assert inner["id"] == entry["id"]
    assert inner.keys() >= {"missing", "vacuous", "example", "error", "expected", "nearby"}
    assert inner["missing"]["text"] == "W ≠ 0"
    assert inner["missing"]["claim"]["verdict"] == "proved"
    lines = verdict.to_text().splitlines()
    assert [line.split()[1:] for line in lines if line.split()[0] == "missing"] == [
        ["N", ">", "1"],
        ["W", "≠", "0"],
    ]


def test_a_file_of_claims_that_forget(tmp_path) -> None:
    file = tmp_path / "mine.py"
    file.write_text(
        "from symbolic_proofs.language import *\n"
        "from symbolic_proofs import claim\n"
        "p, q, W = positive('p'), positive('q'), vector('W', count('N'))\n"
        "claim('a.b', 'x', 'y', given=(p < q,), then=equal(PQIndex(2 * W, p, q), "
        "PQIndex(W, p, q)))\n"
    )
    out = tmp_path / "verdicts.json"
    arguments = ["verify", str(file), "--budget", "1000", "--jobs", "1", "--quiet"]
    shown = CliRunner().invoke(main, [*arguments, "--json", str(out)])
    assert shown.exit_code == 1
    assert "a.b (x): undefined" in shown.stdout
    assert "I of a zero vector at N = 1, W = [0], p = 1, q = 2\n" in shown.stdout
    assert "  with it    proved: " in shown.stdout
    assert "1 claim: 1 undefined" in shown.stdout
    assert "  missing    W ≠ 0" in shown.stdout
    assert json.loads(out.read_text())["schema"] == 2


def test_the_answer_does_not_depend_on_names() -> None:
    for exponents in ((p, q), (q, p), (r, p)):
        low, high = exponents
        term = Norm(W, low) ** (1 / (high - low))
        found = forgotten(stated(at_most(0, term), NonZero(W)))
        assert found is not None
        assert str(found.condition) == f"{min(low.name, high.name)} ≠ {max(low.name, high.name)}"
    for one, other in ((u, v), (v, u)):
        found = forgotten(stated(at_most(0, one / other)))
        assert found is not None
        assert str(found.condition) == f"{other} > 0"


def test_some_is_no_guard_and_its_index_is_kept() -> None:
    found = forgotten(stated(Some(less(I(V_t), -7), t, T), p < q))
    assert found is not None
    assert str(found.condition) == "for every t = 1..T: V_t ≠ 0"
    assert forgotten(found.mended) is None


def test_an_unequal_premise_is_enough() -> None:
    assert forgotten(stated(less(0, 1 / x**2), unequal(x, 0))) is None
