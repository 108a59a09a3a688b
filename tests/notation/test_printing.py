import subprocess
import sys

import pytest
import sympy as sp

from symbolic_proofs import read
from symbolic_proofs.claims.catalogue import CATALOGUE, find_claim
from symbolic_proofs.claims.notation import (
    I,
    N,
    R,
    R_nonnegative,
    T,
    V,
    W,
    alpha,
    beta,
    k,
    n,
    norm,
    p,
    q,
    r,
    t,
    x,
    y,
    z,
)
from symbolic_proofs.language.formulas import (
    And,
    Constant,
    Every,
    ForAll,
    Iff,
    NonZero,
    Not,
    Some,
    less,
)
from symbolic_proofs.language.operations import Abs, Ceiling, Exp, Log, Product
from symbolic_proofs.language.sums import CountAtMost, NonzeroTotal
from symbolic_proofs.language.symbols import count, positive, real
from symbolic_proofs.language.terms import (
    Greatest,
    NonzeroCount,
    OnNonzero,
    PowerSum,
    PQIndex,
    Total,
    definition,
)
from symbolic_proofs.language.vectors import (
    Entry,
    Map,
    Sorted,
    Steps,
    concat,
    copies,
    repeat,
    vector,
    zeros,
)
from symbolic_proofs.notation.api import conditions, to_latex, to_statement, to_text

a, b, i, j = positive("a"), positive("b"), count("i"), count("j")
W_t = vector("W", n, t)

TERMS = [
    (1 - x, "1 - x", "1 - x"),
    (x - 1, "x - 1", "x - 1"),
    (3 - 2 * a, "3 - 2a", "3 - 2 a"),
    (-x * y, "-x·y", "-x y"),
    (2 * x * alpha, "2αx", r"2 \alpha x"),
    (x / 2, "x/2", r"\frac{x}{2}"),
    (1 / (x * y), "1/(x·y)", r"\frac{1}{x y}"),
    ((x + y) / (x - y), "(x + y)/(x - y)", r"\frac{x + y}{x - y}"),
    (Product(2, a + b), "2·(a + b)", r"2\,(a + b)"),
    (a ** (b**a), "a^(b^a)", "a^{b^{a}}"),
    (a**2 * b, "a^2·b", r"a^{2}\,b"),
    (Exp(1 / a), "e^(1/a)", "e^{1/a}"),
    (Log(a / b), "ln(a/b)", r"\ln\left(\frac{a}{b}\right)"),
    (Abs(x) ** p, "|x|^p", r"\lvert x\rvert^{p}"),
    (2 ** (1 / r) * 5, "5·2^(1/r)", r"5 \cdot 2^{1/r}"),
    (I(W), "I(W)", "I(W)"),
    (PQIndex(W, 1, 2), "I_{1,2}(W)", "I_{1,2}(W)"),
    (norm(concat(x, R), p), "‖[x, R]‖_p", r"\lVert [x, R]\rVert_p"),
    (PowerSum(W, r), "S_r(W)", "S_r(W)"),
    (NonzeroCount(W), "‖W‖_0", r"\lVert W\rVert_0"),
    (
        definition(I(W)),
        "1 - N^(1/q - 1/p)·‖W‖_p/‖W‖_q",
        r"1 - N^{1/q - 1/p}\,\frac{\lVert W\rVert_p}{\lVert W\rVert_q}",
    ),
    (
        definition(PowerSum(W, r)),
        "Σ_{i=1..N} |w_i|^r",
        r"\sum_{i=1}^{N} \lvert w_i\rvert^{r}",
    ),
    (
        Total(I(W_t), t, T) / T,
        "(Σ_{t=1..T} I(W_t))/T",
        r"\frac{\sum_{t=1}^{T} I(W_t)}{T}",
    ),
    (
        Total(Total(W[i] * W[j], j, N), i, N),
        "Σ_{i=1..N} Σ_{j=1..N} w_i·w_j",
        r"\sum_{i=1}^{N} \sum_{j=1}^{N} w_i\,w_j",
    ),
    (Total(Total(W_t[i], i, n), t, T), "Σ_{t=1..T} Σ_{i=1..n} w_{t,i}", None),
    (Entry(Sorted(W), i), "w_{(i)}", "w_{(i)}"),
    (
        OnNonzero(x * Log(x), x, W[i]),
        "{x·ln(x) : x = w_i, x ≠ 0}",
        r"\{x\,\ln(x) : x = w_i,\ x \ne 0\}",
    ),
    (
        Total(OnNonzero(OnNonzero(x + y, y, x), x, W[i] + Total(W[j], j, N)), i, N),
        "Σ_{i=1..N} {{x + y : y = x, y ≠ 0} : x = w_i + Σ_{j=1..N} w_j, x ≠ 0}",
        None,
    ),
    (OnNonzero(Log(x), x, 0), "{ln(x) : x = 0, x ≠ 0}", None),
    (OnNonzero(x / Abs(x), x, y), "sign(y)", r"\operatorname{sign}(y)"),
    (-Ceiling(-x / 2), "⌊x/2⌋", r"\lfloor x/2\rfloor"),
    (Greatest(Entry(concat(x, y), i), i, 2), "max(x, y)", r"\max(x,\ y)"),
    (positive("x1") * real("beta2"), "β2·x1", r"\beta_{2}\,x_{1}"),
]

