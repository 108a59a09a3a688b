"""Building terms from a tree: what all rules share."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

import sympy as sp
from lark import Token, Tree

from ...language.names import LanguageError
from ...language.vectors import Vector
from .errors import ReadError
from .names import Names

MAX_DEPTH = 150
MAX_DIGITS = 100

Node = Any  # a Tree or a Token of the parser


class Building:
    """Builds what a tree says, by the method named like the rule of the grammar."""

    def __init__(self, names: Names) -> None:
        self.names = names
        self.depth = 0

    def error(self, node: Node, message: str) -> ReadError:
        """Return an error at the place of a tree or token."""
        if isinstance(node, Tree):
            meta = node.meta
            return ReadError(message, 0 if meta.empty else meta.start_pos, _end(meta))
        return ReadError(message, getattr(node, "start_pos", 0) or 0, _end(node))

    def build(self, tree: Node) -> Any:
        """Return the term, vector or formula of a tree."""
        self.depth += 1
        if self.depth > MAX_DEPTH:
            raise self.error(tree, f"nested more than {MAX_DEPTH} deep: split the statement")
        try:
            return getattr(self, tree.data)(tree)
        except ReadError:
            raise
        except LanguageError as error:
            raise self.error(tree, str(error)) from None
        finally:
            self.depth -= 1

    def term(self, tree: Node) -> sp.Expr:
        """Return the number of a tree."""
        value = self.build(tree)
        if isinstance(value, Vector):
            raise self.error(
                tree,
                f"a number belongs here, and {self.said(tree)} is a vector: write an entry w_i, a "
                "norm ||W||_p or a sum S_p(W)",
            )
        return value

    def vector(self, tree: Node, where: str) -> Vector:
        """Return the vector of a tree; `where` says what takes one."""
        value = self.build(tree)
        if isinstance(value, Vector):
            return value
        said, hint = self.said(tree), ""
        if tree.data == "name_sub":
            letter = str(tree.children[0])
            hint = f"; for a family of vectors write `for {letter}_t in R^n:` in front"
        elif tree.data == "name_atom":
            hint = f"; if {said} is one, write `for {said} in R^N:` in front"
        raise self.error(tree, f"{where} takes a vector, and {said} is a number{hint}")

    def said(self, tree: Node) -> str:
        """Return the words of a short piece of text, "this" for a long one."""
        if isinstance(tree, Token):
            return str(tree)
        words = [str(token) for token in tree.scan_values(lambda v: isinstance(v, Token))]
        return "".join(words) if len(words) < 4 and "".join(words).isprintable() else "this"

    @contextmanager
    def bound(self, **names: Any) -> Iterator[None]:
        """Let names be bound as long as a body is built."""
        outer = self.names
        self.names = outer.inner(**names)
        try:
            yield
        finally:
            self.names = outer

    def digits(self, token: Node) -> sp.Expr:
        """Return the number that a token writes out."""
        text = str(token)
        if len(text) > MAX_DIGITS:
            raise self.error(
                token, f"a number of {len(text)} digits; at most {MAX_DIGITS} are read"
            )
        whole, _, part = text.partition(".")
        return sp.Rational(int(whole + part), 10 ** len(part))

    def only(self, tree: Node, name: str, parts: list[Any], count: int = 1) -> Any:
        """Return the first of `count` arguments."""
        if len(parts) != count:
            several = "one argument" if count == 1 else f"{count} arguments"
            raise self.error(tree, f"{name} takes {several}, not {len(parts)}")
        return parts[0]


def _end(place: Any) -> int | None:
    end: int | None = getattr(place, "end_pos", None)
    return end


Builder = Callable[[Node], Any]
