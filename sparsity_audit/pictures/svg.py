"""A canvas that writes SVG.

Colours are CSS variables with a default, so that a page can set them for a dark ground and the
picture still stands alone. They are those of Okabe and Ito, which colour-blind readers can tell
apart; shapes, dashes and hatching say the same once more, for print without colour.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from html import escape

#: role -> its colour, as a CSS value
COLOURS = {
    "ink": "var(--ink, #1b1f24)",
    "faint": "var(--faint, #6b7480)",
    "grid": "var(--grid, #d5dae1)",
    "ground": "var(--ground, #ffffff)",
    "blue": "var(--blue, #0072b2)",
    "vermilion": "var(--vermilion, #d55e00)",
    "green": "var(--green, #009e73)",
    "purple": "var(--purple, #cc79a7)",
}
Point = tuple[float, float]


@dataclass(frozen=True, slots=True)
class Picture:
    """A drawing, and what it shows in words."""

    svg: str
    caption: str


class Canvas:
    """Collects shapes; y grows downwards. `name` makes the ids unique in a page."""

    def __init__(self, name: str, width: float, height: float) -> None:
        self.name, self.width, self.height = name, width, height
        self._shapes: list[str] = []
        self._patterns: dict[str, str] = {}

    def line(
        self, start: Point, end: Point, colour: str = "ink", *, width: float = 1, dash: str = ""
    ) -> None:
        """Draw a straight line."""
        self.path((start, end), colour, width=width, dash=dash)

    def path(
        self, points: Iterable[Point], colour: str = "ink", *, width: float = 1, dash: str = ""
    ) -> None:
        """Draw a line through points."""
        through = "L".join(f"{number(x)} {number(y)}" for x, y in points)
        dashed = f";stroke-dasharray:{dash}" if dash else ""
        style = f"fill:none;stroke:{COLOURS[colour]};stroke-width:{number(width)}{dashed}"
        self._shapes.append(f'<path d="M{through}" style="{style}"/>')

    def polygon(
        self, points: Iterable[Point], fill: str, *, edge: str | None = None, width: float = 1
    ) -> None:
        """Draw a filled shape; `fill` is a colour, or what `hatch` returns."""
        through = "L".join(f"{number(x)} {number(y)}" for x, y in points)
        stroke = f";stroke:{COLOURS[edge]};stroke-width:{number(width)}" if edge else ""
        style = f"fill:{COLOURS.get(fill, fill)}{stroke}"
        self._shapes.append(f'<path d="M{through}Z" style="{style}"/>')

    def box(
        self, corner: Point, width: float, height: float, fill: str, *, edge: str | None = None
    ) -> None:
        """Draw a filled rectangle, from its upper left corner."""
        x, y = corner
        around = (x, y), (x + width, y), (x + width, y + height), (x, y + height)
        self.polygon(around, fill, edge=edge)

    def circle(
        self,
        centre: Point,
        radius: float,
        fill: str = "ground",
        edge: str = "ink",
        *,
        width: float = 1.6,
    ) -> None:
        """Draw a circle."""
        x, y = map(number, centre)
        style = f"fill:{COLOURS[fill]};stroke:{COLOURS[edge]};stroke-width:{number(width)}"
        self._shapes.append(f'<circle cx="{x}" cy="{y}" r="{number(radius)}" style="{style}"/>')

    def cross(self, centre: Point, radius: float, colour: str = "vermilion") -> None:
        """Draw two crossed strokes."""
        x, y = centre
        for dx in (radius, -radius):
            self.line((x - dx, y - radius), (x + dx, y + radius), colour, width=2.2)

    def text(
        self,
        at: Point,
        words: str,
        *,
        anchor: str = "middle",
        colour: str = "ink",
        size: float = 12,
        upright: bool = True,
        over: str = "ground",
    ) -> None:
        """Write words; the colour that they stand over shows around them where they cross lines."""
        x, y = map(number, at)
        slanted = "" if upright else ";font-style:italic"
        style = (
            f"fill:{COLOURS[colour]};font-size:{number(size)}px{slanted};"
            f"paint-order:stroke;stroke:{COLOURS[over]};stroke-width:3px;stroke-linejoin:round"
        )
        self._shapes.append(
            f'<text x="{x}" y="{y}" text-anchor="{anchor}" style="{style}">{escape(words)}</text>'
        )

    def hatch(self, colour: str, angle: int) -> str:
        """Return a fill of parallel strokes on a light ground of the same colour."""
        key = f"{self.name}-{colour}-{angle}"
        self._patterns[key] = (
            f'<pattern id="{key}" width="6" height="6" patternUnits="userSpaceOnUse" '
            f'patternTransform="rotate({angle})">'
            f'<path d="M0 0H6V6H0Z" style="fill:{COLOURS[colour]};fill-opacity:.22"/>'
            f'<path d="M0 0V6" style="stroke:{COLOURS[colour]};stroke-width:2.4"/></pattern>'
        )
        return f"url(#{key})"

    def picture(self, title: str, description: str, caption: str) -> Picture:
        """Return the drawing; title and description are for those who cannot see it."""
        size = f"{number(self.width)} {number(self.height)}"
        patterns = "".join(self._patterns.values())
        svg = (
            f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {size}" '
            f'width="{number(self.width)}" height="{number(self.height)}" role="img" '
            f'aria-labelledby="{self.name}-title {self.name}-desc" '
            'style="font-family:system-ui,sans-serif">'
            f'<title id="{self.name}-title">{escape(title)}</title>'
            f'<desc id="{self.name}-desc">{escape(description)}</desc>'
            + (f"<defs>{patterns}</defs>" if patterns else "")
            + "".join(self._shapes)
            + "</svg>"
        )
        return Picture(svg, caption)


def number(value: float) -> str:
    """Return a coordinate with two decimals: digits beyond are not seen, and not portable."""
    written = f"{value:.2f}".rstrip("0").rstrip(".")
    return "0" if written in ("-0", "") else written


def ticks(low: float, high: float, most: int = 7) -> Sequence[float]:
    """Return round numbers that divide the range from low to high, at most `most` of them."""
    span = high - low
    exponent = -12
    while True:
        for digit in (1, 2, 5):
            step = digit * 10.0**exponent
            if span / step <= most - 1:
                first = -int(-low / step // 1) if low > 0 else int(low / step)
                return [
                    round(k * step, 12)
                    for k in range(first - 1, first + most + 2)
                    if low - step / 1e6 <= k * step <= high + step / 1e6
                ]
        exponent += 1


def short(value: float) -> str:
    """Return a number with three significant digits at most."""
    digits, exponent, power = f"{value:.3g}".partition("e")
    return (digits + exponent + (str(int(power)) if power else "")).replace("-", "−")
