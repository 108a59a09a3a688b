"""Counterexamples as theorems of Coq: what they say, and that Coq accepts their proofs."""

from __future__ import annotations

import re
import shutil
import subprocess
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import pytest

import symbolic_proofs.coq
from symbolic_proofs import claim
from symbolic_proofs.claims.catalogue import find_claim
from symbolic_proofs.coq.errors import UntranslatedError
from symbolic_proofs.coq.refutations import affirmation, denial, example, gap, refutation

LIBRARY = Path(symbolic_proofs.coq.__file__).parent / "library"
HEAD = "From SA Require Import Witnesses.\nOpen Scope R_scope.\nOpen Scope sa_scope.\n"
AXIOMS = {
    "ClassicalDedekindReals.sig_not_dec",
    "ClassicalDedekindReals.sig_forall_dec",
    "FunctionalExtensionality.functional_extensionality_dep",
    "Classical_Prop.classic",
}
MANY = 10**12

Coq = Callable[[Mapping[str, tuple[str, str]]], tuple[bool, str]]


@pytest.fixture(scope="module")
def coq(tmp_path_factory: pytest.TempPathFactory) -> Coq:
    """Return what compiles theorems (statement and proof by name) and says whether Coq agrees."""
    coqc = shutil.which("coqc")
    if coqc is None:
        pytest.skip("coqc is not installed")
    folder = tmp_path_factory.mktemp("coq")
    for name in ("Definitions", "SA", "Sorted", "Blocks", "Witnesses"):
        shutil.copy(LIBRARY / f"{name}.v", folder)
        made = _run([coqc, "-q", "-R", ".", "SA", f"{name}.v"], folder)
        assert made.returncode == 0, made.stdout + made.stderr

    def compiled(theorems: Mapping[str, tuple[str, str]]) -> tuple[bool, str]:
        text = HEAD
        for name, (statement, proof) in theorems.items():
            text += f"Theorem {name} : {statement}.\nProof.\n{proof}\nQed.\n"
        # what one theorem rests on takes seconds to print; of all at once it takes no longer
        together = " ".join(f"pose proof {name};" for name in theorems)
        text += (
            f"Lemma all : True.\nProof. {together} exact Logic.I. Qed.\nPrint Assumptions all.\n"
        )
        (folder / "claims.v").write_text(text, encoding="utf-8")
        done = _run([coqc, "-q", "-R", ".", "SA", "claims.v"], folder)
        return done.returncode == 0, done.stdout + done.stderr

    return compiled


def _run(command: list[str], folder: Path) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        command, cwd=folder, capture_output=True, text=True, timeout=900, check=False
    )


def _axioms(printed: str) -> set[str]:
    return set(re.findall(r"^([\w.]+)\s*:", printed, re.MULTILINE)) - {"Axioms"}


def _refuted(text: str, values: Mapping[str, Any]) -> tuple[str, str]:
    stated = claim(text)
    return denial(stated), refutation(stated, values)


