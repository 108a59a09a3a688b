"""Equality of numbers: exponentials as whole powers of letters, of which some power is known.

2^(1/2) = e^(1/2 ln 2) and 8^(1/3) are powers of e^(1/6 ln 2), whose sixth power is 2.
"""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from math import lcm

import sympy as sp
from sympy.polys.rings import PolyElement, ring

from ...language.operations import Exp, Log, Power, Product, Sum
from ..errors import UntranslatedError
from ..expressions import real
from ..script import Script
from .logarithms import linear, logarithm
from .numbers import compare, less

_LARGEST_EXPONENT = 5_000
_MOST_TERMS = 3_000


def equal(script: Script, a: sp.Expr, b: sp.Expr) -> str:
    """Write that a = b by algebra and return a proof.

    Raises UntranslatedError where algebra does not show it.
    """
    left, right = real(a).text, real(b).text
    if left == right:
        return "(eq_refl _)"
    if isinstance(a, sp.Rational) and isinstance(b, sp.Rational):
        return script.fact(f"{left} = {right}", "lra", "EQ")
    equality = NumberEquality(script, a, b)
    with script.proving(f"{left} = {right}", "EQ") as name:
        equality.prove()
    return name


def at_most(script: Script, a: sp.Expr, b: sp.Expr) -> str:
    """Write that a <= b and return a proof."""
    if compare(a, b):
        return f"(Rlt_le _ _ {less(script, a, b)})"
    return f"(Req_le _ _ {equal(script, a, b)})"


