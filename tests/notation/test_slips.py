"""What a newcomer types: each slip ends in one line that says what to write, at its place."""

from __future__ import annotations

import pytest

from symbolic_proofs import (
    And,
    LanguageError,
    Norm,
    ReadError,
    claim,
    count,
    positive,
    read,
    real,
    vector,
)

#: what is typed -> words of the message; those that are "" are simply read
SLIPS = [
    ("W != 0 => sum(W) >= 0", "sum_{x in W}"),
    ("p < q, W != 0 => 0 <= I(W) <= 1", ""),
    ("p < r < q, W != 0 => I(W) <= I_{r,q}(W)", ""),
    ("p < q > r => I(W) > 0", "chain"),
    ("||-W||_2 = ||W||_2", ""),
    ("||W/2||_2 = ||W||_2/2", ""),
    ("||W||_2 == S_2(W)^(1/2)", ""),
    ("max(W) <= ||W||_2", "max_{x in W}"),
    ("||W||_0.5 >= ||W||_2", ""),
    ("||W||_(0.5) >= ||W||_2", ""),
    ("p < q, W != 0, I([W, 0*m]) > I(W)", "write =>"),
    ("p < q, W != 0 => I([W, 0*m) > I(W)", "closes the ["),
    ("p < q, W != 0 => I([W, 0*m]) > I(W", "not closed"),
    ("p < q, W != 0 => I(W)) > 0", "nothing opens"),
    ("||W|| <= ||W||_1", "which norm"),
    ("w_i >= 0", "nothing binds"),
    ("for n in {1, 3, ...}: n >= 1", "{1, 2, ...}"),
    ("for n in {0, 2, ...}: n >= 0", "{0, 1, ...} from 0 on"),
    ("for n in {1, ...}: n >= 1", ""),
    ("sum_{i in W} w_i <= 1", "write i = 1..N for places"),
    ("||[w_j^2 : j in W]||_1 <= 1", "write j = 1..N for places"),
    ("for W in R^n, W != 0: ||W||_2 > 0", ""),
    ("for W in R^N, W in R^n: ||W||_2 > 0", "stands here twice"),
    ("for x real, x in {1, 2, ...}: x > 0", "stands here twice"),
    ("for W in R^N, W >= 1: ||W||_2 > 0", "compare its entries"),
    ("for V, W in R^N, V != 0, W != 0: ||V||_2 + ||W||_2 > 0", ""),
    ("there is W in R^2, W != 0 such that ||W||_1 = 1", ""),
    ("for W in R^N, 0 < t < 1: ||t*W||_1 <= ||W||_1", "the letter comes first"),
    ("for t real: 0 < t < 1 => t^2 < t", ""),
    ("W != 0, for every i = 1..N: w_i > 0 => S_1(W) > 0", "w_i| for every i = 1..N`"),
    ("W != 0, w_i > 0 for every i = 1..N => S_1(W) > 0", ""),
    ("W != 0 => for every i = 1..N: |w_i| <= ||W||_1", ""),
    ("for W in (0, oo)^N: S_1(W) > 0", "in [0, oo)^N, and `w_j > 0 for every j = 1..N`"),
    ("for x in (0, oo): x > 0", "`for x > 0: ...`"),
    ("exists d > 0: for t > 0: t < d => t*||W||_1 < 1", "`for every x`"),
    ("pi <= 4", "the number pi is not in the language"),
    ("W != 0 => ||W||_2 <= 2π*||W||_1", "the number π is not in the language"),
    ("||W||_π <= ||W||_1", "the number π is not in the language"),
    ("x \\le \\pi", "the number π is not in the language"),
    ("for π: π > 0", "`π > 0`"),
    ("for π > 0: π*||W||_2 = ||π*W||_2", ""),
    ("there is pi > 0 such that pi*x = x", ""),
    ("π_1 > 0 and phi > 0", ""),
    ("x <= log10(y)", "ln(x)/ln(10)"),
    ("x <= oo", "nothing is called oo"),
    ("x <= inf", "nothing is called inf"),
    ("x <= E", "a vector is compared with a number"),
    ("p < q, W != 0 => I(W,p,q) >= 0", "I_{p,q}(W)"),
    ("\\|W\\|_p \\le \\|W\\|_q", "LaTeX"),
    ("I(W) = 1 - N^{1/q-1/p} \\frac{\\|W\\|_p}{\\|W\\|_q}", "LaTeX"),
    ("\\sum_{i=1}^{N} |w_i|^p \\geq 0", "LaTeX"),
    ("p < q, W != 0 => hoier(W) >= 0", "is not a function"),
    ("p < q, W != 0 => norm(W, p) >= 0", "||W||_p"),
    ("S_p(W) => 0", "at least"),
    ("p =< q => S_p(W) >= 0", "<="),
    ("p <> q => S_p(W) >= 0", "!="),
    ("|W| <= 1", "of a vector"),
    ("W^2 != 0", "no powers"),
    ("||[x, R]||_1/2n >= 0", "two ways"),
    ("pq/(q - p) > 0", "p*q"),
    ("p < q W != 0 => I(W) >= 0", "operator is missing"),
    ("p < q and W != 0 -> I(W) >= 0", ""),
    ("if p < q then I(W) >= 0", "premises"),
    ("I(W) is at most 1", "sign"),
    ("p < q, W ≠ 0 ⇒ I([5*2, 0*2]) < I([10, 0*3])", "repeat(5, 2)"),
    ("p < q => I([x x k, 0*z]) <= 1", "repeat"),
    ("for V, W in R^N: W*V = 0", "not multiplied"),
    ("for V, W in R^N: W >= V", "not ordered"),
    ("S_2(V) <= S_2(W)", "lengths"),
    ("W >= 1 => S_1(W) >= N", "every i"),
    ("W > 0 => S_1(W) >= 0", ""),
    ("p < q => I([W, ..., W]) = I(W)", "repeat(W, T)"),
    ("for x: x >= 0", ""),
    ("for t: t >= 0", "no kind"),
    ("x real: x >= 0", "in front"),
    ("||||W||_1 - ||W||_2| >= 0", "abs("),
    ("|x + 1 > 0", "not closed"),
    ("sum |w_i|^p >= 0", "sum_{i=1..N}"),
    ("sum(i, |w_i|^p) >= 0", "sum_"),
    ("sum_i |w_i|^p >= 0", "sum_{i=1..N}"),
    ("W != 0 => I(W) in [0, 1]", "0 <= x <= 1"),
    ("for x in (0, 1): x^2 < x", "as a premise"),
    ("I(W) >= 0 for all W != 0", "in front"),
    ("p < q, W != 0 => I_p,q(W) >= 0", "I_{p,q}(W)"),
    ("I_pq(W) >= 0", "I_{p,q}(W)"),
    ("sum_{i,j} |w_i - w_j| >= 0", "sum_{j=1..N} for two"),
    ("sum_{i<=N} |w_i| >= 0", "i = 1..N"),
    ("max_{i} |w_i| <= 1", "i = 1..N"),
    ("#{i : w_i = 0} >= 1", "#{x in W : x = 0}"),
    ("#{x in W : x = 0} >= 1", ""),
    ("for V in R^N: #{x in W : V = W} >= 1", "a condition compares numbers"),
    ("max_{x in W, x > 0} x >= 1", "a condition stands in a sum"),
    ("all w_i > 0 => I(W) < 1", "w_i > 0 for every i"),
    ("I((1, 0, 0)) = 1", "[1, 0, 0]"),
    ("I(W ∪ {0}) > I(W)", "[U, V]"),
    ("N → ∞ => I(W) = 0", "limits"),
    ("prod_{i=1..N} |w_i| >= 0", "exp(sum"),
    ("for W in R^(n x m): I(W) >= 0", "a matrix is read"),
    ("I([1]*N) = 0", "[1 × N]"),
    ("I([1, 0]*3) = 0", "[1 × N]"),
    ("c > 0, W != 0 => I([W, 0]*c) = I([W, 0])", ""),
    ("I(ones(N)) = 0", "[1 × N]"),
    ("W != 0 => max |w_i| > 0", "max_{i=1..N} |w_i|"),
    ("min|w_i| >= 0", "max_{i=1..N} |w_i|"),
    ("W != 0, w_i = 0 for some i => I(W) > 0", "for every i = 1..N"),
    ("W != 0 => I(W) = 0 <=> all |w_j| equal", "A => (B <=> C)"),
    ("sum_{i=0..N} |w_i| >= 0", "from 1"),
    ("I_{1,2}(W) >= 1e-3", "fraction"),
    ("W_1 = [10, 0*3], W_2 = [5, 5, 0*2], p < q => I(W_2) < I(W_1)", "say their lengths"),
    ("for W_t in R^n: sum_{t=1..T} ||W||_2 >= 0", "family"),
    ("W != 0 => W_1 >= 0", "W[1]"),
    ("logg(x) > 0", "did you mean log"),
    ("x! > 0", "factorial"),
    ("p < q => forall alpha > 0: I(alpha*W) = I(W) and p > 0 => q > 0", "second arrow"),
    ("9^9^9^9 > 1", "too large"),
    ("", "nothing is stated"),
    ("I(W)", "comparison"),
    ("__import__('os').system('id') => p > 0", "index below"),
    ("W * W >= 0", "not multiplied"),
    ("p, q => I(W) >= 0", "missing before this comma"),
    ("W != 0 => I(W) ≈ 1", "about equal"),
    ("x >= 0 && y >= 0", "`and`"),
    ("let x = 1 => x > 0", "=>"),
    ("S_p(W) >= 0 then p > 0", "=>"),
    ("np.sum(W) >= 0", "Python"),
    ("W.sum() >= 0", "Python"),
    ("x² >= 0", "^2"),
    ("w₁ >= 0", "_0"),
    ("√x >= 0", "sqrt"),
    ("x // y >= 0", "floor"),
    ("W[0] >= 0", "from 1"),
    ("len(x) >= 0", "takes a vector"),
    ("ln(W) >= 0", "takes a number"),
    ("S(W) >= 0", "exponent"),
    ("I_{1}(W) >= 0", "two exponents"),
    ("log2(x) >= 0", "ln(2)"),
    ("round(x) = x", "floor"),
    ("for W in R^N, N > 3: I(W) >= 0", ""),
    ("zeros(x) != 0", "counts"),
    ("||x||_2 >= 0", "takes a vector"),
    ("x = 1 = y < 2", ""),
    ("[W, 3*2] != 0", "repeat(3, 2)"),
    ("w_{i,j} >= 0", "nothing binds"),
    ("for i in range(3): x > 0", "Python"),
    ("1/2x > 0", "two ways"),
    ("x × 2 > 0", "×"),
    ("p < q: I(W) >= 0", "colon"),
    ("mean(W) >= 0", "/N"),
    ("I(W) = 1 'for' W", "prime"),
    ("for every i: w_i > 0", "no kind"),
    ("there is i: w_i > 0", "no kind"),
    ("I >= 0", "write I(W)"),
    ("alpha(W) >= 0", "is not a function"),
    ("alhpa > 0", "did you mean"),
]


