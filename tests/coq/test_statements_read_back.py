"""The text of a statement is read back as the claim's own terms, and any other text is not."""

from __future__ import annotations

import ast
import inspect
import re
import runpy
import shutil
import subprocess
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path
from random import Random
from types import ModuleType

import pytest
from trust.vocabulary import Vocabulary

from symbolic_proofs.claims.catalogue import CATALOGUE, find_claim
from symbolic_proofs.claims.criteria_of import criteria_of
from symbolic_proofs.claims.notation import N, T, W, k, n, p, q, t, x, y
from symbolic_proofs.coq import agreement, forms, reading, reading_terms
from symbolic_proofs.coq.agreement import (
    agrees,
    denies,
    difference,
    exemplifies,
    leaves_undefined,
    universal,
)
from symbolic_proofs.coq.errors import MisreadError, UntranslatedError
from symbolic_proofs.coq.forms import in_form
from symbolic_proofs.coq.reading import read
from symbolic_proofs.coq.statements import Sequent, Variables, proposition
from symbolic_proofs.language.claim import Claim
from symbolic_proofs.language.collecting import collecting
from symbolic_proofs.language.formulas import (
    And,
    Every,
    Exists,
    ForAll,
    Iff,
    Implies,
    NonZero,
    Not,
    Relation,
    SameVector,
    Some,
    as_formula,
    equal,
    less,
)
from symbolic_proofs.language.names import LanguageError
from symbolic_proofs.language.operations import Ceiling, Log, Power, Product, Sum, Tanh
from symbolic_proofs.language.sums import CountAtMost, NonzeroTotal, ShortestWindow
from symbolic_proofs.language.symbols import count, real, size
from symbolic_proofs.language.terms import (
    Greatest,
    Least,
    NonzeroCount,
    Norm,
    OnNonzero,
    PowerSum,
    PQIndex,
    Total,
)
from symbolic_proofs.language.vectors import Entry, Sorted, Steps, concat, repeat, vector
from symbolic_proofs.measures.catalogue import MEASURES
from symbolic_proofs.notation.reading.stating import claim as read_claim

LIBRARY = Path(reading.__file__).with_name("library")
PAPERS = Path(__file__).parents[1] / "corpus"
CRITERIA = [claim for measure in MEASURES for claim in criteria_of(measure)]
U, V = vector("U", N, nonnegative=True), vector("V", n)
W_t, U_t = vector("W", n, t), vector("U", n, t, nonnegative=True)
#: how many changes of one text are tried
CHANGES = 40


def stated(*given: object, then: object) -> Claim:
    return Claim("a", "", "", tuple(map(as_formula, given)), as_formula(then))


def written(claim: Claim) -> str:
    return Sequent.of(claim.given, claim.conclusion).text


def at_random(seed: int) -> Claim | None:
    drawn = Vocabulary(Random(seed))
    try:
        claim = stated(*drawn.given(), then=drawn.formula(2))
        written(claim)
    except (LanguageError, UntranslatedError):
        return None
    return claim


RANDOM = [claim for seed in range(300) if (claim := at_random(seed)) is not None]
#: every head at least once, families and quantifiers inside of quantifiers
EVERYTHING = [
    stated(p < q, then=equal(PQIndex(concat(W, repeat(0, k), V), p, q), 1 - Norm(W, p) / 2)),
    stated(then=PowerSum(Sorted(U), p) >= Power(CountAtMost(U, x), -2) - NonzeroCount(W * x)),
    stated(then=NonzeroTotal(y * Log(abs(y)), y, U) < Total(OnNonzero(1 / x, x, W[t]), t, N)),
    stated(then=ShortestWindow(W, Ceiling(x)) + Ceiling(x) <= Tanh(x) - 2 * y + x**3 / y**2),
    stated(then=less(Least(abs(W[t]), t, N) / Greatest(Sorted(W)[t], t, N), Power(2, k) - 1)),
    stated(NonZero(Steps(U_t, t, T)), then=Every(Norm(U_t, p) > 0, t, T)),
    stated(Some(NonZero(W_t), t, T), then=Not(SameVector(vector("W", n, 1), vector("W", n, 2)))),
    stated(then=ForAll(Implies(And(x < y, y < p), Exists(x < q, And(y < x), x)), And(), y)),
    stated(then=ForAll(Exists(equal(W[1], U[N]), And(NonZero(U)), U, x), And(NonZero(W)), W, N)),
    stated(And(), And(x < y), then=Iff(And(x < 0, And(y < 0, p < q)), Implies(And(), x < 0))),
    stated(then=equal(W[N - k + 1], Entry(concat(V, W), n + k))),
]


