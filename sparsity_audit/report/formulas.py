"""Mathematics in the page: LaTeX for KaTeX to set, and the same as text where it cannot."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

import sympy as sp

from symbolic_proofs.notation.api import conditions, to_latex, to_text
from symbolic_proofs.notation.latex_style import LATEX
from symbolic_proofs.notation.style import TEXT

_FRACTION = re.compile(r"(?<![\w.])(\d+)/(\d+)(?![\w.])")
_ROOT = re.compile(r"\(([^()]+)\)\^\(([^()]+)\)|(\d+)\^\(([^()]+)\)")
_UNIT = re.compile(r" ± 1e(-?\d+)")
_RELATIONS = {"=": "=", "!=": r"\ne", "<": "<", "<=": r"\le", ">": ">", ">=": r"\ge"}
_SIGNS = {"!=": "≠", "<=": "≤", ">=": "≥"}


@dataclass(frozen=True, slots=True)
class Formula:
    """A formula twice."""

    latex: str
    text: str


def formula(node: sp.Basic) -> Formula:
    """Return a term, vector or formula of the language."""
    return Formula(to_latex(node), to_text(node))


def kinds(nodes: Iterable[sp.Basic]) -> tuple[Formula, ...]:
    """Return what the kinds of the symbols in the nodes promise, as `p > 0`."""
    return tuple(Formula(latex, text) for text, latex in conditions(nodes))


def said(words: str) -> str:
    """Return words with the signs that stand for comparisons in them as one letter each."""
    for written, sign in _SIGNS.items():
        words = words.replace(f" {written} ", f" {sign} ")
    return words


def number(text: str) -> Formula:
    """Return an exact number, "1 - (2/3)^(1/2)", or an interval, "[0.36, 0.37]"."""
    latex = _ROOT.sub(_root, _UNIT.sub(r" \\pm 10^{\1}", text))
    return Formula(_FRACTION.sub(r"\\tfrac{\1}{\2}", latex), text)


def _root(match: re.Match[str]) -> str:
    if match[3] is not None:
        return f"{match[3]}^{{{_flat(match[4])}}}"
    return rf"\left({match[1]}\right)^{{{_flat(match[2])}}}"


def _flat(exponent: str) -> str:
    # the slash of an exponent stays; braces keep it from being read as a fraction
    return exponent.replace("/", "{/}")


def comparison(left: str, relation: str, right: str) -> Formula:
    """Return a comparison of two numbers; `relation` is =, !=, <, <=, > or >=."""
    a, b = number(left), number(right)
    sign = _SIGNS.get(relation, relation)
    return Formula(
        f"{a.latex} {_RELATIONS[relation]} {b.latex}",
        f"{a.text} {sign} {b.text}",
    )


def assignment(name: str, value: object) -> Formula:
    """Return `name = value` for a value of a witness: a number, a vector, or vectors by step."""
    latex, text = _value(value)
    return Formula(f"{LATEX.name(name)} = {latex}", f"{TEXT.name(name)} = {text}")


def _value(value: object) -> tuple[str, str]:
    match value:
        case str():
            return number(value).latex, value
        case list():
            entries = [(*_value(v), times) for v, times in value]
            latex = ", ".join(a if n == 1 else rf"{a} \times {n}" for a, _, n in entries)
            text = ", ".join(b if n == 1 else f"{b} × {n}" for _, b, n in entries)
            return f"[{latex}]", f"[{text}]"
        case {"steps": list(members)}:
            parts = [_value(member) for member in members]
            return r";\ ".join(a for a, _ in parts), "; ".join(b for _, b in parts)
    raise TypeError(f"a witness holds no {type(value).__name__}")
