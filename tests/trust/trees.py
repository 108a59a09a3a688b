"""Trees of plain tuples that stand for terms, vectors and formulas, drawn at random.

| tree                                      | what it stands for                            |
|-------------------------------------------|-----------------------------------------------|
| ("num", Fraction), ("var", name)          | a number, a variable                          |
| ("+", a, b), -, *, /, ^; ("Abs", a), ..   | operations                                    |
| ("vec", name), ("Repeat", a, n), ..       | vectors                                       |
| ("Map", body, x, v), ("Steps", v, t, n)   | vectors with a bound name                     |
| ("Total", body, i, n), Least, Greatest    | what is over an index                         |
| ("NonzeroTotal", body, x, v), OnNonzero   | what counts only where it is not 0            |
| ("PowerSum", v, r), ("Entry", v, i), ..   | other heads, named as in the language         |
| ("at", v, i), ("length", v)               | what the functions entry and length return    |
| ("<", a, b), .., ("Every", f, i, n)       | formulas                                      |
"""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction
from random import Random
from typing import Any

Tree = tuple[Any, ...]

#: the kinds of the free variables
KINDS = {
    **dict.fromkeys("NMk", "count"),
    **dict.fromkeys("nm", "size"),
    **dict.fromkeys("pq", "positive"),
    **dict.fromkeys("uv", "nonnegative"),
    **dict.fromkeys("xy", "real"),
}
#: the length and sign of the vectors
VECTORS = {
    "W": ("N", "real"),
    "U": ("N", "nonnegative"),
    "V": ("n", "nonnegative"),
    "R": ("n", "real"),
}
COMPARISONS = ("=", "!=", "<", "<=", ">", ">=")
RANGED = ("Every", "Some")
FORMULAS = (*COMPARISONS, *RANGED, "NonZero", "Constant", "Not", "And", "Implies", "Iff")
VECTOR_HEADS = ("vec", "Repeat", "Concat", "Map", "Sorted", "Steps")


def number(value: int, below: int = 1) -> Tree:
    """Return a number."""
    return "num", Fraction(value, below)


ZERO, ONE, TWO, HALF = number(0), number(1), number(2), number(1, 2)


def negative(tree: Tree) -> Tree:
    """Return the tree of -a."""
    return "*", number(-1), tree