def name_of(claim: Claim) -> str:
    return claim.id


@pytest.mark.parametrize("claim", [*CATALOGUE, *CRITERIA], ids=name_of)
def test_a_claim_is_read_back_as_its_own_terms(claim: Claim) -> None:
    assert difference(written(claim), universal(claim)) is None
    assert agrees(claim, written(claim))


@pytest.mark.parametrize("paper", sorted(PAPERS.glob("[!t]*.py")), ids=lambda path: path.stem)
def test_claims_of_other_papers_are_read_back(paper: Path) -> None:
    with collecting() as found:
        runpy.run_path(str(paper))
    translated = 0
    for claim in found:
        try:
            text = written(claim)
        except UntranslatedError:
            continue
        assert difference(text, universal(claim)) is None, claim.id
        translated += 1
    assert translated > len(found) / 2


def test_statements_at_random_are_read_back() -> None:
    assert len(RANDOM) > 250
    for claim in RANDOM:
        assert difference(written(claim), universal(claim)) is None, written(claim)


@pytest.mark.parametrize("claim", EVERYTHING, ids=written)
def test_every_head_family_and_quantifier_is_read_back(claim: Claim) -> None:
    assert difference(written(claim), universal(claim)) is None


@pytest.mark.parametrize("module", [agreement, forms, reading, reading_terms])
def test_what_reads_knows_nothing_of_what_writes(module: ModuleType) -> None:
    imported = {
        node.module
        for node in ast.walk(ast.parse(inspect.getsource(module)))
        if isinstance(node, ast.ImportFrom) and node.level == 1
    }
    assert imported <= {"errors", "forms", "names", "reading", "reading_terms"}


@pytest.mark.skipif(shutil.which("coqc") is None, reason="Coq is not installed")
def test_coq_takes_every_statement(tmp_path: Path) -> None:
    lines = [(LIBRARY / "Definitions.v").read_text("utf-8")]
    for number, claim in enumerate([*CATALOGUE, *CRITERIA, *RANDOM, *EVERYTHING]):
        lines.append(f"Definition claim_{number} : Prop := {written(claim)}.")
    (tmp_path / "All.v").write_text("\n".join(lines), "utf-8")
    done = subprocess.run(
        ["coqc", "-q", "All.v"],
        cwd=tmp_path,
        capture_output=True,
        text=True,
        timeout=300,
        check=False,
    )
    assert done.returncode == 0, done.stderr


def test_no_text_is_that_of_two_statements() -> None:
    seen: dict[str, Claim] = {}
    for claim in [*CATALOGUE, *CRITERIA, *RANDOM, *EVERYTHING]:
        before = seen.setdefault(written(claim), claim)
        assert in_form(universal(before)) == in_form(universal(claim)), written(claim)
    for one, other in pairwise(seen.values()):
        assert not agrees(one, written(other))
        assert not agrees(other, written(one))


@pytest.mark.parametrize("claim", [*CATALOGUE, *EVERYTHING], ids=written)
def test_a_denial_is_told_from_the_claim(claim: Claim) -> None:
    denial = written_denial(claim)
    assert denies(claim, denial)
    assert not agrees(claim, denial)
    assert not denies(claim, written(claim))
    assert not denies(claim, denial.replace("(~", "(", 1))


def written_denial(claim: Claim) -> str:
    return written_existence(claim, f"(~ ({proposition(claim.conclusion)}))")


