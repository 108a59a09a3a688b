"""A counterexample as three lines of NumPy, to paste into a review or a notebook.

The lines compute in floating point what the certificate shows exactly; they prove nothing, they let
a reader see for themselves.
"""

from __future__ import annotations

import keyword
from collections.abc import Callable, Mapping
from typing import Any

import sympy as sp

from numeric_check.certifier.certify import Undecided, decide
from numeric_check.certifier.numbers.exact import ValuelessError
from numeric_check.certifier.witness import Blocks, Witness
from symbolic_proofs.language import formulas as f
from symbolic_proofs.language import operations as o
from symbolic_proofs.language import sums, terms, vectors
from symbolic_proofs.language.claim import Claim

from ..errors import AuditError

#: entries of a vector up to which it is written out
LONGEST = 10_000


#: equal neighbours up to which each is written
_FEW = 3


class NoCodeError(AuditError, ValueError):
    """What has no form in a line of NumPy."""


def numpy_lines(claim: Claim, witness: Witness) -> list[str]:
    """Return the lines that show that the conclusion of a claim fails at a witness.

    Raises NoCodeError for quantified conclusions, functions of a user's, and very long vectors.
    """
    conclusion, names = claim.conclusion, _names(witness)
    code = _Code(names)
    values = [f"{names[n]} = {v}" for n, v in witness.scalars.items()]
    values += [f"{names[n]} = {_array(v)}" for n, v in witness.vectors.items()]
    values += [
        f"{names[n]} = [{', '.join(map(_array, members))}]"
        for n, members in witness.families.items()
    ]
    if isinstance(conclusion, f.Relation):
        left, right = code.term(conclusion.left), code.term(conclusion.right)
        sign = _SIGNS[conclusion.op]
        told = f"left {sign} right"
        if conclusion.op in ("<", ">", "!=") and _are_equal(conclusion, witness):
            # rounding would say that one is the larger
            sign, told = "is", "np.isclose(left, right)"
        shown = f'print(left := {left}, "{sign}", right := {right}, {told})'
    else:
        shown = f"print({code.formula(conclusion)})"
    return ["import numpy as np", "; ".join(values) or "pass", shown]


def refutation_lines(claim: Claim, witness: Mapping[str, Any]) -> list[str]:
    """Return the lines for a stored counterexample, or one that says why there are none."""
    try:
        return numpy_lines(claim, Witness.from_json(witness))
    except NoCodeError as error:
        return [f"# not in NumPy: {error}"]


def _are_equal(relation: f.Relation, witness: Witness) -> bool:
    try:
        return decide(f.Relation("=", relation.left, relation.right), witness)
    except (Undecided, ValuelessError):
        return False


_SIGNS = {"=": "=="} | {sign: sign for sign in ("!=", "<", "<=", ">", ">=")}


def _names(witness: Witness) -> dict[str, str]:
    """Return a Python name for each name of a witness."""
    found: dict[str, str] = {}
    for name in (*witness.scalars, *witness.vectors, *witness.families):
        plain = name.replace("'", "_")
        while keyword.iskeyword(plain) or plain in ("np", "left", "right", *found.values()):
            plain += "_"
        found[name] = plain
    return found


def _array(blocks: Blocks) -> str:
    if sum(times for _, times in blocks) > LONGEST:
        raise NoCodeError(f"a vector of more than {LONGEST} entries")
    if all(times <= _FEW for _, times in blocks):
        entries = [str(value) for value, times in blocks for _ in range(times)]
        return f"np.array([{', '.join(entries)}], float)"
    return f"np.array({' + '.join(f'[{value}]*{times}' for value, times in blocks)}, float)"


