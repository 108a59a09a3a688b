"""How nodes of the language show themselves: in Python, in messages and in notebooks."""

from __future__ import annotations

from typing import Any


class Display:
    """Gives a node its text and LaTeX wherever SymPy or Jupyter asks for them."""

    __slots__ = ()

    def _sympystr(self, printer: Any) -> str:
        from ..notation.api import to_text

        return to_text(self)

    def _latex(self, printer: Any) -> str:
        from ..notation.api import to_latex

        return to_latex(self)

    def _repr_latex_(self) -> str:
        from ..notation.api import to_latex

        return rf"$\displaystyle {to_latex(self)}$"
