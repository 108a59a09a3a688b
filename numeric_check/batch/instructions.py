"""Instructions for NumPy, and the values that registers stand for.

A scalar value is the sum of a constant, of plain registers and of terms known by their logarithms.
So `I(U) < I(V)` is compared as ln(1-I) with ln(1-I), and nothing over- or underflows: 1 - e^L is
never formed where it can be avoided.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from fractions import Fraction
from math import log
from typing import Any

from .program import Instruction


@dataclass(frozen=True)
class Term:
    """factor * register, or, with addends, factor * exp(sum of sign * register over them).

    An addend is (role, sign, register). `atom`: the register is a stored number. `positive`: it is
    >= 0. `noise`: registers that add to the estimate of rounding.
    """

    factor: Fraction
    register: int = -1
    addends: tuple[tuple[Any, float, int], ...] = ()
    atom: bool = False
    positive: bool = False
    noise: tuple[int, ...] = ()


@dataclass(frozen=True)
class Value:
    """constant + the sum of the terms."""

    constant: Fraction
    terms: tuple[Term, ...] = ()

    @property
    def nonnegative(self) -> bool:
        """Whether it is seen to be >= 0."""
        return self.constant >= 0 and all(
            t.factor > 0 and (t.positive or bool(t.addends)) for t in self.terms
        )

    def times(self, factor: Fraction | int) -> Value:
        """Return the value times a number."""
        if not factor:
            return Value(Fraction(0))
        return Value(
            self.constant * factor, tuple(replace(t, factor=t.factor * factor) for t in self.terms)
        )

    def plus(self, other: Value) -> Value:
        """Return the sum of two values, like terms collected."""
        collected: dict[Any, Term] = {}
        for term in (*self.terms, *other.terms):
            key = (term.register, term.addends)
            factor = term.factor + (collected[key].factor if key in collected else 0)
            collected[key] = replace(term, factor=factor)
        return Value(
            self.constant + other.constant, tuple(t for t in collected.values() if t.factor)
        )


class Instructions:
    """Emits instructions; like ones are emitted once. `defined`: conditions for terms to exist."""

    def __init__(self) -> None:
        self.code: list[Instruction] = []
        self.defined: list[int] = []
        self._index: dict[Any, int] = {}

    def emit(self, op: str, *arguments: int, literal: Any = None) -> int:
        """Return the register of an instruction."""
        key = (op, arguments, literal)
        if key not in self._index:
            self._index[key] = len(self.code)
            self.code.append(key)
        return self._index[key]

    def constant(self, value: Fraction | float) -> int:
        """Return a register that holds a number."""
        return self.emit("constant", literal=float(value))

    def linear(self, value: Value) -> int:
        """Return the register of the plain value."""
        registers, factors = [], []
        for term in value.terms:
            registers.append(self.exp(term) if term.addends else term.register)
            factors.append(float(term.factor))
        if not registers:
            return self.constant(value.constant)
        if len(registers) == 1 and factors == [1.0] and not value.constant:
            return registers[0]
        return self.emit("linear", *registers, literal=(float(value.constant), tuple(factors)))

    def log(self, term: Term) -> int:
        """Return the register of the logarithm of a term's size, its factor left out."""
        if not term.addends:
            return self.emit("log", term.register)
        (_, sign, register), *rest = term.addends
        if not rest and sign == 1:
            return register
        signs = tuple(s for _, s, _ in term.addends)
        return self.emit("linear", *(r for _, _, r in term.addends), literal=(0.0, signs))

    def exp(self, term: Term) -> int:
        """Return the register of a term known by its logarithm, its factor left out."""
        (_, sign, register), *rest = term.addends
        op, arguments, _ = self.code[register]
        if op == "log" and not rest and sign in (1, -1):  # of a number > 0, and its reciprocal
            return arguments[0] if sign == 1 else self.emit("divide", self.constant(1), *arguments)
        return self.emit("function", self.log(term), literal="exp")

    def plain(self, register: int, positive: bool = False) -> Value:
        return Value(Fraction(0), (Term(Fraction(1), register, positive=positive),))

    def as_log(self, value: Value) -> Term | None:
        """Return a value > 0 as one term known by its logarithm, or None."""
        if value.constant > 0 and not value.terms:
            return Term(value.constant, addends=())
        if value.constant or len(value.terms) != 1:
            return None
        term = value.terms[0]
        if term.factor > 0 and term.addends:
            return term
        if term.factor > 0 and term.positive:
            return replace(
                term,
                register=-1,
                atom=False,
                addends=(("log", 1.0, self.emit("log", term.register)),),
            )
        return None


def log_of(number: Fraction) -> float:
    """Return ln of a positive fraction, of any size."""
    return log(number.numerator) - log(number.denominator)


def joined(one: Term, other: Term) -> Term:
    """Return the product of two terms known by their logarithms."""
    noise = tuple(dict.fromkeys(one.noise + other.noise))
    return Term(one.factor * other.factor, addends=one.addends + other.addends, noise=noise)
