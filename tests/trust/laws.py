"""Laws of algebra, most of which hold under conditions only."""

from __future__ import annotations

from .trees import HALF, ONE, TWO, ZERO, Tree, negative, number


def laws(t: Tree) -> list[Tree]:
    """Return terms that are `t` by a law which holds under conditions only, or not at all."""
    p, q, x, y, u = (("var", name) for name in "pqxyu")
    square = "^", t, TWO
    return [
        ("Abs", t),
        ("^", square, HALF),
        ("^", ("^", t, p), ("/", ONE, p)),
        ("Exp", ("Log", t)),
        ("Log", ("Exp", t)),
        ("Ceiling", t),
        negative(t),
        square,
        ("*", ("^", ("^", t, q), ("/", p, q)), ("^", t, ("-", ONE, p))),
        ("/", ("*", t, x), x),
        ZERO,
        ("/", ("Log", square), TWO),
        ("/", ("^", ("*", number(8), ("^", t, number(3))), number(1, 3)), TWO),
        ("*", ("^", t, HALF), ("^", t, HALF)),
        ("/", ("^", ("*", u, square), HALF), ("^", u, HALF)),
        ("/", ("^", ("*", y, t), p), ("^", y, p)),
        ("-", ("^", ("+", t, y), TWO), ("+", square, ("*", y, ("+", y, ("*", TWO, t))))),
        ("/", ("-", square, ("^", y, TWO)), ("+", t, y)),
        ("Total", t, "law", ("var", "n")),
        ("*", t, ("^", t, ZERO)),
        ("+", t, ("-", ("/", y, t), ("/", y, t))),
    ]
