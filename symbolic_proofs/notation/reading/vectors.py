"""Building vectors in square brackets, and calls of functions."""

from __future__ import annotations

from collections.abc import Callable
from difflib import get_close_matches
from typing import Any

import sympy as sp

from ...language.kinds import is_whole
from ...language.names import GREEK
from ...language.operations import Abs, Ceiling, Exp, Log, Power, Product, Tanh
from ...language.sums import Applied, ShortestWindow
from ...language.symbols import symbol
from ...language.terms import Greatest, Least, OnNonzero, PowerSum, PQIndex
from ...language.vectors import Map, Sorted, Steps, Vector, concat, copies, length, repeat
from ..entrywise import listed
from ..measure_names import BY_NAME, value_of
from .building import Node
from .definitions import Definition
from .errors import ReadError
from .names import Family, Function, canonical
from .naming import chained
from .terms import TermReader, over

#: functions of one number
_OF_NUMBERS: dict[str, Callable[[sp.Expr], sp.Expr]] = {
    "sqrt": lambda x: Power(x, sp.Rational(1, 2)),
    "ln": Log,
    "log": Log,
    "exp": Exp,
    "tanh": Tanh,
    "abs": Abs,
    "ceil": Ceiling,
    "floor": lambda x: Product(-1, Ceiling(Product(-1, x))),
}
_OTHERS = ("sign", "max", "min", "len", "sort", "repeat", "zeros", "window")
#: what is not a function -> what to write
_INSTEAD = {
    "sum": "write sum_{x in W} x for the sum of the entries, S_1(W) for that of their magnitudes",
    "mean": "write (sum_{x in W} x)/N for the mean",
    "norm": "write ||W||_p for a norm",
    "Norm": "write ||W||_p for a norm",
    "PowerSum": "write S_p(W) for the sum of |w_i|^p",
    "PQIndex": "write I_{p,q}(W)",
    "NonZero": "write W != 0",
    "nonzero": "write W != 0",
    "constant": "write `all |w_j| equal`",
    "dot": "write sum_{i=1..N} w_i*v_i",
    "ones": "write [1 × N] for N ones",
    "concat": "write [U, V] for the entries of U, then those of V",
    "copies": "write repeat(W, T), or [W × T]",
    "length": "write len(W)",
    "dim": "write len(W)",
    "sgn": "write sign(x)",
    "var": "write (sum_{i=1..N} (w_i - m)^2)/N with the mean in the place of m",
    "prod": "products over an index are not in the language: write exp(sum_{i=1..N} ln(w_i))",
    "lim": "write `for every theta > 0: there is delta > 0 such that ...` for a limit",
    "log2": "write ln(x)/ln(2)",
    "log10": "write ln(x)/ln(10)",
    "frac": "write a/b",
    "round": "write floor(x + 1/2)",
    "int": "write floor(x)",
}


