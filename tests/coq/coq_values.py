"""What texts in Coq mean at a point, worked out as Definitions.v says: an evaluator of their trees.

Natural numbers end at 0, every function has a value everywhere, and numbers have 40 digits.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from lark import Lark
from mpmath import mp, mpf

from numeric_check.certifier.witness import Witness
from symbolic_proofs.coq.names import name_of
from symbolic_proofs.coq.reading import GRAMMAR

PARSER = Lark(GRAMMAR.read_text("utf-8"), parser="lalr", lexer="contextual")
Scope = Mapping[str, Any]
#: a vector: its length, and the function that gives its entries
Vec = tuple[int, Callable[[int], Any]]
#: what a vector has at places that it does not have
ELSEWHERE = mpf("7.25")
#: numbers that differ by less than this, for their size, are equal
NEAR = mpf(10) ** -25


class Unclear(Exception):  # noqa: N818
    """Numbers too near to be told apart, or a place where a term may or may not have a value."""


def scope_of(witness: Witness) -> Scope:
    """Return what the names of a text stand for at a point."""
    found: dict[str, Any] = {}
    for name, value in witness.scalars.items():
        found[name_of(name)] = value
    for name, blocks in witness.vectors.items():
        entries = [mpf(v.numerator) / v.denominator for v, times in blocks for _ in range(times)]
        found[name_of(name)] = entries_of(entries)
    return found


def entries_of(entries: list[Any]) -> Callable[[int], Any]:
    return lambda i: entries[i - 1] if 1 <= i <= len(entries) else ELSEWHERE


def holds(text: str, scope: Scope) -> bool:
    """Tell whether a proposition holds that quantifies over indices at most. Raises Unclear."""
    with mp.workdps(40):
        return proposition(PARSER.parse(text), scope)


def proposition(tree: Any, scope: Scope) -> bool:
    parts = tree.children
    match tree.data:
        case "implies":
            return not proposition(parts[0], scope) or proposition(parts[1], scope)
        case "iff":
            return proposition(parts[0], scope) == proposition(parts[1], scope)
        case "conjoined":
            return all(proposition(part, scope) for part in parts)
        case "negated":
            return not proposition(parts[0], scope)
        case "true":
            return True
        case "predicate":
            return predicate(parts[0], [list_of(vector(part, scope)) for part in parts[1:]])
        case "every" | "some":
            name, body = parts
            to = natural(body.children[0].children[0].children[4], scope)
            link = implied if tree.data == "every" else conjoined
            said = (link(body, {**scope, name: i}) for i in range(1, to + 1))
            return all(said) if tree.data == "every" else any(said)
    left, op, right = parts
    return compare(real(left, scope), op, real(right, scope))


def implied(body: Any, scope: Scope) -> bool:
    return proposition(body.children[1], scope)


def conjoined(body: Any, scope: Scope) -> bool:
    return all(proposition(part, scope) for part in body.children[1:])


def compare(a: Any, op: str, b: Any) -> bool:
    side = sign(a - b, max(1, abs(a), abs(b)))
    return {
        "=": side == 0,
        "<>": side != 0,
        "<": side < 0,
        "<=": side <= 0,
        ">": side > 0,
        ">=": side >= 0,
    }[op]


def sign(a: Any, size: Any = 1) -> int:
    if abs(a) > NEAR * size:
        return 1 if a > 0 else -1
    if abs(a) > NEAR * size / 10**10:
        raise Unclear
    return 0


def predicate(word: str, vectors: list[list[Any]]) -> bool:
    first, last = vectors[0], vectors[-1]
    pairs = list(zip(first, last, strict=False))
    match word:
        case "nonzero":
            return any(map(sign, first))
        case "constant":
            return all(sign(abs(v) - abs(first[0])) == 0 for v in first)
        case "same_zeros":
            return len(first) == len(last) and all((not sign(a)) == (not sign(b)) for a, b in pairs)
    return len(first) == len(last) and all(sign(a - b) == 0 for a, b in pairs)


def natural(tree: Any, scope: Scope) -> int:
    parts = tree.children
    match tree.data:
        case "number" | "number_of_naturals":
            return int(parts[0])
        case "name" | "name_of_naturals":
            return int(scope[parts[0]])
        case "natural":
            return natural(parts[0], scope)
        case "add":
            return natural(parts[0], scope) + natural(parts[1], scope)
        case "subtract":
            return max(0, natural(parts[0], scope) - natural(parts[1], scope))
        case "multiply":
            return natural(parts[0], scope) * natural(parts[1], scope)
        case "power":
            return int(natural(parts[0], scope) ** natural(parts[1], scope))
    assert parts[0] == "Z.to_nat"
    inside = parts[1]
    return int(inside.children[0]) if inside.data == "number" else max(0, ceiling(inside, scope))


def ceiling(tree: Any, scope: Scope) -> int:
    value = real(tree.children[1], scope)
    nearest = round(float(value))
    return nearest if sign(value - nearest) == 0 else int(mp.ceil(value))


def real(tree: Any, scope: Scope) -> Any:
    parts = tree.children
    match tree.data:
        case "number":
            return mpf(int(parts[0]))
        case "name":
            value = scope[parts[0]]
            return value if isinstance(value, mpf) else mpf(value.numerator) / value.denominator
        case "add":
            return real(parts[0], scope) + real(parts[1], scope)
        case "subtract":
            return real(parts[0], scope) - real(parts[1], scope)
        case "multiply":
            return real(parts[0], scope) * real(parts[1], scope)
        case "divide":
            return real(parts[0], scope) * inverse(real(parts[1], scope))
        case "minus":
            return -real(parts[0], scope)
        case "inverse":
            return inverse(real(parts[0], scope))
        case "power":
            return real(parts[0], scope) ** int(parts[1].children[0])
    return applied(parts[0], parts[1:], scope)


def inverse(x: Any) -> Any:
    return 1 / x if sign(x) else mpf(0)


def logarithm(x: Any) -> Any:
    return mp.log(x) if sign(x) > 0 else mpf(0)


def pw(x: Any, e: Any) -> Any:
    if sign(x) < 0:
        raise Unclear  # x^e has a value for x < 0 at e = 2, and is another thing in Coq
    return mp.exp(e * logarithm(x)) if sign(x) else mpf(0)


def psum(v: list[Any], r: Any) -> Any:
    return mp.fsum(pw(abs(x), r) for x in v)


def norm(v: list[Any], r: Any) -> Any:
    return pw(psum(v, r), inverse(r))


def window(v: list[Any], k: int) -> Any:
    c = entries_of(sorted(v))
    gaps = [c(i + k - 1) - c(i) for i in range(1, max(0, len(v) - k) + 2)]
    return min(gaps)


FUNCTIONS: dict[str, Callable[[Any], Any]] = {
    "Rabs": abs,
    "exp": mp.exp,
    "ln": logarithm,
    "tanh": mp.tanh,
}
RANGED: dict[str, Callable[[list[Any]], Any]] = {
    "sum": mp.fsum,
    "least": lambda values: min(values, default=mpf(0)),
    "greatest": lambda values: max(values, default=mpf(0)),
}


def applied(word: str, parts: list[Any], scope: Scope) -> Any:
    if word in FUNCTIONS:
        return FUNCTIONS[word](real(parts[0], scope))
    if word in RANGED:
        name, body = parts[0].children
        to = natural(parts[1], scope)
        return RANGED[word]([real(body, {**scope, name: i}) for i in range(1, to + 1)])
    if word in ("onz", "nztotal"):
        name, body = parts[0].children
        over = [real(parts[1], scope)] if word == "onz" else list_of(vector(parts[1], scope))
        return mp.fsum(real(body, {**scope, name: x}) for x in over if sign(x))
    match word:
        case "INR":
            return mpf(natural(parts[0], scope))
        case "IZR":
            return mpf(ceiling(parts[0], scope))
        case "pw":
            return pw(real(parts[0], scope), real(parts[1], scope))
        case "ent":
            return vector(parts[0], scope)[1](natural(parts[1], scope))
    if word in scope:
        return scope[word](natural(parts[0], scope))
    v = list_of(vector(parts[0], scope))
    match word:
        case "nzcount":
            return mpf(sum(1 for x in v if sign(x)))
        case "window":
            return window(v, natural(parts[1], scope))
    r = real(parts[1], scope)
    match word:
        case "psum":
            return psum(v, r)
        case "norm":
            return norm(v, r)
        case "atmost":
            return mpf(sum(1 for x in v if sign(x - r) <= 0))
    assert word == "PQI"
    q = real(parts[2], scope)
    return 1 - pw(mpf(len(v)), inverse(q) - inverse(r)) * norm(v, r) * inverse(norm(v, q))


def list_of(v: Vec) -> list[Any]:
    return [v[1](i) for i in range(1, v[0] + 1)]


def vector(tree: Any, scope: Scope) -> Vec:
    word, *parts = tree.children
    match word:
        case "mkvec":
            return natural(parts[0], scope), scope[parts[1].children[0]]
        case "rep":
            value = real(parts[0], scope)
            return natural(parts[1], scope), lambda _: value
        case "vmap":
            name, body = parts[0].children
            size, entries = vector(parts[1], scope)
            return size, lambda i: real(body, {**scope, name: entries(i)})
        case "cat":
            (a, first), (b, second) = (vector(part, scope) for part in parts)
            return a + b, lambda i: first(i) if i <= a else second(i - a)
        case "steps":
            name, body = parts[0].children
            size = vector(body, {**scope, name: 1})[0]
            return size * natural(parts[1], scope), lambda i: vector(
                body, {**scope, name: (i - 1) // size + 1}
            )[1]((i - 1) % size + 1)
    assert word == "sorted"
    size, entries = vector(parts[0], scope)
    return size, entries_of(sorted(list_of((size, entries))))
