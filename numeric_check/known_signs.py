"""Signs that a term has for the kinds of its symbols alone; they spare the search a condition."""

from __future__ import annotations

import sympy as sp

from symbolic_proofs.language.symbols import kind_of

_OF_KIND = {"positive": 1, "count": 1, "nonnegative": 0, "size": 0}


def is_surely_positive(term: sp.Expr) -> bool:
    """Tell whether a term is > 0 by the kinds of its symbols."""
    return _least_sign(term) == 1


def is_surely_nonnegative(term: sp.Expr) -> bool:
    """Tell whether a term is >= 0 by the kinds of its symbols."""
    return _least_sign(term) is not None


def _least_sign(term: sp.Expr) -> int | None:
    """Return 1 for a term > 0, 0 for one >= 0, None for one of which neither is seen."""
    match term:
        case sp.Rational():
            return None if term.p < 0 else int(term.p > 0)
        case sp.Symbol():
            return _OF_KIND.get(kind_of(term))
        case sp.Add() | sp.Mul():
            signs = [_least_sign(part) for part in term.args]
            known = [sign for sign in signs if sign is not None]
            if len(known) < len(signs):
                return None
            return max(known) if isinstance(term, sp.Add) else min(known)
        case sp.Pow():
            return 1 if _least_sign(term.args[0]) == 1 else None
    return None
