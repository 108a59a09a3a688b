"""Terms in their normal form, as terms."""

from __future__ import annotations

import sympy as sp

from ...kernel import KernelError
from ...kernel.definedness import Facts
from ...kernel.polynomials import NotAlgebraicError, as_term
from .combine import Given


def flat(term: sp.Expr, given: Given) -> sp.Expr:
    """Return the normal form of a term, as a term; raises KernelError for one that has none."""
    try:
        return as_term(Facts(given).algebra.form(term))
    except NotAlgebraicError as error:
        raise KernelError("{}", error) from error
