"""The claims that a command line asks for."""

from __future__ import annotations

import re
import sys
from collections.abc import Mapping, Sequence
from fractions import Fraction

from numeric_check.certifier.certify import Undecided, UnfitWitnessError, decide
from numeric_check.certifier.numbers.exact import ValuelessError
from numeric_check.certifier.witness import Witness
from symbolic_proofs.claims.catalogue import CATALOGUE
from symbolic_proofs.language.claim import Claim
from symbolic_proofs.notation.marked import unmarked

from ..errors import InputError
from .claims_file import SUFFIX, load_paper
from .claims_lines import without_comments
from .keywords import holds
from .lookup import (
    headings_of,
    is_in_paper,
    is_statement,
    matching,
    references_of_file,
    resolve,
)


def claim_of(id_: str) -> Claim:
    """Return the claim with this id or reference; raises InputError, naming the nearest ids."""
    return resolve(id_)[0]


def select(ids: Sequence[str]) -> list[Claim]:
    """Return the claims asked for, all of them for none, each amendment after what it amends.

    Raises InputError for a claim that is not built in.
    """
    _refuse_python(ids)
    return in_order([claim_of(id_) for id_ in ids] if ids else CATALOGUE)


def in_order(asked: Sequence[Claim]) -> list[Claim]:
    """Return claims in the order in which they are asked for, an amendment after what it amends."""
    order: list[Claim] = []
    for claim in asked:
        if claim not in order and claim.amends is None:
            order.append(claim)
            order += [c for c in asked if c.amends == claim.id and c not in order]
    return order + [claim for claim in dict.fromkeys(asked) if claim not in order]


def select_for_document(ids: Sequence[str], keyword: str | None = None) -> dict[str, Claim]:
    """Return the claims of an appendix or a report by their references; ids tell them apart there.

    Raises InputError for a claim of a Python file, and for two claims of one id.
    """
    _refuse_python(ids)
    found = select_with_ids_apart(ids, keyword)
    by_claim = {claim: reference for reference, claim in found.items()}
    return {by_claim[claim]: claim for claim in in_order(list(by_claim))}


def select_with_ids_apart(ids: Sequence[str], keyword: str | None = None) -> dict[str, Claim]:
    """Return the claims asked for by their references; raises InputError for two of one id."""
    found = select_references(ids, keyword)
    names = [claim.id for claim in found.values()]
    twice = next((name for name in names if names.count(name) > 1), None)
    if twice is not None:
        raise InputError(f"two claims are called {twice}: ask for one file at a time")
    return found


def _refuse_python(ids: Sequence[str]) -> None:
    own = [id_ for id_ in ids if re.search(r"\.py\b", id_)]
    if own:
        raise InputError(
            f"{own[0]}: only claims that are built in, or of a claims file, can be had here; for "
            "your own use `sparsity-audit verify FILE.py -o DIR`"
        )


def select_references(asked: Sequence[str], keyword: str | None = None) -> dict[str, Claim]:
    """Return the claims asked for by their references, all of the paper's for none.

    A file stands for all that it states, a prefix, a glob or a section for all that it fits, and
    "-" for the lines on standard input. Of these are kept those that hold the words of `keyword`.
    Raises InputError where none is left, and for two claims of one id: their verdicts could not be
    told apart.
    """
    found = _asked_for(asked)
    if keyword is None:
        return found
    sections = headings_of(found)
    kept = {
        reference: claim
        for reference, claim in found.items()
        if holds(
            (claim.id, unmarked(claim.title), claim.locator, sections.get(claim.id, "")), keyword
        )
    }
    if not kept:
        raise InputError(f"none of {len(found)} claims holds {keyword!r} in its words or place")
    return kept


def named_claims(asked: Sequence[str], keyword: str | None = None) -> dict[str, Claim]:
    """Return the claims asked for by their references; raises InputError where none is named."""
    if not asked and keyword is None:
        raise InputError("name a claim: an ID, a STATEMENT, FILE.claims; `list` shows the ids")
    return select_references(asked, keyword)


def _asked_for(asked: Sequence[str]) -> dict[str, Claim]:
    found: dict[str, Claim] = {}
    for name in (reference for argument in asked for reference in _references(argument)):
        claim = claim_of(name)
        if is_in_paper(name) or all(claim != other for other in found.values()):
            found[name] = claim
    refuse_same_ids(found)
    if not asked:
        return {claim.id: claim for claim in select(())}
    built_in = [name for name in found if name == found[name].id]
    own = {name: claim for name, claim in found.items() if name not in built_in}
    return {claim.id: claim for claim in select(built_in)} | own if built_in else own


def _references(name: str) -> list[str]:
    """Return the references that an argument stands for."""
    if name == "-":
        lines = without_comments(sys.stdin.read()).split("\n")
        stated = [line.strip() for line in lines if line.strip()]
        if not stated:
            raise InputError("standard input states nothing: write a statement on each line")
        return stated
    if is_statement(name):
        return [name]
    return references_of_file(name) if name.endswith((".py", SUFFIX)) else matching(name)


def problems_in(asked: Sequence[str]) -> list[str]:
    """Return what is wrong in the claims files that are asked for, a line each with its place."""
    files = [name for name in asked if name.endswith(SUFFIX) and not is_statement(name)]
    return [line for path in dict.fromkeys(files) for line in load_paper(path).problems]


def refuse_same_ids(claims: Mapping[str, Claim]) -> None:
    """Raise InputError where two references ask for different claims of one id."""
    references: dict[str, str] = {}
    for reference, claim in claims.items():
        if is_in_paper(reference):  # ids there belong to their file
            continue
        other = references.setdefault(claim.id, reference)
        if other != reference and claims[other] != claim:
            raise InputError(
                f"{other} and {reference} have the same id, {claim.id}; rename one of them, or "
                "ask for them one at a time"
            )


def check_exponents(claim: Claim, p: Fraction | None, q: Fraction | None) -> None:
    """Raise InputError unless p and q, where given, fit the premises of the claim."""
    given = {name: value for name, value in (("p", p), ("q", q)) if value is not None}
    for formula in claim.given:
        try:
            holds = decide(formula, Witness(given))
        except (UnfitWitnessError, Undecided, ValuelessError):
            continue
        if not holds:
            said = ", ".join(f"{name} = {value}" for name, value in given.items())
            raise InputError(f"{claim.id} is stated for {formula}: {said} does not fit")
