"""How each rule of the kernel is applied to theorems and terms drawn at random.

The arguments are such that the rule may accept; `rules.py` changes some of them afterwards.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import sympy as sp

from symbolic_proofs import kernel as K
from symbolic_proofs.kernel import KernelError, Theorem
from symbolic_proofs.kernel.theorem import difference
from symbolic_proofs.language.formulas import (
    And,
    Constant,
    Every,
    Exists,
    NonZero,
    Not,
    Relation,
    free_variables,
    negation,
)
from symbolic_proofs.language.kinds import is_whole
from symbolic_proofs.language.operations import Variable
from symbolic_proofs.language.sums import ShortestWindow
from symbolic_proofs.language.terms import Greatest, Least, NonzeroCount, OnNonzero, Total
from symbolic_proofs.language.vectors import (
    Concat,
    Entry,
    Sorted,
    Vector,
    VectorSymbol,
    copies,
    entry,
    length,
)

from .building import SYMBOLS, VARIABLES
from .vocabulary import INDEX, Vocabulary

#: premises, then arguments
Given = tuple[Any, ...]


class Applications:
    """Draws premises and arguments for a rule; `pool` are the theorems at hand."""

    def __init__(self, words: Vocabulary, pool: list[Theorem]) -> None:
        self.words, self.pool = words, pool
        self.pick, self.chance = words.pick, words.chance

    def of(self, name: str) -> Given:
        """Return what to apply a rule to. Raises LanguageError, KernelError."""
        made: Given = getattr(self, name)()
        return made

    # -- theorems ----------------------------------------------------------------------------------

    def theorem(self, fits: Callable[[Theorem], bool] | None = None) -> Theorem:
        """Return a theorem of the pool, one that fits if a few draws find it."""
        drawn = self.pool[0]
        for _ in range(12):
            drawn = self.words.random.choice(self.pool)
            if fits is None or fits(drawn):
                break
        return drawn

    def comparison(self, *ops: str) -> Theorem:
        """Return a theorem that compares terms."""

        def fits(theorem: Theorem) -> bool:
            return isinstance(theorem.conclusion, Relation) and theorem.conclusion.op in ops

        drawn = self.theorem(fits)
        return drawn if fits(drawn) else K.assume(Relation(ops[0], *self.words.alike()))

    def by_algebra(self) -> Theorem:
        """Return what algebra shows at once."""
        goal = self.words.relation()
        return K.arithmetic(goal, (), self.words.given())

    def at_entries(self) -> Theorem:
        """Return a comparison of terms that read entries at the index."""
        if self.chance(0.5):
            return self.theorem(lambda t: INDEX in t.conclusion.free_symbols)
        v = self.words.pick(*SYMBOLS.values())
        low, high = self.words.body(v), self.words.body(self.pick(v, self.words.vector()))
        relation = Relation(self.pick("<=", "<", "="), low, high)
        made = K.assume(relation)
        if self.chance(0.5):
            e = Entry(v, INDEX)
            goal = self.pick(
                Relation("<=", 0, abs(e)), Relation("<=", e, abs(e) + 1), Relation("=", e - e, 0)
            )
            return K.arithmetic(goal, (), (Relation("<=", INDEX, length(v)), *self.words.given()))
        return made

    def proper(self, goal: Any, *more: Any) -> Theorem:
        """Return a theorem with this conclusion: shown by algebra, of the pool, or assumed."""
        for theorem in self.pool:
            if theorem.conclusion == goal and self.chance(0.7):
                return theorem
        if isinstance(goal, Relation) and self.chance(0.6):
            try:
                return K.arithmetic(goal, (), (*more, *self.words.given()))
            except KernelError:
                pass
        return K.assume(goal)

    def hypothesis(self, theorem: Theorem) -> Any:
        """Return a hypothesis of a theorem, or another formula."""
        known = sorted(theorem.hypotheses, key=str)
        return self.pick(*known) if known and self.chance(0.95) else self.words.formula()

    # -- hypotheses --------------------------------------------------------------------------------

    def assume(self) -> Given:
        return (self.words.formula(),)

    def weaken(self) -> Given:
        return self.theorem(), self.words.given()

    def cut(self) -> Given:
        theorem = self.theorem(lambda t: bool(t.hypotheses))
        return self.proper(self.hypothesis(theorem)), theorem

    def cases(self) -> Given:
        theorem = self.theorem(lambda t: bool(t.hypotheses))
        formula = self.pick(self.hypothesis(theorem), self.words.formula(), self.words.useful())
        left, right = K.weaken(theorem, (formula,)), K.weaken(theorem, (negation(formula),))
        if self.chance(0.3):
            goal, given = self.words.relation(), self.words.given()
            left = K.arithmetic(goal, (), (*given, formula))
            right = K.arithmetic(goal, (), (*given, negation(formula)))
        return left, right, formula

    def absurd(self) -> Given:
        theorem = self.theorem()
        opposite = negation(theorem.conclusion)
        no = K.weaken(K.assume(opposite), self.words.given())
        return theorem, no, self.words.formula()

    def antisymmetry(self) -> Given:
        theorem = self.comparison("<=", "=")
        relation = theorem.conclusion
        a, b = relation.left, relation.right
        if relation.op == "=":
            first, second = Relation("<=", a, b), Relation(">=", a, b)
            one = sp.Integer(1)
            return K.arithmetic(theorem, first, (one,), ()), K.arithmetic(
                theorem, second, (-one,), ()
            )
        return theorem, self.proper(Relation("<=", b, a))

    def instantiate(self) -> Given:
        theorem = self.theorem()
        parts = (*theorem.hypotheses, theorem.conclusion)
        free = sorted(set().union(*map(free_variables, parts)), key=str)
        values = {}
        for variable in self.words.random.sample(free, min(len(free), self.pick(1, 1, 2))):
            if isinstance(variable, VectorSymbol):
                alike = [v for v in SYMBOLS.values() if length(v) == length(variable)]
                base = self.pick(*alike, variable)
                values[variable] = self.pick(
                    base, Sorted(base), base * self.words.simple(), base + self.words.simple()
                )
            elif variable.kind in ("count", "size"):
                values[variable] = self.pick(self.words.whole() + 1, self.words.whole(), variable)
            else:
                term = self.words.nested() if self.chance(0.15) else self.words.term(1)
                values[variable] = self.pick(self.words.simple(), term)
                if variable.kind != "real":
                    values[variable] = self.pick(abs(values[variable]), values[variable] ** 2)
        return theorem, values, self.words.given()

    def rewrite(self) -> Given:
        theorem = self.theorem()
        inside = [
            part
            for part in sp.preorder_traversal(theorem.conclusion)
            if isinstance(part, sp.Expr) and not isinstance(part, Variable)
        ]
        if self.chance(0.4) and inside:
            old = self.words.random.choice(inside)
            new = self.pick(old * 1 + 0, old + 0 * VARIABLES["x"], old * 2 / 2, abs(old))
            goal = Relation("=", *self.pick((old, new), (new, old)))
            equation = self.proper(goal)
        else:
            equation = self.comparison("=")
        return equation, theorem, self.chance(0.4), self.chance(0.3)

    # -- comparisons -------------------------------------------------------------------------------

    def arithmetic(self) -> Given:
        ops = ("=", "<", "<=", ">", ">=", "!=")
        if self.chance(0.3):
            return self.words.relation(2), (), self.words.given()
        theorems = [self.comparison(*ops[:5]) for _ in range(self.pick(1, 1, 2))]
        coefficients, total = [], sp.Integer(0)
        for theorem in theorems:
            simple = (1, 1, 2, sp.Rational(1, 2), VARIABLES["p"], VARIABLES["u"], -1)
            factor = sp.sympify(self.pick(*simple)) if self.chance(0.8) else self.words.term(1)
            coefficients.append(factor)
            total = total + factor * difference(theorem.conclusion)[0]
        rest = self.pick(0, 0, 1, self.words.simple(), self.words.term(1) ** 2)
        op = self.pick("<", "<=", "=", "<=", "!=")
        goal = Relation(op, 0, self.pick(total + rest, -total))
        return *theorems, goal, tuple(coefficients), self.words.given()

    def exponential(self) -> Given:
        return self.words.term(2), self.words.given()

    exponential_weak = exponential

    def whole(self) -> Given:
        if self.chance(0.5):
            low, high = self.words.whole(), self.words.whole()
            goal = Relation("<", low, high + self.pick(0, 1))
            return (self.proper(goal),)

        def fits(theorem: Theorem) -> bool:
            c = theorem.conclusion
            return isinstance(c, Relation) and is_whole(c.left) and is_whole(c.right)

        return (self.theorem(fits),)

    # -- sums --------------------------------------------------------------------------------------

    def define(self) -> Given:
        v = self.words.vector()
        return self.words.counted(v), self.words.given(NonZero(v))

    def linear(self) -> Given:
        total = self.words.nested() if self.chance(0.2) else None
        return total or self.words.over(self.words.vector(), Total), self.words.given()

    def split(self) -> Given:
        v = self.words.parts()
        return self.words.over(v), v, self.words.given(Relation("<=", 1, length(v)))

    def sum_up(self) -> Given:
        return self.at_entries(), INDEX, self.range()

    def range(self) -> Any:
        """Return how far an index may run."""
        return self.pick(VARIABLES["N"], VARIABLES["n"], VARIABLES["N"], self.words.whole())

    def sum_up_strictly(self) -> Given:
        weak = self.at_entries()
        relation = weak.conclusion
        if not isinstance(relation, Relation):
            raise KernelError("no comparison")
        op = {"<=": "<", ">=": ">"}.get(relation.op, relation.op)
        strict = self.proper(Relation(op, relation.left, relation.right))
        somewhere = self.hypothesis(strict)
        return weak, K.weaken(strict, (somewhere,)), somewhere, INDEX, self.range()

    def summand(self) -> Given:
        v = self.words.vector()
        return self.words.over(v, Total), self.place(v), self.words.given(*self.in_range(v))

    def place(self, v: Any) -> Any:
        """Return an index that may be one of a vector."""
        return self.pick(sp.Integer(1), sp.Integer(2), length(v), VARIABLES["M"], VARIABLES["n"])

    def in_range(self, v: Any) -> tuple[Any, ...]:
        """Return what keeps indices inside of a vector."""
        names = (VARIABLES["M"], VARIABLES["n"], sp.Integer(2), sp.Integer(1))
        return tuple(Relation("<=", name, length(v)) for name in self.words.random.sample(names, 2))

    # -- indices -----------------------------------------------------------------------------------

    def every(self) -> Given:
        return self.at_entries(), INDEX, self.range()

    def at_index(self) -> Given:
        def fits(theorem: Theorem) -> bool:
            return isinstance(theorem.conclusion, Every)

        theorem = self.theorem(fits)
        if not fits(theorem):
            v = self.words.vector(0)
            theorem = K.assume(Every(Relation("<", 0, Entry(v, INDEX)), INDEX, length(v)))
        last = theorem.conclusion.args[2]
        index = self.pick(sp.Integer(1), last, VARIABLES["M"], VARIABLES["k"])
        more = Relation("<=", index, last), Relation("<=", 1, last)
        return theorem, index, self.words.given(*more)

    def every_part(self) -> Given:
        parts = [self.words.vector(0), self.words.vector(self.pick(0, 1))]
        v = Concat(*parts)
        body = Relation(self.pick("<", "<=", "="), self.words.body(v), self.words.simple())
        return K.assume(Every(body, INDEX, length(v))), self.pick(*v.args)

    def on_nonzero(self) -> Given:
        node = self.words.counted(self.words.vector())
        for _ in range(30):
            if isinstance(node, OnNonzero):
                break
            node = self.words.counted(self.words.vector())
        value = node.args[2] if isinstance(node, OnNonzero) else node
        said = Relation(self.pick("=", "!=", ">"), value, 0)
        return node, self.words.given(said, *self.in_range(SYMBOLS["W"]))

    def least(self) -> Given:
        v = self.words.vector()
        more = (*self.in_range(v), Relation("<=", 1, length(v)))
        return self.words.over(v, Least), self.place(v), self.words.given(*more)

    def greatest(self) -> Given:
        v = self.words.vector()
        more = (*self.in_range(v), Relation("<=", 1, length(v)))
        return self.words.over(v, Greatest), self.place(v), self.words.given(*more)

    def bound(self) -> Given:
        theorem = self.at_entries()
        if self.chance(0.6):
            body = self.words.body(self.words.vector(0))
            bound = self.words.simple()
            sides = self.pick((body, bound), (bound, body))
            theorem = self.proper(Relation(self.pick("<", "<="), *sides))
        relation = theorem.conclusion
        if not isinstance(relation, Relation):
            raise KernelError("no comparison")
        low, high = relation.oriented().args[1:]
        head, body = self.pick((Greatest, low), (Least, high))
        if self.chance(0.8):  # the side that depends on the index
            head, body = (Greatest, low) if INDEX in low.free_symbols else (Least, high)
        return theorem, head(body, INDEX, self.range()), INDEX

    def extreme_of_part(self) -> Given:
        v = self.words.parts()
        part = self.pick(*v.args) if isinstance(v, Concat) else v
        more = (Relation("<=", 1, length(part)),)
        return self.words.over(v, Least, Greatest), v, part, self.words.given(*more)

    # -- windows, sorting, counts ------------------------------------------------------------------

    def window_scaled(self) -> Given:
        v = self.words.vector(0)
        line = v * self.words.simple()
        line = line + self.words.simple() if self.chance(0.4) else line
        k = self.words.width(v)
        return ShortestWindow(line, k), self.words.given(*self._wide(k, v))

    def _wide(self, k: Any, v: Any) -> tuple[Any, ...]:
        return Relation("<=", k, length(v)), Relation("<", 0, k)

    def window_of_copies(self) -> Given:
        v, m = self.words.vector(0), self.pick(sp.Integer(2), VARIABLES["M"], VARIABLES["m"])
        width = self.pick(sp.Integer(1), sp.Integer(2), VARIABLES["n"])
        k = self.pick(m * width, self.words.width(v), m * width - self.pick(0, 1), m)
        more = (*self._wide(k, copies(v, m)), *self._wide(width, v))
        more += Relation("<", m * (width - 1), k), Relation("<=", k, m * width)
        return ShortestWindow(copies(v, m), k), width, self.words.given(*more)

    def window_of_equals(self) -> Given:
        v = self.words.vector(2)
        k = self.pick(self.words.width(v), *(length(part) for part in v.args if part.args))
        if not is_whole(k):
            k = sp.Integer(1)
        return ShortestWindow(v, k), self.words.given(*self._wide(k, v))

    def nonzero(self) -> Given:
        v = self.words.vector(2)
        return v, self.words.given(*map(NonZero, SYMBOLS.values()))

    def count_parts(self) -> Given:
        v = self.pick(self.words.parts, self.words.vector)()
        node = self.words.counted(v) if self.chance(0.7) else NonzeroCount(v)
        return node, self.words.given()

    def sorted_sum(self) -> Given:
        v = self.words.vector()
        e = Entry(Sorted(v), INDEX)
        body = self.words.body(v).xreplace({Entry(v, INDEX): e})
        body = self.pick(e, e**2, abs(e) * self.words.simple(), body)
        return Total(body, INDEX, length(v)), v, self.words.given()

    def ranked_sum(self) -> Given:
        v = self.words.vector()
        e = Entry(Sorted(v), INDEX)
        body = self.pick(INDEX * e, e * INDEX, INDEX * e * 2 / 2, INDEX * e + 0, e)
        return Total(body, INDEX, length(v)), v, self.words.given()

    # -- formulas ----------------------------------------------------------------------------------

    def open_predicate(self) -> Given:
        v = self.words.vector()
        predicate = self.pick(NonZero(v), Not(NonZero(v)), Constant(v), Not(Constant(v)))
        reference = self.pick(None, self.words.simple(), abs(entry(v, sp.Integer(1))))
        return predicate, reference, self.words.given(Relation("<=", 1, length(v)))

    def both(self) -> Given:
        return tuple(self.theorem() for _ in range(self.pick(1, 2, 2, 3)))

    def conjunct(self) -> Given:
        theorem = K.both(*self.both())
        parts = [*theorem.conclusion.args, self.words.relation()]
        return theorem, self.pick(*parts)

    def iff(self) -> Given:
        left = self.words.formula()
        right = self.pick(left, self.words.relation())
        forth, back = self.proper(right), self.proper(negation(right))
        forth = K.weaken(forth, (left, *self.words.given()))
        return forth, K.weaken(back, (negation(left),)), left, right

    def generalise(self) -> Given:
        theorem = self.theorem()
        hypotheses = sorted(theorem.hypotheses, key=str)
        free = sorted(free_variables(theorem.conclusion), key=str) or [VARIABLES["x"]]
        variable = self.words.random.choice(free)
        speaking = [h for h in hypotheses if variable in free_variables(h)]
        given = tuple(h for h in hypotheses if self.chance(0.9 if h in speaking else 0.2))
        return theorem, given, (variable,)

    def exhibit(self) -> Given:
        theorem = self.theorem()
        value: sp.Basic = sp.Integer(1)
        variable: Any = VARIABLES[self.pick(*"xyup")]
        inside = [
            part
            for part in sp.preorder_traversal(theorem.conclusion)
            if isinstance(part, sp.Expr | Vector) and not isinstance(part, sp.Rational)
        ]
        if inside:
            value = self.words.random.choice(inside)
        if isinstance(value, Vector):
            own = self.pick(length(value), length(value), sp.Integer(2), VARIABLES["n"])
            variable = VectorSymbol("Z", own, self.pick("real", "real", "nonnegative"))
        body = theorem.conclusion.xreplace({value: variable})
        given = And()
        if isinstance(body, And) and body.args and self.chance(0.7):
            given, body = And(*body.args[:-1]), body.args[-1]
        return theorem, Exists(body, given, variable), (value,)