class _Code:
    """Writes terms, vectors and formulas as expressions of Python."""

    def __init__(self, names: dict[str, str]) -> None:
        self.names = names
        self.bound: dict[sp.Symbol, str] = {}

    def term(self, node: sp.Expr) -> str:
        """Return the expression of a number."""
        match node:
            case sp.Integer():
                return str(node) if node >= 0 else f"({node})"
            case sp.Rational():
                return f"({node.p}/{node.q})"
            case o.Variable():
                return self.bound.get(node) or self._named(node.name)
            case o.Sum():
                return f"({' + '.join(map(self.term, node.args))})"
            case o.Product():
                return f"({'*'.join(map(self.term, node.args))})"
            case o.Power(args=(base, exponent)):
                return f"({self.term(base)}**{self.term(exponent)})"
            case vectors.Entry(args=(v, index)):
                return f"{self.vector(v)}[{self.term(index)} - 1]"
            case terms.PowerSum(args=(v, r)):
                return f"np.sum(np.abs({self.vector(v)})**{self.term(r)})"
            case terms.Norm(args=(v, r)):
                return f"(np.sum(np.abs({self.vector(v)})**{self.term(r)})**(1/{self.term(r)}))"
            case terms.NonzeroCount(args=(v,)):
                return f"np.count_nonzero({self.vector(v)})"
            case terms.PQIndex():
                return self.term(terms.definition(node))
            case terms.Total() | terms.Least() | terms.Greatest():
                head = {"Total": "sum", "Least": "min", "Greatest": "max"}[type(node).__name__]
                return f"{head}({self._over(node, self.term)})"
            case sums.NonzeroTotal(args=(_, x, v)):
                letter = self._letter(x)
                return f"sum({self.term(node.body)} for {letter} in {self.vector(v)} if {letter})"
            case terms.OnNonzero(args=(_, x, value)):
                letter, put = self._letter(x), self.term(value)
                return f"sum({self.term(node.body)} for {letter} in [{put}] if {letter})"
            case sums.CountAtMost(args=(v, bound)):
                return f"np.sum({self.vector(v)} <= {self.term(bound)})"
            case sums.ShortestWindow(args=(v, width)):
                k = self.term(width)
                ordered = f"np.sort({self.vector(v)})"
                return f"np.min({ordered}[{k} - 1:] - {ordered}[:len({ordered}) - {k} + 1])"
        if type(node) in _FUNCTIONS:
            return f"{_FUNCTIONS[type(node)]}({self.term(node.args[0])})"
        raise NoCodeError(f"{node} has no form in NumPy")

    def vector(self, v: vectors.Vector) -> str:
        """Return the expression of an array."""
        match v:
            case vectors.VectorSymbol() if not v.indices:
                return self._named(v.name)
            case vectors.VectorSymbol() if len(v.indices) == 1:
                return f"{self._named(v.name)}[{self.term(v.indices[0])} - 1]"
            case vectors.Repeat(args=(value, count)):
                return f"np.full({self.term(count)}, {self.term(value)}, float)"
            case vectors.Map(args=(_, x, inner)):
                letter = self._letter(x)
                return f"np.array([{self.term(v.body)} for {letter} in {self.vector(inner)}])"
            case vectors.Concat():
                return f"np.concatenate([{', '.join(map(self.vector, v.args))}])"
            case vectors.Steps():
                return f"np.concatenate([{self._over(v, self.vector)}])"
            case vectors.Sorted(args=(inner,)):
                return f"np.sort({self.vector(inner)})"
        raise NoCodeError(f"{v} has no form in NumPy")

    def formula(self, node: f.Formula) -> str:
        """Return the expression of a truth value."""
        match node:
            case f.Relation():
                return f"({self.term(node.left)} {_SIGNS[node.op]} {self.term(node.right)})"
            case f.NonZero(args=(v,)):
                return f"np.any({self.vector(v)})"
            case f.Constant(args=(v,)):
                return f"(np.ptp(np.abs({self.vector(v)})) == 0)"
            case f.SameVector(args=(u, v)):
                return f"np.array_equal({self.vector(u)}, {self.vector(v)})"
            case f.SameZeros(args=(u, v)):
                return f"np.array_equal({self.vector(u)} == 0, {self.vector(v)} == 0)"
            case f.Not(args=(inner,)):
                return f"(not {self.formula(inner)})"
            case f.And():
                return f"({' and '.join(map(self.formula, node.args))})"
            case f.Iff(args=(left, right)):
                return f"(bool({self.formula(left)}) == bool({self.formula(right)}))"
            case f.Implies(args=(left, right)):
                return f"(not {self.formula(left)} or {self.formula(right)})"
            case f.Every() | f.Some():
                head = "all" if isinstance(node, f.Every) else "any"
                return f"{head}({self._over(node, self.formula)})"
        raise NoCodeError("a quantified statement has no form in NumPy")

    def _over(self, node: Any, write: Callable[[Any], str]) -> str:
        end = self.term(node.args[2])
        letter = self._letter(node.variable)
        return f"{write(node.body)} for {letter} in range(1, {end} + 1)"

    def _letter(self, variable: sp.Symbol) -> str:
        """Choose a name for a bound variable; inside of its binder alone it is looked up."""
        taken = {*self.names.values(), "np", "left", "right"}
        level = variable.name.strip("_")
        names = (f"{sign}{level}" for sign in ("i", "x", "i_", "x_", "i__"))
        letter = next(name for name in names if name not in taken)
        self.bound[variable] = letter
        return letter

    def _named(self, name: str) -> str:
        if name not in self.names:
            raise NoCodeError(f"{name} has no value at the witness")
        return self.names[name]


_FUNCTIONS: dict[type, str] = {
    o.Abs: "abs",
    o.Ceiling: "np.ceil",
    o.Exp: "np.exp",
    o.Log: "np.log",
    o.Tanh: "np.tanh",
}
