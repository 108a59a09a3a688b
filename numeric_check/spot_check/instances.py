"""Random instances of a sequent: exact values of its symbols, of the sort where rules go wrong.

Entries are 0 or equal, exponents stand on both sides of 1, lengths are 0 and 1, hypotheses hold
with equality. Equations and simple conditions among the hypotheses are built in, so that many
instances meet them; none has to.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from fractions import Fraction
from random import Random

import sympy as sp

from symbolic_proofs.language.formulas import (
    Exists,
    ForAll,
    Formula,
    Relation,
    SameVector,
    free_variables,
)
from symbolic_proofs.language.operations import Power, Product, Sum
from symbolic_proofs.language.symbols import bound_level, kind_of
from symbolic_proofs.language.vectors import Entry, VectorSymbol, length

from ..certifier.assignment import Assignment
from ..certifier.decide import Decider
from ..certifier.errors import NotExact, Undecided, UnfitWitnessError, ValuelessError
from ..certifier.numbers import exact
from ..certifier.terms import Valuation
from ..certifier.witness import Blocks, blocks
from .tolerance import BITS

#: members of a family of vectors
STEPS = 5
#: entries of a vector, which are drawn one by one
MOST_ENTRIES = 500

#: what symbols are drawn from, most of the time; what stands twice is drawn twice as often
_POSITIVE = [*map(Fraction, (1, 1, 2, 2, 3, 4)), *(Fraction(i, 2) for i in (1, 3, 5))]
_POSITIVE += [Fraction(1, 3), Fraction(2, 3), Fraction(4, 3), Fraction(3, 4)]
_REAL = [*map(Fraction, (0, 0, 1, 1, 2, 3, 5, -1, -2)), Fraction(1, 2), Fraction(-1, 2)]
_REAL += [Fraction(1, 3), Fraction(3, 2), Fraction(7, 5), Fraction(-4, 3)]


class Draw:
    """Draws instances for a sequent, its equations and simple conditions built in."""

    def __init__(self, given: Sequence[Formula], goal: Formula, random: Random) -> None:
        self._random = random
        nodes = [n for formula in (*given, goal) for n in sp.preorder_traversal(formula)]
        self._kinds: dict[str, set[str]] = {}
        vectors = {n for n in nodes if isinstance(n, VectorSymbol)}
        scalars = {s for v in vectors for s in v.free_symbols if not bound_level(s)}
        scalars |= {s for formula in (*given, goal) for s in _scalars(formula)}
        # one instance of a quantifier inside a formula may refute it, or show it
        scalars |= {
            v
            for n in nodes
            if isinstance(n, ForAll | Exists)
            for v in n.variables
            if isinstance(v, sp.Symbol)
        }
        # the order of a set differs from run to run
        for symbol in sorted(scalars, key=str):
            self._kinds.setdefault(symbol.name, set()).add(kind_of(symbol))
        self._vectors = sorted(vectors, key=sp.default_sort_key)
        self._entries = [
            (n.args[1], length(n.args[0]))
            for n in nodes
            if isinstance(n, Entry) and isinstance(n.args[1], sp.Symbol)
        ]
        self._relations = [f for f in given if isinstance(f, Relation)]
        self._same = [f for f in given if isinstance(f, SameVector)]
        self._equations: dict[str, sp.Expr] = {}
        for relation in self._relations:
            if relation.op == "=":
                self._define(relation, self._equations)

    def instance(self) -> Assignment | None:
        """Return values for all symbols, None if this draw came to nothing."""
        random = self._random
        defined = dict(self._equations)
        weak = [r for r in self._relations if r.op in ("<=", ">=")]
        if weak and random.random() < 0.35:
            self._define(random.choice(weak), defined)
        scalars = {
            name: self._scalar(kinds) for name, kinds in self._kinds.items() if name not in defined
        }
        self._put_in_order(scalars)
        vectors: dict[str, Blocks] = {}
        families: dict[str, tuple[Blocks, ...]] = {}
        values = Assignment(scalars, vectors, families, defined)
        try:
            if not self._put_in_range(values, scalars):
                return None
            self._draw_vectors(values, vectors, families)
            for name in defined:
                if not self._fits(name, values):
                    return None
        except (NotExact, ValuelessError, Undecided, UnfitWitnessError):
            return None
        return values

    def _define(self, relation: Relation, defined: dict[str, sp.Expr]) -> None:
        """Let a symbol be the term that makes the two sides equal, if there is such a symbol."""
        for left, right in ((relation.left, relation.right), (relation.right, relation.left)):
            for symbol in sorted(left.free_symbols, key=str):
                if bound_level(symbol) or symbol.name in defined:
                    continue
                term = _isolated(symbol, left, right)
                if term is not None and symbol.name not in _reached(term, defined):
                    defined[symbol.name] = term
                    return

    def _scalar(self, kinds: set[str]) -> Fraction:
        random = self._random
        least = 1 if kinds & {"count", "positive"} else 0
        if kinds & {"count", "size"}:
            return Fraction(random.randint(least, 3 if random.random() < 0.9 else 7))
        if random.random() < 0.2:
            value = Fraction(random.randint(least, 12), random.randint(1, 7))
            return -value if kinds == {"real"} and random.random() < 0.4 else value
        if "positive" in kinds:
            return random.choice(_POSITIVE)
        value = random.choice(_REAL)
        return abs(value) if "nonnegative" in kinds else value

    def _put_in_order(self, scalars: dict[str, Fraction]) -> None:
        """Exchange two symbols of one kind that a hypothesis wants the other way round."""
        for relation in self._relations:
            left, right = relation.left, relation.right
            if not (isinstance(left, sp.Symbol) and isinstance(right, sp.Symbol)):
                continue
            a, b = left.name, right.name
            if a in scalars and b in scalars and self._kinds[a] == self._kinds[b]:
                swap = scalars[a] > scalars[b] if "<" in relation.op else scalars[a] < scalars[b]
                if swap and relation.op not in ("=", "!="):
                    scalars[a], scalars[b] = scalars[b], scalars[a]

    def _put_in_range(self, values: Assignment, scalars: dict[str, Fraction]) -> bool:
        """Let free indices be among those of the vectors whose entries they pick, False if none is.

        That is how the kernel reads a free index: what binds it says how far it runs.
        """
        sizes = Valuation(values, exact)
        for index, size in self._entries:
            if index.name in scalars and not any(map(bound_level, size.free_symbols)):
                last = sizes.whole(size, {})
                if last < 1:
                    return False
                if scalars[index.name] > last:
                    scalars[index.name] = Fraction(self._random.randint(1, last))
        return True

    def _draw_vectors(
        self,
        values: Assignment,
        vectors: dict[str, Blocks],
        families: dict[str, tuple[Blocks, ...]],
    ) -> None:
        random = self._random
        sizes = Valuation(values, exact)
        signs = {v.name for v in self._vectors if str(v.args[2]) == "nonnegative"}
        for v in self._vectors:
            nonnegative = v.name in signs
            if not v.indices:
                if v.name not in vectors:
                    vectors[v.name] = self._vector(sizes.whole(v.args[1], {}), nonnegative)
            elif v.name not in families:
                bound = {s: 1 for s in v.args[1].free_symbols if bound_level(s)}
                size = sizes.whole(v.args[1], bound)
                first = self._vector(size, nonnegative)
                alike = random.random() < 0.2
                families[v.name] = (
                    first,
                    *(
                        first if alike else self._vector(size, nonnegative)
                        for _ in range(STEPS - 1)
                    ),
                )
        for formula in self._same:
            for one, other in (formula.args, formula.args[::-1]):
                if isinstance(one, VectorSymbol) and not one.indices and one.name in vectors:
                    entries = Valuation(values, exact).vectors.blocks(other, {})
                    vectors[one.name] = blocks((value.fraction, times) for value, times in entries)
                    break

    def _vector(self, size: int, nonnegative: bool) -> Blocks:
        random = self._random
        if size > MOST_ENTRIES:
            raise Undecided(f"a vector of {size} entries")
        if random.random() < 0.15:
            size_of_all = random.choice(_REAL)
            drawn = [random.choice((1, 1, -1)) * size_of_all for _ in range(size)]
        else:
            drawn = [random.choice(_REAL) for _ in range(size)]
        return blocks((abs(x) if nonnegative else x, 1) for x in drawn)

    def _fits(self, name: str, values: Assignment) -> bool:
        """Tell whether a symbol that an equation defines got a value of its kind."""
        kinds, term = self._kinds[name], values.defined[name]
        if kinds & {"count", "size"}:
            Valuation(values, exact).whole(term, {})
        for kind, op in {"positive": ">", "count": ">", "nonnegative": ">=", "size": ">="}.items():
            bound = Relation(op, term, 0)
            if kind in kinds and not Decider(values, (BITS, 0)).find(bound).truth:
                return False
        return True


def _scalars(formula: Formula) -> set[sp.Symbol]:
    """Return the free scalar symbols of a formula."""
    found = {v for v in free_variables(formula) if isinstance(v, sp.Symbol)}
    return {symbol for symbol in found if not bound_level(symbol)}


def _reached(term: sp.Expr, defined: Mapping[str, sp.Expr]) -> set[str]:
    """Return the names that a term depends on, through definitions too."""
    names: set[str] = set()
    waiting = [term]
    while waiting:
        for symbol in waiting.pop().free_symbols:
            if symbol.name not in names:
                names.add(symbol.name)
                if symbol.name in defined:
                    waiting.append(defined[symbol.name])
    return names


def _isolated(symbol: sp.Symbol, left: sp.Expr, right: sp.Expr) -> sp.Expr | None:
    """Return the term that `symbol` equals if left = right, None if it is not plain to see.

    Sums, products and powers are taken apart while one part alone holds the symbol. The term may be
    undefined, or another root; the instance must still meet the hypothesis, so nothing hangs on it.
    """
    if symbol in right.free_symbols:
        return None
    while left != symbol:
        if isinstance(left, Power) and symbol not in left.exp.free_symbols:
            left, right = left.base, Power(right, Power(left.exp, -1))
            continue
        if not isinstance(left, Sum | Product):
            return None
        holding = [part for part in left.args if symbol in part.free_symbols]
        if len(holding) != 1:
            return None
        rest = left.func(*(part for part in left.args if part is not holding[0]))
        right = right - rest if isinstance(left, Sum) else Product(right, Power(rest, -1))
        left = holding[0]
    return right
