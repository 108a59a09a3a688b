"""Signs of the entries of vectors: from their blocks, and from what is said of every index."""

from __future__ import annotations

import sympy as sp

from ..language.formulas import Constant, Every, NonZero, Not
from ..language.symbols import bound_symbol
from ..language.vectors import (
    Concat,
    Entry,
    Map,
    Repeat,
    Steps,
    Vector,
    is_nonnegative_vector,
    length,
)
from .polynomials import NotAlgebraicError
from .signs import UNKNOWN, Signs


class VectorSigns(Signs):
    """What the hypotheses say about signs, those of vectors too."""

    def nonzero_vector(self, v: Vector) -> bool:
        """Tell whether some entry is shown not to be 0."""
        if NonZero(v) in self.hypotheses or Not(Constant(v)) in self.hypotheses:
            return True
        match v:
            case Repeat():
                return self.nonzero(v.args[0]) and self.positive(v.args[1])
            case Concat():
                return any(map(self.nonzero_vector, v.args))
            case Steps():
                facts, _, body = self.opened(v)
                return self.positive(v.args[2]) and facts.nonzero_vector(body)
            case Map():
                factor = self.multiple(v)
                if factor is not None and self.nonzero_vector(v.args[2]) and self.nonzero(factor):
                    return True
                if is_nonnegative_vector(v.args[2]) and self.positive(length(v)):
                    return self.positive(
                        v.body.xreplace({v.variable: bound_symbol(0, "nonnegative")})
                    )
        return False

    def multiple(self, mapped: Map) -> sp.Expr | None:
        """Return c where a map takes x to c x by algebra, None where it is not seen to."""
        body, x, _ = mapped.args
        factor = body.xreplace({x: sp.Integer(1)})
        try:
            return factor if self.algebra.is_zero(body - factor * x) else None
        except NotAlgebraicError:
            return None

    def _entries_sign(self, vector: Vector) -> str:
        """Return a sign that every entry of a vector has, from its parts if it has any."""
        if isinstance(vector, Repeat):
            return self._sign(vector.args[0])
        if isinstance(vector, Steps):
            facts, _, member = self.opened(vector)
            return facts._part_sign(member)
        if not isinstance(vector, Concat):
            return "nonnegative" if is_nonnegative_vector(vector) else UNKNOWN
        signs = set(map(self._part_sign, vector.args))
        if UNKNOWN in signs:
            return UNKNOWN
        return signs.pop() if len(signs) == 1 else "nonnegative"

    def _part_sign(self, part: Vector) -> str:
        if isinstance(part, Repeat | Concat | Steps):
            return self._entries_sign(part)
        fresh, count = bound_symbol(-1 - self._depth, "count"), length(part)
        said = [h.at(fresh) for h in self.hypotheses if isinstance(h, Every) and h.args[2] == count]
        if not said and is_nonnegative_vector(part):
            return "nonnegative"
        known = self._parts.get(part)
        if known is not None:
            return known
        # what speaks of entries of composed vectors would ask for the sign of this one again
        kept = [
            h
            for h in (*self.hypotheses, *said)
            if not any(isinstance(e.args[0], Concat | Steps) for e in h.atoms(Entry))
        ]
        under = type(self)(kept, self._depth + 1, self._rank)
        sign = self._parts[part] = under._sign(Entry(part, fresh))
        return sign
