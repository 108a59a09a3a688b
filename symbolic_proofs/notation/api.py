"""Terms, vectors, formulas and their conditions as text and LaTeX.

    >>> from symbolic_proofs import PQIndex, count, equal, positive, to_text, vector
    >>> W, p, q = vector("W", count("N")), positive("p"), positive("q")
    >>> to_text(equal(PQIndex(positive("alpha") * W, p, q), PQIndex(W, p, q)))
    'I(αW) = I(W)'

The output depends on the term alone. I(W) stands for I_{p,q}(W); other exponents are shown. Blocks
are written value × count: [1 × k, 0 × z], and [W × T] is the vector W repeated T times.
"""

from __future__ import annotations

from collections.abc import Iterable

import sympy as sp

from ..language.formulas import Formula, Relation, free_variables
from ..language.symbols import bound_level, kind_of
from ..language.vectors import VectorSymbol
from .formula_writer import FormulaWriter
from .latex_style import LATEX
from .letters import declarations, goes_without_saying
from .measure_names import measures_in
from .rows import Row, as_row
from .style import ASCII, TEXT, Style, is_greek


def to_text(node: sp.Basic) -> str:
    """Return a term, vector or formula as a line of text.

    What the kinds of its symbols say is not in it: `conditions` and `to_statement` say it.
    """
    return str(FormulaWriter(TEXT, node).text(node))


def to_statement(formula: Formula, *, ascii: bool = False) -> str:
    """Return a formula as a line that `reading.read` gives back, `for ..:` in front."""
    writer = FormulaWriter(ASCII if ascii else TEXT, formula)
    return f"{declarations(writer, formula)}{writer.text(formula)}"


def to_latex(node: sp.Basic) -> str:
    """Return a term, vector or formula as LaTeX for math mode; its macros are those of amsmath."""
    return str(to_row(node))


def to_row(node: sp.Basic) -> Row:
    """Return a term, vector or formula as LaTeX that can be broken into lines."""
    return as_row(FormulaWriter(LATEX, node).text(node))


def right_side(relation: Relation) -> Row:
    """Return a relation without its left side, as a chain of them goes on."""
    writer = FormulaWriter(LATEX, relation)
    return LATEX.signs[relation.op] + writer.text(relation.right)


def definitions(node: sp.Basic) -> list[tuple[str, str]]:
    """Return what the measures stand for that a node has by name, each once, as (text, LaTeX)."""
    first: dict[str, sp.Expr] = {}
    for term, (name, of) in measures_in(node).items():
        if name not in first or _size(of) < _size(measures_in(node)[first[name]][1]):
            first[name] = term
    return [(_defined(TEXT, first[name]), _defined(LATEX, first[name])) for name in sorted(first)]


def _size(of: sp.Basic) -> tuple[int, str]:
    text = to_text(of)
    return len(text), text


def _defined(style: Style, term: sp.Expr) -> str:
    writer = FormulaWriter(style, term)
    name = writer.text(term)
    writer.named = {}
    return f"{name}{style.signs['=']}{writer.text(term)}"


def conditions(nodes: Iterable[sp.Basic]) -> list[tuple[str, str]]:
    """Return what the kinds of the free symbols say, as (text, LaTeX).

    Examples are p > 0, N ∈ {1, 2, …} and W ∈ ℝ^N. Scalars come before vectors, real numbers before
    whole ones, Latin letters before Greek ones.
    """
    return [
        (
            str(FormulaWriter(TEXT, variable).kind(variable)),
            str(FormulaWriter(LATEX, variable).kind(variable)),
        )
        for variable in _with_kinds(nodes)
    ]


def condition_rows(nodes: Iterable[sp.Basic]) -> list[Row]:
    """Return the same in LaTeX that can be broken into lines."""
    return [as_row(FormulaWriter(LATEX, v).kind(v)) for v in _with_kinds(nodes)]


def kinds_to_tell(formula: Formula) -> list[str]:
    """Return as text what the kinds of the symbols say that their letters do not say everywhere."""
    return [
        str(FormulaWriter(TEXT, variable).kind(variable))
        for variable in _with_kinds([formula])
        if not goes_without_saying(variable)
    ]


def _with_kinds(nodes: Iterable[sp.Basic]) -> list[sp.Basic]:
    """Return the free symbols in the order in which their kinds are told."""
    parts = list(nodes)
    found = {variable for node in parts for variable in free_variables(node)}
    scalars = [s for s in found if isinstance(s, sp.Symbol) and not bound_level(s)]
    scalars.sort(key=_order)
    # Members of a family are one variable: the family.
    members = {v.args[:3]: v for node in parts for v in node.atoms(VectorSymbol) if v.indices}
    vectors = [members.get(v.args[:3], v) for v in found if isinstance(v, VectorSymbol)]
    vectors.sort(key=lambda v: (v.name, to_text(v.args[1]), str(v.args[2])))
    return [*scalars, *vectors]


def _order(symbol: sp.Symbol) -> tuple[bool, bool, str, str, str]:
    kind = kind_of(symbol)
    name = symbol.name
    return kind in ("size", "count"), is_greek(name), name.casefold(), name, kind
