"""A folder of Coq files: the library, the statements alone, a file of proofs for each claim.

Nothing that a user wrote enters a file but by the printers of terms and of names: neither the title
of a claim nor where it was made is in one.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from ..kernel import Theorem
from ..kernel.definedness import Facts
from ..kernel.sequents import states
from ..language.claim import Claim
from ..language.formulas import And, Formula, equal, negation
from ..language.terms import PowerSum
from ..notation.api import to_latex
from . import checking
from .agreement import agrees, denies, exemplifies, leaves_undefined
from .checking import DENIAL, GAP
from .definedness import Definedness
from .disproofs import Disproof, Substitution
from .errors import UntranslatedError
from .names import claim_name
from .proof import LemmaProof
from .proved_signs import Prover
from .refutations import affirmation, denial, example, gap, refutation
from .statements import Sequent
from .theory import Theory
from .values.variables import Values

LIBRARY = Path(__file__).parent / "library"
_REQUIRED = re.compile(r"^From SA Require (?:Import|Export) ([^.]*)\.", re.MULTILINE)
_WORDS = "Open Scope R_scope.\nOpen Scope sa_scope.\n"
STATEMENTS_HEAD = f"""\
(* What is claimed, and nothing else. Definitions.v says what the words mean. *)
From Coq Require Import Reals.
From SA Require Import Definitions.
{_WORDS}"""
PROOFS_HEAD = f"""\
From Coq Require Import Reals Lra Lia Psatz Classical.
From SA Require Import SA Sorted Statements.
{_WORDS}"""
POINTS_HEAD = f"""\
From SA Require Import Witnesses Statements.
{_WORDS}"""


@dataclass(frozen=True, slots=True)
class Exported:
    """What is written of a claim: its name, what it states, and what proves it.

    `left_out` is what has no translation of what should stand beside it.
    """

    name: str
    statements: str
    proofs: str
    left_out: str = ""


def holds(
    claim: Claim,
    theorem: Theorem,
    values: Values | None = None,
    prover: Prover = lambda claim: None,
) -> Exported:
    """Return a claim with the proof that its theorem gives.

    `values` are an example: they meet the hypotheses, so that the claim is not about nothing. The
    prover is asked for what the terms of the claim need to have values. Raises UntranslatedError
    where a part of it has no translation.
    """
    if not states(theorem, claim):
        raise UntranslatedError("a theorem that is not the claim")
    name, theory = claim_name(claim.id), Theory()
    proof = _from_theorem(claim, theorem, theory)
    if not agrees(claim, proof.sequent.text):
        raise UntranslatedError("a statement whose text says something else")
    statements = [_stated(claim, proof.sequent)]
    proofs = [PROOFS_HEAD, *theory.text, _theorem(f"{name}_holds", name, proof.lines)]
    left_out = ""
    try:
        terms = Definedness(theorem, theory, prover)
        has_values, stated = terms.statement, len(theory.text)
        terms.prove()
        statements += (
            "(* every term of it has a value *)",
            f"Definition {name}_defined : Prop :=\n  {has_values}.\n",
        )
        proofs += theory.text[stated:]
        proofs.append(_theorem(f"{name}_has_values", f"{name}_defined", terms.lines))
    except UntranslatedError as reason:
        left_out = f"that every term of it has a value: no translation of {reason}"
    if values is not None and proof.sequent.variables.names():
        said, shown = _instance(claim, values)
        statements.append(said)
        proofs += shown
    return Exported(name, "\n".join(statements), "\n".join(proofs), left_out)


def _instance(claim: Claim, values: Values) -> tuple[str, list[str]]:
    """Return that there are values that meet the hypotheses, and the proof, at these."""
    name, met = claim_name(claim.id), _met(claim)
    said = affirmation(met)
    try:
        script = example(met, values).splitlines()
    except UntranslatedError as reason:
        return f"(* {in_comment(f'no example is shown: {reason}')} *)\n", []
    if not exemplifies(met, said):
        raise UntranslatedError("an example whose text says something else")
    about = "(* there are values that meet its hypotheses *)"
    stated = f"{about}\nDefinition {name}_instance : Prop :=\n  {said}.\n"
    return stated, [POINTS_HEAD, _theorem(f"{name}_has_an_instance", f"{name}_instance", script)]


def _met(claim: Claim) -> Claim:
    """Return a claim with its hypotheses, that says nothing else.

    What is true of all values keeps the variables that the hypotheses do not speak of.
    """
    variables = Sequent.of(claim.given, claim.conclusion).variables
    alike: list[Formula] = [equal(s, s) for s in (*variables.reals, *variables.naturals)]
    sums = [PowerSum(v, 1) for v, indices in variables.vectors if not indices]
    alike += [equal(total, total) for total in sums]
    return replace(claim, conclusion=And(*alike))


def fails(claim: Claim, values: Values) -> Exported:
    """Return a claim with the proof that it fails at these values, so that it is not true.

    Raises UntranslatedError.
    """
    return _denied(claim, POINTS_HEAD, refutation(claim, values).splitlines())


def never_holds(claim: Claim, theorem: Theorem, values: Values) -> Exported:
    """Return a claim with the proof that it fails wherever its hypotheses hold, as they do here.

    Raises UntranslatedError.
    """
    never = replace(claim, conclusion=negation(claim.conclusion))
    if not states(theorem, never):
        raise UntranslatedError("a theorem that is not the negation of the claim")
    theory, variables = Theory(), Sequent.of(claim.given, claim.conclusion).variables
    proof = _from_theorem(never, theorem, theory)
    lines = "\n".join(proof.lines)
    met = _met(claim)
    names = " ".join([*variables.names(), *_promised(claim)])
    values_at = " & ".join([*names.split(), "_"])
    shown = [f"  pose proof (never {names}) as no."] if names else ["  pose proof never as no."]
    if names:
        shown.insert(0, f"  destruct met as ({values_at}).")
        shown.append(f"  exists {', '.join(variables.names())}.")
        shown.append("  repeat (split; [assumption |]).")
    text = (
        PROOFS_HEAD,
        *theory.text,
        f"Lemma never : {proof.sequent.text}.\nProof.\n{lines}\nQed.\n",
        POINTS_HEAD,
        f"Lemma met : {affirmation(met)}.\nProof.\n{example(met, values)}\nQed.\n",
    )
    return _denied(claim, "\n".join(text), [*shown, "  intro yes. contrary yes no."])


def fails_at(claim: Claim, theorem: Theorem, values: Substitution) -> Exported:
    """Return a claim with the proof that it fails at these values, by a theorem that denies it.

    Raises UntranslatedError.
    """
    theory = Theory()
    theory.add(theorem)
    proof = Disproof(claim, theorem, theory, values)
    proof.prove()
    text = (PROOFS_HEAD, *theory.text, POINTS_HEAD, proof.met)
    return _denied(claim, "\n".join(text), proof.lines)


def _denied(claim: Claim, head: str, lines: Sequence[str]) -> Exported:
    """Return a claim with the proof that there are values at which it fails."""
    name, denied = claim_name(claim.id), denial(claim)
    if not denies(claim, denied):
        raise UntranslatedError("a counterexample whose text says something else")
    sequent = Sequent.of(claim.given, claim.conclusion)
    names = [*sequent.variables.names(), *_promised(claim)]
    statements = (
        _stated(claim, sequent),
        "(* there are values that meet its hypotheses, at which it fails *)",
        f"Definition {name}{DENIAL} : Prop :=\n  {denied}.\n",
        f"Definition {name}_falsehood : Prop := ~ {name}.\n",
    )
    found = f"pose proof {name}_fails as fails."
    if names:
        found = f"destruct {name}_fails as ({' & '.join([*names, 'fails'])})."
    proofs = (
        head,
        _theorem(f"{name}_fails", f"{name}{DENIAL}", lines),
        f"Theorem {name}_is_false : {name}_falsehood.\nProof.\n  intro every. {found}",
        f"  exact (fails ({' '.join(['every', *names])})).\nQed.\n",
    )
    return Exported(name, "\n".join(statements), "\n".join(proofs))


def _promised(claim: Claim) -> list[str]:
    """Return names for what the kinds of a claim's variables promise, and for its hypotheses."""
    kinds = Sequent.of(claim.given, claim.conclusion).variables.kinds()
    return [f"K{k}" for k, _ in enumerate(kinds)] + [f"H{k}" for k, _ in enumerate(claim.given)]


