"""The lines of NumPy for a counterexample show that the claim fails there."""

import io
import warnings
from contextlib import redirect_stdout

import pytest

from numeric_check.certifier.witness import Witness
from sparsity_audit import settle_claim
from sparsity_audit.text.numpy_code import NoCodeError, numpy_lines
from sparsity_audit.verdicts.verdict import Refuted
from symbolic_proofs import CATALOGUE, claim

LINES = [
    "||W||_1 <= 2*||W||_2",
    "for V, W in R^N: ||V + W||_2 >= ||V||_2 + ||W||_2",
    "floor(x) + floor(y) = floor(x + y)",
    "W != 0 => gini(W) <= 0",
    "sign(x) = 1 or sign(x) = -1",
    "for W_t in R^n: ||[W_1, ..., W_T]||_2 = sum_{t=1..T} ||W_t||_2",
    "w_i >= 0 for every i = 1..N",
    "window(W, 2) = 0",
    "p < q, W != 0 => I([W, 0*m]) < I(W)",
    "sort(W)_i = w_i for every i = 1..N",
    "#{x in W : x <= 1} = N",
    "for V, W in R^N: V and W are zero at the same places => V = W",
    "all |w_j| equal or W = 0",
    "sum_{x in W, x != 0} 1/x <= 1",
    "max(x, y) = x",
    "for lambda, x' real: lambda*x' >= 0",
]


def printed(stated) -> str:
    verdict = settle_claim(stated, budget=20_000)
    assert isinstance(verdict, Refuted), verdict
    lines = numpy_lines(stated, verdict.witness)
    assert len(lines) == 3
    shown = io.StringIO()
    with warnings.catch_warnings(), redirect_stdout(shown):
        warnings.simplefilter("error")
        exec("\n".join(lines), {})  # noqa: S102  (that the lines run is what is tested)
    return shown.getvalue().strip()


@pytest.mark.parametrize("line", LINES)
def test_the_lines_show_that_a_statement_fails(line):
    assert printed(claim(line)).endswith("False")


REFUTED = ["scaling.magnitudes", "time.printed-last-step", "criteria.robin-hood"]


@pytest.mark.parametrize("stated", [c for c in CATALOGUE if c.id in REFUTED], ids=lambda c: c.id)
def test_the_lines_show_that_a_claim_of_the_paper_fails(stated):
    assert printed(stated).endswith("False")


@pytest.mark.parametrize(
    "line", ["2^(1/2)*2^(1/2) < 2", "||[x, x]||_2 > 2^(1/2)*|x|", "1/3 != 3^(-1)"]
)
def test_a_tie_is_told_apart_from_rounding(line):
    assert printed(claim(line)).endswith("True")
    assert " is " in printed(claim(line))


def test_what_has_no_such_lines_is_said_to_have_none():
    quantified = claim("for every x real: x > 0")
    with pytest.raises(NoCodeError, match="quantified"):
        numpy_lines(quantified, Witness())
    long = claim("S_1(W) < 1")
    with pytest.raises(NoCodeError, match="entries"):
        numpy_lines(long, Witness({"N": 10**12}, {"W": ((1, 10**12),)}))
