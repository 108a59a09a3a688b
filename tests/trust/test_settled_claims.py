"""Claims drawn at random: their verdicts are so at every point tried, and their files check."""

from __future__ import annotations

import json
from pathlib import Path
from random import Random
from typing import Any

from numeric_check.certifier.numbers import balls
from sparsity_audit.verdicts.check import recheck
from sparsity_audit.verdicts.finding import Status
from sparsity_audit.verdicts.one_claim import Hunt, settle
from sparsity_audit.verdicts.proof_budget import ProofBudget
from sparsity_audit.verdicts.prover_and_search import default_engines
from sparsity_audit.verdicts.verdict import Open, Proved, Refuted
from sparsity_audit.verdicts.verdict_json import SCHEMA, record
from symbolic_proofs.language.claim import Claim, claim
from symbolic_proofs.language.names import LanguageError
from symbolic_proofs.proofs import prove

from .beliefs import worth
from .building import build
from .laws import laws
from .seeds import seed
from .trees import COMPARISONS, VECTORS, Drawing, Tree, sort
from .values import BITS, exactly, meets, point, vector

CLAIMS, POINTS = 25, 40
HUNT = Hunt(budget=300, effort=300)


def drawn(random: Random) -> tuple[list[Tree], Tree, Claim] | None:
    """Return premises, a conclusion, and the claim of them; None where the language has none."""
    drawing = Drawing(random)
    premises = drawing.hypotheses()
    term = drawing.term(2)
    said = random.choice(laws(term)) if random.random() < 0.5 else drawing.term(1)
    conclusion = random.choice(COMPARISONS), term, said
    if sort(said) != "term" or random.random() < 0.2:
        conclusion = drawing.formula(2)
    try:
        given, then = tuple(map(build, premises)), build(conclusion)
        return premises, conclusion, claim("drawn", "here", "drawn", given=given, then=then)
    except LanguageError:
        return None


def at_the_witness(witness: Any, random: Random) -> dict[str, Any]:
    """Return a point with the values of a witness."""
    at = point(random) | {name: exactly(value) for name, value in witness.scalars.items()}
    at |= {name: vector(name, at, random) for name in VECTORS}
    for name, blocks in witness.vectors.items():
        at[name] = [exactly(value) for value, times in blocks for _ in range(times)]
    return at


def test_verdicts_on_random_claims_are_so_and_their_files_check(tmp_path: Path) -> None:
    begun, told, engines = seed(), 0, default_engines()
    file = tmp_path / "verdicts.json"
    for number in range(CLAIMS):
        random = Random(f"{begun}/{number}")
        found = drawn(random)
        if found is None:
            continue
        premises, conclusion, stated = found
        verdict = settle(stated, HUNT, engines)
        with balls.precision(BITS):
            if isinstance(verdict, Proved):
                for at in (point(random) for _ in range(POINTS)):
                    if meets(premises, at):
                        assert worth(conclusion, at) in (True, None), (number, stated, at)
            elif isinstance(verdict, Refuted):
                at = at_the_witness(verdict.witness, random)
                assert worth(conclusion, at) in (False, None), (number, stated, at)
                assert all(worth(h, at) in (True, None) for h in premises), (number, stated, at)
                # `settle` tries this for a few steps alone
                assert ProofBudget(HUNT.effort).within(prove)(stated) is None, (number, stated)
        told += not isinstance(verdict, Open)
        file.write_text(json.dumps({"schema": SCHEMA, "claims": [record(verdict, [])]}))
        (finding,) = [f for f in recheck(file) if f.claim == "drawn"]
        wanted = Status.UNCHECKED if isinstance(verdict, Open) else Status.CONFIRMED
        assert finding.status is wanted, (number, stated, finding)
    assert told > CLAIMS // 4
