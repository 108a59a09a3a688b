"""Smaller trees of which the same is said that is not so."""

from __future__ import annotations

from collections.abc import Iterator

from .beliefs import Alarm, Case
from .trees import ONE, ZERO, Tree, sort


def smaller(tree: Tree) -> Iterator[Tree]:
    """Yield trees with one part of another put in its place, or made a number or a variable."""
    op, *parts = tree
    if op in ("num", "var", "vec"):
        return
    yield from (part for part in parts if isinstance(part, tuple) and sort(part) == sort(tree))
    if sort(tree) == "term":
        yield from (ZERO, ONE, ("var", "x"), ("var", "n"))
    elif sort(tree) == "vector":
        yield "vec", "W"
    for place, part in enumerate(parts):
        if isinstance(part, tuple):
            for less in smaller(part):
                yield op, *parts[:place], less, *parts[place + 1 :]


def shrunk(tree: Tree, seed: str, what: str) -> tuple[Tree, list[Alarm]]:
    """Return a small tree that raises the same alarm where the same is asked, and its alarms."""

    def raised(one: Tree) -> list[Alarm]:
        found: list[Alarm] = []
        for more in range(3):
            try:
                found = Case(f"{seed} {more}" if more else seed).examine(one)
            except KeyError:
                return []
            found = [alarm for alarm in found if alarm.what == what]
            if found:
                break
        return found

    alarms = raised(tree)
    again = bool(alarms)
    while again:
        again = False
        for less in smaller(tree):
            found = raised(less)
            if found:
                tree, alarms, again = less, found, True
                break
    return tree, alarms
