"""A run over many applications of rules: `python -m tests.trust.rules --applications 100000`.

Theorems come from the grammar and from the steps of real derivations, and rules are applied to
them with arguments that are right, partly right, or changed. What is accepted is evaluated on exact
instances: one that meets the hypotheses and not the conclusion is a failure.
"""

from __future__ import annotations

import argparse
import time
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from functools import cache, partial
from random import Random, SystemRandom
from typing import Any

import sympy as sp

from numeric_check.spot_check.recheck import Violation, recheck
from symbolic_proofs import kernel as K
from symbolic_proofs.claims.catalogue import CATALOGUE
from symbolic_proofs.claims.criteria_of import criteria_of
from symbolic_proofs.kernel import RULES, KernelError, Theorem
from symbolic_proofs.kernel.polynomials import NotAlgebraicError
from symbolic_proofs.kernel.work import limited
from symbolic_proofs.language.formulas import Formula, Relation
from symbolic_proofs.language.names import LanguageError
from symbolic_proofs.language.operations import order
from symbolic_proofs.language.vectors import Vector
from symbolic_proofs.measures import find_measure
from symbolic_proofs.proofs import prove

from .applications import Applications
from .beliefs import where
from .vocabulary import Vocabulary

REFUSED = (KernelError, LanguageError, NotAlgebraicError)
#: theorems with more parts are left where they are
LARGEST = 150
#: instances of a theorem that meet its hypotheses, and how many theorems are at hand at once
TRIALS, POOL = 2, 60
#: applications to one set of theorems
EPISODE = 60
#: how often what a rule is applied to is changed
CHANGED = 3
#: an application, or an evaluation, that takes more operations is a failure
MOST_OPERATIONS = 5_000_000
#: derivations that use the rules about sorted entries, extremes and windows
MEASURES = ("gini", "u-theta", "hoyer")


@dataclass
class Report:
    """What came of a run."""

    accepted: Counter[str] = field(default_factory=Counter)
    refused: Counter[str] = field(default_factory=Counter)
    evaluated: Counter[str] = field(default_factory=Counter)
    #: rule and text of what should not have been
    failures: list[str] = field(default_factory=list)
    kinds: Counter[str] = field(default_factory=Counter)

    @property
    def applications(self) -> int:
        """How often a rule was applied."""
        return self.accepted.total() + self.refused.total()


@cache
def derived(full: bool = False) -> tuple[Theorem, ...]:
    """Return the theorems of real derivations, those of moderate size."""
    claims = list(CATALOGUE)
    for name in MEASURES if full else MEASURES[:2]:
        claims += criteria_of(find_measure(name))
    found: dict[int, Theorem] = {}
    for claim in claims:
        derivation = prove(claim)
        waiting = [] if derivation is None else [step.theorem for step in derivation.steps]
        while waiting:
            theorem = waiting.pop()
            if id(theorem) not in found:
                found[id(theorem)] = theorem
                waiting.extend(theorem.premises)
    return tuple(theorem for theorem in found.values() if parts_of(theorem) <= LARGEST)


def parts_of(theorem: Theorem) -> int:
    """Return of how many nodes a theorem is made."""
    formulas = (*theorem.hypotheses, theorem.conclusion)
    return sum(1 for formula in formulas for _ in sp.preorder_traversal(formula))


