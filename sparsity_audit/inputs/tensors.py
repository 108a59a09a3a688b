"""The tensors that a command line asks for: files, folders, globs, shards, standard input."""

from __future__ import annotations

import fnmatch
import glob
import os
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path

from numeric_check.arrays.errors import PickleFileError, TensorFileError
from numeric_check.arrays.files import (
    ARRAY_SUFFIXES,
    INDEX_SUFFIX,
    list_tensors,
    shards_of,
    tensors_of_stream,
)
from numeric_check.arrays.tensor import Tensor

from ..errors import InputError

STANDARD_INPUT = "-"


def tensors_of(asked: Sequence[str], include: Sequence[str] = ()) -> list[Tensor]:
    """Return the tensors of files, described but not read, each file once.

    A folder stands for the arrays in it and below, a glob for the files that match, an index for
    its shards, and "-" for a .npy file or text on standard input. With `include`, tensors are left
    out unless their name matches a pattern. Raises InputError with the reason in one line.
    """
    found: list[Tensor] = []
    for name in dict.fromkeys(file for argument in asked for file in _files(argument)):
        try:
            found += _stream() if name == STANDARD_INPUT else list_tensors(name)
        except PickleFileError as error:
            raise InputError(f"{error}, with", error.conversion) from None
        except TensorFileError as error:
            raise InputError(str(error)) from None
        except OSError as error:
            raise InputError(f"{name} cannot be read: {error.strerror or error}") from None
    chosen = [
        tensor
        for tensor in found
        if not include or any(fnmatch.fnmatchcase(tensor.name, pattern) for pattern in include)
    ]
    if not chosen:
        some = ", ".join(repr(tensor.name) for tensor in found[:3])
        raise InputError(f"no tensor has a name that --include matches; there are {some}, ..")
    return chosen


def _stream() -> list[Tensor]:
    return tensors_of_stream(sys.stdin.buffer.read())


def _files(argument: str) -> Iterator[str]:
    if argument == STANDARD_INPUT:
        yield argument
        return
    if os.path.isdir(argument):
        yield from _in_folder(argument)
        return
    if glob.has_magic(argument) and not os.path.exists(argument):
        matching = sorted(glob.glob(argument, recursive=True))
        if not matching:
            raise InputError(f"no file matches {argument}")
        for name in matching:
            yield from _in_folder(name) if os.path.isdir(name) else [os.path.normpath(name)]
        return
    yield os.path.normpath(argument)


def _in_folder(folder: str) -> Iterator[str]:
    """Yield the arrays of a folder: an index in place of its shards."""
    inside = sorted(path for path in Path(folder).rglob("*") if path.is_file())
    indices = [path for path in inside if path.name.lower().endswith(INDEX_SUFFIX)]
    arrays = [path for path in inside if path.suffix.lower() in ARRAY_SUFFIXES]
    try:
        sharded = {shard for index in indices for shard in shards_of(index).values()}
    except TensorFileError as error:
        raise InputError(str(error)) from None
    chosen = [*indices, *(path for path in arrays if path not in sharded)]
    if not chosen:
        kinds = ", ".join(sorted(ARRAY_SUFFIXES))
        raise InputError(
            f"{folder}: no {kinds} in this folder; name other files, or use a glob such as "
            f"'{folder.rstrip(os.sep)}/*.csv'"
        )
    yield from map(str, chosen)
