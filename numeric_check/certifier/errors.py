"""Why an evaluation, a decision or a certificate may come to nothing."""

__all__ = [
    "Ambiguous",
    "CertificateError",
    "NotACounterexample",
    "NotExact",
    "Undecided",
    "Undefined",
    "UnfitWitnessError",
]


class Undefined(Exception):  # noqa: N818
    """The term has no value: a division by zero, a root or logarithm where there is none, 0/0."""


class NotExact(Exception):  # noqa: N818  (it is no error: it says which arithmetic to use)
    """The value is no sum of radicals, or too large to be kept as one; balls may still decide."""


class Ambiguous(Exception):  # noqa: N818
    """At this precision it can not be said whether a term has a value; a higher one may say it."""


class Undecided(Exception):  # noqa: N818
    """Neither exact arithmetic nor balls of the greatest precision decide; never a refutation."""


class NotACounterexample(Exception):  # noqa: N818
    """The witness does not refute the claim; the message says what it lacks."""


class UnfitWitnessError(ValueError):
    """The witness gives no value for a symbol, or one that is not of the symbol's kind."""


class CertificateError(ValueError):
    """A certificate that is malformed, or not the one that claim and witness give."""
