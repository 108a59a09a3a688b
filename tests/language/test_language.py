from fractions import Fraction

import pytest
import sympy as sp
from hypothesis import given
from hypothesis import strategies as st

from symbolic_proofs.claims.catalogue import CATALOGUE
from symbolic_proofs.claims.notation import I, N, R, T, V, W, alpha, d, n, norm, p, q, r, t, x, y, z
from symbolic_proofs.kernel.definedness import Facts
from symbolic_proofs.language.formulas import (
    And,
    Every,
    Exists,
    ForAll,
    Iff,
    Implies,
    NonZero,
    Not,
    Relation,
    Some,
    as_formula,
    equal,
    free_variables,
    negation,
    normal,
    unequal,
)
from symbolic_proofs.language.kinds import is_nonnegative
from symbolic_proofs.language.names import LanguageError
from symbolic_proofs.language.operations import Abs, scalar
from symbolic_proofs.language.symbols import (
    KINDS,
    count,
    kind_of,
    nonnegative,
    positive,
    real,
    size,
    symbol,
)
from symbolic_proofs.language.terms import (
    Greatest,
    Norm,
    PowerSum,
    PQIndex,
    Total,
    definition,
    over_entries,
    power_sum_as_total,
)
from symbolic_proofs.language.vectors import (
    Concat,
    Entry,
    Map,
    Repeat,
    Sorted,
    Steps,
    VectorSymbol,
    concat,
    copies,
    entry,
    is_nonnegative_vector,
    length,
    repeat,
    vector,
    zeros,
)

i, j, c = count("i"), count("j"), positive("c")
W_t = vector("W", n, t)


# Symbols and numbers


@pytest.mark.parametrize("kind", KINDS)
def test_kinds_are_part_of_a_symbol(kind):
    assert kind_of(symbol("a", kind)) == kind
    assert all(symbol("a", kind) != symbol("a", other) for other in KINDS if other != kind)


@pytest.mark.parametrize("name", ["", "1", "_1", "a b", "a-b", "a'b", "x+y", "__class__"])
def test_names_that_are_refused(name):
    with pytest.raises(LanguageError, match="is not a name"):
        real(name)


def test_foreign_symbols_have_no_kind():
    with pytest.raises(LanguageError, match="was not made by the language"):
        kind_of(sp.Symbol("x"))


@pytest.mark.parametrize(
    "value",
    [0.5, sp.Float(1), sp.oo, sp.nan, sp.I, sp.zoo, sp.pi, sp.sin(1), True, "1", None, 1j],
)
def test_only_exact_finite_real_terms_are_scalars(value):
    with pytest.raises(LanguageError):
        scalar(value)


def test_floats_are_refused_everywhere():
    for make in (
        lambda: 0.5 * W,
        lambda: W + 0.5,
        lambda: x + sp.Float(1),
        lambda: equal(sp.I * x, 0),
        lambda: sp.sin(x),
        lambda: repeat(0.5, 2),
        lambda: norm(W, 0.5),
        lambda: concat(0.5, W),
        lambda: equal(I(W), 0.5),
        lambda: as_formula(I(W) < 0.5),
    ):
        with pytest.raises(LanguageError):
            make()


def test_fractions_are_exact():
    assert scalar(Fraction(1, 3)) == sp.Rational(1, 3)


# Vectors


@pytest.mark.parametrize(
    ("v", "expected"),
    [
        (W, N),
        (repeat(x, N + 1), N + 1),
        (zeros(z), z),
        (alpha * W, N),
        (W + alpha, N),
        (concat(x, W, zeros(z)), 1 + N + z),
        (copies(W, T), N * T),
        (Steps(W_t, t, T), n * T),
        (copies(copies(W, 2), 3), 6 * N),
        (Sorted(concat(W, W)), 2 * N),
        (vector("M", d * n), d * n),
    ],
)
def test_lengths(v, expected):
    assert Facts(()).algebra.is_zero(length(v) - expected)


def test_steps_of_different_lengths_have_no_length():
    with pytest.raises(LanguageError, match="different lengths"):
        length(Steps(vector("W", t, t), t, T))


@pytest.mark.parametrize("place", [x, y / 2, sp.Rational(3, 2), c, 1 / n])
def test_a_member_of_a_family_has_a_whole_number(place):
    with pytest.raises(LanguageError, match="is not a whole number; use count"):
        vector("W", n, place)
    with pytest.raises(LanguageError, match="is not a whole number; use count"):
        W_t.xreplace({t: place})


@pytest.mark.parametrize(
    ("v", "expected"),
    [
        (W, Entry(W, i)),
        (repeat(x, N), x),
        (alpha * W, alpha * Entry(W, i)),
        (W + alpha, Entry(W, i) + alpha),
        (2 * (W + alpha), 2 * (Entry(W, i) + alpha)),
        (concat(x, W), Entry(concat(x, W), i)),
        (Sorted(W), Entry(Sorted(W), i)),
    ],
)
def test_entries(v, expected):
    assert entry(v, i) == expected
    assert v[i] == Entry(v, i)


