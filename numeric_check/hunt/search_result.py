"""What a search came to, and what may be said of it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from ..batch.program import Program
from ..certifier.certificate import Certificate
from ..certifier.witness import Witness
from ..functions.evaluate import MAX_ENTRIES
from .acceptance import PROBES
from .drawing_styles import RANDOM


@dataclass(frozen=True)
class SearchResult:
    """What a search came to. Nothing in it depends on time or on the number of workers.

    `kind` is None when nothing was found; "counterexample": the certificate shows that the witness
    refutes the claim; "existence": it shows that the witness is an example of what is said to
    exist; "universal": the witness is a candidate for a failure whatever the quantified variables
    are, tested at a few of their values, and for an identity to prove. `sought` is the kind that
    the trials were for. `effective` counts the trials that met the premise, `covered` the same by
    regime. `best` is the least relative margin among trials clear of rounding. `note` says why a
    claim was not searched, or what was found not certified; `limits` what the search left out.
    """

    claim_id: str
    seed: int
    kind: str | None = None
    witness: Witness | None = None
    certificate: Certificate | None = None
    candidates: int = 0
    effective: int = 0
    covered: Mapping[str, int] = field(default_factory=dict)
    best: float | None = None
    note: str = ""
    sought: str = "counterexample"
    limits: tuple[str, ...] = ()

    @property
    def rule_of_three(self) -> float | None:
        """Return a bound, at 95 %, of the share of refuting ones among random trials.

        It is for when none of them refuted. Special vectors and what a local search tries are no
        random draws. There is none where some style of drawing was never used, nothing was tested,
        or no trial could refute by itself.
        """
        styles = {style.name for style in RANDOM}
        drawn = sum(self.covered.get(name, 0) for name in styles)
        told = self.kind is None and self.sought == "counterexample" and drawn
        return 3 / drawn if told and styles <= self.covered.keys() else None

    @property
    def tested(self) -> bool:
        """Whether anything was tested: a trial met the premises, or something was found."""
        return bool(self.effective) or self.kind is not None

    @property
    def said(self) -> str:
        """One line that says what was found, or what was tried in vain, and no more than that."""
        trials = f"{self.effective} effective trials of {self.candidates} candidates"
        if self.kind is not None:
            assert self.witness is not None
            return f"{FOUND[self.kind]}: {self.witness.to_text()}"
        if self.note:
            return self.note
        if not self.effective:
            return (
                f"none of {self.candidates} candidates met the premises where every term has a "
                "value: nothing was tested"
            )
        if self.sought == "existence":
            return f"no example found in {trials}"
        if self.sought == "universal":
            return f"nothing found that fails at all values that were tried, in {trials}"
        rate = self.rule_of_three
        if rate is None:
            return f"not refuted in {trials}, too few at random to tell a rate"
        return (
            f"not refuted in {trials} (rate of counterexamples below {rate:.1e} "
            "at 95 % for this sampler)"
        )


_TRIED = ", ".join(map(str, sorted(PROBES)))
#: kind of what was found -> what it is
FOUND = {
    "counterexample": "counterexample",
    "existence": "an example of what is said to exist",
    "universal": f"fails at every value of the quantified variables that was tried ({_TRIED})",
}


def limits_of(programs: Sequence[Program]) -> tuple[str, ...]:
    """Return what a search with these programs leaves out, in words."""
    members = [number for program in programs for _, number in program.families]
    said = []
    if members:
        said.append(f"families of at most {max(members)} members were tried")
    if any(op == "python" for program in programs for op, _, _ in program.code):
        said.append(f"vectors of at most {MAX_ENTRIES} entries were tried")
    if any(program.untested for program in programs):
        said.append("what it says to exist, or under a premise for all values, was not tested")
    return tuple(said)
