"""What the `let`s of a claims file define, and in which order they may stand."""

from __future__ import annotations

import re

from symbolic_proofs.notation.reading import ReadError


class Definitions:
    """The definitions of a file by their names; places in errors count from where a text begins."""

    def __init__(self) -> None:
        #: those that stand above, and those that cannot be read, each with its line
        self.defined: dict[str, int] = {}
        self.missing: dict[str, int] = {}
        #: the words of each definition, those that stand below too
        self._speaks: dict[str, set[str]] = {}

    def look_ahead(self, text: str) -> None:
        """See what a definition of the file speaks of: a circle is said to be one."""
        name, _, body = text.partition("=")
        for word in words_of(name)[:1]:
            self._speaks.setdefault(word, set()).update(words_of(body))

    def refuse_missing(self, text: str) -> None:
        """Refuse a text that speaks of a definition which cannot be read."""
        for word in words_of(text):
            if word in self.missing:
                raise ReadError(f"left out: it uses {word}, see line {self.missing[word]}", 0)

    def refuse_order(self, word: str, text: str, own: dict[str, set[str]] | None) -> None:
        """Refuse the definition of a word that stands in the wrong place; `own` are a claim's."""
        body = text.partition("=")[2]
        self.refuse_missing(body)
        if own is None:
            self._refuse_circle(word)
        else:
            self._refuse_too_late(word, set(words_of(body)), own)

    def _refuse_too_late(self, word: str, spoken: set[str], own: dict[str, set[str]]) -> None:
        """Refuse a definition of what one above has taken for a letter, or of itself."""
        speaks = {name: self._speaks.get(name, set()) for name in self.defined} | own
        own[word] = spoken
        if word in spoken:
            raise ReadError(f"{word} is defined by itself", 0)
        above = next((name for name, words in speaks.items() if word in words), None)
        if above is not None:
            raise ReadError(f"{above} is defined above by {word}: put that `let` below this one", 0)

    def _refuse_circle(self, word: str) -> None:
        if word not in self._speaks:
            return
        reached, waiting = set[str](), {word}
        while waiting:
            reached |= waiting
            spoken = set[str]().union(*(self._speaks.get(name, ()) for name in waiting))
            waiting = spoken & set(self._speaks)
            if word in waiting:
                by = "" if word in self._speaks[word] else " by way of others"
                raise ReadError(f"{word} is defined by itself{by}", 0)
            waiting -= reached
        later = sorted(self._speaks[word] & set(self._speaks) - set(self.defined))
        if later:
            raise ReadError(f"{later[0]} is defined below: put that `let` above this one", 0)


def words_of(text: str) -> list[str]:
    """Return the names in a text."""
    return re.findall(r"[^\W\d_]\w*'*", text)
