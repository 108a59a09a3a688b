"""Names in a statement: declared by `for`, bound, or read by their letter."""

from __future__ import annotations

import re
from difflib import get_close_matches
from typing import Any

import sympy as sp

from ...language.formulas import Every, Formula, NonZero, Relation
from ...language.names import GREEK
from ...language.operations import E
from ...language.symbols import bound_symbol, symbol
from ...language.vectors import Vector, VectorSymbol, length
from ..letters import CONSTANTS, INDICES, usual_kind
from .building import Node
from .definitions import Definitions
from .errors import ReadError
from .names import Family, Function, canonical

#: a sign as it is typed -> the sign of the language
SIGNS = {
    **{"<": "<", ">": ">", "<=": "<=", "≤": "<=", "⩽": "<=", ">=": ">=", "≥": ">=", "⩾": ">="},
    **{"!=": "!=", "≠": "!=", "=": "=", "==": "="},
}
#: how the whole numbers begin, from 0 or from 1 on
_WHOLE = {("0", ""), ("0", "1"), ("1", ""), ("1", "2")}
KIND_HELP = "`{0} real`, `{0} > 0`, `{0} in {{1, 2, ...}}` or `{0} in R^N`"


class Naming(Definitions):
    """Builds names and what is declared of them."""

    # -- declarations ------------------------------------------------------------------------------

    def declare(self, tree: Node) -> tuple[list[Any], list[Formula]]:
        """Enter the names of a `for` or a quantifier.

        Returns the variables, and what is said of them beyond their kinds.
        """
        pairs = self._with_kinds(tree)
        named = [(*self._named(*pair), pair[1]) for pair in pairs]
        spaces = {name for _, name, _, kind in named if _is_space(kind)}
        made: dict[str, Any] = {}
        conditions: list[Formula] = []
        # numbers first: R in R^n needs the n of the same line; R != 0 needs R
        for token, name, indices, kind in sorted(
            named, key=lambda each: (each[1] in spaces, _is_compared(each[3]))
        ):
            conditions += self._declared(token, name, indices, kind, made)
        return [made[name] for name in dict.fromkeys(n for _, n, _, _ in named) if name in made], (
            conditions
        )

    def _with_kinds(self, tree: Node) -> list[tuple[Node, Node]]:
        """Return each name with its kind: in `u, v >= 0` both have the one at the end."""
        pairs: list[tuple[Node, Node]] = []
        waiting: list[Node] = []
        for binder in tree.children:
            name, kind = binder.children
            waiting.append(name)
            if kind is not None:
                pairs += [(w, kind if w is name or _suits(w, kind) else None) for w in waiting]
                waiting = []
        return pairs + [(name, None) for name in waiting]

    def _named(self, tree: Node, kind: Node) -> tuple[Node, str, list[str]]:
        """Return the token of a name, the name, and the letters of a family."""
        token = tree.children[0]
        name, indices = canonical(token), []
        if len(tree.children) == 2:
            indices = self._letters_below(tree.children[1])
            scalar_kind = kind is None or not _is_space(kind)
            if len(indices) == 1 and (indices[0].isdigit() or scalar_kind):
                name, indices = f"{name}_{indices[0]}", []
        return token, name, indices

    def _declared(
        self, token: Node, name: str, indices: list[str], kind: Node, made: dict[str, Any]
    ) -> list[Formula]:
        """Enter a name, here and in what this list has made.

        Returns what is said of it beyond its kind.
        """
        said: list[Formula] = []
        if kind is not None and kind.data == "kind_cmp":
            new, said = self._compared(token, name, made.get(name), *kind.children)
        elif name in made:
            raise self.error(token, f"what {token} is stands here twice")
        elif kind is not None and kind.data == "kind_word" and str(kind.children[0]) == "measure":
            self.names.known[name] = Function(name)
            return []
        else:
            new = self._of_kind(token, name, indices, kind)
        self.names.known[name] = made[name] = new
        return said

    def _of_kind(self, token: Node, name: str, indices: list[str], kind: Node) -> Any:
        if kind is None:
            return self._usual(token, name)
        if kind.data == "kind_word":
            return symbol(name, str(kind.children[0]))
        space = kind.children[1]
        if space.data == "whole":
            first, second, _ = space.children
            if (str(first), str(second or "")) not in _WHOLE:
                raise self.error(space, "write {1, 2, ...} for counts, {0, 1, ...} from 0 on")
            return symbol(name, "count" if str(first) == "1" else "size")
        sign = "nonnegative" if space.data == "orthant" else "real"
        if space.children[1] is None:
            return symbol(name, sign)
        size = self.tight(space.children[1])
        return Family(name, size, sign, len(indices)) if indices else VectorSymbol(name, size, sign)

    def _letters_below(self, subscript: Node) -> list[str]:
        match subscript.data:
            case "sub_one":
                return [str(subscript.children[0])]
            case "sub_chain":
                return [chained(subscript)]
            case "sub_many":
                parts = subscript.children[0].children
                if all(part.data == "name_atom" for part in parts):
                    return [str(part.children[0]) for part in parts]
        raise self.error(subscript, "write W_t for a family of vectors, W_{s,t} with two indices")

    def _compared(
        self, token: Node, name: str, before: Any, sign: Node, bound: Node
    ) -> tuple[Any, list[Formula]]:
        """Return what is compared, of the kind that is said before, and what is said of it."""
        op = SIGNS[str(sign)]
        is_zero = bound.data == "number" and str(bound.children[0]) == "0"
        is_sign = is_zero and (op == ">" or (op == ">=" and usual_kind(name) != "vector"))
        if before is None and is_sign:
            return symbol(name, "positive" if op == ">" else "nonnegative"), []
        made = self._usual(token, name) if before is None else before
        if isinstance(made, VectorSymbol) and is_zero and op == "!=":
            return made, [NonZero(made)]
        if isinstance(made, VectorSymbol) and is_zero and op in (">", ">="):
            made = VectorSymbol(name, length(made), "nonnegative")
            i = bound_symbol(0, "count")
            return made, [Every(Relation(op, made[i], 0), i, length(made))] if op == ">" else []
        if isinstance(made, Vector | Family):
            raise self.error(token, f"{token} is a vector: compare its entries or a norm")
        self.names.known[name] = made  # the bound may speak of it
        return made, [Relation(op, made, self.term(bound))]

    def _usual(self, token: Node, name: str) -> Any:
        kind = usual_kind(name)
        if kind is None:
            kinds = KIND_HELP.format(token)
            raise self.error(token, f"{token} has no kind of its own: write {kinds}")
        if kind == "vector":
            return VectorSymbol(name, self.usual_length())
        return symbol(name, kind)

    def _enter(self, name: str, made: Any) -> Any:
        self.names.known[name] = made
        return made

    def tight(self, tree: Node) -> sp.Expr:
        """Return the number of the length in R^N, or of an end of a range."""
        first, *rest = tree.children
        if rest:
            return self.number_named(first, f"_{rest[0]}")
        if hasattr(first, "data"):
            return self.term(first)
        name = canonical(first)
        if name not in self.names.known and usual_kind(name) == "vector":
            return self._enter(name, symbol(name, "count"))  # in R^M a capital is a number
        return self.digits(first) if str(first).isdigit() else self.number_named(first)

    # -- what a name stands for --------------------------------------------------------------------

    def number_named(self, token: Node, below: str = "") -> sp.Expr:
        """Return the number that a name stands for."""
        value = self.named(token, below)
        if not isinstance(value, sp.Expr):
            raise self.error(token, f"{token}{below} is not a number here")
        return value

    def named(self, token: Node, below: str = "") -> Any:
        """Return what a name stands for: what is declared or bound, else what its letter says."""
        name = canonical(token) + below
        known = self.names.known
        if name in known:
            if known[name] is self.names.constants.get(name):
                self.refuse_bound(token, name, known[name])
            return known[name]
        if name == "e":
            return E
        kind = usual_kind(name)
        if kind is None:
            raise self._unknown(token, name)
        if kind != "vector":
            return symbol(name, kind)
        if name in self.names.dotted:
            made: Any = Family(name, symbol("N", "count"), "real")
        else:
            made = VectorSymbol(name, self.usual_length())
        self.names.by_letter[name] = token.start_pos
        return self._enter(name, made)

    def usual_length(self) -> sp.Expr:
        """Return N, as it is declared if it is."""
        value = self.names.known.get("N")
        return value if isinstance(value, sp.Expr) else symbol("N", "count")

    def vector_named(self, token: Node) -> Any:
        """Return the vector or family with the entries w_i: W, or w if that is a vector."""
        name = canonical(token)
        known = self.names.known.get(name)
        if isinstance(known, Vector | Family):
            return known
        upper = name.upper() if len(name) == 1 else name
        if upper != name:
            found = self.names.known.get(upper)
            if found is None and usual_kind(upper) == "vector":
                return self.named(token.update(value=upper))
            return found if isinstance(found, Vector | Family) else None
        return self.named(token) if known is None and usual_kind(name) == "vector" else None

    def _unknown(self, token: Node, name: str) -> ReadError:
        if name == "I":
            return self.error(token, "I is the index of a vector: write I(W)")
        if name in CONSTANTS:
            return self.error(
                token,
                f"the number {token} is not in the language: write a fraction on the safe side, or "
                f"declare a letter of this name: `for {token} > 0:`",
            )
        if name in INDICES:
            return self.error(
                token,
                f"{name} is an index that nothing binds: write `... for every {name} = 1..N`, "
                f"sum_{{{name}=1..N}} ..., or `for {name} real:` in front if it is a number",
            )
        near = get_close_matches(name, [*GREEK, *self.names.known], n=1)
        if near and near[0] != name:
            return self.error(token, f"nothing is called {name}; did you mean {near[0]}?")
        if re.fullmatch(r"[A-Za-z]{2,3}", name):
            return self.error(
                token,
                f"nothing is called {name}: write {'*'.join(name)} for a product, or declare it: "
                f"`for {name} real:`",
            )
        return self.error(token, f"nothing is called {name}: declare it, as `for {name} real:`")

    def refuse_lookalikes(self) -> None:
        """Raise ReadError for w_1 beside W, and for vectors whose lengths are not said."""
        names = self.names
        for said, (upper, start, end) in names.numbered.items():
            value = names.known.get(upper)
            if isinstance(value, Vector | Family) or upper in names.by_letter:
                digits = said.rpartition("_")[2]
                member = "_t" if isinstance(value, Family) else ""
                raise ReadError(
                    f"{said} beside {upper}{member}: write {upper}[{digits}] for entry {digits} of "
                    f"{upper}, or another letter for what has nothing to do with it",
                    start,
                    end,
                )
        if len(names.by_letter) > 1:
            place = max(names.by_letter.values())
            first, second, *_ = sorted(names.by_letter)
            every = ", ".join(sorted(names.by_letter))
            raise ReadError(
                f"{first} and {second}: say their lengths; write `for {every} in R^N:` in front "
                f"for one length, `for {first} in R^m, {second} in R^n:` for two",
                place,
            )


def chained(subscript: Node) -> str:
    """Return what stands below a name in one piece: l1, or ref_max in u_ref_max."""
    if subscript.data == "sub_one":
        return str(subscript.children[0])
    if subscript.data == "sub_chain":
        return f"{subscript.children[0]}_{chained(subscript.children[1])}"
    return ""


def _is_compared(kind: Node) -> bool:
    return kind is not None and bool(kind.data == "kind_cmp")


def _is_space(kind: Node) -> bool:
    """Tell whether a kind is that of a vector: in R^n."""
    if kind is None or kind.data != "kind_in":
        return False
    space = kind.children[1]
    return space.data in ("reals", "orthant") and space.children[1] is not None


def _suits(name: Node, kind: Node) -> bool:
    """Tell whether the kind at the end of a list is meant for a name before: N, W in R^N no."""
    is_vector = usual_kind(canonical(name.children[0])) == "vector"
    return kind.data == "kind_cmp" or _is_space(kind) == is_vector
