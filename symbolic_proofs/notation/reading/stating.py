"""Claims from a line of text."""

from __future__ import annotations

from hashlib import sha256

from ...language.claim import Claim
from ...language.claim import claim as state
from .statements import premises_and_conclusion, read

#: where a claim stands that is read from a line
LOCATOR = "as stated"


def claim(
    id: str,
    locator: str | None = None,
    title: str | None = None,
    *,
    given: tuple[object, ...] = (),
    then: object = None,
) -> Claim:
    """State a claim: by a line of text alone, or by its parts.

    `claim("p < q, W != 0 => I([W, 0*m]) > I(W)")` reads the line; its id is made of the text, and
    its title is the text as it is written. `claim(id, locator, title, given=.., then=..)` puts a
    claim together: `then` holds whenever every formula of `given` does.

    Raises ReadError, which shows the place, for a line that cannot be read, and LanguageError for
    an id that is not made of lower-case words joined by dots and hyphens, for a part that is no
    formula, and where one name stands for two things.
    """
    if locator is None and title is None and then is None and not given:
        return _from_line(id)
    return state(id, locator or "", title or "", given=given, then=then)


def _from_line(text: str) -> Claim:
    given, then = premises_and_conclusion(read(text))
    return state(id_of(text), LOCATOR, " ".join(text.split()), given=given, then=then)


def marked_title(claim: Claim) -> str:
    """Return the title of a claim with its formulas between dollars, all of it if it is a line."""
    is_line = claim.locator == LOCATOR and claim.id == id_of(claim.title)
    return f"${claim.title}$" if is_line else claim.title


def id_of(text: str) -> str:
    """Return the id of a claim that is read from a line: the same for the same line."""
    return f"stated.{sha256(' '.join(text.split()).encode()).hexdigest()[:6]}"
