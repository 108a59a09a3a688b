"""Whole numbers over bases that share no factor, found by common divisors: nothing is factored."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import lru_cache
from itertools import count
from math import gcd, isqrt

from symbolic_proofs.kernel.work import limited, spend, spend_bits

#: each number as a product of powers, (root, exponent)
Parts = Mapping[int, list[tuple[int, int]]]
#: numbers and denominators -> what they are on coprime roots, and the operations that it took
_FOUND: dict[tuple[tuple[int, ...], tuple[int, ...]], tuple[Parts, int]] = {}
_MOST_KEPT = 4_096
#: dividing by a small number takes about a tenth of a microsecond for so many bits
_WORD_BITS = 4_096


def on_coprime_roots(numbers: tuple[int, ...], denominators: tuple[int, ...]) -> Parts:
    """Return each number > 1 as powers of roots that share no factor.

    No root is an ℓ-th power for a prime ℓ of a denominator: of others an exponent with such a
    denominator takes no root. What was found before costs the same operations.
    """
    known = _FOUND.get((numbers, denominators))
    if known:
        spend(known[1])
        return known[0]
    with limited() as meter:
        bases = {base: root_of(base, denominators) for base in coprime_bases(numbers)}
        parts = {number: factored(number, bases) for number in numbers}
    if len(_FOUND) >= _MOST_KEPT:
        _FOUND.clear()
    _FOUND[numbers, denominators] = parts, meter.operations
    return parts


def coprime_bases(numbers: Iterable[int]) -> list[int]:
    """Return pairwise coprime numbers > 1 of which each of `numbers` is a product."""
    result: list[int] = []
    waiting = list(numbers)
    while waiting:
        a = waiting.pop()
        if a == 1:
            continue
        for i, b in enumerate(result):
            spend_bits(min(a.bit_length(), b.bit_length()))
            common = gcd(a, b)
            if common > 1:
                del result[i]
                # the product of all numbers falls by `common`, so this ends
                waiting += [a // common, b // common, common]
                break
        else:
            result.append(a)
    return sorted(result)


def root_of(number: int, denominators: Iterable[int]) -> tuple[int, int]:
    """Return (b, k) with number = b^k, where b is no ℓ-th power for a prime ℓ of a denominator."""
    times = 1
    for denominator in denominators:
        left, ell = denominator, 2
        # once ℓ exceeds the bits of the number, no ℓ-th root of it is a whole number > 1
        while left > 1 and ell <= number.bit_length():
            spend(1 + left.bit_length() // _WORD_BITS)
            if left % ell:
                ell += 1
                continue
            if _may_be_a_power(number, ell) and (root := _whole_root(number, ell)) ** ell == number:
                number, times = root, times * ell
            else:
                left //= ell
    return number, times


def _may_be_a_power(number: int, ell: int) -> bool:
    """Tell whether number^((m - 1)/ℓ) is 0 or 1 mod m, as of r^ℓ it is by Fermat's theorem."""
    m = _prime_for(ell)
    spend(1 + number.bit_length() // _WORD_BITS)
    return pow(number % m, (m - 1) // ell, m) <= 1


@lru_cache(maxsize=1024)
def _prime_for(ell: int) -> int:
    """Return the least prime m with m = 1 mod 2 ℓ."""
    return next(
        m for m in count(2 * ell + 1, 2 * ell) if all(m % d for d in range(2, isqrt(m) + 1))
    )


def _whole_root(number: int, k: int) -> int:
    """Return the largest r with r^k <= number, by Newton's method from above."""
    r = 1 << -(-number.bit_length() // k)
    while True:
        spend_bits(number.bit_length())
        better = ((k - 1) * r + number // r ** (k - 1)) // k
        if better >= r:
            return r
        r = better


def factored(number: int, bases: Mapping[int, tuple[int, int]]) -> list[tuple[int, int]]:
    """Return `number` as (root, exponent) pairs; `bases` gives each base its root and power."""
    parts = []
    for base, (root, times) in bases.items():
        exponent = 0
        while number % base == 0:
            spend(1 + number.bit_length() // _WORD_BITS)
            number //= base
            exponent += times
        if exponent:
            parts.append((root, exponent))
    if number != 1:
        raise AssertionError("a base that is not a product of the coprime bases")
    return parts
