"""What is printed reads back as the same term, and nothing else does."""

from __future__ import annotations

import logging
import os
from io import BytesIO
from random import Random

import pytest
from corpus.test_corpus import PAPERS, claims_of
from lark import Lark, logger
from trust.vocabulary import Vocabulary

from symbolic_proofs import CATALOGUE, MEASURES, claim, criteria_of
from symbolic_proofs.language.formulas import And, Formula, Implies, Not
from symbolic_proofs.language.named import names_of
from symbolic_proofs.language.names import LanguageError, one_thing_each
from symbolic_proofs.notation.api import to_latex, to_statement
from symbolic_proofs.notation.reading import ReadError, read
from symbolic_proofs.notation.reading.parsing import GRAMMAR, MAX_LENGTH, TABLES, make_parser

SEED = int(os.environ.get("SPARSITY_AUDIT_SEED", Random().randrange(10**6)))
#: random statements of one run
STATEMENTS = 1500


def assert_reads_back(statement: Formula) -> None:
    for ascii in (False, True):
        text = to_statement(statement, ascii=ascii)
        assert text.isascii() or not ascii
        assert read(text) == statement, text


@pytest.mark.parametrize("stated", CATALOGUE, ids=lambda stated: stated.id)
def test_every_claim_of_the_catalogue_reads_back(stated):
    assert_reads_back(stated.statement)


@pytest.mark.parametrize("measure", MEASURES, ids=lambda measure: measure.name)
def test_every_criterion_of_every_measure_reads_back(measure):
    for criterion in criteria_of(measure):
        assert_reads_back(criterion.statement)


@pytest.mark.parametrize("paper", PAPERS, ids=lambda path: path.stem)
def test_every_claim_of_other_papers_reads_back(paper):
    for stated in claims_of(paper):
        assert_reads_back(stated.statement)


def drawn(seed: int) -> Formula | None:
    """Return a random statement, None where the language has no such."""
    words = Vocabulary(Random(seed))
    try:
        formula = words.formula(words.pick(0, 1, 2, 2))
        if words.chance(0.2):
            formula = Implies(And(*(words.formula(1) for _ in range(words.pick(1, 2)))), formula)
        if words.chance(0.1):
            formula = Not(And(Not(formula), Not(words.formula(1))))
        one_thing_each(names_of(formula))
    except (LanguageError, ValueError):
        return None
    return formula


def test_random_statements_read_back_and_print_alike_only_if_they_are_the_same():
    print(f"SPARSITY_AUDIT_SEED={SEED}")
    shown: dict[str, Formula] = {}
    for number in range(STATEMENTS):
        statement = drawn(SEED * 10**6 + number)
        if statement is None:
            continue
        assert_reads_back(statement)
        kinds = sorted(map(repr, names_of(statement)))
        assert shown.setdefault(f"{to_latex(statement)} {kinds}", statement) == statement
    assert len(shown) > STATEMENTS // 2


def test_the_grammar_has_no_conflict(caplog):
    level = logger.level
    logger.setLevel(logging.DEBUG)
    try:
        Lark(GRAMMAR.read_text(encoding="utf-8"), parser="lalr", lexer="contextual", debug=True)
    finally:
        logger.setLevel(level)
    assert "conflict" not in caplog.text.lower()


def test_the_tables_are_those_of_the_grammar():
    stored = BytesIO()
    make_parser().save(stored)
    made = Lark.load(BytesIO(stored.getvalue()))
    with TABLES.open("rb") as file:
        shipped = Lark.load(file)
    for part in ("terminals", "rules"):
        assert list(map(repr, getattr(shipped, part))) == list(map(repr, getattr(made, part)))


