"""Why the kernel takes a term to be positive, not negative or not 0, said again to Coq.

The kernel answers by the structure of a term, or by its normal form and one hypothesis, on ranks
that rest on the rank below (`kernel/signs.py`). Each answer is looked for on the lowest rank that
gives it, and its reasons become facts in the context. From them the tactics `pos`, `nng` and `neq0`
of the library show the sign by structure alone.
"""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from typing import Any

import sympy as sp

from ..kernel.polynomials import (
    ONE,
    Form,
    NotAlgebraicError,
    Polynomial,
    as_sum,
    as_term,
    monomial_term,
)
from ..kernel.signs import Signs as Shown
from ..language.formulas import Constant, Every, NonZero, Not, Relation
from ..language.operations import Abs, Ceiling, Exp, Power, Product, Sum
from ..language.sums import ShortestWindow
from ..language.symbols import bound_symbol, kind_of
from ..language.terms import Greatest, Least, NonzeroCount, Norm, PowerSum, Total
from ..language.vectors import (
    Concat,
    Entry,
    Map,
    Repeat,
    Sorted,
    Steps,
    Vector,
    VectorSymbol,
    is_nonnegative_vector,
    length,
)
from .errors import UntranslatedError
from .exponents import atoms, monomials
from .expressions import (
    Expression,
    add,
    entry_at,
    in_nat,
    length_text,
    minus,
    mul,
    natural,
    real,
    vector,
    whole_power,
)
from .names import variable_name
from .script import Script, ranged

POSITIVE, NONNEGATIVE, NONZERO = "0 < {}", "0 <= {}", "{} <> 0"
_TACTICS = {POSITIVE: "pos", NONNEGATIVE: "nng", NONZERO: "neq0"}
#: a hypothesis as a difference: the tactic that shows it, its smaller and larger side, strictly
_Difference = tuple[str, sp.Expr, sp.Expr, bool]


