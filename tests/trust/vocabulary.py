"""Terms, vectors and formulas of the language for rules to be applied to, and changes of them."""

from __future__ import annotations

from random import Random
from typing import Any, TypeVar

import sympy as sp

from symbolic_proofs.language.formulas import (
    OPPOSITE,
    And,
    Every,
    Exists,
    ForAll,
    Formula,
    Iff,
    Not,
    Relation,
    SameVector,
    SameZeros,
    negation,
)
from symbolic_proofs.language.operations import Log, Power, Product, Sum, Variable
from symbolic_proofs.language.sums import CountAtMost, NonzeroTotal, ShortestWindow
from symbolic_proofs.language.terms import (
    Greatest,
    Least,
    NonzeroCount,
    Norm,
    OnNonzero,
    PowerSum,
    PQIndex,
    Total,
)
from symbolic_proofs.language.vectors import (
    Concat,
    Entry,
    Repeat,
    Sorted,
    Vector,
    copies,
    entry,
    length,
)

from .building import SYMBOLS, VARIABLES, build
from .laws import laws
from .trees import COMPARISONS, Drawing, Tree

T = TypeVar("T")

#: the variable that is used as an index
INDEX = VARIABLES["k"]
#: a name for what a body binds
_ENTRY = Variable("b", "real")


