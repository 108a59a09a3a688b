"""What a claim is asked for by: an id, or a user's file and an id in it.

| reference            | the claim                                                        |
|----------------------|------------------------------------------------------------------|
| `zeros.raise`        | a claim of the paper                                             |
| `gini.robin-hood`    | a criterion of a built-in measure                                |
| `FILE.py:my.claim`   | a claim that the file states                                     |
| `FILE.py:NAME.babies`| a criterion of what the file calls NAME: a Measure or a function |

A reference is a string, so that it can be sent to another process and read there again.
"""

from __future__ import annotations

from collections.abc import Sequence
from difflib import get_close_matches

from symbolic_proofs.claims.catalogue import CATALOGUE, UnknownClaimError, find_claim
from symbolic_proofs.claims.criteria_of import CRITERIA, criteria_of
from symbolic_proofs.language.claim import Claim
from symbolic_proofs.measures import MEASURES, Measure, UnknownMeasureError, find_measure

from ..errors import InputError
from .user_files import UserFile, load

_FILE = ".py:"


def resolve(reference: str) -> tuple[Claim, Sequence[Claim]]:
    """Return the claim of a reference, and the claims among which its amendment is looked for.

    Raises InputError, naming the nearest, when there is none.
    """
    if _FILE in reference:
        path, _, id_ = _split(reference)
        return _in_file(load(path), id_)
    try:
        return built_in(reference)
    except UnknownClaimError as error:
        raise InputError(str(error)) from None


def built_in(id_: str) -> tuple[Claim, Sequence[Claim]]:
    """Return the claim with this id, and its fellows; no file is read or run for it.

    Raises UnknownClaimError, naming the nearest, when there is none.
    """
    name, _, criterion = id_.partition(".")
    if criterion in CRITERIA and name in {measure.name for measure in MEASURES}:
        fellows = criteria_of(find_measure(name))
        return _only(fellows, id_), fellows
    return find_claim(id_), CATALOGUE


def references_of_file(path: str) -> list[str]:
    """Return the references of all claims in a file; raises InputError if it states none."""
    file = load(path)
    if not file.claims:
        raise InputError(
            f"{path} states no claim; write claim('my.id', 'where it stands', 'in a few words', "
            "then=...)"
        )
    return [f"{path}:{claim.id}" for claim in file.claims]


def measure_of(name: str) -> tuple[Measure, list[str]]:
    """Return a measure, and the references of its criteria, by its name or as FILE.py:NAME.

    Raises InputError, naming the nearest, when there is none.
    """
    if _FILE in name:
        path, _, inside = _split(name)
        measure = _measure_in_file(load(path), inside)
        return measure, [f"{path}:{inside}.{criterion}" for criterion in CRITERIA]
    if name.endswith(".py"):
        file = load(name)
        names = [*file.measures, *file.functions]
        raise InputError(
            f"which measure of {name}? write {name}:{names[0] if names else 'FUNCTION'}"
        )
    try:
        measure = find_measure(name)
    except UnknownMeasureError as error:
        raise InputError(str(error)) from None
    return measure, [f"{measure.name}.{criterion}" for criterion in CRITERIA]


def _split(reference: str) -> tuple[str, str, str]:
    path, colon, inside = reference.rpartition(":")
    return path, colon, inside


def _in_file(file: UserFile, id_: str) -> tuple[Claim, Sequence[Claim]]:
    for claim in file.claims:
        if claim.id == id_:
            return claim, file.claims
    name, _, criterion = id_.rpartition(".")
    if criterion in CRITERIA and (name in file.measures or name in file.functions):
        fellows = criteria_of(_measure_in_file(file, name))
        return fellows[CRITERIA.index(criterion)], fellows
    near = get_close_matches(id_, [claim.id for claim in file.claims], n=1)
    hint = f"; did you mean {near[0]}?" if near else ""
    raise InputError(f"{file.path} states no claim {id_!r}{hint}")


def _measure_in_file(file: UserFile, name: str) -> Measure:
    if name in file.measures or name in file.functions:
        from .functions import measure_in_file

        return measure_in_file(file, name)
    names = [*file.measures, *file.functions]
    near = get_close_matches(name, names, n=1) or names
    hint = f"; did you mean {near[0]}?" if near else "; define a function of one array there"
    raise InputError(f"{file.path} has no measure {name!r}{hint}")


def _only(claims: Sequence[Claim], id_: str) -> Claim:
    return next(claim for claim in claims if claim.id == id_)
