"""How much the provers may do for one claim: applications of rules, and a clock as second guard.

Rules are counted the same on every machine and in every order of claims, so the verdict is the same
too. What the clock ends depends on the machine, and says so.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from time import monotonic
from typing import TYPE_CHECKING, ParamSpec, TypeVar

from symbolic_proofs.kernel.polynomials import NotAlgebraicError
from symbolic_proofs.kernel.work import WorkLimitError, limited
from symbolic_proofs.language.claim import Claim
from symbolic_proofs.notation.api import to_text

from .defaults import DEFAULT_EFFORT

if TYPE_CHECKING:
    from .one_claim import Engines

P = ParamSpec("P")
T = TypeVar("T")

SECONDS = 30.0
#: seconds for saying where a proof got stuck
_STUCK_SECONDS = 3.0
_STOPPED = "the proof search stopped"
_LEFT = "goal left: "
#: a goal in a row of a table is cut to so much
_LONGEST_GOAL = 100


class ProofBudget:
    """What is left for one claim; `ended` says by what it was used up, if it was."""

    def __init__(self, effort: int = DEFAULT_EFFORT, seconds: float = SECONDS) -> None:
        self.ended: str | None = None
        self._effort = self._rules = effort
        self._seconds = self._time = seconds

    def around(self, engines: Engines) -> Engines:
        """Return the engines, all that prove anything within this budget together."""
        return replace(
            engines,
            prove=self.within(engines.prove),
            cross_check=self.within(engines.cross_check),
            disprove=self.within(engines.disprove),
            undefined=self.within(engines.undefined),
            vacuity=self.within(engines.vacuity),
        )

    def within(self, attempt: Callable[P, T | None]) -> Callable[P, T | None]:
        """Return a function that gives None where the budget ends, or a term is too large."""

        def bounded(*arguments: P.args, **named: P.kwargs) -> T | None:
            if self.ended is not None:
                return None
            start = monotonic()
            with limited(rules=self._rules, seconds=self._time) as meter:
                try:
                    return attempt(*arguments, **named)
                except NotAlgebraicError:
                    return None
                except WorkLimitError as stop:
                    if stop.meter is not meter:
                        raise
                    self.ended = self._said(by_clock=meter.late)
                    return None
                finally:
                    self._rules -= meter.rules
                    self._time -= monotonic() - start

        return bounded

    def _said(self, *, by_clock: bool) -> str:
        if by_clock:
            return f"{_STOPPED} after {self._seconds:g} s: a faster machine may come further"
        return f"{_STOPPED} after {self._effort:,} rule applications"


def stuck_lines(
    claim: Claim, where_stuck: Callable[[Claim], Iterable[str]], effort: int
) -> tuple[str, ...]:
    """Return where the proof of a claim got stuck, as far as half of the budget of a proof goes."""
    lines: list[str] = []
    ProofBudget(effort // 2, _STUCK_SECONDS).within(lambda: lines.extend(where_stuck(claim)))()
    return tuple(lines) or (f"{_LEFT}{to_text(claim.conclusion)}",)


def stop_told(tried: Sequence[str]) -> str | None:
    """Return the line of what was tried that says that a budget ended the proof search."""
    return next((line for line in tried if line.startswith(_STOPPED)), None)


def stuck_told(tried: Sequence[str]) -> str | None:
    """Return the line that says which goal was left, short enough for a table."""
    left = next((line for line in tried if line.startswith(_LEFT)), None)
    return left if left is None or len(left) <= _LONGEST_GOAL else left[:_LONGEST_GOAL] + "..."
