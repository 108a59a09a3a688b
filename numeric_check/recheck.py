"""The second route: a step of a derivation, checked again on random instances.

The kernel argues with terms; this evaluates them. An instance gives every symbol of a sequent an
exact value of its kind, small and of the sort where rules go wrong: entries that are 0 or equal,
exponents on both sides of 1, lengths 0 and 1, hypotheses that hold with equality. Where the
hypotheses hold, the conclusion must have a value and be true. Sides are compared by balls of `BITS`
bits, then exactly.

It can refute a step, never prove one. An instance that does not meet the hypotheses counts for
nothing, so a report says how many did: none, if the hypotheses contradict each other, as they may
inside a proof by contradiction.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from random import Random
from typing import Any

import sympy as sp

from symbolic_proofs.language.formulas import (
    Exists,
    ForAll,
    Formula,
    Implies,
    Relation,
    SameVector,
    as_formula,
    free_variables,
)
from symbolic_proofs.language.symbols import bound_level, kind_of
from symbolic_proofs.language.vectors import Entry, VectorSymbol, length

from . import balls, exact
from .certify import Assignment, Decided, Decider, Undecided, UnfitWitnessError, Valuation
from .exact import NotExact, Undefined
from .witness import Blocks, blocks

BITS = 200
#: two sides that meet in balls narrower than this, relative to their size, count as equal
NEAR = Fraction(1, 10**40)
#: draws for every instance that is wanted
DRAWS = 30
#: members of a family of vectors
STEPS = 5

#: what symbols are drawn from, most of the time; what stands twice is drawn twice as often
_POSITIVE = [*map(Fraction, (1, 1, 2, 2, 3, 4)), *(Fraction(i, 2) for i in (1, 3, 5))]
_POSITIVE += [Fraction(1, 3), Fraction(2, 3), Fraction(4, 3), Fraction(3, 4)]
_REAL = [*map(Fraction, (0, 0, 1, 1, 2, 3, 5, -1, -2)), Fraction(1, 2), Fraction(-1, 2)]
_REAL += [Fraction(1, 3), Fraction(3, 2), Fraction(7, 5), Fraction(-4, 3)]


@dataclass(frozen=True)
class Violation:
    """An instance that meets the hypotheses and not the conclusion.

    `values` are its symbols, as in a witness's JSON, or a term where a hypothesis defines a symbol;
    `reason` says how the conclusion fails: "undefined: ..", or the two sides.
    """

    values: Mapping[str, Any]
    reason: str


@dataclass(frozen=True)
class Recheck:
    """What the instances showed.

    `tried` were drawn, `met` the hypotheses; of these the conclusion `held` on some, was not
    decided on `undecided`, and failed on the one of `violation`, after which no more were drawn.
    """

    tried: int
    met: int
    held: int
    undecided: int
    violation: Violation | None

    @property
    def passed(self) -> bool:
        """Whether the conclusion held on an instance at least, and failed on none."""
        return self.violation is None and self.held > 0


def recheck(
    hypotheses: Iterable[object], conclusion: object, *, seed: int = 0, trials: int = 20
) -> Recheck:
    """Check on random instances that the conclusion follows from the hypotheses.

    Draws until `trials` instances met the hypotheses or `DRAWS` times as many were tried; the same
    seed gives the same instances. A conclusion that says that something exists stays undecided; of
    one that holds for all values, values are drawn. Raises LanguageError for what is no formula.
    """
    given, goal = _opened([as_formula(h) for h in hypotheses], as_formula(conclusion))
    draw = _Draw(given, goal, Random(seed))
    tried = met = held = undecided = 0
    while met < trials and tried < DRAWS * trials:
        tried += 1
        values = draw.instance()
        if values is None:
            continue
        decider = Decider(values, (BITS, 0), NEAR)
        if not _meets(given, decider):
            continue
        met += 1
        try:
            found = decider.find(goal)
        except Undefined as reason:
            violation = Violation(_shown(values), f"undefined: {reason}")
            return Recheck(tried, met, held, undecided, violation)
        except UnfitWitnessError:  # an index past the members of a family: no instance after all
            met -= 1
        except Undecided:
            undecided += 1
        else:
            if found.truth is False:
                violation = Violation(_shown(values), "; ".join(map(_sides, found.grounds)))
                return Recheck(tried, met, held, undecided, violation)
            held += found.truth is True
            undecided += found.truth is None
    return Recheck(tried, met, held, undecided, None)


def _opened(given: list[Formula], goal: Formula) -> tuple[list[Formula], Formula]:
    """Return the sequent with the premises of its conclusion among the hypotheses."""
    while isinstance(goal, ForAll | Implies):
        if isinstance(goal, ForAll):
            given, goal = [*given, *goal.given], goal.body
        else:
            given, goal = [*given, goal.args[0]], goal.args[1]
    return given, goal


def _meets(given: Sequence[Formula], decider: Decider) -> bool:
    try:
        return all(decider.find(formula).truth for formula in given)
    except (Undefined, Undecided, UnfitWitnessError):
        return False


class _Draw:
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
        for symbol in sorted(scalars, key=_name):
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
        except (NotExact, Undefined, Undecided, UnfitWitnessError):
            return None
        return values

    def _define(self, relation: Relation, defined: dict[str, sp.Expr]) -> None:
        """Let a symbol be the term that makes the two sides equal, if there is such a symbol."""
        for left, right in ((relation.left, relation.right), (relation.right, relation.left)):
            for symbol in sorted(left.free_symbols, key=_name):
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
                    entries = Valuation(values, exact).blocks(other, {})
                    vectors[one.name] = blocks((value.fraction, times) for value, times in entries)
                    break

    def _vector(self, size: int, nonnegative: bool) -> Blocks:
        random = self._random
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


def _name(symbol: sp.Symbol) -> str:
    return str(symbol.name)


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
        if isinstance(left, sp.Pow) and symbol not in left.exp.free_symbols:
            left, right = left.base, right ** (1 / left.exp)
            continue
        if not isinstance(left, sp.Add | sp.Mul):
            return None
        holding = [part for part in left.args if symbol in part.free_symbols]
        if len(holding) != 1:
            return None
        rest = left.func(*(part for part in left.args if part is not holding[0]))
        right = right - rest if isinstance(left, sp.Add) else right / rest
        left = holding[0]
    return right


def _shown(values: Assignment) -> dict[str, Any]:
    def vector(entries: Blocks) -> list[list[Any]]:
        return [[str(value), times] for value, times in entries]

    shown: dict[str, Any] = {name: str(value) for name, value in values.scalars.items()}
    shown |= {name: str(term) for name, term in values.defined.items()}
    shown |= {name: vector(entries) for name, entries in values.vectors.items()}
    for name, steps in values.families.items():
        shown[name if name not in shown else f"{name}_t"] = {"steps": [*map(vector, steps)]}
    return dict(sorted(shown.items()))


def _sides(decided: Decided) -> str:
    if not isinstance(decided.formula, Relation):
        return f"{decided.formula} is {str(decided.truth).lower()}"
    sides = []
    for side in (decided.left, decided.right):
        if decided.bits:
            with balls.precision(decided.bits):
                sides.append(balls.decimal(side, 20))
        else:
            sides.append(exact.text(side) or "a long number")
    return f"{decided.formula} is {str(decided.truth).lower()}: {sides[0]} against {sides[1]}"
