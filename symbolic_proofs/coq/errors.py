"""What stops a translation."""

from __future__ import annotations

from ..errors import SymbolicProofsError


class UntranslatedError(SymbolicProofsError, ValueError):
    """Something has no translation into Coq (yet); the message names it. No verdict rests on it."""


class MisreadError(SymbolicProofsError, ValueError):
    """A text that is no statement of the printer's; the message says where it is not."""
