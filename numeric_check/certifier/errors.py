"""What can go wrong with numbers.

    NumericCheckError
    ├── ValuelessError             the term has no value
    ├── NotExact                   the value is not a sum of radicals
    ├── Ambiguous                  a higher precision may tell whether there is a value
    ├── Undecided                  no arithmetic decides
    ├── NotACounterexample         the witness does not refute the claim
    ├── UnfitWitnessError          the witness gives no value of a symbol's kind
    ├── WitnessError               the data are not a witness
    ├── CertificateError           a certificate that is malformed, or of something else
    ├── NotSearchableError         a claim outside of what batches can do
    ├── SearchInputError           what was asked of the search cannot be done
    ├── JournalError               a journal of another search, or none
    ├── PieceLostError             a piece of work ended its worker again and again
    ├── ExecutorUnavailableError   an executor that is not known or not there
    ├── FunctionUnavailableError   a plain function that is not there any more
    ├── PlainFunctionError         a plain function that is not a measure
    └── EndedError                 a plain function that ended the program

`arrays`, which imports nothing of ours, has a root of its own.
"""

__all__ = [
    "Ambiguous",
    "CertificateError",
    "NotACounterexample",
    "NotExact",
    "NumericCheckError",
    "Undecided",
    "UnfitWitnessError",
    "ValuelessError",
]


class NumericCheckError(Exception):
    """The root of all errors of this package, those of `arrays` left out."""


class ValuelessError(NumericCheckError):
    """The term has no value: a division by zero, a root or logarithm where there is none, 0/0."""


class NotExact(NumericCheckError):  # noqa: N818  (it is no error: it says which arithmetic to use)
    """The value is no sum of radicals, or too large to be kept as one; balls may still decide."""


class Ambiguous(NumericCheckError):  # noqa: N818
    """At this precision it cannot be said whether a term has a value; a higher one may say it."""


class Undecided(NumericCheckError):  # noqa: N818
    """Neither exact arithmetic nor balls of the greatest precision decide; never a refutation."""


class NotACounterexample(NumericCheckError):  # noqa: N818
    """The witness does not refute the claim; the message says what it lacks."""


class UnfitWitnessError(NumericCheckError, ValueError):
    """The witness gives no value for a symbol, or one that is not of the symbol's kind."""


class CertificateError(NumericCheckError, ValueError):
    """A certificate that is malformed, or not the one that claim and witness give."""
