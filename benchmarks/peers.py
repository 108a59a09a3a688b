"""The same questions put to other tools: is there a counterexample? One process for each tool.

    python benchmarks/peers.py [SECONDS]

First every false claim of the catalogue, then those of other papers in `tests/corpus`. Ours is
given the claim as it stands, for all exponents and lengths. The others are given it at small
lengths, written out as plain Python (`explicit`): the two that work on floats look for exponents as
well, the solvers try (p, q) = (1, 2), then (1, 4) and (2, 4).

Then `bump_eps`: adding α > 0 to an entry raises I_{1,2}, for entries of at least (1 - eps) τ. True
at eps = 0; else there is a counterexample in a sliver of that width. N = 4.

At last the true claims of `tests/corpus` that can be written out, and who proves them: ours for all
exponents and lengths, the solvers for N = 3 and the first exponents that the premises allow.

An answer counts only when the certifier accepts it, and its time includes that; FALSE is one that
is refused. Ours is shrunk to the smallest witness, and Hypothesis shrinks; the others do not. Of
quick answers the median of five is shown, the first asking left out: it loads what is loaded once.
A proof is asked for once. Tools that are not installed are left out.
"""

from __future__ import annotations

import importlib.util
import multiprocessing
import statistics
import sys
from dataclasses import dataclass
from fractions import Fraction
from time import perf_counter
from typing import Any

from corpus_claims import corpus, named
from explicit import NotStatedError, statement
from peer_tools import PEERS, SOLVERS, Fixed, proves

OWN = "sparsity-audit"
DIGITS = (1, 3, 6, 9)
DEFAULT_LIMIT = 5.0
#: times that what is answered quickly is asked again
AGAIN = 5


@dataclass(frozen=True)
class Reply:
    """`verdict` is "yes" for a certified witness, else what came instead of one."""

    verdict: str
    seconds: float = 0.0

    def __str__(self) -> str:
        if self.verdict in ("-", "late"):
            return self.verdict
        return f"{'' if self.verdict == 'yes' else self.verdict + ' '}{self.seconds:.3f}"


def bump(digits: int) -> Any:
    from symbolic_proofs.claims.notation import I, R, alpha, nonzero, p, q, threshold, x
    from symbolic_proofs.language.claim import claim
    from symbolic_proofs.language.operations import scalar
    from symbolic_proofs.language.vectors import concat

    bound = (1 - scalar(Fraction(1, 10**digits))) * threshold(R)
    return claim(
        f"bump.eps-{digits}", "benchmark", "adding raises I, up to a sliver",
        given=(p < q, nonzero(R), x >= bound), then=I(concat(x + alpha, R)) > I(concat(x, R)),
    )  # fmt: skip


def answer(tool: str, claim: Any, fixed: Fixed, rest: int | None) -> Reply:
    """Return what a tool makes of a claim; `rest` is the length of R, where it is given."""
    from numeric_check.certifier.certify import NotACounterexample, Undecided, certify
    from numeric_check.hunt.search import search

    if tool == OWN:
        start = perf_counter()
        found = search(claim, **fixed, dim=rest and rest + 1)  # type: ignore[arg-type]
        return Reply("yes" if found.kind else "none", perf_counter() - start)
    try:
        stated = statement(claim, {} if rest is None else {"n": rest})
    except NotStatedError:
        return Reply("-")
    start = perf_counter()
    try:
        values = PEERS[tool][1](stated, fixed)
        if values is not None:
            certify(claim, stated.witness(values))
    except (NotACounterexample, Undecided):
        return Reply("FALSE", perf_counter() - start)
    except Exception as error:  # a peer's failure is a cell of the table
        return Reply(type(error).__name__, perf_counter() - start)
    return Reply("none" if values is None else "yes", perf_counter() - start)


def proof(tool: str, claim: Any) -> Reply:
    """Return how long a tool takes for a proof of a claim."""
    from sparsity_audit.verdicts.proof_budget import ProofBudget
    from sparsity_audit.verdicts.prover_and_search import default_engines

    start = perf_counter()
    try:
        if tool == OWN:
            proved = ProofBudget().around(default_engines()).prove(claim) is not None
        else:
            proved = proves(SOLVERS[tool][1], statement(claim, {}))
    except Exception as error:  # a peer's failure is a cell of the table
        return Reply(type(error).__name__, perf_counter() - start)
    return Reply("yes" if proved else "none", perf_counter() - start)


