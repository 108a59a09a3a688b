"""Building comparisons: of numbers, of vectors, of all entries, of where they are zero."""

from __future__ import annotations

from typing import Any

from ...language.formulas import (
    And,
    Constant,
    Every,
    Formula,
    NonZero,
    Not,
    Relation,
    SameVector,
    SameZeros,
)
from ...language.symbols import bound_symbol
from ...language.vectors import Vector, entry, length
from .building import Node
from .naming import SIGNS
from .vectors import VectorReader


class RelationReader(VectorReader):
    """Builds what compares two values, or the entries of a vector with each other."""

    def relation(self, tree: Node) -> Formula:
        parts = self.chain(tree)
        return parts[0] if len(parts) == 1 else And(*parts)

    def chain(self, tree: Node) -> list[Formula]:
        """Return the comparisons of a chain, 0 <= x <= 1."""
        sides = tree.children[0::2]
        signs = [SIGNS[str(op.children[0])] for op in tree.children[1::2]]
        ways = {sign[0] for sign in signs if sign != "="}
        if len(signs) > 1 and len(ways) > 1 | ("!" in ways):
            raise self.error(
                tree.children[3],
                "a chain goes one way: write two comparisons with a comma between, not "
                + " .. ".join(signs),
            )
        values = [self.build(side) for side in sides]
        return [
            self.compared(sides[k : k + 2], values[k], sign, values[k + 1])
            for k, sign in enumerate(signs)
        ]

    def compared(self, trees: list[Node], left: Any, op: str, right: Any) -> Formula:
        """Return the comparison of two values; the trees are for the places of errors."""
        for value, tree in zip((left, right), trees, strict=True):
            if isinstance(value, Formula):
                raise self.error(tree, "numbers or vectors are compared, not statements: write <=>")
        if not isinstance(left, Vector) and not isinstance(right, Vector):
            return Relation(op, left, right)
        if op in ("=", "!="):
            same: Formula | None = None
            if isinstance(left, Vector) and isinstance(right, Vector):
                same = SameVector(left, right)
            elif isinstance(left, Vector) and right == 0:
                same = Not(NonZero(left))
            if same is not None:
                return same if op == "=" else same.args[0] if right == 0 else Not(same)
        if isinstance(left, Vector) and right == 0 and op in (">=", ">"):
            i = bound_symbol(0, "count")
            return Every(Relation(op, entry(left, i), 0), i, length(left))
        if isinstance(left, Vector) and isinstance(right, Vector):
            raise self.error(
                trees[0],
                f"vectors are not ordered: write w_i {op} v_i for every i = 1..N, or compare norms",
            )
        tree = trees[0] if isinstance(left, Vector) else trees[1]
        raise self.error(
            tree,
            f"a vector is compared with a number: write w_i {op} ... for every i = 1..N, or a norm "
            f"of {self.said(tree)}",
        )

    def all_equal(self, tree: Node) -> Formula:
        content, name, vector = tree.children[2], tree.children[6], tree.children[8]
        if vector is not None:
            if content.data == "name_atom" and content.children[0] == name:
                return Constant(self.vector(vector, "`all ... equal`"))
        elif content.data == "name_sub":
            found = self.vector_named(content.children[0])
            if isinstance(found, Vector):
                return Constant(found)
        raise self.error(
            content, "write `all |w_j| equal`, or `all |x| equal for x in [...]` for other vectors"
        )

    def same_zeros(self, tree: Node) -> Formula:
        left, _, right, _ = tree.children
        where = "`zero at the same places`"
        return SameZeros(self.vector(left, where), self.vector(right, where))