def test_concatenation_is_flat_and_takes_scalars():
    assert concat(concat(W, V), x) == Concat(W, V, Repeat(x, 1))
    assert concat(W) == W
    with pytest.raises(LanguageError):
        concat()


@pytest.mark.parametrize("bad", [-1, sp.Rational(1, 2), x, real("N"), N - 2])
def test_lengths_are_whole_and_not_negative(bad):
    # A sum over 1..-2 is not 0 in SymPy (Karr's convention): such a length cannot be stated.
    for make in (
        lambda: vector("W", bad),
        lambda: repeat(1, bad),
        lambda: copies(W, bad),
        lambda: Total(x, i, bad),
    ):
        with pytest.raises(LanguageError):
            make()


def test_signs_of_vectors():
    plus = vector("U", N, nonnegative=True)
    assert is_nonnegative_vector(plus)
    assert is_nonnegative_vector(alpha * plus)
    assert is_nonnegative_vector(concat(plus + alpha, nonnegative("u"), zeros(3)))
    assert not is_nonnegative_vector(W)
    assert not is_nonnegative_vector(-1 * plus)
    assert not is_nonnegative_vector(concat(plus, real("u")))
    assert is_nonnegative(Entry(plus, i))
    assert not is_nonnegative(Entry(W, i))
    assert Entry(plus, i).is_nonnegative is None  # SymPy is told nothing


def test_vector_symbols_differ_by_length_sign_and_index():
    assert vector("W", N) != vector("W", n)
    assert vector("W", N) != vector("W", N, nonnegative=True)
    assert vector("W", N) != vector("W", N, 1)
    with pytest.raises(LanguageError, match="sign of a vector"):
        VectorSymbol("W", N, "positive")


# Binders


def test_the_letter_of_a_bound_variable_does_not_matter():
    assert Total(Entry(W, i), i, N) == Total(Entry(W, j), j, N)
    assert Map(2 * x, x, W) == Map(2 * y, y, W) == 2 * W
    assert Steps(W_t, t, T) == Steps(vector("W", n, i), i, T)
    assert Every(unequal(W[i], 0), i, N) == Every(unequal(W[j], 0), j, N)
    nested = Total(Total(W[i] * V[j], i, N), j, N)
    assert nested == Total(Total(W[j] * V[i], j, N), i, N)
    assert nested != Total(Total(W[i] * V[j], j, N), i, N)


def test_substitution_does_not_capture():
    # Sum(c*x[i], (i, 1, 2)).subs(c, i) is Sum(i*x[i]) in SymPy.
    total = Total(c * W[i], i, N)
    put = total.xreplace({c: i})
    assert put == Total(i * W[j], j, N)
    assert put != Total(i * W[i], i, N)
    assert free_variables(put) == {i, N, W}


def test_an_entry_put_into_a_sum_is_not_captured():
    total = Total(c * W[i], i, N)
    assert total.xreplace({c: W[i]}) == Total(W[i] * W[j], j, N)
    assert Total(total.xreplace({c: W[j]}), j, N) == Total(Total(W[j] * W[i], i, N), j, N)


def test_a_map_of_a_map_keeps_its_variables_apart():
    twice = Map(x * 2, x, Map(x + alpha, x, W))
    assert entry(twice, i) == 2 * (W[i] + alpha)


def test_range_is_outside_of_the_binder():
    assert free_variables(Total(i, i, i)) == {i}


def test_free_variables_of_quantifiers():
    formula = Exists(ForAll(x * alpha > y, And(x > 1), x), And(), alpha)
    assert free_variables(formula) == {y}
    assert free_variables(Every(NonZero(W_t), t, T)) == {n, T, vector("W", n)}


def test_only_symbols_can_be_bound():
    with pytest.raises(LanguageError, match="cannot be bound"):
        Total(x, x + 1, N)
    with pytest.raises(LanguageError, match="was not made by the language"):
        Total(x, sp.Symbol("i"), N)


# Heads stay as they are


def test_heads_do_not_evaluate():
    # S**(1/p)/S**(1/p) is 1 in SymPy though S may be 0: heads are opaque until a rule unfolds them.
    assert norm(W, p).func is Norm
    assert I(zeros(N)).func is PQIndex
    assert PowerSum(zeros(3), r).func is PowerSum
    assert Total(x, i, N).func is Total
    assert is_nonnegative(PowerSum(W, r))
    assert PowerSum(W, r).is_nonnegative is None  # SymPy is told nothing


def test_definitions():
    assert definition(norm(W, r)) == PowerSum(W, r) ** (1 / r)
    assert definition(PowerSum(W, r)) == Total(Abs(W[i]) ** r, i, N)
    assert definition(I(W)) == 1 - N ** (1 / q - 1 / p) * norm(W, p) / norm(W, q)
    with pytest.raises(LanguageError, match="no definition"):
        definition(Greatest(W[i], i, N))


