"""Numbers, variables and what is made of them by +, *, ^, |x|, ⌈x⌉, exp, ln and tanh.

The nodes are trees of SymPy, and SymPy evaluates none of them: x/x, x - x, x^0, 0·x and sqrt(x^2)
stay as they are written, with each base, divisor, root and logarithm that is a condition of having
a value. What building a node does is this alone, and it keeps the value and where there is one:

| written                      | kept as                                  |
|------------------------------|------------------------------------------|
| a + (b + c), a·(b·c)         | one sum, one product                     |
| numbers in a sum, a product  | one number; 0 + x and 1·x are x          |
| the order of terms, factors  | a fixed one                              |
| x^1                          | x                                        |
| 2^3, (2/3)^-1                | the number, for a whole exponent, if not too long |
| 1/(x·y)                      | x^-1·y^-1, if x and y are not divisions   |
| 1/x^2                        | x^-2                                     |

`kinds.py` says what the kinds of the variables promise; algebra is the kernel's, under conditions.
"""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction
from functools import lru_cache
from typing import Any

import sympy as sp
from sympy.core.symbol import Str
from sympy.sets.setexpr import SetExpr

from .comparisons import AtLeast, AtMost, Greater, Less
from .display import Display
from .names import LanguageError

#: the kinds of symbols
KINDS = ("real", "nonnegative", "positive", "size", "count")
#: the longest number that a power of a number is worked out to
_LARGEST_POWER = 64
_MOST_BITS = 4096


class NoTermError(LanguageError):
    """A value that is not a term of the language."""


class Operators(SetExpr):
    """The signs of Python between terms of the language.

    SymPy hands sqrt(x), abs(x), exp(x) and ln(x) of these terms over to the methods below, which
    keep them; it does so for exp and ln where the argument is a SetExpr, hence the base class.
    """

    _op_priority = 100.0
    is_commutative = True

    def __add__(self, other: object) -> Any:
        return _joined(Sum, self, other)

    def __radd__(self, other: object) -> Any:
        return _joined(Sum, other, self)

    def __sub__(self, other: object) -> Any:
        return _joined(lambda a, b: Sum(a, Product(-1, b)), self, other)

    def __rsub__(self, other: object) -> Any:
        return _joined(lambda a, b: Sum(a, Product(-1, b)), other, self)

    def __mul__(self, other: object) -> Any:
        return _joined(Product, self, other)

    def __rmul__(self, other: object) -> Any:
        return _joined(Product, other, self)

    def __truediv__(self, other: object) -> Any:
        return _joined(lambda a, b: Product(a, Power(b, -1)), self, other)

    def __rtruediv__(self, other: object) -> Any:
        return _joined(lambda a, b: Product(a, Power(b, -1)), other, self)

    def __pow__(self, other: object, modulus: object = None) -> Any:
        return _joined(Power, self, other) if modulus is None else NotImplemented

    def __rpow__(self, other: object) -> Any:
        return _joined(Power, other, self)

    def __pos__(self) -> Any:
        return self

    def __neg__(self) -> Any:
        return Product(-1, self)

    def __abs__(self) -> Any:
        return Abs(self)

    def __lt__(self, other: object) -> Any:
        return _joined(Less.of, self, other)

    def __le__(self, other: object) -> Any:
        return _joined(AtMost.of, self, other)

    def __gt__(self, other: object) -> Any:
        return _joined(Greater.of, self, other)

    def __ge__(self, other: object) -> Any:
        return _joined(AtLeast.of, self, other)

    def _eval_power(self, exponent: sp.Expr) -> Any:
        return Power(self, exponent)

    def _eval_Abs(self) -> Any:
        return Abs(self)

    def _eval_func(self, function: Any) -> Any:
        if function in _FROM_SYMPY:
            return _FROM_SYMPY[function](self)
        raise LanguageError(f"{function.__name__} is not a function of the language")


