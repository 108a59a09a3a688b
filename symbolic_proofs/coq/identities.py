"""Identities that the kernel takes for granted because both sides have one normal form.

Coq has `field` for fractions. What it sees as letters is prepared for it: heads are put in their
normal form, by what their parts are equal to; powers of one base with many exponents become whole
powers of a few positive letters, which two products share if their logarithms agree; a base that
may be 0 is looked at both ways.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import replace

import sympy as sp

from ..kernel.polynomials import (
    ONE,
    Form,
    NotAlgebraicError,
    as_sum,
    as_term,
    exponent,
    monomial_term,
    power_term,
    rational_content,
)
from ..language.formulas import Relation
from ..language.operations import (
    Abs,
    E,
    Exp,
    Log,
    Power,
    Product,
    Sum,
    Variable,
    base_and_exponent,
    factors,
    order,
)
from ..language.symbols import bound_symbol
from ..language.terms import Total
from ..language.vectors import Entry, Vector, length
from .errors import UntranslatedError
from .exponents import atoms, common_powers, monomials
from .expressions import (
    Expression,
    add,
    entry_at,
    function,
    mul,
    number,
    power,
    real,
    whole_power,
)
from .signs import NONNEGATIVE, POSITIVE, Signs

#: what is seen through by `field`, once its parts are
_OPERATIONS = ("add", "mul", "whole power")
_POWERS = ("power", "exp")
_RANGED = ("sum", "least", "greatest")
#: an atom and its exponent
_Factor = tuple[sp.Expr, sp.Expr]


class Identities(Signs):
    """A script that knows how to prove identities."""

    _levels = 0

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
        divisors = [d for side in (a, b) for d in self._divisors(side)]
        if not equations and self._by_letters(a, b):
            self._write_in_order(a, b, divisors)
            self._close(equations)
            return
        powers = self._powers(a, b)
        found = {p.text: self._factors(p) for p in powers}
        logarithms = {p.text: p for side in (a, b) for p in _outermost(side, ("ln",))}
        for p in (*powers, *logarithms.values()):
            if p.head in ("power", "ln"):
                self._sign_as_written(p.parts[0].term)
        for logarithm in logarithms.values():
            for atom, _ in self._factors_of(logarithm.parts[0]):
                self._positive_atom(atom)
        for atom in dict.fromkeys(atom for p in powers for atom, _ in found[p.text] or ()):
            self._positive_base(atom, a, b, powers, found, equations)
        written = self._letters(powers, found, equations)
        # what is long first: the shorter may stand in it
        for p in sorted((*powers, *logarithms.values()), key=lambda p: -len(p.text)):
            if p.head == "ln":
                self._logarithm(p, divisors)
            else:
                self._power_in_letters(p, found[p.text], written, divisors)
        self._close(equations)

    # -- powers and logarithms that are the same on both sides ------------------------------------

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
        heads = {p.text: p for side in (a, b) for p in _outermost(side, (*_POWERS, "ln"))}
        for p in sorted(heads.values(), key=lambda p: -len(p.text)):
            canonical = real(p.term)
            if canonical.text != p.text:
                with self.proving(f"{p.text} = {canonical.text}", "EQ") as name:
                    self.same_parts(p, canonical)
                self._rewrite_by(name, divisors)

    # -- a base that may be 0 ------------------------------------------------------------------

    def _positive_base(
        self,
        atom: sp.Expr,
        a: Expression,
        b: Expression,
        powers: list[Expression],
        found: Mapping[str, list[_Factor] | None],
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
                self._rewrite(f"{p.text} = 0", f"zeropw {solved}", [])
            put = {p.text: number(0) for p in gone}
            self._equal(_with(a, put), _with(b, put), [*equations, solved])
        self.known.add((POSITIVE, text))

    def _sign_as_written(self, term: sp.Expr) -> None:
        """Show the signs that a normal form hides: those of t x + (1 - t) y, multiplied out.

        What stands as a sum is one sum beside factors of known sign there: a + e (k - i)/k is
        a k + e k - e i over k.
        """
        if isinstance(term, Product | Power):
            parts = term.args if isinstance(term, Product) else (term.base,)
            for part in parts:
                self._sign_as_written(part)
        if not isinstance(term, Sum) or not self.facts.nonnegative(term):
            return
        found = atoms(self.facts.algebra.factors(self.facts.algebra.form(term)))
        hidden = [pair for pair in found if not self._is_seen(pair[0])]
        others = [pair for pair in found if self._is_seen(pair[0])]
        if len(hidden) != 1 or abs(hidden[0][1]) != 1:
            return
        if not all(map(self.facts.positive, (atom for atom, _ in others))):
            return
        ((atom, k),) = hidden
        said = POSITIVE if self.facts.positive(term) else NONNEGATIVE
        self._show(said, term)
        rest = [_power_of(real(other), exponent(-e)) for other, e in others]
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
        squares = "rewrite ?pow2_abs in *"  # |x|^2 beside x^2
        self.write(
            f"first [ reflexivity | {closed} | ({squares}; first [ {closed} ]) | lra | zeros ]."
        )

    def _rewrite(self, equation: str, by: str, divisors: list[str]) -> None:
        name = self.fact(equation, by, "EQ")
        self._rewrite_by(name, divisors)

    def _rewrite_by(self, name: str, divisors: list[str]) -> None:
        inside = "".join(f" try rewrite {name} in {d}." for d in divisors)
        self.write(f"try rewrite {name}.{inside} clear {name}.")

    def _divisors(self, e: Expression) -> Iterator[str]:
        """Show that what is divided by is not 0; yields the facts about sums."""
        if e.head == "whole power" and e.number < 0:
            base = e.parts[0]
            if base.head == "add":
                yield self._nonzero_sum(base)
            else:
                self._nonzero_expression(base)
        if e.head in _OPERATIONS:
            for part in e.parts:
                yield from self._divisors(part)

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
        shown = e.term
        if not self.facts.nonzero(shown):
            shown = as_term(self.facts.algebra.form(shown))
        self.nonzero(shown)
        canonical = real(shown)
        if canonical.text == e.text:
            return self.fact(f"{e.text} <> 0", "neq0")
        with self.proving(f"{e.text} <> 0") as name:
            with self.proving(f"{e.text} = {canonical.text}", "EQ") as equation:
                self.equal(e, canonical)
            self.write(f"refine (eq_ind_r (fun zz : R => zz <> 0) _ {equation}); neq0.")
        return name

    # -- powers and logarithms -----------------------------------------------------------------

    def _powers(self, *sides: Expression) -> list[Expression]:
        """Return the powers in expressions, and those in what is put in the place of one.

        e^(ln s - ln t) is s/t, and s may be a sum of powers.
        """
        found: dict[str, Expression] = {}
        waiting = list(sides)
        while waiting:
            for p in _outermost(waiting.pop(), _POWERS):
                if p.text in found:
                    continue
                found[p.text] = p
                waiting += [
                    real(atom)
                    for atom, e in self._factors(p) or ()
                    if isinstance(atom, Sum) and common_powers([e])[2] == 1
                ]
        return sorted(found.values(), key=lambda p: -len(p.text))

    def _factors(self, p: Expression) -> list[_Factor] | None:
        """Return the atoms and exponents of a power; None for a power of 0."""
        if p.head == "power":
            base, e = p.parts
            if self.facts.algebra.is_zero(base.term):
                return None
            return [(atom, exponent(k * e.term)) for atom, k in self._factors_of(base)]
        return self._exponential(p)

    def _factors_of(self, base: Expression) -> list[_Factor]:
        return atoms(self.facts.algebra.factors(self.facts.algebra.form(base.term)))

    def _exponential(self, p: Expression) -> list[_Factor]:
        form = self.facts.algebra.form(p.parts[0].term)
        if form.denominator != {ONE: 1}:
            return [(E, exponent(as_term(form)))]
        found: list[_Factor] = []
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
        found: Mapping[str, list[_Factor] | None],
        equations: list[str],
    ) -> dict[_Factor, list[Expression]]:
        """Introduce letters, and return every power of an atom as whole powers of some."""
        exponents: dict[sp.Expr, list[sp.Expr]] = {}
        for p in powers:
            for atom, e in found[p.text] or ():
                exponents.setdefault(atom, []).append(e)
        written: dict[_Factor, list[Expression]] = {}
        for atom, several in exponents.items():
            self._letters_of(atom, list(dict.fromkeys(several)), written, equations)
        return written

    def _power_in_letters(
        self,
        p: Expression,
        factors: list[_Factor] | None,
        written: Mapping[_Factor, list[Expression]],
        divisors: list[str],
    ) -> None:
        """Write a power as a product of whole powers of letters."""
        if factors is None:
            self._rewrite(f"{p.text} = 0", "zeropw0", divisors)
            return
        parts = [part for factor in factors for part in written[factor]]
        product = mul(*parts) if parts else number(1)
        with self.proving(f"{p.text} = {product.text}", "EQ") as name:
            if p.head == "power":
                self._base_as_product(p.parts[0])
            else:
                inside = {e.text: e for e in _outermost(p.parts[0], ("ln",))}
                for logarithm in inside.values():
                    self._logarithm(logarithm, [])
            for letter in {part.text: part for part in _letters_in(parts)}:
                self.write(f"subst {letter}.")
            self.write("monoeq.")
        self._rewrite_by(name, divisors)

    def _letters_of(
        self,
        atom: sp.Expr,
        exponents: list[sp.Expr],
        written: dict[_Factor, list[Expression]],
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
                made = f"pw_var {real(atom).text} {real(step).text} ltac:(pos)"
            self.write(f"destruct ({made}) as ({name} & E{name} & P{name}).")
            if atom != E and k == 0 and whole_one is not None:
                whole = f"{name} ^ {whole_one} = {real(atom).text}"
                equations.append(self.fact(whole, f"subst {name}; monoeq", "EQ"))
        for e, row in zip(exponents, counts, strict=True):
            written[atom, e] = [
                letter if n == 1 else whole_power(letter, n)
                for letter, n in zip(letters, row, strict=True)
                if n
            ]

    def _base_as_product(self, base: Expression) -> None:
        """Write a base as the product of its atoms, where its logarithm is not seen as it is."""
        factors = self._factors_of(base)
        if _is_plain(base) and not any(isinstance(a, Sum | sp.Integer | Abs) for a, _ in factors):
            return
        parts = [_power_of(real(atom), k) for atom, k in factors]
        product = mul(*parts) if parts else number(1)
        if product.text != base.text:
            with self.proving(f"{base.text} = {product.text}", "EQ") as name:
                self.equal(base, product)
            self._rewrite_by(name, [])

    def _logarithm(self, p: Expression, divisors: list[str]) -> None:
        """Write a logarithm as the sum of those of its factors."""
        parts = []
        for atom, k in self._factors_of(p.parts[0]):
            one = function(Log, real(atom)) if atom != E else number(1)
            parts.append(one if k == 1 else mul(real(k), one))
        total = add(*parts) if parts else number(0)
        if total.text == p.text:
            return
        with self.proving(f"{p.text} = {total.text}", "EQ") as name:
            self._base_as_product(p.parts[0])
            self.write("lneq.")
        self._rewrite_by(name, divisors)

    # -- heads in their normal form ------------------------------------------------------------

    def _resolved(self, e: Expression) -> Expression:
        """Rewrite, in the goal, the heads of an expression to their normal forms."""
        found = self._resolved_parts(e)
        return replace(found, put=True) if e.put else found

    def _resolved_parts(self, e: Expression) -> Expression:
        if e.head in ("number", "variable", "letter", "opaque"):
            return e
        if e.number < 0 and not self._is_nonzero(e.parts[0].term):
            return self._opaque(e)
        if e.head in (*_OPERATIONS, *_POWERS, "ln"):
            parts = [self._resolved(part) for part in e.parts]
            return e if all(map(_same, parts, e.parts)) else _rebuilt(e, parts)
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
            self._rewrite_by(name, [])
        return replace(whole_power(canonical, e.number), head="opaque")

    def _head(self, e: Expression) -> Expression:
        if e.head == "whole":
            canonical = real(e.term)
            if canonical.text == e.text:
                return e
            self._rewrite(f"{e.text} = {canonical.text}", "inr", [])
            return self._resolved(canonical)
        if e.head == "entry":
            v, index = e.parts
            if v.head in ("rep", "vmap"):
                value = v.parts[0] if v.head == "rep" else v.opened(entry_at(v.parts[0], index))
                self._rewrite(f"{e.text} = {value.text}", "reflexivity", [])
                return self._resolved(value)
        try:
            canonical = real(as_term(self.facts.algebra.form(e.term)))
        except NotAlgebraicError as error:
            raise UntranslatedError(str(error)) from error
        if canonical.text == e.text:
            return e
        if canonical.head != e.head:
            raise UntranslatedError(f"{e.term} = {canonical.term}")
        with self.proving(f"{e.text} = {canonical.text}", "EQ") as name:
            self.same_parts(e, canonical)
        if self.facts.positive(e.term) and not self.facts.positive(canonical.term):
            # said of a vector that the normal form writes in another way
            self.positive(e.term)
            self.fact(f"0 < {canonical.text}", f"rewrite <- {name}; pos")
            self.known.add((POSITIVE, canonical.text))
        self._rewrite_by(name, [])
        return canonical

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
                    self._same(a.opened(index), b.opened(index))
            elif a.head == "onz":
                self.write("intro BV.")
                if self.facts.algebra.is_zero(a.parts[0].term):
                    self.write("exfalso; apply BV; fin.")
                else:
                    with self.not_zero(a.parts[0].term):
                        self._same(a.opened(a.parts[0]), b.opened(a.parts[0]))
            elif a.head == "nztotal":
                v, index = b.term.args[2], bound_symbol(0, "count")
                with self.under(Total(Entry(v, index), index, length(v))) as (at, _):
                    value = entry_at(b.parts[0], at)
                    one, other = a.opened(value), b.opened(value)
                    self.write(f"change ({value.text} <> 0 -> {one.text} = {other.text}).")
                    self.write("intro BV.")
                    with self.not_zero(value.term):
                        self._same(one, other)
            else:
                kind = "count" if a.head == "steps" else "real"
                value = real(bound_symbol(-1_000 - self._level(), kind))
                self.write(f"intros {value.natural or value.text}.")
                self._same(a.opened(value), b.opened(value))
        with self.block():
            self._same(a.parts[0], b.parts[0])

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

    # -- absolute values -----------------------------------------------------------------------

    def _absolute(self, e: Expression) -> Expression:
        x, facts = e.parts[0], self.usable
        for term, lemma, side in (
            (x.term, "Rabs_of_nonneg", "{}"),
            (-x.term, "Rabs_of_nonpos", "- {}"),
        ):
            if facts.nonnegative(term):
                value = real(term)
                self.nonnegative(term)
                with self.proving(f"{e.text} = {value.text}", "EQ") as name:
                    self.write(f"apply {lemma}; [| nng ].")
                    self.equal(x, value if side == "{}" else mul(number(-1), value))
                self._rewrite_by(name, [])
                return value
        try:
            canonical = real(as_term(facts.algebra.form(e.term)))
            factors = list(_factors_under_bars(facts.algebra.form(x.term)))
        except NotAlgebraicError as error:
            raise UntranslatedError(str(error)) from error
        if canonical.text == e.text:
            return e
        for atom, _ in factors:
            if facts.nonnegative(atom):
                self.best(atom)
            elif facts.nonnegative(-atom):
                self.nonnegative(-atom)
                turned = real(-atom).text
                self.fact(f"Rabs {real(atom).text} = {turned}", "apply Rabs_of_nonpos; [lra | nng]")
        product = mul(*(_power_of(real(atom), k) for atom, k in factors))
        with self.proving(f"{e.text} = {canonical.text}", "EQ") as name:
            with self.proving(f"{x.text} = {product.text}", "EQ") as inner:
                self.equal(x, product)
            self.write(f"rewrite {inner}; clear {inner}; abspush; fin.")
        self._rewrite_by(name, [])
        return self._under_bars(canonical)

    def _under_bars(self, e: Expression) -> Expression:
        """Rewrite what stands under bars, where the normal form of x^2 has put an |x|."""
        if e.head == "Rabs":
            return function(Abs, self._resolved(e.parts[0]))
        return _rebuilt(e, list(map(self._under_bars, e.parts))) if e.head in _OPERATIONS else e


def _factors_under_bars(form: Form) -> Iterator[_Factor]:
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


def _with(e: Expression, put: Mapping[str, Expression]) -> Expression:
    """Return an expression with others in the place of powers, as rewriting puts them there."""
    if e.text in put:
        return replace(put[e.text], put=True)
    if e.head not in (*_OPERATIONS, *_POWERS, "ln"):
        return e
    parts = [_with(part, put) for part in e.parts]
    found = e if all(map(_same, parts, e.parts)) else _rebuilt(e, parts)
    return replace(found, put=e.put)


def _power_of(base: Expression, k: sp.Expr) -> Expression:
    if k == 1:
        return base
    return whole_power(base, int(k)) if isinstance(k, sp.Integer) else power(base, real(k))


def _same(a: Expression, b: Expression) -> bool:
    return a.text == b.text


def _rebuilt(e: Expression, parts: list[Expression]) -> Expression:
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


def _outermost(e: Expression, heads: tuple[str, ...]) -> Iterator[Expression]:
    if e.head in heads:
        yield e
    elif e.head in _OPERATIONS:
        for part in e.parts:
            yield from _outermost(part, heads)


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


def _in_letters(e: Expression, letters: dict[sp.Expr, sp.Symbol]) -> sp.Expr:
    """Return an expression as a term, with a letter for each of its powers and logarithms."""
    if e.head in _OPERATIONS:
        parts = [_in_letters(part, letters) for part in e.parts]
        match e.head:
            case "add":
                return Sum(*parts)
            case "mul":
                return Product(*parts)
        return Power(parts[0], e.number)
    if e.head in (*_POWERS, "ln"):
        if real(e.term).head != e.head:
            raise NotAlgebraicError(f"{e.term} is written in another way")
        return letters.setdefault(e.term, Variable(f"_letter{len(letters)}", "real"))
    term: sp.Expr = e.term
    return term


def _pieces(e: Expression) -> list[Expression]:
    return [piece for part in e.parts for piece in _pieces(part)] if e.head == "cat" else [e]
