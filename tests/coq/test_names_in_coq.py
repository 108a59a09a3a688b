"""Names of users in Coq: two are never one, and none means or says anything there."""

from __future__ import annotations

import re
import shutil
import subprocess
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from symbolic_proofs import coq
from symbolic_proofs.coq.agreement import agrees, universal
from symbolic_proofs.coq.errors import MisreadError, UntranslatedError
from symbolic_proofs.coq.names import claim_name, name_of, variable_name
from symbolic_proofs.coq.reading import read
from symbolic_proofs.coq.statements import Sequent
from symbolic_proofs.language.claim import Claim, claim
from symbolic_proofs.language.formulas import Every, NonZero, Relation
from symbolic_proofs.language.names import LanguageError
from symbolic_proofs.language.names import name_of as language_name
from symbolic_proofs.language.operations import KINDS, Variable
from symbolic_proofs.language.symbols import bound_symbol, count, real, symbol
from symbolic_proofs.language.terms import OnNonzero, Total
from symbolic_proofs.language.vectors import vector

LIBRARY = Path(coq.__file__).with_name("library")


def is_taken_by_the_language(name: str) -> bool:
    try:
        language_name(name, "symbol")
    except LanguageError:
        return True
    return False


NAMES = st.from_regex(r"[A-Za-z][A-Za-z0-9_]{0,3}'{0,2}", fullmatch=True).filter(
    lambda name: not is_taken_by_the_language(name)
)
IDS = st.from_regex(r"[a-z0-9]{1,2}([.-][a-z0-9]{1,2}){0,3}", fullmatch=True)
#: letters and words that Coq, its libraries, the definitions, proofs or binders use
TAKEN = [
    *"RSOINZQE",
    *("nat", "vec", "psum", "norm", "ent", "len", "INR", "IZR", "pw", "ln", "exp", "True"),
    *("fun", "Prop", "Type", "Set", "in", "as", "end", "match"),
    *("with", "return", "at", "using", "where", "fix", "Lemma", "Qed", "Axiom", "Admitted"),
    *("x1", "i0", "i1", "i2", "t1", "t2", "k1", "H0", "K0", "FA1", "PR1", "step1", "claim_a"),
]
HOSTILE = [
    "*)",
    "(*",
    '"',
    "x : R) (y",
    "x, 0 < 0 (*",
    "x.",
    "x\n",
    "x y",
    "",
    "1x",
    "é",
    "ℝ",
    "x′",
    "x\u200b",
    "а",  # Cyrillic
    "x'y",
    "'",
]


def written(claim: Claim) -> str:
    return Sequent.of(claim.given, claim.conclusion).text


@given(NAMES, NAMES)
def test_two_names_are_never_one(one: str, other: str) -> None:
    assert (name_of(one) == name_of(other)) == (one == other)


@given(IDS, IDS)
def test_two_ids_are_never_one(one: str, other: str) -> None:
    assert (claim_name(one) == claim_name(other)) == (one == other)
    assert re.fullmatch(r"claim_[a-z0-9_]*[a-z0-9]", claim_name(one))


@given(NAMES, st.sampled_from(KINDS), st.integers(1, 12))
def test_no_name_is_that_of_a_bound_variable(name: str, kind: str, level: int) -> None:
    bound = {variable_name(bound_symbol(sign * level, kind)) for sign in (1, -1)}
    assert name_of(name) not in bound | {"i0", f"t{level}"}


@pytest.mark.parametrize("name", TAKEN)
def test_no_name_means_something_in_coq(name: str) -> None:
    written = name_of(name)
    assert written.endswith("_") or (len(written) == 1 and written not in "RSOI")


def _library() -> str:
    return "\n".join(path.read_text("utf-8") for path in LIBRARY.glob("*.v"))


def test_no_definition_has_a_name_that_a_variable_can_have() -> None:
    words = re.findall(
        r"^ *(?:Definition|Fixpoint|Lemma|Theorem|Corollary|Record|Ltac|Notation) +([\w']+)",
        _library(),
        re.MULTILINE,
    )
    assert len(words) > 50
    assert not [word for word in words if re.fullmatch(r"[A-Za-z]'*|\w*_'*", word)]


@pytest.mark.parametrize("name", HOSTILE)
def test_nothing_but_names_is_written(name: str) -> None:
    for kind in ("real", "count"):
        with pytest.raises(LanguageError):
            symbol(name, kind)
        # whoever makes a symbol in another way
        forged = Variable(name, kind)
        with pytest.raises(UntranslatedError, match="name"):
            written(Claim("a", "", "", (), Relation(">", forged, 0)))
        with pytest.raises(UntranslatedError, match="name"):
            variable_name(forged)
        with pytest.raises(UntranslatedError, match="name"):
            variable_name(Variable(f"_{name}", kind))
    with pytest.raises(LanguageError):
        vector(name, count("N"))


@pytest.mark.parametrize("id", ["a*)", "a.(*", "A", "a_b", "a..b", "a\n", "-a", "a'", ""])
def test_what_is_no_id_gives_no_name(id: str) -> None:
    with pytest.raises(UntranslatedError):
        claim_name(id)


@pytest.mark.parametrize("text", ["*) Axiom a : False. (*", 'a "', "(*", "\\end", "é\n*)"])
def test_titles_and_locators_are_in_no_statement(text: str) -> None:
    x = real("x")
    plain = claim("a.b", "", "", given=(x > 1,), then=x > 0)
    assert written(claim("a.b", text, text, given=(x > 1,), then=x > 0)) == written(plain)


def test_a_free_variable_is_never_a_bound_one() -> None:
    free = Variable("_1", "count")
    made = Claim("a", "", "", (), Relation(">", Total(free, bound_symbol(0, "count"), free), 0))
    with pytest.raises(MisreadError):
        read(written(made), universal(made))


def strange(name: str) -> Claim:
    """Return a claim with this name for a number, a length, a vector and what is quantified."""
    x, n = real(name), count(name)
    if name.isupper():
        w = vector(name, 1 + count("n"), nonnegative=True)
        return claim("a", "", "", given=(NonZero(w),), then=Total(w[1], count("t"), 3) > 0)
    u = vector("U", n, nonnegative=True)
    if name.startswith("x"):
        k = count("k")
        return claim("a", "", "", given=(x > 0,), then=Every(OnNonzero(x, x, x * k) > 0, k, 3))
    return claim("a", "", "", given=(NonZero(u),), then=Every(u[n] > n, count("j"), n))


STRANGE = [name for name in TAKEN if re.fullmatch(r"[A-Za-z]\w*", name)] + ["i", "x'", "W''", "t"]


@pytest.mark.parametrize("name", STRANGE)
def test_statements_with_strange_names_are_read_back(name: str) -> None:
    assert agrees(strange(name), written(strange(name)))


@pytest.mark.skipif(shutil.which("coqc") is None, reason="Coq is not installed")
def test_coq_takes_statements_with_strange_names(tmp_path: Path) -> None:
    lines = [(LIBRARY / "Definitions.v").read_text("utf-8")]
    for k, name in enumerate(STRANGE):
        lines.append(f"Definition claim_{k} : Prop := {written(strange(name))}.")
    (tmp_path / "Strange.v").write_text("\n".join(lines), "utf-8")
    done = subprocess.run(
        ["coqc", "-q", "Strange.v"],
        cwd=tmp_path,
        capture_output=True,
        text=True,
        timeout=300,
        check=False,
    )
    assert done.returncode == 0, done.stderr
