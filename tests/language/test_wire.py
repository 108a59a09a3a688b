import json
from contextlib import suppress

import pytest
import sympy as sp

from symbolic_proofs.claims.catalogue import CATALOGUE
from symbolic_proofs.claims.notation import I, N, R, W, alpha, norm, p, q, t, x, z
from symbolic_proofs.kernel.definedness import Facts
from symbolic_proofs.kernel.polynomials import NotAlgebraicError
from symbolic_proofs.kernel.work import limited
from symbolic_proofs.language.formulas import And, Every, Exists, ForAll, Relation, equal, unequal
from symbolic_proofs.language.operations import Abs, E, Exp, Log, Product, scalar
from symbolic_proofs.language.serialization import (
    MAX_DEPTH,
    MAX_NODES,
    WireError,
    from_wire,
    to_wire,
)
from symbolic_proofs.language.sums import NonzeroTotal
from symbolic_proofs.language.symbols import count, positive, real
from symbolic_proofs.language.terms import OnNonzero, Total
from symbolic_proofs.language.vectors import Entry, Sorted, concat, copies, repeat, vector, zeros
from symbolic_proofs.notation.api import to_text

a, b = positive("a"), positive("b")


@pytest.mark.parametrize("claim", CATALOGUE, ids=lambda claim: claim.id)
def test_every_claim_comes_back_the_same(claim):
    text = json.dumps(to_wire(claim.statement))
    assert from_wire(json.loads(text)) == claim.statement
    for formula in (*claim.given, claim.conclusion):
        assert from_wire(to_wire(formula)) == formula


@pytest.mark.parametrize(
    "term",
    [
        sp.Integer(0),
        sp.Rational(-2, 3),
        scalar(sp.sqrt(2)),
        scalar(sp.sqrt(6) / 2),
        E,
        Exp(a - b),
        Exp(-2),
        Log(a + 1) - Log(2),
        a**b / b**a,
        sp.Rational(2, 3) ** a,
        Product(2, a + b),
        Product(2, 1 + a) ** b,
        (a + b) ** -2,
        Abs(x - a),
        Entry(Sorted(W), N),
        OnNonzero(x * Log(x), x, x - a),
        NonzeroTotal(x * Log(x) / N, x, concat(W, 0)),
        Total(OnNonzero(x / a, x, W[count("i")]), count("i"), N),
        Total(Total(Entry(W, count("i")), count("i"), N), count("j"), 3),
    ],
)
def test_terms_come_back_the_same(term):
    assert from_wire(json.loads(json.dumps(to_wire(term)))) == term


def test_the_text_is_readable():
    assert to_wire(equal(I(alpha * W), 1)) == [
        "=",
        [
            "PQIndex",
            [
                "Map",
                "_1",
                ["*", "_1", ["sym", "alpha", "positive"]],
                ["vec", "W", ["sym", "N", "count"], "real"],
            ],
            ["sym", "p", "positive"],
            ["sym", "q", "positive"],
        ],
        "1",
    ]


def test_the_letter_of_a_bound_variable_leaves_no_trace():
    i, j = count("i"), count("j")
    assert to_wire(Every(unequal(W[i], 0), i, N)) == to_wire(Every(unequal(W[j], 0), j, N))


def test_quantifiers_keep_their_letters():
    exists = Exists(ForAll(a + b > x, And(), a), And(b > x), b)
    assert from_wire(to_wire(exists)) == exists
    assert to_wire(exists)[0] == "Exists"


def test_kinds_are_part_of_the_text():
    assert from_wire(to_wire(real("p"))) == real("p") != p


def nested(depth):
    data = ["sym", "x", "real"]
    for _ in range(depth):
        data = ["Abs", data]
    return data


