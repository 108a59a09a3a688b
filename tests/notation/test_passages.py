"""Pieces of a document: what is declared, defined and said in one scope."""

from __future__ import annotations

import pytest

from symbolic_proofs.notation.reading import ReadError, read
from symbolic_proofs.notation.reading.passages import Passages


def scope(*definitions: str, declared: str = "") -> Passages:
    passages = Passages()
    if declared:
        passages.declare(declared)
    for text in definitions:
        passages.define(text)
    return passages


@pytest.mark.parametrize(
    ("definition", "said", "written_out"),
    [
        ("f(W) = ||W||_1/N", "f([W, 0*m]) >= 0", "||[W, 0*m]||_1/(N + m) >= 0"),
        ("f(V in R^n) = n*S_2(V)", "f([x, y]) = 0", "2*S_2([x, y]) = 0"),
        ("g(x) = x + x", "g(g(a)) = 4*a", "(a + a) + (a + a) = 4*a"),
        ("c = 4^(1/q - 1/p)", "2*c < 1", "2*4^(1/q - 1/p) < 1"),
        ("hoyer(W) = ||W||_1", "hoyer(W) = 0", "||W||_1 = 0"),
        ("h(W) = sum_{i=1..N} w_i", "h(W) = 0", "sum_{i=1..N} w_i = 0"),
        ("f(x) = x^2", "f(i) > 0 for every i = 1..N", "i^2 > 0 for every i = 1..N"),
    ],
)
def test_a_definition_says_what_it_says_written_out(
    definition: str, said: str, written_out: str
) -> None:
    assert scope(definition).state(said) == read(written_out)


def test_a_definition_means_what_it_meant_where_it_stands() -> None:
    passages = scope("f(x) = x + z", declared="z > 0")
    inner = passages.inner()
    inner.define("g(z) = f(z)")
    assert inner.state("g(y) = 0") == read("for z > 0: y + z = 0")


def test_what_is_said_inside_is_not_known_outside() -> None:
    passages = Passages()
    inner = passages.inner()
    inner.define("f(x) = x")
    with pytest.raises(ReadError, match="f is not a function"):
        passages.state("f(x) = x")


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("f(x) = g(x)", "g is not a function"),
        ("f(x) = x + S_1(U)", "f speaks of U, which is not a parameter"),
        ("S(x) = x", "S has a meaning already"),
        ("f(x = 3", "write let f"),
        ("f(x) = x <= 3", "one number or vector"),
        ("f(x, x) = x", "two parameters of one name"),
        ("f(x) = x +", "."),
    ],
)
def test_a_definition_that_cannot_be_read_is_answered_at_its_place(text: str, said: str) -> None:
    with pytest.raises(ReadError, match=said) as error:
        scope().define(text)
    assert 0 <= error.value.start <= len(text)


@pytest.mark.parametrize("body", ["f{0}(f{0}(x))", "f{0}(x) + f{0}(x)", "len([f{0}(x), f{0}(x)])"])
def test_definitions_of_definitions_end_before_they_are_too_large(body: str) -> None:
    passages = scope("f0(x) = x + x")
    with pytest.raises(ReadError, match="over"):  # noqa: PT012
        for number in range(200):
            passages.define(f"f{number + 1}(x) = {body.format(number)}")


def test_a_chain_goes_on_from_the_right_side_before() -> None:
    passages = scope(declared="x, y > 0")
    assert passages.state("x < x + y") == read("for x, y > 0: x < x + y")
    assert passages.go_on("_ <= 2*(x + y)") == read("for x, y > 0: x + y <= 2*(x + y)")
    assert passages.go_on("= 2x + 2y") == read("for x, y > 0: 2*(x + y) = 2x + 2y")


def test_a_chain_needs_something_on_its_left() -> None:
    passages = scope()
    with pytest.raises(ReadError, match="nothing stands on the left"):
        passages.go_on("= 3")
    passages.state("x = 0 and y = 0")
    with pytest.raises(ReadError, match="nothing stands on the left"):
        passages.go_on("= 3")


def test_no_condition_is_lost_among_the_kinds() -> None:
    assert read("for x >= 1: x > 0") == read("x >= 1 => x > 0")
    assert read("for W in R^N, N > 3: p < q => I(W) >= 0") == read("N > 3, p < q => I(W) >= 0")
    with pytest.raises(ReadError, match="is not a kind"):
        scope(declared="x < y")


@pytest.mark.parametrize("text", ["\\alpha_{} > 0", "x^{} < \\beta", "\\alpha_"])
def test_an_empty_script_of_latex_is_answered(text: str) -> None:
    with pytest.raises(ReadError, match=r"nothing stands|missing"):
        scope().state(text)


@pytest.mark.parametrize(
    ("definition", "said"),
    [
        ("f(x) = x + y", "for every y real: f(1) = 1 + y"),
        ("f(x) = x + y", "for every y real: f(y) = y + y"),
        ("f(x) = x + y", "there is y real such that f(2*y) != f(y)"),
        ("c = y + 1", "for every y real: c = 1 + y"),
        ("c_1 = y + 1", "for every y real: c_1 = 1 + y"),
        ("c = [y, 2]", "for every y real: ||c||_1 = 2 + |y|"),
        ("f(W) = sum_{i=1..N} w_i*v_i", "for every V in R^N: f(W) = 0"),
    ],
)
def test_no_quantifier_binds_a_letter_of_a_definition(definition: str, said: str) -> None:
    passages = scope(definition, declared="V in R^N")
    passages.define("g(x) = x")
    with pytest.raises(ReadError, match=r"speaks of \w, and \w is bound here: take another"):
        passages.state(said)


def test_a_quantifier_may_bind_a_letter_that_a_definition_binds_as_well() -> None:
    passages = scope("h(W) = sum_{x in W} x", "f(x) = x + y", "g(x) = f(x) - y")
    assert passages.state("for every x > 0: h(x*W) = x*h(W)") == read(
        "for every x > 0: sum_{z in x*W} z = x*(sum_{z in W} z)"
    )
    assert passages.state("for every x real: g(x) = x") == read("for every x real: x + y - y = x")
    with pytest.raises(ReadError, match="in g: f speaks of y"):
        passages.state("for every y real: g(y) = y")
