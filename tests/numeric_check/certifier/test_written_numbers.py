"""Which floats of a plain function are exact: those that its text shows as numbers, no others."""

from __future__ import annotations

import ast
from collections.abc import Callable
from fractions import Fraction as F
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from numeric_check.certifier.errors import Ambiguous, NotExact, Undecided, ValuelessError
from numeric_check.certifier.numbers import balls, exact
from numeric_check.functions import calls as plain_calls
from numeric_check.functions import evaluate as plain_functions
from numeric_check.functions.doubts import Doubts
from numeric_check.functions.following import Following
from numeric_check.functions.numbers import PlainNumber
from numeric_check.functions.rewriting import Rewriter, Source
from numeric_check.functions.source import text_of
from sparsity_audit.inputs.lookup import resolve
from sparsity_audit.inputs.user_files import load
from sparsity_audit.verdicts.one_claim import Hunt, settle
from sparsity_audit.verdicts.prover_and_search import default_engines

HEAD = "import math\nfrom fractions import Fraction\n\nimport numpy as np\n\n"

Value = Callable[..., Any]


@pytest.fixture
def value(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Value:
    """The value, in an arithmetic, of the function `f` of a file at a vector."""
    monkeypatch.setattr(plain_functions, "_FUNCTIONS", {})
    files: list[str] = []

    def compute(text: str, *entries: int | F, arithmetic: Any = exact) -> Any:
        files.append(text)
        path = tmp_path / f"mine{len(files)}.py"
        path.write_text(HEAD + text)
        name = f"f{len(files)}"
        plain_functions.register(name, load(str(path)).functions["f"])
        blocks = [(arithmetic.exactly(F(x)), 1) for x in entries or (3, 1)]
        return plain_functions.value_of(name, blocks, arithmetic)

    return compute


def body(expression: str, before: str = "") -> str:
    return f"{before}\ndef f(w):\n    return {expression}\n"


@pytest.mark.parametrize(
    ("text", "number"),
    [
        (body("0.5"), "1/2"),
        (body("-0.1"), "-1/10"),
        (body("1_0.2_5e-1"), "41/40"),
        # what the compiler folds is done exactly
        (body("1 - 5e-17"), "19999999999999999/20000000000000000"),
        (body("0.1 + 0.2 - 0.3"), "0"),
        (body("1 / 3 + 2 ** -1"), "5/6"),
        (body("0.10000000000000000000001 - 0.1"), "1/" + "1" + "0" * 23),
        (body("1 - 0.5 ** np.count_nonzero(w == 0)"), "0"),
        # defaults, and names that the file gives a number once
        ("def f(w, p=0.3, *, q=1 / 3):\n    return p + q\n", "19/30"),
        ("f = lambda w, p=0.3: p + 0.1\n", "2/5"),
        (body("P", "P = 0.1"), "1/10"),
        (body("P + 0.1", "P: float = 1e-30"), "1000000000000000000000000000" + "01/1" + "0" * 30),
        (body("P", "P = 1 - 5e-17"), "19999999999999999/20000000000000000"),
        (body("half(1) + g()", "def half(x, y=0.5): return x * y * 0.5\ng = lambda: 0.25"), "1/2"),
        ("def f(w):\n    def g(x, y=0.1): return x * y\n    return g(0.2)\n", "1/50"),
        ("def f(w):\n    return sum([c for c in [0.1, 0.2]]) + max(0.7, 1)\n", "13/10"),
        (body("np.array([0.1, 0.2]).sum() + np.full(2, 0.1)[1]"), "2/5"),
        (
            "def f(w):\n    x = 1\n    x -= 5e-17\n    x -= 1\n    return x * 2\n",
            "-1/" + "1" + "0" * 16,
        ),
        ("def f(w):\n    import numpy as xp\n    return xp.sqrt(w.size * 2)\n", "2"),
        ("def f(w):\n    from math import sqrt\n    return sqrt(len(w) + 2.25 - 0)\n", None),
    ],
)
def test_a_float_that_is_written_is_the_number_it_shows(
    value: Value, text: str, number: str | None
) -> None:
    found = value(text)
    assert number is None or exact.text(found) == number


@pytest.mark.parametrize(
    "text",
    [
        body("C", "C = math.sqrt(0.25)"),
        body("C", "C = float('0.5')"),
        body("C", "C = 0.5\nC = 0.25"),
        body("C", "for C in (0.5, 0.25): pass"),
        body("C", "C = 0.5\ndef g():\n    global C\n    C = 1 - 5e-17"),
        body("C", "C = 1.0\nglobals()['C'] = 1 - 5e-17"),
        body("C", "C = 1.0\nimport sys\nvars()['C'] = 1 - 5e-17"),
        body("C", "C, D = 0.5, 1"),
        body("C[0]", "C = [0.5]"),
        body("C.p", "class C:\n    p = 0.5"),
        body("math.pi"),
        body("np.pi * 0.5"),
        body("math.e"),
        body("np.finfo(float).eps"),
        body("math.sin(w.size)"),
        body("float('0.5')"),
        body("1e-400"),
        "def make(p):\n    return lambda w: p * 1\nf = make(0.5)\n",
        "def f(w, p=math.sqrt(0.25)):\n    return p\n",
        "def f(w, p=1.0):\n    return p\nf.__defaults__ = (1 - 5e-17,)\n",
        "def f(w):\n    return C * 1\nC = 0.5\nC += 0\n",
        "from math import *\nC = 0.5\n" + body("C"),
    ],
)
def test_any_other_float_stands_for_all_that_are_near(value: Value, text: str) -> None:
    with pytest.raises(NotExact):
        value(text)
    with balls.precision(300):
        ball = balls.enclosure(value(text, arithmetic=balls))
        assert ball.rad() > 1e-10


@pytest.mark.parametrize(
    "text",
    [
        body("1 if C == 1 else 0", "C = math.sqrt(1)"),
        body("max(C, 1) - 1 > 0", "C = math.sqrt(1)"),
        body("math.floor(C) * 1", "C = math.sqrt(1)"),
        body("int(C)", "C = math.sqrt(1)"),
        body("round(C / 2)", "C = math.sqrt(1)"),
        body("C // 1", "C = math.sqrt(1)"),
        body("1 if C else 0", "C = math.sqrt(1) - 1"),
        body("not C", "C = math.sqrt(1) - 1"),
        body("(C and 1) + (C or 1)", "C = math.sqrt(1) - 1"),
        body("sum(1 for x in w if C)", "C = math.sqrt(1) - 1"),
        body("C in D", "C = math.sqrt(1)\nD = [1.0]"),
        body("D[C]", "C = math.sqrt(1)\nD = {1.0: 2}"),
        "C = math.sqrt(1)\ndef f(w):\n    match C:\n        case 1.0: return 1\n    return 0\n",
        "C = math.sqrt(1) - 1\ndef f(w):\n    while C: return 1\n    return 0\n",
        body("1 if 1 < math.pi / 3.141592653589793 else 0"),
        "def f(w):\n    x = math.sin(0)\n    return 1 if x == 0 else 0\n",
    ],
)
def test_what_is_near_decides_no_tie(value: Value, text: str) -> None:
    for arithmetic in (exact, balls):
        with pytest.raises((NotExact, Ambiguous, Undecided)):
            value(text, arithmetic=arithmetic)


def test_a_term_that_floats_absorb_is_not_lost(value: Value) -> None:
    # in floats both are 1 from 54 zeros on
    text = body("1 - 0.5 ** np.count_nonzero(w == 0)")
    low, high = (value(text, 1, *[0] * zeros) for zeros in (59, 60))
    assert low.fraction == 1 - F(1, 2**59)
    assert high.fraction == 1 - F(1, 2**60)
    # and whole numbers make no float that is then blown up
    text = body("10 ** 6 * (1 - (2 ** w.size - 1) / 2 ** w.size)")
    assert value(text, *[1] * 60).fraction == F(10**6, 2**60)


def test_a_measure_that_rises_strictly_is_not_refuted_by_rounding(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(plain_functions, "_FUNCTIONS", {})
    path = tmp_path / "mine.py"
    # at sixteen zeros floats see no difference any more
    path.write_text(HEAD + body("1 - 0.0001 ** np.count_nonzero(w == 0)"))
    found = settle(resolve(f"{path}:f.babies")[0], Hunt(budget=5000), default_engines())
    assert found.name == "open"


@pytest.mark.parametrize(
    ("expression", "number"),
    [
        ("w.size ** -1 + len(w) / 3", "4/3"),
        ("(w > 0).sum() / w.size", "2/3"),
        ("(w > 0).mean()", "2/3"),
        ("np.mean(w > 0)", "2/3"),
        ("np.count_nonzero(w) / w.size", "2/3"),
        ("sum(w > 0) / len(w)", "2/3"),
        ("sum(x > 0 for x in w) / len(w)", "2/3"),
        ("sum(1 for x in w if x) / w.shape[0]", "2/3"),
        ("(w == 0).sum() ** 2 // 2 + w.size % 2 + -w.size // 2", "-1"),
        ("divmod(w.size, 2)[1] + round(w.size / 4)", "2"),
        ("sum(i / (i + 1) for i in range(w.size))", "7/6"),
        ("(np.arange(1, w.size + 1) / w.size).sum()", "2"),
        ("(np.arange(len(w), dtype=float) * np.sort(w)).sum()", "7"),
        ("w[np.arange(w.size)[::-1] // 2].sum() + w[len(w) // 2]", "8"),
        ("w[: int(0.7 * w.size)].sum() + w[w.argsort()[-1]]", "7"),
        ("np.flatnonzero(w).size / 3 + np.argmax(w) / 3", "2/3"),
        ("{3: 0.1, 4: 0.2}[w.size] + {True: 1}[w.size == 3] + hash(w.size)", "41/10"),
        ("len(set(w)) + np.unique(w).size", "6"),
        ("np.sqrt(w.size + 1) + np.power(2, -w.size * 1.0)", "17/8"),
        ("np.true_divide(w.size, 2) + np.add.reduce(w > 0) / 4", "2"),
        ("(w > 0).std() * math.sqrt(2)", "2/3"),
        ("int(7 / 2) + math.floor(-0.5) + math.ceil(0.5) + int(-1.5) + round(2.5)", "4"),
        ("np.floor(w / 2).sum() + np.round(1.26, 1) + round(0.25, 1)", "5/2"),
        ("float(len(w)) // 2 + 7.5 % 2 + -7.5 % 2", "3"),
        ("np.linalg.norm(w, 1) + w @ w + np.dot(w, w > 0)", "18"),
    ],
)
def test_counts_and_masks_are_exact_whole_numbers(
    value: Value, expression: str, number: str
) -> None:
    assert exact.text(value(body(expression), 3, 1, 0)) == number


def test_functions_of_counts_are_exact(value: Value) -> None:
    for expression in ("np.exp(-w.size)", "math.exp(-len(w))", "np.exp(-np.arange(3))[2]"):
        assert exact.text(value(body(expression))) == "exp(-2)"
    assert exact.text(value(body("np.tanh(w.size)"))) == "tanh(2)"
    assert exact.text(value(body("np.log(np.arange(1, w.size + 1)).sum()"))) == "log(2)"


SWALLOWING = """
def f(w):
    try:
        return {operation}
    except {kind}:
        return {instead}
"""


@pytest.mark.parametrize("kind", ["Exception", "BaseException", "(TypeError, AttributeError)", ""])
@pytest.mark.parametrize(
    ("operation", "instead"),
    [
        ("0 * np.sin(w[0])", "0"),
        ("0 * np.arctan2(w, w).sum()", "0"),
        ("0 * math.sin(w[0])", "0"),
        ("len(w[0].hex()) * 0", "0"),
        ("0 * Fraction(w[0]).numerator", "0"),
        ("0 * len(f'{w[0]:.3f}')", "0"),
        ("0 * len(str(w[0]))", "0"),
        ("0 * w.view(np.int64)[0]", "0"),
        ("0 * len(w.tobytes())", "0"),
        ("0 * np.fft.fft(w)[0].real", "0"),
        ("0 * np.float32(w[0])", "0"),
        ("0 * w.astype(np.float32)[0]", "0"),
        ("0 * np.histogram(w)[0][0]", "0"),
        ("0 * complex(w[0]).real", "0"),
        ("0 * w[0].astype(float)", "0"),
    ],
)
def test_an_operation_that_exact_numbers_lack_ends_the_certification(
    value: Value, operation: str, instead: str, kind: str
) -> None:
    text = SWALLOWING.format(operation=operation, kind=kind, instead=instead).replace(" :", ":")
    with pytest.raises(Undecided):
        value(text)


@pytest.mark.parametrize(
    "lines",
    [
        "    from contextlib import suppress\n    with suppress(Exception):\n        check(w)\n"
        "    return 0\n",
        "    try:\n        check(w)\n    finally:\n        return 0\n",
        "    try:\n        try:\n            check(w)\n        finally:\n            w = 0\n"
        "    except* TypeError:\n        w = 1\n    return 0\n",
        "    try:\n        check(w)\n    except TypeError:\n        pass\n    return 0\n",
    ],
)
def test_an_exception_that_floats_do_not_raise_is_never_swallowed(value: Value, lines: str) -> None:
    # the function itself asks of what type its numbers are; nothing that is lacking is called
    check = "def check(w):\n    if not isinstance(w[0], np.floating):\n        raise TypeError\n"
    with pytest.raises(Undecided, match="catches an exception over exact numbers alone"):
        value(f"{check}\ndef f(w):\n{lines}")


def test_an_exception_that_floats_raise_as_well_may_be_caught(value: Value) -> None:
    text = "def f(w):\n    try:\n        return w[7]\n    except IndexError:\n        return 0.25\n"
    assert value(text).fraction == F(1, 4)


def test_a_function_that_catches_the_end_of_its_time_has_no_value(
    value: Value, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(plain_calls, "FLOAT_SECONDS", 0.2)
    monkeypatch.setattr(plain_functions, "FLOAT_SECONDS", 0.2)
    text = "def f(w):\n    try:\n        while True: pass\n    except BaseException: return 1\n"
    with pytest.raises(plain_functions.PlainFunctionError, match="has not returned"):
        value(text)


def test_what_fails_in_floats_alone_is_not_called_undefined(value: Value) -> None:
    with pytest.raises(Undecided, match="over exact numbers, in floats it returns inf"):
        value(body("w.sum() * 1e308 * 100"))
    with pytest.raises(ValuelessError):
        value(body("1 / (w[0] - 3)"))


def test_a_function_is_left_as_it_was(value: Value) -> None:
    text = "C = 0.5\ndef f(w, p=0.25, *, q=0.5):\n    return p + q + C + 0.1\n"
    value(text)
    function = plain_functions._FUNCTIONS["f1"]
    assert function.__defaults__ == (0.25,)
    assert function.__kwdefaults__ == {"q": 0.5}
    assert type(function.__globals__["C"]) is float
    assert not [name for name in function.__globals__ if name.startswith(" ")]
    assert "float" not in function.__globals__
    assert function(None) == 0.25 + 0.5 + 0.5 + 0.1


def test_a_text_that_is_not_the_functions_is_not_believed(tmp_path: Path) -> None:
    path = tmp_path / "mine.py"
    path.write_text(body("0.5"))
    function = load(str(path)).functions["f"]
    path.write_text(body("0.25"))
    assert text_of(function) is None


WAYS = """
import functools

def decorate(g):
    @functools.wraps(g)
    def inner(*given):
        return g(*given)
    return inner

@decorate
def decorated(n): return 1 - 0.5 ** n

class Kept:
    def method(self, n): return 1 - 0.5 ** n
    @staticmethod
    def static(n): return 1 - 0.5 ** n
    @property
    def value(self): return 1 - 0.5 ** 60

kept = Kept()
TABLE = {"a": lambda n: 1 - 0.5 ** n}
part = functools.partial(lambda n: 1 - 0.5 ** n, 60)
"""


@pytest.mark.parametrize(
    "expression",
    [
        "decorated(60)",
        "kept.method(60)",
        "Kept.static(60)",
        "kept.value",
        "TABLE['a'](60)",
        "part()",
    ],
)
def test_whatever_way_a_function_of_the_file_is_called_its_text_counts(
    value: Value, expression: str
) -> None:
    assert value(body(expression, WAYS)).fraction == 1 - F(1, 2**60)


def test_a_number_that_a_function_keeps_is_not_taken_into_another_call(value: Value) -> None:
    for text in (
        "SEEN = []\ndef f(w):\n    SEEN.append(w.sum())\n    return w.sum() + 0 * SEEN[0]\n",
        "import functools\n@functools.lru_cache\ndef g(n): return 1 - 0.5 ** n\n" + body("g(60)"),
    ):
        with pytest.raises((NotExact, Undecided)):
            value(text)
    one, other = (PlainNumber(a.exactly(2), a, Doubts()) for a in [Following(exact)] * 2)
    with pytest.raises(Undecided, match="of another call"):
        one + other


DECIMALS = st.decimals(-50, 50, places=3).map(lambda d: f"({d})")
EXPRESSIONS = st.recursive(
    st.one_of(DECIMALS, st.integers(-9, 9).map(lambda n: f"({n})"), st.just("w.size")),
    lambda inner: (
        st.builds(
            lambda left, op, right: f"({left} {op} {right})",
            inner,
            st.sampled_from(["+", "-", "*", "/", "//", "%"]),
            inner,
        )
        | st.builds(lambda base, e: f"({base} ** {e})", inner, st.integers(-3, 3))
    ),
    max_leaves=8,
)


@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(EXPRESSIONS)
def test_expressions_of_written_numbers_are_computed_exactly(value: Value, text: str) -> None:
    tree = ast.parse(text.replace("w.size", "2"), mode="eval")
    try:
        expected = in_fractions(tree.body, text.replace("w.size", "2"))
    except ZeroDivisionError:
        assume(False)
    try:
        found = value(body(text))
    except (Undecided, ValuelessError):
        # floats divide by 0, or come to something else
        return
    assert found.fraction == expected


def in_fractions(node: ast.expr, text: str) -> F:
    """An expression by the rules of fractions, its numbers read as decimals."""
    match node:
        case ast.Constant():
            return F(text[node.col_offset : node.end_col_offset])
        case ast.UnaryOp():
            return -in_fractions(node.operand, text)
        case ast.BinOp():
            left, right = in_fractions(node.left, text), in_fractions(node.right, text)
            sign = {"Add": "+", "Sub": "-", "Mult": "*", "Div": "/", "FloorDiv": "//", "Mod": "%"}
            if isinstance(node.op, ast.Pow):
                return left ** int(right)
            return F(
                {
                    "+": lambda: left + right,
                    "-": lambda: left - right,
                    "*": lambda: left * right,
                    "/": lambda: left / right,
                    "//": lambda: left // right,
                    "%": lambda: left % right,
                }[sign[type(node.op).__name__]]()
            )
    raise AssertionError(node)


def test_patterns_annotations_and_texts_are_left_as_they_are() -> None:
    text = (
        "def f(w: 0.5):\n    x: 0.5 = 1\n    match x:\n        case 0.5 | -1.5: y = 2.5\n"
        "        case _: y = '0.5'\n    return f'{y:0.5}'\n"
    )
    rewriter = Rewriter(Source(text))
    changed = ast.unparse(ast.fix_missing_locations(rewriter.visit(ast.parse(text))))
    assert list(rewriter.literals) == [" 2.5"]
    assert "case 0.5 | -1.5:" in changed
