"""The members of an .npz file: a zip archive of .npy files, or a sparse array of SciPy's."""

from __future__ import annotations

import struct
import zipfile
import zlib
from pathlib import Path

import numpy as np
from numpy.lib import format as npy_format

from .errors import MeasureTypeError, MeasureValueError, TensorFileError
from .npy import npy_header
from .sparse import sparse_from_fields
from .tensor import Tensor, TensorArray

_STRETCH_BYTES = 1 << 20


# What zipfile raises for archives that are broken, encrypted or packed in an unknown way.
_ZIP_ERRORS = (
    zipfile.BadZipFile, zlib.error, NotImplementedError, RuntimeError, EOFError, OSError, ValueError
)  # fmt: skip


def list_npz(path: Path) -> list[Tensor]:
    """Return the tensors of a file, those of a sparse array as one."""
    with path.open("rb") as file:  # outside the try: that a file is missing is not its fault
        try:
            with zipfile.ZipFile(file) as archive:
                tensors = [_npz_member(path, archive, info) for info in archive.infolist()]
        except TensorFileError:
            raise
        except _ZIP_ERRORS as error:
            raise TensorFileError(f"{path}: not a readable .npz file ({error})") from error
    if not tensors:
        raise TensorFileError(f"{path}: holds no arrays")
    by_name = {tensor.name: tensor for tensor in tensors}
    return [_scipy_tensor(path, by_name)] if by_name.keys() >= _SCIPY_FIELDS else tensors


#: what every file of `scipy.sparse.save_npz` holds
_SCIPY_FIELDS = frozenset({"format", "shape", "data"})


def _scipy_tensor(path: Path, members: dict[str, Tensor]) -> Tensor:
    if any(members[name].entries > 64 for name in ("format", "shape")):
        raise TensorFileError(f"{path}: is not a sparse array as scipy.sparse.save_npz writes it")
    try:
        array = sparse_from_fields({name: np.asarray(t.load()) for name, t in members.items()})
    except (MeasureValueError, MeasureTypeError) as error:
        raise TensorFileError(f"{path}: {error}") from error
    return Tensor(path.stem, array.shape, f"sparse {array.values.dtype}", lambda: array)


def _npz_member(path: Path, archive: zipfile.ZipFile, info: zipfile.ZipInfo) -> Tensor:
    name = info.filename.removesuffix(".npy")
    if name == info.filename:
        raise TensorFileError(f"{path}: holds {name!r}, which is not an array (.npy)")
    label = f"{path}: array {name!r}"
    with archive.open(info) as file:
        header = npy_header(file, label, info.file_size)

    def load() -> TensorArray:
        try:
            with zipfile.ZipFile(path) as archive, archive.open(info) as file:
                if info.compress_type == zipfile.ZIP_STORED:
                    # A map would not notice damage: zipfile compares the checksum at the end.
                    while file.read(_STRETCH_BYTES):
                        pass
                    return header.mapped(path, _stored_start(path, info))
                array = npy_format.read_array(file, allow_pickle=False)
                file.read(1)
                return np.asarray(array)
        except (*_ZIP_ERRORS, MemoryError) as error:
            raise TensorFileError(f"{label} cannot be read ({error})") from error

    return header.tensor(name, load)


def _stored_start(path: Path, info: zipfile.ZipInfo) -> int:
    """Where the bytes of an uncompressed member begin: after its local header (APPNOTE 4.3.7)."""
    with path.open("rb") as file:
        file.seek(info.header_offset + 26)
        name, extra = struct.unpack("<HH", file.read(4))
    return int(info.header_offset + 30 + name + extra)
