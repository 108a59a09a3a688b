"""Natural numbers, terms and vectors as Coq's expressions.

What stands in `places` is written in the place of a variable or a term as it is.
"""

from __future__ import annotations

from dataclasses import replace
from functools import lru_cache
from typing import Any

import sympy as sp

from ..language.binders import Binder
from ..language.kinds import is_nonnegative, is_whole
from ..language.operations import Abs, Ceiling, Exp, Log, Power, Product, Sum, Tanh
from ..language.sums import CountAtMost, NonzeroTotal, ShortestWindow
from ..language.terms import (
    Greatest,
    Least,
    NonzeroCount,
    Norm,
    OnNonzero,
    PowerSum,
    PQIndex,
    Total,
)
from ..language.vectors import (
    Concat,
    Entry,
    Map,
    Repeat,
    Sorted,
    Steps,
    Vector,
    VectorSymbol,
    length,
)
from .errors import UntranslatedError
from .names import name_of, variable_name
from .operations import NOWHERE, Expression, Places, add, function, mul, number, power, whole_power

#: the longest numeral that Coq reads as a natural number without trouble
_LARGEST_NUMERAL = 2_000
ON_VECTORS = {PowerSum: "psum", Norm: "norm", PQIndex: "PQI", NonzeroCount: "nzcount"}
ON_VECTORS |= {CountAtMost: "atmost"}
RANGED = {Total: "sum", Least: "least", Greatest: "greatest"}


def natural(term: sp.Expr, places: Places = NOWHERE) -> str:
    """Return a whole number >= 0 as one of Coq's natural numbers."""
    if term in places:
        if not places[term].natural:
            raise UntranslatedError(f"{term} as a length or an index")
        return places[term].natural
    if isinstance(term, sp.Integer) and term >= 0:
        return str(term) if term <= _LARGEST_NUMERAL else f"(Z.to_nat {term})"
    if isinstance(term, sp.Symbol) and is_whole(term):
        return variable_name(term)
    if isinstance(term, Sum):
        above = [_operand(part, places) for part in term.args if not _is_below(part)]
        below = [_operand(-part, places) for part in term.args if _is_below(part)]
        text = " + ".join(above)
        if below:
            text += f" - {below[0]}" if len(below) == 1 else f" - ({' + '.join(below)})"
        return f"({text})"
    if isinstance(term, Product) and not _is_below(term):
        return f"({' * '.join(_operand(part, places) for part in term.args)})"
    if isinstance(term, Power):
        return f"({_operand(term.base, places)} ^ {_operand(term.exp, places)})"
    if isinstance(term, Ceiling):
        return f"(Z.to_nat (ceil {real(term.args[0], places).text}))"
    if isinstance(term, NonzeroCount | CountAtMost):
        return f"(Z.to_nat (ceil {real(term, places).text}))"
    raise UntranslatedError(f"{term} as a length or an index")


def _operand(term: sp.Expr, places: Places) -> str:
    """Return a part of a natural number, which must be one: 2 - (1 - N) is not 2 - 0 for N > 1."""
    if term not in places and not is_nonnegative(term):
        raise UntranslatedError(f"{term}, which may be negative, as part of a length or an index")
    return natural(term, places)


def _is_below(part: sp.Expr) -> bool:
    first = part.args[0] if isinstance(part, Product) else part
    return isinstance(first, sp.Rational) and bool(first < 0)


def natural_number(term: sp.Expr, places: Places = NOWHERE) -> Expression:
    """Return a natural number as an expression of its own."""
    text = natural(term, places)
    return Expression("natural", (), _at(term, places), text, natural=text)


def in_nat(text: str) -> str:
    """Return the text of a natural number as it stands among real ones."""
    return f"{text}%nat" if not text.isidentifier() else text


def whole(term: sp.Expr, places: Places = NOWHERE) -> Expression:
    """Return a natural number as a real one."""
    text = natural(term, places)
    value = _at(term, places)
    return Expression("whole", (), value, f"(INR {text})", natural=text)


def _at(node: Any, places: Places) -> Any:
    return node.xreplace({key: part.term for key, part in places.items()}) if places else node


def real(term: sp.Expr, places: Places = NOWHERE) -> Expression:
    """Return a term, with the expressions of `places` where the terms stand that they are for."""
    return _real(term, places) if places else _as_it_is(term)


@lru_cache(maxsize=1 << 15)
def _as_it_is(term: sp.Expr) -> Expression:
    return _real(term, NOWHERE)


