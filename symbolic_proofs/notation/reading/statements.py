"""Building formulas: what joins comparisons, indices and quantifiers; reading a line."""

from __future__ import annotations

from collections.abc import Callable

from ...language.formulas import (
    And,
    Every,
    Exists,
    ForAll,
    Formula,
    Iff,
    Implies,
    Not,
    Some,
)
from ...language.named import names_of
from ...language.names import LanguageError, one_thing_each
from ...language.vectors import VectorSymbol, length
from ..api import to_statement
from ..letters import usual_kind
from .building import Node
from .errors import ReadError
from .latex import from_latex, is_latex
from .names import Family, Names, canonical
from .naming import SIGNS
from .parsing import parse
from .relations import RelationReader

_INSIDE = ("forall", "exists", "every_before", "some_before")


def read(text: str) -> Formula:
    """Return the statement that a text makes; raises ReadError, which knows the place."""
    try:
        if is_latex(text):
            raise _latex_answered(text)
        return StatementReader(Names()).statement_of(parse(text))
    except ReadError as error:
        error.text = text
        raise
    except RecursionError:
        found = ReadError("brackets are nested too deeply: split the statement", 0)
        found.text = text
        raise found from None


def _latex_answered(text: str) -> ReadError:
    """Return the error that shows the line which a text in LaTeX seems to say."""
    line, places = from_latex(text)
    try:
        said = StatementReader(Names()).statement_of(parse(line))
    except ReadError as error:
        start = places[min(error.start, len(places) - 1)] if places else 0
        return ReadError(f"this is LaTeX, not understood here: {error.message}", start)
    shown = to_statement(said, ascii=True)
    return ReadError(f"LaTeX is not settled unseen; does it say this? {shown}", 0, len(text))


