"""Vectors as bars, one bar an entry, side by side at one scale."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from .svg import Canvas, Picture, short

_WIDTH, _HEIGHT = 176, 168
#: a block of more entries than this is one wide bar that says how many it stands for
_MOST = 6
_TOP, _BOTTOM, _SIDE = 34, 40, 12


@dataclass(frozen=True, slots=True)
class Bars:
    """A vector: what it is called, its blocks (height, entry as text, count), and its measures."""

    name: str
    blocks: tuple[tuple[float, str, int], ...]
    measures: tuple[str, ...]

    @property
    def entries(self) -> str:
        """The entries as text."""
        shown = (text if n == 1 else f"{text} × {n}" for _, text, n in self.blocks)
        return f"[{', '.join(shown)}]"


def bars(name: str, vectors: Sequence[Bars], caption: str) -> Picture:
    """Draw vectors as bars; entries that are not in all of them are hatched."""
    columns = min(2, len(vectors))
    rows = -(-len(vectors) // columns)
    lines = max(len(vector.measures) for vector in vectors)
    height = _HEIGHT + 15 * (lines - 1)
    canvas = Canvas(name, _WIDTH * columns, height * rows + 6)
    shared = _shared(vectors)
    values = [value for vector in vectors for value, _, _ in vector.blocks]
    low, high = min([0.0, *values]), max([0.0, *values])
    for place, vector in enumerate(vectors):
        corner = _WIDTH * (place % columns), height * (place // columns)
        _draw(canvas, corner, vector, shared, (low, high if high > low else low + 1))
    described = "; ".join(
        f"{vector.name} = {vector.entries}: {', '.join(vector.measures)}" for vector in vectors
    )
    return canvas.picture("Entries as bars", described, caption)


def _shared(vectors: Sequence[Bars]) -> Counter[float]:
    """Return how often each value stands in every one of the vectors."""
    counted = []
    for vector in vectors:
        entries: Counter[float] = Counter()
        for value, _, times in vector.blocks:
            entries[value] += times
        counted.append(entries)
    shared = counted[0]
    for entries in counted[1:]:
        shared = shared & entries
    return shared


def _draw(
    canvas: Canvas,
    corner: tuple[float, float],
    vector: Bars,
    shared: Counter[float],
    scale: tuple[float, float],
) -> None:
    left, top = corner
    floor, ceiling = top + _HEIGHT - _BOTTOM, top + _TOP
    low, high = scale
    unit = (floor - ceiling) / (high - low)
    zero = floor + low * unit
    slots = _slots(vector, shared)
    width = min(34.0, (_WIDTH - 2 * _SIDE) / max(1, len(slots)))
    x = left + (_WIDTH - width * len(slots)) / 2
    canvas.text((left + _WIDTH / 2, top + 14), vector.name, size=13)
    for value, text, times, common in slots:
        peak = zero - value * unit
        fill = "blue" if common else canvas.hatch("vermilion", 45)
        edge = "blue" if common else "vermilion"
        if value:
            canvas.box(
                (x + 2, min(peak, zero)), width - 4, max(abs(peak - zero), 1), fill, edge=edge
            )
        else:
            canvas.line((x + 4, zero), (x + width - 4, zero), edge, width=3)
        said = text if times == 1 else f"{text} × {short(times)}"
        above = peak - 5 if value >= 0 else peak + 13
        canvas.text((x + width / 2, above), said, size=11)
        x += width
    canvas.line((left + _SIDE, zero), (left + _WIDTH - _SIDE, zero), "faint")
    for line, measure in enumerate(vector.measures):
        canvas.text((left + _WIDTH / 2, floor + 24 + 15 * line), measure, size=12)


def _slots(vector: Bars, shared: Counter[float]) -> list[tuple[float, str, int, bool]]:
    """Return one (height, text, entries, whether all vectors have it) for each bar."""
    left = Counter(shared)
    slots = []
    for value, text, times in vector.blocks:
        for count in [1] * times if times <= _MOST else [times]:
            common = left[value] >= count
            left[value] -= count
            slots.append((value, text, count, common))
    return slots
