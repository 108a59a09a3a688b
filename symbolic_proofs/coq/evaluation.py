"""What terms are worth at exact values, proved.

Variables stand in the context with equations, `p = 2` and `Z.of_nat N = 5`; vectors with their
blocks. Every term gets a value, a number without variables, and a proof that it is this number.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

import sympy as sp

from ..kernel.theorem import facts_of
from ..language.kinds import is_whole
from ..language.operations import Abs, Ceiling, Exp, Log, Power, Product, Sum, Tanh
from ..language.sums import CountAtMost, NonzeroTotal, ShortestWindow
from ..language.symbols import bound_symbol
from ..language.terms import (
    Greatest,
    Least,
    NonzeroCount,
    Norm,
    OnNonzero,
    PowerSum,
    PQIndex,
    Total,
)
from ..language.vectors import Concat, Entry, Map, Repeat, Sorted, Steps, Vector, VectorSymbol
from .closed import at_most, compare, equal, less, rational, unequal
from .errors import UntranslatedError
from .expressions import NOWHERE, Expression, Places, natural, real, vector
from .names import name_of, variable_name
from .script import Script

#: the values of a vector with their multiplicities
Blocks = tuple[tuple[sp.Expr, int], ...]
#: the most indices that are gone through one by one
_MOST_INDICES = 400
_LARGEST_POWER = 2_000

#: the proof of x = x
_SAME = "(eq_refl _)"
_VALUE = bound_symbol(90, "real")
_EXPONENT = bound_symbol(91, "real")


class NoValueError(UntranslatedError):
    """A term without a value; `reason` is a proposition that says why, `proof` its proof."""

    def __init__(self, term: Any, reason: str, proof: str) -> None:
        super().__init__(f"{term}, which has no value")
        self.reason, self.proof = reason, proof


@dataclass(frozen=True, slots=True)
class Worth:
    """The value of a term, and the proof that it is its value."""

    value: sp.Expr
    proof: str


@dataclass(frozen=True, slots=True)
class Listed:
    """The blocks of a vector, and the proof; in order, or in any."""

    blocks: Blocks
    proof: str
    ordered: bool

    @property
    def in_blocks(self) -> str:
        """The proof that the vector has these blocks in some order."""
        return f"(order_blocks _ _ {self.proof})" if self.ordered else self.proof


class Evaluation(Script):
    """The values of terms, in the context of a proof that is being written."""

    def __init__(self) -> None:
        super().__init__(facts_of(frozenset()), [])
        self.scalars: dict[sp.Symbol, Worth] = {}
        self.wholes: dict[str, tuple[int, str]] = {}
        self.vectors: dict[str, Listed] = {}
        #: how far indices are known: from, to, and the proof
        self.ranges: dict[str, tuple[int, int, str]] = {}
        self.worths: dict[str, Worth] = {}

    @contextmanager
    def block(self) -> Iterator[None]:
        """Write a proof of one goal; values found inside are not known after it."""
        kept = dict(self.worths), dict(self.wholes), dict(self.vectors)
        with super().block():
            yield
        self.worths, self.wholes, self.vectors = kept

    # -- whole numbers -------------------------------------------------------------------------

    def whole(self, term: sp.Expr, places: Places = NOWHERE) -> tuple[int, str]:
        """Return a length or an index and the proof of `Z.of_nat n = z`."""
        text = natural(term, places)
        if text in self.wholes:
            return self.wholes[text]
        if text in self.ranges:
            raise UntranslatedError(f"{term} where it is not one number")
        facts: list[str] = []
        match term:
            case sp.Integer():
                value = int(term)
            case Sum():
                above = sum(self._of(p, places, facts) for p in term.args if not _negative(p))
                below = sum(
                    self._of(Product(-1, p), places, facts) for p in term.args if _negative(p)
                )
                value = above - below
            case Product():
                value = 1
                for part in term.args:
                    value *= self._of(part, places, facts)
            case Power():
                value = self._of(term.base, places, facts) ** self._of(term.exp, places, facts)
            case Ceiling():
                inside = self.worth(term, places)
                value = int(inside.value)
                if value < 0:
                    raise UntranslatedError(f"{term} as a length or an index")
                proof = f"apply eq_IZR in {inside.proof}; rewrite {inside.proof}; reflexivity"
                name = self.fact(f"Z.of_nat {text} = {_integer(value)}", proof, "ZN")
                self.wholes[text] = value, name
                return self.wholes[text]
            case _:
                raise UntranslatedError(f"{term} as a length or an index")
        known = "".join(f"pose proof {f}; " for f in dict.fromkeys(facts))
        push = "rewrite ?Nat2Z.inj_add, ?Nat2Z.inj_mul, ?Nat2Z.inj_pow"
        rewritten = "".join(f", ?{f}" for f in dict.fromkeys(facts))
        name = self.fact(
            f"Z.of_nat {text} = {_integer(value)}",
            f"{known}first [ lia | ({push}{rewritten}; reflexivity) | ({push}{rewritten}; lia) ]",
            "ZN",
        )
        self.wholes[text] = value, name
        return self.wholes[text]

    def _of(self, term: sp.Expr, places: Places, facts: list[str]) -> int:
        value, name = self.whole(term, places)
        facts.append(name)
        return value

    # -- terms ---------------------------------------------------------------------------------

    def worth(self, term: sp.Expr, places: Places = NOWHERE) -> Worth:
        """Return the value of a term; the proof is of `term = value`."""
        text = real(term, places).text
        if text not in self.worths:
            made = self._worth(term, places, text)
            if not made.proof.isidentifier() and made.proof != _SAME:
                proof = self.fact(f"{text} = {real(made.value).text}", f"exact {made.proof}", "EV")
                made = Worth(made.value, proof)
            self.worths[text] = made
        return self.worths[text]

    def _worth(self, term: sp.Expr, places: Places, text: str) -> Worth:
        if term in places and places[term].head == "closed":
            return Worth(places[term].term, _SAME)
        if isinstance(term, sp.Rational):
            return Worth(term, _SAME)
        if term in places or (isinstance(term, sp.Symbol) and is_whole(term)):
            value, known = self.whole(term, places)
            return Worth(sp.Integer(value), f"(inr_value _ _ {known})")
        if isinstance(term, sp.Symbol):
            return self.scalars[term]
        match term:
            case Sum() | Product() | Power(exp=sp.Integer()):
                return self._arithmetic(term, places, text)
            case Power():
                return self._power(term, places, text)
            case Abs():
                inside = self.worth(term.args[0], places)
                return self._absolute(inside, text)
            case Exp():
                return self._exponential(self.worth(term.args[0], places))
            case Log():
                return self._logarithm(term, self.worth(term.args[0], places))
            case Tanh():
                inside = self.worth(term.args[0], places)
                twice = _times(sp.Integer(2), inside.value)
                known = f"2 * {real(inside.value).text} = {real(twice).text}"
                same = self.fact(known, "same_value")
                value = Sum(1, Product(-2, Power(Sum(Exp(twice), 1), -1)))
                return self._then(text, f"tanh_value _ _ _ {inside.proof} {same}", value)
            case Ceiling():
                return self._ceiling(term, places)
            case OnNonzero():
                return self._on_nonzero(term, places)
            case Entry():
                return self._entry(term, places, text)
            case Total():
                listed = self.ranged(term.body, term.variable, term.args[2], places)
                return self._summed(
                    text,
                    f"(sum_runs _ _ _ {listed.proof})",
                    [(x, x, "", k) for x, k in listed.blocks],
                )
            case Least() | Greatest():
                return self._extreme(term, places)
            case PowerSum():
                return self._power_sum(term, places, text)
            case Norm():
                return self._norm(term, places, text)
            case PQIndex():
                return self._index(term, places, text)
            case NonzeroTotal():
                return self._over_nonzero(
                    OnNonzero(term.body, term.variable, _VALUE),
                    term.args[2],
                    places,
                    text,
                    "nztotal_blocks _",
                )
            case NonzeroCount():
                return self._over_nonzero(
                    OnNonzero(1, bound_symbol(0, "real"), _VALUE),
                    term.args[0],
                    places,
                    text,
                    "nzcount_blocks",
                )
            case CountAtMost():
                return self._counted(term, places, text)
            case ShortestWindow():
                return self._window(term, places)
        raise UntranslatedError(f"the value of {type(term).__name__}")

    def _then(self, text: str, proof: str, value: sp.Expr) -> Worth:
        """Return a value that a proof gives in other words, in short if it is rational."""
        long = value
        value, shorter = self.shortened(value)
        name = self.fresh("EV")
        self.write(f"assert ({name} : {text} = {real(value).text}).")
        with self.block():
            self._shorten(long, shorter)
            self.write(f"rewrite ({proof}); same_value.")
        return Worth(value, name)

    def _shorten(self, value: sp.Expr, shorter: str) -> None:
        """Write that this number is to be shown, if there is a proof that the goal's is equal."""
        if shorter:
            self.write(f"transitivity {real(value).text}; [ | exact {shorter} ].")

    def shortened(self, value: sp.Expr) -> tuple[sp.Expr, str]:
        """Return a rational number for what is one, and a proof; no proof if nothing is gained."""
        if isinstance(value, sp.Rational):
            return value, ""
        found = _folded(value)
        if found is None:
            near = rational(value)
            if near is None:
                return value, ""
            try:
                return near, equal(self, value, near)
            except UntranslatedError:
                return value, ""
        return found, ""

    def _arithmetic(self, term: sp.Expr, places: Places, text: str) -> Worth:
        parts: dict[str, Worth] = {}
        value = self._skeleton(term, places, parts)
        if real(value).text == text:
            parts = {}
        short, proof = self.shortened(value)
        name = self.fresh("EV")
        known = [parts[t].proof for t in sorted(parts, key=len, reverse=True)]
        self.write(f"assert ({name} : {text} = {real(short).text}).")
        with self.block():
            self._shorten(value, proof)
            for by in known:
                self.write(f"rewrite ?({by}).")
            self.write("same_value.")
        return Worth(short, name)

    def _skeleton(self, term: sp.Expr, places: Places, parts: dict[str, Worth]) -> sp.Expr:
        """Return the value of what arithmetic makes of parts, which are collected."""
        if term not in places and isinstance(term, sp.Rational):
            return term
        if term not in places and isinstance(term, Sum | Product):
            inside = [self._skeleton(part, places, parts) for part in term.args]
            return type(term)(*inside)
        if term not in places and isinstance(term, Power) and isinstance(term.exp, sp.Integer):
            base, k = self._skeleton(term.base, places, parts), int(term.exp)
            if k < 0 and not compare(base, sp.S.Zero):
                worth = self.worth(term.base, places)
                proof = equal(self, worth.value, sp.S.Zero)
                shown = f"(eq_trans {worth.proof} {proof})"
                raise NoValueError(term, f"{real(term.base, places).text} = 0", shown)
            if isinstance(base, sp.Rational):
                return sp.Rational(base) ** k
            return Power(base, k)
        worth = self.worth(term, places)
        if worth.proof != _SAME:
            parts[real(term, places).text] = worth
        return worth.value

    def _power(self, term: sp.Expr, places: Places, text: str) -> Worth:
        base, exponent = self.worth(term.base, places), self.worth(term.exp, places)
        return self.power_of(base, exponent, text, term, places)

    def power_of(
        self, base: Worth, exponent: Worth, text: str, term: sp.Expr, places: Places
    ) -> Worth:
        """Return the value of a power that is written as `text`."""
        side = compare(base.value, sp.S.Zero)
        if side < 0:
            shown = f"(at_lt _ _ _ _ {base.proof} (eq_refl _) {less(self, base.value, sp.S.Zero)})"
            raise NoValueError(term, f"{real(term.base, places).text} < 0", shown)
        if side == 0:
            zero = self.chained(base, sp.S.Zero)
            if compare(exponent.value, sp.S.Zero) <= 0:
                low = at_most(self, exponent.value, sp.S.Zero)
                shown = f"(conj {zero} (at_le _ _ _ _ {exponent.proof} (eq_refl _) {low}))"
                reason = (
                    f"({real(term.base, places).text} = 0 /\\ {real(term.exp, places).text} <= 0)"
                )
                raise NoValueError(term, reason, shown)
            return Worth(sp.S.Zero, f"(power_of_zero _ _ {zero})")
        if not compare(base.value, sp.S.One):
            return Worth(sp.S.One, f"(power_of_one _ _ {self.chained(base, sp.S.One)})")
        if isinstance(base.value, sp.Rational) and isinstance(exponent.value, sp.Integer):
            return self._whole_power(base, exponent, text)
        grown = self.as_exponential(base)
        if grown is not None:
            inside, proof = grown
            step = f"power_of_exp _ _ _ _ {proof} {exponent.proof}"
        else:
            inside = Log(base.value)
            positive = less(self, sp.S.Zero, base.value)
            step = f"power_value _ _ _ _ {base.proof} {exponent.proof} {positive}"
        made = _times(exponent.value, inside)
        if made == 0:
            self.write(f"assert ({(name := self.fresh('EV'))} : {text} = 1).")
            self.write(f"{{ rewrite ({step}); apply exp_zero; same_value. }}")
            return Worth(sp.S.One, name)
        value, shorter = self.shortened(Exp(made))
        name = self.fresh("EV")
        self.write(f"assert ({name} : {text} = {real(value).text}).")
        with self.block():
            self._shorten(Exp(made), shorter)
            self.write(f"rewrite ({step}); apply exp_same; same_value.")
        return Worth(value, name)

    def _whole_power(self, base: Worth, exponent: Worth, text: str) -> Worth:
        k = int(exponent.value)
        if k == 0:
            apart = unequal(self, base.value, sp.S.Zero)
            return Worth(sp.S.One, f"(power_zero _ _ _ {base.proof} {exponent.proof} {apart})")
        if abs(k) > _LARGEST_POWER:
            raise UntranslatedError(f"the power {k} of {base.value}")
        lemma = "power_whole" if k > 0 else "power_below"
        positive = less(self, sp.S.Zero, base.value)
        step = f"{lemma} _ _ _ {abs(k)} {abs(k)} {base.proof} {exponent.proof} eq_refl {positive}"
        value = sp.Rational(base.value) ** k
        name = self.fact(f"{text} = {real(value).text}", f"rewrite ({step}); same_value", "EV")
        return Worth(value, name)

    def as_exponential(self, base: Worth) -> tuple[sp.Expr, str] | None:
        """Return s with the value e^s, and the proof, for a product of exponentials."""
        if isinstance(base.value, Exp):
            return base.value.args[0], base.proof
        if not isinstance(base.value, Product | Power):
            return None
        exponents = []
        for part in base.value.args if isinstance(base.value, Product) else (base.value,):
            inside, k = (part.base, part.exp) if isinstance(part, Power) else (part, sp.S.One)
            if isinstance(inside, Exp):
                exponents.append(_times(k, inside.args[0]))
            elif isinstance(inside, sp.Rational) and inside > 0:
                exponents.append(_times(k, Log(inside)))
            else:
                return None
        total = Sum(*exponents)
        proof = equal(self, base.value, Exp(total))
        return total, f"(eq_trans {base.proof} {proof})"

    def chained(self, worth: Worth, value: sp.Expr) -> str:
        """Return the proof that a term is this number, which its value is equal to."""
        if worth.value == value:
            return worth.proof
        return f"(eq_trans {worth.proof} {equal(self, worth.value, value)})"

    def _absolute(self, inside: Worth, text: str) -> Worth:
        if compare(inside.value, sp.S.Zero) >= 0:
            return Worth(
                inside.value,
                f"(abs_ge0 _ _ {inside.proof} {at_most(self, sp.S.Zero, inside.value)})",
            )
        low = at_most(self, inside.value, sp.S.Zero)
        return self._then(
            text, f"abs_le0 _ _ {inside.proof} {low}", _times(sp.S.NegativeOne, inside.value)
        )

    def _exponential(self, inside: Worth) -> Worth:
        if not compare(inside.value, sp.S.Zero):
            return Worth(sp.S.One, f"(exp_zero _ {self.chained(inside, sp.S.Zero)})")
        if isinstance(inside.value, Log):
            positive = less(self, sp.S.Zero, inside.value.args[0])
            proof = f"(eq_trans (exp_value _ _ {inside.proof}) (exp_ln _ {positive}))"
            return Worth(inside.value.args[0], proof)
        return Worth(Exp(inside.value), f"(exp_value _ _ {inside.proof})")

    def _logarithm(self, term: sp.Expr, inside: Worth) -> Worth:
        if compare(inside.value, sp.S.Zero) <= 0:
            low = at_most(self, inside.value, sp.S.Zero)
            shown = f"(at_le _ _ _ _ {inside.proof} (eq_refl _) {low})"
            raise NoValueError(term, f"{real(term.args[0]).text} <= 0", shown)
        if not compare(inside.value, sp.S.One):
            return Worth(sp.S.Zero, f"(ln_one _ {self.chained(inside, sp.S.One)})")
        if isinstance(inside.value, Exp):
            return Worth(inside.value.args[0], f"(ln_of_exp _ _ {inside.proof})")
        return Worth(Log(inside.value), f"(ln_value _ _ {inside.proof})")

    def _ceiling(self, term: sp.Expr, places: Places) -> Worth:
        inside = self.worth(term.args[0], places)
        if not isinstance(inside.value, sp.Rational):
            raise UntranslatedError(f"{term} of an irrational number")
        z = -((-int(inside.value.p)) // int(inside.value.q))
        low, high = (
            less(self, sp.Integer(z - 1), inside.value),
            at_most(self, inside.value, sp.Integer(z)),
        )
        below = self.fact(
            f"{real(sp.Integer(z)).text} - 1 < {real(inside.value).text}",
            f"pose proof ({low}); lra",
        )
        name = self.fresh("EV")
        text = real(term, places).text
        self.write(f"assert ({name} : {text} = {real(sp.Integer(z)).text}).")
        self.write(f"{{ exact (ceil_at _ _ {_integer(z)} {inside.proof} {below} {high}). }}")
        return Worth(sp.Integer(z), name)

    def _on_nonzero(self, term: Any, places: Places) -> Worth:
        body, x, v = term.args
        inside = self.worth(v, places)
        if not compare(inside.value, sp.S.Zero):
            return Worth(sp.S.Zero, f"(onz_at_zero _ _ {self.chained(inside, sp.S.Zero)})")
        at = self.worth(body, {**places, x: closed(inside.value)})
        apart = unequal(self, inside.value, sp.S.Zero)
        function = f"(fun {variable_name(x)} => {real(body, places).text})"
        return Worth(
            at.value, f"(eq_trans (onz_at {function} _ _ {inside.proof} {apart}) {at.proof})"
        )

    # -- sums over vectors ---------------------------------------------------------------------

    def _summed(
        self, text: str, proof: str, parts: Sequence[tuple[sp.Expr, sp.Expr, str, int]]
    ) -> Worth:
        """Return a sum over blocks: (entry, value of the function there, proof, times)."""
        value = Sum(*(_times(sp.Integer(k), v) for _, v, _, k in parts)) if parts else sp.S.Zero
        short, shorter = self.shortened(value)
        name = self.fresh("EV")
        self.write(f"assert ({name} : {text} = {real(short).text}).")
        with self.block():
            self._shorten(value, shorter)
            self.write(f"rewrite {proof}; cbn [app bsum fold_right fst snd].")
            for by in dict.fromkeys(by for _, _, by, _ in parts if by and by != _SAME):
                self.write(f"rewrite ?({by}).")
            self.write("same_value.")
        return Worth(short, name)

    def _at_blocks(
        self, body: sp.Expr, blocks: Blocks, places: Places
    ) -> list[tuple[sp.Expr, sp.Expr, str, int]]:
        parts = []
        for x, k in blocks:
            at = self.worth(body, {**places, _VALUE: closed(x)})
            parts.append((x, at.value, at.proof, k))
        return parts

    def _power_sum(self, term: Any, places: Places, text: str) -> Worth:
        v, r = term.args
        listed, exponent = self.listed(v, places), self.worth(r, places)
        there = {**places, _EXPONENT: closed(exponent.value)}
        parts = self._at_blocks(Power(Abs(_VALUE), _EXPONENT), listed.blocks, there)
        return self._summed(
            text, f"(psum_value _ _ _ _ {listed.in_blocks} {exponent.proof})", parts
        )

    def _norm(self, term: Any, places: Places, text: str) -> Worth:
        v, r = term.args
        total = self.worth(PowerSum(v, r), places)
        below = self._inverse(r, places)
        return self._norm_of(total, below, text, term)

    def _norm_of(self, total: Worth, below: Worth, text: str, term: sp.Expr) -> Worth:
        there = {_VALUE: closed(total.value), _EXPONENT: closed(below.value)}
        made = self.worth(Power(_VALUE, _EXPONENT), there)
        return Worth(
            made.value, f"(eq_trans (norm_value _ _ _ _ {total.proof} {below.proof}) {made.proof})"
        )

    def _inverse(self, r: sp.Expr, places: Places) -> Worth:
        inside = self.worth(r, places)
        if not compare(inside.value, sp.S.Zero):
            raise NoValueError(
                Power(r, -1), f"{real(r, places).text} = 0", self.chained(inside, sp.S.Zero)
            )
        text = f"(/ {real(r, places).text})"
        value = (
            sp.Rational(1) / inside.value
            if isinstance(inside.value, sp.Rational)
            else Power(inside.value, -1)
        )
        name = self.fact(
            f"{text} = {real(value).text}", f"{rewriting(inside.proof)}same_value", "EV"
        )
        return Worth(value, name)

    def _index(self, term: Any, places: Places, text: str) -> Worth:
        v, p, q = term.args
        listed = self.listed(v, places)
        if not any(compare(x, sp.S.Zero) for x, _ in listed.blocks):
            shown = self.not_nonzero(v, places)
            raise NoValueError(term, f"~ nonzero {vector(v, places).text}", shown)
        n = sum(k for _, k in listed.blocks)
        size = self.fact(
            f"INR (len {vector(v, places).text}) = {n}",
            f"exact (blocks_len _ _ {_integer(n)} {listed.in_blocks} eq_refl)",
            "EV",
        )
        one, other = self._inverse(q, places), self._inverse(p, places)
        apart = _plus(one.value, _times(sp.S.NegativeOne, other.value))
        statement = f"/ {real(q, places).text} - / {real(p, places).text} = {real(apart).text}"
        gap = self.fact(statement, f"{rewriting(one.proof, other.proof)}same_value", "EV")
        a, b = self.worth(Norm(v, p), places), self.worth(Norm(v, q), places)
        a_, b_ = bound_symbol(92, "real"), bound_symbol(93, "real")
        made = Sum(1, Product(-1, Power(_VALUE, _EXPONENT), a_, Power(b_, -1)))
        there = {
            _VALUE: closed(sp.Integer(n)),
            _EXPONENT: closed(apart),
            a_: closed(a.value),
            b_: closed(b.value),
        }
        inside = self.worth(made, there)
        name = self.fresh("EV")
        self.write(f"assert ({name} : {text} = {real(inside.value).text}).")
        step = f"PQI_value _ _ _ _ _ _ _ {size} {gap} {a.proof} {b.proof}"
        self.write(f"{{ rewrite ({step}); transitivity {real(made, there).text};")
        self.write(f"  [ same_value | exact {inside.proof} ]. }}")
        return Worth(inside.value, name)

    def _over_nonzero(self, body: Any, v: Vector, places: Places, text: str, lemma: str) -> Worth:
        listed = self.listed(v, places)
        parts = self._at_blocks(body, listed.blocks, places)
        return self._summed(text, f"({lemma} _ _ {listed.in_blocks})", parts)

    def _counted(self, term: Any, places: Places, text: str) -> Worth:
        v, b = term.args
        listed, bound = self.listed(v, places), self.worth(b, places)
        parts = []
        for x, k in listed.blocks:
            if compare(x, bound.value) <= 0:
                parts.append((x, sp.S.One, f"at_most_1 _ _ {at_most(self, x, bound.value)}", k))
            else:
                parts.append((x, sp.S.Zero, f"at_most_0 _ _ {less(self, bound.value, x)}", k))
        return self._summed(text, f"(atmost_value _ _ _ _ {listed.in_blocks} {bound.proof})", parts)

    def _extreme(self, term: Any, places: Places) -> Worth:
        least = isinstance(term, Least)
        listed = self.ranged(term.body, term.variable, term.args[2], places)
        best = listed.blocks[0][0]
        for x, _ in listed.blocks[1:]:
            if compare(x, best) * (1 if least else -1) < 0:
                best = x
        is_best = f"(fun x => x = {real(best).text})"
        reached = self.one_of(
            listed.blocks, is_best, lambda x: None if compare(x, best) else equal(self, x, best)
        )
        says = (
            f"(fun x => {real(best).text} <= x)" if least else f"(fun x => x <= {real(best).text})"
        )
        bound = self.each_of(
            listed.blocks,
            says,
            lambda x: at_most(self, best, x) if least else at_most(self, x, best),
        )
        lemma = "least_runs" if least else "greatest_runs"
        return Worth(best, f"({lemma} _ _ _ {real(best).text} {listed.proof} {reached} {bound})")

    def one_of(self, blocks: Blocks, says: str, proof: Any) -> str:
        """Write that a property holds of some block, by the first proof there is."""
        for count, (x, k) in enumerate(blocks):
            made = proof(x) if k > 0 else None
            if made is not None:
                name = self.fresh("OA")
                self.write(f"assert ({name} : one {says} {listing(blocks)}).")
                down = "apply Exists_cons_tl; " * count
                self.write(
                    f"{{ {down}apply Exists_cons_hd; split; [ reflexivity | exact {made} ]. }}"
                )
                return name
        raise UntranslatedError("no entry with a property that one should have")

    def each_of(self, blocks: Blocks, says: str, proof: Any) -> str:
        """Write that a property holds of each block, and return the name."""
        name = self.fresh("EA")
        shown = [proof(x) for x, _ in blocks]
        self.write(f"assert ({name} : each {says} {listing(blocks)}).")
        with self.block():
            for by in shown:
                self.write(f"apply Forall_cons; [ right; exact {by} |].")
            self.write("apply Forall_nil.")
        return name

    def _window(self, term: Any, places: Places) -> Worth:
        v, k = term.args
        listed = self.listed(Sorted(v), places)
        width, known = self.whole(k, places)
        size = sum(times for _, times in listed.blocks)
        if not 1 <= width <= size:
            raise UntranslatedError(f"{term}, a window that is longer than the vector")
        at, spreads = 0, []
        for x, times in listed.blocks:
            if times > 0 and at + width <= size:
                spreads.append((_value_at(listed.blocks, at + width), x))
            at += times
        values = [_plus(a, _times(sp.S.NegativeOne, b)) for a, b in spreads]
        best = values[0]
        for value in values[1:]:
            if compare(value, best) < 0:
                best = value
        best, _ = self.shortened(best)
        reached = ""
        bounds: list[str] = []
        for (a, b), value in zip(spreads, values, strict=True):
            text = f"{real(a).text} - {real(b).text}"
            same = self.fact(f"{text} = {real(value).text}", "same_value", "EQ")
            if not compare(value, best) and not reached:
                hit = f"(eq_trans {same} {equal(self, value, best)})"
                reached = f"(Exists_cons_hd _ _ _ {hit})"
                for _ in bounds:
                    reached = f"(Exists_cons_tl _ {reached})"
            bounds.append(f"(at_le _ _ _ _ (eq_refl _) {same} {at_most(self, best, value)})")
        below = "(Forall_nil _)"
        for bound in reversed(bounds):
            below = f"(Forall_cons _ {bound} {below})"
        name = self.fresh("EV")
        self.write(f"assert ({name} : {real(term, places).text} = {real(best).text}).")
        with self.block():
            self.write(f"apply (window_blocks _ _ _ _ _ {listed.proof} {known}); [ cbn; lia | |].")
            self.write(f"{{ exact {reached}. }}")
            self.write(f"{{ exact {below}. }}")
        return Worth(best, name)

    # -- vectors -------------------------------------------------------------------------------

    def listed(self, v: Vector, places: Places = NOWHERE) -> Listed:
        """Return the blocks of a vector; the proof is of `in_order` or `in_blocks`."""
        text = vector(v, places).text
        if text not in self.vectors:
            self.vectors[text] = self._listed(v, places, text)
        return self.vectors[text]

    def _listed(self, v: Vector, places: Places, text: str) -> Listed:
        match v:
            case VectorSymbol():
                return self._member(v, places, text)
            case Repeat(args=(value, count)):
                n, known = self.whole(count, places)
                worth = self.worth(value, places)
                proof = f"order_rep _ _ {_integer(n)} {known}"
                return self._named(text, proof, ((worth.value, n),), True, [worth])
            case Map(args=(body, x, inside)):
                listed = self.listed(inside, places)
                worths = [
                    self.worth(body, {**places, x: closed(value)}) for value, _ in listed.blocks
                ]
                blocks = tuple(
                    (w.value, k) for w, (_, k) in zip(worths, listed.blocks, strict=True)
                )
                lemma = "order_map" if listed.ordered else "blocks_map"
                function = f"(fun {variable_name(x)} => {real(body, places).text})"
                return self._named(
                    text, f"{lemma} {function} _ _ {listed.proof}", blocks, listed.ordered, worths
                )
            case Concat(args=parts):
                return self._joined(list(parts), places)
            case Sorted(args=(inside,)):
                return self._sorted(self.listed(inside, places), text)
            case Steps():
                return self._steps(v, places, text)
        raise UntranslatedError(f"the blocks of {type(v).__name__}")

    def _named(
        self, text: str, proof: str, blocks: Blocks, ordered: bool, worths: Sequence[Worth]
    ) -> Listed:
        """Write the blocks that a proof gives with terms in the place of their values."""
        word = "in_order" if ordered else "in_blocks"
        name = self.fresh("BL")
        self.write(f"assert ({name} : {word} {text} {listing(blocks)}).")
        with self.block():
            self.write(f"refine ({word}_same _ _ _ _ ({proof})); cbn [map app fst snd].")
            for by in dict.fromkeys(w.proof for w in worths if w.proof != _SAME):
                self.write(f"rewrite ?({by}).")
            self.write("reflexivity.")
        return Listed(blocks, name, ordered)

    def _member(self, v: VectorSymbol, places: Places, text: str) -> Listed:
        entries = " ".join([name_of(v.name), *(self._index_of(i, places) for i in v.indices)])
        known = self.vectors.get(entries)
        if known is None:
            raise UntranslatedError(f"{v}, of which no values are given")
        size = sum(k for _, k in known.blocks)
        count, proof = self.whole(v.args[1], places)
        if count != size:
            raise UntranslatedError(f"{v.name} has {size} entries, not {count}")
        name = self.fresh("BL")
        self.write(f"assert ({name} : in_order {text} {listing(known.blocks)}).")
        with self.block():
            for index in v.indices:
                self._fix(natural(index, places), *self.whole(index, places))
            self.write(f"exact ({known.proof} _ {proof}).")
        return Listed(known.blocks, name, True)

    def _index_of(self, index: sp.Expr, places: Places) -> str:
        return f"{self.whole(index, places)[0]}%nat"

    def _fix(self, text: str, value: int, proof: str) -> None:
        """Write a natural number in the goal as the numeral that it is."""
        if text != str(value):
            self.write(f"replace ({text})%nat with {value}%nat by (pose proof {proof}; lia).")

    def _joined(self, parts: list[Vector], places: Places) -> Listed:
        first, rest = parts[0], parts[1:]
        one = self.listed(first, places)
        if not rest:
            return one
        other = self._joined(rest, places)
        ordered = one.ordered and other.ordered
        a, b = (one.proof, other.proof) if ordered else (one.in_blocks, other.in_blocks)
        lemma = "order_cat" if ordered else "blocks_cat"
        return Listed((*one.blocks, *other.blocks), f"({lemma} _ _ _ _ {a} {b})", ordered)

    def _sorted(self, inside: Listed, text: str) -> Listed:
        order: list[tuple[sp.Expr, int, int]] = []
        for at, (x, k) in enumerate(inside.blocks):
            place = len(order)
            while place and compare(x, order[place - 1][0]) < 0:
                place -= 1
            order.insert(place, (x, k, at))
        blocks = tuple((x, k) for x, k, _ in order)
        steps = [at_most(self, a, b) for (a, _), (b, _) in pairwise(blocks)]
        name = self.fresh("BL")
        self.write(f"assert ({name} : in_order {text} {listing(blocks)}).")
        with self.block():
            self.write(f"apply order_sorted; [ apply (blocks_perm _ _ _ {inside.in_blocks}) |].")
            with self.block():
                left = [at for _, _, at in order]
                remaining = list(range(len(order)))
                for at in left:
                    place = remaining.index(at)
                    remaining.pop(place)
                    before = listing(tuple(inside.blocks[r] for r in remaining[:place]))
                    after = listing(tuple(inside.blocks[r] for r in remaining[place:]))
                    self.write(f"apply (take_out {before} {after}).")
                self.write("apply perm_nil.")
            with self.block():
                self.write("apply Sorted_StronglySorted; [ exact fst_transitive |].")
                self._ascending(steps, len(blocks))
        return Listed(blocks, name, True)

    def _ascending(self, steps: list[str], count: int) -> None:
        for k in range(count):
            step = f"apply HdRel_cons; exact {steps[k]}" if k < len(steps) else "apply HdRel_nil"
            self.write(f"apply Sorted_cons; [ | {step} ].")
        self.write("apply Sorted_nil.")

    def _steps(self, v: Any, places: Places, text: str) -> Listed:
        body, t, count = v.args
        n, known = self.whole(count, places)
        if not body.has(t):
            inside = self.listed(body, places)
            if len(inside.blocks) == 1:
                ((x, k),) = inside.blocks
                if inside.ordered:
                    times = " ".join(map(_integer, (k, n, k * n)))
                    proof = f"(order_of_one _ _ _ {times} {inside.proof} {known} eq_refl)"
                    return Listed(((x, k * n),), proof, True)
            blocks = tuple((x, k * n) for x, k in inside.blocks)
            return Listed(
                blocks, f"(blocks_copies _ _ _ {_integer(n)} {inside.in_blocks} {known})", False
            )
        if n > _MOST_INDICES:
            raise UntranslatedError(f"{n} steps, one by one")
        word = variable_name(t)
        function = f"(fun {word} => {vector(body, places).text})"
        name = self.fresh("BL")
        members, blocks = [], ()
        lengths = self.fact(
            f"forall {word} : nat, len {vector(body, places).text} = len ({function} 1%nat)",
            "intros; reflexivity",
        )
        for step in range(1, n + 1):
            at = numeral(t, step)
            self.wholes.setdefault(at.natural, (step, _SAME))
            members.append(self.listed(body, {**places, t: at}))
            blocks = (*blocks, *members[-1].blocks)
        ordered = all(m.ordered for m in members)
        word = "in_order" if ordered else "in_blocks"
        self.write(f"assert ({name} : {word} {text} {listing(blocks)}).")
        with self.block():
            to = natural(count, places)
            self.write(f"replace ({to})%nat with {n}%nat by (pose proof {known}; lia).")
            proof = "order_none" if ordered else "blocks_none"
            proof = f"({proof} {function})"
            lemma = "order_step" if ordered else "blocks_step"
            for step, member in enumerate(members):
                by = member.proof if ordered else member.in_blocks
                proof = f"({lemma} {function} {step} _ _ {lengths} {proof} {by})"
            self.write(f"exact {proof}.")
        return Listed(blocks, name, ordered)

    def _entry(self, term: Any, places: Places, text: str) -> Worth:
        v, index = term.args
        listed = self.listed(v, places)
        if not listed.ordered:
            raise UntranslatedError(f"an entry of {v}, whose order is not written out")
        low, high, within = self.range_of(index, places)
        at = 0
        for place, (x, k) in enumerate(listed.blocks):
            if at < low <= high <= at + k:
                name = self.fresh("EV")
                self.write(f"assert ({name} : {text} = {real(x).text}).")
                there = f"({natural(index, places)})%nat {_integer(at)}"
                of = f"{vector(v, places).text} {listing(listed.blocks)} {place} _ {_integer(k)}"
                proof = f"ent_run {of} {there} {listed.proof} eq_refl eq_refl"
                self.write(f"{{ apply ({proof}); {within}lia. }}")
                return Worth(x, name)
            at += k
        raise UntranslatedError(f"{term}, which is not one entry")

    def range_of(self, index: sp.Expr, places: Places) -> tuple[int, int, str]:
        """Return the least and the greatest that an index may be, and tactics that say why."""
        moving = [v for v in index.free_symbols if v in places and places[v].natural in self.ranges]
        if not moving:
            value, known = self.whole(index, places)
            return value, value, f"pose proof {known}; "
        (variable,) = moving
        low, high, known = self.ranges[places[variable].natural]
        ends, says = [], [f"pose proof {known}; "]
        for end in (low, high):
            ends.append(self._moved(index, variable, end, places, says))
        return min(ends), max(ends), "".join(dict.fromkeys(says))

    def _moved(
        self, index: sp.Expr, variable: sp.Symbol, end: int, places: Places, says: list[str]
    ) -> int:
        total = 0
        for part in index.args if isinstance(index, Sum) else (index,):
            if part == variable:
                total += end
            elif part == Product(-1, variable):
                total -= end
            elif part.has(variable):
                raise UntranslatedError(f"an entry at {index}")
            elif _negative(part):
                value, known = self.whole(Product(-1, part), places)
                total -= value
                says.append(f"pose proof {known}; ")
            else:
                value, known = self.whole(part, places)
                total += value
                says.append(f"pose proof {known}; ")
        return total

    # -- indices -------------------------------------------------------------------------------

    def ranged(self, body: sp.Expr, variable: sp.Symbol, count: sp.Expr, places: Places) -> Listed:
        """Return the values of a body for the indices 1 .. count, as blocks in order."""
        n, known = self.whole(count, places)
        name, to = variable_name(variable), natural(count, places)
        function = f"(fun {name} => {real(body, places).text})"
        blocks, runs = [], []
        for low, high in self.stretches(body, variable, n, places):
            with self.stretch(variable, low, high) as index:
                there = {**places, variable: index}
                text = real(body, there).text
                # the value is known only when its proof is written
                kept = self.lines
                self.lines = []
                with self._inside():
                    worth = self.worth(body, there)
                proof, self.lines = self.lines, kept
            says = f"{text} = {real(worth.value).text}"
            runs.append(self.run(index, low, high, says, [*proof, f"exact {worth.proof}."]))
            blocks.append((worth.value, high - low + 1))
        chain = "Logic.I"
        for run in reversed(runs):
            chain = f"(conj {run} {chain})"
        shown = tuple(blocks)
        order = self.fresh("BL")
        self.write(f"assert ({order} : in_order (mkvec {to} {function}) {listing(shown)}).")
        of = f"{function} {to} {listing(shown)} {_integer(n)}"
        self.write(f"{{ exact (order_runs {of} eq_refl {known} eq_refl {chain}). }}")
        return Listed(shown, order, True)

    def run(self, index: Expression, low: int, high: int, says: str, proof: Sequence[str]) -> str:
        """Write what holds of every index from one to another, and return the name."""
        name, j = self.fresh("RN"), index.natural
        within = f"({low - 1} < Z.of_nat {j} <= {high})%Z"
        self.write(f"assert ({name} : forall {j} : nat, {within} -> {says}).")
        self.write(f"{{ intros {j} B{j}.")
        self.lines += proof
        self.write("}")
        return name

    @contextmanager
    def _inside(self) -> Iterator[None]:
        kept = dict(self.worths), dict(self.wholes), dict(self.vectors)
        yield
        self.worths, self.wholes, self.vectors = kept

    @contextmanager
    def stretch(self, variable: sp.Symbol, low: int, high: int) -> Iterator[Expression]:
        """Give an index `j` between two bounds, as `Bj` says."""
        name = f"j{self.fresh('')}"
        within = f"B{name}"
        index = Expression("whole", (), variable, f"(INR {name})", natural=name)
        if low == high:
            self.wholes[name] = low, f"(one_index _ _ _ {within} eq_refl)"
        else:
            self.ranges[name] = low, high, within
        yield index
        self.wholes.pop(name, None)
        self.ranges.pop(name, None)

    def stretches(
        self, body: Any, variable: sp.Symbol, n: int, places: Places
    ) -> list[tuple[int, int]]:
        """Return the longest stretches of indices at which a body has one value each."""
        cuts: set[int] = set()
        single = False
        kept = body
        for e in sorted(body.atoms(Entry), key=str):
            v, index = e.args
            if not index.has(variable) or v.has(variable):
                continue
            listed = self.listed(v, places)
            if index != variable or not listed.ordered:
                single = True
            at = 0
            for _, k in listed.blocks:
                cuts.add(at)
                at += k
            kept = kept.xreplace({e: sp.S.Zero}) if index == variable else kept
        if single or _stands_in(body, variable):
            if n > _MOST_INDICES:
                raise UntranslatedError(f"{n} indices, one by one")
            return [(i, i) for i in range(1, n + 1)]
        ends = sorted({0, n} | {c for c in cuts if 0 < c < n})
        return [(a + 1, b) for a, b in pairwise(ends)]

    # -- predicates ----------------------------------------------------------------------------

    def not_nonzero(self, v: Vector, places: Places) -> str:
        """Return the proof that all entries of a vector are 0."""
        listed = self.listed(v, places)
        zeros = self.each_of(listed.blocks, "(fun x => x = 0)", lambda x: equal(self, x, sp.S.Zero))
        return f"(zero_blocks _ _ {listed.in_blocks} {zeros})"


def _stands_in(body: Any, variable: sp.Symbol) -> bool:
    """Tell whether an index stands anywhere but as the index of an entry."""
    if body == variable:
        return True
    if isinstance(body, Entry) and body.args[1] == variable and not body.args[0].has(variable):
        return False
    return any(_stands_in(part, variable) for part in body.args)


def rewriting(*proofs: str) -> str:
    """Return tactics that put values in the place of terms."""
    return "".join(f"rewrite ({by}); " for by in proofs if by != _SAME)


def closed(value: sp.Expr) -> Expression:
    """Return a number without variables as it stands in the place of a variable."""
    return Expression("closed", (), value, real(value).text)


def numeral(variable: sp.Symbol, value: int) -> Expression:
    """Return a numeral in the place of an index."""
    return Expression("whole", (), variable, f"(INR {value})", natural=str(value))


def listing(blocks: Blocks) -> str:
    """Return blocks as a list of Coq."""
    return f"[{'; '.join(f'({real(x).text}, {_integer(k)})' for x, k in blocks)}]"


def _integer(value: int) -> str:
    return f"{value}%Z" if value >= 0 else f"({value})%Z"


def _negative(part: sp.Expr) -> bool:
    first = part.args[0] if isinstance(part, Product) else part
    return isinstance(first, sp.Rational) and bool(first < 0)


def _value_at(blocks: Blocks, place: int) -> sp.Expr:
    for x, k in blocks:
        if place <= k:
            return x
        place -= k
    raise UntranslatedError("an entry beyond the end")


def _times(a: sp.Expr, b: sp.Expr) -> sp.Expr:
    if isinstance(a, sp.Rational) and isinstance(b, sp.Rational):
        return a * b
    return sp.S.Zero if a == 0 or b == 0 else Product(a, b)


def _plus(a: sp.Expr, b: sp.Expr) -> sp.Expr:
    return a + b if isinstance(a, sp.Rational) and isinstance(b, sp.Rational) else Sum(a, b)


def _folded(value: sp.Expr) -> sp.Rational | None:
    """Return the number that arithmetic makes of rational ones."""
    if isinstance(value, sp.Rational):
        return value
    if not isinstance(value, Sum | Product | Power):
        return None
    parts = [_folded(part) for part in value.args]
    if None in parts:
        return None
    if isinstance(value, Power):
        return sp.Rational(parts[0]) ** int(value.exp)
    total = sp.S.Zero if isinstance(value, Sum) else sp.S.One
    for part in parts:
        total = total + part if isinstance(value, Sum) else total * part
    return sp.Rational(total)
