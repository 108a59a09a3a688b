"""Curves over one variable, with marks where something happens."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass

from .svg import Canvas, Picture, short, ticks

_WIDTH, _HEIGHT = 360, 250
_LEFT, _RIGHT, _TOP, _BOTTOM = 50, 16, 24, 42
#: colour and dash of the first, second and third curve: no two agree in either
_LOOKS = (("blue", ""), ("vermilion", "7 4"), ("green", "2 3"))
_KEY = 19


@dataclass(frozen=True, slots=True)
class Mark:
    """A place on a curve: where, the letter that stands there, and its meaning for the reader."""

    x: float
    y: float
    label: str
    meaning: str
    #: whether a line goes down to the axis
    dropped: bool = False


@dataclass(frozen=True, slots=True)
class Curve:
    """A name, the points in order, and the marks on it; `dots` for values at whole numbers."""

    name: str
    points: tuple[tuple[float, float], ...]
    marks: tuple[Mark, ...] = ()
    dots: bool = False


def curves(name: str, drawn: Sequence[Curve], variable: str, title: str, caption: str) -> Picture:
    """Draw up to three curves over one variable."""
    xs = [x for curve in drawn for x, _ in curve.points]
    ys = [y for curve in drawn for _, y in curve.points]
    left, right = min(xs), max(xs)
    room = (max(ys) - min(ys)) * 0.08 or 0.1
    low, high = min(ys) - room, max(ys) + room
    foot = _HEIGHT - _BOTTOM
    canvas = Canvas(name, _WIDTH, _HEIGHT + _KEY * len(drawn) + 4)

    def place(x: float, y: float) -> tuple[float, float]:
        return (
            _LEFT + (x - left) / (right - left) * (_WIDTH - _LEFT - _RIGHT),
            foot - (y - low) / (high - low) * (foot - _TOP),
        )

    for y in ticks(low, high):
        canvas.line(place(left, y), place(right, y), "grid")
        across, down = place(left, y)
        canvas.text((across - 7, down + 4), short(y), anchor="end", colour="faint", size=11)
    for x in ticks(left, right):
        across, _ = place(x, low)
        canvas.line((across, foot), (across, foot + 5), "faint")
        canvas.text((across, foot + 18), short(x), colour="faint", size=11)
    canvas.line((_LEFT, foot), (_WIDTH - _RIGHT, foot), "faint")
    canvas.text((_WIDTH - _RIGHT, foot + 35), variable, anchor="end", upright=False, size=13)
    for number, curve in enumerate(drawn):
        _draw(canvas, curve, [place(*point) for point in curve.points], _LOOKS[number])
        down = _HEIGHT + _KEY * number + 8
        colour, dash = _LOOKS[number]
        canvas.line((_LEFT - 40, down - 4), (_LEFT - 8, down - 4), colour, width=2.4, dash=dash)
        canvas.text((_LEFT, down), curve.name, anchor="start", size=12)
    for curve in drawn:
        for mark in curve.marks:
            _mark(canvas, place(mark.x, mark.y), mark, foot)
    return canvas.picture(title, "; ".join(map(_said, drawn)), caption)


def _draw(
    canvas: Canvas,
    curve: Curve,
    points: list[tuple[float, float]],
    look: tuple[str, str],
) -> None:
    colour, dash = look
    canvas.path(points, colour, width=2.2, dash=dash)
    if curve.dots:
        for point in points:
            canvas.circle(point, 3, edge=colour)


def _mark(canvas: Canvas, at: tuple[float, float], mark: Mark, foot: float) -> None:
    x, y = at
    if mark.dropped:
        canvas.line((x, _TOP), (x, foot), "ink", dash="3 3")
        canvas.text((x, _TOP - 7), mark.label, size=14, upright=False)
    else:
        canvas.text((x, y - 10), mark.label, size=12, upright=len(mark.label) > 1)
    canvas.circle(at, 4.5, fill="ink" if not mark.dropped else "ground")


def _said(curve: Curve) -> str:
    first, last = curve.points[0], curve.points[-1]
    turns = [p for p in _turning(curve.points) if p not in (first, last)]
    way = ", ".join(f"{short(y)} at {short(x)}" for x, y in (first, *turns, last))
    marks = "".join(f"; {mark.meaning} at {short(mark.x)}" for mark in curve.marks)
    return f"{curve.name}: {way}{marks}"


def _turning(points: Sequence[tuple[float, float]]) -> list[tuple[float, float]]:
    """Return the points at which a curve turns from rising to falling or back."""
    return [
        here
        for before, here, after in zip(points, points[1:], points[2:], strict=False)
        if (here[1] - before[1]) * (after[1] - here[1]) < 0
    ]


def height_at(points: Sequence[tuple[float, float]], x: float) -> float:
    """Return the height of a line through points at x, which lies between the first and last."""
    place = min(max(bisect_left(points, (x,)), 1), len(points) - 1)
    (x0, y0), (x1, y1) = points[place - 1], points[place]
    return y0 if x1 == x0 else y0 + (y1 - y0) * (x - x0) / (x1 - x0)
