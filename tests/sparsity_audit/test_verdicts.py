"""Verdicts are computed from evidence, and the alarm for a contradiction can ring."""

from fractions import Fraction

import pytest
import sympy as sp

from numeric_check.certifier.certify import certify
from numeric_check.certifier.evidence import denies, has_no_limit, meets, undefined_at
from numeric_check.certifier.instances import values_of
from numeric_check.certifier.witness import Witness
from numeric_check.hunt.drawing_styles import RANDOM
from numeric_check.hunt.search import SearchResult, search
from sparsity_audit.errors import Contradiction
from sparsity_audit.text.table import evidence_line
from sparsity_audit.verdicts import verdict as verdicts
from sparsity_audit.verdicts.examples import example
from sparsity_audit.verdicts.one_claim import Hunt, settle
from sparsity_audit.verdicts.prover_and_search import default_engines
from sparsity_audit.verdicts.verdict import (
    Disproved,
    Evidence,
    Open,
    Proved,
    Refuted,
    Undefined,
    judge,
)
from sparsity_audit.verdicts.verdict_json import record
from symbolic_proofs import kernel
from symbolic_proofs.claims.catalogue import CATALOGUE, find_claim
from symbolic_proofs.claims.notation import I, N, R, W, alpha, c, m, nonzero, p, q, x, y
from symbolic_proofs.derivations.derivation import Derivation, Step
from symbolic_proofs.kernel.sequents import states
from symbolic_proofs.language.claim import at_values, claim
from symbolic_proofs.language.formulas import And, Exists, ForAll, equal, less, negation, unequal
from symbolic_proofs.language.vectors import concat, zeros
from symbolic_proofs.proofs import undefined
from symbolic_proofs.proofs.automation.identities import by_unfolding

FIRING = find_claim("firing.lowers.weights")
WITNESS = Witness(
    {name: Fraction(v) for name, v in (("p", 1), ("q", 2), ("x", 5), ("n", 2))},
    {"R": ((Fraction(1), 2),)},
)


#: nothing but one entry: whatever is added to it, I stays 0
UNIVERSAL = Witness(
    {"p": Fraction(1), "q": Fraction(2), "u": Fraction(1), "n": Fraction(0)}, {"R": ()}
)


def derivation_of(theorem):
    return Derivation((Step(theorem, "by the kernel"),))


@pytest.fixture(scope="module")
def scaling():
    return find_claim("scaling.norm"), by_unfolding(find_claim("scaling.norm"))


@pytest.fixture(scope="module")
def certificate():
    return certify(FIRING, WITNESS)


def test_a_theorem_that_is_the_claim_proves_it(scaling):
    the_claim, derivation = scaling
    verdict = judge(the_claim, Evidence(derivation=derivation))
    assert isinstance(verdict, Proved)
    assert verdict.name == "proved"
    assert verdict.derivation is derivation


def test_a_theorem_that_is_another_claim_does_not(scaling):
    _, derivation = scaling
    verdict = judge(find_claim("cloning.norm"), Evidence(derivation=derivation))
    assert isinstance(verdict, Open)
    assert any("something else" in note for note in verdict.tried)


def test_a_theorem_may_need_fewer_hypotheses_than_the_claim_but_not_more(scaling):
    the_claim, derivation = scaling
    weaker = claim("a", "x", "t", given=(p < q, *the_claim.given), then=the_claim.conclusion)
    assert states(derivation.theorem, weaker)
    power = kernel.exponential(x, ())  # x != 0 |- 1 + x < e^x
    assert not states(power, claim("a", "x", "t", then=power.conclusion))
    with_premise = claim("a", "x", "t", given=tuple(power.hypotheses), then=power.conclusion)
    assert states(power, with_premise)


def test_a_certificate_refutes(certificate):
    verdict = judge(FIRING, Evidence(counterexample=(WITNESS, certificate)))
    assert isinstance(verdict, Refuted)
    assert verdict.name == "refuted"


def test_a_certificate_for_another_claim_or_witness_does_not(certificate):
    for the_claim in CATALOGUE:
        if the_claim.id == FIRING.id:
            continue
        verdict = judge(the_claim, Evidence(counterexample=(WITNESS, certificate)))
        assert isinstance(verdict, Open), the_claim.id
    other = Witness({**WITNESS.scalars, "x": Fraction(6)}, WITNESS.vectors)
    verdict = judge(FIRING, Evidence(counterexample=(other, certificate)))
    assert isinstance(verdict, Open)
    assert any("not certified" in note for note in verdict.tried)


def test_nothing_leaves_a_claim_open():
    verdict = judge(FIRING, Evidence(), tried=("a long search",))
    assert isinstance(verdict, Open)
    assert verdict.tried == ("a long search",)


