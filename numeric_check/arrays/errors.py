"""What can be wrong with an array, its exponents, or the file it comes from.

ArrayError
├── MeasureValueError          the measure has no value there
├── MeasureTypeError           the entries are no real numbers
└── TensorFileError            a file that does not hold what its format promises
"""

__all__ = ["ArrayError", "MeasureTypeError", "MeasureValueError", "TensorFileError"]


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
