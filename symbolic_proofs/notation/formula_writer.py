"""From formulas to print: relations, connectives and quantifiers, and the kinds of symbols."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import sympy as sp

from ..language import formulas, vectors
from ..language.symbols import kind_of
from .term_writer import TermWriter
from .vector_writer import AND, ARROW, QUANTIFIER, RELATION, Fragment

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
                return self.arrow(self.text(left, AND), "iff", right)
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

    def joined(self, parts: Iterable[sp.Basic], between: str) -> str:
        """Return formulas one after the other."""
        return between.join(map(self.member, parts))

    def member(self, part: sp.Basic) -> str:
        """Return one of several formulas; what holds for an index is said before its range."""
        if isinstance(part, _RANGED):
            body, values = self.ranging(part)
            if body.strength >= RELATION:
                return body.text + self.style.gap + values
        return self.text(part, RELATION)

    def arrow(self, left: str, sign: str, right: sp.Basic) -> Fragment:
        """Return an equivalence or implication; And binds more strongly than either."""
        return Fragment(left + self.style.signs[sign] + self.text(right, AND), ARROW)

    def constant(self, vector: Any) -> str:
        """Return that all magnitudes are equal."""
        if isinstance(vector, vectors.VectorSymbol):
            index = self.place()
            self.letters[index] = self.letter(vector, index, first="j")
            entry = self.style.magnitude(self.text(vectors.entry(vector, index)))
            del self.letters[index]
            return self.style.words("all ") + entry + self.style.words(" equal")
        all_entries = self.style.words("all entries of ") + self.text(vector)
        return all_entries + self.style.words(" equal in magnitude")

    def negated(self, inner: formulas.Formula) -> Fragment:
        """Return that `inner` does not hold, as an equation or a quantifier where there is one."""
        match inner:
            case formulas.NonZero(args=(vector,)):
                return self.related(vector, "=", sp.Integer(0))
            case formulas.SameVector(args=(left, right)):
                return self.related(left, "!=", right)
        return Fragment(self.style.words("not ") + self.text(inner, RELATION), RELATION)

    def ranging(self, node: Any) -> tuple[Fragment, str]:
        """Return the body of a formula for every, or for some, index, and the range."""
        letter, count = self.with_letter(node)
        body = self.write(node.body)
        del self.letters[node.variable]
        word = "every" if isinstance(node, formulas.Every) else "some"
        return body, self.style.words(f"for {word} ") + self.style.span(letter, count)

    def quantified(self, node: Any) -> Fragment:
        """Return a quantified formula, with the kinds of its variables."""
        words = self.style.words
        variables = self.style.comma.join(map(self.kind, node.variables))
        given = self.joined(node.given, self.style.comma)
        opening = variables + (words(" with ") + given if given else "")
        if isinstance(node, formulas.ForAll):
            body = self.style.colon + self.text(node.body)
            return Fragment(words("for every ") + opening + body, QUANTIFIER)
        there = words("there is " if len(node.variables) == 1 else "there are ")
        return Fragment(there + opening + words(" such that ") + self.text(node.body), QUANTIFIER)

    def kind(self, variable: Any) -> str:
        """Return what the kind of a symbol, or the sign of a vector, says of its values."""
        if isinstance(variable, vectors.VectorSymbol):
            return self.space(variable)
        signs = self.style.signs
        return (
            self.text(variable)
            + {
                "real": signs["in"] + signs["reals"],
                "nonnegative": signs[">="] + "0",
                "positive": signs[">"] + "0",
                "size": signs["in"] + self.style.set_of(["0", "1", signs["dots"]]),
                "count": signs["in"] + self.style.set_of(["1", "2", signs["dots"]]),
            }[kind_of(variable)]
        )

    def space(self, vector: Any) -> str:
        """Return the space to which a vector, or each member of a family, belongs."""
        signs = self.style.signs
        nonnegative = str(vector.args[2]) == "nonnegative"
        line = "[0, " + signs["infinity"] + ")" if nonnegative else signs["reals"]
        length = vector.args[1]
        space = self.style.power(line, self.inline(length), atomic=length.is_Atom)
        if not vector.indices:
            return self.text(vector) + signs["in"] + space
        letter = self.letter(vector, self.place(), first="tsh")
        member = self.style.subscript(self.style.name(vector.name), letter)
        return member + signs["in"] + space + self.style.words(" for every ") + letter
