"""Maps of the exponents: where a claim is proved, where it is refuted, and what is open."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from math import log2

from .svg import Canvas, Picture, Point

_LEFT, _TOP, _BOTTOM = 46, 12, 44
#: where points are marked, and where a claim is proved for all exponents
_LARGE, _SMALL = 300.0, 150.0
_KEY = 20
#: a, b, c of the half-plane a·log p + b·log q + c >= 0
Bound = tuple[float, float, float]


@dataclass(frozen=True, slots=True)
class Sample:
    """One point of the map that was searched: with `label` if it is refuted, None if not."""

    p: Fraction
    q: Fraction
    label: str | None


@dataclass(frozen=True, slots=True)
class Region:
    """Where a claim is proved: where all of the half-planes are, and the condition that says so."""

    bounds: tuple[Bound, ...]
    condition: str


@dataclass(frozen=True, slots=True)
class Boundary:
    """Where a claim about that many entries begins to fail: lines of points (p, q)."""

    lines: tuple[tuple[tuple[float, float], ...], ...]
    label: str


def region_map(
    name: str,
    title: str,
    proved: Sequence[Region],
    samples: Sequence[Sample],
    exponents: Sequence[Fraction],
    label: str,
    boundaries: Sequence[Boundary] = (),
) -> Picture:
    """Draw the exponents p < q on logarithmic axes; `label` says what stands by refuted points."""
    low, high = log2(min(exponents)) - 0.5, log2(max(exponents)) + 0.5
    refuted = [s for s in samples if s.label is not None]
    tried = [s for s in samples if s.label is None]
    size = _LARGE if samples else _SMALL
    entries = len(proved) + bool(refuted) + bool(tried) + bool(samples or boundaries)
    canvas = Canvas(name, size + _LEFT + 14, _TOP + size + _BOTTOM + _KEY * entries)

    def place(p: float, q: float) -> Point:
        unit = size / (high - low)
        return _LEFT + (p - low) * unit, _TOP + (high - q) * unit

    whole = ((low, low), (high, low), (high, high), (low, high))
    below = _clipped(whole, (1, -1, 0))
    canvas.polygon([place(*corner) for corner in below], "grid")
    for region in proved:
        shape: Sequence[Point] = whole
        for bound in region.bounds:
            shape = _clipped(shape, bound)
        if shape:
            canvas.polygon(
                [place(*corner) for corner in shape], canvas.hatch("blue", 45), edge="blue"
            )
    for value in exponents:
        x, y = place(log2(value), low), place(low, log2(value))
        if size == _SMALL and log2(value) % 2:
            continue
        canvas.line(x, (x[0], x[1] + 5), "faint")
        canvas.line(y, (y[0] - 5, y[1]), "faint")
        canvas.text((x[0], x[1] + 18), str(value), colour="faint", size=10.5)
        canvas.text((y[0] - 8, y[1] + 4), str(value), anchor="end", colour="faint", size=10.5)
    canvas.polygon([place(*corner) for corner in whole], "none", edge="faint")
    canvas.text(
        place(high - (high - low) / 5, low + (high - low) / 11),
        "p ≥ q",
        colour="faint",
        upright=False,
    )
    canvas.text((_LEFT + size, _TOP + size + 36), "p", anchor="end", upright=False, size=13)
    canvas.text((14, _TOP + 12), "q", upright=False, size=13)
    for boundary in boundaries:
        for line in boundary.lines:
            canvas.path([place(log2(a), log2(b)) for a, b in line], "blue", width=1.8)
        at = place(*map(log2, boundary.lines[0][-1]))
        canvas.text((at[0] + 3, at[1] - 5), boundary.label, anchor="start", colour="blue", size=10)
    for sample in samples:
        at = place(log2(sample.p), log2(sample.q))
        if sample.label is None:
            canvas.circle(at, 4.5)
        else:
            canvas.cross(at, 5)
            canvas.text((at[0] + 9, at[1] + 4), sample.label, anchor="start", size=11)
    down = _TOP + size + _BOTTOM + 4
    if boundaries:
        canvas.line((_LEFT - 6, down - 3), (_LEFT + 12, down - 3), "blue", width=1.8)
        canvas.text((_LEFT + 22, down + 1), _boundary_words(boundaries), anchor="start")
        down += _KEY
    empty = "" if boundaries else "empty: between the points, not searched"
    _key(canvas, down, proved, label if refuted else "", empty, tried=bool(tried))
    return canvas.picture(title, _said(proved, refuted, tried, boundaries), title)


def _key(
    canvas: Canvas,
    down: float,
    proved: Sequence[Region],
    refuted: str,
    empty: str,
    *,
    tried: bool,
) -> None:
    for region in proved:
        canvas.box((_LEFT - 6, down - 9), 18, 12, canvas.hatch("blue", 45), edge="blue")
        canvas.text((_LEFT + 22, down + 1), f"proved: {region.condition}", anchor="start")
        down += _KEY
    if refuted:
        canvas.cross((_LEFT + 3, down - 3), 5)
        canvas.text((_LEFT + 22, down + 1), f"refuted, {refuted}", anchor="start")
        down += _KEY
    if tried:
        canvas.circle((_LEFT + 3, down - 3), 4.5)
        canvas.text((_LEFT + 22, down + 1), "open: searched, not refuted", anchor="start")
        down += _KEY
    if empty and (refuted or tried):
        canvas.box((_LEFT - 6, down - 9), 18, 12, "none", edge="faint")
        canvas.text((_LEFT + 22, down + 1), empty, anchor="start")


def _clipped(shape: Sequence[Point], bound: Bound) -> list[Point]:
    """Return the part of a convex shape that lies in a half-plane."""
    a, b, c = bound
    kept: list[Point] = []
    for (x0, y0), (x1, y1) in zip(shape, [*shape[1:], *shape[:1]], strict=True):
        s0, s1 = a * x0 + b * y0 + c, a * x1 + b * y1 + c
        if s0 >= 0:
            kept.append((x0, y0))
        if (s0 >= 0) != (s1 >= 0):
            t = s0 / (s0 - s1)
            kept.append((x0 + t * (x1 - x0), y0 + t * (y1 - y0)))
    return kept


def _boundary_words(boundaries: Sequence[Boundary]) -> str:
    return f"proved boundary for {', '.join(each.label for each in boundaries)}"


def _said(
    proved: Sequence[Region],
    refuted: Sequence[Sample],
    tried: Sequence[Sample],
    boundaries: Sequence[Boundary],
) -> str:
    parts = [f"proved for {region.condition}" for region in proved]
    for word, samples in (("refuted", refuted), ("open", tried)):
        if samples:
            points = ", ".join(
                f"({s.p}, {s.q})" + (f" {s.label}" if s.label else "") for s in samples
            )
            parts.append(f"{word} at (p, q) = {points}")
    if boundaries:
        parts.append(_boundary_words(boundaries))
    return "; ".join(parts)
