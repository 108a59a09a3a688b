"""What can be wrong with an array, its exponents, or the file it comes from."""

__all__ = ["MeasureTypeError", "MeasureValueError", "TensorFileError"]


class MeasureValueError(ValueError):
    """The measure has no value there: bad exponents, or entries that are empty, zero or not finite.

    The message says which of these it is, where, and what to do about it.
    """


class MeasureTypeError(TypeError):
    """The entries are not real numbers (complex, text, objects), or are hidden behind a mask."""


class TensorFileError(ValueError):
    """A file that does not hold what its format promises; the message names the file."""
