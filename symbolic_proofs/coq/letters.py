"""Powers and logarithms in letters that `field` takes for numbers.

Powers of one base with many exponents become whole powers of a few positive letters, which two
products share if their logarithms agree.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

import sympy as sp

from ..kernel.polynomials import ONE, as_term, exponent, monomial_term, power_term
from ..language.operations import Abs, E, Exp, Log, Sum
from .exponents import atoms, common_powers, monomials
from .expressions import real
from .operations import (
    POWERS,
    Expression,
    add,
    function,
    mul,
    number,
    outermost,
    power,
    whole_power,
)
from .signs_by_structure import SignsByStructure

#: an atom and its exponent
Factor = tuple[sp.Expr, sp.Expr]


class Letters(SignsByStructure):
    """A script that knows how to write powers and logarithms in letters."""

    def _powers(self, *sides: Expression) -> list[Expression]:
        """Return the powers in expressions, and those in what is put in the place of one.

        e^(ln s - ln t) is s/t, and s may be a sum of powers.
        """
        found: dict[str, Expression] = {}
        waiting = list(sides)
        while waiting:
            for p in outermost(waiting.pop(), POWERS):
                if p.text in found:
                    continue
                found[p.text] = p
                waiting += [
                    real(atom)
                    for atom, e in self._factors(p) or ()
                    if isinstance(atom, Sum) and common_powers((e,))[2] == 1
                ]
        return sorted(found.values(), key=lambda p: -len(p.text))

    def _factors(self, p: Expression) -> list[Factor] | None:
        """Return the atoms and exponents of a power; None for a power of 0."""
        if p.head == "power":
            base, e = p.parts
            if self.facts.algebra.is_zero(base.term):
                return None
            found: list[Factor] = []
            for atom, k in self._factors_of(base.term):
                raised = exponent(k * e.term)
                found += self._exponential(raised) if atom == E else [(atom, raised)]
            return found
        return self._exponential(p.parts[0].term)

    def _factors_of(self, base: sp.Expr) -> list[Factor]:
        return atoms(self.facts.algebra.factors(self.facts.algebra.form(base)))

    def _exponential(self, power: sp.Expr) -> list[Factor]:
        form = self.facts.algebra.form(power)
        if form.denominator != {ONE: 1}:
            return [(E, exponent(as_term(form)))]
        found: list[Factor] = []
        for m, c in monomials(form.numerator):
            logs = [atom for atom, e in atoms(m) if isinstance(atom, Log) and e == 1]
            if len(logs) == 1:
                rest = frozenset(pair for pair in m if pair[0] != logs[0])
                found.append((logs[0].args[0], exponent(monomial_term(c, rest))))
            else:
                found.append((E, exponent(monomial_term(c, m))))
        return found

    def _positive_atom(self, atom: sp.Expr) -> None:
        if atom != E:
            self.positive(atom)

    def _letters(
        self,
        powers: list[Expression],
        found: Mapping[str, list[Factor] | None],
        equations: list[str],
    ) -> dict[Factor, list[Expression]]:
        """Introduce letters, and return every power of an atom as whole powers of some."""
        written: dict[Factor, list[Expression]] = {}
        for atom, several in self._exponents(powers, found).items():
            self._letters_of(atom, several, written, equations)
        return written

    def _exponents(
        self, powers: list[Expression], found: Mapping[str, list[Factor] | None]
    ) -> dict[sp.Expr, tuple[sp.Expr, ...]]:
        """Return the exponents of each atom."""
        exponents: dict[sp.Expr, dict[sp.Expr, None]] = {}
        for p in powers:
            for atom, e in found[p.text] or ():
                exponents.setdefault(atom, {})[e] = None
        return {atom: tuple(several) for atom, several in exponents.items()}

    def _letters_of(
        self,
        atom: sp.Expr,
        exponents: tuple[sp.Expr, ...],
        written: dict[Factor, list[Expression]],
        equations: list[str],
    ) -> None:
        steps, counts, whole_one = common_powers(exponents)
        letters: list[Expression] = []
        for k, step in enumerate(steps):
            if atom != E and k == 0 and whole_one == 1:
                letters.append(real(atom))
                continue
            name = self.fresh("VV")
            letters.append(Expression("letter", (), power_term(atom, step), name))
            made = f"exp_var {real(step).text}"
            if atom != E:
                made = f"pw_var {real(atom).text} {real(step).text} _ ltac:(pos)"
            self.write(f"apply ({made}); intros {name} E{name} P{name}.")
            if atom != E and k == 0 and whole_one is not None:
                whole = f"{name} ^ {whole_one} = {real(atom).text}"
                equations.append(self.fact(whole, f"subst {name}; monoeq", "EQ"))
        for e, row in zip(exponents, counts, strict=True):
            written[atom, e] = [
                letter if n == 1 else whole_power(letter, n)
                for letter, n in zip(letters, row, strict=True)
                if n
            ]

    def _power_in_letters(
        self,
        p: Expression,
        factors: list[Factor] | None,
        written: Mapping[Factor, list[Expression]],
        divisors: list[str],
    ) -> None:
        """Write a power as a product of whole powers of letters."""
        if factors is None:
            self.rewrite(f"{p.text} = 0", "zeropw0", divisors)
            return
        parts = [part for factor in factors for part in written[factor]]
        product = mul(*parts) if parts else number(1)
        with self.proving(f"{p.text} = {product.text}", "EQ") as name:
            if any(outermost(p.parts[-1], POWERS)):
                self._in_normal_form(p.parts[-1])
            if p.head == "power":
                self._base_as_product(p.parts[0])
            else:
                inside = {e.text: e for e in outermost(p.parts[0], ("ln",))}
                for logarithm in inside.values():
                    self._logarithm(logarithm, [])
            for letter in {part.text: part for part in _letters_in(parts)}:
                self.write(f"subst {letter}.")
            self.write("monoeq.")
        self.rewrite_by(name, divisors)

    def _in_normal_form(self, e: Expression) -> None:
        """Write an exponent in its normal form, where it has powers in it itself."""
        canonical = real(as_term(self.facts.algebra.form(e.term)))
        if canonical.text != e.text:
            with self.proving(f"{e.text} = {canonical.text}", "EQ") as name:
                self.equal(e, canonical)
            self.rewrite_by(name, [])

    def _base_as_product(self, base: Expression) -> None:
        """Write a base as the product of its atoms, where its logarithm is not seen as it is."""
        factors = self._factors_of(base.term)
        if _is_plain(base) and not any(isinstance(a, Sum | sp.Integer | Abs) for a, _ in factors):
            return
        parts = [power_of(real(atom), k) for atom, k in factors]
        product = mul(*parts) if parts else number(1)
        if product.text != base.text:
            with self.proving(f"{base.text} = {product.text}", "EQ") as name:
                self.equal(base, product)
            self.rewrite_by(name, [])

    def _logarithm(self, p: Expression, divisors: list[str]) -> None:
        """Write a logarithm as the sum of those of its factors."""
        parts = []
        for atom, k in self._factors_of(p.parts[0].term):
            one = function(Log, real(atom)) if atom != E else number(1)
            parts.append(one if k == 1 else mul(real(k), one))
        total = add(*parts) if parts else number(0)
        if total.text == p.text:
            return
        with self.proving(f"{p.text} = {total.text}", "EQ") as name:
            self._base_as_product(p.parts[0])
            self.write("lneq.")
        self.rewrite_by(name, divisors)


def power_of(base: Expression, k: sp.Expr) -> Expression:
    """Return a power, a whole one where it is."""
    if k == 1:
        return base
    if base.term == E:
        return function(Exp, real(k))
    return whole_power(base, int(k)) if isinstance(k, sp.Integer) else power(base, real(k))


def _letters_in(parts: list[Expression]) -> Iterator[Expression]:
    for part in parts:
        inner = part.parts[0] if part.head == "whole power" else part
        if inner.head == "letter":
            yield inner


def _is_plain(e: Expression) -> bool:
    """Tell whether `lnpush` takes the logarithm of an expression apart."""
    if e.head == "number":
        return bool(e.term > 0)
    if e.head in ("mul", "whole power"):
        return all(map(_is_plain, e.parts))
    return _is_plain(e.parts[0]) if e.head == "power" else e.head != "add"