def has_example(claim: Claim, values: Values) -> Exported:
    """Return a claim that something exists with the proof that these values give.

    Raises UntranslatedError.
    """
    name, sequent = claim_name(claim.id), Sequent.of(claim.given, claim.conclusion)
    if not agrees(claim, sequent.text):
        raise UntranslatedError("a statement whose text says something else")
    shown = _theorem(f"{name}_holds", name, example(claim, values).splitlines())
    return Exported(name, _stated(claim, sequent), "\n".join((POINTS_HEAD, shown)))


def lacks_value(claim: Claim, values: Values) -> Exported:
    """Return a claim with the proof that a term of it has no value at these, which it allows.

    Raises UntranslatedError.
    """
    name, (lacking, script) = claim_name(claim.id), gap(claim, values)
    if not leaves_undefined(claim, lacking):
        raise UntranslatedError("a point without a value whose text says something else")
    statements = (
        _stated(claim, Sequent.of(claim.given, claim.conclusion)),
        "(* there are values that meet its hypotheses, at which a term of it has no value *)",
        f"Definition {name}{GAP} : Prop :=\n  {lacking}.\n",
    )
    shown = _theorem(f"{name}_has_no_value", f"{name}{GAP}", script.splitlines())
    return Exported(name, "\n".join(statements), "\n".join((POINTS_HEAD, shown)))


