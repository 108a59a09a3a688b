"""From formulas to print: relations, connectives and quantifiers, and the kinds of symbols."""

from __future__ import annotations

from collections.abc import Iterable
from contextlib import ExitStack
from typing import Any

import sympy as sp

from ..language import formulas, vectors
from ..language.symbols import kind_of
from .rows import Written, join
from .term_writer import TermWriter
from .vector_writer import AND, ARROW, OR, QUANTIFIER, RELATION, Fragment

_RANGED = (formulas.Every, formulas.Some)


class FormulaWriter(TermWriter):
    """Writes formulas, terms and vectors in one style."""

    def write(self, node: sp.Basic) -> Fragment:
        """Return the fragment of a formula, term or vector."""
        if not isinstance(node, formulas.Formula):
            return super().write(node)
        match node:
            case formulas.Relation():
                return self.related(node.left, node.op, node.right)
            case formulas.NonZero(args=(vector,)):
                return self.related(vector, "!=", sp.Integer(0))
            case formulas.SameVector(args=(left, right)):
                return self.related(left, "=", right)
            case formulas.Constant(args=(vector,)):
                return Fragment(self.constant(vector), RELATION)
            case formulas.SameZeros(args=(left, right)):
                both = self.text(left) + self.style.words(" and ") + self.text(right)
                return Fragment(both + self.style.words(" are zero at the same places"), RELATION)
            case formulas.Not(args=(inner,)):
                return self.negated(inner)
            case formulas.And():
                return Fragment(self.joined(node.args, self.style.words(" and ")), AND)
            case formulas.Iff(args=(left, right)):
                return self.arrow(self.text(left, OR), "iff", right)
            case formulas.Implies(args=(left, right)):
                given = left.args if isinstance(left, formulas.And) else (left,)
                return self.arrow(self.joined(given, self.style.comma), "implies", right)
            case formulas.Every() | formulas.Some():
                body, values = self.ranging(node)
                return Fragment(values + self.style.colon + body.text, QUANTIFIER)
            case formulas.ForAll() | formulas.Exists():
                return self.quantified(node)
        raise TypeError(f"{type(node).__name__} has no written form")

    def related(self, left: sp.Basic, op: str, right: sp.Basic) -> Fragment:
        """Return left op right."""
        return Fragment(self.text(left) + self.style.signs[op] + self.text(right), RELATION)

    def joined(self, parts: Iterable[sp.Basic], between: Written) -> Written:
        """Return formulas one after the other."""
        return join(between, map(self.member, parts))

    def member(self, part: sp.Basic) -> Written:
        """Return one of several formulas; what holds for an index is said before its range."""
        if isinstance(part, _RANGED):
            body, values = self.ranging(part)
            if body.strength >= RELATION:
                return body.text + self.style.gap + values
        return self.text(part, RELATION)

    def arrow(self, left: Written, sign: str, right: sp.Basic) -> Fragment:
        """Return an equivalence or implication; and, or bind more strongly than either."""
        return Fragment(left + self.style.signs[sign] + self.text(right, OR), ARROW)

    def constant(self, vector: Any) -> Written:
        """Return that all magnitudes are equal."""
        words = self.style.words
        if _is_plain(vector) and self.has_lower(vector):
            index = self.place()
            with self.called(index, self.letter(vector, index, first="j")):
                entry = self.style.magnitude(self.text(vectors.entry(vector, index)))
            return words("all ") + entry + words(" equal")
        letter, among = self.among(vector)
        return words("all ") + self.style.magnitude(letter) + words(" equal for ") + among

    def negated(self, inner: formulas.Formula) -> Fragment:
        """Return that `inner` does not hold, as an equation or a quantifier where there is one."""
        match inner:
            case formulas.And(args=parts) if len(parts) > 1 and all(map(_is_not, parts)):
                any_of = [part.args[0] for part in parts]
                return Fragment(self.joined(any_of, self.style.words(" or ")), OR)
            case formulas.NonZero(args=(vector,)):
                return self.related(vector, "=", sp.Integer(0))
            case formulas.SameVector(args=(left, right)):
                return self.related(left, "!=", right)
        return Fragment(self.style.words("not ") + self.text(inner, RELATION), RELATION)

    def ranging(self, node: Any) -> tuple[Fragment, Written]:
        """Return the body of a formula for every, or for some, index, and the range."""
        letter = self.letter(node.body, node.variable)
        end = self.end_of(node, letter)
        with self.called(node.variable, letter):
            body = self.write(node.body)
        word = "every" if isinstance(node, formulas.Every) else "some"
        return body, self.style.words(f"for {word} ") + self.style.span(letter, end)

    def quantified(self, node: Any) -> Fragment:
        """Return a quantified formula, with the kinds of its variables."""
        words = self.style.words
        members = {v.args[:3]: v for v in node.atoms(vectors.VectorSymbol) if v.indices}
        shown = [members.get(v.args[:3], v) for v in node.variables]
        variables = join(self.style.comma, (join("", self.kind_in_two(v)) for v in shown))
        given = self.joined(node.given, self.style.comma)
        opening = variables + (words(" with ") + given if given else "")
        if isinstance(node, formulas.ForAll):
            body = self.style.colon + self.text(node.body)
            return Fragment(words("for every ") + opening + body, QUANTIFIER)
        there = words("there is " if len(node.variables) == 1 else "there are ")
        return Fragment(there + opening + words(" such that ") + self.text(node.body), QUANTIFIER)

    def kind(self, variable: Any) -> Written:
        """Return what the kind of a symbol, or the sign of a vector, says of its values."""
        name, said = self.kind_in_two(variable)
        if isinstance(variable, vectors.VectorSymbol) and variable.indices:
            said += self.style.words(" for every ") + ",".join(self._index_letters(variable))
        return name + said

    def kind_in_two(self, variable: Any) -> tuple[Written, Written]:
        """Return the name of a symbol or vector, and what its kind says of it."""
        signs = self.style.signs
        if isinstance(variable, vectors.VectorSymbol):
            return self._named(variable), signs["in"] + self._space(variable)
        return self.text(variable), {
            "real": signs["in"] + signs["reals"],
            "nonnegative": signs[">="] + "0",
            "positive": signs[">"] + "0",
            "size": signs["in"] + self.style.set_of(("0", "1", signs["dots"])),
            "count": signs["in"] + self.style.set_of(("1", "2", signs["dots"])),
        }[kind_of(variable)]

    def _space(self, vector: Any) -> Written:
        signs = self.style.signs
        nonnegative = str(vector.args[2]) == "nonnegative"
        line = "[0, " + signs["infinity"] + ")" if nonnegative else signs["reals"]
        length = vector.args[1]
        return self.style.power(line, self.inline(length), atomic=length.is_Atom)

    def _named(self, vector: Any) -> Written:
        """Return the name of a vector, with a letter for each index of a member of a family."""
        name = self.style.name(vector.name)
        letters = self._index_letters(vector)
        return self.style.subscript(name, ",".join(letters)) if letters else name

    def _index_letters(self, vector: Any) -> list[str]:
        letters: list[str] = []
        with ExitStack() as held:
            for _ in vector.indices:
                letters.append(self.letter(vector, self.place(), first="tsh"))
                held.enter_context(self.called(self.place(), letters[-1]))
        return letters


def _is_not(part: sp.Basic) -> bool:
    return isinstance(part, formulas.Not)


def _is_plain(vector: Any) -> bool:
    return isinstance(vector, vectors.VectorSymbol) and not vector.indices
