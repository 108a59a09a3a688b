"""Heads in their normal form: what two sides of an identity are made of, besides arithmetic.

Norms, sums over an index and vectors are compared part by part, and a norm of what the language
would write in another way becomes the one that it writes.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace

import sympy as sp

from ..kernel.polynomials import Form, NotAlgebraicError, as_sum, as_term, rational_content
from ..language.formulas import Relation, same
from ..language.operations import Abs, order
from ..language.symbols import bound_symbol
from ..language.terms import Total
from ..language.vectors import Entry, Vector, length
from .errors import UntranslatedError
from .exponents import atoms
from .expressions import entry_at, opened, real
from .letters import Factor, Letters, power_of
from .operations import OPERATIONS, POWERS, Expression, function, mul, number, rebuilt, whole_power
from .signs import POSITIVE

#: heads over an index
_RANGED = ("sum", "least", "greatest")


class NormalHeads(Letters):
    """A script that knows how to write heads in their normal form."""

    _levels = 0

    def _resolved(self, e: Expression) -> Expression:
        """Rewrite, in the goal, the heads of an expression to their normal forms."""
        found = self._resolved_parts(e)
        return replace(found, put=True) if e.put else found

    def _resolved_parts(self, e: Expression) -> Expression:
        if e.head in ("number", "variable", "letter", "opaque"):
            return e
        if e.number < 0 and not self._is_nonzero(e.parts[0].term):
            return self._opaque(e)
        if e.head in (*OPERATIONS, *POWERS, "ln"):
            parts = [self._resolved(part) for part in e.parts]
            return rebuilt(e, parts)
        if e.head == "Rabs":
            inside = self._resolved(e.parts[0])
            return self._absolute(function(Abs, inside))
        return self._head(e)

    def _is_nonzero(self, term: sp.Expr) -> bool:
        facts = self.facts
        return facts.nonzero(term) or facts.nonzero(as_term(facts.algebra.form(term)))

    def _opaque(self, e: Expression) -> Expression:
        """Write a divisor in its normal form: what is not known not to be 0 cancels nothing."""
        base = e.parts[0]
        canonical = real(as_term(self.facts.algebra.form(base.term)))
        if canonical.text != base.text:
            with self.proving(f"{base.text} = {canonical.text}", "EQ") as name:
                self.equal(base, canonical)
            self.rewrite_by(name, [])
        return replace(whole_power(canonical, e.number), head="opaque")

    def _head(self, e: Expression) -> Expression:
        if e.head == "whole":
            canonical = real(e.term)
            if canonical.text == e.text:
                return e
            self.rewrite(f"{e.text} = {canonical.text}", "inr", [])
            return self._resolved(canonical)
        if e.head == "entry":
            v, index = e.parts
            if v.head in ("rep", "vmap"):
                value = v.parts[0] if v.head == "rep" else opened(v, entry_at(v.parts[0], index))
                self.rewrite(f"{e.text} = {value.text}", "reflexivity", [])
                return self._resolved(value)
        try:
            canonical = real(as_term(self.facts.algebra.form(e.term)))
        except NotAlgebraicError as error:
            raise UntranslatedError(str(error)) from error
        if canonical.text == e.text:
            return e
        if e.head == "ceil" and canonical.head == "number":
            lemma = f"ceil_value {e.parts[0].text} {canonical.text}"
            by = f"rewrite ({lemma}); [ reflexivity | inr_push; lra | inr_push; lra ]"
            self.rewrite(f"{e.text} = {canonical.text}", by, [])
            return canonical
        if canonical.head != e.head:
            raise UntranslatedError(f"{e.term} = {canonical.term}")
        with self.proving(f"{e.text} = {canonical.text}", "EQ") as name:
            self.same_parts(e, canonical)
        if self.facts.positive(e.term) and not self.facts.positive(canonical.term):
            # said of a vector that the normal form writes in another way
            self.positive(e.term)
            self.fact(f"0 < {canonical.text}", f"rewrite <- {name}; pos")
            self.known.add((POSITIVE, canonical.text))
        self.rewrite_by(name, [])
        return canonical

    # -- part by part ------------------------------------------------------------------------------

    def same_parts(self, a: Expression, b: Expression) -> None:
        """Prove the goal that two expressions with one head are equal, part by part."""
        if a.text == b.text:
            self.write("reflexivity.")
            return
        if a.head == "cat" or b.head == "cat":
            self._same_concatenation(a, b)
            return
        if a.head != b.head:
            raise UntranslatedError(f"{a.term} = {b.term}")
        if a.head in ("natural", "symbol"):
            self.write("nateq.")
        elif a.source is not None:
            self._same_binder(a, b)
        else:
            lemma = {1: "f_equal", 2: "f_equal2", 3: "f_equal3"}[len(a.parts)]
            of = " (fun zz => IZR (ceil zz))" if a.head == "ceil" else ""
            self.write(f"apply ({lemma}{of}).")
            for one, other in zip(a.parts, b.parts, strict=True):
                with self.block():
                    self._same(one, other)

    def _same(self, a: Expression, b: Expression) -> None:
        if isinstance(a.term, Vector) or a.head == "natural":
            self.same_parts(a, b)
        else:
            self.equal(a, b)

    def _same_binder(self, a: Expression, b: Expression) -> None:
        """Prove the goal that two binders are equal by what they bind, then by what they run over.

        The goals come in the order of the premises of the lemmas in the library.
        """
        self.write(f"apply {a.head}_same.")
        with self.block():
            if a.head in _RANGED:
                with self.under(a.term) as (index, _):
                    self._same(opened(a, index), opened(b, index))
            elif a.head == "onz":
                value = a.parts[0]
                self._same_where_nonzero(value, opened(a, value), opened(b, value))
            elif a.head == "nztotal":
                v, index = b.term.args[2], bound_symbol(0, "count")
                with self.under(Total(Entry(v, index), index, length(v))) as (at, _):
                    value = entry_at(b.parts[0], at)
                    one, other = opened(a, value), opened(b, value)
                    self.write(f"change ({value.text} <> 0 -> {one.text} = {other.text}).")
                    self._same_where_nonzero(value, one, other)
            else:
                kind = "count" if a.head == "steps" else "real"
                value = real(bound_symbol(-1_000 - self._level(), kind))
                self.write(f"intros {value.natural or value.text}.")
                self._same(opened(a, value), opened(b, value))
        with self.block():
            self._same(a.parts[0], b.parts[0])

    def _same_where_nonzero(self, value: Expression, one: Expression, other: Expression) -> None:
        """Prove the goal that a value is not 0 -> one = other."""
        self.write("intro BV.")
        said = [name for name, h in self.hypotheses if same(h, Relation("=", value.term, 0))]
        if said:  # the kernel need not see values in what stands inside then
            self.write(f"exfalso; apply BV; same {said[0]}.")
        elif self.facts.algebra.is_zero(value.term):
            self.write("exfalso; apply BV.")
            self.equal(value, number(0))
        else:
            with self.not_zero(value.term):
                self._same(one, other)

    @contextmanager
    def not_zero(self, value: sp.Expr) -> Iterator[None]:
        """Take up BV, by which a value is not 0."""
        kept = self.facts, self.hypotheses
        said = Relation("!=", value, 0)
        self.facts = self.facts._with((*self.facts.hypotheses, said))
        self.hypotheses = [*self.hypotheses, ("BV", said)]
        yield
        self.facts, self.hypotheses = kept

    def new_index(self) -> Expression:
        """Return an index that has no other name, as a real number."""
        return real(bound_symbol(-1_000 - self._level(), "count"))

    def _level(self) -> int:
        self._levels += 1
        return self._levels

    def _same_concatenation(self, a: Expression, b: Expression) -> None:
        one, other = _pieces(a), _pieces(b)
        if len(one) != len(other):
            raise UntranslatedError(f"{a.term} = {b.term}")
        self.write("rewrite ?cat_assoc.")
        for first, second in zip(one[:-1], other[:-1], strict=True):
            self.write("apply (f_equal2 cat).")
            with self.block():
                self.same_parts(first, second)
        self.same_parts(one[-1], other[-1])

    # -- absolute values ---------------------------------------------------------------------------

    def _absolute(self, e: Expression) -> Expression:
        x, facts, algebra = e.parts[0], self.usable, self.algebra
        try:
            canonical = real(as_term(algebra.form(e.term)))
            inside = algebra.form(x.term)
        except NotAlgebraicError as error:
            raise UntranslatedError(str(error)) from error
        turned = as_term(algebra.form(-x.term))
        for term, sign in ((x.term, 1), (as_term(inside), 1), (turned, -1)):
            # bars stay where the kernel leaves them: it does not see that (x - 1)^2, multiplied
            # out, is >= 0, and under hypotheses that contradict each other x and -x are
            if facts.nonnegative(term) and algebra.is_zero(term - canonical.term):
                value = real(term)
                self.nonnegative(term)
                with self.proving(f"{e.text} = {value.text}", "EQ") as name:
                    self._of_sign(x, value, sign)
                # what stands under the bars may have been written anew by an equation before
                self.write(f"abs_as {name}.")
                return value
        if canonical.text == e.text:
            return e
        factors = list(_factors_under_bars(inside))
        for atom, _ in factors:
            turned = as_term(algebra.form(-atom))
            bare = as_term(algebra.form(function(Abs, real(atom)).term))
            if facts.nonnegative(turned) and algebra.is_zero(turned - bare):
                self.nonnegative(turned)
                with self.proving(f"Rabs {real(atom).text} = {real(turned).text}"):
                    self._of_sign(real(atom), real(turned), -1)
            elif facts.nonnegative(atom):
                self.best(atom)
        product = mul(*(power_of(real(atom), k) for atom, k in factors))
        with self.proving(f"{e.text} = {canonical.text}", "EQ") as name:
            with self.proving(f"{x.text} = {product.text}", "EQ") as inner:
                self.equal(x, product)
            self.write(f"rewrite {inner}; clear {inner}; abspush; fin.")
        self.rewrite_by(name, [])
        return self._under_bars(canonical)

    def _of_sign(self, x: Expression, value: Expression, sign: int) -> None:
        """Prove the goal |x| = value, where x = value or x = -value and value >= 0."""
        self.write(f"apply {'Rabs_of_nonneg' if sign > 0 else 'Rabs_of_nonpos'}; [| nng ].")
        self.equal(x, value if sign > 0 else mul(number(-1), value))

    def _under_bars(self, e: Expression) -> Expression:
        """Rewrite what stands under bars, where the normal form of x^2 has put an |x|."""
        if e.head == "Rabs":
            return function(Abs, self._resolved(e.parts[0]))
        return rebuilt(e, list(map(self._under_bars, e.parts))) if e.head in OPERATIONS else e


def _factors_under_bars(form: Form) -> Iterator[Factor]:
    """Yield the atoms, sums and numbers whose product a form is, each with its exponent."""
    for polynomial, sign in ((form.numerator, 1), (form.denominator, -1)):
        content = rational_content(polynomial)
        if len(polynomial) == 1:
            ((m, c),) = polynomial.items()
            yield sp.Rational(c.numerator, c.denominator), sp.Integer(sign)
            yield from ((atom, e * sign) for atom, e in atoms(m))
            continue
        yield sp.Rational(content.numerator, content.denominator), sp.Integer(sign)
        body, mirrored = (
            as_sum({m: c * s / content for m, c in polynomial.items()}) for s in (1, -1)
        )
        if min(body, mirrored, key=order) == mirrored:
            yield sp.Integer(-1), sp.Integer(sign)
            body = mirrored
        yield body, sp.Integer(sign)


def _pieces(e: Expression) -> list[Expression]:
    return [piece for part in e.parts for piece in _pieces(part)] if e.head == "cat" else [e]
