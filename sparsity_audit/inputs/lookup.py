"""What a claim is asked for by: an id, or a user's file and an id in it.

| reference            | the claim                                                        |
|----------------------|------------------------------------------------------------------|
| `zeros.raise`        | a claim of the paper                                             |
| `gini.robin-hood`    | a criterion of a built-in measure                                |
| `FILE.py:my.claim`   | a claim that the file states                                     |
| `FILE.claims:some.id`| a claim of a claims file                                         |
| `..:NAME.babies`     | a criterion of what a `let` in the claims file calls NAME        |
| `FILE.py:NAME.babies`| a criterion of what the file calls NAME: a Measure or a function |
| `p < q => I(W) >= 0` | the claim that this line states                                  |

A reference is a string, so that it can be sent to another process and read there again.
"""

from __future__ import annotations

import fnmatch
import os
import re
from collections.abc import Iterable, Sequence
from difflib import get_close_matches
from pathlib import Path

from symbolic_proofs.claims.catalogue import CATALOGUE, UnknownClaimError
from symbolic_proofs.claims.criteria_of import CRITERIA, criteria_of
from symbolic_proofs.language.claim import Claim
from symbolic_proofs.measures import MEASURES, Measure, UnknownMeasureError, find_measure
from symbolic_proofs.notation.reading import ReadError
from symbolic_proofs.notation.reading.stating import claim as stated

from ..errors import InputError
from .built_in import built_in
from .claims_file import SUFFIX, load_paper
from .own_paper import own_paper
from .paper import Paper, PaperClaim
from .user_files import UserFile, load

_FILE = ".py:"
_PAPER = f"{SUFFIX}:"
#: what no id, prefix or glob holds
_STATEMENT = re.compile(r"[\s=<>!∃∀≤≥≠⇒⇔]")


def resolve(reference: str) -> tuple[Claim, Sequence[Claim]]:
    """Return the claim of a reference, and the claims among which its amendment is looked for.

    Raises InputError, naming the nearest, when there is none, and for a line that cannot be read.
    """
    if is_statement(reference):
        try:
            return stated(reference), ()
        except ReadError as error:
            raise InputError(error.message, pointed=error.pointed()) from None
    if reference.endswith(SUFFIX):
        found = references_of_file(reference)
        if len(found) > 1:
            raise InputError(f"which claim of {reference}? write {found[0]}; `list` shows them")
        reference = found[0]
    if is_in_paper(reference):
        paper, entry = entry_of(reference)
        return entry.claim, paper.claims
    if _PAPER in reference and (found_there := _criterion_in_paper(reference)) is not None:
        return found_there
    if _FILE in reference:
        path, _, id_ = _split(reference)
        return _in_file(load(path), id_)
    try:
        return built_in(reference)
    except UnknownClaimError as error:
        if os.path.isdir(reference):  # False, too, for what can be no name
            raise InputError(f"{reference} is a folder: name the claims files in it") from None
        raise InputError(str(error)) from None


def from_anywhere(reference: str) -> str:
    """Return the reference with the whole path of its file, for a worker in another folder."""
    if is_statement(reference) or not _is_in_file(reference):
        return reference
    path, colon, id_ = _split(reference)
    return f"{Path(path).resolve()}{colon}{id_}"


def is_in_paper(reference: str) -> bool:
    """Tell whether a reference is to a claim of a claims file."""
    return (
        _PAPER in reference
        and not is_statement(reference)
        and _criterion_in_paper(reference) is None
    )


def _criterion_in_paper(reference: str) -> tuple[Claim, Sequence[Claim]] | None:
    """Return the criterion of a measure that a claims file defines, None for one of its claims."""
    path, _, id_ = _split(reference)
    name, _, criterion = id_.rpartition(".")
    if criterion not in CRITERIA:
        return None
    paper = load_paper(path)
    if paper.entry(id_) is not None or name not in paper.measures:
        return None
    fellows = criteria_of(paper.measures[name])
    return fellows[CRITERIA.index(criterion)], fellows


def paper_of(reference: str) -> str | None:
    """Return the claims file that a reference is to, if it is to one."""
    return _split(reference)[0] if is_in_paper(reference) else None


def headings_of(references: Iterable[str]) -> dict[str, str]:
    """Return the sections that claims of claims files stand in, by their ids."""
    entries = [entry_of(name)[1] for name in references if is_in_paper(name)]
    return {entry.claim.id: entry.section or "Claims" for entry in entries}