class Drawing:
    """Draws trees; `names` are the bound names that may stand at the place, indices apart."""

    def __init__(self, random: Random) -> None:
        self.random = random
        self._bound = 0

    def pick(self, *choices: Any) -> Any:
        """Return one of the choices."""
        return self.random.choice(choices)

    # -- terms -------------------------------------------------------------------------------------

    def number(self) -> Tree:
        """Return a number, most often a small one."""
        return number(
            self.pick(0, 0, 1, 1, 2, 2, 3, -1, -1, -2, -3, 4, 6, 8, 10),
            self.pick(1, 1, 1, 1, 2, 3, 6, 8),
        )

    def term(self, depth: int, inside: tuple[Tree, ...] = ()) -> Tree:
        """Return a term; `inside` are trees of what is bound around it."""
        if depth == 0 or self.random.random() < 0.12:
            if inside and self.random.random() < 0.5:
                return self.pick(*inside)
            return ("var", self.pick(*KINDS)) if self.random.random() < 0.7 else self.number()

        def part() -> Tree:
            return self.term(depth - 1, inside)

        share = self.random.random()
        if share < 0.56:
            op = self.pick("+", "+", "+", "-", "*", "*", "*", "/")
            return op, part(), part()
        if share < 0.68:
            return "^", part(), self.exponent(part)
        if share < 0.8:
            return self.pick("Abs", "Abs", "Ceiling", "Exp", "Log", "Log", "Tanh"), part()
        return self.head(depth, inside)

    def exponent(self, part: Callable[[], Tree]) -> Tree:
        """Return an exponent of a kind that the field uses, or any term."""
        plain = (TWO, number(-1), HALF, number(-2), number(3), number(-1, 2), number(1, 3), ZERO)
        named = tuple(("var", name) for name in "pqNnx")
        ratio = ("/", ONE, ("var", "p")), negative(("var", "q")), ("/", ("var", "p"), ("var", "q"))
        return self.pick(*plain, *named, *ratio, ("-", ("var", "q"), ("var", "p")), part())

    def head(self, depth: int, inside: tuple[Tree, ...] = ()) -> Tree:
        """Return a head over a vector or an index."""
        v = self.vector(depth - 1, inside)
        exponent = self.pick(("var", "p"), ("var", "q"), TWO, ONE, HALF)
        share = self.random.random()
        if share < 0.2:
            return "PowerSum", v, exponent if share < 0.16 else self.term(depth - 1, inside)
        if share < 0.27:
            return "Norm", v, exponent
        if share < 0.33:
            return "NonzeroCount", v
        if share < 0.39:
            return "CountAtMost", v, self.term(depth - 1, inside)
        if share < 0.43:
            half = "Ceiling", ("/", ("length", v), TWO)
            return "ShortestWindow", v, self.pick(ONE, TWO, half, ("var", "k"))
        if share < 0.46:
            return "PQIndex", v, ("var", "p"), self.pick(("var", "q"), TWO)
        if share < 0.53:
            return "Entry", v, self.pick(ONE, TWO, ("var", "k"), ("length", v), *inside)
        if share < 0.58:
            return "length", v
        if share < 0.7:
            name = self.bound()
            body = self.term(1, (*inside, ("var", name), ("var", name)))
            if share < 0.64:
                return "NonzeroTotal", body, name, v
            return "OnNonzero", body, name, self.term(depth - 1, inside)
        name = self.bound()
        run = ("var", name), ("Entry", v, ("var", name)), ("at", v, ("var", name))
        body = self.term(max(1, depth - 1), (*inside, *run, run[1]))
        return self.pick("Total", "Total", "Least", "Greatest"), body, name, ("length", v)

    def nested(self, deep: int) -> Tree:
        """Return indices inside indices, with variables that a term can be put in the place of."""
        run: list[Tree] = []
        opened: list[tuple[str, str, Tree]] = []
        for _ in range(deep):
            name, v = self.bound(), self.vector(0)
            run.append(self.pick(("Entry", v, ("var", name)), ("var", name)))
            opened.append((self.pick("Total", "Total", "Least", "Greatest"), name, ("length", v)))
        body = self.pick(("var", "x"), ("var", "y"), self.term(1, tuple(run)))
        for part in run:
            body = self.pick("+", "*"), body, part
        for head, name, size in opened:
            body = head, body, name, size
        return body

    def bound(self) -> str:
        """Return a new name for what a binder binds."""
        self._bound += 1
        return f"b{self._bound}"

    def times(self, inside: tuple[Tree, ...] = ()) -> Tree:
        """Return a term that is a whole number >= 0."""
        names = tuple(("var", name) for name in "NMknm")
        more = ("+", ("var", "n"), ONE), ("*", ("var", "n"), ("var", "m")), ("^", ("var", "n"), TWO)
        return self.pick(*names, *more, ONE, TWO, ZERO)

    def vector(self, depth: int, inside: tuple[Tree, ...] = ()) -> Tree:
        """Return a vector."""
        share = self.random.random()
        if depth <= 0 or share < 0.4:
            return "vec", self.pick(*VECTORS)
        if share < 0.62:
            return "Repeat", self.term(depth - 1, inside), self.times()
        if share < 0.75:
            return "Concat", self.vector(depth - 1, inside), self.vector(depth - 1, inside)
        if share < 0.89:
            name = self.bound()
            body = self.term(self.pick(1, 1, 2), (*inside, *[("var", name)] * 3))
            return "Map", body, name, self.vector(depth - 1, inside)
        if share < 0.95:
            return "Sorted", self.vector(depth - 1, inside)
        name = self.bound()
        within = self.pick(inside, (*inside, ("var", name)))
        return "Steps", self.vector(depth - 1, within), name, self.pick(TWO, *self.plain("kmM"))

    def plain(self, names: str) -> tuple[Tree, ...]:
        """Return the trees of variables."""
        return tuple(("var", name) for name in names)

    def telling(self) -> Tree:
        """Return a term of those shapes of which computer algebra systems believe what is wrong."""
        part = self.pick(1, 2, 3, 5, -1, -2, -3), self.pick(1, 2, 3, 6, 8, 10)
        small, name = number(*part), ("var", self.pick(*"NMknm"))
        other = self.pick(name, ("var", self.pick(*"NMknm")))
        whole = self.pick(
            name, ("*", name, other), ("+", name, other), ("^", name, TWO), ("+", name, ONE)
        )
        base = self.pick(whole, ("var", "p"), ("var", "u"))
        power = "^", number(self.pick(2, 6, -2, 10)), name
        fall = self.pick(number(-1), HALF, negative(("var", "q")))
        term = self.pick(
            ("+", ("/", number(self.pick(1, 2, 3)), whole), small),
            ("*", power, small),
            ("*", whole, ("*", power, small)),
            ("Log", ("/", ONE, whole)),
            ("+", ("^", base, fall), small),
            ("+", ("*", small, whole), small),
            ("-", ("Exp", ("*", small, whole)), ONE),
        )
        square = "^", term, TWO
        return self.pick(
            term,
            ("Abs", term),
            ("^", square, HALF),
            ("Ceiling", term),
            ("^", ("*", term, ("var", "u")), HALF),
            ("PowerSum", ("Repeat", term, ("var", "k")), ONE),
            ("Log", square),
            ("^", square, ("/", ONE, ("var", "p"))),
            ("/", term, term),
            ("-", term, term),
            ("^", term, ZERO),
        )

    # -- formulas ----------------------------------------------------------------------------------

    def formula(self, depth: int = 1) -> Tree:
        """Return a formula."""
        share = self.random.random()
        if share < 0.62:
            low = self.term(self.pick(0, 0, depth))
            return self.pick(*COMPARISONS), low, self.pick(ZERO, ONE, self.term(self.pick(0, 1)))
        if share < 0.74:
            return "NonZero", self.vector(self.pick(0, 0, depth))
        if share < 0.8:
            predicate = self.pick("NonZero", "Constant"), self.vector(0)
            return self.pick(predicate, ("Not", predicate))
        if share < 0.94:
            name, v = self.bound(), self.vector(0)
            run = ("Entry", v, ("var", name)), ("var", name)
            body = self.pick(*COMPARISONS), self.term(1, (*run, run[0])), self.pick(ZERO, ONE)
            size = "length", v
            count = self.pick(size, size, size, self.times(), self.term(self.pick(0, 1)))
            return self.pick("Every", "Every", "Some"), body, name, count
        return self.pick("And", "Implies", "Iff"), self.formula(0), self.formula(0)

    def hypotheses(self) -> list[Tree]:
        """Return a few formulas that a point drawn at random is likely to meet."""
        return [self.formula() for _ in range(self.pick(0, 0, 0, 1, 1, 2, 3))]


def sort(tree: Tree) -> str:
    """Return what a tree stands for: a term, a vector or a formula."""
    if tree[0] in FORMULAS:
        return "formula"
    return "vector" if tree[0] in VECTOR_HEADS else "term"
