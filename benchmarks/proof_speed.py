"""How long all proofs take, from a fresh process: import, prove, store, replay.

    python benchmarks/proof_speed.py

Prints the seconds of each, of one process, and the claims whose proofs take longest.
"""

from __future__ import annotations

import json
import time
from collections.abc import Callable
from typing import TypeVar

_Result = TypeVar("_Result")


def timed(work: Callable[[], _Result]) -> tuple[_Result, float]:
    start = time.process_time()
    result = work()
    return result, time.process_time() - start


def main() -> None:
    start = time.process_time()
    from symbolic_proofs import from_data, prove, to_data
    from symbolic_proofs.claims.catalogue import CATALOGUE
    from symbolic_proofs.proofs import disprove

    print(f"{'import':<8} {time.process_time() - start:6.2f} s")
    found, seconds = {}, {}
    for claim in CATALOGUE:
        derivation, seconds[claim.id] = timed(lambda claim=claim: prove(claim) or disprove(claim))
        if derivation is not None:
            found[claim.id] = derivation
    print(f"{'prove':<8} {sum(seconds.values()):6.2f} s  {len(found)} of {len(seconds)} claims")
    texts, storing = timed(lambda: [json.dumps(to_data(d)) for d in found.values()])
    print(f"{'store':<8} {storing:6.2f} s  {sum(map(len, texts)) / 1e6:.1f} MB")
    again, replaying = timed(lambda: [from_data(json.loads(text)) for text in texts])
    nodes = sum(len(json.loads(text)["nodes"]) for text in texts)
    print(f"{'replay':<8} {replaying:6.2f} s  {len(again)} derivations, {nodes} rules applied")
    for claim_id in sorted(seconds, key=seconds.__getitem__, reverse=True)[:5]:
        print(f"  {seconds[claim_id]:6.2f} s  {claim_id}")


if __name__ == "__main__":
    main()
