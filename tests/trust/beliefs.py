"""What is said of a term, against what it is worth at points drawn at random.

Everything that a case asks is drawn from random numbers of its own, so that the same can be asked
of a smaller tree.
"""

from __future__ import annotations

import pickle
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from fractions import Fraction
from random import Random
from typing import Any

import sympy as sp
from flint import arb

from numeric_check.certifier.certify import evaluate_ball, evaluate_exact
from numeric_check.certifier.errors import Ambiguous, NotExact, Undecided, ValuelessError
from numeric_check.certifier.numbers import balls
from numeric_check.certifier.witness import Witness, blocks
from symbolic_proofs.kernel import KernelError
from symbolic_proofs.kernel.definedness import Facts
from symbolic_proofs.kernel.polynomials import NotAlgebraicError, as_term
from symbolic_proofs.kernel.work import limited
from symbolic_proofs.language.kinds import is_positive, is_whole, least
from symbolic_proofs.language.names import LanguageError
from symbolic_proofs.language.operations import scalar
from symbolic_proofs.language.serialization import from_wire, to_wire
from symbolic_proofs.language.vectors import Vector
from symbolic_proofs.notation.api import to_latex, to_text

from . import proposals
from .building import VARIABLES, build
from .laws import laws
from .reading import ForeignError, read
from .trees import (
    KINDS,
    ONE,
    TWO,
    VECTORS,
    Drawing,
    Tree,
    sort,
)
from .values import (
    BITS,
    agree,
    enclosure_of,
    entries,
    exactly,
    holds,
    meets,
    minus,
    point,
    shown,
    value,
    vector,
)

REFUSED = (LanguageError, KernelError, NotAlgebraicError)
#: a case that takes more operations is an alarm
MOST_OPERATIONS = 5_000_000
POINTS = 5
_NO_VALUE = "no value"


@dataclass(frozen=True)
class Alarm:
    """Something that was said and is not so; `what` names the question."""

    what: str
    said: str


def worth(tree: Tree, at: Any) -> Any:
    """Return the value, the entries or the truth of a tree.

    _NO_VALUE where it has none, and None where that cannot be told.
    """
    of = {"formula": holds, "vector": entries, "term": value}[sort(tree)]
    try:
        return of(tree, at)
    except ValuelessError:
        return _NO_VALUE
    except Ambiguous:
        return None


def alike(a: Any, b: Any) -> bool:
    """Tell whether two of them may be one."""
    if a is None or b is None:
        return True
    if type(a) is str or type(b) is str or type(a) is bool:
        return type(a) is type(b) and bool(a == b)
    if isinstance(a, list):
        return len(a) == len(b) and all(map(agree, a, b))
    return agree(a, b)


