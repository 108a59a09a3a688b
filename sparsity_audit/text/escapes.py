"""Names and texts of files as a terminal may show them."""

from __future__ import annotations


def escaped(text: str) -> str:
    """Return text with what a terminal would act on, or not show, as escapes."""
    return "".join(sign if sign.isprintable() else ascii(sign)[1:-1] for sign in text)
