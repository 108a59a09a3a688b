"""Numbers with logarithms, exponentials and hyperbolic tangents, kept as written.

Such a number is a polynomial in log 2, log 3, .., exp(r) and tanh(r), r rational, with sums of
radicals as coefficients. Logarithms are written on coprime bases, so log 6 - log 2 - log 3 has no
term left. A number without terms is 0. One with terms may be 0 or not: its order is for balls to
decide, never for this form.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction

from flint import arb

from symbolic_proofs.kernel.work import spend

from ..errors import NotExact, ValuelessError
from . import balls
from .coprime import coprime_bases, factored
from .radicals import RadicalSum, rational

MAX_TERMS = 64
#: the highest power of a closed form that is multiplied out
MAX_POWER = 8

#: a function and its argument; the argument of "log" is a whole number > 1
Atom = tuple[str, Fraction]
#: atoms with their powers, in order
Monomial = tuple[tuple[Atom, int], ...]


@dataclass(frozen=True, eq=False)
class ClosedForm:
    """The sum of coefficient · product of atoms over `terms`; made by the functions below."""

    terms: tuple[tuple[Monomial, RadicalSum], ...]

    #: it is not known to be rational, and never asked for as a fraction
    is_rational = False

    @property
    def fraction(self) -> Fraction:
        """Raise NotExact, as an irrational sum of radicals does."""
        raise NotExact("a logarithm, exponential or hyperbolic tangent")

    def __str__(self) -> str:
        return " + ".join(_written(monomial, c) for monomial, c in self.terms).replace("+ -", "- ")


#: what exact arithmetic computes with
Exact = RadicalSum | ClosedForm


def add(a: Exact, b: Exact) -> Exact:
    """Return a + b."""
    return _collected([*_terms(a), *_terms(b)])


def multiply(a: Exact, b: Exact) -> Exact:
    """Return a · b; raises NotExact for more than `MAX_TERMS` terms."""
    products = []
    for left, c in _terms(a):
        for right, d in _terms(b):
            powers = dict(left)
            for atom, power in right:
                powers[atom] = powers.get(atom, 0) + power
            products.append((tuple(sorted(powers.items())), c * d))
    return _collected(products)


def power(base: ClosedForm, exponent: RadicalSum) -> Exact:
    """Return base^exponent for whole exponents 1 .. `MAX_POWER`; raises NotExact for others.

    The base may be 0 though it has terms, and 0^0 has no value.
    """
    e = exponent.fraction
    if e.denominator != 1 or not 1 <= e <= MAX_POWER:
        raise NotExact("a root, a quotient, a large power or the power 0 of logarithms")
    result: Exact = rational(1)
    for _ in range(int(e)):
        result = multiply(result, base)
    return result


def logarithm(value: RadicalSum) -> Exact:
    """Return log(value) of one product of powers; raises ValuelessError for a value <= 0."""
    if value.sign() <= 0:
        raise ValuelessError("the logarithm of a number that is not positive")
    if len(value.terms) > 1:
        raise NotExact("the logarithm of a sum of radicals")
    ((radical, c),) = value.terms
    powers = [*radical, (c.numerator, Fraction(1)), (c.denominator, Fraction(-1))]
    parts: list[tuple[Monomial, RadicalSum]] = [
        (((("log", Fraction(b)), 1),), rational(e)) for b, e in powers if b > 1
    ]
    return _collected(parts)


def exponential(value: RadicalSum) -> Exact:
    """Return e^value of a rational number."""
    if not value.terms:
        return rational(1)
    return _collected([(((("exp", value.fraction), 1),), rational(1))])


def tanh(value: RadicalSum) -> Exact:
    """Return the hyperbolic tangent of a rational number."""
    number = value.fraction
    if not number:
        return rational(0)
    return _collected([(((("tanh", abs(number)), 1),), rational(1 if number > 0 else -1))])


def enclosure(value: Exact) -> arb:
    """Return a ball, of the present precision, around the number."""
    if isinstance(value, RadicalSum):
        return balls.exact_ball(value)
    functions = {"log": arb.log, "exp": arb.exp, "tanh": arb.tanh}
    total = arb(0)
    for monomial, c in value.terms:
        product = balls.exact_ball(c)
        for (name, argument), times in monomial:
            product *= functions[name](balls.enclosure(balls.exactly(argument))) ** times
        total += product
    return total


def _terms(value: Exact) -> Iterable[tuple[Monomial, RadicalSum]]:
    return value.terms if isinstance(value, ClosedForm) else [((), value)]


def _collected(terms: Sequence[tuple[Monomial, RadicalSum]]) -> Exact:
    """Return the sum of terms, logarithms on coprime bases, like terms put together."""
    if len(terms) > MAX_TERMS:
        raise NotExact(f"a sum of more than {MAX_TERMS} products of logarithms")
    logs = {int(a) for monomial, _ in terms for (name, a), _ in monomial if name == "log"}
    bases = {base: (base, 1) for base in coprime_bases(sorted(logs))}
    split = {number: factored(number, bases) for number in logs}
    total: dict[Monomial, RadicalSum] = {}
    for monomial, c in terms:
        for written, factor in _on_bases(monomial, split):
            total[written] = total.get(written, rational(0)) + c * rational(factor)
    kept = tuple(sorted(((m, c) for m, c in total.items() if c.terms), key=lambda term: term[0]))
    if all(not monomial for monomial, _ in kept):
        return kept[0][1] if kept else rational(0)
    return ClosedForm(kept)


def _on_bases(
    monomial: Monomial, split: Mapping[int, list[tuple[int, int]]]
) -> list[tuple[Monomial, int]]:
    """Write a product of logarithms on coprime bases: it becomes a sum of such products."""
    found: list[tuple[dict[Atom, int], int]] = [({}, 1)]
    for (name, argument), power in monomial:
        parts = split[int(argument)] if name == "log" else []
        options = [(("log", Fraction(b)), e) for b, e in parts] or [((name, argument), 1)]
        for _ in range(power):
            spend(len(found) * len(options))
            found = [
                ({**powers, atom: powers.get(atom, 0) + 1}, factor * times)
                for powers, factor in found
                for atom, times in options
            ]
            if len(found) > MAX_TERMS:
                raise NotExact(f"a sum of more than {MAX_TERMS} products of logarithms")
    return [(tuple(sorted(powers.items())), factor) for powers, factor in found]


def _written(monomial: Monomial, coefficient: RadicalSum) -> str:
    from . import exact

    atoms = [f"{name}({a})" + (f"^{power}" if power > 1 else "") for (name, a), power in monomial]
    number = exact.text(coefficient) or "(a long number)"
    if number in ("1", "-1") and atoms:
        return number[:-1] + "·".join(atoms)
    lone = len(coefficient.terms) <= 1 and " " not in number.removeprefix("- ")
    return "·".join([number if lone else f"({number})", *atoms])
