"""The order in which proofs are tried; what a proof proves is for the reader of its theorem to see.

A claim is looked up in the library as it stands, unfolded by its definitions, held against one
comparison of norms, of two vectors or of terms, against the triangle inequality, tangents of the
logarithm and the classical inequalities, looked up as an instance of a theorem or what follows from
one, and tried by the rules of `automation`; at last it is tried with bounds for its letters, norms
and powers, with bars for the greatest and the least of numbers, in parts, with a value for what is
said to exist, and as what several inequalities give together. Nothing looks at an id.
"""

from __future__ import annotations

from contextlib import suppress
from functools import partial

from ..claims.catalogue import find_claim
from ..derivations.derivation import Derivation
from ..kernel import KernelError
from ..kernel.polynomials import NotAlgebraicError
from ..kernel.sequents import states, states_negation
from ..language.claim import Claim
from ..language.formulas import Relation, same
from ..language.names import LanguageError
from .automation.bounds import by_bound
from .automation.cases import Way, by_cases
from .automation.combined import by_combined
from .automation.criteria import by_rules
from .automation.entrywise import by_every
from .automation.extremes import by_extremes
from .automation.hoelder import by_hoelder
from .automation.identities import by_squares, by_unfolding
from .automation.loosened import by_bounds, by_loosened
from .automation.mean import by_mean
from .automation.members import by_members
from .automation.nonlinear import by_products
from .automation.norms import by_norms
from .automation.one_term import by_numbers, by_signs
from .automation.pairs import by_pairs
from .automation.positive import by_positive
from .automation.powers import by_powers
from .automation.premises import by_premise
from .automation.put_in import by_putting_in
from .automation.quadratic import by_completing_squares
from .automation.quantified import by_quantifiers
from .automation.restated import by_opened, by_solved
from .automation.rewritten import by_rewriting
from .automation.same_order import by_power_sums
from .automation.squares import by_factors
from .automation.star_order import by_star_order
from .automation.tangents import by_tangents
from .automation.termwise import by_terms
from .automation.triangles import by_triangles
from .library import as_stated, by_classical, by_library
from .paper import range as power_means
from .refutations.for_no_value import for_no_value
from .tactics.remembered import one_proof

_WAYS = (
    *(
        as_stated,
        by_unfolding,
        by_squares,
        by_factors,
        by_completing_squares,
        by_positive,
        by_premise,
        by_rules,
        by_norms,
        by_bound,
        by_signs,
    ),
    *(by_star_order, by_triangles, by_hoelder, by_terms, by_tangents, by_classical, by_library),
    *(by_powers, by_products, by_pairs, by_mean),
)


def prove(claim: Claim) -> Derivation | None:
    """Return a derivation whose theorem states the claim, None if there is none."""
    with one_proof():
        return _seen(partial(by_opened, way=_by_all), claim)


def _by_all(claim: Claim) -> Derivation | None:
    return _first(
        claim,
        partial(by_solved, way=_by_part),
        _by_part,
        partial(by_cases, way=_by_part),
        partial(by_quantifiers, way=_by_value),
        by_combined,
        partial(by_power_sums, way=by_combined),
        partial(by_cases, way=partial(_seen, by_combined)),
    )


def _by_value(claim: Claim) -> Derivation | None:
    ways = (by_bounds, _by_one, partial(by_loosened, way=_by_one))
    is_equation = isinstance(claim.conclusion, Relation) and claim.conclusion.op == "="
    return _first(claim, *ways, *([by_combined] if is_equation else []))


def _by_part(claim: Claim) -> Derivation | None:
    return _first(
        claim,
        _by_one,
        partial(by_loosened, way=_by_one),
        by_bounds,
        partial(by_extremes, way=_by_one),
        partial(by_putting_in, way=_by_one),
        partial(by_loosened, way=partial(by_loosened, way=_by_one)),
        partial(by_rewriting, way=_by_one),
        partial(by_members, way=_by_one),
        partial(by_power_sums, way=_by_part),
        partial(by_every, way=by_numbers),
    )


def _by_one(claim: Claim) -> Derivation | None:
    return _first(claim, *_WAYS)


def _first(claim: Claim, *ways: Way) -> Derivation | None:
    return next(filter(None, (_seen(way, claim) for way in ways)), None)


def _seen(way: Way, claim: Claim) -> Derivation | None:
    derivation = None
    # what the kernel refuses, and what has no form or is no term, ends a way, not the proof
    with suppress(KernelError, NotAlgebraicError, LanguageError):
        derivation = way(claim)
    return derivation if derivation is not None and states(derivation.theorem, claim) else None


def disprove(claim: Claim) -> Derivation | None:
    """Return a derivation of the negation of the claim's conclusion, None if there is none.

    Only an existence claim is refuted so: the negation of a claim about all values is not that it
    fails for all.
    """
    for name, prove_negation in power_means.DISPROOFS.items():
        if same(find_claim(name).conclusion, claim.conclusion):
            derivation = prove_negation()
            if states_negation(derivation.theorem, claim):
                return derivation
    with suppress(KernelError, NotAlgebraicError, LanguageError):
        general = for_no_value(claim, prove)
        if general is not None and states_negation(general.theorem, claim):
            return general
    return None