VECTORS = [
    (alpha * W, "αW", r"\alpha W"),
    (-1 * W, "-W", "-W"),
    ((x + y) * W, "(x + y)·W", r"(x + y)\,W"),
    (W + alpha, "W + α", r"W + \alpha"),
    (2 * W + -alpha, "2W - α", r"2 W - \alpha"),
    (alpha * (W + beta), "α·(W + β)", r"\alpha\,(W + \beta)"),
    (Map(Abs(x), x, W), "[|x| : x ∈ W]", r"[\lvert x\rvert : x \in W]"),
    (concat(repeat(1, k), zeros(z)), "[1 × k, 0 × z]", r"[1 \times k, 0 \times z]"),
    (concat(repeat(1, k + 1), 0), "[1 × (k + 1), 0]", r"[1 \times (k + 1), 0]"),
    (copies(W, T), "[W × T]", r"[W \times T]"),
    (Steps(W_t, t, T), "[W_1, …, W_T]", r"[W_1, \dots, W_T]"),
    (Steps(W_t, t, 3), "[W_t : t = 1..3]", r"[W_t : t = 1, \dots, 3]"),
    (Steps(repeat(W[i] * V[i], 1), i, N), "[v_i·w_i : i = 1..N]", None),
    (Steps(repeat(W[i] - V[i], 1), i, N), "W - V", "W - V"),
]

FORMULAS = [
    (NonZero(W), "W ≠ 0", r"W \ne 0"),
    (Not(NonZero(W)), "W = 0", "W = 0"),
    (Constant(W), "all |w_j| equal", r"\text{all }\lvert w_j\rvert\text{ equal}"),
    (Every(I(W_t) > 0, t, T), "for every t = 1..T: I(W_t) > 0", None),
    (Some(I(W_t) > 0, t, T), "for some t = 1..T: I(W_t) > 0", None),
    (Iff(p < q, Iff(p < 1, q < 1)), "p < q ⇔ (p < 1 ⇔ q < 1)", None),
    (ForAll(x > N, And(NonZero(V)), x, V), "for every x ∈ ℝ, V ∈ ℝ^N with V ≠ 0: x > N", None),
    (Not(And(p < q, NonZero(W))), "not (p < q and W ≠ 0)", None),
]


@pytest.mark.parametrize(("node", "text", "latex"), TERMS + VECTORS + FORMULAS)
def test_written_as_by_hand(node, text, latex):
    assert to_text(node) == text
    if latex is not None:
        assert to_latex(node) == latex


@pytest.mark.parametrize(
    ("claim", "text"),
    [
        ("scaling.invariance", "p < q, W ≠ 0 ⇒ I(αW) = I(W)"),
        ("cloning.norm", "‖[W, W]‖_r = 2^(1/r)·‖W‖_r"),
        ("time.dynamic-norm", "‖[W_1, …, W_T]‖_r = (Σ_{t=1..T} ‖W_t‖_r^r)^(1/r)"),
        (
            "time.varying-lowers.first",
            "p < q, W_t ≠ 0 for every t = 1..T, W_t ≠ W_1 for some t = 1..T"
            " ⇒ I([W_1, …, W_T]) < I(W_1)",
        ),
        (
            "criteria.bill-gates",
            "p < q, R ≠ 0 ⇒ (there is β > 0 such that for every α > 0: "
            "I([u + α + β, R]) > I([u + β, R]))",
        ),
        (
            "range.one-attained",
            "p < q ⇒ (there are N ∈ {1, 2, …}, W ∈ ℝ^N with W ≠ 0 such that I(W) = 1)",
        ),
    ],
)
def test_claims_read_like_the_paper(claim, text):
    assert to_text(find_claim(claim).statement) == text


@pytest.mark.parametrize("claim", CATALOGUE, ids=lambda claim: claim.id)
def test_latex_of_claims_is_balanced_and_plain(claim):
    latex = to_latex(claim.statement)
    assert latex.count("{") == latex.count("}")
    assert latex.count(r"\left") == latex.count(r"\right")
    assert latex.isascii()
    assert "_1 " not in to_text(claim.statement).replace("W_1", "")


def test_index_letters_avoid_the_letters_in_use():
    clash = Total(W[j] * count("i"), j, N)
    assert to_text(clash) == "Σ_{j=1..N} i·w_j"