class NumberEquality:
    """The proof that two numbers are equal, as rational functions of letters."""

    def __init__(self, script: Script, a: sp.Expr, b: sp.Expr) -> None:
        self.script, self.a, self.b = script, a, b
        atoms = list(dict.fromkeys([*_atoms(a), *_atoms(b)]))
        forms = {atom: linear(atom.args[0]) for atom in atoms if isinstance(atom, Exp)}
        self.forms = {atom: form for atom, form in forms.items() if form is not None}
        below: dict[sp.Expr, int] = {}
        for form in self.forms.values():
            for base, c in form.items():
                below[base] = lcm(below.get(base, 1), c.denominator)
        #: the letter of what exponents are made of, and the power of it that has no root
        self.roots = {base: (Exp(Product(sp.Rational(1, d), base)), d) for base, d in below.items()}
        self.logarithms = {x: split for x in atoms if (split := logarithm(x)) is not None}
        plain = [x for x in atoms if x not in self.forms and x not in self.logarithms]
        plain += [base for form in self.logarithms.values() for base in form]
        # of numbers under a root, those with roots in them come first
        nested = sorted(self.roots, key=lambda base: -len(str(base)))
        self.letters = list(dict.fromkeys([*(self.roots[base][0] for base in nested), *plain]))
        self.texts = [real(letter).text for letter in self.letters]
        names = [f"z{k}" for k, _ in enumerate(self.letters)] or ["z0"]
        self.ring, *gens = ring(names, sp.QQ, "lex")
        self.gens = dict(zip(self.letters, gens, strict=False))
        (n, d), (m, e) = self._fraction(a), self._fraction(b)
        self.above, self.below = n * e - m * d, d * e
        self.relations = self._relations()
        self.quotients: list[PolyElement] = [self.ring.zero] * len(self.relations)
        if self.above and self.relations:
            self.quotients, rest = self.above.div([*self.relations.values()])
        else:
            rest = self.above
        if rest:
            raise UntranslatedError(f"the equality of {a} and {b}")

    def prove(self) -> None:
        """Write the proof of a = b, which is the goal."""
        known = [self._relation(base) for base in self.relations]
        facts = self._as_letters()
        if facts:
            self.script.write(f"rewrite {', '.join('?' + f for f in facts)}.")
        if not self.above:
            self.script.write("same_value.")
            return
        zero = self._text(self.above)
        with self.script.proving(f"{zero} = 0", "ZE") as name:
            relations = self.relations.values()
            used = [x for x in zip(self.quotients, relations, known, strict=True) if x[0]]
            products = [f"{self._text(q)} * ({self._text(r)})" for q, r, _ in used]
            if products:
                self.script.write(f"transitivity ({' + '.join(products)}); [ ring |].")
                for _, r, by in used:
                    nothing = f"replace ({self._text(r)}) with 0"
                    self.script.write(f"{nothing} by (pose proof ({by}); lra).")
            self.script.write("same_value.")
        self.script.write("apply Rminus_diag_uniq; match goal with |- ?g = 0 =>")
        self.script.write(
            f"  replace g with ({zero} / {self._text(self.below)}) by same_value end."
        )
        self.script.write(f"rewrite {name}; unfold Rdiv; apply Rmult_0_l.")

    def _fraction(self, term: sp.Expr) -> tuple[PolyElement, PolyElement]:
        one = self.ring.one
        match term:
            case sp.Rational():
                return one * int(term.p), one * int(term.q)
            case Sum():
                above, below = self.ring.zero, one
                for part in term.args:
                    n, d = self._fraction(part)
                    above, below = (
                        (above + n, d) if d == below else (above * d + n * below, below * d)
                    )
                    self._bounded(above)
                return above, below
            case Product():
                above, below = one, one
                for part in term.args:
                    n, d = self._fraction(part)
                    above, below = above * n, below * d
                    self._bounded(above)
                return above, below
            case Power():
                n, d = self._fraction(term.base)
                k = int(term.exp)
                if (
                    abs(k) > 1
                    and max(len(n), len(d)) > 1
                    and abs(k) * max(len(n), len(d)) > _MOST_TERMS
                ):
                    raise UntranslatedError(f"a power {k} of a sum in an equality")
                return (n**k, d**k) if k >= 0 else (d**-k, n**-k)
        if term in self.forms:
            above, below = one, one
            for base, k in self._exponents(term):
                letter = self.gens[self.roots[base][0]]
                above, below = (above * letter**k, below) if k > 0 else (above, below * letter**-k)
            return above, below
        if term in self.logarithms:
            total = self.ring.zero
            for base, c in self.logarithms[term].items():
                total += self.gens[base] * int(c)
            return total, one
        return self.gens[term], one

    def _bounded(self, n: PolyElement) -> None:
        if len(n) > _MOST_TERMS:
            raise UntranslatedError("the equality of two long sums")

    def _exponents(self, atom: sp.Expr) -> list[tuple[sp.Expr, int]]:
        counts = [(base, int(c * self.roots[base][1])) for base, c in self.forms[atom].items()]
        if any(abs(k) > _LARGEST_EXPONENT for _, k in counts):
            raise UntranslatedError(f"a power as high as in {atom}")
        return counts

    def _relations(self) -> dict[sp.Expr, PolyElement]:
        """Return what is 0 since the power of a letter is the number that it is a root of."""
        found = {}
        for base, (letter, d) in self.roots.items():
            if base == 1 or any(
                x not in self.gens and x not in self.forms for x in _atoms(base.args[0])
            ):
                continue
            above, below = self._fraction(base.args[0])
            if below.is_ground:
                found[base] = self.gens[letter] ** d - above * (self.ring.one / below.LC)
        return found

    def _relation(self, base: sp.Expr) -> str:
        """Write which number the power of a letter is, in letters, and return a proof."""
        letter, d = self.roots[base]
        inside = base.args[0]
        value = real(inside).text
        positive = less(self.script, sp.S.Zero, inside)
        if d == 1:
            proof, power = f"exp_ln {value} {positive}", real(letter).text
        else:
            proof = f"root_power {value} {d} {d} {positive} eq_refl ltac:(lra)"
            power = f"{real(letter).text} ^ {d}"
        if facts := self._as_letters(inside):
            proof = self.script.fact(f"{power} = {value}", f"exact ({proof})", "RT")
            self.script.write(f"rewrite {', '.join(f'?{f} in {proof}' for f in facts)}.")
        return proof

    def _as_letters(self, within: sp.Expr | None = None) -> list[str]:
        """Write what exponentials and logarithms are in letters; the longest come first."""
        wanted = None if within is None else set(_atoms(within))
        facts = []
        for atom in sorted(self.forms, key=lambda atom: -len(real(atom).text)):
            if atom in self.letters or (wanted is not None and atom not in wanted):
                continue
            factors, logs = [], []
            for base, k in self._exponents(atom):
                text = real(self.roots[base][0]).text
                factors.append(f"{'/ ' if k < 0 else ''}({text} ^ {abs(k)})")
                logs.append(f"(exp_power {abs(k)} {abs(k)} _ eq_refl)")
            if not factors:  # e^0
                one = f"{real(atom).text} = 1"
                facts.append(self.script.fact(one, "apply exp_zero; same_value", "AT"))
                continue
            with self.script.proving(f"{real(atom).text} = {' * '.join(factors)}", "AT") as name:
                split = self._logarithm_facts(
                    [x for x in _atoms(atom.args[0]) if isinstance(x, Log)]
                )
                for log in logs:
                    self.script.write(f"rewrite {log}.")
                self.script.write("rewrite <- ?exp_Ropp, <- ?exp_plus; apply exp_same.")
                if split:
                    self.script.write(f"rewrite {', '.join('?' + f for f in split)}.")
                self.script.write("same_value.")
            facts.append(name)
        for atom in sorted(self.logarithms, key=lambda atom: -len(real(atom).text)):
            if wanted is None or atom in wanted:
                facts += self._logarithm_facts([atom])
        return facts

    def _logarithm_facts(self, logarithms: list[sp.Expr]) -> list[str]:
        facts = []
        for atom in dict.fromkeys(logarithms):
            form = logarithm(atom)
            if form is None or form == {atom: Fraction(1)}:
                continue
            total = Sum(*(Product(sp.Integer(int(c)), base) for base, c in form.items()))
            value = " * ".join(
                f"({'/ ' if c < 0 else ''}{base.args[0]} ^ {abs(c)})" for base, c in form.items()
            )
            with self.script.proving(f"{real(atom).text} = {real(total).text}", "LN") as name:
                self.script.write(
                    f"replace {real(atom.args[0]).text} with ({value}) by same_value."
                )
                self.script.write("lneq.")
            facts.append(name)
        return sorted(facts)

    def _text(self, polynomial: PolyElement) -> str:
        parts = []
        for exponents, c in polynomial.terms():
            factors = [real(sp.Rational(int(c.numerator), int(c.denominator))).text]
            for text, k in zip(self.texts, exponents, strict=False):
                if k:
                    factors.append(f"{text} ^ {k}" if k > 1 else text)
            parts.append(" * ".join(factors))
        return f"({' + '.join(parts) or '0'})"


def _atoms(term: sp.Expr) -> Iterator[sp.Expr]:
    """Yield the exponentials and logarithms that arithmetic makes a number of."""
    if isinstance(term, Sum | Product | Power):
        for part in term.args:
            yield from _atoms(part)
    elif not isinstance(term, sp.Rational):
        yield term
