"""Arrays of floating-point formats that NumPy lacks, decoded block by block."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from .blocks import Block

__all__ = ["DECODERS", "CodedArray"]

Decoder = Callable[[NDArray[Any]], NDArray[Any]]


@dataclass(frozen=True, eq=False)
class CodedArray:
    """Codes (unsigned integers, any shape) and the format they are in, a key of `DECODERS`.

    Slices decode what they select; `numpy.asarray` decodes everything.
    """

    codes: NDArray[Any]
    format: str

    @property
    def shape(self) -> tuple[int, ...]:
        """The length of each axis."""
        return self.codes.shape

    def read_block(self, index: Block) -> NDArray[Any]:
        """The entries at `index`, as float16 or float32, exactly."""
        return DECODERS[self.format](self.codes[index])

    def __getitem__(self, index: Any) -> NDArray[Any]:
        return np.asarray(DECODERS[self.format](np.asarray(self.codes[index])))

    def __array__(self, dtype: Any = None, copy: bool | None = None) -> NDArray[Any]:
        if copy is False:
            raise ValueError("a coded array cannot become a NumPy array without a copy")
        return np.asarray(self[...], dtype)


def _bfloat16(codes: NDArray[Any]) -> NDArray[Any]:
    """Bfloat16 is the upper half of float32."""
    return (codes.astype(np.uint32) << np.uint32(16)).view(np.float32)


def _float8_e5m2(codes: NDArray[Any]) -> NDArray[Any]:
    """E5M2 is the upper half of float16 (Micikevicius et al., FP8 formats, 2022)."""
    return (codes.astype(np.uint16) << np.uint16(8)).view(np.float16)


def _float8_e4m3(codes: NDArray[Any]) -> NDArray[Any]:
    """E4M3: bias 7, no infinities, NaN only at all ones (ibid.)."""
    return np.asarray(_E4M3[codes])


def _float8_e8m0(codes: NDArray[Any]) -> NDArray[Any]:
    """E8M0: the powers of two 2^(code - 127), NaN at 255 (OCP Microscaling formats, 2023)."""
    return np.asarray(_E8M0[codes])


def _float8_e4m3_fnuz(codes: NDArray[Any]) -> NDArray[Any]:
    """E4M3 with bias 8, without infinities and minus zero, NaN in the place of the latter."""
    return np.asarray(_E4M3_FNUZ[codes])


def _float8_e5m2_fnuz(codes: NDArray[Any]) -> NDArray[Any]:
    """E5M2 with bias 16, likewise (Noune et al., 8-bit numerical formats, 2022)."""
    return np.asarray(_E5M2_FNUZ[codes])


def _float8_table(fraction_bits: int, bias: int, nan: tuple[int, ...]) -> NDArray[np.float32]:
    codes = np.arange(256)
    size = 1 << fraction_bits
    exponent, fraction = (codes & 127) >> fraction_bits, (codes & (size - 1)) / size
    normal = np.ldexp(1 + fraction, exponent - bias)
    values = np.where(exponent == 0, np.ldexp(fraction, 1 - bias), normal)
    values = np.where(np.isin(codes, nan), np.nan, values)
    return np.where(codes < 128, values, -values).astype(np.float32)


def _e8m0_table() -> NDArray[np.float32]:
    values = np.ldexp(1.0, np.arange(256) - 127)
    values[255] = np.nan
    return values.astype(np.float32)


_E4M3 = _float8_table(3, 7, (127, 255))
_E4M3_FNUZ = _float8_table(3, 8, (128,))
_E5M2_FNUZ = _float8_table(2, 16, (128,))
_E8M0 = _e8m0_table()

# By the names that safetensors gives them.
DECODERS: dict[str, Decoder] = {
    "BF16": _bfloat16,
    "F8_E5M2": _float8_e5m2,
    "F8_E4M3": _float8_e4m3,
    "F8_E8M0": _float8_e8m0,
    "F8_E4M3FNUZ": _float8_e4m3_fnuz,
    "F8_E5M2FNUZ": _float8_e5m2_fnuz,
}