class StatementReader(RelationReader):
    """Builds the formula of a whole statement."""

    def statement_of(self, tree: Node) -> Formula:
        """Return the formula of the whole text."""
        _, binders, statement = tree.children
        self._find_dotted(tree)
        said = [] if binders is None else self.declare(binders)[1]
        formula = _under(said, self._statement(statement, self._signs(statement)))
        self.refuse_lookalikes()
        try:
            one_thing_each(names_of(formula))
        except LanguageError as error:
            raise self.error(statement, str(error)) from None
        return formula

    def declare_kinds(self, binders: Node) -> None:
        """Enter what is declared in front of many statements: kinds, and no premise."""
        _, said = self.declare(binders)
        if said:
            raise self.error(
                binders, f"{to_statement(said[0])} is not a kind: write it as a premise, before =>"
            )

    def _find_dotted(self, tree: Node) -> None:
        for items in tree.find_data("items"):
            if any(getattr(child, "data", "") == "dots" for child in items.children):
                members = items.find_data("name_sub")
                self.names.dotted |= {canonical(member.children[0]) for member in members}

    # -- premises ----------------------------------------------------------------------------------

    def _signs(self, statement: Node) -> set[int]:
        """Let premises W >= 0 and W > 0 say the kind of W; return those that say no more."""
        found: set[int] = set()
        premises = _premises(statement) if statement.data == "implies" else []
        for premise in premises:
            name = self._vector_not_below_zero(premise)
            if name:
                known = self.names.known.get(name)
                if known is None:
                    self.names.by_letter.setdefault(name, premise.meta.start_pos)
                size = self.usual_length() if known is None else length(known)
                self.names.known[name] = VectorSymbol(name, size, "nonnegative")
                if _sign_of(premise) == ">=":
                    found.add(id(premise))
        return found

    def _vector_not_below_zero(self, premise: Node) -> str:
        if premise.data != "relation" or len(premise.children) != 3:
            return ""
        left, _, right = premise.children
        is_zero = right.data == "number" and str(right.children[0]) == "0"
        if left.data != "name_atom" or _sign_of(premise) not in (">=", ">") or not is_zero:
            return ""
        name = canonical(left.children[0])
        known = self.names.known.get(name)
        by_letter = known is None and usual_kind(name) == "vector" and name not in self.names.dotted
        return name if by_letter or isinstance(known, VectorSymbol) else ""

    # -- what joins formulas -----------------------------------------------------------------------

    def _statement(self, tree: Node, said: set[int] | frozenset[int] = frozenset()) -> Formula:
        match tree.data:
            case "bare":
                parts = tree.children[0].children
                if len(parts) > 1:
                    raise self.error(
                        parts[1],
                        "premises with nothing that follows: write => before the conclusion, `and` "
                        "between statements that hold together",
                    )
                return self._formula(parts[0])
            case "implies":
                self._one_arrow(tree.children[2])
                kept = [part for part in _premises(tree) if id(part) not in said]
                given = [formula for part in kept for formula in self._links(part)]
                then = self._formula(tree.children[2])
                return Implies(And(*given), then) if given else then
            case "iff":
                self._one_arrow(tree.children[2])
                return Iff(self._formula(tree.children[0]), self._formula(tree.children[2]))
        return self._formula(tree)

    def _one_arrow(self, tree: Node) -> None:
        last = tree.children[2] if tree.data == "and_" else tree
        if last.data in _INSIDE and last.children[-1].data in ("implies", "iff"):
            raise self.error(
                last, "a second arrow inside a quantified statement: put that one in brackets"
            )

    def _formula(self, tree: Node) -> Formula:
        if tree.data in ("bare", "implies", "iff"):
            return self._statement(tree)
        value = self.build(tree)
        if not isinstance(value, Formula):
            raise self.error(tree, "a comparison belongs here")
        return value

    def _links(self, tree: Node) -> list[Formula]:
        """Return a premise; a chain 0 <= x <= 1 is two."""
        return self.chain(tree) if tree.data == "relation" else [self._formula(tree)]

    def bare(self, tree: Node) -> Formula:
        return self._statement(tree)

    implies = iff = bare

    def group(self, tree: Node) -> Formula:
        return self._formula(tree.children[0])

    def and_(self, tree: Node) -> Formula:
        return And(*map(self._formula, _joined(tree, "and_")))

    def or_(self, tree: Node) -> Formula:
        return Not(And(*(Not(self._formula(part)) for part in _joined(tree, "or_"))))

    def not_(self, tree: Node) -> Formula:
        return Not(self._formula(tree.children[1]))

    # -- indices and quantifiers -------------------------------------------------------------------

    def every(self, tree: Node) -> Formula:
        return self._over(Every, tree.children[0], tree.children[2])

    def some(self, tree: Node) -> Formula:
        return self._over(Some, tree.children[0], tree.children[2])

    def every_before(self, tree: Node) -> Formula:
        return self._over(Every, tree.children[2], tree.children[1])

    def some_before(self, tree: Node) -> Formula:
        return self._over(Some, tree.children[2], tree.children[1])

    def _over(self, head: Callable[..., Formula], body: Node, range_tree: Node) -> Formula:
        made: Formula = self.ranged(head, body, range_tree, self._formula)
        return made

    def forall(self, tree: Node) -> Formula:
        return self._quantified(ForAll, tree)

    def exists(self, tree: Node) -> Formula:
        return self._quantified(Exists, tree)

    def _quantified(self, head: Callable[..., Formula], tree: Node) -> Formula:
        binders, given, body = tree.children[1], tree.children[3], tree.children[-1]
        with self.bound():
            declared, conditions = self.declare(binders)
            variables = [v.member() if isinstance(v, Family) else v for v in declared]
            self.names.quantified += tuple(variables)
            for condition in () if given is None else given.children:
                conditions += self._links(condition)
            inside = self._formula(body)
        return head(inside, And(*conditions), *variables)


def _under(said: list[Formula], formula: Formula) -> Formula:
    """Return a formula with what is said in front beyond kinds, N > 3, among its premises."""
    if not said:
        return formula
    given, then = premises_and_conclusion(formula)
    return Implies(And(*said, *given), then)


def premises_and_conclusion(formula: Formula) -> tuple[tuple[Formula, ...], Formula]:
    """Return what a statement supposes, and what it says to follow."""
    if isinstance(formula, Implies):
        premises, then = formula.args
        return premises.args, then
    return (), formula


def _joined(tree: Node, rule: str) -> list[Node]:
    """Return the parts of `a and b and c`, in brackets or not of one And."""
    if tree.data != rule:
        return [tree]
    return [*_joined(tree.children[0], rule), tree.children[2]]


def _premises(tree: Node) -> list[Node]:
    return [part for child in tree.children[0].children for part in _joined(child, "and_")]


def _sign_of(relation: Node) -> str:
    return SIGNS[str(relation.children[1].children[0])]
