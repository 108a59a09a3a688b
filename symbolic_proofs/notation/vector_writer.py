"""From vectors to print: names, entries, blocks in square brackets.

Blocks are written value × count, single values without a count, as in [1 × k, 0 × z]. Copies of a
whole vector are written the same way: [W × T] is W repeated T times (the paper's W_T, which would
be taken for the T-th of the steps W_1, W_2, ...). A vector of T steps is [W_1, …, W_T].
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from dataclasses import dataclass
from typing import Any

import sympy as sp

from ..language import vectors
from ..language.operations import Product, Variable, factors, summands
from ..language.symbols import bound_level
from .style import Style

# How strongly the outermost sign of a fragment binds.
ATOM, POWER, PRODUCT, BIG, SUM, RELATION, AND, ARROW, QUANTIFIER = range(9, 0, -1)

#: letters for indices; the first ones are for the members of a family
_FAMILY_LETTERS = "tsh"
_INDEX_LETTERS = "ijklmh"


@dataclass(frozen=True, slots=True)
class Fragment:
    """A piece of output and how strongly it binds; `simple` for a number or a single letter."""

    text: str
    strength: int = ATOM
    simple: bool = False


class VectorWriter(ABC):
    """Writes vectors in one style; the letters of bound variables avoid those of `root`."""

    def __init__(self, style: Style, root: sp.Basic) -> None:
        self.style = style
        self.letters: dict[sp.Symbol, str] = {}
        self.flat = not style.stacks_fractions
        self._taken = {s.name for s in root.atoms(sp.Symbol) if not bound_level(s)}
        self._taken |= {v.name.lower() for v in root.atoms(vectors.VectorSymbol)}

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

    def text(self, node: sp.Basic, strength: int = 0) -> str:
        """Return the text of a node, in brackets if it binds more weakly than `strength`."""
        return self.bracketed(self.write(node), strength)

    def bracketed(self, fragment: Fragment, strength: int) -> str:
        """Return the fragment's text, in brackets if it binds more weakly than `strength`."""
        return fragment.text if fragment.strength >= strength else self.style.group(fragment.text)

    def inline(self, node: sp.Basic, strength: int = 0) -> str:
        """Return the text of a node with no stacked fractions, as in an exponent or a vector."""
        before, self.flat = self.flat, True
        written = self.text(node, strength)
        self.flat = before
        return written

    def subscript(self, base: str, *indices: sp.Basic) -> str:
        """Return a letter with indices."""
        return self.style.subscript(base, ",".join(self.inline(index) for index in indices))

    def letter(self, body: sp.Basic, variable: sp.Symbol, first: str = "") -> str:
        """Choose the letter of an index: t, s, .. for the members of a family, else i, j, .."""
        family = any(
            variable in index.free_symbols
            for member in body.atoms(vectors.VectorSymbol)
            for index in member.indices
        )
        used = self._taken | set(self.letters.values())
        candidates = first + (_FAMILY_LETTERS if family else "") + _INDEX_LETTERS
        return next((letter for letter in candidates if letter not in used), variable.name)

    def place(self) -> Variable:
        """Return an index that stands for no other yet."""
        return Variable(f"_place{len(self.letters)}", "count")

    def with_letter(self, node: Any) -> tuple[str, str]:
        """Return the letter of a binder's index, and the end of its range."""
        letter = self.letter(node.body, node.variable)
        # the index is not bound in the end, and what is bound there may have the same name
        held = self.place()
        self.letters[held] = letter
        end = self.inline(node.args[2])
        del self.letters[held]
        self.letters[node.variable] = letter
        return letter, end

    def entry(self, vector: Any, index: sp.Expr) -> Fragment:
        """Return w_i for a vector W, w_{t,i} for a member of a family, w_{(i)} in sorted order."""
        match vector:
            case vectors.VectorSymbol():
                name = self.style.name(vector.name.lower())
                return Fragment(self.subscript(name, *vector.indices, index))
            case vectors.Sorted(args=(vectors.VectorSymbol() as inner,)) if not inner.indices:
                place = self.style.group(self.inline(index))
                return Fragment(self.style.subscript(self.style.name(inner.name.lower()), place))
        return Fragment(self.subscript(self.text(vector, ATOM), index))

    def vector(self, vector: Any) -> Fragment:
        """Return a vector: its name, or its parts in square brackets."""
        match vector:
            case vectors.VectorSymbol():
                name = self.style.name(vector.name)
                if vector.indices:
                    return Fragment(self.subscript(name, *vector.indices))
                return Fragment(name, simple=len(name) == 1)
            case vectors.Map():
                return self.mapped(vector)
            case vectors.Sorted(args=(inner,)):
                return Fragment(self.style.words("sort") + self.style.group(self.inline(inner)))
            case vectors.Concat():
                items = [item for part in vector.args for item in self.items(part)]
                return Fragment(self.style.group(", ".join(items), "["))
        return Fragment(self.style.group(", ".join(self.items(vector)), "["))

    def items(self, vector: Any) -> list[str]:
        """Return what stands between the brackets of a vector."""
        match vector:
            case vectors.Repeat(args=(value, sp.Integer(p=1))):
                return [self.inline(value)]
            case vectors.Repeat(args=(value, count)):
                return [self.times(value, count)]
            case vectors.Steps() if vector.variable not in vector.body.free_symbols:
                return [self.times(vector.body, vector.args[2])]
            case vectors.Steps():
                count = vector.args[2]
                if count.is_Integer and count <= 3:
                    return [self.inline(vector.at(sp.Integer(t))) for t in range(1, count + 1)]
                ends = (self.inline(vector.at(t)) for t in (sp.Integer(1), count))
                return [next(ends), self.style.signs["dots"], next(ends)]
        return [self.inline(vector)]

    def times(self, value: sp.Basic, count: sp.Expr) -> str:
        """Return value × count: a value, or a whole vector, so many times."""
        return self.inline(value, PRODUCT) + self.style.signs["times"] + self.inline(count, PRODUCT)

    def mapped(self, vector: Any) -> Fragment:
        """Return αW, W + α or αW + β, else the general entry in brackets."""
        body, variable, inner = vector.args
        moving: list[sp.Expr] = []
        fixed: list[sp.Expr] = []
        for summand in summands(body):
            (moving if variable in summand.free_symbols else fixed).append(summand)
        scales_by = list(factors(moving[0])) if len(moving) == 1 else []
        if sum(variable in f.free_symbols for f in scales_by) != 1 or variable not in scales_by:
            return self.general_entries(vector)
        scales_by.remove(variable)
        negative, scale = self.split(Product(*scales_by))
        scales = bool(scales_by) and scale.text != "1"
        name = self.bracketed(self.vector(inner), ATOM if scales or negative else BIG)
        if scales:
            number = self.bracketed(scale, POWER)
            name = self.style.product([(number, True), (name, scale.simple)])
            scaled = Fragment(name, PRODUCT)
        else:
            scaled = Fragment(name)
        written = self.signed(negative, scaled)
        if not fixed:
            return written
        shift = self.sum(fixed).text
        joint = " - " if shift.startswith("-") else " + "
        return Fragment(written.text + joint + shift.removeprefix("-"), SUM)

    def general_entries(self, vector: Any) -> Fragment:
        """Return [f(w_i) : i = 1..N]."""
        body, variable, inner = vector.args
        index = self.place()
        letter = self.letters[index] = self.letter(body, index)
        entry = self.inline(body.xreplace({variable: vectors.entry(inner, index)}))
        del self.letters[index]
        until = self.inline(vectors.length(inner))
        return Fragment(self.style.group(f"{entry} : {letter} = 1..{until}", "["))