class Vocabulary:
    """Draws what the arguments of rules are made of."""

    def __init__(self, random: Random) -> None:
        self.random = random
        self.drawing = Drawing(random)

    def pick(self, *choices: Any) -> Any:
        """Return one of the choices."""
        return self.random.choice(choices)

    def chance(self, share: float) -> bool:
        """Return True so often."""
        return self.random.random() < share

    def tree(self, depth: int) -> Tree:
        """Return the tree of a term, of entries at the index now and then."""
        inside: tuple[Tree, ...] = ()
        if self.chance(0.4):
            v = self.drawing.vector(0)
            inside = (("Entry", v, ("var", "k")),)
        return self.drawing.telling() if self.chance(0.08) else self.drawing.term(depth, inside)

    def term(self, depth: int = 1) -> Any:
        """Return a term."""
        return build(self.tree(depth))

    def alike(self) -> tuple[Any, Any]:
        """Return two terms that are equal by a law, which may need conditions."""
        tree = self.tree(self.pick(0, 1, 2))
        return build(tree), build(self.pick(*laws(tree)))

    def nested(self) -> Any:
        """Return a term with an index inside of an index."""
        return build(self.drawing.nested(2))

    def simple(self) -> Any:
        """Return a variable or a number."""
        return build(self.drawing.term(0))

    def whole(self) -> Any:
        """Return a whole number."""
        return build(self.drawing.times())

    def vector(self, depth: int = 1) -> Any:
        """Return a vector."""
        return build(self.drawing.vector(depth))

    def parts(self) -> Any:
        """Return a vector of parts."""
        if self.chance(0.3):
            return copies(self.vector(self.pick(0, 1)), self.pick(*map(VARIABLES.get, "Mm"), 2))
        return Concat(self.vector(self.pick(0, 1)), self.vector(self.pick(0, 1)))

    def body(self, v: Vector, index: Any = INDEX) -> Any:
        """Return a term that reads the entries of a vector at the index."""
        e = self.pick(entry, Entry)(v, index)
        if self.chance(0.1):
            w, other = self.vector(0), VARIABLES["M"]
            return Total(e * Entry(w, other) * self.simple() + self.simple(), other, length(w))
        return self.pick(
            e,
            abs(e),
            e * self.simple(),
            e**2 + self.simple(),
            Power(abs(e), VARIABLES["p"]),
            e * index,
            Power(e, self.simple()),
            Log(abs(e) + 1),
        )

    def over(self, v: Vector, *heads: Any) -> Any:
        """Return a head over the entries of a vector."""
        head = self.pick(*heads or (Total, Least, Greatest))
        return head(self.body(v), INDEX, length(v))

    def counted(self, v: Vector) -> Any:
        """Return a head over a vector that is not a sum over an index."""
        x = _ENTRY
        inner = self.pick(x * Log(abs(x)), 1 / x, x * self.simple(), x**2 / (1 + self.term(0) ** 2))
        p, q = VARIABLES["p"], VARIABLES["q"]
        return self.pick(
            PowerSum(v, self.pick(p, q, q - p, 2, 1 / p, self.simple())),
            Norm(v, self.pick(p, 2, self.simple())),
            PQIndex(v, p, q),
            NonzeroCount(v),
            CountAtMost(v, self.simple()),
            NonzeroTotal(inner, x, v),
            OnNonzero(inner, x, self.pick(self.term(1), Entry(v, 1), Entry(v, INDEX))),
        )

    def width(self, v: Vector) -> Any:
        """Return how many entries a window may have."""
        return self.pick(sp.Integer(1), sp.Integer(2), VARIABLES["n"], VARIABLES["N"], length(v))

    def window(self, v: Vector) -> Any:
        """Return the shortest window of a vector."""
        return ShortestWindow(v, self.width(v))

    # -- formulas ----------------------------------------------------------------------------------

    def relation(self, depth: int = 1) -> Any:
        """Return a comparison."""
        share = self.random.random()
        if share < 0.2:
            return Relation(self.pick("=", "<=", "="), *self.alike())
        right = self.pick(0, 1, self.simple(), self.simple())
        return Relation(self.pick(*COMPARISONS), self.term(depth), right)

    def formula(self, depth: int = 1) -> Any:
        """Return a formula, quantified now and then."""
        share = self.random.random()
        if share < 0.8:
            return build(self.drawing.formula(depth))
        body = self.relation(depth)
        bound = self.pick(*(VARIABLES[n] for n in "xupn"), SYMBOLS["W"])
        if share < 0.9:
            given = And() if self.chance(0.3) else And(self.relation(0))
            return ForAll(body, given, bound) if self.chance(0.6) else Exists(body, And(), bound)
        v, w = SYMBOLS["W"], self.pick(SYMBOLS["U"], SYMBOLS["W"], self.vector())
        return self.pick(Iff(body, self.relation(0)), SameVector(v, w), SameZeros(w, v), Not(body))

    def useful(self) -> Any:
        """Return a hypothesis of the kind that proofs have."""
        name = VARIABLES[self.pick(*"xyuvpqnN")]
        v = self.pick(*SYMBOLS.values())
        p, q = VARIABLES["p"], VARIABLES["q"]
        return self.pick(
            Relation(self.pick("!=", ">", ">=", "<", "="), name, self.pick(0, 0, 1)),
            Relation("<", p, q),
            Relation(self.pick("<", "<="), VARIABLES["x"], VARIABLES["y"]),
            Relation("<=", INDEX, length(v)),
            build(("NonZero", ("vec", v.name))),
            self._every(v),
            Relation("<=", self.width(v), length(v)),
        )

    def _every(self, v: Any) -> Any:
        return Every(
            Relation(self.pick(">", "!=", ">=", "="), Entry(v, INDEX), 0), INDEX, length(v)
        )

    def given(self, *more: Any) -> tuple[Any, ...]:
        """Return hypotheses, most of those that are asked for among them."""
        found = [formula for formula in more if self.chance(0.9)]
        found += [self.useful() for _ in range(self.pick(0, 0, 1, 1, 2, 3))]
        if self.chance(0.15):
            found.append(self.formula(0))
        return tuple(found)

    # -- changes -----------------------------------------------------------------------------------

    def changed(self, argument: Any) -> Any:
        """Return an argument of a rule that is a little different."""
        if isinstance(argument, bool):
            return not argument
        if argument is None:
            return self.term(0)
        if isinstance(argument, tuple):
            return self._changed_list(argument)
        if isinstance(argument, dict):
            key = self.random.choice(sorted(argument, key=str)) if argument else INDEX
            return {**argument, key: self.changed(argument.get(key, INDEX))}
        return self._changed_node(argument)

    def _changed_list(self, parts: tuple[Any, ...]) -> tuple[Any, ...]:
        place = self.random.randrange(len(parts)) if parts else 0
        if not parts or self.chance(0.2):
            return *parts, self.useful()
        if self.chance(0.4):
            return *parts[:place], *parts[place + 1 :]
        return *parts[:place], self.changed(parts[place]), *parts[place + 1 :]

    def _changed_node(self, node: Any) -> Any:
        inside = [
            part
            for part in sp.preorder_traversal(node)
            if isinstance(part, sp.Expr | Vector | Formula)
        ]
        part = self.random.choice(inside)
        by = self._other(part, inside)
        try:
            return by if part == node else node.xreplace({part: by})
        except (TypeError, AttributeError):
            return by  # a name stood where a term cannot

    def _other(self, part: Any, inside: list[Any]) -> Any:
        if isinstance(part, Relation):
            op = self.pick(*OPPOSITE)
            sides = (part.left, part.right) if self.chance(0.7) else (part.right, part.left)
            return Relation(op, *sides)
        if isinstance(part, Formula):
            return negation(part) if self.chance(0.5) else self.formula(0)
        if isinstance(part, Vector):
            others = [v for v in inside if isinstance(v, Vector) and length(v) == length(part)]
            return self.pick(
                *others, Sorted(part), part * self.simple(), Repeat(self.simple(), length(part))
            )
        if isinstance(part, Variable):
            alike = [s for s in inside if isinstance(s, Variable) and s.kind == part.kind]
            return self.pick(*alike, self.simple(), part + 1, Product(2, part))
        if isinstance(part, Power):
            return self.pick(part.base, Power(part.base, -part.exp), part * part.base, -part)
        if isinstance(part, Sum | Product) and self.chance(0.6):
            first, *rest = part.args
            return self.pick(part.func(*rest), part.func(-first, *rest), first)
        return self.pick(self.simple(), part + self.simple(), -part, *inside[:1])
