"""Numbers >= 0 under linear equations: what is found adds up, and what is there is found."""

from __future__ import annotations

from fractions import Fraction

from hypothesis import given
from hypothesis import strategies as st

from symbolic_proofs.proofs.tactics.linear_programming import combination

NUMBERS = st.integers(-3, 3).map(Fraction)
COLUMNS = st.lists(st.dictionaries(st.sampled_from("abcde"), NUMBERS), min_size=1, max_size=8)
SHARES = st.lists(st.integers(0, 3), min_size=8, max_size=8)


def total(columns: list[dict[str, Fraction]], shares: dict[int, Fraction]) -> dict[str, Fraction]:
    names = {name for column in columns for name in column}
    sums = {
        n: sum((c * columns[k].get(n, 0) for k, c in shares.items()), Fraction()) for n in names
    }
    return {name: number for name, number in sums.items() if number}


@given(columns=COLUMNS, shares=SHARES)
def test_what_adds_up_is_found(columns: list[dict[str, Fraction]], shares: list[int]) -> None:
    some = {k: Fraction(c) for k, c in enumerate(shares[: len(columns)])}
    wanted = total(columns, some)
    if any(number < 0 for number in wanted.values()):
        columns = [{n: -c if wanted.get(n, 0) < 0 else c for n, c in k.items()} for k in columns]
        wanted = {n: abs(c) for n, c in wanted.items()}
    found = combination(columns, wanted)
    assert wanted == {} or found is not None
    if found is not None:
        assert all(c > 0 for c in found.values())
        assert total(columns, found) == wanted


def test_what_does_not_add_up_is_not_found() -> None:
    one = Fraction(1)
    assert combination([{"a": one, "b": one}, {"b": one}], {"a": one}) is None
    assert combination([], {"a": one}) is None