def _real(term: sp.Expr, places: Places) -> Expression:
    if term in places:
        return replace(places[term], put=True)
    if isinstance(term, sp.Rational):
        return number(term)
    if isinstance(term, sp.Symbol):
        if is_whole(term):
            return whole(term)
        return Expression("variable", (), term, variable_name(term))
    match term:
        case Sum():
            return add(*(real(part, places) for part in term.args))
        case Product():
            return mul(*(real(part, places) for part in term.args))
        case Power(exp=sp.Integer() as k):
            return whole_power(real(term.base, places), int(k))
        case Power():
            return power(real(term.base, places), real(term.exp, places))
        case Abs() | Exp() | Log() | Tanh():
            return function(type(term), real(term.args[0], places))
        case Ceiling():
            inside = real(term.args[0], places)
            return _head("ceil", (inside,), term, places, f"(IZR (ceil {inside.text}))")
        case Total() | Least() | Greatest():
            return _ranged(term, places)
        case Entry():
            return _entry(term, places)
        case OnNonzero() | NonzeroTotal():
            return _on_nonzero(term, places)
        case ShortestWindow():
            v, k = vector(term.args[0], places), natural_number(term.args[1], places)
            return _head("window", (v, k), term, places, f"(window {v.text} {k.text})")
    if type(term) in ON_VECTORS:
        parts = (vector(term.args[0], places), *(real(part, places) for part in term.args[1:]))
        name = ON_VECTORS[type(term)]
        return _head(name, parts, term, places, f"({name} {' '.join(p.text for p in parts)})")
    raise UntranslatedError(f"the head {type(term).__name__}")


def _head(
    head: str, parts: tuple[Expression, ...], term: Any, places: Places, text: str
) -> Expression:
    source = (term, places) if isinstance(term, Binder) else None
    return Expression(head, parts, _at(term, places), text, source=source)


def _ranged(term: Any, places: Places) -> Expression:
    head, name = RANGED[type(term)], variable_name(term.variable)
    body, to = real(term.body, places), natural_number(term.args[2], places)
    return _head(head, (to,), term, places, f"({head} (fun {name} => {body.text}) {to.text})")


def opened(binder: Expression, value: Expression) -> Expression:
    """Return the body of a binder with `value` in the place of what it binds."""
    assert binder.source is not None
    node, places = binder.source
    inside = {**places, node.variable: value}
    return vector(node.body, inside) if isinstance(node, Steps) else real(node.body, inside)


def entry_at(v: Expression, index: Expression) -> Expression:
    """Return the entry of a vector at an index."""
    at = index.natural
    text = f"({v.natural} {in_nat(at)})" if v.head in ("symbol", "hole") else f"(ent {v.text} {at})"
    place = replace(index, head="natural", text=at)
    return Expression("entry", (v, place), Entry(v.term, index.term), text)


def _on_nonzero(term: Any, places: Places) -> Expression:
    name, body = variable_name(term.variable), real(term.body, places)
    over = term.args[2]
    inside = vector(over, places) if isinstance(over, Vector) else real(over, places)
    head = "nztotal" if isinstance(over, Vector) else "onz"
    text = f"({head} (fun {name} => {body.text}) {inside.text})"
    return _head(head, (inside,), term, places, text)


def _entry(term: Entry, places: Places) -> Expression:
    return entry_at(vector(term.args[0], places), natural_number(term.args[1], places))


def vector(v: Vector, places: Places = NOWHERE) -> Expression:
    """Return a vector; `natural` of a vector symbol is the function that gives its entries."""
    if v in places:
        return places[v]
    match v:
        case VectorSymbol():
            base = VectorSymbol(v.name, v.args[1], v.args[2])
            if base in places:
                return places[base]
            indices = [in_nat(_operand(index, places)) for index in v.indices]
            entries = f"({' '.join([name_of(v.name), *indices])})" if indices else name_of(v.name)
            return Expression(
                *("symbol", (), _at(v, places)),
                f"(mkvec {natural(v.args[1], places)} {entries})",
                natural=entries.strip("()") if indices else entries,
            )
        case Repeat():
            value, to = real(v.args[0], places), natural_number(v.args[1], places)
            return _head("rep", (value, to), v, places, f"(rep {value.text} {to.text})")
        case Map():
            inside, body = vector(v.args[2], places), real(v.body, places)
            name = variable_name(v.variable)
            text = f"(vmap (fun {name} => {body.text}) {inside.text})"
            return _head("vmap", (inside,), v, places, text)
        case Concat():
            parts = [vector(part, places) for part in v.args]
            last = parts.pop()
            while parts:
                last = joined(parts.pop(), last)
            return last
        case Steps():
            body, to = vector(v.body, places), natural_number(v.args[2], places)
            text = f"(steps (fun {variable_name(v.variable)} => {body.text}) {to.text})"
            return _head("steps", (to,), v, places, text)
        case Sorted():
            inside = vector(v.args[0], places)
            return _head("sorted", (inside,), v, places, f"(sorted {inside.text})")
    raise UntranslatedError(f"the vector {type(v).__name__}")


def joined(first: Expression, second: Expression) -> Expression:
    """Return the entries of one vector, then those of another."""
    term = Concat(first.term, second.term)
    return Expression("cat", (first, second), term, f"(cat {first.text} {second.text})")


def length_text(v: Vector, places: Places = NOWHERE) -> str:
    """Return the length of a vector as a natural number."""
    return natural(length(v), places)
