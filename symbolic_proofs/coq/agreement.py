"""Whether the text of a statement says what a claim says.

The text is read back by a grammar, and compared with the claim's own terms.
"""

from __future__ import annotations

from ..language.claim import Claim
from ..language.formulas import And, Exists, ForAll, Formula, Implies, Not, free_variables
from .errors import MisreadError
from .forms import in_form
from .reading import read


def difference(text: str, formula: Formula) -> str | None:
    """Return in what a text differs from a formula without free variables, None if in nothing."""
    wanted = in_form(formula)
    try:
        said = read(text, formula)
    except MisreadError as error:
        return str(error)
    return None if said == wanted else _told_apart(said, wanted)


def agrees(claim: Claim, text: str) -> bool:
    """Tell whether a text says what a claim says."""
    return difference(text, universal(claim)) is None


def denies(claim: Claim, text: str) -> bool:
    """Tell whether a text says that there is a counterexample to a claim."""
    return difference(text, counterexample(claim)) is None


def universal(claim: Claim) -> Formula:
    """Return a claim with its variables quantified."""
    variables = free_variables(claim.statement)
    return ForAll(claim.conclusion, And(*claim.given), *variables) if variables else claim.statement


def counterexample(claim: Claim) -> Formula:
    """Return that there are values that meet the hypotheses, at which the conclusion fails."""
    variables, fails = free_variables(claim.statement), Not(claim.conclusion)
    if not variables:
        return And(*claim.given, fails)
    return Exists(fails, And(*claim.given), *variables)


def _told_apart(said: Formula, wanted: Formula) -> str:
    """Return the first part of a statement that differs."""
    if type(said) is not type(wanted):
        return f"the text says {said}, not {wanted}"
    if isinstance(said, ForAll | Exists) and isinstance(wanted, ForAll | Exists):
        if said.variables == wanted.variables:
            return _told_apart(said.body, wanted.body)
        return f"the text binds {_listed(said)}, not {_listed(wanted)}"
    if isinstance(said, Implies | And):
        mine, theirs = _parts(said), _parts(wanted)
        if len(mine) != len(theirs):
            return f"the text has {len(mine)} parts, not {len(theirs)}: it says {said}"
        return next(_told_apart(a, b) for a, b in zip(mine, theirs, strict=True) if a != b)
    return f"the text says {said}, not {wanted}"


def _parts(formula: Formula) -> tuple[Formula, ...]:
    if isinstance(formula, Implies):
        return (*formula.args[0].args, formula.args[1])
    return formula.args


def _listed(formula: ForAll | Exists) -> str:
    return ", ".join(str(v) for v in formula.variables)
