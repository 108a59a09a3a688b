"""Rules about sums over an index: what defines them, splits them, bounds them."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction
from typing import Any

import sympy as sp

from ...kernel.polynomials import as_term, monomial_term
from ...language.formulas import Some, same
from ...language.operations import Abs, Exp, Tanh
from ...language.sums import NonzeroTotal
from ...language.symbols import bound_symbol
from ...language.terms import NonzeroCount, Norm, PowerSum, PQIndex, Total
from ...language.vectors import Concat, Entry, Vector, entry, length
from ..errors import UntranslatedError
from ..exponents import monomials
from ..expressions import RANGED, entry_at, in_nat, natural, real, vector, whole
from ..names import variable_name
from ..operations import Expression, add, function, minus, mul, number, power, whole_power
from ..proof import LemmaProof, translation
from ..statements import proposition
from .indices import range_of


@translation
def define(p: LemmaProof) -> None:
    """H |- a power sum, norm or index = what it stands for."""
    term, meaning = p.theorem.arguments[0], p.theorem.conclusion.right
    match term:
        case PowerSum() | NonzeroTotal() | NonzeroCount():
            _defined_sum(p, term, meaning)
        case Norm(args=(v, r)):
            raw = power(real(PowerSum(v, r)), whole_power(real(r), -1))
            _defined(p, raw, meaning, "reflexivity")
        case PQIndex(args=(v, a, b)):
            e = minus(whole_power(real(b), -1), whole_power(real(a), -1))
            share = power(whole(length(v)), e)
            norms = real(Norm(v, a)), whole_power(real(Norm(v, b)), -1)
            _defined(p, minus(number(1), mul(share, *norms)), meaning, "apply PQI_def; inr")
        case Tanh(args=(y,)):
            above = function(Exp, mul(number(2), real(y)))
            raw = minus(number(1), mul(number(2), whole_power(add(above, number(1)), -1)))
            _defined(p, raw, meaning, "apply tanh_def")
        case _:
            raise UntranslatedError(f"the definition of {type(term).__name__}")


def _defined(p: LemmaProof, raw: Expression, meaning: sp.Expr, by: str) -> None:
    term = real(p.theorem.arguments[0])
    name = p.fact(f"{term.text} = {raw.text}", by, "DE")
    p.write(f"try rewrite {name}; clear {name}.")
    p.equal(raw, real(meaning))


def _defined_sum(p: LemmaProof, term: Any, meaning: Total) -> None:
    counted = term
    if isinstance(term, NonzeroCount):
        counted = NonzeroTotal(1, bound_symbol(0, "real"), term.args[0])
    v = vector(counted.args[0] if isinstance(term, PowerSum) else counted.args[2])
    p.write(f"unfold {'psum' if isinstance(term, PowerSum) else 'nzcount, nztotal'}.")
    p.write("apply sum_same; [| nateq ].")
    with p.under(meaning) as (index, body):
        at = entry_at(v, index)
        if isinstance(term, PowerSum):
            raw = power(function(Abs, at), real(term.args[1]))
        else:
            name, inside = variable_name(counted.variable), real(counted.body).text
            text = f"(onz (fun {name} => {inside}) {at.text})"
            raw = Expression("onz", (at,), real(body).term, text, source=(counted, {}))
        p.write(f"change ({raw.text} = {real(body, {}).text}).")
        p.equal(raw, real(body))


@translation
def linear(p: LemmaProof) -> None:
    """H |- a sum = the sum of its terms' sums, constant factors pulled out."""
    total = p.theorem.arguments[0]
    under, index, body = p.facts.opened(total)
    form = under.algebra.form(body)
    below = as_term(form.below())
    count = natural(total.args[2])
    terms: list[tuple[Expression, sp.Expr]] = []
    for m, c in monomials(form.numerator):
        inner = frozenset(pair for pair in m if pair[0].has(index) or pair[1].has(index))
        factor = real(monomial_term(c, m - inner))
        if below != 1:
            factor = mul(factor, whole_power(real(below), -1))
        terms.append((replace(factor, put=True), monomial_term(Fraction(1), inner)))
    if not terms:
        terms = [(number(0), sp.Integer(1))]
    name = variable_name(index)
    summed = _linear_text([(c.text, real(f).text) for c, f in terms])
    text = f"sum (fun {name} => {summed}) {count}"
    split = p.fresh("LI")
    p.write(f"assert ({split} : {real(total).text} = {text}).")
    with p.block():
        p.write("apply sum_ext.")
        with p.under(total) as (_, inside):
            products = [mul(c, real(f)) for c, f in terms]
            p.write(f"transitivity {add(*products).text}; [| fin ].")
            p.write(f"change ({real(inside).text} = {add(*products).text}).")
            p.equal(real(inside), add(*products))
    sums = [_sum_of(f, index, total.args[2]) for _, f in terms]
    pulled = _linear_text([(c.text, s) for (c, _), s in zip(terms, sums, strict=True)])
    with p.proving(f"{text} = {pulled}", "LI") as apart:
        for k, (factor, f) in enumerate(terms[:-1]):
            rest = _linear_text([(d.text, real(g).text) for d, g in terms[k + 1 :]])
            p.write(
                f"etransitivity; [ exact (sum_two {factor.text} (fun {name} => {real(f).text}) "
                f"(fun {name} => {rest}) {count}) |]; apply f_equal2; [ reflexivity |]."
            )
        factor, f = terms[-1]
        p.write(f"exact (sum_scal {factor.text} (fun {name} => {real(f).text}) {count}).")
    p.write(f"try rewrite {split}; try rewrite {apart}; clear {split} {apart}; rewrite ?sum_one.")
    counted = [
        mul(c, whole(total.args[2]) if f == 1 else real(Total(f, index, total.args[2])))
        for c, f in terms
    ]
    p.write(f"transitivity {add(*counted).text}; [ ring |].")
    p.equal(add(*counted), real(p.theorem.conclusion.right))


