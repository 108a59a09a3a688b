"""The page and the appendix say in words what is missing, vacuous, or established."""

from __future__ import annotations

import copy
import json
from dataclasses import dataclass
from importlib import import_module

import pytest

from sparsity_audit.appendix import files
from sparsity_audit.errors import InputError
from sparsity_audit.report import write_page
from sparsity_audit.text.verdict_display import verdict_html
from sparsity_audit.verdicts.one_claim import Hunt, settle
from sparsity_audit.verdicts.prover_and_search import default_engines
from sparsity_audit.verdicts.verdict import Verdict
from sparsity_audit.verdicts.verdict_json import record
from symbolic_proofs.claims.notation import I, N, W, p, q
from symbolic_proofs.language import And, Exists, NonZero, Norm, PowerSum, PQIndex, equal
from symbolic_proofs.language.claim import Claim, claim
from symbolic_proofs.language.formulas import Formula, less

# `sparsity_audit.appendix.settled` is the function
SETTLED = import_module("sparsity_audit.verdicts.stored")
HUNT = Hunt(budget=20_000)


def stated(name: str, then: Formula, *given: Formula) -> Claim:
    return claim(f"my.{name}", "A.2", "a claim", given=given, then=then)


SCALING = equal(I(3 * W), I(W))
CLAIMS = {
    "forgetful": stated("forgetful", SCALING, p < q),
    "twice": stated("twice", less(0, 1 + (Norm(W, 1) / Norm(W, 2)) ** (1 / (q - p) ** 2))),
    "vacuous": stated("vacuous", SCALING, less(p, q), less(q, p), NonZero(W)),
    "established": stated("established", Exists(less(0, PQIndex(W, 1, 2)), And(NonZero(W)), N, W)),
    "unmet": stated(
        "unmet", SCALING, equal(PowerSum(W, 2), 7), equal(PowerSum(W, 3), 5), NonZero(W)
    ),
}


@dataclass(frozen=True)
class Documents:
    page: str
    appendix: str


@pytest.fixture(scope="module")
def verdicts() -> dict[str, Verdict]:
    return {name: settle(c, HUNT, default_engines()) for name, c in CLAIMS.items()}


@pytest.fixture(scope="module")
def documents(verdicts: dict[str, Verdict]) -> Documents:
    records = [record(verdict, ()) for verdict in verdicts.values()]
    page = write_page(records, HUNT, tuple(CLAIMS.values()))
    return Documents(page, files(list(verdicts.values()))["sparsity-audit-appendix.tex"])


def test_the_page_says_it_in_words(documents: Documents) -> None:
    page = " ".join(documents.page.split())
    assert page.count("A condition is missing") == 3
    assert "To add:" in page
    assert "Established by an example" in page
    assert "Vacuous: the premises contradict each other" in page
    assert "no example found in" in page
    assert "The premises contradict each other: the claim says nothing." in page


def test_the_appendix_says_it_in_words(documents: Documents) -> None:
    text = " ".join(documents.appendix.split())
    assert text.count("{Undefined: a condition is missing}") == 2
    assert r"The condition $W \ne 0$ is missing" in text
    assert "Then the hypotheses allow" in text
    assert "With it added, the claim is proved." in text
    assert "{Established by an example}" in text
    assert "The premises contradict each other: the claim says nothing" in text
    assert "No example found in" in text
    assert "1 is vacuous" in text


@pytest.mark.parametrize("name", CLAIMS)
def test_a_verdict_shows_itself(verdicts: dict[str, Verdict], name: str) -> None:
    assert verdicts[name].claim.id in verdicts[name].to_text()
    assert verdicts[name].claim.id in verdict_html(verdicts[name])


@pytest.fixture
def known(monkeypatch: pytest.MonkeyPatch) -> None:
    found = {c.id: (c, ()) for c in CLAIMS.values()}
    monkeypatch.setattr(SETTLED, "built_in", found.__getitem__)


@pytest.mark.usefixtures("known")
@pytest.mark.parametrize("name", CLAIMS)
def test_a_stored_verdict_is_judged_again_to_the_same(
    verdicts: dict[str, Verdict], name: str
) -> None:
    entry = json.loads(json.dumps(record(verdicts[name], ())))
    again = record(SETTLED._verdict(entry), ())
    timeless = [json.loads(json.dumps(e), object_hook=_without_seconds) for e in (entry, again)]
    assert timeless[0].keys() == timeless[1].keys()
    for key, value in timeless[0].items():
        if key not in ("confirmed", "best_margin"):
            assert value == timeless[1][key], key


def _without_seconds(entry: dict[str, object]) -> dict[str, object]:
    return {k: v for k, v in entry.items() if k not in ("seconds", "confirmed", "best_margin")}


ALTERED = {
    "another witness": lambda e: e["missing"].update(witness={"p": "1", "q": "2", "W": [["1", 1]]}),
    "another condition": lambda e: e["missing"].update(condition=["<", "0", "1"]),
    "another verdict inside": lambda e: e["missing"]["claim"].update(verdict="refuted"),
    "no claim inside": lambda e: e["missing"].update(claim=None),
    "a term for a condition": lambda e: e["missing"].update(condition="1"),
    "nothing": lambda e: e.update(missing=None),
    "a list": lambda e: e.update(missing=[1, 2]),
}


@pytest.mark.usefixtures("known")
@pytest.mark.parametrize("change", ALTERED)
def test_an_altered_condition_is_refused_in_one_line(
    verdicts: dict[str, Verdict], change: str
) -> None:
    entry = json.loads(json.dumps(record(verdicts["forgetful"], ())))
    ALTERED[change](altered := copy.deepcopy(entry))
    with pytest.raises(InputError) as refused:
        SETTLED._verdict(altered)
    assert "\n" not in str(refused.value)
    assert SETTLED._verdict(entry).name == "undefined"
