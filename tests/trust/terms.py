"""A run over many random terms: `python -m tests.trust.terms --terms 100000`."""

from __future__ import annotations

import argparse
import time
from collections import Counter
from random import SystemRandom

from .beliefs import Alarm, Case
from .smaller import shrunk
from .trees import Tree

#: alarms of one kind that are made small and shown
_SHOWN = 3


def run(seed: int, terms: int, *, progress: int = 0) -> tuple[Counter[str], list[str]]:
    """Ask about so many terms; return the counts and a report of the alarms."""
    counts: Counter[str] = Counter()
    report: list[str] = []
    raised: Counter[str] = Counter()
    start = time.perf_counter()
    for number in range(terms):
        key = f"{seed} {number}"
        case = Case(key, counts)
        tree = case.draw()
        for alarm in {alarm.what: alarm for alarm in case.examine(tree)}.values():
            raised[alarm.what] += 1
            if raised[alarm.what] <= _SHOWN:
                report.append(described(key, tree, alarm))
                if progress:
                    print(report[-1], flush=True)
        if progress and (number + 1) % progress == 0:
            seconds = time.perf_counter() - start
            print(f"{number + 1} terms, {seconds:.0f} s, alarms {dict(raised)}", flush=True)
    counts.update({f"ALARM {what}": times for what, times in raised.items()})
    return counts, report


def described(key: str, tree: Tree, alarm: Alarm) -> str:
    """Return an alarm in words, with a smaller tree that raises it."""
    less, alarms = shrunk(tree, f"small {key}", alarm.what) if alarm.what != "slow" else (tree, [])
    said = alarms[0].said if alarms else alarm.said
    return f"{alarm.what} (case {key}): {said}\n    tree {less if alarms else tree}"


def main() -> None:
    """Run from the command line."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--seed", type=int, default=SystemRandom().randrange(10**6))
    parser.add_argument("--terms", type=int, default=10_000)
    options = parser.parse_args()
    print(f"seed {options.seed}, {options.terms} terms", flush=True)
    start = time.perf_counter()
    counts, report = run(options.seed, options.terms, progress=1_000)
    for name, times in sorted(counts.items()):
        print(f"  {times:>9}  {name}")
    seconds = time.perf_counter() - start
    print(f"{options.terms} terms in {seconds:.0f} s, seed {options.seed}: {len(report)} shown")
    raise SystemExit(bool(report))


if __name__ == "__main__":
    main()
