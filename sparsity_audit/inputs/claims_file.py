"""A claims file: a paper in plain text, with its claims and the steps that its author gives.

All that is wrong in a file is told at once, each with its line and column; a claim that cannot be
read does not keep the others from being settled. Nothing in the file is run.
"""

from __future__ import annotations

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
from .definition_order import Definitions, words_of
from .paper import AuthorStep, Paper, PaperClaim

SUFFIX = ".claims"


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
        self.lets = Definitions()
        self.now: _Claim | None = None

    def read(self) -> Paper:
        found = list(lines_of(self.text))
        for line in found:
            if isinstance(line, FileLine) and line.field == "let" and not line.inside:
                self.lets.look_ahead(self.text[line.start : line.end])
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
            name: Measure(word, name, f"{source}, line {self.lets.defined[name]}", term)
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
        with _from(start):
            self.lets.refuse_missing(text)
            if not text.strip():
                raise ReadError("a statement belongs here: premises => conclusion", 0)
            return names.go_on(text) if SIGN.match(text) else names.state(text)

    # -- names -------------------------------------------------------------------------------------

    def _name(self, line: FileLine, names: Passages, now: _Claim | None) -> None:
        text = self.text[line.start : line.end]
        if line.field == "for":
            with _from(line.start):
                names.declare(text)
            return
        word = next(iter(words_of(text)), "")
        row = self._row(line.start)
        own = {} if now is None else now.defined
        before = own.get(word) or self.lets.defined.get(word)
        if before is not None:
            raise ReadError(f"{word} is defined in line {before} already", line.start)
        (own if line.inside else self.lets.defined)[word] = row
        try:
            with _from(line.start):
                self.lets.refuse_order(word, text, None if now is None else now.speaks)
                names.define(text)
        except ReadError:
            if not line.inside:
                self.lets.missing[word] = row
            raise

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


class _from:  # noqa: N801
    """Counts the places in errors from the beginning of the file."""

    def __init__(self, start: int) -> None:
        self.start = start

    def __enter__(self) -> None:
        return None

    def __exit__(self, kind: object, error: object, _: object) -> None:
        if isinstance(error, ReadError):
            error.start, error.end = error.start + self.start, error.end + self.start
