"""How long a term, of the language or of SymPy, becomes multiplied out, told before it is done.

SymPy multiplies out whatever it puts over one denominator or factors, however long that takes.
"""

from __future__ import annotations

from math import prod

import sympy as sp

from ..language.operations import Power, Product, Sum

#: more products than this are not worth telling apart: it is too many
TOO_MANY = 10_000
_LARGEST_DEGREE = 100
_LARGEST_DENSE = 600


def products_of(term: sp.Expr) -> int:
    """Return how many products its numerator and denominator may have, at most `TOO_MANY`."""
    return max(_fraction(term))


def _fraction(term: sp.Expr) -> tuple[int, int]:
    if isinstance(term, sp.Add | Sum):
        parts = [_fraction(part) for part in term.args]
        below = _capped(prod(down for _, down in parts))
        return _capped(sum(up * below // down for up, down in parts)), below
    if isinstance(term, sp.Mul | Product):
        parts = [_fraction(part) for part in term.args]
        return _capped(prod(up for up, _ in parts)), _capped(prod(down for _, down in parts))
    if isinstance(term, sp.Pow | Power) and isinstance(term.exp, sp.Integer):
        up, down = (_power(part, abs(int(term.exp))) for part in _fraction(term.base))
        return (up, down) if term.exp > 0 else (down, up)
    return 1, 1


def _power(base: int, k: int) -> int:
    return TOO_MANY if base > 1 and k > TOO_MANY.bit_length() else _capped(base**k)


def _capped(number: int) -> int:
    return min(number, TOO_MANY)


def is_high(term: sp.Expr) -> bool:
    """Tell whether a power of SymPy's is too high: it lists what stands at each power below it."""
    exponents = (power.exp for power in term.atoms(sp.Pow))
    return any(isinstance(e, sp.Integer) and abs(e) > _LARGEST_DEGREE for e in exponents)


def is_soon_factored(polynomial: sp.Expr) -> bool:
    """Tell whether factoring takes well below a second: it has few variables of small degree."""
    if products_of(polynomial) >= TOO_MANY or is_high(polynomial):
        return False
    try:
        degrees = sp.Poly(polynomial).degree_list()
    except sp.polys.polyerrors.BasePolynomialError:
        return False
    return max(degrees) <= _LARGEST_DEGREE and prod(d + 1 for d in degrees) <= _LARGEST_DENSE