def child(tool: str, questions: Any) -> None:
    from symbolic_proofs import claim
    from symbolic_proofs.claims.catalogue import find_claim

    corpus()
    if tool in (OWN, *SOLVERS):
        proof(tool, claim("x > 0 => x + 1 > 0"))  # loads what is loaded once
    questions.send(None)
    while True:
        name, limit, provable = questions.recv()
        if provable:
            questions.send(proof(tool, corpus()[name]))
            continue
        fixed: Fixed = {}
        rest = None
        if name.startswith("bump"):
            asked, rest = bump(int(name.split("-")[1])), 3
            fixed = {"p": Fraction(1), "q": Fraction(2)}
        else:
            asked = corpus()[name] if name in corpus() else find_claim(name)
        first = answer(tool, asked, fixed, rest)
        again = AGAIN if 0 < first.seconds < limit / (2 * AGAIN) else 0
        replies = [answer(tool, asked, fixed, rest) for _ in range(again)] or [first]
        questions.send(sorted(replies, key=lambda reply: reply.seconds)[len(replies) // 2])


class Tool:
    """A tool in a process of its own, which is ended when an answer is late."""

    def __init__(self, name: str, limit: float):
        self.name, self.limit = name, limit
        self._process: Any = None

    def ask(self, question: str, provable: bool = False) -> Reply:
        if self._process is None:
            self._questions, theirs = multiprocessing.Pipe()
            context = multiprocessing.get_context("spawn")
            self._process = context.Process(target=child, args=(self.name, theirs), daemon=True)
            self._process.start()
            self._questions.recv()
        self._questions.send((question, self.limit, provable))
        if self._questions.poll(self.limit * 1.5 + 1):  # 1 s for what is loaded late
            reply: Reply = self._questions.recv()
            return reply if reply.seconds <= self.limit else Reply("late")
        self.close()
        return Reply("late")

    def close(self) -> None:
        if self._process is not None:
            self._process.kill()
            self._process.join()
            self._process = None


def table(
    title: str, questions: list[str], tools: list[Tool], provable: bool = False
) -> list[list[Reply]]:
    print(f"\n{title:30}" + "".join(f"{tool.name:>17}" for tool in tools))
    found = []
    for question in questions:
        found.append([tool.ask(question, provable) for tool in tools])
        print(f"{question:30}" + "".join(f"{reply!s:>17}" for reply in found[-1]), flush=True)
    return found


def false_claims() -> list[str]:
    from numeric_check.hunt.search import search
    from symbolic_proofs.claims.catalogue import CATALOGUE

    return [claim.id for claim in CATALOGUE if search(claim).kind is not None]


def can_be_written_out(name: str) -> bool:
    try:
        statement(corpus()[name], {})
    except NotStatedError:
        return False
    return True


def summary(found: list[list[Reply]], what: str) -> None:
    """Print how many each tool has answered, the medians, and how ours compares on the same."""

    def line(title: str, cells: list[Any]) -> None:
        print(f"{title:30}" + "".join(f"{cell:>17}" for cell in cells))

    def median(replies: list[Reply]) -> str:
        return f"{statistics.median(r.seconds for r in replies):.3f}" if replies else ""

    def answered(*columns: int) -> list[list[Reply]]:
        return [row for row in found if all(row[i].verdict == "yes" for i in columns)]

    tools, peers = range(len(found[0])), range(1, len(found[0]))
    line(f"{what}, of {len(found)}", [len(answered(i)) for i in tools])
    line("median of these", [median([row[i] for row in answered(i)]) for i in tools])
    both = [answered(0, i) for i in peers]
    theirs = [median([row[i] for row in rows]) for i, rows in zip(peers, both, strict=True)]
    line("theirs where both have it", ["", *theirs])
    line("ours there", ["", *(median([r[0] for r in rows]) for rows in both)])
    line("theirs alone", ["", *(len(answered(i)) - len(both[i - 1]) for i in peers)])
    for times in (1, 10):
        slow = [sum(r[0].seconds > times * r[i].seconds for r in both[i - 1]) for i in peers]
        line("theirs sooner" if times == 1 else f"{times} times as soon", ["", *slow])


def main() -> None:
    limit = float(sys.argv[1]) if len(sys.argv) > 1 else DEFAULT_LIMIT
    peers = [name for name, (module, _) in PEERS.items() if importlib.util.find_spec(module)]
    tools = [Tool(name, limit) for name in (OWN, *peers)]
    print(f"seconds to a certified witness; late: over {limit:g} s; -: cannot be stated")
    summary(table("false claims", false_claims(), tools), "certified")
    summary(table("false claims of other papers", named("false"), tools), "certified")
    table("bump_eps, (1, 2), N = 4", [f"bump.eps-{digits}" for digits in DIGITS], tools)
    print("\nseconds to a proof")
    provers = [tool for tool in tools if tool.name in (OWN, *SOLVERS)]
    stated = [name for name in named("true") if can_be_written_out(name)]
    summary(table("true claims of other papers", stated, provers, provable=True), "proved")
    for tool in tools:
        tool.close()


if __name__ == "__main__":
    main()
