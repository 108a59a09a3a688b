"""What the kinds of its symbols alone say of a term: that it is whole, and how small it may be.

Nothing here asks SymPy's assumptions, which are wrong for plain terms: `(2**N/6).is_integer` is
True in SymPy 1.14. What is said of a term holds wherever the term has a value. It rests on this:
sums, products and whole powers >= 0 of whole numbers are whole; a sum is not below the sum of
lower bounds, a product of numbers >= 0 not below their product; x^e >= 0 where it has a value,
unless e is an odd whole number and x < 0; x^e >= 1 for x >= 1 and e >= 0.
"""

from __future__ import annotations

from fractions import Fraction

import sympy as sp

from .operations import Abs, Ceiling, Exp, Power, Product, Real, Sum, Variable

#: kind -> the least value that a symbol of that kind may have or come near to
_LEAST = {"nonnegative": Fraction(0), "positive": Fraction(0), "size": Fraction(0)}
_LEAST |= {"count": Fraction(1)}
_WHOLE = ("size", "count")
_LARGEST_POWER = 64


def is_whole(term: sp.Expr) -> bool:
    """Tell whether a term is shown to be a whole number."""
    if isinstance(term, sp.Rational):
        return int(term.q) == 1
    if isinstance(term, Variable):
        return term.kind in _WHOLE
    if isinstance(term, Sum | Product):
        return all(map(is_whole, term.args))
    if isinstance(term, Power):
        return is_whole(term.base) and is_whole(term.exp) and is_nonnegative(term.exp)
    if isinstance(term, Abs):
        return is_whole(term.args[0])
    return isinstance(term, Real) and term.whole()


def is_nonnegative(term: sp.Expr) -> bool:
    """Tell whether a term is shown to be >= 0."""
    bound = least(term)
    return bound is not None and bound >= 0


def least(term: sp.Expr) -> Fraction | None:
    """Return a number that a term is shown not to be below, None if there is none."""
    if isinstance(term, sp.Rational):
        return Fraction(int(term.p), int(term.q))
    if isinstance(term, Variable):
        return _LEAST.get(term.kind)
    if isinstance(term, Sum):
        total = Fraction(0)
        for part in term.args:
            bound = least(part)
            if bound is None:
                return None
            total += bound
        return total
    if isinstance(term, Product):
        product = Fraction(1)
        for part in term.args:
            bound = least(part)
            if bound is None or bound < 0:
                return None
            product *= bound
        return product
    if isinstance(term, Power):
        return _least_power(term.base, term.exp)
    if isinstance(term, Ceiling):
        bound = least(term.args[0])
        return None if bound is None else Fraction(-(-bound.numerator // bound.denominator))
    return term.least() if isinstance(term, Real) else None


def _least_power(base: sp.Expr, e: sp.Expr) -> Fraction | None:
    bound = least(base)
    if isinstance(e, sp.Integer) and int(e) > 0:
        if bound is not None and bound >= 0:
            # a long power is not worked out, and x^e < x for x < 1
            return bound ** int(e) if int(e) <= _LARGEST_POWER else Fraction(int(bound >= 1))
        return None if int(e) % 2 else Fraction(0)
    if bound is None or bound < 0:
        return Fraction(0) if isinstance(e, sp.Integer) and int(e) % 2 == 0 else None
    return Fraction(1) if bound >= 1 and is_nonnegative(e) else Fraction(0)


def is_positive(term: sp.Expr) -> bool:
    """Tell whether a term is shown to be > 0."""
    bound = least(term)
    if bound is not None and bound > 0:
        return True
    if isinstance(term, Variable):
        return term.kind in ("positive", "count")
    if isinstance(term, Sum):
        return all(map(is_nonnegative, term.args)) and any(map(is_positive, term.args))
    if isinstance(term, Product):
        return all(map(is_positive, term.args))
    if isinstance(term, Power):
        return is_positive(term.base)
    return isinstance(term, Exp)