P12 = {"p": 1, "q": 2}
CATALOGUE: dict[str, dict[str, Any]] = {
    "range.dense-is-zero": {**P12, "N": 2, "W": [(1, 1), (2, 1)]},
    "scaling.magnitudes": {**P12, "N": 2, "V": [(1, 2)], "W": [(1, 1), (2, 1)]},
    "sensitivity.count": {**P12, "N": 3, "V": [(1, 2), (4, 1)], "W": [(1, 2), (0, 1)]},
    "sensitivity.example-p-norm": P12,
    "sensitivity.example-q-norm": P12,
    "sensitivity.factor-bound": P12,
    "sensitivity.temporal.rates": {**P12, "alpha": 4, "n": 2, "R": [(1, 2)]},
    "time.printed-normaliser": {**P12, "T": 1, "W": [(1, 2)], "d": 2, "n": 1},
    "time.printed-last-step": {**P12, "W": [(1, 2)], "d": 2, "n": 1},
    "time.varying-lowers.first": {**P12, "T": 2, "n": 1, "W": [[(1, 1)], [(-1, 1)]]},
    "time.varying-lowers.mean": {**P12, "T": 2, "n": 1, "W": [[(1, 1)], [(-1, 1)]]},
    "time.varying-lowers.max": {**P12, "T": 2, "n": 1, "W": [[(1, 1)], [(-1, 1)]]},
    "firing.lowers.weights": {**P12, "R": [(1, 2)], "n": 2, "x": 4},
    "firing.ratio.weights": {**P12, "R": [(1, 2)], "n": 2, "x": 4},
    "adjust.literal": {**P12, "R": [], "alpha": 1, "n": 0, "x": 1},
    "adjust.concentration": {**P12, "R": [], "epsilon": 1, "n": 0, "u": 1, "v": 1},
    "adjust.p-norm": {**P12, "R": [], "alpha": 1, "n": 0, "x": -1},
    "adjust.inference": {**P12, "N": 1, "V": [(2, 1)], "W": [(1, 1)]},
    "zeros.p-norm": {**P12, "N": 1, "W": [(1, 1)], "m": 1},
    "criteria.robin-hood": {
        **{"p": 2, "q": 3, "R": [(4, 1)], "n": 1},
        **{"u": 3, "v": 0, "epsilon": 1},
    },
}
#: statements of all kinds, and values at which they fail
OTHERS: list[tuple[str, dict[str, Any]]] = [
    ("U != 0 => ||U||_1 < ||U||_2", {"N": 3 * MANY, "U": [(1, MANY), ("-1/2", 2 * MANY)]}),
    ("||U||_0 > N - 1", {"N": MANY + 1, "U": [(0, 2), (3, MANY - 1)]}),
    ("max_{x in U} |x| <= 3", {"N": 7, "U": [("7/2", 1), (-4, 6)]}),
    (
        "for X, Y in R^M: sum_{i=1..M} x_i*y_i > 0",
        {"X": [(1, 5), (2, MANY)], "Y": [(-1, MANY + 5)]},
    ),
    ("for a, b > 0: sqrt(a)*sqrt(b) < sqrt(a*b)", {"a": 2, "b": 6}),
    ("for a > 0: ln(a) < a - 1", {"a": 1}),
    ("for a > 0: ln(a) + ln(2) != ln(6)", {"a": 3}),
    ("for a > 0: e^a < a^2 + 1", {"a": "1/3"}),
    ("tanh(x) >= x", {"x": "1/2"}),
    ("U != 0 => -(sum_{x in U, x != 0} x^2*ln(x^2/S_2(U))/S_2(U)) > 1", {"U": [(1, 2), (0, 9)]}),
    ("all |u_j| equal", {"U": [(1, 2), (2, 1), (-1, 4)]}),
    ("U != 0", {"U": [(0, MANY)]}),
    (
        "for X, Y in R^M: X and Y are zero at the same places",
        {"X": [(1, 2)], "Y": [(1, 1), (0, 1)]},
    ),
    ("for X in R^M: x_i > 0 for every i = 1..M", {"X": [(1, MANY), (0, 1), (2, 3)]}),
    ("for a, b >= 0: a^2 = b^2 or a < b", {"a": 2, "b": 1}),
    ("sum_{i=1..N} (2*i - N - 1)^2*u_i/N <= 3", {"U": [(1, MANY), ("1/2", 2)]}),
    ("for U in [0, oo)^N: U != 0 => gini(U) < 1/5", {"U": [(1, MANY), (0, MANY), ("1/2", 2)]}),
    ("U != 0 => hoyer(U) > 3/4", {"U": [(1, 1), (0, 2), ("1/2", 1)]}),
    ("for U in [0, oo)^N: U != 0 => theil(U) > 1", {"U": [(1, 1), (0, 2), ("1/2", 1)]}),
    ("for s > 0: (1 + sqrt(2))^s < 3 + 2*sqrt(2)", {"s": 2}),
    ("for s > 0: sqrt(1 + sqrt(2))^s != 1 + sqrt(2)", {"s": 2}),
    ("for a > 0: sqrt(a)/(1 + sqrt(a)) != 2 - sqrt(a)", {"a": 2}),
    ("for a > 0: e^(ln(a)/2) != sqrt(a)", {"a": 5}),
    (
        "for s, t > 0: U != 0 => I_{s,t}(2*U) != I_{s,t}(U)",
        {"s": "7/3", "t": "19/5", "U": [(3, 1), (5, 2), (7, 1)]},
    ),
    (
        "for s, t > 0: U != 0 => I_{s,t}(2*U) < I_{s,t}(U)",
        {"s": "1/3", "t": "1/2", "U": [(3, MANY), ("5/11", 2), (-7, 1)]},
    ),
    ("for s > 0: ||U||_s > 8", {"s": 150, "U": [(3, 1), (5, 2), (7, 1)]}),
    ("for a > 0: e^a*e^(1/2) != e^(a + 1/2)", {"a": 5}),
    ("for every x in R: x^2 > 0", {"x": 0}),
    ("u_i = U[1] for some i = 1..N => u_i < 3 for every i = 1..N", {"U": [(1, MANY), (7, 1)]}),
    ("U = -U", {"U": [(1, MANY), (7, 1)]}),
    (
        "for U, V in R^N: U = V or ||U||_1 < ||V||_1",
        {"U": [(1, 4), (7, 1)], "V": [(1, 3), (7, 1), (1, 1)]},
    ),
    (
        "for U, V in R^N: ||U + V||_1 >= ||U||_1 + ||V||_1",
        {"U": [(1, 2), (-1, 2)], "V": [(1, 1), (-2, 3)]},
    ),
    (
        "for W_t in [0, oo)^n: W_t != 0 for every t = 1..T => sum_{t=1..T} ||W_t||_1 > 8",
        {"W": [[(1, 1), (2, 1)], [(2, 1), (1, 1)]], "T": 2},
    ),
    ("I_{1,2}([U, U*2]) < I_{1,2}(U)", {"U": [(1, 2), (-1, 2)]}),
    ("max_{x in U} x - min_{x in U} x > 4", {"U": [(1, 2), (-1, 2 * MANY)]}),
]


