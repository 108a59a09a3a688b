"""Thousands of random applications of rules: what is accepted is true on exact instances.

The seed is printed; `SPARSITY_AUDIT_SEED=N` repeats a run. Longer runs: `python -m
tests.trust.rules`.
"""

from __future__ import annotations

from collections.abc import Callable
from random import Random
from typing import Any

import pytest
import sympy as sp

from symbolic_proofs import kernel as K
from symbolic_proofs.kernel import RULES, KernelError
from symbolic_proofs.kernel.polynomials import NotAlgebraicError
from symbolic_proofs.kernel.rules import extremes, indices, quantifiers, sums
from symbolic_proofs.kernel.rules import logic as structure
from symbolic_proofs.language.names import LanguageError
from symbolic_proofs.language.vectors import Entry, entry, length

from .applications import Applications
from .rules import Run
from .seeds import seed
from .vocabulary import Vocabulary

APPLICATIONS = 2_000


def test_what_rules_accept_is_true() -> None:
    report = Run(seed()).go(APPLICATIONS)
    assert not report.kinds, "\n".join(report.failures)
    assert report.accepted.total() > APPLICATIONS // 4
    assert report.refused.total() > APPLICATIONS // 8
    assert report.evaluated.total() > APPLICATIONS // 8


@pytest.mark.parametrize("name", sorted(RULES))
def test_every_rule_is_accepted_now_and_then(name: str) -> None:
    words = Vocabulary(Random(name))
    pool = [K.assume(words.useful()) for _ in range(10)]
    for _ in range(400):
        try:
            RULES[name](*Applications(words, pool).of(name))
        except (KernelError, LanguageError, NotAlgebraicError):
            continue
        return
    pytest.fail(f"{name} accepts nothing")


def _over_part(term: Any, whole: Any, part: Any, facts: Any) -> Any:
    _, index, body = facts.opened(term)
    return term.func(body.xreplace({Entry(whole, index): entry(part, index)}), index, length(part))


#: what the applications are there to find, planted: where, what for it, and the rules that use it
FAULTS: dict[str, tuple[tuple[object, ...], str, Callable[..., object], str]] = {
    "a body may use its index by itself": (
        (sums, extremes),
        "over_part",
        _over_part,
        "split extreme_of_part",
    ),
    "what speaks of an index stays as it is": (
        (sums, extremes, indices),
        "for_every",
        lambda hypotheses, *_: frozenset(hypotheses),
        "sum_up every bound",
    ),
    "all terms are of all kinds": (
        (structure,),
        "of_kind",
        lambda facts, _, term: isinstance(term, sp.Expr) and facts.defined(term),
        "assume arithmetic instantiate",
    ),
    "all indices are in range": (
        (sums, extremes, indices),
        "in_range",
        lambda *_: None,
        "least greatest summand at_index",
    ),
    "what is bound may stay where it was": (
        (sums, extremes, indices),
        "shown_defined",
        lambda _, formula: formula,
        "every sum_up bound",
    ),
    "two cases need not be all": (
        (structure,),
        "without",
        lambda theorem, formula: frozenset(),
        "cases cut assume",
    ),
    "a kept hypothesis may speak of what is generalised": (
        (quantifiers,),
        "names_free_in",
        lambda nodes: set(),
        "generalise assume arithmetic",
    ),
}


@pytest.mark.parametrize("fault", FAULTS)
def test_a_false_theorem_is_found_and_shown_with_its_derivation(
    fault: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    places, name, wrong, rules = FAULTS[fault]
    for place in places:
        monkeypatch.setattr(place, name, wrong)
    run = Run(1, rules=rules.split(), real=False)
    while run.report.applications < 4_000 and not run.report.kinds:
        run.episode()
    assert any(what.startswith("false") for what in run.report.kinds), run.report.kinds
    first = run.report.failures[0]
    assert "Violation(values=" in first
    assert any(f"\n    {rule}(" in first for rule in rules.split())