def written_existence(claim: Claim, last: str) -> str:
    variables = Variables.of((*claim.given, claim.conclusion))
    said = [*(text for _, text in variables.kinds()), *map(proposition, claim.given), last]
    text = " /\\ ".join(said)
    return f"exists{variables.binders()}, {text}" if variables.names() else text


@pytest.mark.parametrize("claim", [*CATALOGUE, *EVERYTHING], ids=written)
def test_an_example_is_told_from_a_counterexample(claim: Claim) -> None:
    example = written_existence(claim, f"({proposition(claim.conclusion)})")
    assert exemplifies(claim, example)
    assert not denies(claim, example)
    assert not exemplifies(claim, written_denial(claim))
    if claim.given:
        dropped = Claim("a", "", "", claim.given[:-1], claim.conclusion)
        assert not exemplifies(claim, written_existence(dropped, proposition(claim.conclusion)))


GAPS = stated(p < q, then=x / (y - 1) + Power(x, p) + Log(y**2) > PQIndex(W, p, q) / Norm(W, p))


@pytest.mark.parametrize(
    "reason",
    [
        "((-1) + y) = 0",
        "x < 0",
        "(x = 0 /\\ p <= 0)",
        "(y ^ 2) <= 0",
        "~ nonzero (mkvec N W)",
        "(norm (mkvec N W) p) = 0",
        "p <= 0",
    ],
)
def test_what_leaves_a_term_without_a_value_is_known(reason: str) -> None:
    assert leaves_undefined(GAPS, written_existence(GAPS, reason))
    assert not leaves_undefined(GAPS, written_existence(stated(then=GAPS.conclusion), reason))


def test_a_term_of_a_sum_may_lack_its_value_at_one_index() -> None:
    claim = read_claim("for W in R^N: sum_{x in W} ln(x^2) > 0")
    said = "(exists i1 : nat, (1 <= i1 <= N)%nat /\\ ((W i1) ^ 2) <= 0)"
    assert leaves_undefined(claim, written_existence(claim, said))
    for other in (
        said.replace("<= N", "<= 1"),
        said.replace("<= 0", "<= 1"),
        said.replace("exists", "forall").replace("/\\", "->"),
        "((W N) ^ 2) <= 0",
    ):
        assert not leaves_undefined(claim, written_existence(claim, other)), other


@pytest.mark.parametrize(
    "reason", ["y = 0", "x = 0", "x > 0", "p < q", "nonzero (mkvec N W)", "0 < 1"]
)
def test_what_leaves_every_value_is_no_gap(reason: str) -> None:
    assert not leaves_undefined(GAPS, written_existence(GAPS, reason))


# -- another text ----------------------------------------------------------------------------------

TOKEN = re.compile(r"[A-Za-z][\w.']*|\d+|<->|->|=>|/\\|<>|<=|>=|\S")
ALIKE = [
    ["=", "<>", "<", "<=", ">", ">="],
    ["->", "/\\", "<->"],
    ["forall", "exists"],
    ["+", "-", "*", "/", "^"],
    ["psum", "norm", "atmost"],
    ["sum", "least", "greatest"],
    ["Rabs", "exp", "ln", "tanh"],
    ["same_zeros", "same_vector"],
    ["nonzero", "constant"],
    ["nztotal", "onz", "vmap"],
    ["R", "nat"],
    ["0", "1", "2", "3"],
]


def changed(text: str) -> Iterator[str]:
    """Yield texts in which one token is another one, or is left out."""
    tokens = list(TOKEN.finditer(text))
    names = {token[0] for token in tokens if re.fullmatch(r"[A-Za-z]\d?|\w+_", token[0])} - {"R"}
    for place, token in enumerate(tokens):
        others: set[str] = set()
        for alike in [*ALIKE, sorted(names)]:
            if token[0] in alike:
                others |= set(alike)
        if token[0] in names and tokens[place - 1][0] == "fun":
            others = set()  # where the body does not read it, another letter says the same
        # / 2 is 1 / 2
        inverse = token[0] == "1" and text.startswith(" / ", token.end())
        for other in sorted({*others, ""} - {token[0]}):
            if other or not inverse:
                yield text[: token.start()] + other + text[token.end() :]