class Case:
    """All questions about one tree; `counts` counts what was asked and answered."""

    def __init__(self, seed: str, counts: Counter[str] | None = None) -> None:
        self.random = Random(seed)
        self.counts: Counter[str] = Counter() if counts is None else counts
        self.alarms: list[Alarm] = []
        self.drawing = Drawing(self.random)

    def draw(self) -> Tree:
        """Return a tree to ask about."""
        share = self.random.random()
        if share < 0.15:
            return self.drawing.telling()
        if share < 0.22:
            return self.drawing.vector(2)
        if share < 0.28:
            return self.drawing.formula(2)
        if share < 0.32:
            return self.drawing.nested(self.random.choice((2, 2, 3)))
        return self.drawing.term(self.random.choice((1, 2, 2, 3, 3)))

    def alarm(self, what: str, *said: object) -> None:
        """Note what is not so."""
        self.alarms.append(Alarm(what, " | ".join(map(str, said))))

    def examine(self, tree: Tree) -> list[Alarm]:
        """Ask everything; return the alarms."""
        with balls.precision(BITS), limited() as meter:
            try:
                self._examine(tree)
            except (TypeError, ValueError, AttributeError, ArithmeticError, LookupError) as error:
                if isinstance(error, ForeignError):
                    self.alarm("foreign", error)
                else:
                    self.alarm("crash", type(error).__name__, error, where(error))
            except RecursionError as error:
                self.alarm("crash", type(error).__name__, where(error))
        if meter.operations > MOST_OPERATIONS:
            self.alarm("slow", f"{meter.operations:,}")
        return self.alarms

    def _examine(self, tree: Tree) -> None:
        signs = self.random.random() < 0.5
        try:
            node = _built(tree, signs)
        except LanguageError:
            self.counts["refused while built"] += 1
            return
        self.counts["terms"] += 1
        back = read(node)
        self._stored(tree, node, signs)
        points = [point(self.random) for _ in range(POINTS)]
        found = [worth(tree, at) for at in points]
        for at, wanted in zip(points, found, strict=True):
            self._same("built", wanted, worth(back, at), node, at)
        self._put(node, back)
        if isinstance(node, sp.Expr):
            self._kinds(node, points, found)
        if self.random.random() < 0.25 and sort(tree) == "term":
            self._certified(node, points[0], found[0])
        self._facts(tree, node, list(zip(points, found, strict=True)))

    def _same(self, what: str, wanted: Any, found: Any, *where: Any) -> None:
        if wanted is None or found is None:
            return
        self.counts[f"{what}: values"] += 1
        if not alike(wanted, found):
            *terms, at = where
            self.alarm(what, *terms, shown(at), f"{wanted} became {found}")

    # -- what is kept --------------------------------------------------------------------------

    def _stored(self, tree: Tree, node: Any, signs: bool) -> None:
        if from_wire(to_wire(node)) != node:
            self.alarm("wire", node)
        if not (to_text(node) and to_latex(node)):
            self.alarm("printing", to_wire(node))
        if pickle.loads(pickle.dumps(node)) != node:
            self.alarm("pickle", node)
        try:
            other = _built(self._turned(tree), signs)
        except LanguageError as error:
            self.alarm("order", node, error)
        else:
            if other != node:
                self.alarm("order", node, other)

    def _turned(self, tree: Any) -> Any:
        if not isinstance(tree, tuple):
            return tree
        op, *parts = map(self._turned, tree)
        if op in "+*" and self.random.random() < 0.5:
            parts.reverse()
        return op, *parts

    def _put(self, node: Any, back: Tree) -> None:
        names = sorted(s.name for s in node.free_symbols)
        if not names:
            return
        name = self.random.choice(names)
        lengths = [v for v, (length, _) in VECTORS.items() if length == name]
        by = self._of_kind(name) if self.random.random() < 0.7 else self.drawing.term(1)
        if any(_speaks_of(v, by) for v in lengths):
            return  # there would be two vectors of one name
        try:
            put = node.xreplace({VARIABLES[name]: build(by)})
            again = read(put)
        except LanguageError:
            self.counts["refused while put"] += 1
            return
        for _ in range(POINTS):
            at = point(self.random)
            number = worth(by, at)
            if number is None or number == _NO_VALUE or not _is_of_kind(number, name):
                continue
            inside = {**at, name: number}
            if lengths and number > 6:
                continue
            for v in lengths:
                inside[v] = vector(v, inside, self.random)
            outside = {**inside, name: at[name]}
            self._same("put", worth(back, inside), worth(again, outside), node, name, put, outside)

    def _of_kind(self, name: str) -> Tree:
        if KINDS[name] in ("count", "size"):
            return self.random.choice((("+", self.drawing.times(), ONE), self.drawing.times()))
        if KINDS[name] in ("positive", "nonnegative"):
            term = self.drawing.term(1)
            return self.random.choice((("Exp", term), ("Abs", term), ("^", term, TWO)))
        share = self.random.random()
        return self.drawing.nested(2) if share < 0.15 else self.drawing.term(2)

    def _kinds(self, term: sp.Expr, points: list[Any], found: list[Any]) -> None:
        whole, low, positive = is_whole(term), least(term), is_positive(term)
        self.counts["whole"] += whole
        self.counts["least"] += low is not None
        self.counts["positive by kind"] += positive
        for at, number in zip(points, found, strict=True):
            if number is None or number == _NO_VALUE:
                continue
            if whole and not _may_be_whole(number):
                self.alarm("whole", term, shown(at), number)
            if low is not None and balls.sign(minus(number, exactly(low))) == -1:
                self.alarm("least", term, low, shown(at), number)
            if positive and balls.sign(number) in (0, -1):
                self.alarm("positive", term, shown(at), number)

    # -- the certifier -------------------------------------------------------------------------

    def _certified(self, term: sp.Expr, at: Any, wanted: Any) -> None:
        if wanted is None:
            return
        witness = Witness(
            {name: _fraction(at[name]) for name in KINDS},
            {name: blocks((_fraction(e), 1) for e in at[name]) for name in VECTORS},
        )
        for evaluate in (evaluate_ball, evaluate_exact):
            number: Any
            try:
                found = evaluate(term, witness, *((BITS,) if evaluate is evaluate_ball else ()))
                number = found if isinstance(found, arb) else enclosure_of(found)
            except ValuelessError:
                number = _NO_VALUE
            except (NotExact, Undecided):
                continue
            self._same(evaluate.__name__, wanted, number, term, at)

    # -- facts ---------------------------------------------------------------------------------

    def _facts(self, tree: Tree, node: Any, known: list[tuple[Any, Any]]) -> None:
        trees = self.drawing.hypotheses()
        try:
            given = tuple(map(build, trees))
        except LanguageError:
            trees, given = [], ()
        if trees:
            drawn = (point(self.random) for _ in range(25))
            known = [(at, worth(tree, at)) for at in drawn if meets(trees, at)][:POINTS]
            self.counts["hypotheses met"] += bool(known)
            self.counts["hypotheses never met"] += not known
        try:
            facts = Facts(given)
            said = self._said(facts, node)
        except REFUSED:
            self.counts["facts refused"] += 1
            return
        for what, (answer, contradicts) in said.items():
            self.counts[f"{what}: shown"] += answer
            for at, found in known if answer else ():
                if found is not None and contradicts(found):
                    self.alarm(what, given, node, shown(at), found)
        if isinstance(node, sp.Expr):
            self._forms(facts, given, tree, node, known)
        self._theorems(given, trees, tree, node, [at for at, _ in known])

    def _said(self, facts: Facts, node: Any) -> dict[str, tuple[bool, Callable[[Any], bool]]]:
        defined = facts.defined(node), lambda found: found == _NO_VALUE
        if isinstance(node, Vector):
            shown = facts.nonzero_vector(node)
            return {
                "defined": defined,
                "nonzero_vector": (
                    shown,
                    lambda v: v != _NO_VALUE and all(balls.sign(e) == 0 for e in v),
                ),
            }
        if not isinstance(node, sp.Expr):
            return {"defined": defined}

        def unless(*signs: int) -> Callable[[Any], bool]:
            return lambda found: found != _NO_VALUE and balls.sign(found) in signs

        return {
            "defined": defined,
            "positive": (facts.positive(node), unless(0, -1)),
            "nonnegative": (facts.nonnegative(node), unless(-1)),
            "nonpositive": (facts.nonnegative(-node), unless(1)),
            "nonzero": (facts.nonzero(node), unless(0)),
        }

    def _forms(
        self, facts: Facts, given: Any, tree: Tree, term: sp.Expr, known: list[tuple[Any, Any]]
    ) -> None:
        try:
            form = as_term(facts.algebra.form(term))
            back = read(form)
        except REFUSED:
            return
        self.counts["forms"] += 1
        for at, found in known:
            other = worth(back, at)
            if _NO_VALUE not in (found, other) and not alike(found, other):
                self.alarm("form", given, term, form, shown(at), found, other)
        for law in self.random.sample(laws(tree), 4):
            try:
                other = build(law)
                zero = other != term and facts.algebra.is_zero(term - other)
            except REFUSED:
                continue
            if zero:
                self.counts["laws shown"] += 1
                for at, found in known:
                    number = worth(law, at)
                    if _NO_VALUE not in (found, number) and not alike(found, number):
                        self.alarm("zero", given, term, other, shown(at), found, number)

    def _theorems(
        self, given: Any, trees: list[Tree], tree: Tree, node: Any, points: list[Any]
    ) -> None:
        for attempt in proposals.of(tree, node, given, self.drawing):
            self.counts["rules tried"] += 1
            try:
                theorem = attempt()
            except REFUSED:
                continue
            self.counts[f"rule {theorem.rule}"] += 1
            try:
                premises, conclusion = [*map(read, theorem.hypotheses)], read(theorem.conclusion)
            except ForeignError:
                continue
            for at in points:
                if meets(premises, at) and worth(conclusion, at) in (False, _NO_VALUE):
                    self.alarm(f"rule {theorem.rule}", theorem, shown(at))


