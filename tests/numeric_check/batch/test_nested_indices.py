"""Indices inside indices: a batch in floats against the exact certifier, on random terms.

Each index runs on its own axis, over blocks; entries of several vectors at one index stand at one
place. A term that floats evaluate has the certifier's value, and has none where that has none.
"""

from __future__ import annotations

import random
from fractions import Fraction as F

import pytest
import sympy as sp

from numeric_check.batch.compiler.claim import compile_claim
from numeric_check.batch.program import NotSearchableError, Program
from numeric_check.batch.run import Run
from numeric_check.certifier.certify import Undecided, ValuelessError, decide, evaluate_ball
from numeric_check.hunt.candidate import Trial, batch_of, witness_of
from numeric_check.hunt.screening import screen
from numeric_check.hunt.search import search
from symbolic_proofs import claim as read
from symbolic_proofs.language import concat, copies, count, positive, real, repeat, vector
from symbolic_proofs.language.claim import claim
from symbolic_proofs.language.formulas import (
    Every,
    Formula,
    Implies,
    NonZero,
    Not,
    SameVector,
    SameZeros,
    Some,
    at_most,
    equal,
    less,
)
from symbolic_proofs.language.operations import Abs
from symbolic_proofs.language.sums import CountAtMost, NonzeroTotal, ShortestWindow
from symbolic_proofs.language.terms import (
    Greatest,
    Least,
    NonzeroCount,
    Norm,
    PowerSum,
    PQIndex,
    Total,
)
from symbolic_proofs.language.vectors import Sorted, Vector, entry, length

N, M = count("N"), count("M")
W, U, V = vector("W", N), vector("U", N, nonnegative=True), vector("V", M)
x, t = real("x"), real("t")
i, j, k = count("i"), count("j"), count("k")

#: vectors by their length, those of one length at one index
VECTORS: dict[sp.Expr, tuple[Vector, ...]] = {
    N: (W, U, Sorted(W), Sorted(U), repeat(x, N)),
    M: (V, Sorted(V)),
    N + M: (concat(W, V), concat(V, U), Sorted(concat(W, V)), concat(repeat(x, M), W)),
    2 * N: (copies(W, 2), copies(W, 2) + x, concat(U, W), Sorted(copies(U, 2))),
}


class Writer:
    """Writes random terms and formulas; `indices` are those that are open, with their lengths.

    `rounds` is whether floats may round a term. What decides whether another term has a value, or
    what is counted, is kept exact.
    """

    def __init__(self, seed: int) -> None:
        self.random = random.Random(seed)
        self.indices: list[tuple[sp.Symbol, sp.Expr]] = []
        self.rounds = True

    def exact(self, depth: int) -> sp.Expr:
        outer, self.rounds = self.rounds, False
        written = self.term(depth)
        self.rounds = outer
        return written

    def term(self, depth: int) -> sp.Expr:
        if depth == 0 or self.random.random() < 0.15:
            return self.leaf()
        kinds = [self.sum, self.sum, self.over_index, self.over_index, self.head, self.head]
        return self.random.choice([*kinds, self.product, self.size, self.power])(depth - 1)

    def leaf(self) -> sp.Expr:
        if not self.indices or self.random.random() < 0.15:
            return self.random.choice([x, sp.Integer(2), sp.Rational(1, 4)])
        index, size = self.random.choice(self.indices)
        return entry(self.random.choice(VECTORS[size]), index)

    def sum(self, depth: int) -> sp.Expr:
        return self.term(depth) + self.random.choice([1, 2, -2]) * self.term(depth)

    def product(self, depth: int) -> sp.Expr:
        return self.term(depth) * self.term(depth)

    def size(self, depth: int) -> sp.Expr:
        return Abs(self.term(depth) - self.term(depth))

    def power(self, depth: int) -> sp.Expr:
        if not self.rounds:
            return self.term(depth) ** 2
        base = self.exact(depth)
        return base ** (self.random.choice([2, -1, sp.Rational(1, 2)]) if base else 2)

    def over_index(self, depth: int) -> sp.Expr:
        return self.bound(self.random.choice([Total, Total, Least, Greatest]), self.term, depth)

    def bound(self, head, body, depth):  # type: ignore[no-untyped-def]
        if len(self.indices) == 3:
            return body(depth)
        index = (i, j, k)[len(self.indices)]
        size = self.random.choice(list(VECTORS))
        self.indices.append((index, size))
        inside = body(depth)
        if head is Total and self.random.random() < 0.1:
            inside = inside * index
        self.indices.pop()
        return head(inside, index, size)

    def vector(self, depth: int) -> Vector:
        plain = self.random.choice([v for known in VECTORS.values() for v in known])
        if depth == 0 or self.random.random() < 0.3:
            return plain
        number = self.exact(depth - 1)
        return self.random.choice(
            [plain + number, plain * number, concat(plain, repeat(number, 2)), copies(plain, 2),
             Sorted(plain + number)]
        )  # fmt: skip

    def of_one_length(self) -> list[Vector]:
        return self.random.choices(self.random.choice([*VECTORS.values()]), k=2)

    def head(self, depth: int) -> sp.Expr:
        v, r = self.vector(depth), self.random.choice([1, 2, sp.Rational(1, 2)])
        letter = real("z")
        exact = [
            lambda: NonzeroCount(v),
            lambda: CountAtMost(v, self.exact(depth)),
            lambda: NonzeroTotal(self.term(depth) * Abs(letter), letter, v),
            lambda: ShortestWindow(v, 2),
        ]
        rounded = [lambda: PowerSum(v, r), lambda: Norm(v, r), lambda: PQIndex(v, 1, 2)]
        return self.random.choice(exact + (rounded if self.rounds else []))()

    def formula(self, depth: int) -> Formula:
        if depth == 0:
            return self.random.choice([less, at_most, equal])(self.term(1), self.term(1))
        return self.random.choice(
            [
                lambda: less(self.term(depth), self.term(depth)),
                lambda: self.bound(Every, self.formula, depth - 1),
                lambda: self.bound(Some, self.formula, depth - 1),
                lambda: Implies(self.formula(depth - 1), self.formula(depth - 1)),
                lambda: Not(self.formula(depth - 1)),
                lambda: NonZero(self.vector(1)),
                lambda: SameZeros(*self.of_one_length()),
                lambda: SameVector(*self.of_one_length()),
            ]
        )()