@pytest.mark.parametrize(("line", "words"), SLIPS)
def test_a_slip_is_answered_by_what_to_write(line, words):
    if not words:
        read(line)
        return
    with pytest.raises(ReadError) as slip:
        read(line)
    message, *place = str(slip.value).splitlines()
    assert words in message
    assert len(message) < 260
    if line.strip():
        shown, caret = place
        assert set(caret) == {" ", "^"}
        assert 2 <= caret.index("^") <= len(shown)
    else:
        assert not place


def test_there_are_sixty_slips():
    assert len([words for _, words in SLIPS if words]) >= 60


def test_a_long_line_is_shown_around_the_place():
    line = "p < q, " * 60 + "hoier(W) > 0 => x > 0" + " and x > 0" * 60
    with pytest.raises(ReadError) as slip:
        read(line)
    _, shown, caret = str(slip.value).splitlines()
    assert len(shown) <= 102
    assert shown[caret.index("^") : caret.rindex("^") + 1] == "hoier"


N = count("N")
W, V, U = vector("W", N), vector("V", N), vector("U", count("k"))
p, q, x = positive("p"), positive("q"), real("x")

#: what is typed in Python -> words of the message
IN_PYTHON = {
    "magnitudes": (lambda: abs(W), "Norm(W, p)"),
    "chain": (lambda: p < x < q, "p < r, r < q"),
    "and": (lambda: (p < q) and (x > 0), "And(F, G)"),
    "not": (lambda: not p < q, "Not(F)"),
    "loop": (lambda: list(W), "over_entries"),
    "sum": (lambda: sum(W), "over_entries"),
    "greatest": (lambda: max(W), "greatest_entry"),
    "first": (lambda: W[0], "W[1]"),
    "last": (lambda: W[-1], "W[1]"),
    "equal": (lambda: claim("a.b", "", "", then=Norm(W, 2) == 1), "equal(a, b)"),
    "nonzero": (lambda: claim("a.b", "", "", then=W != 0), "NonZero(W)"),
    "order": (lambda: W >= 0, "nonnegative=True"),
    "square": (lambda: W**2, "PowerSum"),
    "product": (lambda: W * V, "Total(W[i]*V[i], i, N)"),
    "length": (lambda: len(W), "length(W)"),
    "lengths": (lambda: W + U, "one length"),
    "member": (lambda: x in W, "Some("),
    "float": (lambda: Norm(W, 0.5), "float"),
    "no formula": (lambda: And(x), "is not a formula"),
    "latex": (lambda: claim(r"\\|W\\|_2 \\ge 0"), "LaTeX"),
}