#: line -> the line that says the same
SAME = {
    "p<q,W!=0=>I(W)>=0": "p < q, W ≠ 0 ⇒ I(W) ≥ 0",
    "p < r < q => 0 <= S_r(W) <= 1": "p < r, r < q => 0 <= S_r(W) and S_r(W) <= 1",
    "p < q and W != 0 -> I(W) >= 0": "p < q, W != 0 => I(W) >= 0",
    "||W||_2 == S_2(W)**0.5": "‖W‖_2 = S_2(W)^(1/2)",
    "||W||_oo <= ||W||_1": "max_{i=1..N} |w_i| <= ||W||_1",
    "sum_{i=1}^N w_i = sum_{x in W} x": "sum_{i=1..N} w_i = sum_{i=1..N} w_i",
    "W >= 0 => S_1(W) = sum_{x in W} x": "for W in [0, oo)^N: S_1(W) = sum_{i=1..N} w_i",
    # what is said twice of one name is said together
    "for W in R^N, W >= 0: S_1(W) >= 0": "for W in [0, oo)^N: S_1(W) >= 0",
    "for W >= 0, W in R^m: S_1(W) >= 0": "for W in [0, oo)^m: S_1(W) >= 0",
    "for W in R^m, W != 0: S_1(W) > 0": "for W in R^m: W != 0 => S_1(W) > 0",
    "for W in R^N, W > 0: S_1(W) > 0": (
        "for W in [0, oo)^N: w_j > 0 for every j = 1..N => S_1(W) > 0"
    ),
    "for x real, x > 0: x < 1": "for x real: x > 0 => x < 1",
    "for x > 0, x real: x < 1": "for x real: x > 0 => x < 1",
    "for x > 0, x < 1: x^2 < 1": "for x > 0: x < 1 => x^2 < 1",
    "for x, y > 0, W in R^m: x < y": "for x > 0, y > 0: x < y",
    "forall alpha: I(alpha*W) = I(W)": "for every α > 0: I(αW) = I(W)",
    "I([W_1, ..., W_T]) = 0": "for W_t in R^N: I([W_t : t = 1..T]) = 0",
    "for every i = 1..N: w_i != 0": "w_i != 0 for every i = 1..N",
    "x < 0 or y < 0": "not (not x < 0 and not y < 0)",
    "floor(x) <= x": "-ceil(-x) <= x",
    "sqrt(exp(x)) = 1": "(e^x)^(1/2) = 1",
    "for V, W in R^N: ||V - W||_2 >= 0": "for V, W in R^N: ||[v_i - w_i : i = 1..N]||_2 >= 0",
    # what is counted or summed under a condition is what does not vanish where it holds
    "#{x in W : |x| > λ} <= N": "||[max(|x| - λ, 0) : x in W]||_0 <= N",
    "#{x in W : |x| >= λ} <= N": "N - ||[max(λ - |x|, 0) : x in W]||_0 <= N",
    "#{x in W : x = 0} <= N": "N - ||W||_0 <= N",
    "#{x in W : 0 < x <= 1} <= N": (
        "||[(1 - {1 : y = max(x - 1, 0), y != 0})*max(x, 0) : x in W]||_0 <= N"
    ),
    "sum_{x in W, x > 1} x^2 = 0": "sum_{i=1..N} {w_i^2 : x = max(w_i - 1, 0), x != 0} = 0",
    "1/sum_{x in W} x^2*x = 1/max_{x in W} x": (
        "1/(sum_{i=1..N} w_i^2*w_i) = 1/(max_{i=1..N} w_i)"
    ),
    "gini([W, 0*m]) >= 0": "for m in {1, 2, ...}: gini([W, repeat(0, m)]) >= 0",
}


@pytest.mark.parametrize(("line", "other"), SAME.items())
def test_several_ways_to_write_one_thing(line, other):
    written = read(line)
    assert written == read(other)
    assert_reads_back(written)


def test_two_lines_that_are_near_are_told_apart():
    lines = [
        "not (w_i > 0 for every i = 1..N)",
        "not w_i > 0 for every i = 1..N",
        "not w_i > 0 for some i = 1..N",
        "(sum_{i=1..N} w_i)/N = 0",
        "sum_{i=1..N} w_i/N = 0",
        "for W_t in R^N: sum_{t=1..T} ||W_t||_1/T = 0",
        "for mu real: mu = 0",
        "mu = 0",
        "m*u = 0",
        "for u >= 0: m*u = 0",
        "x/y*2 = 0",
        "x/(y*2) = 0",
        "x^-y = 0",
        "-x^y = 0",
        "(-x)^y = 0",
        "1/0 = 0",
        "x - x = 0",
        "0*x = 0",
        "x^0 = 0",
    ]
    statements = [read(line) for line in lines]
    assert len(set(statements)) == len(lines)
    assert len(set(map(to_statement, statements))) == len(lines)
    for statement in statements:
        assert_reads_back(statement)


def test_a_claim_is_made_from_a_line():
    stated = claim("p < q,  W != 0 => I([W, 0*m]) > I(W)")
    assert stated.title == "p < q, W != 0 => I([W, 0*m]) > I(W)"
    assert stated.statement == read("p < q, W != 0 => I([W, 0*m]) > I(W)")
    assert stated.id == claim("p < q, W != 0 => I([W, 0*m]) > I(W)").id
    assert stated.id != claim("p < q, W != 0 => I([W, 0*m]) >= I(W)").id


@pytest.mark.parametrize(
    "line",
    [
        "x = " + "(" * 4000 + "1" + ")" * 4000,
        "x = " + "-" * 100 + "1",
        "x = " + "|" * 1001,
        "x = " + "9" * 1000,
        "x" * (MAX_LENGTH + 1),
        "x = " + "2^" * 500 + "2",
        "x = 9^9^9^9",
        "hoyer(" * 40 + "W" + ")*W" * 40 + " = 0",
        "[" * 3000 + "]" * 3000 + " = 0",
        "x = \x00",
        "x = \ud800",
        "\ue000x\ue001 = 1",
        "not " * 3000 + "x = 1",
    ],
)
def test_what_is_too_long_or_too_deep_is_refused_in_a_line(line):
    with pytest.raises(ReadError) as refused:
        read(line)
    assert len(str(refused.value).splitlines()[0]) < 300
