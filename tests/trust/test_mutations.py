"""Every stored derivation, altered in many ways: an altered one proves nothing else.

A mutant changes one application of a rule. It is played twice. As a forged file, where the stored
statements stay: what the rule now gives has to differ from them, and `from_data` refuses. And as
the work of a patient forger, who also changes the stored statements to what the rules give from
there on: then some rule has to refuse, or the last theorem no longer states the claim, or it is
the very theorem that it was.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from random import Random
from typing import Any

import pytest
import sympy as sp
from proving import proof

from numeric_check.spot_check.recheck import recheck
from symbolic_proofs.claims.catalogue import CATALOGUE
from symbolic_proofs.claims.criteria_of import criteria_of
from symbolic_proofs.derivations import replay
from symbolic_proofs.derivations.replay import ReplayError, from_data, to_data
from symbolic_proofs.kernel import RULES, Theorem
from symbolic_proofs.kernel.sequents import states
from symbolic_proofs.language.formulas import FLIPPED, Formula, Relation
from symbolic_proofs.language.operations import Power, Product, Sum
from symbolic_proofs.language.serialization import to_wire
from symbolic_proofs.language.symbols import kind_of
from symbolic_proofs.measures import find_measure

KINDS = (
    "exponent",
    "sign",
    "direction",
    "strictness",
    "dropped condition",
    "loosened condition",
    "swapped symbol",
    "skipped step",
    "wrong instance",
    "other rule",
    "swapped premises",
    "forged statement",
    "forged conditions",
)
#: mutants of a kind that are made of one derivation
EACH = 4
#: derivations that use the rules about sorted entries, extremes and windows
SORTED = ("gini.rising-tide", "u-theta.scaling", "u-theta.cloning")
STRICTER = {"<": "<=", "<=": "<", ">": ">=", ">=": ">", "=": "<=", "!=": "<"}
LOOSER = {"<": "<=", ">": ">=", "=": "<=", "!=": "<=", "<=": "!=", ">=": "!="}


@dataclass
class Stored:
    claim: Any
    theorems: list[Theorem]
    premises: list[list[int]]
    data: dict[str, Any]

    @property
    def last(self) -> int:
        number: int = self.data["steps"][-1]["node"]
        return number


@dataclass
class Mutant:
    kind: str
    node: int
    rule: str
    premises: list[int]
    arguments: tuple[Any, ...]
    conclusion: Formula | None = None
    hypotheses: frozenset[Formula] | None = None


@cache
def stored() -> tuple[Stored, ...]:
    found = []
    of_measures = [
        claim for name in ("gini", "u-theta") for claim in criteria_of(find_measure(name))
    ]
    sorted_and_windows = [claim for claim in of_measures if claim.id in SORTED]
    for claim in (*CATALOGUE, *sorted_and_windows):
        derivation = proof(claim)
        if derivation is None:
            continue
        theorems: list[Theorem] = []
        with pytest.MonkeyPatch.context() as patch:
            # the order of the nodes is to_data's affair; what it writes does not matter here
            def note(made: Theorem, premises: list[int], _: Any, kept: Any = theorems) -> Any:
                kept.append(made)
                return {"premises": premises}

            patch.setattr(replay, "_node", note)
            data = to_data(derivation)
        premises = [node["premises"] for node in data["nodes"]]
        found.append(Stored(claim, theorems, premises, data))
    return tuple(found)


# -- what is changed ------------------------------------------------------------------------------


def replaced(node: sp.Basic, place: int, by: Any) -> sp.Basic | None:
    """Return the node with what stands at one place (counted in preorder) changed by a function."""
    counter = iter(range(10**9))

    def walk(part: sp.Basic) -> sp.Basic:
        here = next(counter)
        if here == place:
            for _ in sp.preorder_traversal(part):
                next(counter)
            return by(part)
        if not part.args or isinstance(part, sp.Symbol | sp.Rational):
            return part
        args = [walk(a) for a in part.args]
        return (
            part if all(a is b for a, b in zip(args, part.args, strict=True)) else part.func(*args)
        )

    return walk(node)


def changes(kind: str, node: sp.Basic, random: Random) -> sp.Basic | None:
    """Return the node with one part changed, None if this kind of change has no place in it."""
    parts = list(sp.preorder_traversal(node))
    match kind:
        case "exponent":
            places = [k for k, a in enumerate(parts) if isinstance(a, Power)]
            by = random.choice(
                [lambda a: a.base ** (a.exp + 1), lambda a: a.base ** (-a.exp), lambda a: a.base]
            )
        case "sign":
            places = [k for k, a in enumerate(parts) if isinstance(a, Sum | Product)]

            def by(a: sp.Basic) -> sp.Basic:
                first, *rest = a.args
                return Sum(-first, *rest) if isinstance(a, Sum) else -a
        case "direction" | "strictness":
            table = FLIPPED if kind == "direction" else STRICTER
            places = [k for k, a in enumerate(parts) if isinstance(a, Relation) and a.op in table]

            def by(a: sp.Basic) -> sp.Basic:
                return Relation(table[a.op], a.left, a.right)
        case "swapped symbol":
            places = [
                k for k, a in enumerate(parts) if isinstance(a, sp.Symbol) and a.name[0] != "_"
            ]
            names = sorted({parts[k] for k in places}, key=str)

            def by(a: sp.Basic) -> sp.Basic:
                others = [s for s in names if s != a and kind_of(s) == kind_of(a)]
                return random.choice(others) if others else a
        case _:
            return None
    if not places:
        return None
    try:
        return replaced(node, random.choice(places), by)
    except (ValueError, TypeError, ArithmeticError, AttributeError, StopIteration):
        return None


def mutant(kind: str, it: Stored, k: int, random: Random) -> Mutant | None:
    """Return the node with one change of the kind, None if the kind does not apply to it."""
    theorem, premises = it.theorems[k], list(it.premises[k])
    rule, arguments = theorem.rule, theorem.arguments
    made = Mutant(kind, k, rule, [*premises], arguments)
    if kind in ("exponent", "sign", "direction", "strictness", "swapped symbol"):
        places = [n for n, a in enumerate(arguments) if isinstance(a, sp.Basic)]
        if not places:
            return None
        place = random.choice(places)
        changed = changes(kind, arguments[place], random)
        if changed is None or changed == arguments[place]:
            return None
        made.arguments = (*arguments[:place], changed, *arguments[place + 1 :])
        return made
    if kind in ("dropped condition", "loosened condition"):
        places = [
            n
            for n, a in enumerate(arguments)
            if isinstance(a, tuple) and a and all(isinstance(f, Formula) for f in a)
        ]
        if not places:
            return None
        place = random.choice(places)
        given = list(arguments[place])
        n = random.randrange(len(given))
        if kind == "dropped condition":
            del given[n]
        elif isinstance(given[n], Relation):
            given[n] = Relation(LOOSER[given[n].op], given[n].left, given[n].right)
        else:
            return None
        made.arguments = (*arguments[:place], tuple(given), *arguments[place + 1 :])
        return made
    if kind == "skipped step":
        through = [(n, j) for n, j in enumerate(premises) if it.premises[j]]
        if not through:
            return None
        n, skipped = random.choice(through)
        made.premises[n] = random.choice(it.premises[skipped])
        return made if made.premises != premises else None
    if kind == "wrong instance":
        return _wrong_instance(made, random)
    if kind == "other rule":
        made.rule = random.choice(sorted(set(RULES) - {rule}))
        return made
    if kind == "swapped premises":
        made.premises = premises[::-1]
        return made if made.premises != premises else None
    if kind == "forged statement":
        how = random.choice(("exponent", "sign", "direction", "strictness", "swapped symbol"))
        changed = changes(how, theorem.conclusion, random)
        if changed is None or changed == theorem.conclusion:
            return None
        made.conclusion = changed  # type: ignore[assignment]
        return made
    if not theorem.hypotheses:
        return None
    made.hypotheses = theorem.hypotheses - {random.choice(sorted(theorem.hypotheses, key=str))}
    return made


def _wrong_instance(made: Mutant, random: Random) -> Mutant | None:
    terms = []
    for n, a in enumerate(made.arguments):
        if isinstance(a, dict):
            terms += [(n, key) for key in sorted(a, key=str) if isinstance(a[key], sp.Expr)]
        elif isinstance(a, tuple):
            terms += [(n, m) for m, t in enumerate(a) if isinstance(t, sp.Expr)]
        elif isinstance(a, sp.Expr | bool):
            terms.append((n, None))
    if not terms:
        return None
    n, key = random.choice(terms)
    old = made.arguments[n]

    def other(t: Any) -> Any:
        if isinstance(t, bool):
            return not t
        return random.choice((t + 1, -t, 2 * t, t**2, sp.Integer(0)))

    if key is None:
        new: Any = other(old)
    elif isinstance(old, dict):
        new = {**old, key: other(old[key])}
    else:
        new = (*old[:key], other(old[key]), *old[key + 1 :])
    if new == old:
        return None
    made.arguments = (*made.arguments[:n], new, *made.arguments[n + 1 :])
    return made


def mutants() -> Iterator[tuple[Stored, Mutant]]:
    for it in stored():
        random = Random(it.claim.id)
        for kind in KINDS:
            nodes = list(range(len(it.theorems)))
            random.shuffle(nodes)
            wanted = EACH
            for k in nodes:
                found = mutant(kind, it, k, random)
                if found is not None:
                    yield it, found
                    wanted -= 1
                    if not wanted:
                        break


# -- what becomes of it ---------------------------------------------------------------------------


def same(a: Theorem, b: Theorem) -> bool:
    return a.conclusion == b.conclusion and a.hypotheses == b.hypotheses


def fate(it: Stored, mutant: Mutant) -> tuple[str, Theorem | None]:
    """Return what becomes of a mutant, and the theorem that it made if it is not refused."""
    before = it.theorems[mutant.node]
    try:
        premises = [it.theorems[j] for j in mutant.premises]
        made = RULES[mutant.rule](*premises, *mutant.arguments)
    except Exception:
        return "refused by the rule", None
    conclusion = before.conclusion if mutant.conclusion is None else mutant.conclusion
    hypotheses = before.hypotheses if mutant.hypotheses is None else mutant.hypotheses
    if mutant.kind.startswith("forged"):
        stands = made.conclusion == conclusion and made.hypotheses == hypotheses
        return ("accepted, altered" if stands else "refused: not what the rule gives"), made
    if same(made, before):
        return "accepted: the same theorem", made
    # a forger who stores what the rules give from here on
    changed = {mutant.node: made}
    for k in range(mutant.node + 1, len(it.theorems)):
        if not any(j in changed for j in it.premises[k]):
            continue
        old = it.theorems[k]
        try:
            again = RULES[old.rule](
                *(changed.get(j, it.theorems[j]) for j in it.premises[k]), *old.arguments
            )
        except Exception:
            return "refused by a later rule", made
        if not same(again, old):
            changed[k] = again
    last = changed.get(it.last)
    if last is None:
        return "accepted: the same theorem by another way", made
    if states(last, it.claim):
        return "accepted: another theorem that states the claim", made
    return "refused: it no longer states the claim", made


def test_no_mutant_proves_anything_else() -> None:
    fates: Counter[tuple[str, str]] = Counter()
    for it, one in mutants():
        what, made = fate(it, one)
        fates[one.kind, what] += 1
        assert what != "accepted, altered", (it.claim.id, one)
        by_another_way = made is not None and not same(made, it.theorems[one.node])
        if what.startswith("accepted") and made is not None and by_another_way:
            # the way round has to be a true one
            found = recheck(made.hypotheses, made.conclusion, trials=5)
            assert found.violation is None, (it.claim.id, one, found)
    total = sum(fates.values())
    refused = sum(n for (_, what), n in fates.items() if what.startswith("refused"))
    print(f"\n{total} mutants of {len(stored())} derivations, {refused} refused")
    for kind in KINDS:
        row = {what: n for (k, what), n in sorted(fates.items()) if k == kind}
        print(f"  {kind}: {sum(row.values())}", row)
    assert total >= 1_000
    assert {kind for kind, _ in fates} == set(KINDS)
    # nearly all change the meaning; were many harmless, the mutations would test little
    assert refused > 0.8 * total


def test_a_mutated_file_is_refused() -> None:
    derivation = min(
        (d for d in map(proof, CATALOGUE) if d is not None), key=lambda d: len(to_data(d)["nodes"])
    )
    data = to_data(derivation)
    assert from_data(data).theorem.conclusion == derivation.theorem.conclusion
    false = len(data["terms"])
    more = [*data["terms"], to_wire(Relation("<", 1, 0))]
    for k, node in enumerate(data["nodes"]):
        for field, value in (
            ("rule", "weaken"),
            ("premises", [k]),
            ("arguments", []),
            ("hypotheses", [*node["hypotheses"], false]),
            ("conclusion", false),
        ):
            if node[field] == value:
                continue
            forged = {**data, "terms": more, "nodes": [dict(n) for n in data["nodes"]]}
            forged["nodes"][k][field] = value
            with pytest.raises(ReplayError):
                from_data(forged)
