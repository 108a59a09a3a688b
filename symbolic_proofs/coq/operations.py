"""Expressions of Coq, and what arithmetic and functions make of them.

An expression keeps the term that it writes, so that algebra can be asked about it. It need not be
the text that this term would have: what stands in the place of a letter is written as it is, while
the language would sort it in. `identities.py` proves that both are equal.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

import sympy as sp

from ..language.operations import Abs, Exp, Log, Power, Product, Sum, Tanh

FUNCTIONS = {Abs: "Rabs", Exp: "exp", Log: "ln", Tanh: "tanh"}
#: what is seen through by `field`, once its parts are
OPERATIONS = ("add", "mul", "whole power")
POWERS = ("power", "exp")


@dataclass(frozen=True, slots=True)
class Expression:
    """An expression: its head, its parts, the term or vector with its value, and its text.

    `number` is the exponent of a whole power, and `put` tells that the expression stands in the
    place of a letter, where it is written as it is. `natural` is the text as a natural number, and
    `source` is what a binder was written from.
    """

    head: str
    parts: tuple[Expression, ...]
    term: Any
    text: str
    number: int = 0
    natural: str = ""
    put: bool = False
    source: tuple[Any, Places] | None = field(default=None, compare=False)


Places = Mapping[sp.Basic, Expression]
NOWHERE: Places = {}


def number(value: Any) -> Expression:
    """Return a rational number."""
    n = sp.Rational(value)
    text = str(n.p) if n.q == 1 else f"{n.p} / {n.q}"
    return Expression("number", (), n, text if n.q == 1 and n.p >= 0 else f"({text})")


def add(*parts: Expression) -> Expression:
    """Return a sum, its parts in this order."""
    if len(parts) == 1:
        return parts[0]
    text = parts[0].text
    for part in parts[1:]:
        first = part.parts[0] if part.head == "mul" else part
        if first.head == "number" and first.term < 0 and not (part.put or first.put):
            others = part.parts[1:] if part.head == "mul" else ()
            kept = others if others and first.term == -1 else (number(-first.term), *others)
            text += f" - {mul(*kept).text}"
        else:
            text += f" + {part.text}"
    return Expression("add", parts, Sum(*(part.term for part in parts)), f"({text})")


def mul(*parts: Expression) -> Expression:
    """Return a product, its parts in this order, divisors last."""
    if len(parts) == 1:
        return parts[0]
    above = [part for part in parts if part.number >= 0 or part.put]
    below = [part for part in parts if part.number < 0 and not part.put]
    if not above:
        above, below = below[:1], below[1:]
    # 1 * x, or -1 / x would be read as numbers
    minus = len(above) > 1 and above[0].text == "(-1)" and not above[0].put
    texts = [part.text for part in above[minus:]]
    if minus and texts[0].isdecimal():  # - 1 would be read as one number
        texts[0] = f"({texts[0]})"
    text = ("- " if minus else "") + " * ".join(texts)
    text += "".join(f" / {_divisor(part)}" for part in below)
    return Expression("mul", parts, Product(*(part.term for part in parts)), f"({text})")


def _divisor(part: Expression) -> str:
    base = part.parts[0].text
    return base if part.number == -1 else f"{base} ^ {-part.number}"


def whole_power(base: Expression, k: int) -> Expression:
    """Return base^k for a whole number k."""
    text = f"({base.text} ^ {k})" if k >= 0 else ""
    if k < 0:
        text = f"(/ {base.text})" if k == -1 else f"(/ {base.text} ^ {-k})"
    return Expression("whole power", (base,), Power(base.term, k), text, number=k)


def power(base: Expression, exponent: Expression) -> Expression:
    """Return base^exponent for a base >= 0."""
    term = Power(base.term, exponent.term)
    return Expression("power", (base, exponent), term, f"(pw {base.text} {exponent.text})")


def minus(a: Expression, b: Expression) -> Expression:
    """Return a - b."""
    return add(a, mul(number(-1), b))


def function(head: type[sp.Basic], argument: Expression) -> Expression:
    """Return |x|, e^x, ln x or tanh x."""
    name = FUNCTIONS[head]
    return Expression(name, (argument,), head(argument.term), f"({name} {argument.text})")


def rebuilt(e: Expression, parts: list[Expression]) -> Expression:
    """Return an expression with other parts."""
    if all(one.text == other.text for one, other in zip(parts, e.parts, strict=True)):
        return e
    match e.head:
        case "add":
            return add(*parts)
        case "mul":
            return mul(*parts)
        case "whole power":
            return whole_power(parts[0], e.number)
        case "power":
            return power(*parts)
        case "exp":
            return function(Exp, parts[0])
    return function(Log, parts[0])


def outermost(e: Expression, heads: tuple[str, ...]) -> Iterator[Expression]:
    """Yield the parts with one of these heads that arithmetic alone stands around."""
    if e.head in heads:
        yield e
    elif e.head in OPERATIONS:
        for part in e.parts:
            yield from outermost(part, heads)
