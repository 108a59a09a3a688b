"""Whether the text of a statement says what a claim says.

The text is read back by a grammar, and compared with the claim's own terms.
"""

from __future__ import annotations

import sympy as sp

from ..language.binders import Binder
from ..language.claim import Claim
from ..language.formulas import (
    And,
    Exists,
    ForAll,
    Formula,
    Implies,
    NonZero,
    Not,
    Some,
    at_most,
    equal,
    free_variables,
    less,
)
from ..language.operations import Log, Power
from ..language.terms import Greatest, Least, Norm, PowerSum, PQIndex, Total
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
    return difference(text, existence(claim, Not(claim.conclusion))) is None


def exemplifies(claim: Claim, text: str) -> bool:
    """Tell whether a text says that values meet the hypotheses and the conclusion of a claim."""
    return difference(text, existence(claim, claim.conclusion)) is None


def leaves_undefined(claim: Claim, text: str) -> bool:
    """Tell whether a text says that values meet the hypotheses at which a term has no value.

    That is a term of the conclusion, at some index of a sum, a least or a greatest if it is in
    one; no quantifier and no function of a value is around it.
    """
    found = [existence(claim, reason) for reason in reasons_without_value(claim.conclusion)]
    return any(difference(text, formula) is None for formula in found)


def universal(claim: Claim) -> Formula:
    """Return a claim with its variables quantified."""
    variables = free_variables(claim.statement)
    return ForAll(claim.conclusion, And(*claim.given), *variables) if variables else claim.statement


def existence(claim: Claim, then: Formula) -> Formula:
    """Return that there are values that meet the hypotheses of a claim, for which `then` holds."""
    variables = free_variables(claim.statement)
    given = And(*claim.given)
    return Exists(then, given, *variables) if variables else And(*claim.given, then)


def reasons_without_value(node: sp.Basic) -> set[Formula]:
    """Return formulas each of which leaves a term without a value: that a divisor is 0, say."""
    found: set[Formula] = set()
    match node:
        case (
            Total(args=(body, index, count))
            | Least(args=(body, index, count))
            | Greatest(args=(body, index, count))
        ):
            inside = reasons_without_value(body)
            return {Some(reason, index, count) for reason in inside} | reasons_without_value(count)
        case Binder() | ForAll() | Exists():
            return found
        case Power(base=base, exp=sp.Integer() as e):
            found |= {equal(base, 0)} if e <= 0 else set()
        case Power(base=base, exp=e):
            found |= {less(base, 0), And(equal(base, 0), at_most(e, 0))}
        case Log(args=(inside,)):
            found.add(at_most(inside, 0))
        case PowerSum(args=(_, r)):
            found.add(at_most(r, 0))
        case Norm(args=(_, r)):
            found |= {at_most(r, 0), equal(r, 0)}
        case PQIndex(args=(v, p, q)):
            found |= {Not(NonZero(v)), at_most(p, 0), at_most(q, 0)}
    return found.union(*map(reasons_without_value, node.args))


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