def _sum_of(f: sp.Expr, index: sp.Symbol, count: sp.Expr) -> str:
    return f"sum (fun {variable_name(index)} => {real(f).text}) {natural(count)}"


def _linear_text(pairs: list[tuple[str, str]]) -> str:
    *first, (c, f) = pairs
    return "".join(f"({a} * {b} + " for a, b in first) + f"{c} * {f}" + ")" * len(first)


@translation
def split(p: LemmaProof) -> None:
    """H |- the sum over the entries of [U, V, ..] = the sum of the sums over each."""
    total, over, _ = p.theorem.arguments
    head = RANGED[type(total)]
    body = of_entry(total, over)
    if isinstance(over, Concat):
        with p.proving(f"{real(total).text} = {_pieces(total, over.args).text}", "SP") as name:
            _split_parts(p, total, over.args, body, natural(total.args[2]))
        p.write(f"try rewrite {name}; clear {name}.")
        p.equal(_pieces(total, over.args), real(p.theorem.conclusion.right))
        return
    lengths = f"(fun {variable_name(over.variable)} => {vector(over.body).text})"
    steps = natural(over.args[2])
    to = natural(total.args[2])
    p.write(
        f"etransitivity; [ exact ({head}_of_steps (fun zz => {body}) {lengths} {steps} {to} "
        "ltac:(intros; reflexivity) ltac:(nateq)) |]."
    )
    pieces = p.theorem.conclusion.right
    p.write(f"apply {head}_same; [| nateq ].")
    with p.under(pieces) as (step, inner):
        at = vector(over.body, {over.variable: step})
        p.write(
            f"change ({head} (fun i => (fun zz => {body}) (ent {at.text} i)) (len {at.text}) "
            f"= {real(inner).text})."
        )
        same_piece(p, total, over, at, inner)


def of_entry(total: Any, over: Vector) -> str:
    """Return the body as a function of the entry, which is written zz."""
    hole = Expression("variable", (), bound_symbol(0, "real"), "zz")
    return real(total.body, {Entry(over, total.variable): hole}).text


def _piece(total: Any, over: Vector, part: Vector) -> Any:
    """Return the sum over the entries of a part."""
    index = bound_symbol(-1, "count")
    body = total.at(index).xreplace({Entry(over, index): entry(part, index)})
    return total.func(body, index, length(part))


def _pieces(total: Any, parts: tuple[Vector, ...]) -> Expression:
    over = Concat(*parts)
    pieces = [real(_piece(total, over, part)) for part in parts]
    last = pieces.pop()
    while pieces:
        last = add(pieces.pop(), last)
    return last


def _split_parts(p: LemmaProof, total: Any, parts: tuple[Vector, ...], body: str, to: str) -> None:
    over = Concat(*p.theorem.arguments[1].args)
    head = RANGED[type(total)]
    rest = list(parts)
    while len(rest) > 1:
        first = rest.pop(0)
        others = Concat(*rest) if len(rest) > 1 else rest[0]
        by = f"{in_nat(to)} ltac:(nateq)" if len(rest) == len(parts) - 1 else "_ eq_refl"
        p.write(
            f"etransitivity; [ exact (split_cat (fun zz => {body}) {vector(first).text} "
            f"{vector(others).text} {by}) |]."
        )
        p.write("apply f_equal2.")
        with p.block():
            piece = _piece(total, over, first)
            p.write("apply sum_same; [| nateq ].")
            same_piece(p, total, over, vector(first), piece, applied=True)
    piece = _piece(total, over, rest[0])
    p.write(f"apply {head}_same; [| nateq ].")
    same_piece(p, total, over, vector(rest[0]), piece, applied=True)


