"""Names: which there are, and that one name is one thing in a statement.

A name is a Latin letter or the word of a Greek one, then letters, digits, underscores and primes.
Letters of other alphabets look like these and are refused; a Greek letter is read as its word.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from ..errors import SymbolicProofsError


class LanguageError(SymbolicProofsError, ValueError):
    """A statement that the language cannot express; the message says what to write instead."""


_LOWER = (
    "alpha beta gamma delta epsilon zeta eta theta iota kappa lambda mu nu xi pi rho sigma tau "
    "upsilon phi chi psi omega"
)
_UPPER = "Gamma Delta Theta Lambda Xi Pi Sigma Upsilon Phi Psi Omega"
#: the word of a Greek letter -> the letter; capitals that look like Latin ones have none
GREEK = dict(
    zip(
        [*_LOWER.split(), *_UPPER.split()],
        "αβγδεζηθικλμνξπρστυφχψω" + "ΓΔΘΛΞΠΣΥΦΨΩ",
        strict=True,
    )
)
_WORDS = {letter: word for word, letter in GREEK.items()}
#: a name that is shown with an index below
_INDEXED = re.compile(r"([A-Za-z]+?)(_\w+|\d+)'*\Z")
_PARTS = re.compile(r"(.*?)_?(\d*)('*)\Z")
_NAME = re.compile(r"[A-Za-z][A-Za-z0-9_]*'*\Z")
#: what a line of text takes for words of its own, or for the sign of sums
_TEXT = "all every exists forall if is let not some sum then Sigma"


def name_of(text: str, what: str) -> str:
    """Return a name as it is kept: a Greek letter in front becomes its word.

    Raises LanguageError for what is not a name; `what` says what it should have been a name for.
    """
    name = _WORDS.get(text[:1], text[:1]) + text[1:]
    if not _NAME.match(name):
        raise LanguageError(
            f"{text!r} is not a name for a {what}; use a Latin letter (or the word of a Greek one,"
            " such as alpha), then letters, digits or _"
        )
    if name == "e":
        raise LanguageError(f"e is Euler's number and not a name for a {what}; take another letter")
    if parts_of(name)[0] in _TEXT.split():
        raise LanguageError(
            f"{text!r} would be read as something else than a {what}; take another name"
        )
    return name


def parts_of(name: str) -> tuple[str, str, str]:
    """Return the letter of a name, its number and its primes."""
    stem, digits, primes = _PARTS.match(name).groups()  # type: ignore[union-attr]
    return (stem, digits, primes) if stem else (name, "", "")


def shown(name: str) -> str:
    """Return a name as text shows it: a Greek letter for its word."""
    stem, _, _ = parts_of(name)
    return GREEK.get(stem, stem) + name[len(stem) :]


def looks(name: str) -> str:
    """Return the same for names that are shown alike, such as x1 and x_1."""
    return re.sub(r"_+(?=\d*'*\Z)", "", name)


def entry_of(vector: str) -> str:
    """Return how an entry of a vector is shown: w_i for W."""
    return f"{vector.lower()}_i"


def member_of(family: str) -> str:
    """Return how a member of a family of vectors is shown: W_i for W."""
    return f"{family}_i"


def as_entry(name: str) -> str | None:
    """Return the entry or member that a name is shown like (w_i for w_1), None if like none."""
    found = _INDEXED.match(name)
    return f"{found[1]}_i" if found else None


def one_thing_each(things: Iterable[tuple[str, object]]) -> None:
    """Raise LanguageError where names that are shown alike stand for different things."""
    seen: dict[str, tuple[str, object]] = {}
    for name, thing in things:
        before = seen.setdefault(looks(name), (name, thing))
        if before != (name, thing):
            raise LanguageError(
                f"one name stands for different things: {name}; give one of them another name"
            )
