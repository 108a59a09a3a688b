"""Building numbers: arithmetic, norms, sums over an index or over entries."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import sympy as sp

from ...language.formulas import And, Relation, negation
from ...language.kinds import is_whole
from ...language.operations import (
    Abs,
    Ceiling,
    E,
    Exp,
    Power,
    Product,
    Sum,
)
from ...language.sums import CountAtMost, NonzeroTotal
from ...language.symbols import bound_symbol
from ...language.terms import Greatest, Least, NonzeroCount, Norm, OnNonzero, Total
from ...language.vectors import Map, Vector, concat, entry, length, vector_sum
from .building import Node
from .definitions import Definition
from .indices import IndexReader
from .names import Family, Function, canonical

_HEADS: dict[str, Any] = {"max": Greatest, "min": Least}
_INFINITY = ("∞", "oo", "inf")
#: the longest number, in bits, that a power of numbers may be
_MOST_BITS = 4096


class TermReader(IndexReader):
    """Builds numbers, and the vectors that the signs +, -, *, / make."""

    # -- arithmetic --------------------------------------------------------------------------------

    def number(self, tree: Node) -> sp.Expr:
        return self.digits(tree.children[0])

    def name_atom(self, tree: Node) -> Any:
        token = tree.children[0]
        value = self.named(token)
        if isinstance(value, Family):
            raise self.error(
                token,
                f"{token} is a family: write {token}_t for a member, [{token}_1, ..., {token}_T] "
                "for all",
            )
        if isinstance(value, Function | Definition):
            raise self.error(token, f"{token} is a function: write {token}(W)")
        return value

    def paren(self, tree: Node) -> Any:
        return self.build(tree.children[0])

    def add(self, tree: Node) -> Any:
        return self._sum(tree, 1)

    def sub(self, tree: Node) -> Any:
        return self._sum(tree, -1)

    def _sum(self, tree: Node, sign: int) -> Any:
        left, right = self.build(tree.children[0]), self.build(tree.children[2])
        if isinstance(left, Vector) and isinstance(right, Vector):
            return vector_sum(left, right, sign)
        if isinstance(right, Vector):
            if sign < 0:
                raise self.error(
                    tree,
                    "a number minus a vector: write [c - x : x in W] for the vector of c - w_i",
                )
            return right + left
        if isinstance(left, Vector):
            return left - right if sign < 0 else left + right
        return Sum(left, Product(sign, right))

    def neg(self, tree: Node) -> Any:
        value = self.build(tree.children[-1])
        return -value if isinstance(value, Vector) else Product(-1, value)

    def mul(self, tree: Node) -> Any:
        left, right = self.build(tree.children[0]), self.build(tree.children[2])
        if isinstance(left, Vector) and isinstance(right, Vector):
            raise self.error(
                tree, "two vectors are not multiplied: write sum_{i=1..N} w_i*v_i for their product"
            )
        if tree.children[0].data == "bracketed" and isinstance(left, Vector) and is_whole(right):
            raise self.error(
                tree, "write [1 × N] for N ones, [W × T] for T copies; a factor stands in front"
            )
        return _scaled(left, right)

    def juxt(self, tree: Node) -> Any:
        left, right = tree.children
        first = self.digits(left) if str(left)[0].isdigit() else self.number_named(left)
        return _scaled(first, self.build(right))

    def div(self, tree: Node) -> Any:
        return _scaled(self.build(tree.children[0]), Power(self.term(tree.children[2]), -1))

    def pow(self, tree: Node) -> Any:
        base_tree, exponent_tree = tree.children
        base = self.build(base_tree)
        if isinstance(base, Vector):
            said = self.said(base_tree)
            raise self.error(
                tree,
                f"a vector has no powers: write [x^2 : x in {said}] for the vector of powers, "
                f"S_2({said}) for their sum, [{said} × T] for T copies",
            )
        exponent = self.term(exponent_tree)
        if base == E and base_tree.data == "name_atom":
            return Exp(exponent)
        if isinstance(base, sp.Rational) and isinstance(exponent, sp.Rational):
            bits = max(abs(int(base.p)), int(base.q)).bit_length() * abs(exponent)
            if bits > _MOST_BITS:
                raise self.error(tree, "this power is too large to be written out")
        return Power(base, exponent)

    def abs_(self, tree: Node) -> Any:
        content = self.build(tree.children[1])
        if isinstance(content, Vector):
            said = self.said(tree.children[1])
            raise self.error(
                tree,
                f"|{said}| of a vector: write ||{said}||_p for a norm, len({said}) for its length, "
                f"[|x| : x in {said}] for the magnitudes",
            )
        return Abs(content)

    def ceil(self, tree: Node) -> sp.Expr:
        return Ceiling(self.term(tree.children[0]))

    def floor(self, tree: Node) -> sp.Expr:
        return Product(-1, Ceiling(Product(-1, self.term(tree.children[0]))))

    # -- norms -------------------------------------------------------------------------------------

    def norm(self, tree: Node) -> sp.Expr:
        _, content, _, subscript = tree.children
        if subscript is None:
            said = self.said(content)
            raise self.error(
                tree,
                f"which norm? write ||{said}||_2, ||{said}||_p, or ||{said}||_0 for the number of "
                "nonzero entries",
            )
        value = self.build(content)
        if not isinstance(value, Vector):
            raise self.error(content, "a norm takes a vector; |x| is the magnitude of a number")
        if subscript.data == "sub_one" and str(subscript.children[0]) in _INFINITY:
            return Greatest(*over(value, Abs))
        exponent = self.below(subscript)
        if len(exponent) != 1:
            raise self.error(subscript, "a norm has one exponent: ||W||_p")
        return NonzeroCount(value) if exponent[0] == 0 else Norm(value, exponent[0])

    # -- sums, extremes, counts --------------------------------------------------------------------

    def range_of(self, tree: Node) -> tuple[str, sp.Symbol, sp.Expr]:
        """Return the name of an index, what stands for it, and how far it runs."""
        name, _, first, *_, last = tree.children
        return str(name), self._from_one(name, first), self.term(last)

    def _from_one(self, name: Node, first: Node) -> sp.Symbol:
        if str(first) != "1":
            raise self.error(
                first, "an index runs from 1: shift it, or split the first entries off, [u, R]"
            )
        return self.names.placeholder("count")

    def ranged(self, head: Any, body: Node, range_tree: Node, build: Callable[[Node], Any]) -> Any:
        """Return a head with a body in which an index is bound."""
        name, index, count = self.range_of(range_tree)
        with self.bound(**{name: index}):
            inside = build(body)
        return head(inside, index, count)

    def big_range(self, tree: Node) -> sp.Expr:
        sign, range_tree, body = tree.children
        return self.ranged(_head(sign), body, range_tree, self.term)

    def big_limits(self, tree: Node) -> sp.Expr:
        sign, name, _, first, last, body = tree.children
        index, count = self._from_one(name, first), self.tight(last)
        with self.bound(**{str(name): index}):
            inside = self.term(body)
        return _head(sign)(inside, index, count)

    def big_in(self, tree: Node) -> sp.Expr:
        sign, token, _, vector_tree, condition, body = tree.children
        vector = self.vector(vector_tree, "`in`")
        x, inside = self.with_entry(token, body)
        if condition is None:
            return _head(sign)(*over(vector, lambda value: inside.xreplace({x: value})))
        if _head(sign) is not Total:
            raise self.error(condition, "a condition stands in a sum, or in #{x in W : ...}")
        name, said = self._of_entry(condition, token)
        if said == Relation("!=", name, 0):
            return NonzeroTotal(inside, x, vector)
        gap = self._apart(said, condition)

        def where(value: sp.Expr) -> OnNonzero:
            return OnNonzero(inside.xreplace({x: value}), name, gap.xreplace({name: value}))

        return Total(*over(vector, where))

    def with_entry(self, token: Node, body: Node) -> tuple[sp.Symbol, sp.Expr]:
        """Return what stands for an entry, and the number that a body says of it."""
        if str(token) in ("i", "j"):
            raise self.error(
                token,
                f"{token} in W would be an entry, not its place: write {token} = 1..N for places, "
                "x in W for entries",
            )
        x = self.names.placeholder("real")
        with self.bound(**{canonical(token): x}):
            return x, self.term(body)

    def where_nonzero(self, tree: Node) -> sp.Expr:
        body, token, _, value, condition = tree.children
        x, said = self._of_entry(condition, token)
        if said != Relation("!=", x, 0):
            raise self.error(condition, f"the one condition is {token} != 0")
        put = self.term(value)
        x, inside = self.with_entry(token, body)
        return OnNonzero(inside, x, put)

    def _of_entry(self, condition: Node, token: Node) -> tuple[sp.Symbol, Any]:
        x = self.names.placeholder("real")
        with self.bound(**{canonical(token): x}):
            return x, self.build(condition)

    def count_in(self, tree: Node) -> sp.Expr:
        _, token, _, vector_tree, condition = tree.children
        vector = self.vector(vector_tree, "#{... in}")
        x, said = self._of_entry(condition, token)

        def where(said: Any) -> sp.Expr:
            apart = self._apart(said, condition)
            return NonzeroCount(vector if apart == x else Map(apart, x, vector))

        if not isinstance(said, Relation) or said.op not in ("<=", ">=", "="):
            return where(said)
        if said.op == "<=" and said.left == x and not said.right.has(x):
            return CountAtMost(vector, said.right)
        return Sum(length(vector), Product(-1, where(negation(said))))

    def _apart(self, said: Any, tree: Node) -> sp.Expr:
        """Return a term that is not 0 where a comparison of numbers holds, and 0 elsewhere."""
        if isinstance(said, And):
            return Product(*(self._apart(part, tree) for part in said.args))
        if not isinstance(said, Relation):
            raise self.error(tree, "a condition compares numbers: #{x in W : |x| > 1}")
        if said.op == "!=":
            return said.left - said.right
        low, high = said.oriented().args[1:]
        if said.op in ("<", ">"):
            return Greatest(*over(concat(high - low, 0), lambda value: value))
        x = self.names.placeholder("real")
        return 1 - OnNonzero(1, x, self._apart(negation(said), tree))


def over(
    vector: Vector, function: Callable[[sp.Expr], sp.Expr]
) -> tuple[sp.Expr, sp.Symbol, sp.Expr]:
    """Return the body, index and end of what runs over the entries of a vector."""
    i = bound_symbol(0, "count")
    return function(entry(vector, i)), i, length(vector)


def _scaled(left: Any, right: Any) -> Any:
    if isinstance(left, Vector):
        return left * right
    return right * left if isinstance(right, Vector) else Product(left, right)


def _head(sign: Node) -> Any:
    return _HEADS.get(str(sign), Total)