@pytest.mark.parametrize("typed", IN_PYTHON.values(), ids=IN_PYTHON.keys())
def test_a_slip_in_python_is_answered_too(typed):
    make, words = typed
    with pytest.raises(LanguageError) as slip:
        make()
    assert words in str(slip.value)


def test_vectors_are_added_and_scaled_in_python_as_in_text():
    assert Norm(W - V, 2) == read("for V, W in R^N: ||W - V||_2 = 0").left
    assert Norm(-W / 2, 2) == read("||(-W)/2||_2 = 0").left


#: LaTeX -> the line that it seems to say
LATEX = {
    r"\|W\|_p \le \|W\|_q": "||W||_p <= ||W||_q",
    r"I(W) = 1 - N^{1/q-1/p} \frac{\|W\|_p}{\|W\|_q}": "I(W) = 1 - N^(1/q - 1/p)*||W||_p/||W||_q",
    r"\sum_{i=1}^{N} |w_i|^p \geq 0": "sum_{i=1..N} |w_i|^p >= 0",
    r"$p < q,\ W \neq 0 \implies I(\alpha W) = I(W)$": "p < q, W != 0 => I(alpha*W) = I(W)",
    r"\left( S_p(W) \right)^{1/p} \leq \sqrt{N}\,\lVert W\rVert_2": (
        "S_p(W)^(1/p) <= N^(1/2)*||W||_2"
    ),
    r"2 \alpha x \ln x \leq \mu N": "2*alpha*x*ln(x) <= mu*N",
    r"\max(x, y) \ge x \lor x < 1": "max(x, y) >= x or x < 1",
    r"\operatorname{hoyer}(W) \le 1": "hoyer(W) <= 1",
    r"\lceil x/2 \rceil \cdot 2 \ge x": "2*ceil(x/2) >= x",
}


@pytest.mark.parametrize(("latex", "line"), LATEX.items())
def test_latex_is_answered_with_the_line_that_it_seems_to_say(latex, line):
    with pytest.raises(ReadError) as answer:
        read(latex)
    assert answer.value.message.endswith(f"? {line}")
    read(line)


@pytest.mark.parametrize(
    ("latex", "place"),
    [
        (r"\foo(W) = 1", "\\foo"),
        (r"\sum_j |w_j| \ge 0", r"\sum"),
        (r"I(W) \in [0, 1]", r"\in"),
        (r"\frac{1}{2", "{"),
        (r"\|W\|_p \le", ""),
    ],
)
def test_latex_that_is_not_understood_is_shown_at_its_place(latex, place):
    with pytest.raises(ReadError) as answer:
        read(latex)
    assert "LaTeX" in answer.value.message or place == "{"
    assert latex[answer.value.start :].startswith(place)