def test_proved_and_refuted_rings_the_alarm(scaling, certificate, monkeypatch):
    # A theorem cannot be forged, so the comparison with the claim is what is put out of order.
    _, derivation = scaling
    monkeypatch.setattr(verdicts, "states", lambda theorem, the_claim: True)
    with pytest.raises(Contradiction, match=r"firing\.lowers\.weights is both proved and refuted"):
        judge(FIRING, Evidence(derivation=derivation, counterexample=(WITNESS, certificate)))


def test_proved_and_disproved_rings_the_alarm(scaling, monkeypatch):
    the_claim, derivation = scaling
    monkeypatch.setattr(verdicts, "denies", lambda *evidence: True)
    disproof = (derivation, example(the_claim), ())
    with pytest.raises(Contradiction, match=r"scaling\.norm"):
        judge(the_claim, Evidence(derivation=derivation, disproof=disproof))


def test_the_negation_as_a_theorem_refutes():
    theorem = kernel.exponential_weak(x, ())
    false = claim("a", "x", "t", given=(p < q,), then=negation(theorem.conclusion))
    premises = Witness({"p": Fraction(1), "q": Fraction(2), "x": Fraction(0)})
    verdict = judge(false, Evidence(disproof=(derivation_of(theorem), premises, ())))
    assert isinstance(verdict, Disproved)
    assert verdict.name == "refuted"


def test_of_nothing_anything_is_true():
    theorem = kernel.exponential_weak(x, ())
    vacuous = claim("a", "x", "t", given=(p < q, q < p), then=negation(theorem.conclusion))
    premises = Witness({"p": Fraction(1), "q": Fraction(2), "x": Fraction(0)})
    assert not denies(theorem, vacuous, premises)


def test_a_negation_at_values_needs_these_values():
    theorem = kernel.exponential_weak(x, ())
    there = theorem.conclusion.xreplace({x: 1})
    instance = kernel.instantiate(theorem, {x: sp.Integer(1)})
    false = claim("a", "x", "t", then=negation(theorem.conclusion))
    at_one = Witness({"x": Fraction(1)})
    assert instance.conclusion == there
    assert denies(instance, false, at_one, ("x",))
    assert not denies(instance, false, at_one, ())
    assert not denies(instance, false, Witness({"x": Fraction(2)}), ("x",))
    assert not denies(instance, false, Witness({"y": Fraction(1)}), ("y",))
    assert not denies(instance, claim("a", "x", "t", then=equal(y, 1)), at_one, ("x",))


def test_vectors_are_put_in_with_their_lengths():
    the_claim = claim("a", "x", "t", given=(nonzero(W),), then=equal(N, m))
    witness = Witness({"m": Fraction(3)}, {"W": ((Fraction(2), 2), (Fraction(0), 1))})
    values = values_of(the_claim, witness, ("W", "m"))
    assert at_values(the_claim.conclusion, values) == equal(3, 3)
    assert values[N] == 3
    assert str(at_values(the_claim.given[0], values)) == "[2 × 2, 0] ≠ 0"
    wrong = Witness({"m": Fraction(3), "N": Fraction(4)}, witness.vectors)
    with pytest.raises(ValueError, match="entries"):
        values_of(the_claim, wrong, ("W", "N", "m"))


@pytest.mark.parametrize("the_claim", CATALOGUE, ids=lambda c: c.id)
def test_premises_of_every_claim_can_be_met(the_claim):
    found = example(the_claim)
    assert found is not None
    assert meets(the_claim, found)


def test_a_claim_about_the_zero_vector_speaks_of_nothing():
    the_claim = find_claim("range.zero-vector")
    witness, derivation = example(the_claim), undefined(the_claim)
    assert undefined_at(the_claim, witness) == "I of a zero vector"
    assert has_no_limit(derivation.theorem, the_claim, witness)
    verdict = judge(the_claim, Evidence(undefined=(witness, derivation)))
    assert isinstance(verdict, Undefined)
    assert verdict.name == "undefined"


def test_a_claim_with_a_value_is_not_undefined(scaling):
    the_claim = find_claim("range.lower")
    derivation = undefined(find_claim("range.zero-vector"))
    verdict = judge(the_claim, Evidence(undefined=(example(the_claim), derivation)))
    assert isinstance(verdict, Open)
    assert not has_no_limit(derivation.theorem, the_claim, example(the_claim))
    zero_vector = find_claim("range.zero-vector")
    assert not has_no_limit(scaling[1].theorem, zero_vector, example(zero_vector))


@pytest.mark.parametrize("entries", [2, 3, 50, 10**12])
def test_rays_run_to_the_zero_vector_of_a_length(entries):
    the_claim = find_claim("range.zero-vector")
    theorem = undefined(the_claim).theorem
    at = {"p": Fraction(1), "q": Fraction(2), "N": Fraction(entries)}
    assert has_no_limit(theorem, the_claim, Witness(at))


