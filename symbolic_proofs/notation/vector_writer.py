"""From vectors to print: names, entries, blocks in square brackets.

Blocks are written value × count, single values without a count, as in [1 × k, 0 × z]. Copies of a
whole vector are written the same way: [W × T] is W repeated T times (the paper's W_T, which would
be taken for the T-th of the steps W_1, W_2, ...). A vector of T steps is [W_1, …, W_T].
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import chain, count
from typing import Any

import sympy as sp

from ..language import vectors
from ..language.operations import Product, Sum, Variable, factors, summands
from ..language.symbols import bound_level
from .entrywise import value_listed, vectors_added
from .rows import Written, join
from .style import Style

# How strongly the outermost sign of a fragment binds.
ATOM, POWER, PRODUCT, BIG, SUM, RELATION, AND, OR, ARROW, QUANTIFIER = range(10, 0, -1)

#: letters for indices; the first ones are for the members of a family
_FAMILY_LETTERS = "tsh"
_INDEX_LETTERS = "ijklmh"
#: letters for the entries of a vector
_ENTRY_LETTERS = "xyzcbawgfo"


@dataclass(frozen=True, slots=True)
class Fragment:
    """A piece of output and how strongly it binds; `simple` for a number or a single letter."""

    text: Written
    strength: int = ATOM
    simple: bool = False


class VectorWriter(ABC):
    """Writes vectors in one style; the letters of bound variables avoid those of `root`."""

    def __init__(self, style: Style, root: sp.Basic) -> None:
        self.style = style
        self.letters: dict[sp.Symbol, str] = {}
        self.flat = not style.stacks_fractions
        self._vectors = {v.name for v in root.atoms(vectors.VectorSymbol)}
        self._taken = {s.name for s in root.atoms(sp.Symbol) if not bound_level(s)} | {"e"}
        self._taken |= self._vectors | {name.lower() for name in self._vectors}

    @abstractmethod
    def write(self, node: sp.Basic) -> Fragment:
        """Return the fragment of a node."""

    @abstractmethod
    def sum(self, summands: list[sp.Expr]) -> Fragment:
        """Return a sum."""

    @abstractmethod
    def split(self, term: sp.Expr) -> tuple[bool, Fragment]:
        """Return whether a summand is taken away, and the summand without its sign."""

    def signed(self, negative: bool, fragment: Fragment) -> Fragment:
        """Return the fragment with a minus sign, or as it is."""
        return Fragment("-" + self.bracketed(fragment, BIG), SUM) if negative else fragment

    def text(self, node: sp.Basic, strength: int = 0) -> Written:
        """Return the text of a node, in brackets if it binds more weakly than `strength`."""
        return self.bracketed(self.write(node), strength)

    def bracketed(self, fragment: Fragment, strength: int) -> Written:
        """Return the fragment's text, in brackets if it binds more weakly than `strength`."""
        return fragment.text if fragment.strength >= strength else self.style.group(fragment.text)

    def inline(self, node: sp.Basic, strength: int = 0) -> Written:
        """Return the text of a node with no stacked fractions, as in an exponent or a vector."""
        before, self.flat = self.flat, True
        written = self.text(node, strength)
        self.flat = before
        return written

    def subscript(self, base: Written, *indices: sp.Basic) -> Written:
        """Return a letter with indices below it."""
        return self.style.subscript(base, join(",", map(self.inline, indices)))

    @contextmanager
    def called(self, variable: sp.Symbol, letter: str) -> Iterator[str]:
        """Let a bound variable have a letter as long as its body is written."""
        before = self.letters.get(variable)
        self.letters[variable] = letter
        try:
            yield letter
        finally:
            if before is None:
                del self.letters[variable]
            else:
                self.letters[variable] = before

    def letter(self, body: sp.Basic, variable: sp.Symbol, first: str = "") -> str:
        """Choose the letter of an index: t, s, .. for the members of a family, else i, j, .."""
        family = any(
            variable in index.free_symbols
            for member in body.atoms(vectors.VectorSymbol)
            for index in member.indices
        )
        return self._unused(first + (_FAMILY_LETTERS if family else "") + _INDEX_LETTERS)

    def entry_letter(self) -> str:
        """Choose the letter of an entry of a vector."""
        return self._unused(_ENTRY_LETTERS)

    def _unused(self, letters: str) -> str:
        used = self._taken | set(self.letters.values())
        candidates = chain(letters, (f"{letters[0]}{k}" for k in count(1)))
        return next(letter for letter in candidates if letter not in used)

    def place(self) -> Variable:
        """Return an index that stands for no other yet."""
        return Variable(f"_place{len(self.letters)}", "count")

    def end_of(self, node: Any, letter: str) -> Written:
        """Return the end of the range of a binder, in which its index is not bound."""
        with self.called(self.place(), letter):
            return self.inline(node.args[2])

    def entry(self, vector: Any, index: sp.Expr) -> Fragment:
        """Return w_i for a vector W, w_{t,i} for a member of a family, w_{(i)} in sorted order."""
        if isinstance(vector, vectors.VectorSymbol):
            number_alone = index.is_number and not vector.indices
            if self.has_lower(vector) and not number_alone:
                name = self.style.name(vector.name.lower())
                return Fragment(self.subscript(name, *vector.indices, index))
            # as text, w_1 would be the name of a number
            return Fragment(self.style.entry(self.text(vector), self.inline(index)))
        if isinstance(vector, vectors.Sorted):
            inner = vector.args[0]
            is_symbol = isinstance(inner, vectors.VectorSymbol) and not inner.indices
            if is_symbol and self.has_lower(inner):
                place = self.style.group(self.inline(index))
                name = self.style.name(inner.name.lower())
                return Fragment(self.style.subscript(name, place))
        return Fragment(self.subscript(self.text(vector, ATOM), index))

    def has_lower(self, vector: vectors.VectorSymbol) -> bool:
        """Tell whether the entries of a vector are written with its letter in lower case."""
        name = vector.name
        return len(name) == 1 and (name.islower() or name.lower() not in self._vectors)

    def vector(self, vector: Any) -> Fragment:
        """Return a vector: its name, or its parts in square brackets."""
        match vector:
            case vectors.VectorSymbol():
                name = self.style.name(vector.name)
                if vector.indices:
                    return Fragment(self.subscript(name, *vector.indices))
                return Fragment(name, simple=len(str(name)) == 1)
            case vectors.Map():
                return self.mapped(vector)
            case vectors.Sorted(args=(inner,)):
                return Fragment(self.style.function("sort", self.inline(inner)))
            case vectors.Steps() if self.moves(vector) and not self._is_family(vector):
                added = vectors_added(vector)
                if added is not None:
                    return self._vectors_added(added)
                return Fragment(self.style.group(self._listed(vector), "["))
            case vectors.Concat(args=parts):
                items = [item for part in parts for item in self.items(part)]
                return Fragment(self.style.group(join(", ", items), "["))
        return Fragment(self.style.group(join(", ", self.items(vector)), "["))

    def moves(self, steps: vectors.Steps) -> bool:
        """Tell whether the steps differ."""
        return steps.variable in steps.body.free_symbols

    def _is_family(self, steps: vectors.Steps) -> bool:
        body, number = steps.body, steps.args[2]
        is_member = isinstance(body, vectors.VectorSymbol) and body.indices == (steps.variable,)
        return is_member and not number.is_number

    def items(self, vector: Any) -> list[Written]:
        """Return what stands between the brackets of a vector."""
        match vector:
            case vectors.Repeat(args=(value, sp.Integer(p=1))):
                written = self.inline(value)
                # 0·m would be m zeros
                is_zero = isinstance(value, Product) and value.args[0] == 0
                return [self.style.group(written) if is_zero else written]
            case vectors.Repeat(args=(value, number)):
                return [self.times(value, number)]
            case vectors.Steps() if not self.moves(vector):
                return [self.times(vector.body, vector.args[2])]
            case vectors.Steps() if self._is_family(vector):
                ends = (self.inline(vector.at(t)) for t in (sp.Integer(1), vector.args[2]))
                return [next(ends), self.style.signs["dots"], next(ends)]
        return [self.inline(vector)]

    def _listed(self, steps: Any) -> Written:
        letter = self.letter(steps.body, steps.variable)
        end = self.end_of(steps, letter)
        value = value_listed(steps)
        with self.called(steps.variable, letter):
            entry = self.inline(steps.body if value is None else value)
        return entry + " : " + self.style.span(letter, end)

    def _vectors_added(self, added: list[tuple[int, vectors.VectorSymbol]]) -> Fragment:
        added = sorted(added, key=lambda part: part[0], reverse=True)
        written: Written = "-" if added[0][0] < 0 else ""
        for place, (sign, vector) in enumerate(added):
            written += self.style.signs["-" if sign < 0 else "+"] if place else ""
            written += self.text(vector)
        return Fragment(written, SUM)

    def times(self, value: sp.Basic, number: sp.Expr) -> Written:
        """Return value × count: a value, or a whole vector, so many times."""
        return self.style.times(self.inline(value, PRODUCT), self.inline(number, POWER))

    def mapped(self, vector: Any) -> Fragment:
        """Return αW, -W or W + α as Python's signs make them, else [f(x) : x in W]."""
        body, x, inner = vector.args
        fixed = [part for part in factors(body) if part != x]
        if isinstance(body, Product) and len(fixed) + 1 == len(body.args):
            scale = Product(*fixed)
            if x not in scale.free_symbols:
                return self._scaled(scale, inner)
        fixed = [part for part in summands(body) if part != x]
        if isinstance(body, Sum) and len(fixed) + 1 == len(body.args):
            shift = Sum(*fixed)
            if x not in shift.free_symbols:
                return self._shifted(inner, shift)
        letter = self.entry_letter()
        among = self.style.signs["in"] + self.inline(inner)
        with self.called(x, letter):
            content = self.inline(body)
        return Fragment(self.style.such(content, letter + among, "["))

    def _scaled(self, scale: sp.Expr, inner: Any) -> Fragment:
        vector = self.vector(inner)
        if scale == -1:
            return Fragment("-" + self.bracketed(vector, ATOM), SUM)
        number = self.write(scale)
        if scale == 0:  # 0·W would be W zeros in a list
            number = Fragment(self.style.group(number.text))
        texts = [
            (self.bracketed(number, POWER), number.simple),
            (self.bracketed(vector, ATOM), vector.simple),
        ]
        return Fragment(self.style.product(texts), PRODUCT)

    def _shifted(self, inner: Any, shift: sp.Expr) -> Fragment:
        negative = False
        fragment = self.write(shift)
        if not isinstance(shift, Sum):
            negative, fragment = self.split(shift)
        sign = self.style.signs["-" if negative else "+"]
        return Fragment(self.text(inner, SUM) + sign + self.bracketed(fragment, BIG), SUM)
