"""How much work an answer takes, counted, and a bound on it.

What is read from a file, and what a tactic tries, may ask for more than anybody waits for. So
whatever repeats says how often: the rules of the kernel and the products of normal forms here, the
terms of sums and the digits of numbers in the certifier. A count is the same on every machine; a
clock is not.

    with limited(1_000_000) as meter:
        replay(...)                 # raises WorkLimitError when it takes more
    print(meter.operations, meter.rules)

Limits nest: what is spent inside of one counts for those around it. Each thread has its own. A time
may be set as well, as a second guard; it is looked at where something is counted.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from time import monotonic

from ..errors import SymbolicProofsError

#: operations on numbers of so many bits count for one; the count grows as the square
_NUMBER_BITS = 2_048
#: what applying a rule counts for besides the products that it takes: its conditions are shown anew
RULE_OPERATIONS = 100


class WorkLimitError(SymbolicProofsError):
    """More work than was allowed. What was asked stays unanswered; it is neither true nor false.

    It is not an error of the kernel or of the certifier, so that nothing takes it for a refusal and
    tries something else. `meter` is the one whose limit it was.
    """

    def __init__(self, meter: Meter) -> None:
        super().__init__(f"more than {meter.limit_text()}")
        self.meter = meter


@dataclass(eq=False, slots=True)
class Meter:
    """What was spent inside of a limit; without a limit it only counts."""

    most_operations: int | None = None
    most_rules: int | None = None
    operations: int = 0
    rules: int = 0
    #: the time allowed, when it is over, and whether it was
    seconds: float | None = None
    ends: float | None = None
    late: bool = False

    def limit_text(self) -> str:
        """Return the limit that was passed, as it may stand after "more than"."""
        if self.late:
            return f"{self.seconds:g} s"
        if self.most_rules is not None and self.rules > self.most_rules:
            return f"{self.most_rules:,} applications of rules"
        return f"{self.most_operations:,} operations"


_meters: ContextVar[tuple[Meter, ...]] = ContextVar("meters", default=())


def spend(operations: int = 1) -> None:
    """Count operations that are about to be done; raises WorkLimitError when they are too many."""
    for meter in _meters.get():
        meter.operations += operations
        if meter.most_operations is not None and meter.operations > meter.most_operations:
            raise WorkLimitError(meter)
        if meter.ends is not None and monotonic() > meter.ends:
            meter.late = True
            raise WorkLimitError(meter)


def spend_bits(bits: int) -> None:
    """Count one operation on numbers of so many bits: a product, a quotient, a root."""
    spend(1 + (bits // _NUMBER_BITS) ** 2)


def spend_rule(times: int = 1) -> None:
    """Count applications of a rule; raises WorkLimitError when there are too many."""
    for meter in _meters.get():
        meter.rules += times
        if meter.most_rules is not None and meter.rules > meter.most_rules:
            raise WorkLimitError(meter)
    spend(RULE_OPERATIONS * times)


@contextmanager
def limited(
    operations: int | None = None, *, rules: int | None = None, seconds: float | None = None
) -> Iterator[Meter]:
    """Bound the work inside: operations of all kinds, applications of rules, and the time.

    Answers that are kept (normal forms, what hypotheses say) cost operations the first time alone.
    The number of rules does not depend on them: what has to come out the same whatever was asked
    before is bounded by `rules`.
    """
    ends = None if seconds is None else monotonic() + seconds
    meter = Meter(operations, rules, seconds=seconds, ends=ends)
    around = _meters.set((*_meters.get(), meter))
    try:
        yield meter
    finally:
        _meters.reset(around)