class Run:
    """Applies rules at random, and evaluates what they accept."""

    def __init__(self, seed: int, *, rules: Iterable[str] = RULES, real: bool = True) -> None:
        self._rules = sorted(rules)
        self.random = Random(seed)
        self.report = Report()
        self._real = real
        self._known: set[int] = set()

    def go(self, applications: int, *, progress: int = 0) -> Report:
        """Apply rules so often."""
        start, shown = time.perf_counter(), progress
        while self.report.applications < applications:
            self.episode()
            if progress and self.report.applications >= shown:
                shown += progress
                seconds = time.perf_counter() - start
                kinds = dict(self.report.kinds)
                print(f"{self.report.applications}, {seconds:.0f} s, {kinds}", flush=True)
                for text in self.report.failures:
                    print(text, flush=True)
                self.report.failures.clear()
        return self.report

    def episode(self) -> None:
        """Apply rules to one set of theorems, which grows by what they make."""
        words = Vocabulary(self.random)
        pool: list[Theorem] = []
        real: list[Theorem] = []
        if self._real and self.random.random() < 0.35:
            real = self._neighbours()
            pool += real
        applications = Applications(words, pool)
        for draw in ("assume", "by_algebra", "at_entries") * 4:
            try:
                made = applications.by_algebra() if draw == "by_algebra" else None
                made = made or (
                    applications.at_entries() if draw == "at_entries" else K.assume(words.useful())
                )
            except REFUSED:
                continue
            pool.append(made)
        if not pool:
            return
        for _ in range(EPISODE):
            for made in self._attempts(words, applications, real):
                if parts_of(made) <= LARGEST:
                    pool.append(made)
                    if len(pool) > POOL:
                        del pool[self.random.randrange(len(pool) - 1)]

    def _neighbours(self) -> list[Theorem]:
        # those of one derivation stand next to each other, and speak of the same things
        known = derived()
        place = self.random.randrange(len(known))
        return list(known[place : place + 40])

    def _attempts(
        self, words: Vocabulary, applications: Applications, real: list[Theorem]
    ) -> Iterator[Theorem]:
        """Apply a rule as it may be meant, and to arguments that are a little different."""
        try:
            if real and self.random.random() < 0.5:
                step = self.random.choice(real)
                name, given = step.rule, (*step.premises, *step.arguments)
                given = tuple(
                    applications.theorem()
                    if isinstance(part, Theorem) and words.chance(0.15)
                    else part
                    for part in given
                )
            else:
                name = self.random.choice(self._rules)
                given = applications.of(name)
        except REFUSED:
            return
        for changed in range(1 + CHANGED):
            try:
                meant = self._changed(given, words) if changed else given
            except REFUSED:
                continue  # the change is none that the language can express
            made = self.apply(name, meant)
            if made is not None:
                yield made

    def _changed(self, given: tuple[Any, ...], words: Vocabulary) -> tuple[Any, ...]:
        places = [k for k, part in enumerate(given) if not isinstance(part, Theorem)]
        if not places:
            return given
        place = self.random.choice(places)
        return *given[:place], words.changed(given[place]), *given[place + 1 :]

    def apply(self, name: str, given: tuple[Any, ...]) -> Theorem | None:
        """Apply a rule; evaluate what it makes."""
        try:
            with limited() as meter:
                theorem = RULES[name](*given)
        except KernelError:
            self.report.refused[name] += 1
            theorem = None
        except Exception as error:
            self.report.refused[name] += 1
            what = f"crash {type(error).__name__} in {name}"
            place = where(error)
            self._failure(what, lambda: f"{place}: {given}")
            return None
        if meter.operations > MOST_OPERATIONS:
            self._failure(f"slow {name}", lambda: f"{meter.operations:,}: {given}")
        if theorem is None:
            return None
        self.report.accepted[name] += 1
        self._evaluate(theorem)
        return theorem

    def _evaluate(self, theorem: Theorem) -> None:
        key = hash((theorem.hypotheses, theorem.conclusion))
        if key in self._known or parts_of(theorem) > 2 * LARGEST:
            return
        self._known.add(key)
        with limited() as meter:
            violation = violated(theorem, self.random.randrange(10**6))
        self.report.evaluated[theorem.rule] += 1
        if meter.operations > MOST_OPERATIONS:
            self._failure("slow evaluation", lambda: f"{meter.operations:,}: {theorem}")
        if violation is not None:
            self._failure(f"false: {theorem.rule}", lambda: described(theorem))

    def _failure(self, what: str, said: Callable[[], str]) -> None:
        self.report.kinds[what] += 1
        if self.report.kinds[what] <= 3:
            self.report.failures.append(f"{what}: {said()}")


