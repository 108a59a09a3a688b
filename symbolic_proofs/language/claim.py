"""A claim: an id, where it was made, and a statement in the language."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

import sympy as sp

from .collecting import collect
from .formulas import And, Formula, Implies, as_formula, free_variables
from .made_of import check_types
from .named import names_of
from .names import LanguageError, one_thing_each
from .vectors import VectorSymbol

_ID = re.compile(r"[a-z0-9]+(?:[.-][a-z0-9]+)*\Z")
AMENDED = ".amended"


@dataclass(frozen=True, slots=True)
class Claim:
    """A statement to be settled.

    `given` are the hypotheses and `conclusion` what is said to follow, for all values of the free
    symbols of their kinds. `title` says the claim in a few words; `locator` says where it stands.
    """

    id: str
    locator: str
    title: str
    given: tuple[Formula, ...]
    conclusion: Formula

    @property
    def variables(self) -> frozenset[sp.Basic]:
        """The scalar and vector symbols that the claim speaks of."""
        return frozenset(free_variables(self.statement))

    @property
    def statement(self) -> Formula:
        """The claim as one formula."""
        return Implies(And(*self.given), self.conclusion) if self.given else self.conclusion

    @property
    def amends(self) -> str | None:
        """The id of the claim that this one puts right."""
        return self.id.removesuffix(AMENDED) if self.id.endswith(AMENDED) else None


def is_id(text: str) -> bool:
    """Tell whether a text is an id: lower-case words joined by dots and hyphens."""
    return _ID.match(text) is not None


def claim(
    id: str, locator: str, title: str, *, given: tuple[object, ...] = (), then: object
) -> Claim:
    """State a claim: `then` holds whenever every formula of `given` does.

    Formulas are comparisons of terms written with <, <=, >, >=, `equal(a, b)`, or predicates on
    vectors. Raises LanguageError when the id is not made of lower-case words joined by dots and
    hyphens, a part is not text, no formula or not of the language, or one name is two things.
    """
    for what, text in (("id", id), ("locator", locator), ("title", title)):
        if not isinstance(text, str):
            raise LanguageError(f"the {what} of a claim is a text, not {text!r}")
    if not isinstance(given, tuple | list):
        raise LanguageError("the hypotheses of a claim are several: write given=(p < q,)")
    if not is_id(id):
        raise LanguageError(f"{id!r} is not an id; use lower-case words joined by dots and hyphens")
    made = Claim(id, locator, title, tuple(map(as_formula, given)), as_formula(then))
    check_types(made.statement)
    one_thing_each(names_of(made.statement))
    return collect(made)


def at_values(formula: Formula, values: Mapping[sp.Basic, sp.Basic]) -> Formula:
    """Return the formula with values in the place of symbols."""
    # vectors first: they are looked up with their lengths, which may be among the numbers
    vectors = {old: new for old, new in values.items() if isinstance(old, VectorSymbol)}
    numbers = {old: new for old, new in values.items() if old not in vectors}
    result: Formula = formula.xreplace(vectors).xreplace(numbers)
    return result
