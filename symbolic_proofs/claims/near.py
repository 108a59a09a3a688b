"""Statements near a claim: what an author may have meant by one that fails.

The conclusion is weaker, turned round, or an equation; a premise is added that papers often leave
unsaid; the exponents are those that are used in practice. Nothing here knows which of them hold.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

import sympy as sp

from ..language.claim import Claim
from ..language.formulas import (
    And,
    Constant,
    Exists,
    ForAll,
    Formula,
    NonZero,
    Not,
    Relation,
    SameVector,
    Some,
    at_most,
    equal,
    free_variables,
    less,
    normal,
    unequal,
)
from ..language.kinds import least
from ..language.operations import Abs, order
from ..language.symbols import bound_symbol, kind_of, symbol
from ..language.terms import Greatest, PowerSum
from ..language.vectors import Concat, Repeat, VectorSymbol, entry, length

#: pairs of exponents: those of Hoyer's measure, of kurtosis, and of the index of 1/2 and 1
EXPONENTS = ((1, 2), (2, 4), (sp.Rational(1, 2), 1))
_WEAKER = {"<": "<=", ">": ">="}
#: what an equation says, and what is weaker than one says less
_EQUAL = "equal"
_TURNED = {"<": ">", ">": "<", "<=": ">=", ">=": "<="}


@dataclass(frozen=True, slots=True)
class Near:
    """A statement near a claim; `changes` names what is changed.

    One with fewer `parts` says more: with R != 0 less is supposed than with R not constant.
    """

    changes: tuple[str, ...]
    claim: Claim
    parts: frozenset[object]


def near(claim: Claim) -> Iterator[Near]:
    """Yield the statements near a claim, those with one change before those with two."""
    premises = list(_premises(claim))
    yield from _conclusions(claim)
    yield from premises
    for premise in premises:
        for other in _conclusions(premise.claim):
            changes = (*premise.changes, *other.changes)
            yield Near(changes, other.claim, premise.parts | other.parts)


def convincing(claim: Claim) -> Claim | None:
    """Return the claim with all that a reader could put a counterexample down to forbidden.

    Its conclusion is the weaker one; each vector has two nonzero entries of different magnitude,
    and no two vectors are the same. None where the claim speaks of no vector.
    """
    vectors = _vectors(claim)
    if not vectors:
        return None
    added = [_has_two_magnitudes(v) for v in vectors]
    added += [
        Not(SameVector(v, w))
        for k, v in enumerate(vectors)
        for w in vectors[:k]
        if length(v) == length(w)
    ]
    then = _related(claim.conclusion, _WEAKER) or claim.conclusion
    return replace(claim, given=(*claim.given, *added), conclusion=then)


# -- the conclusion --------------------------------------------------------------------------------


def _conclusions(claim: Claim) -> Iterator[Near]:
    then = claim.conclusion
    if isinstance(then, Relation) and then.op in _WEAKER:
        yield _concluding(claim, equal(then.left, then.right), f"= for {then.op}", {_EQUAL})
    for signs, parts in ((_TURNED, {"turned"}), (_WEAKER, {"weaker", _EQUAL})):
        changed = _related(then, signs)
        if changed is not None:
            found = next(p.op for p in sp.preorder_traversal(then) if _has(p, signs))
            said = f"{_shown(signs[found])} for {_shown(found)}"
            yield _concluding(claim, changed, said, parts)


def _concluding(claim: Claim, then: Formula, said: str, parts: set[str]) -> Near:
    return Near((said,), replace(claim, conclusion=then), frozenset(parts))


def _related(formula: Formula, signs: dict[str, str]) -> Formula | None:
    """Return a conclusion with other signs of comparison, None where it has none of them."""
    match formula:
        case Relation(op=op, left=left, right=right):
            return Relation(signs[op], left, right) if op in signs else None
        case And(args=parts):
            changed = [_related(part, signs) for part in parts]
            if not any(changed):
                return None
            return And(*(new or old for new, old in zip(changed, parts, strict=True)))
        case ForAll() | Exists():
            inside = _related(formula.body, signs)
            if inside is None:
                return None
            result: Formula = formula.func(inside, And(*formula.given), *formula.variables)
            return result
    return None


def _has(part: sp.Basic, signs: dict[str, str]) -> bool:
    return isinstance(part, Relation) and part.op in signs


def _shown(sign: str) -> str:
    return {"<=": "≤", ">=": "≥"}.get(sign, sign)


# -- premises --------------------------------------------------------------------------------------


def _premises(claim: Claim) -> Iterator[Near]:
    known = set(map(normal, claim.given))
    for added in _conditions(claim):
        new = tuple(condition for condition in added if normal(condition) not in known)
        if new:
            yield _with(claim, new)
    yield from _nonnegative(claim)
    yield from _at_exponents(claim)


def _with(claim: Claim, added: tuple[Formula, ...]) -> Near:
    implied = {NonZero(*part.args[0].args) for part in added if _varies(part)}
    words, given = ", ".join(map(str, added)), (*claim.given, *added)
    return Near((words,), replace(claim, given=given), frozenset({*added, *implied}))


def _varies(formula: Formula) -> bool:
    return isinstance(formula, Not) and isinstance(formula.args[0], Constant)


def _conditions(claim: Claim) -> Iterator[tuple[Formula, ...]]:
    vectors = _vectors(claim)
    free = {v.name: v for v in claim.variables if isinstance(v, sp.Symbol)}
    for v in vectors:
        yield (NonZero(v),)
        yield (Not(Constant(v)),)
        yield (Constant(v),)
    for n in dict.fromkeys(length(v) for v in vectors):
        if isinstance(n, sp.Symbol) and (least(n) or 0) < 2:
            yield (Relation(">=", n, 2),)
    p, q = free.get("p"), free.get("q")
    if p is not None and q is not None:
        yield _at_one(p, q)
        for value, rest in _entries_beside_others(claim):
            threshold = (PowerSum(rest, q) / PowerSum(rest, p)) ** (1 / (q - p))
            yield NonZero(rest), at_most(Abs(value), threshold)
            yield NonZero(rest), Relation(">=", value, threshold)
    exponents = [free[name] for name in "pqrs" if name in free]
    said = [e for e in exponents if e in free_variables(claim.conclusion)]
    if len(said) == 1:
        yield (less(said[0], 1),)
        yield (Relation(">", said[0], 1),)
    for x in sorted(free.values(), key=order):
        if kind_of(x) == "real":
            yield (unequal(x, 0),)
            yield (Relation(">=", x, 0),)
    for k, v in enumerate(vectors):
        yield from ((Not(SameVector(w, v)),) for w in vectors[:k] if length(v) == length(w))


def _at_one(p: sp.Symbol, q: sp.Symbol) -> tuple[Formula, ...]:
    return at_most(p, 1), Relation(">=", q, 1)


def _entries_beside_others(claim: Claim) -> Iterator[tuple[sp.Expr, VectorSymbol]]:
    """Yield x and R for each [x, R] of which the conclusion speaks."""
    for whole in sorted(claim.conclusion.atoms(Concat), key=order):
        first, *others = whole.args
        if isinstance(first, Repeat) and first.args[1] == 1 and len(others) == 1:
            value, rest = first.args[0], others[0]
            if isinstance(value, sp.Symbol) and isinstance(rest, VectorSymbol):
                yield value, rest


def _nonnegative(claim: Claim) -> Iterator[Near]:
    found = sorted(claim.statement.atoms(VectorSymbol), key=order)
    signed = [v for v in found if str(v.args[2]) == "real"]
    if signed:
        values = {v: VectorSymbol(v.name, v.args[1], "nonnegative", *v.indices) for v in signed}
        said = "entries ≥ 0"
        yield Near((said,), _put(claim, values), frozenset({said}))


def _at_exponents(claim: Claim) -> Iterator[Near]:
    free = {v.name: v for v in claim.variables if isinstance(v, sp.Symbol)}
    if "p" not in free or "q" not in free:
        return
    for p, q in EXPONENTS:
        changed = _put(claim, {free["p"]: sp.sympify(p), free["q"]: sp.sympify(q)})
        given = tuple(f for f in changed.given if not _is_true_of_numbers(f))
        said = f"p = {p}, q = {q}"
        # what holds for p <= 1 <= q holds here
        general = _at_one(free["p"], free["q"]) if p <= 1 <= q else ()
        yield Near((said,), replace(changed, given=given), frozenset({said, *general}))


def _is_true_of_numbers(formula: Formula) -> bool:
    match formula:
        case Relation(op="<", left=sp.Rational() as left, right=sp.Rational() as right):
            return bool(left < right)
        case Relation(op="<=", left=sp.Rational() as left, right=sp.Rational() as right):
            return bool(left <= right)
    return False


def _put(claim: Claim, values: dict[sp.Basic, sp.Basic]) -> Claim:
    given = tuple(formula.xreplace(values) for formula in claim.given)
    return replace(claim, given=given, conclusion=claim.conclusion.xreplace(values))


def _vectors(claim: Claim) -> list[VectorSymbol]:
    """Return the vectors that a claim speaks of, families left out, in order."""
    members = {v.name for v in claim.statement.atoms(VectorSymbol) if v.indices}
    found = (v for v in claim.variables if isinstance(v, VectorSymbol) and v.name not in members)
    return sorted(found, key=lambda v: v.name)


def _has_two_magnitudes(v: VectorSymbol) -> Formula:
    i, j = symbol("i", "count"), bound_symbol(0, "count")
    top = Greatest(Abs(entry(v, j)), j, length(v))
    here = Abs(entry(v, i))
    return Some(And(unequal(here, 0), less(here, top)), i, length(v))