class Variable(Operators, sp.Symbol):
    """A symbol that carries its kind as data; SymPy draws nothing from it."""

    #: one of KINDS
    kind: str = ""

    def __new__(cls, name: str, kind: str) -> Variable:
        return _variable(name, kind)

    def __setattr__(self, attribute: str, value: object) -> None:
        # there is one symbol of each name and kind: whoever changed it would change every statement
        if attribute in ("name", "kind") and "kind" in self.__dict__:
            raise LanguageError(f"the {attribute} of {self.name} cannot be changed")
        super().__setattr__(attribute, value)

    def __getnewargs_ex__(self) -> tuple[tuple[str, str], dict[str, bool]]:
        return (self.name, self.kind), {}

    def __getstate__(self) -> None:
        return None

    def _hashable_content(self) -> tuple[str, str]:
        return self.name, self.kind


@lru_cache(maxsize=65536)
def _variable(name: str, kind: str) -> Variable:
    made: Variable = sp.Symbol.__xnew__(Variable, name)
    made.kind = kind
    return made


class Real(Display, Operators):
    """A term that is not a number or a variable; its args are terms, vectors and names.

    What its value may be is said by `least` and `whole`, which `kinds.py` asks.
    """

    #: whether the value is never negative, whatever the parts are
    never_negative = False
    #: whether the value is a whole number, whatever the parts are
    always_whole = False

    def __new__(cls, *args: Any) -> Any:
        return sp.Expr.__new__(cls, *args)

    def least(self) -> Fraction | None:
        """Return a number that the value is shown not to be below, None if there is none."""
        return Fraction(0) if self.never_negative else None

    def whole(self) -> bool:
        """Tell whether the value is shown to be a whole number."""
        return self.always_whole

    def meaning(self) -> sp.Expr | None:
        """Return the term that this one is short for, None if it is its own."""
        return None


def _joined(build: Callable[[Any, Any], Any], left: object, right: object) -> Any:
    if left is sp.I or right is sp.I:
        # SymPy's ceiling multiplies by it before it asks whether its argument is real
        return sp.Mul(left, right, evaluate=False)
    try:
        return build(scalar(left), scalar(right))
    except NoTermError:
        return NotImplemented


class Sum(Real):
    """The sum of its args: at most one number, then terms in a fixed order."""

    def __new__(cls, *parts: object) -> Any:
        number, terms = sp.Integer(0), []
        for part in _flat(cls, parts):
            if isinstance(part, sp.Rational):
                number += part
            else:
                terms.append(part)
        return _built(cls, number, terms, sp.Integer(0))


class Product(Real):
    """The product of its args: at most one number, then factors in a fixed order."""

    def __new__(cls, *parts: object) -> Any:
        number, factors = sp.Integer(1), []
        for part in _flat(cls, parts):
            if isinstance(part, sp.Rational):
                number *= part
            else:
                factors.append(part)
        return _built(cls, number, factors, sp.Integer(1))


def _flat(head: type[Real], parts: tuple[object, ...]) -> list[sp.Expr]:
    flat: list[sp.Expr] = []
    for part in map(scalar, parts):
        flat.extend(part.args if isinstance(part, head) else (part,))
    return flat


def _built(head: type[Real], number: sp.Rational, terms: list[sp.Expr], unit: sp.Integer) -> Any:
    if not terms:
        return number
    if number is unit and len(terms) == 1:
        return terms[0]
    terms.sort(key=order)
    return Real.__new__(head, *(() if number is unit else (number,)), *terms)


class Power(Real):
    """A base and an exponent, as args and as `base` and `exp`."""

    def __new__(cls, base: object, exponent: object) -> Any:
        b, e = scalar(base), scalar(exponent)
        if e is sp.S.One:
            return b
        if isinstance(b, sp.Rational) and isinstance(e, sp.Integer) and (b != 0 or e > 0):
            bits = max(abs(int(b.p)), int(b.q)).bit_length() * abs(int(e))
            if e == -1 or (abs(int(e)) <= _LARGEST_POWER and bits <= _MOST_BITS):
                return b**e
        if e == -1:
            if isinstance(b, Product) and not any(map(is_division, b.args)):
                return Product(*(Power(factor, e) for factor in b.args))
            if isinstance(b, Power) and isinstance(b.exp, sp.Rational) and b.exp > 0:
                return Power(b.base, -b.exp)
        return Real.__new__(cls, b, e)

    @property
    def base(self) -> sp.Expr:
        """The base."""
        return self.args[0]

    @property
    def exp(self) -> sp.Expr:
        """The exponent."""
        return self.args[1]