def test_the_length_of_a_concatenation_enters_the_index():
    assert definition(I(concat(W, W))).has((N + N) ** (1 / q - 1 / p))


def test_sums_over_entries():
    assert over_entries(W, lambda v: v**2) == Total(W[i] ** 2, i, N)
    # SymPy turns Abs(w)**2 into w**2 for real w: the same value, and the entries are real.
    assert power_sum_as_total(W, sp.Integer(2)) == Total(Abs(W[i]) ** 2, i, N)


def test_exponents_are_not_compared_by_assumption():
    assert isinstance(p < q, sp.StrictLessThan)
    assert (1 / p - 1 / q).is_positive is None


# Formulas


def test_comparisons_decided_by_sympy_are_refused():
    for decided in (x == y, sp.Eq(x, x), sp.Integer(1) < 2):
        with pytest.raises(LanguageError, match="decided before it could be stated"):
            as_formula(decided)
    assert as_formula(Relation(">", alpha, 0)).op == ">"


def test_what_is_no_formula_is_refused():
    for value in (x, W, "x > 0", None, 1):
        with pytest.raises(LanguageError, match="is not a formula"):
            as_formula(value)
    with pytest.raises(LanguageError, match="is not a comparison"):
        Relation("~", x, y)
    with pytest.raises(LanguageError, match="takes 1 vector"):
        NonZero(x)
    with pytest.raises(LanguageError, match="needs variables"):
        ForAll(x > 0, And())
    with pytest.raises(LanguageError, match="needs variables"):
        Exists(NonZero(W), And(), W).xreplace({W: 2 * W})
    with pytest.raises(LanguageError, match="are an And"):
        ForAll(x > 0, NonZero(W), x)


FORMULAS = [
    *(claim.conclusion for claim in CATALOGUE),
    *(hypothesis for claim in CATALOGUE for hypothesis in claim.given),
    Some(unequal(W[i], 0), i, N),
    Not(And(p < q, NonZero(W))),
    Iff(p < q, q > p),
    Implies(p < q, NonZero(W)),
]


@pytest.mark.parametrize("formula", dict.fromkeys(map(as_formula, FORMULAS)))
def test_negation_is_an_involution(formula):
    # Not(Every(...)) comes back as Some(...): the same, with Not moved inwards.
    opposite = negation(formula)
    assert negation(negation(opposite)) == opposite
    assert opposite != formula
    if not isinstance(formula, Not):
        assert negation(opposite) == formula
    assert free_variables(negation(formula)) == free_variables(formula)


def test_negation_moves_inwards():
    formula = Exists(ForAll(Relation("<", x, y), And(), x), And(), y)
    assert negation(formula) == ForAll(Exists(Relation(">=", x, y), And(), x), And(), y)
    assert negation(Every(equal(W[i], 0), i, N)) == Some(unequal(W[i], 0), i, N)


def test_two_ways_to_write_one_comparison():
    assert normal(as_formula(x > y)) == normal(as_formula(y < x))
    assert normal(equal(x, y)) == normal(equal(y, x))
    assert normal(as_formula(x < y)) != normal(as_formula(x <= y))
    assert normal(as_formula(x < y)) != normal(as_formula(y < x))
    assert normal(And(x > y)) == And(y < x)


rationals = st.fractions(max_denominator=20)
OPERATIONS = {
    "=": lambda a, b: a == b,
    "!=": lambda a, b: a != b,
    "<": lambda a, b: a < b,
    "<=": lambda a, b: a <= b,
    ">": lambda a, b: a > b,
    ">=": lambda a, b: a >= b,
}


@given(op=st.sampled_from(sorted(OPERATIONS)), a=rationals, b=rationals)
def test_negation_and_orientation_keep_the_meaning(op, a, b):
    def holds(relation):
        left, right = (Fraction(side.p, side.q) for side in (relation.left, relation.right))
        return OPERATIONS[relation.op](left, right)

    relation = Relation(op, a, b)
    assert holds(negation(relation)) is not holds(relation)
    assert holds(relation.oriented()) is holds(relation)


# Claims


def test_ids_are_unique_and_amendments_amend():
    ids = [claim.id for claim in CATALOGUE]
    assert len(set(ids)) == len(ids)
    for claim in CATALOGUE:
        assert claim.amends is None or claim.amends in ids


@pytest.mark.parametrize("claim", CATALOGUE, ids=lambda claim: claim.id)
def test_claims_speak_of_symbols_with_kinds(claim):
    for variable in claim.variables:
        if isinstance(variable, sp.Symbol):
            assert kind_of(variable) in KINDS
        else:
            assert isinstance(variable, VectorSymbol)
    assert length(R) == size("n")
