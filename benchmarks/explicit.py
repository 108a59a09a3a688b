"""A claim at small lengths, as plain Python over numbers, as a user of another tool would write it.

Every length is fixed (`SIZES`), vectors become their entries, sums over an index are written out.
What is left are comparisons of terms in +, *, powers, absolute values, norms and I of lists of
entries. It is source text, so that it can be run on floats and on the terms of a solver alike:
`plain_floats` and `solver_terms` give its functions their meaning.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction
from keyword import iskeyword
from operator import eq, ge, gt, le, lt, ne
from typing import Any

import sympy as sp

from numeric_check.certifier.witness import Witness, blocks
from symbolic_proofs.language import formulas as f
from symbolic_proofs.language import terms as t
from symbolic_proofs.language import vectors as v
from symbolic_proofs.language.claim import Claim
from symbolic_proofs.language.kinds import is_nonnegative, is_positive, is_whole
from symbolic_proofs.language.operations import Abs, Power, Product, Sum

#: lengths, SIZE where none is given
SIZES = {"N": 3, "m": 1}
SIZE = 2
Values = Mapping[str, Any]

COMPARISONS = {"=": eq, "!=": ne, "<": lt, "<=": le, ">": gt, ">=": ge}


class NotStatedError(ValueError):
    """A claim that has no such form: one with a quantifier over numbers."""


@dataclass(frozen=True)
class Statement:
    """`kinds` gives each unknown its sign; `given` and the two sides are source text.

    `exponents` are the unknowns that stand in exponents and in orders of norms.
    """

    kinds: Mapping[str, str]
    exponents: tuple[str, ...]
    given: tuple[str, ...]
    op: str
    left: str
    right: str
    families: tuple[str, ...]
    counts: Mapping[str, int]

    @property
    def unknowns(self) -> tuple[str, ...]:
        return tuple(name for name in self.kinds if name not in self.exponents)

    def witness(self, values: Values) -> Witness:
        """Return the values by name as a witness of the claim."""
        scalars = {name: Fraction(count) for name, count in self.counts.items()}
        entries: dict[str, dict[str, list[Fraction]]] = {}
        for name in self.kinds:
            vector, *index = name.split("_")
            if index:
                member = index[0] if vector in self.families else ""
                entries.setdefault(vector, {}).setdefault(member, []).append(values[name])
            else:
                scalars[name] = values[name]
        found = {
            name: tuple(blocks((x, 1) for x in member) for member in members.values())
            for name, members in entries.items()
        }
        alone = {name: b[0] for name, b in found.items() if name not in self.families}
        return Witness(scalars, alone, {name: found[name] for name in self.families})


def statement(claim: Claim, sizes: Mapping[str, int]) -> Statement:
    """Write a claim out; `sizes` are lengths besides `SIZES`.

    Raises NotStatedError if it is quantified over numbers.
    """
    if not isinstance(claim.conclusion, f.Relation):
        raise NotStatedError(claim.id)
    writer = _Writer({**SIZES, **sizes})
    op = claim.conclusion.op
    left, right = (writer.term(s, {}) for s in (claim.conclusion.left, claim.conclusion.right))
    given = tuple(writer.formula(g, {}) for g in claim.given)
    return Statement(
        writer.kinds, tuple(sorted(writer.exponents)), given, op, left, right,
        tuple(sorted(writer.families)), writer.counts,
    )  # fmt: skip


class _Writer:
    def __init__(self, sizes: Mapping[str, int]) -> None:
        self.sizes = sizes
        self.kinds: dict[str, str] = {}
        self.exponents: set[str] = set()
        self.families: set[str] = set()
        self.counts: dict[str, int] = {}

    def whole(self, term: sp.Expr, at: Values) -> int:
        fixed = {s: at.get(s.name, self.sizes.get(s.name, SIZE)) for s in term.free_symbols}
        self.counts |= {s.name: n for s, n in fixed.items() if s.name not in at}
        return int(term.xreplace({s: sp.Integer(n) for s, n in fixed.items()}))

    def exponent(self, term: sp.Expr, at: Values) -> str:
        before = self.kinds
        self.kinds = {}
        written = self.term(term, at)
        self.exponents |= self.kinds.keys()
        self.kinds = before | self.kinds
        return written

    def unknown(self, name: str, kind: str) -> str:
        if iskeyword(name):
            raise NotStatedError(f"{name} is a word of Python")
        self.kinds[name] = kind
        return name

    def term(self, term: sp.Expr, at: Values) -> str:
        match term:
            case sp.Integer():
                return str(term)
            case sp.Rational():
                return f"power({term.q}, -1) * {term.p}"
            case sp.Symbol() if term.name in at:
                return str(at[term.name])
            case sp.Symbol() if is_whole(term):
                return str(self.whole(term, at))
            case sp.Symbol():
                return self.unknown(term.name, _kind(is_positive(term), is_nonnegative(term)))
            case Sum():
                return f"({' + '.join(self.term(a, at) for a in term.args)})"
            case Product():
                return f"({' * '.join(self.term(a, at) for a in term.args)})"
            case Power():
                return f"power({self.term(term.args[0], at)}, {self.exponent(term.args[1], at)})"
            case Abs():
                return f"absolute({self.term(term.args[0], at)})"
            case v.Entry():
                return self.entries(term.args[0], at)[self.whole(term.args[1], at) - 1]
            case t.Total() | t.Greatest() | t.Least():
                rounds = range(1, self.whole(term.args[2], at) + 1)
                parts = [self.term(term.body, {**at, term.variable.name: i}) for i in rounds]
                name = {t.Total: "total", t.Greatest: "greatest", t.Least: "least"}[type(term)]
                return f"{name}([{', '.join(parts)}])"
            case t.PowerSum() | t.Norm() | t.PQIndex() | t.NonzeroCount():
                vector, *exponents = term.args
                rest = "".join(", " + self.exponent(r, at) for r in exponents)
                return f"{_FUNCTIONS[type(term)]}([{', '.join(self.entries(vector, at))}]{rest})"
        raise NotStatedError(f"{term} is not written out")

    def entries(self, vector: Any, at: Values) -> list[str]:
        match vector:
            case v.VectorSymbol():
                indices = "".join(f"_{self.whole(i, at)}" for i in vector.indices)
                if indices:
                    self.families.add(vector.name)
                kind = _kind(False, str(vector.args[2]) == "nonnegative")
                size = self.whole(vector.args[1], at)
                names = [f"{vector.name}{indices}_{j}" for j in range(1, size + 1)]
                return [self.unknown(name, kind) for name in names]
            case v.Repeat():
                return [self.term(vector.args[0], at)] * self.whole(vector.args[1], at)
            case v.Map():
                inside = self.entries(vector.args[2], at)
                return [self.term(vector.body, {**at, vector.variable.name: x}) for x in inside]
            case v.Concat():
                return [x for part in vector.args for x in self.entries(part, at)]
            case v.Steps():
                steps = range(1, self.whole(vector.args[2], at) + 1)
                name = vector.variable.name
                return [x for i in steps for x in self.entries(vector.body, {**at, name: i})]
        raise NotStatedError(f"{vector} is not written out")

    def formula(self, formula: f.Formula, at: Values) -> str:
        match formula:
            case f.Relation():
                left, right = self.term(formula.left, at), self.term(formula.right, at)
                return f"compare({formula.op!r}, {left}, {right})"
            case f.NonZero():
                return f"nonzero([{', '.join(self.entries(formula.args[0], at))}])"
            case f.Not():
                return f"no({self.formula(formula.args[0], at)})"
            case f.SameVector() | f.SameZeros():
                first, second = (self.entries(vector, at) for vector in formula.args)
                name = "same" if isinstance(formula, f.SameVector) else "same_zeros"
                return f"{name}([{', '.join(first)}], [{', '.join(second)}])"
            case f.And():
                return f"every([{', '.join(self.formula(part, at) for part in formula.args)}])"
            case f.Every() | f.Some():
                name = "every" if isinstance(formula, f.Every) else "some"
                rounds = range(1, self.whole(formula.args[2], at) + 1)
                inside = [
                    self.formula(formula.body, {**at, formula.variable.name: i}) for i in rounds
                ]
                return f"{name}([{', '.join(inside)}])"
        raise NotStatedError(f"{formula} is not written out")


_FUNCTIONS = {
    t.PowerSum: "power_sum",
    t.Norm: "norm",
    t.PQIndex: "pq_index",
    t.NonzeroCount: "nonzero_count",
}


def _kind(positive: bool | None, nonnegative: bool | None) -> str:
    return "positive" if positive else "nonnegative" if nonnegative else "real"