def trial(program: Program, chance: random.Random) -> Trial:
    """Return random values, of few blocks; the blocks of N and those of M are in other places."""
    known = {"N": chance.randint(1, 5), "M": chance.randint(1, 4)}
    scalars = {name: F(value) for name, value in known.items()}
    scalars |= {name: F(chance.randint(-4, 4), chance.choice([1, 2, 4])) for name in ("x", "t")}
    times, values = [], {}
    for klass, of_class in enumerate(program.classes):
        left, blocks = known[of_class.own or ""], []
        while left:
            blocks.append(chance.randint(1, left))
            left -= blocks[-1]
        times.append(tuple(blocks))
        for slot in program.vectors:
            if slot.klass == klass:
                least = 0 if slot.nonnegative else -3
                values[slot.key] = tuple(F(chance.randint(least, 3)) for _ in blocks)
    needed = {*program.exponents, *(s.name for s in (*program.counts, *program.scalars))}
    return Trial({n: v for n, v in scalars.items() if n in needed}, tuple(times), values)


def value_of(term: sp.Expr, witness) -> float | None:  # type: ignore[no-untyped-def]
    """Return the certifier's value, None where there is none."""
    try:
        return float(evaluate_ball(term, witness, 212).mid())
    except ValuelessError:
        return None


COLUMNS = 12


def check_term(seed: int) -> int:
    """Compare a random term on a batch with the certifier; return how many values were compared."""
    written = Writer(seed).term(4)
    program = compile_claim(claim("x", "x", "x", then=less(written, t)))
    chance, trials, expected = random.Random(seed), [], []
    for column in range(COLUMNS):
        at = trial(program, chance)
        try:
            value = value_of(written, witness_of(program, at))
        except Undecided:
            continue
        # a bound just above the value, and just below
        off = (1 if column % 2 else -1) * 1e-6 * max(1.0, abs(value or 0))
        bound = F(0) if value is None else F(value + off)
        trials.append(Trial({**at.scalars, "t": bound}, at.times, at.values))
        expected.append(None if value is None else off > 0)
    if not trials:
        return 0
    seen = screen(program, Run(program, batch_of(program, trials)))
    for column, holds in enumerate(expected):
        said = f"seed {seed}: {written} at {witness_of(program, trials[column]).to_json()}"
        assert bool(seen.met[column]) == (holds is not None), said
        if holds is not None:
            assert (seen.low[column] > 0) == holds, said
            assert (seen.high[column] < 0) == (not holds), said
    return len(trials)


def check_formula(seed: int) -> int:
    """Compare a random formula on a batch with the certifier; return how many were decided."""
    written = Writer(seed).formula(3)
    program = compile_claim(claim("x", "x", "x", then=written))
    chance = random.Random(seed)
    trials = [trial(program, chance) for _ in range(COLUMNS)]
    seen = screen(program, Run(program, batch_of(program, trials)))
    decided = 0
    for column, at in enumerate(trials):
        witness = witness_of(program, at)
        said = f"seed {seed}: {written} at {witness.to_json()}"
        try:
            holds = decide(written, witness)
        except ValuelessError:
            assert not seen.met[column], said
            continue
        except Undecided:
            continue
        assert seen.met[column], said
        if seen.low[column] > 0 or seen.high[column] < 0:
            decided += 1
            assert (seen.low[column] > 0) == holds, said
    return decided


def over_seeds(check, seeds: range) -> tuple[int, int]:  # type: ignore[no-untyped-def]
    """Return how many values were compared, and how many terms the search refuses in words."""
    compared = refused = 0
    for seed in seeds:
        try:
            compared += check(seed)
        except NotSearchableError:
            refused += 1
    return compared, refused


