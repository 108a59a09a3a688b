"""From power sums, norms and I to instructions: logarithms, the largest entry divided out."""

from __future__ import annotations

from fractions import Fraction

import sympy as sp

from symbolic_proofs.language.kinds import is_positive
from symbolic_proofs.language.vectors import Vector, length

from ..instructions import Term, Value
from .vectors import Part, VectorCompiler

#: the part of the rounding of a logarithm of a power sum that does not shrink with it, in ulps
_SUM_NOISE = 6.0


class NormCompiler(VectorCompiler):
    """Emits instructions for power sums, norms and the PQ index."""

    def log_head(self, v: Vector, exponent: sp.Expr, op: str) -> Value:
        """Compile a norm (op "log_norm") or a power sum ("log_sum")."""
        r = self.linear(self.value(exponent))
        if not is_positive(exponent):
            self.defined.append(self.emit("positive", r))
        role = (op, r)
        noise = (
            self.emit("divide", self.constant(_SUM_NOISE), r)
            if op == "log_norm"
            else self.constant(_SUM_NOISE)
        )
        register = self._gathered(v, r, op)
        return Value(
            Fraction(0), (Term(Fraction(1), addends=((role, 1.0, register),), noise=(noise,)),)
        )

    def index(self, v: Vector, p: sp.Expr, q: sp.Expr) -> Value:
        """Compile I_{p,q}, as 1 minus a term known by its logarithm."""
        self.defined.append(self.emit("positive", self.top(v)))
        upper = self.log_head(v, p, "log_norm").terms[0]
        lower = self.log_head(v, q, "log_norm").terms[0]
        exponent = self.linear(self.value(1 / q - 1 / p))
        log_length = self.emit("log", self.linear(self.value(length(v))))
        factor = (("length", exponent), 1.0, self.emit("multiply", exponent, log_length))
        ratio = Term(
            Fraction(-1),
            addends=(*upper.addends, *((role, -1.0, r) for role, _, r in lower.addends), factor),
            noise=upper.noise + lower.noise,
        )
        return Value(Fraction(1), (ratio,))

    def _peak(self, part: Part) -> int:
        sizes = self.emit("sizes", part.values)
        return self.emit("peak", sizes) if part.wide else sizes

    def _nonzero_parts(self, v: Vector) -> list[Part]:
        """Compile a vector, blocks of zeros left out: they add nothing to a sum or to a peak."""
        return [part for part in self.parts(v) if part.values != self.constant(0)]

    def top(self, v: Vector) -> int:
        """Return the register of the largest absolute value of an entry."""
        peaks = [self._peak(part) for part in self._nonzero_parts(v)] or [self.constant(0)]
        return peaks[0] if len(peaks) == 1 else self.emit("top", *peaks)

    def _gathered(self, v: Vector, r: int, op: str) -> int:
        """Emit a norm or a power sum as a logarithm, relative to the largest entry of one part.

        Of the parts a wide one is taken for that: vectors that share it share its sums.
        """
        parts = self._nonzero_parts(v)
        if not parts:
            nothing = self.emit("log", self.constant(0))
            return self.emit(op, nothing, nothing, r)
        first = max(parts, key=lambda part: part.wide)
        anchor = self.emit("anchor", self._peak(first))
        pieces = [self._relative_sum(first, r)]
        for part in parts:
            if part is not first:
                ratio = self.emit("log_ratio", self._peak(part), anchor)
                pieces += [self._relative_sum(part, r), ratio]
        gathered = self.emit("gather", r, *pieces) if pieces[1:] else self.emit("log", *pieces)
        return self.emit(op, self.emit("log", anchor), gathered, r)

    def _relative_sum(self, part: Part, r: int) -> int:
        """Emit the power sum of a part, divided by that of its largest entry."""
        if not part.wide and self.code[part.values][0] == "constant":
            return part.times
        sizes = self.emit("sizes", part.values)
        if not part.wide:
            return self.emit("weights", sizes, part.times)
        logs = self.emit("relative_logs", sizes, self._peak(part))
        return self.emit("scaled_sum", logs, self.emit("weights", sizes, part.times), r)
