"""Formulas in LaTeX, broken into lines where their structure says."""

import re

import pytest

from symbolic_proofs import equal, positive, vector
from symbolic_proofs.claims.catalogue import CATALOGUE
from symbolic_proofs.language.formulas import less
from symbolic_proofs.language.symbols import count
from symbolic_proofs.language.terms import Norm
from symbolic_proofs.notation.api import right_side, to_row
from symbolic_proofs.notation.latex_style import LATEX
from symbolic_proofs.notation.layout import WIDTHS, aligned_shapes, in_text, lines, shapes
from symbolic_proofs.notation.rows import Place, as_row, join, row
from symbolic_proofs.notation.text_to_latex import text_to_row

p, q, r = map(positive, "pqr")
W = vector("W", count("N"))


@pytest.mark.parametrize("claim", CATALOGUE, ids=lambda claim: claim.id)
def test_every_line_of_every_shape_is_closed(claim):
    for shape in shapes(to_row(claim.statement)):
        for line in (
            shape.removeprefix(r"\begin{aligned}").removesuffix(r"\end{aligned}").split(r"\\ ")
        ):
            assert line.count("{") == line.count("}")
            assert len(re.findall(r"\\left\b", line)) == len(re.findall(r"\\right\b", line))


@pytest.mark.parametrize("claim", CATALOGUE, ids=lambda claim: claim.id)
def test_lines_hold_what_the_formula_does(claim):
    def signs(latex):
        for fixed, grown in ((r"\bigl", r"\left"), (r"\bigr", r"\right")):
            latex = latex.replace(fixed, grown)
        return re.sub(r"\\left|\\right|\\,|\\cdot|\s", "", latex)

    whole = to_row(claim.statement)
    for width in WIDTHS:
        assert signs("".join(lines(whole, width))) == signs(str(whole))


def test_a_short_formula_has_one_shape():
    assert shapes(to_row(less(p, q))) == ["p < q"]


def test_lines_break_at_connectives_then_relations_then_sums():
    term = to_row(Norm(W, r))
    sum_of = [as_row(join(LATEX.signs["+"], [term] * n)) for n in (9, 3)]
    broken = lines(sum_of[0] + LATEX.signs["="] + sum_of[1], 17.0)
    assert broken[-1].startswith("=")
    assert all(line.startswith("+") for line in broken[1:-1])
    both = lines(term + LATEX.signs["="] + "1" + LATEX.words(" and ") + term, 5.0)
    assert both[1].startswith(r"\text{ and }")


def test_no_line_ends_in_a_script_a_fraction_or_a_square_bracket():
    inside = text_to_row("a + b = c")
    for held in (
        LATEX.power("x", inside),
        LATEX.fraction(inside, "2"),
        LATEX.group(inside, "["),
        LATEX.group(LATEX.fraction("1", "2") + LATEX.signs["+"] + "c"),
    ):
        assert not any(isinstance(part, Place) for part in held.parts)


def test_brackets_that_grow_are_fixed_where_a_line_may_end_in_them():
    inside = LATEX.fraction("a", "b") + LATEX.signs["="] + "c" + LATEX.words(" and ") + "d"
    whole = LATEX.group(inside)
    assert str(whole).startswith(r"\left(")
    first, *_, last = lines(whole, 1.0)
    assert first.startswith(r"\bigl(")
    assert last.endswith(r"\bigr)")


def test_a_product_is_broken_with_a_dot():
    factor = to_row((p + q) ** r)
    product = LATEX.product([(factor, False)] * 6)
    assert r"\cdot" not in str(product)
    assert lines(product, 12.0)[1].startswith(r"\cdot")


def test_a_number_of_many_digits_is_broken():
    number = text_to_row(f"1 - ({'1' * 120}/{'7' * 120})^(1/2) = 0")
    assert r"\allowbreak" in str(number)
    broken = lines(number, WIDTHS[1])
    assert len(broken) > 4
    assert all(text_to_row(line).width <= WIDTHS[1] for line in broken[:-1] if line.isdigit())


def test_chains_are_aligned_at_their_relations():
    one, two = equal(p, q), equal(q, p * r)
    (widest, *_) = aligned_shapes([to_row(one), right_side(two)], at_relation=True)
    assert widest == r"\begin{aligned}p &= q \\ &= p r\end{aligned}"


def test_words_in_a_formula_can_be_broken():
    formula = text_to_row("a = b") + LATEX.words(" and ") + text_to_row("c ≠ 0")
    formula += LATEX.gap + LATEX.words("for every ") + "t"
    assert in_text(formula) == r"$a = b$ and $c \ne 0$ for every $t$"
    assert "$$" not in in_text(LATEX.words("all ") + LATEX.words("equal"))
    inside = LATEX.fraction("a", "b") + LATEX.words(" or ") + "c"
    assert in_text(LATEX.group(inside)) == r"$\bigl(\frac{a}{b}$ or $c\bigr)$"
    product = LATEX.product([(to_row((p + q) ** r), False)] * 6)
    assert in_text(product).count(r"\penalty") == 5
    assert in_text(row(r"\alpha")) == r"$\alpha$"
