"""Lemmas beside a claim: they prove more, and nothing rests on them that is not shown."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from symbolic_proofs import claim
from symbolic_proofs.derivations.derivation import Derivation
from symbolic_proofs.derivations.replay import from_data, to_data
from symbolic_proofs.kernel.sequents import states
from symbolic_proofs.proofs import Lemma, prove, prove_with

FRONT = "for U, V, W in R^N: "


def lemma(text: str, by: Callable[..., Derivation | None] = prove) -> Lemma:
    stated = claim(text)
    return Lemma(stated, lambda: by(stated))


def never() -> Derivation | None:
    raise AssertionError("a lemma that is of no use was proved")


#: what the facts of a chain are proved with
BESIDE = ["p < q => 2^(1/p - 1/q) > 1", "4^(1/q - 1/p) > 0"]
CHAINS = [
    (
        "p < q => I([0, 5, 5, 0]) < I([10, 0, 0, 0])",
        [
            "p < q => I([0, 5, 5, 0]) = 1 - 2^(1/p - 1/q)*4^(1/q - 1/p)",
            "p < q => 1 - 2^(1/p - 1/q)*4^(1/q - 1/p) < 1 - 4^(1/q - 1/p)",
            "p < q => I([10, 0, 0, 0]) = 1 - 4^(1/q - 1/p)",
        ],
    ),
    (
        FRONT + "||U||_1 < ||V||_2, ||V||_1 <= ||W||_2 => ||U||_2 < ||W||_1",
        [
            FRONT + "||U||_2 <= ||U||_1",
            FRONT + "||V||_1 >= ||V||_2",
            FRONT + "||W||_2 <= ||W||_1",
        ],
    ),
]


def test_what_a_chain_proves_is_not_proved_without_it() -> None:
    assert prove(claim(CHAINS[1][0])) is None


@pytest.mark.parametrize(("text", "facts"), CHAINS)
def test_a_chain_of_facts_proves_what_none_of_them_does(text: str, facts: list[str]) -> None:
    stated = claim(text)
    known: list[Lemma] = []
    for fact in facts:
        found = prove_with(claim(fact), [*map(lemma, BESIDE), *known])
        assert found is not None, fact
        known.append(Lemma(claim(fact), lambda found=found: found))  # type: ignore[misc]
    derivation = prove_with(stated, known)
    assert derivation is not None
    assert states(derivation.theorem, stated)
    # it stands by itself: replayed by the rules alone, under the claim's premises alone
    assert states(from_data(to_data(derivation)).theorem, stated)


def test_a_weak_chain_does_not_prove_what_is_strict() -> None:
    facts = [lemma(FRONT + "||U||_2 <= ||U||_1"), lemma(FRONT + "||W||_2 <= ||W||_1")]
    stated = claim(FRONT + "||U||_1 <= ||W||_2 => ||U||_2 < ||W||_1")
    assert prove_with(stated, facts) is None
    weak = claim(FRONT + "||U||_1 <= ||W||_2 => ||U||_2 <= ||W||_1")
    assert prove_with(weak, facts) is not None


def test_a_lemma_that_is_not_proved_proves_nothing() -> None:
    stated = claim(FRONT + "||U||_1 < ||V||_2")
    assert prove_with(stated, [lemma(stated.title, lambda _: None)]) is None
    assert prove_with(stated, [lemma(FRONT + "||U||_1 < ||V||_2")]) is None


def test_a_lemma_with_another_premise_is_no_fact() -> None:
    stated = claim(FRONT + "||U||_1 <= ||W||_2 => ||U||_2 <= 2*||W||_1 - ||V||_1")
    assert prove_with(stated, [Lemma(claim(FRONT + "V = 0 => ||V||_1 <= ||W||_1"), never)]) is None


def test_a_lemma_is_not_proved_where_the_claim_is_proved_without() -> None:
    assert prove_with(claim("x^2 >= 0"), [Lemma(claim("x^2 >= 0"), never)]) is not None
