"""How nodes of the language show themselves: in Python, in messages and in notebooks.

The language does not know how it is written: the printer is looked up when something is shown.
"""

from __future__ import annotations

from importlib import import_module
from typing import Any

#: the module with `to_text` and `to_latex`
PRINTER = "symbolic_proofs.notation.api"


def in_text(node: Any) -> str:
    """Return a term, vector or formula as text."""
    return str(import_module(PRINTER).to_text(node))


def in_latex(node: Any) -> str:
    """Return a term, vector or formula as LaTeX."""
    return str(import_module(PRINTER).to_latex(node))


class Display:
    """Gives a node its text and LaTeX wherever SymPy or Jupyter asks for them."""

    __slots__ = ()

    def _sympystr(self, printer: Any) -> str:
        return in_text(self)

    def _latex(self, printer: Any) -> str:
        return in_latex(self)

    def _repr_latex_(self) -> str:
        return rf"$\displaystyle {in_latex(self)}$"
