"""Pictures as scalable vector graphics: the same values give the same bytes."""

from .bars import Bars, bars
from .curves import Curve, Mark, curves
from .region import Boundary, Region, Sample, region_map
from .svg import Picture

__all__ = [
    "Bars",
    "Boundary",
    "Curve",
    "Mark",
    "Picture",
    "Region",
    "Sample",
    "bars",
    "curves",
    "region_map",
]