def test_coq_accepts_the_counterexamples_of_the_catalogue(coq: Coq) -> None:
    made = {}
    for k, (id, values) in enumerate(CATALOGUE.items()):
        stated = find_claim(id)
        made[f"claim{k}"] = denial(stated), refutation(stated, values)
    accepted, printed = coq(made)
    assert accepted, printed
    assert _axioms(printed) <= AXIOMS


def test_coq_accepts_counterexamples_to_statements_of_all_kinds(coq: Coq) -> None:
    made = {f"other{k}": _refuted(text, values) for k, (text, values) in enumerate(OTHERS)}
    accepted, printed = coq(made)
    assert accepted, printed
    assert _axioms(printed) <= AXIOMS


def test_a_denial_says_what_the_kinds_and_hypotheses_are_and_that_the_conclusion_fails() -> None:
    assert denial(claim("for a > 0, U in [0, oo)^N: a < 2, U != 0 => ||U||_1 >= a")) == (
        "exists (a : R) (N : nat) (U : nat -> R), 0 < a /\\ (1 <= N)%nat /\\ "
        "(forall i0 : nat, (1 <= i0 <= N)%nat -> 0 <= U i0) /\\ a < 2 /\\ nonzero (mkvec N U) /\\ "
        "~ ((norm (mkvec N U) 1) >= a)"
    )


@pytest.mark.parametrize(
    ("text", "values", "word"),
    [
        ("for a > 0: a < 1", {"a": "1/2"}, "holds"),
        ("for a > 0: a < 1 => a < 0", {"a": 2}, "hypothesis"),
        ("for a > 0: a < 1", {"a": -2}, "not positive"),
        ("for a > 0: a < 1", {}, "no value is given"),
        ("U != 0 => ||U||_1 < 1", {"N": 3, "U": [(1, 2)]}, "2 entries, not 3"),
        ("for U in [0, oo)^N: ||U||_1 < 1", {"U": [(-1, 2)]}, "does not hold"),
        ("for a > 0: a < 1", {"a": 2.0}, "not an exact number"),
    ],
)
def test_values_that_refute_nothing_are_refused_by_name(
    text: str, values: dict[str, Any], word: str
) -> None:
    with pytest.raises(UntranslatedError, match=word):
        refutation(claim(text), values)


def test_coq_refuses_the_proof_of_another_statement(coq: Coq) -> None:
    text, values = "for a, b > 0: a < b => sqrt(a) > sqrt(b)", {"a": 2, "b": 3}
    statement, proof = _refuted(text, values)
    assert coq({"right": (statement, proof)})[0]
    for other in (
        statement.replace("~ (", "(", 1),
        statement.replace("a < b", "b < a"),
        statement.replace("1 / 2", "1 / 3", 1),
        statement.replace("0 < b", "b < 0"),
    ):
        assert other != statement
        assert not coq({"forged": (other, proof)})[0]


def test_coq_accepts_examples_and_terms_without_a_value(coq: Coq) -> None:
    some = claim("there are x in R with x > 1 such that x^2 = 2*x")
    zero = find_claim("range.zero-vector")
    half = claim("for a in R: 1/(a - 2) != 0")
    root = claim("for a in R: (a - 2)^(1/2) + a^(-1/2) != 0")
    logs = claim("for W in R^3: sum_{x in [W, 0]} ln(x^2) > 0")
    accepted, printed = coq(
        {
            "some": (affirmation(some), example(some, {"x": 2})),
            "zero": gap(zero, {**P12, "N": 2}),
            "half": gap(half, {"a": 2}),
            "root": gap(root, {"a": 1}),
            "both": gap(root, {"a": 0}),
            "logs": gap(logs, {"W": [(1, 1), (2, 2)]}),
        }
    )
    assert accepted, printed
    assert "= 0" in gap(half, {"a": 2})[0]
    assert "exists i1" in gap(logs, {"W": [(1, 1), (2, 2)]})[0]
    with pytest.raises(UntranslatedError, match="all terms of which have values"):
        gap(half, {"a": 1})
