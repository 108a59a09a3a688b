"""Where the proof of a claim got stuck: what was left, what was not seen, which lemma was near.

A line each, the cheap ones first: the parts that are proved and those that are not, the goal as it
stands once definitions are written out, the term or step that a rule refused, the theorem that
would give the claim under a premise more, or else the comparison that comes nearest, and the weaker
statement that is proved.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import suppress
from dataclasses import replace

import sympy as sp

from .. import kernel as K
from ..claims.catalogue import LIBRARY, find_claim
from ..kernel import KernelError
from ..kernel.definedness import Facts
from ..kernel.polynomials import NotAlgebraicError
from ..kernel.sequents import states
from ..language.binders import Binder
from ..language.claim import Claim
from ..language.formulas import (
    And,
    Exists,
    ForAll,
    Formula,
    Iff,
    Implies,
    NonZero,
    Relation,
    negation,
    normal,
)
from ..language.names import LanguageError
from ..language.operations import Log, Power
from ..language.terms import PowerSum, PQIndex
from ..notation.api import to_text
from .automation.norms import conditions
from .automation.power_facts import facts_of
from .library import THEOREMS, derived, missing_premises
from .matching import Values, instances
from .prover import prove
from .tactics.combine import Given, from_given
from .tactics.unfold import plain

#: how a line begins
GOAL, SIDE, NEAR, PART, WEAKER = (
    "goal left: ",
    "not seen: ",
    "nearly: ",
    "in parts: ",
    "proved is only: ",
)
_LONGEST = 300
#: theorems that would do with a premise more, and premises that one may need
_MOST_NEAR, _MOST_MISSING = 1, 2


def where_stuck(claim: Claim) -> Iterator[str]:
    """Yield where the proof of a claim that is not proved got stuck, a line each."""
    goal, given = claim.conclusion, tuple(claim.given)
    if isinstance(goal, And | Iff):
        yield from _parts(claim, goal)
        return
    if not isinstance(goal, Relation):
        yield GOAL + _short(goal)
        if isinstance(goal, Exists | ForAll):
            yield f'{SIDE}no value to show for "there is", or step under "for every", was found'
        yield from _under_more(claim)
        return
    try:
        facts = conditions(goal, given)
        known = (*given, *(fact.conclusion for fact in facts))
        wanted, _ = plain(goal, known)
    except KernelError as refusal:
        wanted, known = goal, given
        yield GOAL + _short(goal)
        yield SIDE + _refused(goal, given, refusal)
    else:
        yield GOAL + _short(wanted)
        with suppress(NotAlgebraicError):
            try:
                K.arithmetic(wanted, (), known)
            except KernelError as refusal:
                yield SIDE + _refused(wanted, known, refusal)
    near = [*_under_more(claim)]
    yield from near or _nearest(wanted, known)
    yield from _weaker(claim, goal)


def _parts(claim: Claim, goal: And | Iff) -> Iterator[str]:
    """Yield which part of "and" or "iff" is proved, and where the first other got stuck."""
    if isinstance(goal, And):
        pieces = [replace(claim, conclusion=part) for part in goal.args]
    else:
        one, two = goal.args
        pieces = [
            replace(claim, given=(*claim.given, a), conclusion=b)
            for a, b in ((one, two), (two, one))
        ]
    left: Claim | None = None
    for piece in pieces:
        proved = prove(piece) is not None
        left = left or (None if proved else piece)
        said = piece.conclusion
        if isinstance(goal, Iff):
            said = Implies(piece.given[-1], piece.conclusion)
        yield f"{PART}{'proved' if proved else 'left'}, {_short(said)}"
    if left is not None:
        yield from where_stuck(left)


def _weaker(claim: Claim, goal: Relation) -> Iterator[str]:
    """Yield the weaker comparisons that are proved where < or = is claimed."""
    for op in {"<": ("<=",), ">": (">=",), "=": ("<=", ">=")}.get(goal.op, ()):
        weak = Relation(op, goal.left, goal.right)
        if prove(replace(claim, conclusion=weak)) is not None:
            yield WEAKER + _short(weak)


def _under_more(claim: Claim) -> Iterator[str]:
    """Yield theorems that give the claim once a premise is added to it, the fewest first."""
    found: list[tuple[int, str]] = []
    for stated, values, missing in _instances(claim):
        added = tuple(formula for formula in missing if not _contradicts(formula, claim.given))
        if len(added) < len(missing):
            continue
        more = replace(claim, given=(*claim.given, *added))
        with suppress(KernelError, LanguageError):
            shown = derived(stated, THEOREMS[stated.id](), values, more)
            if states(shown.theorem, more):
                needs = " and ".join(map(to_text, added))
                line = f"{NEAR}{stated.title} ({stated.id}) gives it if also {needs}"
                found.append((len(added), line))
    yield from (line for _, line in sorted(found)[:_MOST_NEAR])


def _instances(claim: Claim) -> Iterator[tuple[Claim, Values, tuple[Formula, ...]]]:
    """Yield a theorem, values for its symbols, and the premises that do not follow at these."""
    for name in THEOREMS:
        stated = find_claim(name, LIBRARY)
        for values in instances(stated.conclusion, claim.conclusion):
            with suppress(LanguageError):
                missing = missing_premises(stated, claim, values)
                if 0 < len(missing) <= _MOST_MISSING:
                    yield stated, values, missing


def _contradicts(formula: Formula, given: Given) -> bool:
    """Tell whether a premise is seen to be false under what is given: it would be no mend."""
    denied = negation(formula)
    if normal(denied) in map(normal, given):
        return True
    with suppress(KernelError):
        if isinstance(denied, Relation):
            from_given(denied, tuple(given))
            return True
    return isinstance(formula, NonZero) and not formula.args[0].free_symbols


def _refused(goal: Relation, given: Given, refusal: KernelError) -> str:
    """Say which term has no value that is seen, or else which step a rule refused."""
    facts = Facts(given)
    for side in (goal.left, goal.right):
        if not facts.defined(side):
            return _no_value(side, facts)
    rule, _, reason = str(refusal).partition(": ")
    return _cut(reason if rule.isidentifier() else str(refusal))


def _no_value(term: sp.Expr, facts: Facts) -> str:
    """Say which part of a term is not seen to have a value, and what that part would need."""
    inner = () if isinstance(term, Binder) else (a for a in term.args if isinstance(a, sp.Expr))
    for part in inner:
        if not facts.defined(part):
            return _no_value(part, facts)
    if isinstance(term, Power) and isinstance(term.exp, sp.Integer):
        return f"{_short(term.base)} ≠ 0, below the line"
    if isinstance(term, Power):
        sign = "≥" if facts.positive(term.exp) else ">"
        return f"{_short(term.base)} {sign} 0, under a root or a power"
    if isinstance(term, Log) and not facts.positive(term.args[0]):
        return f"{_short(term.args[0])} > 0, in a logarithm"
    if isinstance(term, PQIndex) and not facts.nonzero_vector(term.args[0]):
        return f"{_short(term.args[0])} ≠ 0, of which an index is taken"
    return f"{_short(term)} has a value"


def _nearest(wanted: Relation, given: Given) -> Iterator[str]:
    """Yield the comparison that speaks of most power sums of the goal, and of no other."""
    sums = wanted.atoms(PowerSum)
    known: Sequence[tuple[int, str]] = [
        (len(fact.conclusion.atoms(PowerSum)), f"{words}: {_short(fact.conclusion)}")
        for fact, words in facts_of(wanted, given)
        if fact.conclusion.atoms(PowerSum) <= sums
    ]
    if known:
        _, line = max(known, key=lambda entry: entry[0])
        yield f"{NEAR}{line}; the goal is not this times a factor ≥ 0"


def _short(formula: sp.Basic) -> str:
    return _cut(to_text(formula))


def _cut(text: str) -> str:
    line = " ".join(text.split())
    return line if len(line) <= _LONGEST else line[:_LONGEST] + "..."
