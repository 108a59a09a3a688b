"""What is known at exact values: whole numbers, values of terms, blocks of vectors.

Variables stand in the context of Coq with equations, `p = 2` and `Z.of_nat N = 5`.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

import sympy as sp

from ...language.operations import Ceiling, Power, Product, Sum
from ...language.symbols import bound_symbol
from ...language.vectors import Vector
from ..errors import UntranslatedError
from ..expressions import natural, real
from ..operations import NOWHERE, Expression, Places
from ..script import Script
from .equality import equal

#: the values of a vector with their multiplicities
Blocks = tuple[tuple[sp.Expr, int], ...]
#: the proof of x = x
SAME = "(eq_refl _)"
#: letters in terms that are made here
VALUE = bound_symbol(90, "real")
EXPONENT = bound_symbol(91, "real")


@dataclass(frozen=True, slots=True)
class Worth:
    """The value of a term, and the proof that it is its value."""

    value: sp.Expr
    proof: str


@dataclass(frozen=True, slots=True)
class Listed:
    """The blocks of a vector, and the proof; in order, or in any."""

    blocks: Blocks
    proof: str
    ordered: bool

    @property
    def in_blocks(self) -> str:
        """The proof that the vector has these blocks in some order."""
        return f"(order_blocks _ _ {self.proof})" if self.ordered else self.proof


class Context(Script, ABC):
    """A proof that is being written at exact values."""

    def __init__(self) -> None:
        super().__init__()
        self.scalars: dict[sp.Symbol, Worth] = {}
        self.wholes: dict[str, tuple[int, str]] = {}
        self.vectors: dict[str, Listed] = {}
        #: how far indices are known: from, to, and the proof
        self.ranges: dict[str, tuple[int, int, str]] = {}
        self.worths: dict[str, Worth] = {}

    @contextmanager
    def block(self) -> Iterator[None]:
        """Write a proof of one goal; values found inside are not known after it."""
        kept = dict(self.worths), dict(self.wholes), dict(self.vectors)
        with super().block():
            yield
        self.worths, self.wholes, self.vectors = kept

    @abstractmethod
    def worth(self, term: sp.Expr, places: Places = NOWHERE) -> Worth:
        """Return the value of a term; the proof is of `term = value`."""

    @abstractmethod
    def listed(self, v: Vector, places: Places = NOWHERE) -> Listed:
        """Return the blocks of a vector; the proof is of `in_order` or `in_blocks`."""

    def chained(self, worth: Worth, value: sp.Expr) -> str:
        """Return the proof that a term is this number, which its value is equal to."""
        if worth.value == value:
            return worth.proof
        return f"(eq_trans {worth.proof} {equal(self, worth.value, value)})"

    def one_of(self, blocks: Blocks, says: str, proof: Any) -> str:
        """Write that a property holds of some block, by the first proof there is."""
        for count, (x, k) in enumerate(blocks):
            made = proof(x) if k > 0 else None
            if made is not None:
                name = self.fresh("OA")
                self.write(f"assert ({name} : one {says} {listing(blocks)}).")
                down = "apply Exists_cons_tl; " * count
                self.write(
                    f"{{ {down}apply Exists_cons_hd; split; [ reflexivity | exact {made} ]. }}"
                )
                return name
        raise UntranslatedError("no entry with a property that one should have")

    def each_of(self, blocks: Blocks, says: str, proof: Any) -> str:
        """Write that a property holds of each block, and return the name."""
        name = self.fresh("EA")
        shown = [proof(x) for x, _ in blocks]
        self.write(f"assert ({name} : each {says} {listing(blocks)}).")
        with self.block():
            for by in shown:
                self.write(f"apply Forall_cons; [ right; exact {by} |].")
            self.write("apply Forall_nil.")
        return name

    # -- whole numbers -------------------------------------------------------------------------

    def whole(self, term: sp.Expr, places: Places = NOWHERE) -> tuple[int, str]:
        """Return a length or an index and the proof of `Z.of_nat n = z`."""
        text = natural(term, places)
        if text in self.wholes:
            return self.wholes[text]
        if text in self.ranges:
            raise UntranslatedError(f"{term} where it is not one number")
        facts: list[str] = []
        match term:
            case sp.Integer():
                value = int(term)
            case Sum():
                above = sum(self._whole_of(p, places, facts) for p in term.args if not negative(p))
                below = sum(
                    self._whole_of(Product(-1, p), places, facts) for p in term.args if negative(p)
                )
                value = above - below
            case Product():
                value = 1
                for part in term.args:
                    value *= self._whole_of(part, places, facts)
            case Power():
                base = self._whole_of(term.base, places, facts)
                value = base ** self._whole_of(term.exp, places, facts)
            case Ceiling():
                inside = self.worth(term, places)
                value = int(inside.value)
                if value < 0:
                    raise UntranslatedError(f"{term} as a length or an index")
                proof = f"apply eq_IZR in {inside.proof}; rewrite {inside.proof}; reflexivity"
                name = self.fact(f"Z.of_nat {text} = {integer(value)}", proof, "ZN")
                self.wholes[text] = value, name
                return self.wholes[text]
            case _:
                raise UntranslatedError(f"{term} as a length or an index")
        known = "".join(f"pose proof {f}; " for f in dict.fromkeys(facts))
        push = "rewrite ?Nat2Z.inj_add, ?Nat2Z.inj_mul, ?Nat2Z.inj_pow"
        rewritten = "".join(f", ?{f}" for f in dict.fromkeys(facts))
        name = self.fact(
            f"Z.of_nat {text} = {integer(value)}",
            f"{known}first [ lia | ({push}{rewritten}; reflexivity) | ({push}{rewritten}; lia) ]",
            "ZN",
        )
        self.wholes[text] = value, name
        return self.wholes[text]

    def _whole_of(self, term: sp.Expr, places: Places, facts: list[str]) -> int:
        value, name = self.whole(term, places)
        facts.append(name)
        return value


def rewriting(*proofs: str) -> str:
    """Return tactics that put values in the place of terms."""
    return "".join(f"rewrite ({by}); " for by in proofs if by != SAME)


def closed(value: sp.Expr) -> Expression:
    """Return a number without variables as it stands in the place of a variable."""
    return Expression("closed", (), value, real(value).text)


def numeral(variable: sp.Symbol, value: int) -> Expression:
    """Return a numeral in the place of an index."""
    return Expression("whole", (), variable, f"(INR {value})", natural=str(value))


def listing(blocks: Blocks) -> str:
    """Return blocks as a list of Coq."""
    return f"[{'; '.join(f'({real(x).text}, {integer(k)})' for x, k in blocks)}]"


def integer(value: int) -> str:
    """Return a whole number of Coq."""
    return f"{value}%Z" if value >= 0 else f"({value})%Z"


def negative(part: sp.Expr) -> bool:
    """Tell whether a part of a sum has a minus before it."""
    first = part.args[0] if isinstance(part, Product) else part
    return isinstance(first, sp.Rational) and bool(first < 0)
