"""From text to a tree, by the tables that are made of grammar.lark.

`python -m symbolic_proofs.notation.reading.parsing` makes the tables anew.
"""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path

from lark import Lark, Tree
from lark.exceptions import UnexpectedInput

from .bars import mark_bars
from .errors import ReadError
from .slips import refuse_slips
from .unexpected import explain

MAX_LENGTH = 20_000
GRAMMAR = Path(__file__).with_name("grammar.lark")
TABLES = Path(__file__).with_name("grammar.tables")


def make_parser() -> Lark:
    """Return a parser made of the grammar; raises GrammarError if it has a conflict."""
    return Lark(
        GRAMMAR.read_text(encoding="utf-8"),
        parser="lalr",
        lexer="contextual",
        propagate_positions=True,
        maybe_placeholders=True,
    )


@lru_cache(maxsize=1)
def _parser() -> Lark:
    with TABLES.open("rb") as tables:
        return Lark.load(tables)


def parse(text: str) -> Tree:  # type: ignore[type-arg]
    """Return the tree of a text; raises ReadError, with the place."""
    if len(text) > MAX_LENGTH:
        raise ReadError(f"a statement of {len(text)} characters; at most {MAX_LENGTH} are read", 0)
    refuse_slips(text)
    marked = mark_bars(text)
    try:
        return _parser().parse(marked)
    except UnexpectedInput as error:
        raise explain(text, error) from None


if __name__ == "__main__":
    with TABLES.open("wb") as file:
        make_parser().save(file)