HOSTILE = {
    "float": 1.5,
    "none": None,
    "mapping": {},
    "empty list": [],
    "no name": [["+"]],
    "unknown name": ["Symbol", "x"],
    "dunder": ["__import__", "os"],
    "code in a symbol": ["sym", "__import__('os')", "real"],
    "code in a number": "__import__('os').system('true')",
    "other digits": "٣",
    "not in lowest terms": "2/4",
    "minus zero": "-0",
    "division by zero": "1/0",
    "unknown kind": ["sym", "x", "complex"],
    "kind that is not text": ["sym", "x", ["real"]],
    "free bound variable": "_1",
    "bound variable as a symbol": ["sym", "_1", "real"],
    "bound beyond its binder": ["+", ["Total", "_1", "_1", "3"], "_1"],
    "bound twice": ["Total", "_1", ["Total", "_1", "_1", "2"], "3"],
    "bound at the wrong level": ["Total", "_2", "_2", "3"],
    "bound in the range": ["Total", "_1", "1", "_1"],
    "term for a formula": ["And", "3"],
    "number for a vector": ["Norm", "1", "2"],
    "vector for a number": ["Norm", to_wire(W), to_wire(W)],
    "length that is not a whole number": ["vec", "W", "1/2", "real"],
    "negative length": ["Repeat", "1", "-1"],
    "sign of a vector": ["vec", "W", "2", "negative"],
    "short vector": ["vec", "W"],
    "parts missing": ["<", "1"],
    "parts too many": ["<", "1", "2", "3"],
    "quantifier without lists": ["ForAll", "x", "y", to_wire(NONZERO := unequal(x, 0))],
    "quantifier over a term": ["ForAll", [["Abs", to_wire(x)]], [], to_wire(NONZERO)],
    "not as written": ["+", "1", "2"],
    "order not as written": ["+", to_wire(b), to_wire(a)],
    "many digits": "9" * 10_000,
    "long name": ["sym", "x" * 41, "real"],
    "deep": nested(MAX_DEPTH + 1),
    "very deep": nested(10_000),
    "large": ["+", *["1"] * MAX_NODES],
}


@pytest.mark.parametrize("data", HOSTILE.values(), ids=HOSTILE)
def test_hostile_data_is_refused_with_one_line(data):
    with pytest.raises(WireError) as refusal:
        from_wire(data)
    assert str(refusal.value)
    assert "\n" not in str(refusal.value)
    assert len(str(refusal.value)) < 300


#: terms that would take for ever to be worked out, or have no value: they are read as they stand
UNEVALUATED = {
    "absolute value of a number": ["Abs", "1"],
    "power by zero": ["^", "0", "-1"],
    "logarithm of zero": ["log", "0"],
    "complex": ["log", "-1"],
    "complex root": ["^", "-2", "1/2"],
    "huge power": ["^", "10", "1000000000"],
    "huge power of a product": ["^", ["*", "10", to_wire(x)], "9999"],
    "huge power by exp": ["exp", ["*", "1000000000", ["log", "2"]]],
    "huge root of a power": ["^", "2", "1000000001/1000000000"],
    "tower": ["exp", ["exp", ["exp", ["exp", "9"]]]],
    "tower of powers": ["^", "2", ["^", "2", ["^", "2", "1/2"]]],
}


@pytest.mark.parametrize("data", UNEVALUATED.values(), ids=UNEVALUATED)
def test_what_is_read_is_not_worked_out(data):
    with limited(1_000):
        term = from_wire(data)
        assert to_wire(term) == data
        assert to_text(term)
        Facts(()).defined(term)
        with suppress(NotAlgebraicError):
            Facts(()).algebra.form(term)


@pytest.mark.parametrize("name", ["power by zero", "logarithm of zero", "complex", "complex root"])
def test_what_has_no_value_is_not_defined(name):
    assert not Facts(()).defined(from_wire(UNEVALUATED[name]))


def test_depth_up_to_the_bound_is_read():
    data = ["sym", "a", "positive"]
    for _ in range((MAX_DEPTH - 1) // 2):
        data = ["log", ["+", "1", data]]
    assert to_wire(from_wire(data)) == data


def test_foreign_nodes_are_not_written():
    with pytest.raises(WireError, match="was not made by the language"):
        to_wire(sp.Symbol("x"))
    with pytest.raises(WireError, match="has no text"):
        to_wire(sp.sin(1))


@pytest.mark.parametrize(
    "vector_",
    [
        R,
        concat(x, R),
        zeros(z),
        repeat(1, N + 1),
        copies(W, N),
        W + alpha,
        vector("W", N, t),
        Sorted(W),
    ],
)
def test_vectors_come_back_the_same(vector_):
    assert from_wire(to_wire(vector_)) == vector_
    relation = Relation(">=", norm(vector_, q), 0)
    assert from_wire(to_wire(relation)) == relation