@pytest.mark.parametrize("claim", [*CATALOGUE, *EVERYTHING], ids=written)
def test_a_text_with_one_word_changed_is_told_apart(claim: Claim) -> None:
    texts = list(changed(written(claim)))
    for text in Random(claim.id).sample(texts, min(CHANGES, len(texts))):
        assert not agrees(claim, text), text


@pytest.mark.parametrize("claim", [*CATALOGUE, *CRITERIA[::5]], ids=name_of)
def test_a_text_without_one_hypothesis_is_told_apart(claim: Claim) -> None:
    head, body = written(claim).split(", ", 1)
    parts = body.split(" -> ")
    for place in range(len(parts) - 1):
        less_said = f"{head}, {' -> '.join(parts[:place] + parts[place + 1 :])}"
        assert not agrees(claim, less_said), less_said


def test_a_claim_with_one_part_changed_is_told_apart() -> None:
    told = 0
    for seed in range(200):
        drawn = Vocabulary(Random(seed))
        claim = drawn.pick(*CATALOGUE, *RANDOM)
        try:
            other = stated(*drawn.changed(claim.given), then=drawn.changed(claim.conclusion))
            text = written(other)
        except (LanguageError, UntranslatedError):
            continue
        same = in_form(universal(claim)) == in_form(universal(other))
        assert agrees(claim, text) == same, text
        told += not same
    assert told > 100


CLAIM = stated(p < q, NonZero(W), then=PowerSum(W, p) / 2 > Norm(V, q) ** 2)
TEXT = written(CLAIM)


@pytest.mark.parametrize(
    ("old", "new"),
    [
        (") ^ 2", ") ^ 3"),
        (" > ", " < "),
        (" > ", " >= "),
        ("0 < q -> ", "0 <= q -> "),
        ("0 < q -> ", ""),
        ("p < q -> ", ""),
        ("p < q", "q < p"),
        ("(1 <= N)%nat", "(1 <= n)%nat"),
        ("nonzero (mkvec N W)", "nonzero (mkvec n W)"),
        ("nonzero (mkvec N W)", "nonzero (mkvec n V)"),
        ("nonzero (mkvec N W)", "(~ (nonzero (mkvec N W)))"),
        ("psum (mkvec N W) p", "psum (mkvec n V) p"),
        ("(V : nat -> R) (W : nat -> R)", "(V : nat -> R) (W : nat -> nat -> R)"),
        ("(p q : R)", "(p : R) (q : nat)"),
        ("(p q : R)", "(p q x : R)"),
        ("(p q : R)", "(p : R)"),
    ],
)
def test_the_change_is_told(old: str, new: str) -> None:
    assert old in TEXT
    assert difference(TEXT, universal(CLAIM)) is None
    told = difference(TEXT.replace(old, new, 1), universal(CLAIM))
    assert told
    assert "\n" not in told


@pytest.mark.parametrize(
    "text",
    [
        "",
        "True.",
        "0 < 1. Axiom a : 0 < 0",
        "forall (x y : R), x < y (* , *)",
        "forall (x y : R), x < z",
        "forall (x y : R), (pw x 2) < y",
        "forall (x y : R), (x ^ y) < y",
        "forall (x y : R), x < y < x",
        "forall (x y : R), (INR x) < y",
        "forall (x y : R), 1%nat < y",
        "forall (x y : R), x",
        "forall (x y : R), nonzero x",
        "forall (x y : R), (sum x 2) < y",
        "forall (x y : R), (sum (fun i1 => i1) 2) < y",
        "forall (x y : R), (sum (fun i1 => y)) < y",
        "forall (x y : R), (x y) < y",
        "forall i : nat, (1 <= i <= i)%nat -> 0 < 1",
        "forall i : nat, (0 <= i <= 3)%nat -> 0 < 1",
        "forall i : nat, 0 < 1",
        "forall (x y : R), x < y -> " + "9" * 5_000 + " < x",
    ],
)
def test_what_is_no_statement_is_not_read(text: str) -> None:
    claim = stated(then=less(x, y))
    with pytest.raises(MisreadError):
        read(text, universal(claim))
    assert not agrees(claim, text)