def same_piece(
    p: LemmaProof, total: Any, over: Vector, part: Expression, piece: Any, *, applied: bool = False
) -> None:
    """Prove that f of the entries of a part is the body of the sum over it."""
    if not applied:
        p.write(f"apply {RANGED[type(total)]}_same; [| nateq ].")
    with p.under(piece) as (index, body):
        places = {Entry(over, total.variable): entry_at(part, index)}
        raw = real(total.body, places)
        p.write(f"change ({raw.text} = {real(body).text}).")
        p.equal(raw, real(body))


@translation
def sum_up(p: LemmaProof) -> None:
    """From G |- f(i) <= g(i) to G for every i = 1 .. n |- sum f <= sum g."""
    (theorem,) = p.theorem.premises
    index, count = p.theorem.arguments
    goal, known = p.theorem.conclusion, theorem.conclusion
    sign = {"=": "ext", "<": "lt", "<=": "le"}[goal.oriented().op]
    turned = goal.op in (">", ">=")
    low, high = (goal.right, goal.left) if turned else (goal.left, goal.right)
    if sign == "lt":
        p.natural_positive(count)
    p.write(f"apply sum_{sign}{'; [ inrange |]' if sign == 'lt' else ''}.")
    with p.every_index(index, count, theorem):
        name = p.use(theorem)
        _compare_bodies(p, name, known, low, high, index, goal.oriented().op)


def _compare_bodies(
    p: LemmaProof, name: str, known: Any, low: Any, high: Any, index: sp.Symbol, op: str
) -> None:
    at = whole(index)
    wanted = [real(side.body, {side.variable: at}) for side in (low, high)]
    turned = known.op in (">", ">=")
    sides = [real(known.left), real(known.right)][:: -1 if turned else 1]
    known_op = {">": "<", ">=": "<="}.get(known.op, known.op)
    p.write(f"change ({wanted[0].text} {op} {wanted[1].text}).")
    p.compare(name, known_op, op, sides, wanted)


@translation
def sum_up_strictly(p: LemmaProof) -> None:
    """From f(i) <= g(i) and F(i) |- f(i) < g(i) to .., F(i) for some i |- sum f < sum g."""
    weak, strict = p.theorem.premises
    somewhere, index, count = p.theorem.arguments
    goal = p.theorem.conclusion
    said = Some(somewhere, index, count)
    there = next((pair for pair in p.hypotheses if same(pair[1], said)), None)
    if there is None:
        raise UntranslatedError(f"the hypothesis {said}")
    turned = goal.op == ">"
    low, high = (goal.right, goal.left) if turned else (goal.left, goal.right)
    name = variable_name(index)
    p.write(f"destruct {there[0]} as ({name}0 & B{name}0 & HO).")
    p.write(f"apply (sum_lt1 _ _ _ {name}0); [| exact B{name}0 |].")
    with p.block(), p.every_index(index, count, weak):
        shown = p.use(weak)
        _compare_bodies(p, shown, weak.conclusion, low, high, index, "<=")
    with p.block():
        p.write(f"revert {name}0 B{name}0 HO; intros {name} B{name} HO.")
        with p.in_range_of(index, count, strict):
            with p.proving(proposition(somewhere), "HO") as made:
                p.carry("HO", there[1].body, somewhere, {there[1].variable: whole(index)}, {})
            shown = p.use(strict, more=[(made, somewhere)])
            _compare_bodies(p, shown, strict.conclusion, low, high, index, "<")


@translation
def summand(p: LemmaProof) -> None:
    """H |- f(k) <= the sum of f, whose terms are all >= 0."""
    total, index, _ = p.theorem.arguments
    inside = range_of(p, index, total.args[2])
    name = variable_name(total.variable)
    i, n = natural(index), natural(total.args[2])
    function_text = f"(fun {name} => {real(total.body).text})"
    known = p.fresh("SU")
    term = real(total.body, {total.variable: whole(index)})
    p.write(f"assert ({known} : {term.text} <= {real(total).text}).")
    with p.block():
        p.write(f"apply (summand {function_text} {in_nat(i)} {in_nat(n)}); [| exact {inside} ].")
        with p.under(total) as (_, body):
            p.best(body)
            p.write(f"change (0 <= {real(body).text}); nng.")
    goal = p.theorem.conclusion
    p.compare(known, "<=", "<=", [term, real(total)], [real(goal.left), real(goal.right)])