def entry_of(reference: str) -> tuple[Paper, PaperClaim]:
    """Return a claims file and the claim in it that FILE.claims:ID asks for.

    Raises InputError, naming the nearest or what is wrong with it, when it cannot be had.
    """
    path, _, id_ = _split(reference)
    paper = load_paper(path)
    entry = paper.entry(id_)
    if entry is not None:
        return paper, entry
    near = get_close_matches(id_, [claim.id for claim in paper.claims], n=1)
    hint = f"; did you mean {near[0]}?" if near else ""
    if paper.problems:
        said = f"{path} has no claim {id_} that can be read{hint}"
        raise InputError(said, "\n".join(paper.problems))
    raise InputError(f"{path} states no claim {id_!r}{hint}")


def derivation_of(reference: str) -> tuple[Paper, PaperClaim] | None:
    """Return the paper and the claim in it that is settled step by step, as its author derives it.

    That is any claim of a claims file, and of those that are built in the ones with steps.
    """
    if is_in_paper(reference):
        return entry_of(reference)
    entry = own_paper().entry(reference)
    return (own_paper(), entry) if entry is not None and entry.steps else None


def known_ids() -> list[str]:
    """Return the ids of all built-in claims, and of the criteria of all built-in measures."""
    criteria = [f"{measure.name}.{name}" for measure in MEASURES for name in CRITERIA]
    return [*(claim.id for claim in CATALOGUE), *criteria]


def matching(pattern: str) -> list[str]:
    """Return references of the claims that an id, a prefix, a glob or a section stands for.

    `FILE.claims:PATTERN` and `FILE.py:PATTERN` are of the claims in a file. Raises InputError,
    naming the nearest, when there are none.
    """
    path, colon, inside = _split(pattern) if _is_in_file(pattern) else ("", "", pattern)
    places: dict[str, tuple[str, ...]] = {} if path else dict.fromkeys(known_ids(), ())
    if path.endswith(SUFFIX):
        for entry in load_paper(path).entries:
            places[entry.claim.id] = (entry.section, entry.claim.locator)
    else:
        for claim in load(path).claims if path else CATALOGUE:
            places[claim.id] = (claim.locator,)
    found = [inside] if inside in places else fnmatch.filter(places, inside)
    found = found or [id_ for id_ in places if id_.startswith(f"{inside.rstrip('.')}.")]
    found = found or [id_ for id_, told in places.items() if _stands_in(inside, told)]
    if not found:
        resolve(pattern)  # a criterion of a measure in the file, or what is said of it
        return [pattern]
    return [f"{path}{colon}{id_}" for id_ in found]


def _stands_in(section: str, places: Iterable[str]) -> bool:
    """Tell whether one of these is a section, or begins with its name: A.5 has A.5 (2) in it."""
    return any(
        place == section or (place.startswith(section) and place[len(section)] in " ,:")
        for place in places
    )


def _is_in_file(name: str) -> bool:
    return _FILE in name or _PAPER in name


def is_statement(text: str) -> bool:
    """Tell whether an argument states a claim: it has a comparison or a space, and is no file."""
    if _STATEMENT.search(text) is None:
        return False
    for mark in (_FILE, _PAPER):
        path, inside, _ = text.rpartition(mark)
        if inside and _is_file(path + mark.removesuffix(":")):
            return False
    return not _is_file(text)


def _is_file(name: str) -> bool:
    try:
        return Path(name).is_file()
    except (OSError, ValueError):  # too long, or a character that no name has
        return False


def references_of_file(path: str) -> list[str]:
    """Return the references of all claims in a file; raises InputError if it states none."""
    if path.endswith(SUFFIX):
        paper = load_paper(path)
        if not paper.claims:
            said = f"{path} states no claim that can be read; `sparsity-audit new {path}` shows how"
            raise InputError(said, "\n".join(paper.problems))
        return [f"{path}:{claim.id}" for claim in paper.claims]
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
    if _PAPER in name:
        path, _, inside = _split(name)
        known = load_paper(path).measures
        if inside not in known:
            near = get_close_matches(inside, known, n=1) or [*known]
            hint = f"; did you mean {near[0]}?" if near else f"; write let {inside}(W) = ... there"
            raise InputError(f"{path} has no measure {inside!r}{hint}")
        return known[inside], [f"{path}:{inside}.{criterion}" for criterion in CRITERIA]
    if name.endswith((".py", SUFFIX)):
        if name.endswith(SUFFIX):
            names = [*load_paper(name).measures]
        else:
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