# -- natural numbers end at 0 ----------------------------------------------------------------------

CUT = "may be negative"


@pytest.mark.parametrize(
    ("index", "binders", "text"),
    [
        (Sum(2, -Sum(1, -N)), "(N : nat)", "2 - (1 - N)"),
        (Sum(n, -2) * Sum(n, -2), "(N n : nat)", "(n - 2) * (n - 2)"),
        (Power(Sum(n, -2), 2), "(N n : nat)", "(n - 2) ^ 2"),
        (Sum(3, Ceiling(x)), "(x : R) (N : nat)", "3 + (Z.to_nat (ceil x))"),
    ],
)
def test_what_may_be_negative_is_no_part_of_an_index(
    index: object, binders: str, text: str
) -> None:
    claim = stated(then=less(W[index], 0))
    with pytest.raises(UntranslatedError, match=CUT):
        written(claim)
    told = difference(
        f"forall {binders} (W : nat -> R), (1 <= N)%nat -> (W ({text})%nat) < 0", universal(claim)
    )
    assert CUT in str(told)


def test_a_member_below_0_is_not_that_at_0() -> None:
    claim = stated(then=SameVector(vector("W", n, t - 2), vector("W", n, t - 1)))
    with pytest.raises(UntranslatedError, match=CUT):
        written(claim)


def test_a_difference_that_is_not_negative_is_part_of_an_index() -> None:
    claim = stated(then=less(W[2 * (N - 1)], 0))
    assert "2 * (N - 1)" in written(claim)
    assert agrees(claim, written(claim))


# -- letters ---------------------------------------------------------------------------------------


def test_no_quantifier_catches_a_variable_of_the_claim() -> None:
    i, t1, x1 = count("i"), size("t1"), real("x1")
    w = vector("w", i, nonnegative=True)
    claim = stated(then=Total(w[t] * OnNonzero(x1 * x, x, x1), t, i) + t1 > 0)
    assert agrees(claim, written(claim))
    caught = written(claim).replace("i0", "i")
    assert not agrees(claim, caught)


def test_another_bound_letter_says_the_same_and_a_free_one_does_not() -> None:
    claim = stated(then=Every(W[t] > x, t, N))
    text = written(claim)
    assert agrees(claim, text.replace("i1", "i2"))
    assert not agrees(claim, text.replace("(W i1)", "(W i2)"))
    assert not agrees(claim, text.replace("(W i1)", "(W N)"))


def test_a_promise_of_a_kind_may_be_a_hypothesis() -> None:
    z = real("z")
    text = "forall (z : R), 0 < z -> z > 1"
    assert agrees(stated(Relation("<", 0, z), then=z > 1), text)
    assert not agrees(stated(then=z > 1), text)


def test_a_claim_of_the_catalogue_is_not_its_amendment() -> None:
    amended = [claim for claim in CATALOGUE if claim.amends]
    assert amended
    for claim in amended:
        assert not agrees(find_claim(str(claim.amends)), written(claim))


MANY = [real(f"x{k}") for k in range(600)]


@pytest.mark.parametrize(
    "claim",
    [
        stated(then=Sum(*MANY) > 0),
        stated(then=Product(*MANY) / 2 > 0),
        stated(*(z > 0 for z in MANY), then=x > 0),
        stated(then=And(*(z > 0 for z in MANY))),
        stated(then=Norm(concat(*MANY), 2) > 0),
    ],
    ids=["sum", "product", "hypotheses", "conjunction", "vector"],
)
def test_a_long_statement_is_read_back(claim: Claim) -> None:
    assert agrees(claim, written(claim))
    assert not agrees(claim, written(claim).replace("x599_ ", "x598_ ", 1))


def test_what_is_nested_too_deeply_is_said_so() -> None:
    claim = stated(then=x > 0)
    deep = "forall (x : R), " + "(exp " * 2_000 + "x" + ")" * 2_000 + " > 0"
    assert "too deeply" in str(difference(deep, universal(claim)))
