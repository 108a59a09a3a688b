"""Identities that the kernel takes for granted because both sides have one normal form.

Coq has `field` for fractions. What it sees as letters is prepared for it: heads are put in their
normal form, by what their parts are equal to; powers of one base with many exponents become whole
powers of a few positive letters, which two products share if their logarithms agree; a base that
may be 0 is looked at both ways.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace

import sympy as sp

from ..kernel.polynomials import NotAlgebraicError, as_term, exponent
from ..language.operations import E, Power, Product, Sum, Variable, base_and_exponent, factors
from .errors import UntranslatedError
from .exponents import common_powers, factored
from .expressions import real
from .letters import Factor, power_of
from .normal_heads import NormalHeads
from .operations import OPERATIONS, POWERS, Expression, mul, number, outermost, rebuilt, whole_power
from .signs import NONNEGATIVE, POSITIVE


class Identities(NormalHeads):
    """A script that knows how to prove identities."""

    def equal(self, a: Expression, b: Expression) -> None:
        """Prove the goal a = b."""
        self._equal(a, b, [])

    def _equal(self, a: Expression, b: Expression, equations: list[str]) -> None:
        """Prove the goal a = b, by equations with one letter or power on the left."""
        if a.text == b.text:
            self.write("reflexivity.")
            return
        a, b = self._resolved(a), self._resolved(b)
        if a.text == b.text:
            self.write("reflexivity.")
            return
        divisors = self._divisors(a, b)
        if not equations and self._by_letters(a, b):
            self._write_in_order(a, b, divisors)
            self._close(equations)
            return
        powers = self._powers(a, b)
        found = {p.text: self._factors(p) for p in powers}
        logarithms = {p.text: p for side in (a, b) for p in outermost(side, ("ln",))}
        for p in (*powers, *logarithms.values()):
            if p.head in ("power", "ln"):
                self._sign_as_written(p.parts[0].term)
        for logarithm in logarithms.values():
            for atom, _ in self._factors_of(logarithm.parts[0].term):
                self._positive_atom(atom)
        for atom in dict.fromkeys(atom for p in powers for atom, _ in found[p.text] or ()):
            self._positive_base(atom, a, b, powers, found, equations)
        raised = [p.parts[-1] for p in powers]
        for several in self._exponents(powers, found).values():
            raised += map(real, (*several, *common_powers(several)[0]))
        for divisor in _divided_by(raised):
            if divisor.head == "add" and self._seen_nonzero(divisor.term) is not None:
                self._nonzero_sum(divisor)
        written = self._letters(powers, found, equations)
        # what is long first: the shorter may stand in it
        for p in sorted((*powers, *logarithms.values()), key=lambda p: -len(p.text)):
            if p.head == "ln":
                self._logarithm(p, divisors)
            else:
                self._power_in_letters(p, found[p.text], written, divisors)
        self._close(equations)

    # -- powers and logarithms that are the same on both sides -------------------------------------

    def _by_letters(self, a: Expression, b: Expression) -> bool:
        """Tell whether two expressions are equal whatever their powers and logarithms are."""
        letters: dict[sp.Expr, sp.Symbol] = {}
        try:
            one, other = (_in_letters(side, letters) for side in (a, b))
            return not letters or self.facts.algebra.is_zero(one - other)
        except NotAlgebraicError:
            return False

    def _write_in_order(self, a: Expression, b: Expression, divisors: list[str]) -> None:
        """Write each power and logarithm as the language does."""
        heads = {p.text: p for side in (a, b) for p in outermost(side, (*POWERS, "ln"))}
        for p in sorted(heads.values(), key=lambda p: -len(p.text)):
            canonical = real(p.term)
            if canonical.text != p.text:
                with self.proving(f"{p.text} = {canonical.text}", "EQ") as name:
                    self.same_parts(p, canonical)
                self.rewrite_by(name, divisors)

    # -- a base that may be 0 ----------------------------------------------------------------------

    def _positive_base(
        self,
        atom: sp.Expr,
        a: Expression,
        b: Expression,
        powers: list[Expression],
        found: Mapping[str, list[Factor] | None],
        equations: list[str],
    ) -> None:
        """See to it that a base is positive; if it may be 0, prove the goal for that first."""
        if atom == E or isinstance(atom, sp.Rational) or self._is_known(atom):
            return
        if self.usable.positive(atom):
            self.positive(atom)
            return
        if not self.facts.nonnegative(atom) and (NONNEGATIVE, real(atom).text) not in self.known:
            raise UntranslatedError(f"a power of {atom}, whose sign is not known")
        self.nonnegative(atom)
        text = real(atom).text
        zero = self.fresh("ZE")
        self.write(f"destruct (zero_or {text} ltac:(nng)) as [{zero}|{zero}].")
        with self.block():
            solved = self._solved(atom, zero)
            gone = [p for p in powers if any(base == atom for base, _ in found[p.text] or ())]
            for p in gone:
                self.rewrite(f"{p.text} = 0", f"zeropw {solved}", [])
            put = {p.text: number(0) for p in gone}
            self._equal(_with(a, put), _with(b, put), [*equations, solved])
        self.known.add((POSITIVE, text))

    def _sign_as_written(self, term: sp.Expr) -> None:
        """Show signs that a normal form hides: of t x + (1 - t) y, of (x - y)^2, multiplied out.

        What stands as a sum is one sum beside factors of known sign there: a + e (k - i)/k is
        a k + e k - e i over k.
        """
        if isinstance(term, Product | Power):
            parts = term.args if isinstance(term, Product) else (term.base,)
            for part in parts:
                self._sign_as_written(part)
        facts = self.facts
        if not isinstance(term, Sum | Power) or not facts.nonnegative(term):
            return
        if facts.algebra.is_zero(term):
            return
        try:
            found = self._factors_of(term)
        except NotAlgebraicError:
            return  # a negative number times what is not seen to be
        hidden = [pair for pair in found if not self._is_seen(pair[0])]
        others = [pair for pair in found if self._is_seen(pair[0])]
        if len(hidden) != 1 or abs(hidden[0][1]) != 1:
            return
        if not all(map(self.facts.positive, (atom for atom, _ in others))):
            return
        ((atom, k),) = hidden
        said = POSITIVE if self.facts.positive(term) else NONNEGATIVE
        self._show(said, term)
        rest = [power_of(real(other), exponent(-e)) for other, e in others]
        alone = mul(real(term), *rest)
        self._by_equation(said, atom, alone if k == 1 else whole_power(alone, -1))

    def _is_seen(self, atom: sp.Expr) -> bool:
        text = real(atom).text
        return self.facts.nonnegative(atom) or not self.known.isdisjoint(
            {(POSITIVE, text), (NONNEGATIVE, text)}
        )

    def _is_positive(self, term: sp.Expr) -> bool:
        return self._is_known(term) or self.facts.positive(term)

    def _is_known(self, atom: sp.Expr) -> bool:
        return (POSITIVE, real(atom).text) in self.known

    def _solved(self, atom: sp.Expr, zero: str) -> str:
        """Return the name of an equation, one letter on its left, that says that an atom is 0."""
        if not isinstance(atom, Sum):
            return zero
        for part in atom.args:
            if isinstance(part, sp.Rational):
                continue
            numbers = [f for f in factors(part) if isinstance(f, sp.Rational)]
            c = numbers[0] if numbers else sp.Integer(1)
            alone = as_term(self.facts.algebra.form(part / c))
            rest = as_term(self.facts.algebra.form(alone - atom / c))
            if not rest.has(*(base_and_exponent(f)[0] for f in factors(alone))):
                return self.fact(f"{real(alone).text} = {real(rest).text}", "lra", "ZE")
        return zero

    def _close(self, equations: list[str]) -> None:
        if not equations:
            self.write("first [ fin | lra ].")  # lra: by hypotheses that contradict each other
            return
        using = f"[{' '.join(equations)}]"
        closed = f"ring {using} | (field {using}; sides)"
        bars = f"(abseven; first [ {closed} ]) | (abs_squares {equations[-1]}; linear)"
        self.write(f"first [ reflexivity | {closed} | {bars} | zeros ].")

    # -- divisors ----------------------------------------------------------------------------------

    def _divisors(self, a: Expression, b: Expression) -> list[str]:
        """Show that what is divided by is not 0; returns the facts about sums."""
        found: list[str] = []
        for divisor in _divided_by((a, b)):
            if divisor.head == "add":
                found.append(self._nonzero_sum(divisor))
            else:
                self._nonzero_expression(divisor)
        return found

    def _nonzero_expression(self, e: Expression) -> None:
        if e.head == "mul":
            for part in e.parts:
                self._nonzero_expression(part)
        elif e.head == "whole power":
            self._nonzero_expression(e.parts[0])
        elif e.head == "add":
            self._nonzero_sum(e)
        elif e.head != "exp" and not (e.head == "power" and self._is_positive(e.parts[0].term)):
            self.nonzero(e.term)

    def _nonzero_sum(self, e: Expression) -> str:
        shown = self._seen_nonzero(e.term)
        if shown is None:
            raise UntranslatedError(f"that {e.term} is not 0")
        self.nonzero(shown)
        canonical = real(shown)
        if canonical.text == e.text:
            return self.fact(f"{e.text} <> 0", "neq0")
        with self.proving(f"{e.text} <> 0") as name:
            with self.proving(f"{e.text} = {canonical.text}", "EQ") as equation:
                self.equal(e, canonical)
            self.write(f"refine (eq_ind_r (fun zz : R => zz <> 0) _ {equation}); neq0.")
        return name

    def _seen_nonzero(self, term: sp.Expr) -> sp.Expr | None:
        """Return the form of a term, as it is, multiplied out or factored, that is not 0."""
        if self.facts.nonzero(term):
            return term
        for shown in (as_term(self.facts.algebra.form(term)), factored(term)):
            if self.facts.nonzero(shown):
                return shown
        return None


def _divided_by(several: Iterable[Expression]) -> list[Expression]:
    """Return what is divided by, outside of heads, each once."""
    found: dict[str, Expression] = {}
    waiting = list(several)[::-1]
    while waiting:
        e = waiting.pop()
        if e.head == "whole power" and e.number < 0:
            found.setdefault(e.parts[0].text, e.parts[0])
        if e.head in OPERATIONS:
            waiting += e.parts[::-1]
    return list(found.values())


def _with(e: Expression, put: Mapping[str, Expression]) -> Expression:
    """Return an expression with others in the place of powers, as rewriting puts them there."""
    if e.text in put:
        return replace(put[e.text], put=True)
    if e.head not in (*OPERATIONS, *POWERS, "ln"):
        return e
    parts = [_with(part, put) for part in e.parts]
    return replace(rebuilt(e, parts), put=e.put)


def _in_letters(e: Expression, letters: dict[sp.Expr, sp.Symbol]) -> sp.Expr:
    """Return an expression as a term, with a letter for each of its powers and logarithms."""
    if e.head in OPERATIONS:
        parts = [_in_letters(part, letters) for part in e.parts]
        match e.head:
            case "add":
                return Sum(*parts)
            case "mul":
                return Product(*parts)
        return Power(parts[0], e.number)
    if e.head in (*POWERS, "ln"):
        if real(e.term).head != e.head:
            raise NotAlgebraicError(f"{e.term} is written in another way")
        return letters.setdefault(e.term, Variable(f"_letter{len(letters)}", "real"))
    term: sp.Expr = e.term
    return term
