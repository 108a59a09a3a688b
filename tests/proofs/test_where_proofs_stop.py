"""Where a proof got stuck: the goal that was left, what was not seen, and which lemma was near."""

from __future__ import annotations

import json

import pytest
from click.testing import CliRunner

from sparsity_audit.cli.main import main
from sparsity_audit.inputs.asked_for import claim_of
from sparsity_audit.verdicts.proof_budget import stuck_lines, stuck_told
from sparsity_audit.verdicts.stored_verdict import verdict_of
from sparsity_audit.verdicts.verdict import Open
from symbolic_proofs import NonZero, PowerSum, PQIndex, claim, concat, count, positive, prove, real
from symbolic_proofs import claim as read
from symbolic_proofs.language.claim import Claim
from symbolic_proofs.language.formulas import And, Formula, Iff, at_most, equal, less
from symbolic_proofs.language.operations import Log
from symbolic_proofs.language.vectors import vector, zeros
from symbolic_proofs.proofs import stuck
from symbolic_proofs.proofs.stuck import where_stuck

M, s, t, c = count("M"), positive("s"), positive("t"), real("c")
U = vector("U", M)
ORDER = less(s, t)
#: true, for S_3 ≤ S_2^(3/2), and not proved by any way that there is
OPEN = "W != 0, c > 0, S_2(W) <= c => exp(S_3(W)/(1 + c)^2) < 4 + S_4(W)"


def stated(given: tuple[Formula, ...], goal: Formula) -> Claim:
    return claim("my.claim", "here", "", given=given, then=goal)


def lines(*given: Formula, then: Formula) -> list[str]:
    posed = stated(given, then)
    assert prove(posed) is None
    return list(where_stuck(posed))


def starting(found: list[str], start: str) -> list[str]:
    return [line.removeprefix(start) for line in found if line.startswith(start)]


def test_the_goal_that_is_left_is_written_out_by_the_definitions():
    found = lines(ORDER, NonZero(U), then=at_most(PQIndex(U, s, t), PowerSum(U, 3)))
    (goal,) = starting(found, stuck.GOAL)
    assert "S_s(U)^(1/s)" in goal
    assert "I_" not in goal


def test_a_term_without_a_value_is_named_and_what_it_needs():
    assert starting(lines(ORDER, then=at_most(PQIndex(U, s, t), 1)), stuck.SIDE) == [
        "U ≠ 0, of which an index is taken"
    ]
    assert starting(lines(then=at_most(Log(c), c - 1)), stuck.SIDE) == ["c > 0, in a logarithm"]
    assert starting(lines(then=at_most(2 - c, 1 / c)), stuck.SIDE) == ["c ≠ 0, below the line"]


def test_a_theorem_that_would_do_with_a_premise_more_is_named_with_the_premise():
    found = lines(ORDER, then=less(PQIndex(U, s, t), PQIndex(concat(U, zeros(1)), s, t)))
    (near,) = starting(found, stuck.NEAR)
    assert near.endswith("gives it if also U ≠ 0")


def test_no_premise_is_named_that_contradicts_those_of_the_claim():
    found = lines(less(t, s), NonZero(U), then=at_most(0, PQIndex(U, s, t)))
    assert not any(line.endswith("s < t") for line in found)


def test_the_comparison_that_comes_nearest_is_shown():
    (near,) = starting(lines(then=at_most(PowerSum(U, 2), PowerSum(U, 1) ** 2 / M)), stuck.NEAR)
    assert "M·(S_1(U)/M)^2 ≤ S_2(U)" in near


def test_the_weak_form_that_is_proved_is_told_of_a_strict_claim():
    found = lines(ORDER, NonZero(U), then=less(0, PQIndex(U, s, t)))
    assert starting(found, stuck.WEAKER) == ["0 ≤ I_{s,t}(U)"]


def test_of_an_equation_the_side_that_is_proved_is_told():
    found = lines(ORDER, NonZero(U), then=equal(0, PQIndex(U, s, t)))
    assert starting(found, stuck.WEAKER) == ["0 ≤ I_{s,t}(U)"]


def test_the_parts_of_a_conjunction_and_of_an_equivalence_are_told_apart():
    true, left = at_most(PowerSum(U, 2), PowerSum(U, 1) ** 2), at_most(PowerSum(U, 2), c)
    found = lines(then=And(true, left))
    assert [part.split(",")[0] for part in starting(found, stuck.PART)] == ["proved", "left"]
    assert starting(found, stuck.GOAL) == ["S_2(U) ≤ c"]
    found = lines(then=Iff(at_most(0, c), less(0, c)))
    assert [part.split(",")[0] for part in starting(found, stuck.PART)] == ["left", "proved"]


def test_where_the_budget_ends_the_goal_is_still_told():
    posed = stated((), at_most(PowerSum(U, 2), c))
    assert stuck_lines(posed, where_stuck, 0) == ("goal left: S_2(U) ≤ c",)
    assert stuck_told(stuck_lines(posed, where_stuck, 20_000)) == stuck.GOAL + "S_2(U) ≤ c"


def test_an_open_verdict_says_it_in_its_row_its_lines_and_its_record():
    shown = CliRunner().invoke(main, ["verify", OPEN, "--budget", "500", "--quiet"])
    assert shown.stdout.splitlines()[0].endswith(": open")
    assert f"  tried      {stuck.GOAL}" in shown.stdout
    written = CliRunner().invoke(
        main, ["verify", OPEN, "--budget", "500", "--quiet", "--json", "-"]
    )
    (entry,) = json.loads(written.stdout)["claims"]
    assert any(line.startswith(stuck.SIDE) for line in entry["tried"])
    assert not any("no derivation" in line for line in entry["tried"])
    read = verdict_of(claim_of(OPEN), entry)
    assert isinstance(read, Open)
    assert list(read.tried) == entry["tried"]


def test_derive_says_it_on_standard_error():
    shown = CliRunner().invoke(main, ["derive", OPEN])
    assert shown.exit_code == 1
    assert not shown.stdout
    assert f"\n  {stuck.GOAL}" in shown.stderr


def test_a_count_of_a_vector_that_may_have_no_entry_is_no_trouble():
    assert list(where_stuck(claim("for n in {0, 1, ...}, R in R^n: ||R||_0 + x != 1")))


def test_a_formula_with_a_colon_is_told_whole():
    posed = claim("||[max(|x| - λ, 0) : x in W]||_0 <= 1")
    (line,) = starting(list(where_stuck(posed)), stuck.SIDE)
    assert "‖[max(|x| - λ, 0) : x ∈ W]‖_0" in line


@pytest.mark.parametrize(
    "text",
    [
        "q = q => |p| > ln(v)",
        "|v| = v => v != m + 2/3",
        "v^x = 1 => 4 < x",
        "v >= ln(0)",
        "for V in R^n: n = q, v < 1 => v*V[n] < 1",
    ],
)
def test_what_says_nothing_or_is_no_term_ends_a_way_and_not_the_proof(text):
    assert prove(read(text)) is None
