"""Comparisons written with the signs of Python, which SymPy would decide where it can."""

from __future__ import annotations

from typing import Any

import sympy as sp

from .names import LanguageError


class _Comparison:
    """A comparison of terms that is not decided: p < r < q, `and`, `or`, `not` ask for that."""

    @classmethod
    def of(cls, left: sp.Expr, right: sp.Expr) -> Any:
        """Return the comparison as it is written."""
        return cls(left, right, evaluate=False)  # type: ignore[call-arg]

    def __bool__(self) -> bool:
        raise LanguageError(
            f"whether {self} holds is for the claim to say: write p < r, r < q for p < r < q, "
            "And(F, G) for `and`, Not(F) for `not`"
        )


class Less(_Comparison, sp.StrictLessThan):
    """x < y."""

    __slots__ = ()


class AtMost(_Comparison, sp.LessThan):
    """x <= y."""

    __slots__ = ()


class Greater(_Comparison, sp.StrictGreaterThan):
    """x > y."""

    __slots__ = ()


class AtLeast(_Comparison, sp.GreaterThan):
    """x >= y."""

    __slots__ = ()