def violated(theorem: Theorem, seed: int, trials: int = TRIALS) -> Violation | None:
    """Return an instance at which a theorem is false, None if none is found."""
    try:
        given = sorted(theorem.hypotheses, key=order)
        found = recheck(given, theorem.conclusion, seed=seed, trials=trials)
    except LanguageError:
        return None  # a hypothesis without a value has no instance
    return found.violation


# -- what is shown ---------------------------------------------------------------------------------


def described(theorem: Theorem) -> str:
    """Return a false theorem with its derivation, from the first step that is false."""
    first = theorem
    while True:
        wrong = [p for p in first.premises if violated(p, 1, 60) is not None]
        if not wrong:
            break
        first = wrong[0]
    first = shrunk(first)
    lines = [f"{first}", f"    at {violated(first, 1, 200)}"]
    lines += [f"    {line}" for line in steps(first)]
    return "\n".join(lines)


def steps(theorem: Theorem, deep: int = 3) -> Iterator[str]:
    """Yield the applications of rules that made a theorem, the last one first."""
    yield f"{theorem.rule}{theorem.arguments}: {theorem}"
    for premise in theorem.premises if deep else ():
        yield from (f"  {line}" for line in steps(premise, deep - 1))


def shrunk(theorem: Theorem) -> Theorem:
    """Return a false theorem by the same rule of the same premises, with smaller arguments."""
    again = True
    while again:
        again = False
        for change in _smaller(theorem.arguments):
            try:
                other = RULES[theorem.rule](*theorem.premises, *change())
            except Exception:
                continue
            if parts_of(other) < parts_of(theorem) and violated(other, 1, 40) is not None:
                theorem, again = other, True
                break
    return theorem


def _smaller(part: Any) -> Iterator[Callable[[], Any]]:
    """Yield what makes an argument smaller; making it may be refused."""
    if isinstance(part, tuple):
        for k, one in enumerate(part):
            yield partial(_put, part, k)
            yield from (partial(_put, part, k, less) for less in _smaller(one))
    elif isinstance(part, dict):
        for key, one in part.items():
            yield partial(dict, (pair for pair in part.items() if pair[0] != key))
            yield from (partial(_put_at, part, key, less) for less in _smaller(one))
    elif isinstance(part, sp.Basic):
        for node in sp.preorder_traversal(part):
            for other in (*node.args, sp.Integer(0), sp.Integer(1)):
                if _one_sort(node, other) and other != node:
                    yield partial(part.xreplace, {node: other})


def _put(parts: tuple[Any, ...], k: int, *by: Callable[[], Any]) -> tuple[Any, ...]:
    return *parts[:k], *(one() for one in by), *parts[k + 1 :]


def _put_at(values: dict[Any, Any], key: Any, by: Callable[[], Any]) -> dict[Any, Any]:
    return {**values, key: by()}


def _one_sort(a: Any, b: Any) -> bool:
    sorts = Relation, Formula, Vector, sp.Expr
    return any(isinstance(a, sort) and isinstance(b, sort) for sort in sorts)


def main() -> None:
    """Run from the command line."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--seed", type=int, default=SystemRandom().randrange(10**6))
    parser.add_argument("--applications", type=int, default=20_000)
    options = parser.parse_args()
    print(f"seed {options.seed}, {options.applications} applications", flush=True)
    start = time.perf_counter()
    report = Run(options.seed).go(options.applications, progress=10_000)
    seconds = time.perf_counter() - start
    for name in sorted(RULES):
        row = report.accepted[name], report.refused[name], report.evaluated[name]
        print(f"  {name:18} accepted {row[0]:8}  refused {row[1]:8}  evaluated {row[2]:8}")
    never = [name for name in RULES if not report.accepted[name]]
    print(f"never accepted: {never}; failures: {dict(report.kinds)}")
    print(*report.failures, sep="\n")
    print(f"{report.applications} applications in {seconds:.0f} s, seed {options.seed}")
    raise SystemExit(bool(report.kinds))


if __name__ == "__main__":
    main()
