"""Words with formulas between dollars: as text, as LaTeX, and that all of ours can be read."""

import ast
from pathlib import Path

import pytest

from symbolic_proofs.claims.catalogue import CATALOGUE
from symbolic_proofs.notation.marked import pieces, unmarked
from symbolic_proofs.notation.prose import plain_to_latex, prose_to_latex
from symbolic_proofs.notation.reading.errors import ReadError
from symbolic_proofs.notation.reading.parsing import parse
from symbolic_proofs.notation.text_to_latex import text_to_latex

ROOT = Path(__file__).resolve().parents[2]


def reasons():
    """Yield all texts with a dollar in the proofs; what is filled in stands as r."""
    for path in sorted((ROOT / "symbolic_proofs" / "proofs").rglob("*.py")):
        tree = ast.parse(path.read_text(encoding="utf-8"))
        parts = {id(v) for n in ast.walk(tree) if isinstance(n, ast.JoinedStr) for v in n.values}
        for node in ast.walk(tree):
            if isinstance(node, ast.JoinedStr):
                text = "".join(getattr(value, "value", "r") for value in map(filled, node.values))
            elif isinstance(node, ast.Constant) and id(node) not in parts:
                text = node.value
            else:
                continue
            if isinstance(text, str) and "$" in text:
                yield text


def filled(value):
    return value if isinstance(value, ast.Constant) else ast.Constant("r")


def can_be_read(formula):
    for text in (formula, f"{formula} = 0"):
        try:
            parse(text)
        except ReadError:
            continue
        return True
    return False


REASONS = sorted(set(reasons()))


def test_the_formulas_of_all_reasons_are_closed_and_in_the_text_form():
    assert len(REASONS) > 100
    for reason in REASONS:
        assert reason.count("$") % 2 == 0, reason
        for formula in pieces(reason)[1::2]:
            assert can_be_read(formula), f"{formula} in: {reason}"


def test_the_formulas_of_all_titles_are_in_the_text_form():
    for claim in CATALOGUE:
        assert claim.title.count("$") % 2 == 0
        for formula in pieces(claim.title)[1::2]:
            # the dimensions of a matrix are not of the language
            assert can_be_read(formula) or formula == "d x n", claim.title


@pytest.mark.parametrize(
    ("text", "latex"),
    [
        ("by the definition of $I$", "by the definition of $I$"),
        ("$|w_i|^p ≤ S_p$", r"$\lvert w_{i}\rvert^{p} \le S_{p}$"),
        ("$t^s ≥ M^s·(1 + s)$ here", r"$t^{s} \ge M^{s} (1 + s)$ here"),
        ("$S_p^(q/p-1)$; sum over $i$", r"$S_{p}^{q/p - 1}$; sum over $i$"),
        ("a $d x n$ matrix, $dnT$ entries", r"a $d \times n$ matrix, $dnT$ entries"),
        ("$c = ρα/(1 - ρ)$", r"$c = \rho\alpha/(1 - \rho)$"),
        ("$p <= 1 <= q$", r"$p \le 1 \le q$"),
        ("$I(αW)$, $x = -1$", r"$I(\alpha W)$, $x = -1$"),
        ("$hoyer(W) < 1 and W ≠ 0$", r"hoyer$(W) < 1$ and $W \ne 0$"),
        ("Bernoulli's inequality", "Bernoulli's inequality"),
        ("100 % of {it} & more_1", r"100 \% of \{it\} \& more\_1"),
        (r"\input{x} ~ #", r"\textbackslash{}input\{x\} \textasciitilde{} \#"),
        ("5 $ for α", r"5 \$ for $\alpha$"),
        ("$a{b$", r"$a\{b$"),
    ],
)
def test_words_become_latex(text, latex):
    assert prose_to_latex(text) == latex


def test_words_become_plain():
    assert unmarked("since $p < q$, $I ≤ 1$") == "since p < q, I ≤ 1"
    assert unmarked("5 $ each") == "5 $ each"
    assert pieces("$p$") == ["", "p", ""]


def test_letters_of_other_languages_are_left_to_tex():
    assert plain_to_latex("Hölder, naïve") == "Hölder, naïve"


def test_certificates_become_latex():
    assert text_to_latex("1 - (9/10)^(1/2)") == "1 - (9/10)^{1/2}"
    assert text_to_latex("-5·2^(1/3)") == r"-5 \cdot 2^{1/3}"
    assert text_to_latex("0.5 ± 1e-9") == r"0.5 \pm 10^{-9}"
    assert r"\allowbreak" in text_to_latex("1" * 40)