class VectorReader(TermReader):
    """Builds vectors by their parts, and what is called by its name."""

    # -- square brackets ---------------------------------------------------------------------------

    def bracketed(self, tree: Node) -> Vector:
        items = tree.children[0]
        if items is None:
            return repeat(0, 0)
        children = items.children
        if any(child.data == "dots" for child in children):
            return self._dotted(tree, children)
        return concat(*map(self._item, children))

    def _item(self, tree: Node) -> Any:
        match tree.data:
            case "rep":
                return self._times(self.build(tree.children[0]), tree.children[2])
            case "neg_rep":
                return self._times(Product(-1, self.term(tree.children[1])), tree.children[3])
            case "mul":
                left, _, right = tree.children
                if left.data == "number" and str(left.children[0]) in ("0", "1"):
                    return self._times(self.term(left), right)
                if left.data == right.data == "number":
                    value, times = str(left.children[0]), str(right.children[0])
                    raise self.error(
                        tree,
                        f"{value}*{times} in a vector can be one entry or {times} of them: write "
                        f"repeat({value}, {times}) or {value} × {times} for {times} entries",
                    )
        return self.build(tree)

    def _times(self, value: Any, count_tree: Node) -> Vector:
        count = self.term(count_tree)
        loose = sorted(s.name for s in count.free_symbols if not is_whole(s))
        if loose:
            raise self.error(
                count_tree,
                f"{loose[0]} counts entries here: write `for {loose[0]} in {{0, 1, ...}}:` in "
                "front, or {1, 2, ...}",
            )
        return copies(value, count) if isinstance(value, Vector) else repeat(value, count)

    def _dotted(self, tree: Node, children: list[Any]) -> Vector:
        """Return the vector of [W_1, ..., W_T]."""
        first, *_, last = children
        dots = [k for k, child in enumerate(children) if child.data == "dots"]
        subs = [child for child in children if child.data == "name_sub"]
        if dots == [len(children) - 2] and len(subs) == len(children) - 1:
            found = self.vector_named(first.children[0])
            numbers = [chained(child.children[1]) for child in subs[:-1]]
            one = len({str(child.children[0]) for child in subs}) == 1
            from_one = numbers == [str(k) for k in range(1, len(numbers) + 1)]
            if isinstance(found, Family) and found.arity == 1 and one and from_one:
                t = self.names.placeholder("count")
                return Steps(found.member(t), t, self.below(last.children[1])[0])
        raise self.error(
            tree,
            "dots stand for the members of a family: [W_1, ..., W_T]; write [W × T] or "
            "repeat(W, T) for T copies, 0 × m for m zeros",
        )

    def listed(self, tree: Node) -> Vector:
        body, range_tree = tree.children
        return self.ranged(_listed, body, range_tree, self.build)

    def mapped(self, tree: Node) -> Vector:
        body, token, _, vector_tree = tree.children
        vector = self.vector(vector_tree, "`in`")
        x, inside = self.with_entry(token, body)
        return Map(inside, x, vector)

    # -- calls -------------------------------------------------------------------------------------

    def call(self, tree: Node) -> Any:
        token, *between, args = tree.children
        subscript = between[0] if between else None
        parts = [] if args is None else list(args.children)
        name = canonical(token)
        tail = "" if subscript is None else chained(subscript)
        full = f"{name}_{tail}" if tail else name
        function = self.names.known.get(full)
        if isinstance(function, Function):
            return Applied(function.name, self.vector(self.only(tree, full, parts), full))
        if isinstance(function, Definition):
            return self.expand(function, parts, tree)
        if full in BY_NAME and function is None:
            return self._measured(tree, full, parts)
        if name == "I":
            return self._pq_index(tree, subscript, parts)
        if name == "S":
            if subscript is None:
                raise self.error(tree, "S needs an exponent: S_p(W) is the sum of |w_i|^p")
            exponents = self.below(subscript)
            self.only(subscript, "S", exponents)
            return PowerSum(self.vector(self.only(tree, "S_p", parts), "S_p"), exponents[0])
        if subscript is not None:
            raise self.error(tree, _with_index(name))
        return self._called(tree, token, name, parts)

    def _called(self, tree: Node, token: Node, name: str, parts: list[Any]) -> Any:
        if name in _OF_NUMBERS:
            part = self.only(tree, name, parts)
            value = self.build(part)
            if isinstance(value, Vector):
                said = self.said(part)
                raise self.error(
                    part,
                    f"{name} takes a number: write [{name}(x) : x in {said}] for the vector, "
                    f"sum_{{x in {said}}} {name}(x) for the sum",
                )
            return _OF_NUMBERS[name](value)
        match name:
            case "sign":
                x = self.names.placeholder("real")
                return OnNonzero(x / Abs(x), x, self.term(self.only(tree, name, parts)))
            case "max" | "min":
                return self._extreme(tree, name, parts)
            case "len":
                return length(self.vector(self.only(tree, name, parts), name))
            case "sort":
                return Sorted(self.vector(self.only(tree, name, parts), name))
            case "zeros":
                return self._times(sp.Integer(0), self.only(tree, name, parts))
            case "repeat":
                self.only(tree, name, parts, 2)
                return self._times(self.build(parts[0]), parts[1])
            case "window":
                self.only(tree, name, parts, 2)
                return ShortestWindow(self.vector(parts[0], name), self.term(parts[1]))
        raise self._no_function(tree, token, name)

    def _extreme(self, tree: Node, name: str, parts: list[Any]) -> Any:
        values = [self.build(part) for part in parts]
        if len(values) == 1 and isinstance(values[0], Vector):
            said, word = self.said(parts[0]), {"max": "greatest", "min": "least"}[name]
            raise self.error(
                tree,
                f"write {name}_{{x in {said}}} x for the {word} entry, {name}_{{x in {said}}} |x| "
                f"for the {word} magnitude",
            )
        if len(values) < 2 or any(isinstance(value, Vector) for value in values):
            raise self.error(tree, f"{name} takes two numbers or more: {name}(x, y)")
        head = Greatest if name == "max" else Least
        return head(*over(concat(*values), lambda value: value))

    def _pq_index(self, tree: Node, subscript: Node, parts: list[Any]) -> sp.Expr:
        if len(parts) == 3:
            raise self.error(
                tree, "write I_{p,q}(W), the exponents below: I_{1,2}(W); I(W) is I_{p,q}(W)"
            )
        vector = self.vector(self.only(tree, "I", parts), "I")
        if subscript is None:
            known = self.names.known
            exponents = [known.get(letter, symbol(letter, "positive")) for letter in "pq"]
        else:
            exponents = self.below(subscript)
        if len(exponents) != 2:
            raise self.error(subscript, "I has two exponents: I_{1,2}(W)")
        return PQIndex(vector, *exponents)

    def _measured(self, tree: Node, name: str, parts: list[Any]) -> sp.Expr:
        made = value_of(name, self.vector(self.only(tree, name, parts), name))
        self.refuse_large(tree, name, made)
        return made

    def _no_function(self, tree: Node, token: Node, name: str) -> ReadError:
        if name in _INSTEAD:
            return self.error(tree, _INSTEAD[name])
        if len(name) == 1 or name in GREEK or name in self.names.known:
            return self.error(
                tree,
                f"{token} is not a function: write {token}*(...) for a product, `for {token}"
                " measure:` in front for an unknown function of a vector",
            )
        own = [key for key, value in self.names.known.items() if isinstance(value, Definition)]
        names = [*own, *_OF_NUMBERS, *_OTHERS, "I", "S_p", *BY_NAME]
        near = get_close_matches(name, names, n=1)
        hint = f"did you mean {near[0]}?" if near else f"there are {', '.join(names)}"
        return self.error(token, f"{name} is not a function; {hint}")


def _listed(value: Any, index: sp.Symbol, count: sp.Expr) -> Vector:
    return Steps(value, index, count) if isinstance(value, Vector) else listed(value, index, count)


def _with_index(name: str) -> str:
    if name in ("log", "ln"):
        return "write ln(x)/ln(b) for the logarithm to base b"
    if name in ("norm", "l", "L"):
        return "write ||W||_p for a norm"
    return f"{name}_... is not a function; I_{{p,q}}(W) and S_p(W) have exponents below"