def test_conditions_come_in_a_stable_order():
    assert conditions([p < q, NonZero(W), x * alpha > real("c"), NonZero(R_nonnegative)]) == [
        ("c ∈ ℝ", r"c \in \mathbf{R}"),
        ("p > 0", "p > 0"),
        ("q > 0", "q > 0"),
        ("x ∈ ℝ", r"x \in \mathbf{R}"),
        ("α > 0", r"\alpha > 0"),
        ("N ∈ {1, 2, …}", r"N \in \{1, 2, \dots\}"),
        ("n ∈ {0, 1, …}", r"n \in \{0, 1, \dots\}"),
        ("R ∈ [0, ∞)^n", r"R \in [0, \infty)^{n}"),
        ("W ∈ ℝ^N", r"W \in \mathbf{R}^{N}"),
    ]


def test_conditions_of_a_family_and_of_bound_variables():
    assert [text for text, _ in conditions([Every(NonZero(W_t), t, T)])] == [
        "n ∈ {1, 2, …}",
        "T ∈ {1, 2, …}",
        "W_t ∈ ℝ^n for every t",
    ]
    assert conditions([ForAll(alpha > 1, And(), alpha)]) == []


def test_nodes_show_themselves():
    assert str(NonZero(W)) == "W ≠ 0"
    assert isinstance(p < q, sp.StrictLessThan)
    assert NonZero(W)._repr_latex_() == r"$\displaystyle W \ne 0$"
    assert I(W)._repr_latex_() == r"$\displaystyle I(W)$"
    assert (alpha * W)._repr_latex_() == r"$\displaystyle \alpha W$"
    assert sp.latex(I(W) + 1) == "I(W) + 1"


@pytest.mark.parametrize("seed", ["0", "1"])
def test_output_does_not_depend_on_hashing(seed):
    script = (
        "from symbolic_proofs.claims.catalogue import CATALOGUE\n"
        "from symbolic_proofs.notation.api import conditions, to_latex, to_text\n"
        "for c in CATALOGUE: print(ascii((to_text(c.statement), to_latex(c.statement),"
        " conditions([c.statement]))))"
    )
    shown = subprocess.run(
        [sys.executable, "-c", script],
        env={"PYTHONHASHSEED": seed, "PYTHONPATH": ":".join(sys.path)},
        capture_output=True,
        text=True,
        check=True,
    ).stdout
    here = [
        ascii((to_text(c.statement), to_latex(c.statement), conditions([c.statement])))
        for c in CATALOGUE
    ]
    assert shown.splitlines() == here


def test_what_does_not_hold_for_every_index_is_not_printed_as_what_fails_for_some() -> None:
    positive_entry = less(0, W[i])
    stated = (
        Not(Every(positive_entry, i, N)),
        Some(Not(positive_entry), i, N),
        Not(Some(positive_entry, i, N)),
        Every(Not(positive_entry), i, N),
    )
    for write in (to_text, to_latex):
        assert len({write(formula) for formula in stated}) == len(stated)
        assert len({write(And(formula, less(0, x))) for formula in stated}) == len(stated)


def test_a_sum_over_a_line_is_told_from_a_sum_of_what_stands_over_lines() -> None:
    for head in (Total(W[i], i, N), Greatest(W[i], i, N)):
        above = 2 * head / PowerSum(W, 1)
        inside = 2 * type(head)(W[i] / PowerSum(W, 1), i, N)
        assert to_text(above) != to_text(inside)
        assert to_text(above).endswith(")/S_1(W)")


@pytest.mark.parametrize("head", [Total, Greatest, Every])
def test_where_an_index_ends_may_speak_of_an_index_too(head) -> None:
    body = less(0, W[i]) if head is Every else W[i]
    rounded = Ceiling(Abs(Total(W[i], i, N)))
    assert "Σ_{j=1..N} w_j" in to_text(head(body, i, rounded))
    assert r"\sum_{j=1}^{N} w_j" in to_latex(head(body, i, rounded))
    outer = head(head(body, i, rounded), j, n)
    assert "⌈|Σ_{k=1..N} w_k|⌉" in to_text(outer)


def test_how_often_a_value_stands_in_a_vector_is_printed() -> None:
    letter = real("z")
    for write in (to_text, to_latex):
        for make in (
            lambda v: NonzeroTotal(letter**2, letter, v),
            lambda v: CountAtMost(v, x),
        ):
            vectors = (repeat(x, n), repeat(x, N), W, Map(x, letter, W), Map(x, letter, R))
            assert len({write(make(v)) for v in vectors}) == len(vectors)


def test_a_measure_that_is_no_term_of_an_empty_vector_does_not_stop_the_printer() -> None:
    empty = repeat(x, 0)
    assert to_text(PowerSum(empty, 1) / n + x) == "x + S_1([x × 0])/n"


@pytest.mark.parametrize("line", ["for π > 0: πx = x", "for π ∈ ℝ: π^2 ≥ 0"])
def test_a_letter_that_is_a_number_to_readers_is_printed_with_its_kind(line):
    assert to_statement(read(line)) == line
