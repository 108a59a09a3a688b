"""A tensor of a file, which is described before it is read."""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from numpy.typing import NDArray

from .formats import CodedArray
from .sparse import SparseArray

TensorArray = NDArray[Any] | CodedArray | SparseArray


@dataclass(frozen=True)
class Tensor:
    """A tensor that is described but not read yet; `load` reads it, or maps it into memory.

    `file` is what it was asked for by.
    """

    name: str
    shape: tuple[int, ...]
    dtype: str
    load: Callable[[], TensorArray]
    file: str = ""

    @property
    def entries(self) -> int:
        """The number of entries."""
        return math.prod(self.shape)
