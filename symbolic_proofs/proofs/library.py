"""A claim that is an instance of a proved theorem, or that follows from one in a step.

Its names may be others, its symbols vectors or numbers, its relation weaker, its sides exchanged,
and what it says may be the theorem times a positive factor, under the definitions.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import suppress
from itertools import permutations

from .. import kernel as K
from ..claims.catalogue import LIBRARY, find_claim
from ..derivations.derivation import Derivation, Proof
from ..kernel import KernelError, Theorem
from ..kernel.sequents import states
from ..language.claim import Claim
from ..language.formulas import Formula, NonZero, Relation, free_variables, normal, same
from ..language.names import LanguageError
from ..language.operations import Variable, order
from ..language.vectors import Entry
from .matching import Values, instances
from .paper import (
    concatenation,
    counting,
    kept_entries,
    norms,
    one_block,
    one_entry,
    range,
    rising_part,
    rising_tide,
    transfers,
)
from .paper.robin_hood import inside, region
from .tactics.classical import CLASSICAL
from .tactics.combine import Given, combine, from_given, settle
from .tactics.flat import flat
from .tactics.lift import concluded
from .tactics.unfold import plain

#: theorems by the claims, of the catalogue or beyond it, that they state: proved when needed
THEOREMS: dict[str, Callable[[], Derivation]] = {
    name: prove
    for module in (
        range,
        counting,
        concatenation,
        one_entry,
        one_block,
        transfers,
        inside,
        region,
        rising_tide,
        rising_part,
        kept_entries,
        norms,
    )
    for name, prove in module.PROOFS.items()
}

#: letters of a goal that those of a theorem about numbers are tried on
_MOST_LETTERS = 4


def as_stated(claim: Claim) -> Derivation | None:
    """Return the proof of a theorem that is stated in these very terms, None if there is none."""
    for name, prove in THEOREMS.items():
        stated = find_claim(name, LIBRARY)
        if same(stated.conclusion, claim.conclusion) and (_premises(stated) <= _premises(claim)):
            found = prove()
            if states(found.theorem, claim):
                return found
    return None


def by_library(claim: Claim) -> Derivation | None:
    """Return a derivation of a claim from one theorem of the library, None if none gives it."""
    for name, prove in THEOREMS.items():
        found = by_theorem(claim, find_claim(name, LIBRARY), prove)
        if found is not None:
            return found
    return None


def by_theorem(
    claim: Claim, stated: Claim, prove: Callable[[], Derivation | None]
) -> Derivation | None:
    """Return a derivation of a claim from one theorem, which is proved only if it may give it."""
    for values in instances(stated.conclusion, claim.conclusion, stated.given, claim.given):
        try:
            source = None if missing_premises(stated, claim, values) else prove()
            if source is None:
                continue
            found = derived(stated, source, values, claim)
        except (KernelError, LanguageError):
            continue
        if states(found.theorem, claim):
            return found
    return None


def by_classical(claim: Claim) -> Derivation | None:
    """Return a derivation of a claim that is an instance of a classical inequality, or None."""
    goal, given = claim.conclusion, tuple(claim.given)
    if not isinstance(goal, Relation) or goal.op not in ("<=", ">="):
        return None
    try:
        wanted, _ = plain(goal, given)
    except KernelError:
        return None
    for title, prove in CLASSICAL:
        theorem = prove()
        for values in _proposed(theorem, goal, wanted, given):
            proof = Proof()
            try:
                proof.show(theorem, title)
                known = settle(K.instantiate(theorem, dict(values), given), given)
                proof.show(known, "the theorem for what stands here")
                concluded(proof, goal, known, given, [], "so, by the definitions")
            except (KernelError, LanguageError):
                continue
            if proof.steps[-1].theorem.hypotheses <= {*given}:
                return proof.done()
    return None


def _proposed(theorem: Theorem, goal: Relation, wanted: Relation, given: Given) -> Iterator[Values]:
    multiplied = []
    with suppress(KernelError):  # (x y)^(1/2) as x^(1/2) y^(1/2)
        sides = (flat(side, given) for side in (wanted.left, wanted.right))
        multiplied.append(Relation(wanted.op, *sides))
    seen: list[Values] = []
    for stated in dict.fromkeys((goal, wanted, *multiplied)):
        for values in instances(theorem.conclusion, stated):
            if values not in seen:
                seen.append(values)
                yield values
    # numbers alone: any of the goal's may be meant
    own = sorted(free_variables(theorem.conclusion), key=order)
    if all(isinstance(symbol, Variable) for symbol in own):
        letters = sorted(wanted.atoms(Variable) | wanted.atoms(Entry), key=order)
        if len(letters) <= _MOST_LETTERS:
            yield from (
                dict(zip(own, chosen, strict=True)) for chosen in permutations(letters, len(own))
            )


def _premises(claim: Claim) -> set[Formula]:
    return set(map(normal, claim.given))


def missing_premises(stated: Claim, claim: Claim, values: Values) -> tuple[Formula, ...]:
    """Return the premises of a theorem that do not follow: it is proved only where it is of use.

    Raises LanguageError where a premise cannot be stated at these values.
    """
    wanted = [normal(formula.xreplace(dict(values))) for formula in stated.given]
    given = _premises(claim)
    return tuple(f for f in wanted if f not in given and not _follows(f, tuple(claim.given)))


def _follows(formula: Formula, given: Given) -> bool:
    """Tell whether a premise is seen to follow: a relation, or that a vector is not zero."""
    try:
        if isinstance(formula, Relation):
            from_given(formula, given)
        elif isinstance(formula, NonZero):
            K.nonzero(formula.args[0], given)
        else:
            return False
    except KernelError:
        return False
    return True


def derived(stated: Claim, source: Derivation, values: Values, claim: Claim) -> Derivation:
    """Derive a claim from a theorem at values of its symbols; raises KernelError if it is not."""
    given = tuple(claim.given)
    proof = Proof()
    proof.show(source.theorem, f"a theorem: {stated.title} ({stated.id})")
    known = settle(K.instantiate(source.theorem, dict(values), given), given)
    proof.show(known, "the theorem for what stands here")
    if same(known.conclusion, claim.conclusion):
        return proof.done()
    if not isinstance(claim.conclusion, Relation):
        raise KernelError("the theorem says something else")
    with suppress(KernelError):  # a < b for a <= b
        proof.show(combine(claim.conclusion, (1, known), given=given), "which is more than this")
        return proof.done()
    concluded(proof, claim.conclusion, known, given, [], "so, by the definitions")
    return proof.done()