def test_floats_give_the_exact_value_of_terms_with_nested_indices() -> None:
    compared, refused = over_seeds(check_term, range(250))
    assert compared > 1500
    assert refused < 60


def test_floats_decide_formulas_with_nested_indices_as_the_certifier_does() -> None:
    compared, refused = over_seeds(check_formula, range(250))
    assert compared > 1500
    assert refused < 60


def differences(u: Vector, v: Vector) -> Total:
    return Total(Total(Abs(entry(u, i) - entry(v, j)), j, length(v)), i, length(u))


def test_two_indices_over_one_vector_are_not_the_same_index() -> None:
    # all differences vanish for equal entries alone
    stated = claim("x", "x", "x", then=at_most(differences(W, W), 0))
    found = search(stated, budget=5000)
    assert found.kind == "counterexample"
    assert found.witness is not None
    assert sum(n for _, n in found.witness.vectors["W"]) == 2


def test_two_indices_may_run_over_vectors_of_two_lengths() -> None:
    stated = claim("x", "x", "x", then=at_most(differences(U, V), N * M))
    found = search(stated, budget=5000)
    assert found.kind == "counterexample"


def test_what_holds_of_all_pairs_is_not_refuted() -> None:
    bound = 2 * (N * PowerSum(W, 1))
    found = search(claim("x", "x", "x", then=at_most(differences(W, W), bound)), budget=20_000)
    assert (found.kind, found.note) == (None, "")
    assert found.effective > 15_000
    assert found.covered["length > 100"] > 1000


def test_a_sum_over_pairs_costs_the_same_for_any_length() -> None:
    program = compile_claim(claim("x", "x", "x", then=less(differences(W, W), t)))
    long = Trial({"N": F(10**9), "t": F(10**18)}, ((10**9 - 7, 7),), {"W": (F(1), F(2))})
    seen = screen(program, Run(program, batch_of(program, [long])))
    assert seen.met[0]
    assert seen.low[0] > 0
    assert program.axes == 2


def test_an_entry_of_two_vectors_at_one_index_stands_at_one_place() -> None:
    u, v = concat(x, W), concat(W, x)
    product = Total(entry(u, i) * entry(v, i), i, N + 1)
    program = compile_claim(claim("x", "x", "x", then=less(product, t)))
    # (5, 1, 1, 2) with (1, 1, 2, 5)
    for bound, holds in ((18, False), (19, True)):
        at = Trial({"N": F(3), "t": F(bound), "x": F(5)}, ((2, 1),), {"W": (F(1), F(2))})
        seen = screen(program, Run(program, batch_of(program, [at])))
        assert (seen.low[0] > 0) == holds


def test_the_order_of_entries_is_kept_where_a_sum_weighs_their_places() -> None:
    # the same entries in ascending order give less
    weighed = Total(i * entry(W, i), i, N)
    in_order = Total(i * entry(Sorted(W), i), i, N)
    found = search(claim("x", "x", "x", then=equal(weighed, in_order)), budget=5000)
    assert found.kind == "counterexample"


p, T = positive("p"), count("T")


@pytest.mark.parametrize(
    ("term", "reason"),
    [
        (Total(2**i * entry(W, i), i, N), "an index of entries is used as a number"),
        (Total(entry(V, i), i, N), "an index up to N reads the entries of V"),
        (Total(i * entry(copies(W, T), i), i, N * T), "the places of the entries of copies matter"),
        (
            Total(entry(copies(W, T), i) * entry(Sorted(copies(W, T)), i), i, N * T),
            "the places of the entries of copies matter",
        ),
        (Total(entry(W, 1) * entry(W, i), i, N), "singled out"),
        (Total(sp.Integer(1), i, 10**6), "one by one"),
        (
            Total(Total(entry(concat(W, entry(W, j)), i), j, N), i, N + 1),
            "changes with an index further in",
        ),
    ],
)
def test_what_can_not_be_evaluated_is_refused_in_words(term: sp.Expr, reason: str) -> None:
    found = search(claim("x", "x", "x", then=at_most(term, 5)), budget=500)
    assert (found.kind, found.effective) == (None, 0)
    assert found.note.startswith("cannot be searched: ")
    assert reason in found.note


def test_indices_inside_each_other_have_a_limit_that_is_told() -> None:
    letters = [count(f"i{number}") for number in range(5)]
    term = sp.Add(*(entry(W, letter) for letter in letters))
    for letter in letters:
        term = Total(term, letter, N)
    found = search(claim("x", "x", "x", then=at_most(term, 5)), budget=500)
    assert found.note == "cannot be searched: more than 3 indices run inside each other"


def test_an_exponent_that_a_sum_binds_is_no_exponent_of_the_claim():
    text = "for U in R^m, W in R^N: sum_{x in W, x != 0} S_x(U) = 0 => (all |w_j| equal)"
    assert compile_claim(read(text)).exponents == ()
