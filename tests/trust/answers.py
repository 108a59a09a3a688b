"""Questions to `Facts`, many under the same hypotheses, and the answers as lines of text.

`python -m tests.trust.answers SEED` prints them, each question asked in an order of its own.
"""

from __future__ import annotations

import sys
from random import Random
from typing import Any

import sympy as sp

from symbolic_proofs.kernel.definedness import Facts
from symbolic_proofs.kernel.polynomials import NotAlgebraicError, as_term
from symbolic_proofs.language.names import LanguageError
from symbolic_proofs.language.operations import order
from symbolic_proofs.language.vectors import Vector

from .building import build
from .trees import Drawing

#: a question and what it is asked of
Question = tuple[str, Any]
HYPOTHESES, TERMS = 40, 12


def questions(seed: int) -> list[tuple[tuple[Any, ...], list[Question]]]:
    """Return hypotheses, and what is asked under them."""
    drawing = Drawing(Random(seed))
    asked: list[tuple[tuple[Any, ...], list[Question]]] = []
    while len(asked) < HYPOTHESES:
        try:
            given = tuple(map(build, [drawing.formula() for _ in range(drawing.pick(1, 2, 3, 4))]))
            nodes = [build(drawing.term(drawing.pick(1, 2, 2))) for _ in range(TERMS)]
            nodes += [build(drawing.vector(1)), build(drawing.formula())]
        except LanguageError:
            continue
        # what a term is made of is asked about by the term itself: then the answer is kept already
        parts = {part for node in nodes for part in sp.preorder_traversal(node)}
        closed = (part for part in parts if isinstance(part, sp.Expr) and _is_closed(part))
        nodes += sorted(closed, key=order)[:TERMS]
        asked.append((given, [(what, node) for node in nodes for what in _asked_of(node)]))
    return asked


def _is_closed(node: Any) -> bool:
    return not any(symbol.name.startswith("_") for symbol in node.free_symbols)


def _asked_of(node: Any) -> tuple[str, ...]:
    if isinstance(node, Vector):
        return "defined", "nonzero_vector"
    if isinstance(node, sp.Expr):
        return "positive", "nonnegative", "nonzero", "defined", "form"
    return ("defined",)


def answer(facts: Facts, question: Question) -> str:
    """Return what is answered, the normal form for "form"."""
    what, node = question
    try:
        if what == "form":
            return str(as_term(facts.algebra.form(node)))
        return str(getattr(facts, what)(node))
    except (NotAlgebraicError, LanguageError) as error:
        return f"{type(error).__name__}: {error}"


def answers(seed: int, turned: int | None = None) -> list[str]:
    """Return all answers, the questions asked in another order if `turned` is a seed for it."""
    lines = []
    for given, asked in questions(seed):
        places = list(range(len(asked)))
        hypotheses = list(given)
        if turned is not None:
            Random(turned).shuffle(places)
            Random(turned).shuffle(hypotheses)
        facts = Facts(hypotheses)
        found = {place: answer(facts, asked[place]) for place in places}
        lines += [f"{asked[place]}: {found[place]}" for place in range(len(asked))]
    return lines


if __name__ == "__main__":
    print(*answers(int(sys.argv[1])), sep="\n")
