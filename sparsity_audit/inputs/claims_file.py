"""A claims file: a paper in plain text, with its claims and the steps that its author gives.

All that is wrong in a file is told at once, each with its line and column; a claim that cannot be
read does not keep the others from being settled. Nothing in the file is run.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import lru_cache

from symbolic_proofs.language.claim import Claim, is_id
from symbolic_proofs.language.claim import claim as stated
from symbolic_proofs.language.formulas import Formula
from symbolic_proofs.language.names import LanguageError
from symbolic_proofs.measures import Measure
from symbolic_proofs.notation.reading import ReadError
from symbolic_proofs.notation.reading.passages import SIGN, Passages
from symbolic_proofs.notation.reading.statements import premises_and_conclusion
from symbolic_proofs.notation.reading.stating import LOCATOR

from ..errors import VERDICTS
from .claims_lines import (
    OF_CLAIM,
    OF_FILE,
    FileLine,
    lines_of,
    place_of,
    step_of,
    text_of,
)

SUFFIX = ".claims"


@dataclass(frozen=True, slots=True)
class AuthorStep:
    """A step of the author's: what it says, in the author's words too, why, and where.

    Its line is 0 where it stands in no file of a user's.
    """

    line: int
    said: str
    reason: str
    formula: Formula


@dataclass(frozen=True, slots=True)
class PaperClaim:
    """A claim of a paper, the derivation that its author gives, its section and its line."""

    claim: Claim
    line: int
    section: str
    steps: tuple[AuthorStep, ...]


@dataclass(frozen=True, slots=True)
class Paper:
    """What a claims file says, and what is wrong in it, a line each."""

    path: str
    title: str
    source: str
    entries: tuple[PaperClaim, ...]
    problems: tuple[str, ...]
    #: what `let` says of one vector, by its name
    measures: Mapping[str, Measure] = field(default_factory=dict, compare=False)

    @property
    def claims(self) -> tuple[Claim, ...]:
        """The claims that can be read."""
        return tuple(entry.claim for entry in self.entries)

    def entry(self, id_: str) -> PaperClaim | None:
        """Return the entry of a claim, None if none is read under this id."""
        return next((entry for entry in self.entries if entry.claim.id == id_), None)


def load_paper(path: str) -> Paper:
    """Return what a claims file says, the same object as long as it says the same.

    Raises InputError for a file that is not text or cannot be read.
    """
    return read_paper(text_of(path), path)


@lru_cache(maxsize=32)
def read_paper(text: str, path: str) -> Paper:
    """Return what the text of a claims file says, its comments blanked."""
    return _Reader(text, path).read()


@dataclass
class _Claim:
    """A claim in the making."""

    id: str
    line: FileLine
    names: Passages
    section: str
    told: dict[str, str] = field(default_factory=dict)
    statement: Formula | None = None
    steps: list[AuthorStep] = field(default_factory=list)
    #: what it defines itself -> the line
    defined: dict[str, int] = field(default_factory=dict)
    #: what it defines itself -> the words of the definition
    speaks: dict[str, set[str]] = field(default_factory=dict)
    #: whether something in it cannot be read
    broken: bool = False


class _Reader:
    def __init__(self, text: str, path: str) -> None:
        self.text, self.path = text, path
        self.names = Passages()
        self.told: dict[str, str] = {}
        self.entries: list[PaperClaim] = []
        self.problems: list[tuple[int, str]] = []
        self.first: dict[str, int] = {}
        self.defined: dict[str, int] = {}
        #: definitions that cannot be read, and what each definition of the file speaks of
        self.missing: dict[str, int] = {}
        self.speaks: dict[str, set[str]] = {}
        self.now: _Claim | None = None

    def read(self) -> Paper:
        found = list(lines_of(self.text))
        self._look_ahead(line for line in found if isinstance(line, FileLine))
        for line in found:
            try:
                if isinstance(line, ReadError):
                    raise line
                self._read(line)
            except ReadError as error:
                self._problem(error.start, error.message)
            except LanguageError as error:
                self._problem(line.start if isinstance(line, FileLine) else 0, str(error))
            except RecursionError:
                start = line.start if isinstance(line, FileLine) else 0
                self._problem(start, "brackets are nested too deeply: split the statement")
        self._finish()
        told = [f"{self._place(start)}: {said}" for start, said in sorted(self.problems)]
        return Paper(
            self.path,
            self.told.get("paper", ""),
            self.told.get("source", ""),
            tuple(self.entries),
            tuple(dict.fromkeys(told)),
            self._measures(),
        )

    def _measures(self) -> dict[str, Measure]:
        source = self.told.get("paper", "") or self.path
        return {
            name: Measure(word, name, f"{source}, line {self.defined[name]}", term)
            for name, term in self.names.measures().items()
            if is_id(word := name.lower().replace("_", "-"))
        }

    # -- problems ----------------------------------------------------------------------------------

    def _place(self, offset: int) -> str:
        return ":".join(map(str, (self.path, *place_of(self.text, offset))))

    def _row(self, offset: int) -> int:
        return place_of(self.text, offset)[0]

    def _problem(self, start: int, said: str) -> None:
        self.problems.append((start, " ".join(said.split())))
        if self.now is not None:
            self.now.broken = True

    def _missing_in(self, text: str) -> str:
        """Return which definition that cannot be read a text speaks of, "" if none."""
        return next((word for word in _words(text) if word in self.missing), "")

    # -- lines -------------------------------------------------------------------------------------

    def _said(self, line: FileLine) -> str:
        return " ".join(self.text[line.start : line.end].split())

    def _read(self, line: FileLine) -> None:
        of_file = line.field in OF_FILE and not (line.inside and line.field in OF_CLAIM)
        if of_file:
            self._finish()
            self._of_file(line)
        elif self.now is None:
            raise ReadError(
                f"{line.field} belongs to a claim: write `claim some.id` above", line.start
            )
        else:
            self._of_claim(line, self.now)

    def _of_file(self, line: FileLine) -> None:
        if line.field in ("for", "let"):
            self._name(line, self.names, None)
        elif line.field == "claim":
            self._begin(line)
        else:
            if line.field in self.told and line.field != "section":
                raise ReadError(f"a file has one {line.field}", line.start, line.end)
            self.told[line.field] = self._said(line)

    def _begin(self, line: FileLine) -> None:
        id_ = self._said(line)
        self.now = _Claim(id_, line, self.names.inner(), self.told.get("section", ""))
        if not is_id(id_):
            raise ReadError(
                f"{id_[:60]!r} is not an id: use lower-case words joined by dots and hyphens",
                line.start,
            )
        if id_ in self.first:
            raise ReadError(f"a claim {id_} stands in line {self.first[id_]} already", line.start)
        self.first[id_] = self._row(line.start)

    def _of_claim(self, line: FileLine, now: _Claim) -> None:
        if line.field in ("for", "let"):
            self._name(line, now.names, now)
            return
        if line.field == "step":
            self._step(line, now)
            return
        if line.field in now.told:
            raise ReadError(f"a claim has one {line.field}: write another claim", line.start)
        now.told[line.field] = self._said(line)
        if line.field == "states":
            now.statement = self._stated(now.names, line.start, line.end)
        elif line.field == "expect":
            _check_verdict(now.told["expect"], line.start)

    def _step(self, line: FileLine, now: _Claim) -> None:
        if "states" not in now.told:
            raise ReadError("the statement comes before its steps: write `states ...`", line.start)
        step = step_of(self.text, line)
        if step.expected is not None:
            _check_verdict(step.expected, step.place)
        formula = self._stated(now.names, line.start, step.end)
        said = " ".join(self.text[line.start : step.end].split())
        now.steps.append(AuthorStep(self._row(line.start), said, step.reason, formula))

    def _stated(self, names: Passages, start: int, end: int) -> Formula:
        text = self.text[start:end]
        if (word := self._missing_in(text)) != "":
            raise ReadError(f"left out: it uses {word}, see line {self.missing[word]}", start)
        with _from(start):
            if not text.strip():
                raise ReadError("a statement belongs here: premises => conclusion", 0)
            return names.go_on(text) if SIGN.match(text) else names.state(text)

    # -- names -------------------------------------------------------------------------------------

    def _look_ahead(self, lines: Iterator[FileLine]) -> None:
        """See what each definition of the file speaks of: a circle is said to be one."""
        for line in lines:
            if line.field == "let" and not line.inside:
                name, _, body = self.text[line.start : line.end].partition("=")
                for word in _words(name)[:1]:
                    self.speaks.setdefault(word, set()).update(_words(body))

    def _name(self, line: FileLine, names: Passages, now: _Claim | None) -> None:
        text = self.text[line.start : line.end]
        if line.field == "for":
            with _from(line.start):
                names.declare(text)
            return
        word = next(iter(_words(text)), "")
        row = self._row(line.start)
        own = {} if now is None else now.defined
        before = own.get(word) or self.defined.get(word)
        if before is not None:
            raise ReadError(f"{word} is defined in line {before} already", line.start)
        (own if line.inside else self.defined)[word] = row
        try:
            if (other := self._missing_in(text.partition("=")[2])) != "":
                raise ReadError(f"left out: it uses {other}, see line {self.missing[other]}", 0)
            if now is None:
                self._refuse_circle(word)
            else:
                self._refuse_too_late(word, _words(text.partition("=")[2]), now)
            names.define(text)
        except ReadError as error:
            if not line.inside:
                self.missing[word] = row
            error.start, error.end = error.start + line.start, error.end + line.start
            raise

    def _refuse_too_late(self, word: str, spoken: Iterable[str], now: _Claim) -> None:
        """Refuse a definition of what one above has taken for a letter, or of itself."""
        speaks = {name: self.speaks.get(name, set()) for name in self.defined} | now.speaks
        now.speaks[word] = set(spoken)
        if word in now.speaks[word]:
            raise ReadError(f"{word} is defined by itself", 0)
        above = next((name for name, words in speaks.items() if word in words), None)
        if above is not None:
            raise ReadError(f"{above} is defined above by {word}: put that `let` below this one", 0)

    def _refuse_circle(self, word: str) -> None:
        if word not in self.speaks:
            return
        reached, waiting = set[str](), {word}
        while waiting:
            reached |= waiting
            waiting = {w for name in waiting for w in self.speaks.get(name, ())} & set(self.speaks)
            if word in waiting:
                by = "" if word in self.speaks[word] else " by way of others"
                raise ReadError(f"{word} is defined by itself{by}", 0)
            waiting -= reached
        later = sorted(self.speaks[word] & set(self.speaks) - set(self.defined))
        if later:
            raise ReadError(f"{later[0]} is defined below: put that `let` above this one", 0)

    # -- claims ------------------------------------------------------------------------------------

    def _finish(self) -> None:
        now = self.now
        if now is None:
            return
        if "states" not in now.told:
            said = f"the claim {now.id} states nothing: write `states premises => conclusion`"
            self._problem(now.line.start, said)
        if not now.broken and now.statement is not None:
            try:
                claim = _claim(now, now.statement)
                self.entries.append(
                    PaperClaim(claim, self._row(now.line.start), now.section, tuple(now.steps))
                )
            except LanguageError as error:
                self._problem(now.line.start, str(error))
        self.now = None


def _claim(now: _Claim, formula: Formula) -> Claim:
    given, then = premises_and_conclusion(formula)
    title = now.told.get("words") or now.told["states"]
    made = stated(now.id, now.told.get("at") or LOCATOR, title, given=given, then=then)
    for step in now.steps:  # one name is one thing in a claim and its derivation
        stated(now.id, "", "", given=given, then=step.formula)
    return made


def _check_verdict(word: str, place: int) -> None:
    if word not in VERDICTS:
        known = f"{', '.join(VERDICTS[:-1])} or {VERDICTS[-1]}"
        raise ReadError(f"{word[:30]} is not a verdict: write {known}", place)


def _words(text: str) -> list[str]:
    return re.findall(r"[^\W\d_]\w*'*", text)


class _from:  # noqa: N801
    """Counts the places in errors from the beginning of the file."""

    def __init__(self, start: int) -> None:
        self.start = start

    def __enter__(self) -> None:
        return None

    def __exit__(self, kind: object, error: object, _: object) -> None:
        if isinstance(error, ReadError):
            error.start, error.end = error.start + self.start, error.end + self.start