def _built(tree: Tree, signs: bool) -> Any:
    built = build(tree, signs=signs)
    # what SymPy's own functions leave as theirs is the language's where it is put into a term
    return scalar(built) if isinstance(built, sp.Expr) else built


def _is_of_kind(number: Any, name: str) -> bool:
    kind, side = KINDS[name], balls.sign(number)
    if kind in ("count", "size") and (isinstance(number, arb) or number.q != 1):
        return False
    least = {"count": 1, "positive": 1, "size": 0, "nonnegative": 0, "real": -1}[kind]
    return side is not None and side >= least


def _speaks_of(vector: str, tree: Any) -> bool:
    if not isinstance(tree, tuple):
        return False
    return tree == ("vec", vector) or any(_speaks_of(vector, part) for part in tree)


def _may_be_whole(number: Any) -> bool:
    return bool(number.contains_integer() if isinstance(number, arb) else number.q == 1)


def _fraction(number: Any) -> Fraction:
    return Fraction(int(number.p), int(number.q))


def where(error: BaseException) -> str:
    trace = error.__traceback__
    lines = []
    while trace is not None:
        lines.append(f"{trace.tb_frame.f_code.co_name}:{trace.tb_lineno}")
        trace = trace.tb_next
    return " > ".join(lines[-6:])