def test_a_point_that_no_ray_goes_to_is_not_shown_undefined():
    the_claim = find_claim("range.zero-vector")
    derivation = undefined(the_claim)
    one = Witness({"p": Fraction(1), "q": Fraction(2), "N": Fraction(1)})
    # of one entry I is 0 on every ray: it has a limit
    assert undefined_at(the_claim, one) == "I of a zero vector"
    assert isinstance(judge(the_claim, Evidence(undefined=(one, derivation))), Open)
    single = claim("a", "x", "t", given=(p < q,), then=equal(I(zeros(1)), 1))
    assert isinstance(settle(single, Hunt(budget=1000), default_engines()), Open)


def test_rays_are_for_the_vector_that_the_claim_writes():
    for vector, shown in (
        (zeros(3), True),
        (concat(zeros(N), zeros(m)), True),
        (zeros(1), False),
        (W, False),
    ):
        the_claim = claim("a", "x", "t", given=(p < q,), then=equal(I(vector), 1))
        verdict = settle(the_claim, Hunt(budget=1000), default_engines())
        assert isinstance(verdict, Undefined) is shown, vector


def test_rays_along_which_something_is_assumed_do_not_run_to_zero():
    stated = find_claim("range.zero-vector")
    far = claim("a", "x", "t", given=(*stated.given, less(1, alpha)), then=stated.conclusion)
    theorem = undefined(stated).theorem
    at = {"p": Fraction(1), "q": Fraction(2), "N": Fraction(2), "alpha": Fraction(2)}
    assert has_no_limit(theorem, far, Witness(at))
    assert not has_no_limit(kernel.weaken(theorem, [less(1, alpha)]), far, Witness(at))


def test_a_disproof_where_a_term_has_no_value_is_none():
    false = claim("a", "x", "t", then=unequal(x * sp.log(y), 0))
    theorem = kernel.arithmetic(equal(0, 0), (), ())
    nothing = Witness({"x": Fraction(0), "y": Fraction(-1)})
    assert not denies(theorem, false, nothing, ("x",))
    assert isinstance(
        judge(false, Evidence(disproof=(derivation_of(theorem), nothing, ("x",)))), Open
    )


def test_a_disproof_where_a_term_has_no_value_for_a_bound_variable_is_none():
    false = claim("a", "x", "t", then=Exists(unequal(x * sp.log(c), 0), And(), c))
    theorem = kernel.generalise(kernel.arithmetic(equal(0, 0), (), ()), (), (c,))
    assert not denies(theorem, false, Witness({"x": Fraction(0)}), ("x",))


def result(**fields):
    return SearchResult("a", 0, **fields)


def test_no_rate_is_told_where_nothing_was_tested():
    for found in (result(candidates=500), result(candidates=500, note="cannot be searched")):
        assert "rate" not in found.said
    assert "nothing was tested" in result(candidates=500).said
    assert "to tell a rate" in result(candidates=9, effective=6).said
    drawn = dict.fromkeys((style.name for style in RANDOM), 1)
    of_all = result(candidates=9, effective=6, covered=drawn)
    assert "rate of counterexamples below 7.5e-01" in of_all.said


def test_what_fails_at_every_value_that_was_tried_is_shown_in_the_place_of_a_rate():
    the_claim = find_claim("adjust.threshold")
    found = result(kind="universal", witness=UNIVERSAL, candidates=9, effective=6)
    assert UNIVERSAL.to_text() in found.said
    assert "rate" not in found.said
    assert "rate" not in result(sought="universal", candidates=9, effective=6).said
    row = record(Open(claim=the_claim, tried=(found.said,), found=UNIVERSAL), CATALOGUE)
    assert row["found"] == UNIVERSAL.to_json()
    assert UNIVERSAL.to_text() in evidence_line(row)


def test_families_of_few_members_are_said_to_be_so():
    families = find_claim("time.varying-lowers.mean.amended")
    assert search(families, budget=3000).limits == ("families of at most 3 members were tried",)
    assert not search(FIRING, budget=3000).limits


def test_existence_claims_are_negated_inside_out():
    theorem_like = ForAll(equal(x, x + 1), And(nonzero(R)), R)
    assert negation(theorem_like) == Exists(negation(equal(x, x + 1)), And(nonzero(R)), R)


@pytest.mark.parametrize("id_", ["range.one-attained", "adjust.threshold"])
def test_existence_claims_fall_by_theorems(id_):
    the_claim = find_claim(id_)
    evidence = default_engines().disprove(the_claim, UNIVERSAL)
    verdict = judge(the_claim, Evidence(disproof=evidence))
    assert isinstance(verdict, Disproved)
    derivation, witness, fixed = evidence
    other = Evidence(disproof=(derivation, witness, (*fixed, "p")[:1]))
    if fixed:
        assert isinstance(judge(the_claim, other), Open)
