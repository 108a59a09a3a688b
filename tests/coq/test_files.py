"""The folder that Coq is given, and the script in it that has Coq confirm each theorem."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
import sympy as sp
from hypothesis import given
from hypothesis import strategies as st
from proving import proof

from symbolic_proofs.claims.catalogue import find_claim
from symbolic_proofs.coq import checking
from symbolic_proofs.coq.disproofs import Substitution
from symbolic_proofs.coq.errors import UntranslatedError
from symbolic_proofs.coq.files import (
    LIBRARY,
    Exported,
    contents,
    fails,
    fails_at,
    has_example,
    holds,
    in_comment,
    lacks_value,
    never_holds,
)
from symbolic_proofs.coq.proof import TRANSLATIONS
from symbolic_proofs.kernel import RULES
from symbolic_proofs.kernel.theorem import Theorem
from symbolic_proofs.language.claim import Claim
from symbolic_proofs.language.vectors import zeros
from symbolic_proofs.notation.reading.stating import claim as stated
from symbolic_proofs.proofs import disprove, no_constant
from symbolic_proofs.proofs.refutations.at_a_witness import fails_for_every

#: lemmas and tactics that the page of rules names and the library takes from Coq
COQS_OWN = {"classic", "NNPP", "Rmult_le_pos", "Rmult_lt_0_compat", "field", "lra"}
NEEDS_COQ = pytest.mark.skipif(shutil.which("coqc") is None, reason="Coq is not installed")
STATED = """\
Require Import Reals.
Open Scope R_scope.
Definition claim_a : Prop := forall x : R, x <= x.
Definition claim_b : Prop := 1 + 1 = 2.
"""
PROOFS = """\
From Coq Require Import Reals Lra.
From SA Require Import Statements.
Open Scope R_scope.
"""
PROVED = PROOFS + "Theorem claim_a_holds : claim_a.\nProof. intro x. lra. Qed.\n"


def theorem_of(id_: str) -> Theorem:
    derivation = proof(find_claim(id_))
    assert derivation is not None
    return derivation.theorem


def written(folder: Path, **files: str) -> Path:
    """Write a folder in which the library says nothing."""
    made = {"Statements": STATED, **files}
    for name, text in made.items():
        (folder / f"{name}.v").write_text(text, encoding="utf-8")
    (folder / "_CoqProject").write_text("".join(f"{name}.v\n" for name in made), encoding="utf-8")
    shutil.copy(checking.__file__, folder / "check.py")
    return folder


def said_of(folder: Path, text: str, name: str = "claim_a") -> checking.Opinion:
    """Return what is said of a file of proofs in a folder."""
    written(folder, **{name: text})
    checking.prepare(folder, 600)
    return checking.opinion(folder, name, 600)


def test_statements_stand_in_a_file_that_knows_no_proof() -> None:
    made = contents([holds(find_claim(i), theorem_of(i)) for i in ("zeros.raise", "scaling.norm")])
    stated = made["Statements.v"]
    assert re.findall(r"Require Import ([^.]*)\.", stated) == ["Reals", "Definitions"]
    assert not re.search(r"Lemma|Theorem|Proof", stated)
    assert re.findall(r"^Definition (\w+)", stated, re.MULTILINE) == [
        "claim_zeros__raise",
        "claim_zeros__raise_defined",
        "claim_scaling__norm",
        "claim_scaling__norm_defined",
    ]


def test_every_file_is_listed_after_what_it_rests_on() -> None:
    made = contents([holds(find_claim("zeros.raise"), theorem_of("zeros.raise"))])
    listed = [line for line in made["_CoqProject"].splitlines() if line.endswith(".v")]
    assert set(listed) == {name for name in made if name.endswith(".v")}
    for position, name in enumerate(listed):
        for line in re.findall(r"From SA Require (?:Import|Export) ([^.]*)\.", made[name]):
            assert {f"{word}.v" for word in line.split()} <= set(listed[:position]), name


def test_the_library_says_nothing_that_is_forbidden() -> None:
    texts = {path.name: path.read_text("utf-8") for path in LIBRARY.glob("*.v")}
    assert {"Definitions.v", "SA.v"} < texts.keys()
    for name, text in texts.items():
        assert checking._FORBIDDEN.search(checking._bare(text)) is None, name


def test_a_theorem_that_is_not_the_claim_is_not_written() -> None:
    with pytest.raises(UntranslatedError):
        holds(find_claim("zeros.raise"), theorem_of("scaling.norm"))


@given(st.text() | st.text(alphabet='(*)" a\\\n'))
def test_no_text_gets_out_of_a_comment(text: str) -> None:
    inside = in_comment(text)
    assert inside.isascii()
    assert checking._bare(f"(* {inside} *)rest") == "rest"
    assert "*)" not in inside
    assert "(*" not in inside
    assert '"' not in inside


@given(st.lists(st.sampled_from(["(*", "*)", '"', "Axiom", " ", "x."])).map("".join))
def test_what_stands_outside_of_comments_is_seen(text: str) -> None:
    closed = text.count("(*") == text.count("*)") == 0 and '"' not in text
    assert not closed or checking._bare(text) == text


P12 = {"p": 1, "q": 2}
AT_VALUES = {
    "zeros.p-norm": lambda claim: fails(claim, {**P12, "N": 1, "W": [(1, 1)], "m": 1}),
    "range.one-attained": lambda claim: never_holds(claim, negation_of(claim), P12),
    "adjust.threshold": lambda claim: fails_at(claim, *at_one_entry(claim)),
    "range.zero-vector": lambda claim: lacks_value(claim, {**P12, "N": 1}),
}
TANH = stated("for x >= 0, y > 0: tanh(x) + tanh(y) < tanh(y)")
EXISTS = stated("there are x, y with x < y such that x^2 = y^2")


def negation_of(claim: Claim) -> Theorem:
    derivation = disprove(claim)
    assert derivation is not None
    return derivation.theorem


def at_one_entry(claim: Claim) -> tuple[Theorem, Substitution]:
    """Return a theorem that denies a claim at one entry, and its values there."""
    derivation = fails_for_every(claim, {**P12, "u": 1, "n": 0}, {"R": ()})
    assert derivation is not None
    values = {"p": 1, "q": 2, "u": 1, "n": 0, "R": zeros(0)}
    return derivation.theorem, {v: sp.sympify(values[v.name]) for v in claim.variables}


NO_CONSTANT = [
    "there is L > 0 such that for every N in {1, 2, ...}, W in R^N: ||W||_1 <= L*||W||_2",
    "there is L > 0 such that for every W in R^3: ||W||_1 <= L*||W||_2^2",
    "there is L > 0 such that for every W, V in R^4 with W != 0, V != 0: "
    "abs(||W||_1/||W||_2 - ||V||_1/||V||_2) <= L*(sum_{i=1..4} |w_i - v_i|)",
]


def without_constant(text: str) -> Exported:
    found = no_constant(stated(text), {}, {})
    assert found is not None
    return fails_at(stated(text), found.theorem, {})


def test_values_that_refute_nothing_are_not_written() -> None:
    holding = find_claim("zeros.p-norm.amended")
    with pytest.raises(UntranslatedError):
        fails(holding, {"r": 1, "N": 1, "W": [(1, 1)], "m": 1})
    with pytest.raises(UntranslatedError):
        lacks_value(stated("p < q => I(W) >= 0"), {**P12, "N": 1, "W": [(1, 1)]})
    with pytest.raises(UntranslatedError):
        has_example(EXISTS, {"x": 1, "y": 2})
    theorem, values = at_one_entry(find_claim("adjust.threshold"))
    for wrong in ({**values, R: zeros(1)} for R in values if R.name == "R"):
        with pytest.raises(UntranslatedError, match="at these values"):
            fails_at(find_claim("adjust.threshold"), theorem, wrong)
    with pytest.raises(UntranslatedError, match="some variables alone"):
        fails_at(find_claim("adjust.threshold"), theorem, {})
    with pytest.raises(UntranslatedError):
        never_holds(find_claim("zeros.p-norm"), negation_of(find_claim("range.one-attained")), P12)


@NEEDS_COQ
def test_points_are_confirmed_and_a_refuted_claim_is_shown_to_be_false(tmp_path: Path) -> None:
    exported = [make(find_claim(id_)) for id_, make in AT_VALUES.items()]
    exported.append(has_example(EXISTS, {"x": -1, "y": 1}))
    exported += map(without_constant, NO_CONSTANT)
    exported.append(fails(TANH, {"x": 0, "y": 1}))
    for name, text in contents(exported).items():
        (tmp_path / name).write_text(text, encoding="utf-8")
    checking.prepare(tmp_path, 600)
    assert checking.unproved(tmp_path) == []
    found = {one.name: checking.opinion(tmp_path, one.name, 600) for one in exported}
    assert [name for name, one in found.items() if not one.confirmed] == [], found
    shown = dict(checking.theorems_of(tmp_path, "claim_zeros__p_norm"))
    assert shown["claim_zeros__p_norm_is_false"] == "claim_zeros__p_norm_falsehood"


@NEEDS_COQ
def test_a_theorem_is_confirmed_with_its_axioms(tmp_path: Path) -> None:
    found = said_of(tmp_path, PROVED)
    assert found.confirmed
    assert set(found.axioms) <= checking.AXIOMS


FORGED = {
    "a lemma taken for granted": PROOFS
    + "Axiom a : claim_a.\nTheorem claim_a_holds : claim_a.\nProof. exact a. Qed.\n",
    "the same in a comment's clothes": PROOFS
    + '(* " (* " *) Axiom a : claim_a. (* " *)\n'
    + "Theorem claim_a_holds : claim_a.\nProof. exact a. Qed.\n",
    "a proof left out": PROOFS + "Theorem claim_a_holds : claim_a.\nProof. Admitted.\n",
    "a goal given up": PROOFS + "Theorem claim_a_holds : claim_a.\nProof. give_up. Qed.\n",
    "a statement of its own": PROOFS.replace("From SA Require Import Statements.\n", "")
    + "Definition claim_a := 1 = 1.\nTheorem claim_a_holds : claim_a.\nProof. reflexivity. Qed.\n",
    "another statement": PROOFS
    + "Definition claim_a := 1 = 1.\nTheorem claim_a_holds : claim_a.\nProof. reflexivity. Qed.\n",
    "a module of the same name": PROOFS
    + "Module Statements. Definition claim_a := True. End Statements.\nImport Statements.\n"
    + "Theorem claim_a_holds : claim_a.\nProof. exact I. Qed.\n",
    "no theorem": PROOFS + "Lemma claim_a_holds : claim_a.\nProof. intro x. lra. Qed.\n",
    "a false proof": PROOFS + "Theorem claim_a_holds : claim_a.\nProof. intro x. Qed.\n",
    "a theorem of what is not stated": PROOFS + "Theorem a : claim_c.\nProof. exact I. Qed.\n",
    "recursion that does not end": PROOFS
    + "#[bypass_check(guard)] Fixpoint f (n : nat) : claim_a := f n.\n"
    + "Theorem claim_a_holds : claim_a.\nProof. exact (f 0). Qed.\n",
    "a kernel told not to look": PROOFS
    + "Unset Guard Checking.\nFixpoint f (n : nat) : claim_a := f n.\n"
    + "Theorem claim_a_holds : claim_a.\nProof. exact (f 0). Qed.\n",
    "a parameter": PROOFS
    + "Parameter a : claim_a.\nTheorem claim_a_holds : claim_a.\nProof. exact a. Qed.\n",
    "a variable outside of a section": PROOFS
    + "Variable a : claim_a.\nTheorem claim_a_holds : claim_a.\nProof. exact a. Qed.\n",
    "a module type taken for granted": PROOFS
    + "Module Type T. Axiom a : claim_a. End T.\nDeclare Module M : T.\n"
    + "Theorem claim_a_holds : claim_a.\nProof. exact M.a. Qed.\n",
    "a file rewritten on the way": 'Redirect "Statements" Print nat.\n' + PROVED,
}


@NEEDS_COQ
@pytest.mark.parametrize("what", FORGED)
def test_a_forged_file_is_refused(what: str, tmp_path: Path) -> None:
    found = said_of(tmp_path, FORGED[what])
    assert found.refused, found
    assert not found.spent
    assert "\n" not in found.said


@NEEDS_COQ
def test_an_axiom_that_no_word_shows_is_seen_by_coq(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(checking, "_FORBIDDEN", re.compile(r"(?!)"))
    found = said_of(tmp_path, FORGED["a lemma taken for granted"])
    assert found.refused
    assert "claim_a.a" in found.said
    found = said_of(tmp_path, FORGED["a kernel told not to look"])
    assert found.refused


@NEEDS_COQ
def test_time_spent_is_not_a_refusal(tmp_path: Path) -> None:
    written(
        tmp_path,
        claim_a=PROOFS + "Theorem claim_a_holds : claim_a.\nProof. repeat idtac. "
        "do 1000000000 (idtac; idtac). intro x. lra. Qed.\n",
    )
    checking.prepare(tmp_path)
    found = checking.opinion(tmp_path, "claim_a", 3)
    assert found.spent
    assert not found.refused
    assert not found.confirmed


@NEEDS_COQ
def test_memory_spent_is_not_a_refusal(tmp_path: Path) -> None:
    written(
        tmp_path,
        claim_a=PROOFS + "Fixpoint twice (n : nat) := match n with O => 1 | S k => twice k + "
        "twice k end%nat.\nDefinition much := Eval vm_compute in twice 40.\n" + PROVED,
    )
    checking.prepare(tmp_path)
    found = checking.opinion(tmp_path, "claim_a", 60, megabytes=1_000)
    assert found.spent, found
    assert not found.refused
    assert "memory" in found.said


@NEEDS_COQ
def test_what_a_check_that_was_stopped_has_left_is_in_nobodys_way(tmp_path: Path) -> None:
    written(tmp_path, claim_a=PROVED)
    (tmp_path / "check_claim_a.v").write_text("stopped", encoding="utf-8")
    checking.prepare(tmp_path)
    assert checking.opinion(tmp_path, "claim_a", 600).confirmed


@NEEDS_COQ
def test_the_script_names_each_theorem_and_what_is_not_proved(tmp_path: Path) -> None:
    written(tmp_path, claim_a=PROVED)
    done = subprocess.run(
        [sys.executable, "check.py"], cwd=tmp_path, capture_output=True, text=True, check=False
    )
    assert done.returncode == 1, done
    assert "claim_b: refused: no theorem states it" in done.stdout
    assert "claim_a_holds: confirmed" in done.stdout
    proved = PROOFS + "Theorem claim_b_holds : claim_b.\nProof. unfold claim_b. lra. Qed.\n"
    written(tmp_path, claim_a=PROVED, claim_b=proved)
    done = subprocess.run(
        [sys.executable, "check.py"], cwd=tmp_path, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done


@pytest.mark.parametrize(
    ("listed", "said"),
    [("Statements.v\nother.v\n", "does not list"), ("", "does not list"), (None, "exported")],
)
def test_a_folder_that_is_not_whole_is_told_in_a_line(
    listed: str | None, said: str, tmp_path: Path
) -> None:
    (tmp_path / "Statements.v").write_text(STATED, encoding="utf-8")
    if listed is not None:
        (tmp_path / "_CoqProject").write_text(listed, encoding="utf-8")
    with pytest.raises(checking.CoqError, match=said):
        checking.prepare(tmp_path)


def test_where_coq_is_not_there_a_line_says_what_to_install(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(checking.CoqError, match="apt install coq"):
        checking.version()


def test_each_rule_of_the_kernel_has_a_translation_and_a_lemma_beside_it() -> None:
    page = (LIBRARY.parent / "RULES.md").read_text("utf-8")
    rows = dict(re.findall(r"^\| `(\w+)` \| (.*?) \|", page, re.MULTILINE))
    assert rows.keys() == RULES.keys() == TRANSLATIONS.keys()
    library = "\n".join(path.read_text("utf-8") for path in LIBRARY.glob("*.v"))
    known = set(
        re.findall(r"^(?:Lemma|Theorem|Ltac|with|Definition|Fixpoint) (\w+)", library, re.M)
    )
    for rule, lemmas in rows.items():
        named = set(re.findall(r"`(\w+)`", lemmas))
        assert named or "Coq's" in lemmas, rule
        assert named - known <= COQS_OWN, rule


def test_the_files_are_the_same_in_every_run() -> None:
    program = """
from symbolic_proofs.claims.catalogue import find_claim
from symbolic_proofs.coq.files import holds
from symbolic_proofs.proofs import prove

claim = find_claim("adjust.literal.amended")
print(holds(claim, prove(claim).theorem).proofs)
"""
    written = [
        subprocess.run(
            [sys.executable, "-c", program],
            env={**os.environ, "PYTHONHASHSEED": seed},
            capture_output=True,
            text=True,
            check=True,
        ).stdout
        for seed in ("1", "2", "3")
    ]
    assert written[0]
    assert len(set(written)) == 1
