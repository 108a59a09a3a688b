"""Identities that the kernel takes for granted, where Coq has to be shown more."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from symbolic_proofs import kernel as K
from symbolic_proofs.coq import checking
from symbolic_proofs.coq.files import contents, holds
from symbolic_proofs.kernel import Theorem
from symbolic_proofs.language.claim import claim
from symbolic_proofs.language.formulas import at_most, equal
from symbolic_proofs.language.symbols import count, positive
from symbolic_proofs.notation.reading.stating import claim as stated
from symbolic_proofs.proofs import prove
from symbolic_proofs.proofs.tactics.combine import algebra

NEEDS_COQ = pytest.mark.skipif(shutil.which("coqc") is None, reason="Coq is not installed")
IDENTITIES = {
    "a sign that what is written shows, and the normal form hides": (
        "for a, t, p > 0, i, k in {1, 2, ...}: i <= k => "
        "(2*(a + t*(k - i)/k))^p = 2^p*(a + t*(k - i)/k)^p"
    ),
    "the same under a logarithm": (
        "for a, t > 0, i, k in {1, 2, ...}: i <= k => "
        "ln(a + t*(k - i)/k) + ln(k) = ln(k*(a + t*(k - i)/k))"
    ),
    "powers in what a power becomes": (
        "for a, b, p > 0: exp(ln(a^p + b^p) - ln(b^p)) = (a/b)^p + 1"
    ),
    "powers under a logarithm and beside it": (
        "for a, b, p > 0: a^p*ln(b*(a^p + b^p)) = a^(2*p)*(ln(b) + ln(a^p + b^p))/a^p"
    ),
    "a ceiling as a number": "for x in R: ceil(3/2)*x = 2*x",
    "a ceiling as a length": "for W in R^3: window(W, ceil(3/2)) = window(W, 2)",
    "a divisor that is a sum of fractions": (
        "for a, b, q > 0: 1 < a^(2*q)/b^2 => 1/(a^q/b - b/a^q) = a^(-q)*b/(1 - b^2*a^(-2*q))"
    ),
    "bars within bars, those inside written anew before": (
        "for t >= 0: abs(|w_i| - max(|w_i| - t, 0)) <= t for every i = 1..N"
    ),
    "a difference under bars in a difference": (
        "for t >= 0: ||[max(|x| - t, 0) : x in W]||_2 <= ||W||_2"
    ),
    "a difference under bars that is below 0 by the signs of its parts": (
        "for V, W in R^N: ||V - W||_oo <= delta => ||V||_1 <= ||W||_1 + N*delta"
    ),
    "a summand that is a quotient": (
        "for W in [0, oo)^N: w_i > 0 for every i = 1..N => S_1(W)*sum_{x in W} 1/x >= N^2"
    ),
    "bars around a sum that is at most 0, as its parts turned round show": (
        "for c > 0: x <= 0, c*x <= 0 => abs(x/c - 1) = 1 - x/c"
    ),
    "such a sum among other factors": (
        "for c > 0: x = 0 => abs(x/c - 1)*abs(2 - x) = (1 - x/c)*abs(x - 2)"
    ),
    "bars that stay around a square that is multiplied out": (
        "for x in R: abs((x - 2)^2) = abs(4*x - x^2 - 4)"
    ),
    "bars within bars, under hypotheses that contradict each other": (
        "for t >= 0, x in R: x <= -1, x > 0 => abs(x - abs(t)) = t - x"
    ),
    "a power of e under bars": "for a > 0, x in R: abs(abs(exp(x)*ln(a))) = exp(x)*abs(ln(a))",
    "powers in an exponent": (
        "for a, b > 0, x in R: exp(exp(ln(a) - x))*exp(b/exp(x)) = exp((a + b)*exp(-x))"
    ),
    "bars around 0 beside bars around what is 0": "for x in R: x = 0 => |x| <= 0",
    "the square of what may be 0, to a power": (
        "for a, c, p > 0, x in R: ((c*x)^2)^(a^p) = c^(2*a^p)*|x|^(2*a^p)"
    ),
    "a power that may be 0, squared, to a power": (
        "for p > 0, x >= 0: ((x^exp(-p))^2)^p = x^(2*p*exp(-p))"
    ),
    "a fourth power beside roots": (
        "for a, b > 0: sqrt(2/b)*(ln(a)^2)^2 = 2^(1/2)*b^(-1/2)*|ln(a)|^4"
    ),
    "a power of 0, its base a sum": "for q > 0, x in R: (q - q)^exp(-x) = 0",
    "the root of a square, multiplied out": (
        "for x, y in R, p > 0: 4^p*((x - y)^2)^p = ((2*x - 2*y)^2)^p"
    ),
    "exponents whose common divisor is multiplied out": (
        "for a, p, q > 0: p < q => a^(1/(p - q))*a^(1/p)*a^(1/q) = a^(1/(p - q) + 1/p + 1/q)"
    ),
    "what is taken where it is not 0, of a value that is 0": (
        "for t >= 0: ||[max(|x| - t, 0) : x in W]||_0 <= ||W||_0"
    ),
    "what is taken where a value is not 0, of one that a hypothesis says to be 0": (
        "W != 0 => exp(-sum_{x in W, x != 0} |x|/||W||_1*ln(|x|/||W||_1)) <= N"
    ),
    "bars that a step before says in terms of themselves": (
        "for P, Q in R^N: q_i > 0 for every i = 1..N => "
        "sum_{i=1..N} p_i^2/q_i >= (sum_{i=1..N} p_i)^2/sum_{i=1..N} q_i"
    ),
}
#: what no tactic here finds, and one rule shows
BY_ALGEBRA = {
    "a power of e to a logarithm": ("for a > 0, x in R: 0 < abs(exp(x)^ln(a))^2"),
    "bars, by hypotheses that contradict each other": (
        "for c > 0, x in R, V in R^N: c*x <= 0, x > 0 => S_2(V)*abs(S_2(V)) = -S_2(V)^2"
    ),
    "what is 0 and above 0, by hypotheses that contradict each other": (
        "for t > 0, x in R: x <= t, abs(x - t) + x - t != 0 => 0 < (abs(x - t) + x - t)^2"
    ),
    "what is 0 and differs from 0, by the same": (
        "for t > 0, x in R: x <= t, abs(x - t) + x - t != 0 => (abs(x - t) + x - t)^2 != 0"
    ),
}


def at_every_index() -> Theorem:
    """Return an equation for every index, whose bases are positive by what is said of each."""
    a, t, p, i, k = positive("a"), positive("t"), positive("p"), count("i"), count("k")
    base, said = a + t * (k - i) / k, at_most(t * i / k, t)
    one = algebra(equal((2 * base) ** p, 2**p * base**p), (at_most(i, k), said))
    return K.every(K.weaken(one, (at_most(i, k), said)), i, k)


@NEEDS_COQ
def test_what_the_normal_form_hides_is_shown(tmp_path: Path) -> None:
    every = at_every_index()
    exported = [
        holds(claim("every", "", "", given=tuple(every.hypotheses), then=every.conclusion), every)
    ]
    for text in IDENTITIES.values():
        derivation = prove(stated(text))
        assert derivation is not None, text
        exported.append(holds(stated(text), derivation.theorem))
    for text in BY_ALGEBRA.values():
        one = stated(text)
        exported.append(holds(one, algebra(one.conclusion, one.given)))
    for name, text in contents(exported).items():
        (tmp_path / name).write_text(text, encoding="utf-8")
    checking.prepare(tmp_path, 600)
    for what, one in zip(("at every index", *IDENTITIES, *BY_ALGEBRA), exported, strict=True):
        assert not one.left_out, what
        assert checking.opinion(tmp_path, one.name, 600).confirmed, what