def summands(term: sp.Expr) -> tuple[sp.Expr, ...]:
    """Return the terms that are added up, the term itself where it is not a sum."""
    return term.args if isinstance(term, Sum) else (term,)


def factors(term: sp.Expr) -> tuple[sp.Expr, ...]:
    """Return the factors of a product, the term itself where it is not a product."""
    return term.args if isinstance(term, Product) else (term,)


def base_and_exponent(term: sp.Expr) -> tuple[sp.Expr, sp.Expr]:
    """Return the base and the exponent of a power, the term and 1 where it is not a power."""
    return term.args if isinstance(term, Power) else (term, sp.Integer(1))


def is_division(term: sp.Expr) -> bool:
    """Tell whether a term is a power with a negative number as its exponent, or 0."""
    if term == 0:
        return True
    return isinstance(term, Power) and isinstance(term.exp, sp.Rational) and bool(term.exp < 0)


class _Function(Real):
    """A function of one number."""

    def __new__(cls, value: object) -> Any:
        return Real.__new__(cls, scalar(value))


class Abs(_Function):
    """|x|."""

    never_negative = True


class Ceiling(_Function):
    """The least whole number that is not below x."""

    always_whole = True


class Exp(_Function):
    """e^x."""

    never_negative = True


class Log(_Function):
    """The natural logarithm of x > 0."""


class Tanh(_Function):
    """The hyperbolic tangent of x."""


def scalar(value: object) -> sp.Expr:
    """Return `value` (a term, an int or a Fraction) as a term.

    Raises LanguageError for floats, whose value is rarely what was meant, and for anything else.
    """
    if isinstance(value, Operators | sp.Rational):
        return value
    if isinstance(value, sp.Expr):
        return _from_sympy(value)
    if isinstance(value, bool) or not isinstance(value, int | Fraction):
        if isinstance(value, float):
            raise LanguageError(f"{value!r} is a float: write the fraction that is meant")
        raise NoTermError(f"{value!r} is not a term; use symbols, whole numbers and fractions")
    return sp.Rational(value)


@lru_cache(maxsize=4096)
def _from_sympy(term: sp.Expr) -> sp.Expr:
    """Return a term that SymPy put together, with the heads of the language in place of its own."""
    if isinstance(term, Operators | sp.Rational):
        return term
    if term == sp.E:
        return Exp(1)
    head = _FROM_SYMPY.get(term.func)
    if head is None or not term.args:
        raise LanguageError(
            f"{term} is not an exact real term of the language; write fractions, not floats,"
            " symbols made by real(), positive(), .., and Abs, Ceiling, Exp, Log, Tanh"
        )
    return head(*map(_from_sympy, term.args))


_FROM_SYMPY: dict[Any, Callable[..., Any]] = {
    sp.Add: Sum,
    sp.Mul: Product,
    sp.Pow: Power,
    sp.exp: Exp,
    sp.log: Log,
    sp.tanh: Tanh,
    sp.Abs: Abs,
    sp.ceiling: Ceiling,
}


#: Euler's number
E = Exp(1)


def order(node: sp.Basic) -> Any:
    """Return what puts nodes in a fixed order, the same in every run."""
    if isinstance(node, sp.Rational):
        return 0, "", (Fraction(int(node.p), int(node.q)),)
    if isinstance(node, Str):
        return 1, node.name, ()
    known = node.__dict__.get("_order") if hasattr(node, "__dict__") else None
    if known is None:
        known = _order(node)
        if hasattr(node, "__dict__"):
            node.__dict__["_order"] = known
    return known


def nodes_in(node: sp.Basic) -> int:
    """Return how many nodes a node has, those that are shared counted wherever they stand."""
    own = getattr(node, "__dict__", None)
    if own is None:
        return 1 + sum(map(nodes_in, node.args))
    if "_nodes" not in own:
        own["_nodes"] = 1 + sum(map(nodes_in, node.args))
    return int(own["_nodes"])


def _order(node: sp.Basic) -> Any:
    if isinstance(node, sp.Symbol):
        return 2, node.name, (getattr(node, "kind", ""),)
    return 3, type(node).__name__, tuple(map(order, node.args))
