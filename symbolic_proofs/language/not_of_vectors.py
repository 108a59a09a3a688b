"""What Python's signs would say of a vector and the language does not: what to write instead."""

from __future__ import annotations

from typing import NoReturn

from .names import LanguageError


class NotOfVectors:
    """Refuses the signs that vectors have elsewhere, and lengths and entries as Python counts."""

    def __iter__(self) -> NoReturn:
        raise LanguageError(
            f"{self} has entries at indices: write over_entries({self}, lambda x: x) for their sum,"
            f" greatest_entry({self}) for the greatest, Every({self}[i] > 0, i, N) for a statement"
        )

    def __contains__(self, value: object) -> NoReturn:
        raise LanguageError(f"write Some(equal({self}[i], x), i, N) for x is an entry of {self}")

    def __len__(self) -> NoReturn:
        raise LanguageError(f"write length({self}) for the number of entries")

    def __bool__(self) -> bool:
        return True

    def __abs__(self) -> NoReturn:
        raise LanguageError(
            f"write Norm({self}, p) for a norm, PowerSum({self}, 1) for the sum of magnitudes"
        )

    def __pow__(self, exponent: object) -> NoReturn:
        raise LanguageError(
            f"a vector has no powers: write PowerSum({self}, p) for the sum of those of its entries"
        )

    def _no_order(self, other: object) -> NoReturn:
        raise LanguageError(
            f"{self} is compared: write vector(.., nonnegative=True) for a vector >= 0, "
            f"Every({self}[i] > 0, i, N) for its entries, or compare norms"
        )

    __lt__ = __le__ = __gt__ = __ge__ = _no_order