def _stated(claim: Claim, sequent: Sequent) -> str:
    beside = f"(* {in_comment(to_latex(claim.statement))} *)"
    return f"{beside}\nDefinition {claim_name(claim.id)} : Prop :=\n  {sequent.text}.\n"


def _theorem(name: str, statement: str, lines: Sequence[str]) -> str:
    body = "\n".join((f"  unfold {statement}.", *lines))
    return f"Theorem {name} : {statement}.\nProof.\n{body}\nQed.\n"


def _from_theorem(claim: Claim, theorem: Theorem, theory: Theory) -> LemmaProof:
    """Return the proof of a claim from the theorem that states it, which a theory takes up."""
    theory.add(theorem)
    proof = _ClaimProof(claim, theorem, theory)
    proof.begin()
    proof.carry(proof.use(theorem), theorem.conclusion, claim.conclusion, {}, {})
    return proof


class _ClaimProof(LemmaProof):
    """The proof of a claim, its hypotheses as they are written, from the theorem that states it."""

    def __init__(self, claim: Claim, theorem: Theorem, theory: Theory) -> None:
        super().__init__(theorem, theory.lemmas)
        self.sequent = Sequent.of(claim.given, claim.conclusion)
        self.facts: Facts = Facts(claim.given)
        self.hypotheses = [(f"H{k}", h) for k, h in enumerate(claim.given)]
        self.names = set(self.sequent.variables.names())
        said = self.sequent.variables.kinds()
        self.kinds = {about: f"K{k}" for k, (about, _) in enumerate(said)}


def in_comment(text: str) -> str:
    """Return a text that neither ends a comment of Coq nor begins one or a string."""
    plain = " ".join(text.encode("ascii", "backslashreplace").decode("ascii").split())
    return re.sub(r"\*(?=\))", "* ", re.sub(r"\((?=\*)", "( ", plain)).replace('"', "''")


def contents(exported: Sequence[Exported]) -> dict[str, str]:
    """Return the files of a folder by their names: the check, and all that it looks at."""
    statements = "\n".join((STATEMENTS_HEAD, *(one.statements for one in exported)))
    made: dict[str, str] = {}
    for text in (statements, *(one.proofs for one in exported)):
        made |= _library(text, made)
    made[f"{checking.STATEMENTS}.v"] = statements
    made |= {f"{one.name}.v": one.proofs for one in exported}
    made["_CoqProject"] = "\n".join((f"-R . {checking.ROOT}", *made)) + "\n"
    return {**made, "check.py": Path(checking.__file__).read_text("utf-8")}


def _library(text: str, known: Collection[str]) -> dict[str, str]:
    """Return the files of the library that a text rests on, each after those that it rests on."""
    made: dict[str, str] = {}
    for name in " ".join(_REQUIRED.findall(text)).split():
        file = LIBRARY / f"{name}.v"
        if name != checking.STATEMENTS and file.name not in {*known, *made}:
            needed = file.read_text("utf-8")
            made |= {**_library(needed, {*known, *made}), file.name: needed}
    return made
