"""Rules about connectives and quantifiers."""

from __future__ import annotations

import sympy as sp

from ...language.formulas import And, negation, same
from ...language.kinds import is_whole
from ...language.symbols import kind_of
from ...language.vectors import VectorSymbol
from ..expressions import in_nat, real, vector, whole
from ..operations import Expression
from ..proof import LemmaProof, translation
from ..signs import NONNEGATIVE
from ..statements import Variables, proposition
from .logic import denied


@translation
def both(p: LemmaProof) -> None:
    """From G |- F, H |- F', .. to G, H, .. |- F and F' and .."""
    names = [p.use(theorem) for theorem in p.theorem.premises]
    if not names:
        p.write("exact I.")
        return
    *first, last = names
    p.write(f"exact {''.join(f'(conj {name} ' for name in first)}{last}{')' * len(first)}.")


@translation
def conjunct(p: LemmaProof) -> None:
    """From G |- F and F' and .. to G |- F."""
    (theorem,) = p.theorem.premises
    parts, name = theorem.conclusion.args, p.use(theorem)
    place = next(k for k, part in enumerate(parts) if same(part, p.theorem.conclusion))
    for _ in range(place):
        name = f"(proj2 {name})"
    p.write(f"exact {name}." if place == len(parts) - 1 else f"exact (proj1 {name}).")


@translation
def iff(p: LemmaProof) -> None:
    """From G, F |- F' and H, not F |- not F' to G, H |- F <=> F'."""
    forth, back = p.theorem.premises
    left, right = p.theorem.arguments
    straight = same(forth.conclusion, right) and same(back.conclusion, negation(right))
    a, b = (left, right) if straight else (right, left)
    one, other = p.fresh("IM"), p.fresh("IM")
    p.write(f"assert ({one} : {proposition(a)} -> {proposition(b)}).")
    with p.block():
        p.write("intro CA.")
        p.carry(p.use(forth, more=[("CA", a)]), forth.conclusion, b, {}, {})
    p.write(f"assert ({other} : {proposition(b)} -> {proposition(a)}).")
    with p.block():
        p.write("intro CB; apply NNPP; intro CA.")
        name = denied(p, "CA", a)
        no = p.use(back, more=[(name, negation(a))])
        p.write(f"contrary CB {no}.")
    p.write("split; assumption.")


@translation
def generalise(p: LemmaProof) -> None:
    """From G, H |- F to G |- for all x with H: F."""
    (theorem,) = p.theorem.premises
    statement = p.theorem.conclusion
    variables = Variables.of_symbols(statement.variables)
    kinds = {about: p.fresh("KQ") for about, _ in variables.kinds()}
    given = [(p.fresh("HQ"), h) for h in statement.given]
    names = variables.names()
    p.write(f"intros {' '.join([*names, *kinds.values(), *(name for name, _ in given)])}.")
    p.number_facts(variables.naturals)
    p.names = p.names | set(names)
    p.kinds |= kinds
    p.hypotheses = [*p.hypotheses, *given]
    p.carry(p.use(theorem), theorem.conclusion, statement.body, {}, {})


@translation
def exhibit(p: LemmaProof) -> None:
    """From G |- F[x := t] to G |- there is x: F."""
    (theorem,) = p.theorem.premises
    statement, values = p.theorem.arguments
    known = p.use(theorem)
    put: dict[sp.Basic, Expression] = {}
    for variable, value in zip(statement.variables, values, strict=True):
        if isinstance(variable, VectorSymbol):
            put[variable] = vector(value)
        else:
            put[variable] = whole(value) if is_whole(variable) else real(value)
    variables = Variables.of_symbols(statement.variables)
    texts = [put[v].text for v in variables.reals]
    texts += [in_nat(put[v].natural) for v in variables.naturals]
    texts += [p.entries_of(v, put) for v, _ in variables.vectors]
    p.write(f"exists {', '.join(texts)}.")
    for variable, _ in variables.kinds():
        term = put[variable].term
        if isinstance(variable, VectorSymbol):
            p.write(f"split; [ intros; apply {p.entries(NONNEGATIVE, term)}; inrange |].")
        elif is_whole(variable):
            p.natural_positive(term)
            p.write("split; [ inrange |].")
        elif kind_of(variable) == "positive":
            p.positive(term)
            p.write("split; [ pos |].")
        else:
            p.nonnegative(term)
            p.write("split; [ nng |].")
    for _, _, equation in p.as_entries(put):
        p.write(f"rewrite ?{equation}.")
    said = And(*statement.given, statement.body) if statement.given else statement.body
    p.carry(known, theorem.conclusion, said, {}, put)
