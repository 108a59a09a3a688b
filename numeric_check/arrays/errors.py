"""What can be wrong with an array, its exponents, or the file it comes from.

ArrayError
├── MeasureValueError          the measure has no value there
├── MeasureTypeError           the entries are not real numbers
└── TensorFileError            a file that does not hold what its format promises
    └── PickleFileError        a file of pickled objects, which is not read
"""

from pathlib import Path

__all__ = [
    "ArrayError",
    "MeasureTypeError",
    "MeasureValueError",
    "PickleFileError",
    "TensorFileError",
]


class ArrayError(Exception):
    """The root of all errors about arrays."""


class MeasureValueError(ArrayError, ValueError):
    """The measure has no value there: bad exponents, or entries that are empty, zero or not finite.

    The message says which of these it is, where, and what to do about it.
    """


class MeasureTypeError(ArrayError, TypeError):
    """The entries are not real numbers (complex, text, objects), or are hidden behind a mask."""


class TensorFileError(ArrayError, ValueError):
    """A file that does not hold what its format promises; the message names the file."""


class PickleFileError(TensorFileError):
    """A file of pickled objects; `conversion` are the lines of Python that make one of numbers."""

    def __init__(self, message: str, path: Path) -> None:
        super().__init__(message)
        source, target = ascii(str(path)), ascii(str(path.with_suffix(".safetensors")))
        self.conversion = (
            "import torch; from safetensors.torch import save_file\n"
            f"save_file({{k: v.clone().contiguous() for k, v in torch.load({source}, "
            f"map_location='cpu', weights_only=True).items() if hasattr(v, 'dtype')}}, {target})"
        )
        if path.suffix.lower() in (".pkl", ".pickle"):
            target = ascii(str(path.with_suffix(".npz")))
            self.conversion = (
                "import pickle, numpy as np  # this runs what the file holds: trust its origin\n"
                f"np.savez({target}, np.asarray(pickle.load(open({source}, 'rb'))))"
            )