class Signs(Script):
    """A script that knows how to show signs."""

    #: the highest rank that a sign may be of, so that none rests on itself
    _rank: int | None = None

    def equal(self, a: Expression, b: Expression) -> None:
        """Prove the goal a = b, an identity."""
        raise NotImplementedError

    def positive(self, term: sp.Expr) -> None:
        """See to it that `pos` shows term > 0."""
        self._show(POSITIVE, term)

    def nonnegative(self, term: sp.Expr) -> None:
        """See to it that `nng` shows term >= 0."""
        self._show(NONNEGATIVE, term)

    def nonzero(self, term: sp.Expr) -> None:
        """See to it that `neq0` shows term != 0."""
        self._show(NONZERO, term)

    def best(self, term: sp.Expr) -> None:
        """Show that a term is positive, or that it is not negative."""
        self._show(POSITIVE if self.facts.positive(term) else NONNEGATIVE, term)

    # -- one sign ----------------------------------------------------------------------------------

    def _show(self, said: str, term: sp.Expr) -> None:
        text = real(term).text
        if isinstance(term, sp.Rational) or not self.known.isdisjoint(
            {(said, text), (POSITIVE, text)}
        ):
            return
        facts = self._lowest(said, term)
        if said == NONZERO:
            self._show_nonzero(facts, term, text)
        elif not self._by_structure(facts, said, term, text) and not (
            self._on_rank_below(facts, said, term, text)
        ):
            if said == NONNEGATIVE:
                raise UntranslatedError(f"that {term} is {said.format('..')}")
            # what is not negative, and said not to be 0
            self.nonnegative(term)
            different = self._unequal(facts, term, text)
            self._fact(said, text, f"apply pos_of; [ nng | exact {different} ]")
        self.known.add((said, text))

    @property
    def usable(self) -> Shown:
        """What is known on the ranks that may be used now."""
        facts: Shown = self.facts
        while facts._weaker is not None and self._rank is not None and facts._rank > self._rank:
            facts = facts._weaker
        return facts

    def _lowest(self, said: str, term: sp.Expr) -> Shown:
        ranks: list[Shown] = [self.facts]
        while ranks[0]._weaker is not None:
            ranks.insert(0, ranks[0]._weaker)
        for facts in ranks:
            if _shown(facts, said, term):
                return facts
        raise UntranslatedError(f"that {term} is {said.format('..')}")

    def _fact(self, said: str, text: str, by: str) -> None:
        self.fact(said.format(text), by)
        self.known.add((said, text))

    def _show_nonzero(self, facts: Shown, term: sp.Expr, text: str) -> None:
        if facts.positive(term):
            self.positive(term)
        elif facts.positive(-term):
            self.positive(-term)
            self._fact(NONZERO, text, f"assert (0 < {real(-term).text}) by pos; lra")
        elif isinstance(term, Product) and all(map(facts.nonzero, term.args)):
            for part in term.args:
                self.nonzero(part)
        elif isinstance(term, Power) and facts.nonzero(term.base):
            self.nonzero(term.base)
        elif isinstance(term, Abs) and facts.nonzero(term.args[0]):
            self.nonzero(term.args[0])
        else:
            self._unequal(facts, term, text)

    def _unequal(self, facts: Shown, term: sp.Expr, text: str) -> str:
        """Show that a term is not 0, as a multiple of what a hypothesis says not to be 0."""
        for name, said in self.hypotheses:
            if not isinstance(said, Relation) or said.op != "!=":
                continue
            h = said.oriented()
            other = h.left - h.right
            if not facts._is_multiple(term, other):
                continue
            a, b = facts.algebra.form(term), facts.algebra.form(other)
            ratio = facts.algebra.monomial_ratio(a.numerator, b.numerator)
            assert ratio is not None
            for atom, _ in ratio[1]:
                self.nonzero(atom)
            below = [as_term(form.below()) for form in (b, a)]
            for part in below:
                if part != 1:
                    self.nonzero(part)
            c = monomial_term(*ratio) * below[0] / below[1]
            factor, apart = real(c), real(other)
            by = f"let N := fresh in intro N; apply {name}; clear - N; lra"
            self.fact(f"{apart.text} <> 0", by)
            with self.proving(f"{text} = {factor.text} * {apart.text}", "EQ") as equation:
                self.equal(real(term), mul(factor, apart))
            return self.fact(
                NONZERO.format(text),
                f"refine (eq_ind_r (fun zz : R => zz <> 0) _ {equation}); "
                "apply Rmult_integral_contrapositive; split; neq0",
            )
        raise UntranslatedError(f"that {term} is not 0")

    # -- by structure ------------------------------------------------------------------------------

    def _by_structure(self, facts: Shown, said: str, term: sp.Expr, text: str) -> bool:
        strict = said == POSITIVE
        match term:
            case sp.Symbol():
                kind = kind_of(term)
                return kind in ("positive", "count") or (kind != "real" and not strict)
            case Product(args=parts):
                if any(isinstance(part, sp.Rational) and part < 0 for part in parts):
                    return False
                return self._all(facts, parts, strict=strict)
            case Sum(args=parts):
                if strict and not any(map(facts.positive, parts)):
                    return False
                return self._all(facts, parts)
            case Exp():
                return True
            case Power(args=(base, e)):
                return self._power(facts, base, e, strict=strict)
            case Abs(args=(inside,)):
                if strict and not facts.nonzero(inside):
                    return False
                if strict:
                    self.nonzero(inside)
                return True
            case PowerSum() | Norm() | NonzeroCount():
                if strict and not facts.nonzero_vector(term.args[0]):
                    return False
                if strict:
                    self.nonzero_vector(term.args[0])
                return True
            case Ceiling(args=(inside,)):
                return self._all(facts, (inside,), strict=strict)
            case ShortestWindow():
                return not strict and self._window(term, text)
            case Entry():
                return self._entry(facts, said, term, text)
            case Total() | Least() | Greatest():
                return self._ranged(facts, said, term, text)
        return False

    def _all(self, facts: Shown, parts: tuple[sp.Expr, ...], *, strict: bool = False) -> bool:
        if not all(map(facts.positive if strict else facts.nonnegative, parts)):
            return False
        for part in parts:
            self._show(POSITIVE if facts.positive(part) else NONNEGATIVE, part)
        return True

    def _power(self, facts: Shown, base: sp.Expr, e: sp.Expr, *, strict: bool) -> bool:
        if facts.positive(base):
            self.positive(base)
            return True
        if isinstance(e, sp.Integer) and e > 0 and e % 2 == 0:
            if strict and not facts.nonzero(base):
                return False
            if strict:
                self.nonzero(base)
            return True
        if strict or not facts.nonnegative(base):
            return False
        if isinstance(e, sp.Integer):
            self.nonnegative(base)
        return True

    def _window(self, term: ShortestWindow, text: str) -> bool:
        self._fact(NONNEGATIVE, text, "apply window_ge0; inrange")
        return True

    def _ranged(self, facts: Shown, said: str, term: Any, text: str) -> bool:
        under, _, body = facts.opened(term)
        if not _shown(under, said, body):
            return False
        if said == POSITIVE and not facts.positive(term.args[2]):
            return False
        if said == POSITIVE:
            self.natural_positive(term.args[2])
        head = {Total: "sum", Least: "least", Greatest: "greatest"}[type(term)]
        lemma = f"apply {head}_gt0; [inrange|]" if said == POSITIVE else f"apply {head}_ge0"
        with self.proving(said.format(text)):
            self.write(f"{lemma}.")
            with self.under(term) as (_, inner):
                self._show(said, inner)
                self.write(f"{_TACTICS[said]}.")
        return True

    def natural_positive(self, count: sp.Expr) -> None:
        """See to it that `lia` knows a natural number not to be 0."""
        text = real(count).text
        if isinstance(count, sp.Rational) or ("natural", text) in self.known:
            return
        self.positive(count)
        natural = length_text(Repeat(0, count))
        self.fact(f"0 < {text}", "pos", "NA")
        self.fact(f"(1 <= {natural})%nat", f"natural (0 < {text})", "NA")
        self.known.add(("natural", text))

    # -- entries of vectors ------------------------------------------------------------------------

    def _entry(self, facts: Shown, said: str, term: Entry, text: str) -> bool:
        v, index = term.args
        sign = facts._entries_sign(v)
        if sign not in (("positive",) if said == POSITIVE else ("positive", "nonnegative", "zero")):
            return False
        if self._said_of(said, term, text):
            return True
        name = self.entries(said, v)
        self._fact(said, text, f"exact ({name} {in_nat(natural(index))} ltac:(inrange))")
        return True

    def _said_of(self, said: str, term: Entry, text: str) -> bool:
        """Show a sign of an entry that a hypothesis says itself to be above something."""
        for name, formula in self.hypotheses:
            if not isinstance(formula, Relation):
                continue
            h = formula.oriented()
            if h.right != term or h.op not in ("<", "<="):
                continue
            strict = h.op == "<" or self.facts.positive(h.left)
            if self.facts.nonnegative(h.left) and (strict or said == NONNEGATIVE):
                self.best(h.left)
                low = real(h.left).text
                up = self.facts.positive(h.left)
                sign, tactic = ("0 <", "pos") if up else ("0 <=", "nng")
                by = f"assert (LO : {sign} {low}) by {tactic}; clear - LO {name}; lra"
                self._fact(said, text, by)
                return True
        return False

    def entries(self, said: str, v: Vector) -> str:
        """Show that every entry of a vector has a sign; returns the name of that fact."""
        text = vector(v)
        statement = ranged("i", f"len {text.text}%R", said.format(f"ent {text.text} i"))
        property = f"fun x => {said.format('x')}"
        match v:
            case Repeat(args=(value, _)):
                self._show(said, value)
                return self.fact(statement, f"intros i _; cbn [ent rep]; {_TACTICS[said]}")
            case Concat(args=parts):
                *names, last = (self.entries(said, part) for part in parts)
                together = f"exact {last}"
                for name in reversed(names):
                    together = f"apply (cat_all ({property})); [ exact {name} | {together} ]"
                return self.fact(statement, together)
            case Steps():
                with self.proving(statement) as name:
                    self.write(f"apply (steps_all ({property})); [ intros; reflexivity |].")
                    with self.under(v) as (_, member):
                        every = self.entries(said, member)
                        self.write(f"exact {every}.")
                return name
            case Sorted(args=(inner,)):
                every = self.entries(said, inner)
                return self.fact(statement, f"exact (sorted_all ({property}) _ {every})")
        return self._entries_of_part(said, v, text, statement)

    def _entries_of_part(self, said: str, v: Vector, text: Expression, statement: str) -> str:
        """Show the sign of every entry of what is not put together of others."""
        index = bound_symbol(-1 - self.facts._depth, "count")
        by_kind = said == NONNEGATIVE and is_nonnegative_vector(v)
        if by_kind and isinstance(v, VectorSymbol):
            return self.fact(statement, "cbn [ent len]; auto")
        every = [h for _, h in self.hypotheses if isinstance(h, Every) and h.args[2] == length(v)]
        if isinstance(v, Map) and said == NONNEGATIVE and (by_kind or not every):
            with self.proving(statement) as name:
                self.write("intros i B; cbn [ent vmap].")
                self.write(f"{self._general_entry(v.args[2], 'i')}.")
                self.nonnegative(v.body.xreplace({v.variable: _probe(v.args[2])}))
                self.write("nng.")
            return name
        # under an index: what the hypotheses say of every one
        probe_binder = Total(Entry(v, index), index, length(v))
        with self.proving(statement) as name, self.under(probe_binder) as (_, body):
            self._show(said, body)
            self.write(f"change ({said.format(real(body).text)}); {_TACTICS[said]}.")
        return name

    def nonzero_vector(self, v: Vector) -> None:
        """See to it that `nzv` shows a vector not to be 0."""
        text = vector(v).text
        if ("vector", text) in self.known:
            return
        self._show_vector(v, text)
        self.known.add(("vector", text))

    def _show_vector(self, v: Vector, text: str) -> None:
        facts = self.facts
        for name, h in self.hypotheses:
            if h == NonZero(v):
                return
            if h == Not(Constant(v)):
                self.fact(f"nonzero {text}", f"exact (nonzero_nc _ {name})")
                return
            for index in v.indices if isinstance(v, VectorSymbol) else ():
                if isinstance(h, Every) and h.at(index) == NonZero(v):
                    by = f"exact ({name} {in_nat(natural(index))} ltac:(inrange))"
                    self.fact(f"nonzero {text}", by)
                    return
        match v:
            case Repeat(args=(value, count)) if facts.nonzero(value):
                self.nonzero(value)
                self.natural_positive(count)
                return
            case Concat(args=parts):
                for part in parts:
                    if facts.nonzero_vector(part):
                        self.nonzero_vector(part)
                        return
            case Steps():
                self.natural_positive(v.args[2])
                member = f"nonzero {vector(v.body).text}"
                said = ranged(variable_name(v.variable), natural(v.args[2]), member)
                with self.proving(said, "HV") as every, self.under(v) as (_, body):
                    self.nonzero_vector(body)
                    self.write("nzv.")
                by = f"apply nonzero_steps; [ inrange | exact ({every} 1%nat ltac:(inrange)) ]"
                self.fact(f"nonzero {text}", by)
                return
            case Map():
                self._show_map(v, text)
                return
        raise UntranslatedError(f"that {v} is not 0")

    def _show_map(self, v: Map, text: str) -> None:
        factor, inner = self.facts.multiple(v), v.args[2]
        if factor is not None and self.facts.nonzero(factor):
            self.nonzero(factor)
            self.nonzero_vector(inner)
            c = real(factor).text
            with self.proving(f"nonzero {text}"):
                self.write(f"apply (nonzero_multiple {c}); [| neq0 | nzv ].")
                x = bound_symbol(-1 - self.facts._depth, "real")
                self.write(f"intros {real(x).text}.")
                self.equal(real(v.at(x)), mul(real(factor), real(x)))
            return
        self.natural_positive(length(v))
        with self.proving(f"nonzero {text}"):
            self.write("exists 1%nat; split; [ cbn [len vmap]; inrange |]; cbn [ent vmap].")
            self.write(f"{self._general_entry(inner, '1')}.")
            self.positive(v.body.xreplace({v.variable: _probe(inner)}))
            self.write("apply not_eq_sym, Rlt_not_eq; pos.")

    def _general_entry(self, v: Vector, index: str) -> str:
        """Return what puts a variable in the place of an entry, with what its kind says of it."""
        place = Expression("natural", (), bound_symbol(0, "count"), index, natural=index)
        at = entry_at(vector(v), place).text
        name = real(_probe(v)).text
        if not is_nonnegative_vector(v):
            return f"generalize {at}; intros {name}"
        every = self.entries(NONNEGATIVE, v)
        return (
            f"assert (KX : 0 <= {at}) by (apply {every}; cbn [len] in *; inrange); "
            f"revert KX; generalize {at}; intros {name} KX"
        )

    # -- from the normal form and a hypothesis ---------------------------------------------------

    def _on_rank_below(self, facts: Shown, said: str, term: sp.Expr, text: str) -> bool:
        kept, self._rank = self._rank, facts._rank - 1
        shown = self._from_hypotheses(facts, said, term, text)
        self._rank = kept
        return shown

    def _from_hypotheses(self, facts: Shown, said: str, term: sp.Expr, text: str) -> bool:
        weaker = facts._weaker
        if weaker is None:
            return False
        try:
            form = facts.algebra.form(term)
        except NotAlgebraicError:
            return False
        if form.denominator != {ONE: Fraction(1)}:
            return self._fraction(weaker, said, term, form)
        if self._of_form(weaker, said, term, form):
            return True
        for by, low, high, strict in self._differences(form):
            try:
                difference = facts.algebra.form(high - low)
            except NotAlgebraicError:
                continue
            rest = facts.algebra.subtract(form, difference)
            sign = weaker._form_sign(rest)
            if sign != "unknown" and (said == NONNEGATIVE or strict or sign == "positive"):
                apart = self._apart(by, low, high, strict=strict)
                parts = [apart]
                if rest.numerator:
                    self._monomials(weaker, rest.numerator)
                    parts.append(real(as_term(rest)))
                self._by_equation(said, term, add(*parts))
                return True
            if difference.denominator != form.denominator:
                continue
            ratio = facts.algebra.monomial_ratio(form.numerator, difference.numerator)
            sign = weaker._factor_sign(ratio[1], ratio[0]) if ratio is not None else "unknown"
            if ratio is not None and (
                (sign == "positive" and (strict or said == NONNEGATIVE))
                or (sign == "nonnegative" and said == NONNEGATIVE)
            ):
                apart = self._apart(by, low, high, strict=strict)
                self._monomials(weaker, {ratio[1]: ratio[0]})
                factor = real(monomial_term(*ratio))
                self._by_equation(said, term, mul(factor, apart))
                return True
        return False

    def _fraction(self, weaker: Shown, said: str, term: sp.Expr, form: Form) -> bool:
        for sign in (1, -1):
            above, below = (
                as_sum({m: c * sign for m, c in polynomial.items()})
                for polynomial in (form.numerator, form.denominator)
            )
            if weaker.positive(below) and _shown(weaker, said, above):
                self._show(said, above)
                self.positive(below)
                self._by_equation(said, term, mul(real(above), whole_power(real(below), -1)))
                return True
        return False

    def _of_form(self, weaker: Shown, said: str, term: sp.Expr, form: Form) -> bool:
        sign = weaker._form_sign(form)
        if sign == "unknown" or (said == POSITIVE and sign != "positive"):
            return False
        self._monomials(weaker, form.numerator)
        self._by_equation(said, term, real(as_term(form)))
        return True

    def _monomials(self, weaker: Shown, polynomial: Polynomial) -> None:
        """Show the signs of the atoms of monomials that are not negative."""
        for m, _ in monomials(polynomial):
            for atom, _ in atoms(m):
                if not isinstance(atom, sp.Integer):
                    if weaker.positive(atom):
                        self.positive(atom)
                    elif weaker.nonnegative(atom):
                        self.nonnegative(atom)

    def _by_equation(self, said: str, term: sp.Expr, other: Expression) -> None:
        """Show a sign of a term that is equal to an expression of that sign."""
        text = real(term).text
        if other.text == text:
            self._fact(said, text, _TACTICS[said])
            return
        with self.proving(said.format(text)):
            with self.proving(f"{text} = {other.text}", "EQ") as equation:
                self.equal(real(term), other)
            sign = said.format("zz")
            self.write(f"refine (eq_ind_r (fun zz : R => {sign}) _ {equation}); {_TACTICS[said]}.")
        self.known.add((said, text))

    def _apart(self, by: str, low: sp.Expr, high: sp.Expr, *, strict: bool) -> Expression:
        apart = minus(real(high), real(low))
        said = POSITIVE if strict else NONNEGATIVE
        if (said, apart.text) not in self.known:
            self._fact(said, apart.text, by)
        return apart

    def _differences(self, form: Form) -> Iterator[_Difference]:
        """Yield what the hypotheses say of an order, and what counts and ceilings do."""
        for name, h in self.hypotheses:
            by = f"clear - {name}; lra"
            match h:
                case Relation(op="="):
                    yield by, h.left, h.right, False
                    yield by, h.right, h.left, False
                case Relation(op=op) if op != "!=":
                    low = h.oriented()
                    yield by, low.left, low.right, low.op == "<"
                case NonZero(args=(VectorSymbol() as v,)):
                    yield f"long (nonzero_len _ {name})", sp.Integer(1), length(v), False
                case Not(args=(Constant(args=(VectorSymbol() as v,)),)):
                    yield f"long (not_constant_len _ {name})", sp.Integer(2), length(v), False
        found = {atom: None for m, _ in monomials(form.numerator) for atom, _ in atoms(m)}
        for atom in found:
            if isinstance(atom, sp.Symbol) and kind_of(atom) == "count":
                yield "lra", sp.Integer(1), atom, False
            elif isinstance(atom, Ceiling):
                inside = real(atom.args[0]).text
                yield f"assert (CE := ceil_ge {inside}); lra", atom.args[0], atom, False
                yield f"assert (CE := ceil_lt {inside}); lra", atom, atom.args[0] + 1, True


def _probe(v: Vector) -> sp.Symbol:
    """Return a variable for an entry, of the kind of them all."""
    return bound_symbol(0, "nonnegative" if is_nonnegative_vector(v) else "real")


def _shown(facts: Shown, said: str, term: sp.Expr) -> bool:
    asked = {POSITIVE: facts.positive, NONNEGATIVE: facts.nonnegative, NONZERO: facts.nonzero}
    return asked[said](term)
