"""Building what has indices below: entries of vectors, members of families, numbered names."""

from __future__ import annotations

from typing import Any

import sympy as sp

from ...language.vectors import Entry, Sorted, entry
from .building import Node
from .definitions import Definition
from .names import Family, Function, canonical
from .naming import Naming, chained


class IndexReader(Naming):
    """Builds names with indices, and entries of whole vectors."""

    def below(self, tree: Node) -> list[sp.Expr]:
        """Return the numbers that stand below a name or a norm."""
        if tree.data == "sub_many":
            return [self.term(child) for child in tree.children[0].children]
        if tree.data in ("sub_paren", "sub_tuple"):
            return [self.term(child) for child in tree.children]
        token = tree.children[0]
        if tree.data == "sub_chain":
            return [self.number_named(token, f"_{chained(tree.children[1])}")]
        return [self.digits(token) if str(token)[0].isdigit() else self.number_named(token)]

    def name_sub(self, tree: Node) -> Any:
        token, subscript = tree.children
        tail = chained(subscript)
        full = f"{canonical(token)}_{tail}"
        if tail and full in self.names.known:
            return self.name_known(tree, full)
        if tail.isdigit():
            return self._numbered(tree, token, tail)
        if str(token) in ("Σ", "∑", "sum", "max", "min"):
            raise self.error(tree, "write sum_{i=1..N} and what is summed")
        found = self.vector_named(token)
        if found is None:
            upper = str(token).upper()
            raise self.error(
                tree,
                f"there is no vector {upper} that {self.said(tree)} could be an entry of: write "
                f"`for {upper} in R^N:` in front; numbers are named {token}_1, {token}_2",
            )
        ordered = _in_parentheses(subscript)
        if ordered is not None:
            if isinstance(found, Family):
                raise self.error(tree, "write sort(W_t)_i for an entry of a sorted member")
            return entry(Sorted(found), self.term(ordered))
        indices = self.below(subscript)
        if isinstance(found, Family):
            member = found.member(*indices[: found.arity])
            if len(indices) == found.arity:
                return member
            if len(indices) == found.arity + 1:
                return entry(member, indices[-1])
        elif len(indices) == 1:
            return entry(found, indices[0])
        raise self.error(
            tree,
            "w_i is an entry of W, w_{t,i} one of the member W_t of a family: count the indices",
        )

    def name_known(self, tree: Node, name: str) -> Any:
        """Return what a declared name with an index below stands for, a number or a vector."""
        value = self.names.known[name]
        if isinstance(value, Function | Family | Definition):
            raise self.error(tree, f"{name} stands for no number here")
        if value is self.names.constants.get(name):
            self.refuse_bound(tree, name, value)
        return value

    def _numbered(self, tree: Node, token: Node, digits: str) -> Any:
        """Return x_1, a name; W_1 is a member where W is a family."""
        name = canonical(token)
        found = self.names.known.get(name)
        if found is None and name in self.names.dotted:
            found = self.named(token)
        if isinstance(found, Family) and found.arity == 1:
            return found.member(sp.Integer(int(digits)))
        upper = name.upper() if len(name) == 1 else name
        meta = tree.meta
        self.names.numbered[f"{token}_{digits}"] = (upper, meta.start_pos, meta.end_pos)
        return self.named(token, f"_{digits}")

    def entry(self, tree: Node) -> sp.Expr:
        base, subscript = tree.children
        value = self.vector(base, "an index")
        ordered = _in_parentheses(subscript)
        if ordered is not None:
            return Entry(Sorted(value), self.term(ordered))
        indices = self.below(subscript)
        if len(indices) != 1:
            raise self.error(subscript, "one index belongs here")
        return Entry(value, indices[0])

    def index(self, tree: Node) -> sp.Expr:
        base, place = tree.children
        if base.data == "name_atom" and str(base.children[0]) == "I":
            raise self.error(base, "write I_{p,q}(W)")
        if place.data == "number" and str(place.children[0]) == "0":
            raise self.error(place, "entries are counted from 1: write W[1] for the first")
        return Entry(self.vector(base, "an index"), self.term(place))


def _in_parentheses(subscript: Node) -> Node | None:
    """Return the i of w_(i) or w_{(i)}, None for another index."""
    if subscript.data == "sub_paren":
        return subscript.children[0]
    if subscript.data == "sub_many":
        parts = subscript.children[0].children
        if len(parts) == 1 and parts[0].data == "paren":
            return parts[0].children[0]
    return None
