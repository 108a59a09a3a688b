"""Measures of sparsity as terms, from their published formulas."""

from .catalogue import MEASURES, UnknownMeasureError, find_measure
from .measure import Measure

__all__ = ["MEASURES", "Measure", "UnknownMeasureError", "find_measure"]
